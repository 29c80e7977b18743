"""Customers, the holders of their mailboxes, chats, and the tokens that bring the two together."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, UniqueConstraint, false, true
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, BigInt, Encrypted, EncryptedJson


class CustomerRow(Base):
    """Who owns the account, orders and pays (DOMAIN.md 1). `code` is the operator's own identifier.

    `reference_email` is the only one that there is, for reminders, mails of orders and codes to get in.

    `mail_reminders` is which reminders the reference e-mail gets where no chat is reached: `all`, `last` or
    `none`. `mail_wish` counts the changes of it, so that a link which undoes one never undoes a later one.

    `forgotten_on` is the day on which everything of the customer was deleted: then the row names nobody any more, and
    stays for the orders and the evidence that the law wants kept, then for its blind indexes (docs/decisions/042).
    """

    __tablename__ = "customer"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(64), unique=True)
    language: Mapped[str] = mapped_column(String(2))
    reference_email: Mapped[str] = mapped_column(Encrypted)
    email_index: Mapped[bytes] = mapped_column(LargeBinary, index=True)
    mail_reminders: Mapped[str] = mapped_column(String(8), default="all", server_default="all")
    mail_wish: Mapped[int] = mapped_column(default=0, server_default="0")
    forgotten_on: Mapped[date | None]


class ForgottenRow(Base):
    """A name that a mailbox file must not bring back by itself: a deleted customer's code, or a mailbox's address.

    `name_index` is its blind index, from which nobody reads the name; by it the evidence of the mailbox is found, too.
    `mailbox_id` is None for the customer's code, and once nothing is kept of the mailbox any more. From `readmitted_on`
    a file may name it again.
    """

    __tablename__ = "forgotten"

    name_index: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"), primary_key=True, index=True)
    mailbox_id: Mapped[int | None] = mapped_column(ForeignKey("mailbox.id"))
    forgotten_on: Mapped[date]
    readmitted_on: Mapped[date | None]


class HolderRow(Base):
    """The legal owner of one or more mailboxes of a customer, with the registrant data (DOMAIN.md 3.5).

    `data` is `Registrant.to_json()` without the reference e-mail, which is the customer's; `identity_index` is the
    blind index of the registrant's identity, one row for each holder of a customer.
    """

    __tablename__ = "holder"
    __table_args__ = (UniqueConstraint("customer_id", "identity_index"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    identity_index: Mapped[bytes] = mapped_column(LargeBinary)
    data: Mapped[Any] = mapped_column(EncryptedJson)
    updated_at: Mapped[datetime]


class ChatRow(Base):
    """A private Telegram chat; `id` is Telegram's. `language` is what its user chose, or Telegram's at first.

    `unreachable_at` is when the chat was found to be blocked or deleted; None again as soon as its user writes.

    About reminders (DOMAIN.md 6): `security_phrase` is what every message shows, `steps_off` are the steps of the
    ladder that are not wanted, `mail_too` asks for e-mail reminders beside the chat's.
    """

    __tablename__ = "chat"

    id: Mapped[int] = mapped_column(BigInt, primary_key=True, autoincrement=False)
    language: Mapped[str] = mapped_column(String(2))
    created_at: Mapped[datetime]
    unreachable_at: Mapped[datetime | None]
    security_phrase: Mapped[str | None] = mapped_column(Encrypted)
    steps_off: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))
    mail_too: Mapped[bool] = mapped_column(default=False, server_default=false())


class ChatCustomerRow(Base):
    """A chat bound to a customer: several chats may share one, one chat may serve several (DOMAIN.md 1)."""

    __tablename__ = "chat_customer"

    chat_id: Mapped[int] = mapped_column(ForeignKey("chat.id"), primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"), primary_key=True, index=True)
    bound_at: Mapped[datetime]


class LinkTokenRow(Base):
    """A single-use deep-link token, stored hashed (DOMAIN.md 2.1).

    It opens the renewal of `mailbox_id`, or with `due_by` of the customer's mailboxes that expire by then. With
    `email_index` it came with a login code, and speaks for every customer with that address.
    `offered_to` is the chat that was asked to confirm adding another customer (DOMAIN.md 2.3): only it may.
    """

    __tablename__ = "link_token"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    mailbox_id: Mapped[int | None] = mapped_column(ForeignKey("mailbox.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    used_by: Mapped[int | None]
    offered_to: Mapped[int | None]
    due_by: Mapped[date | None]
    email_index: Mapped[bytes | None] = mapped_column(LargeBinary)


class ChatOnceBoundRow(Base):
    """A chat that spoke for a customer with this address before it let go of it: no stranger to that mailbox.

    Its codes are not counted among those that strangers ask for (DOMAIN.md 2.2).
    """

    __tablename__ = "chat_once_bound"

    chat_id: Mapped[int] = mapped_column(BigInt, primary_key=True, autoincrement=False)
    email_index: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)


class LoginCodeRow(Base):
    """A request for a 6-digit code by e-mail (DOMAIN.md 2.2), also for an address that nobody has.

    It is to get in, or, with `customer_id` and `new_email`, to show that a new reference e-mail is the customer's, or,
    with `customer_id` alone, to delete everything of the customer.

    `code_hash` is None where no code was mailed. `link_hash` is that of the token in the link beside the code, which is
    good until `link_until`, in any chat. `by_stranger` says that the chat never was bound to the address. `attempts`
    counts wrong codes, those of the request that it replaced included; `used_at` is when it was entered, when a newer
    one took its place, or when too many had been wrong.
    """

    __tablename__ = "login_code"
    __table_args__ = (
        Index("ix_login_code_chat_id_created_at", "chat_id", "created_at"),
        Index("ix_login_code_email_index_created_at", "email_index", "created_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    chat_id: Mapped[int] = mapped_column(BigInt)
    email_index: Mapped[bytes] = mapped_column(LargeBinary)
    code_hash: Mapped[bytes | None] = mapped_column(LargeBinary)
    link_hash: Mapped[bytes | None] = mapped_column(LargeBinary, index=True)
    link_until: Mapped[datetime | None]
    by_stranger: Mapped[bool] = mapped_column(default=True, server_default=true())
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    attempts: Mapped[int]
    used_at: Mapped[datetime | None]
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customer.id"))
    new_email: Mapped[str | None] = mapped_column(Encrypted)


class EmailChangeRow(Base):
    """A reference e-mail that a customer has changed, and the single-use link that undoes it, stored hashed.

    The link was mailed to `old_email` and is good until `undo_until`; `undone_at` is when it was used, or one of an
    earlier change.
    """

    __tablename__ = "email_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"), index=True)
    old_email: Mapped[str] = mapped_column(Encrypted)
    new_email: Mapped[str] = mapped_column(Encrypted)
    changed_at: Mapped[datetime]
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    undo_until: Mapped[datetime]
    undone_at: Mapped[datetime | None]
