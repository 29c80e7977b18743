"""Customers, the holders of their mailboxes, chats, and the tokens that bring the two together."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, BigInt, Encrypted, EncryptedJson


class CustomerRow(Base):
    """Who owns the account, orders and pays (DOMAIN.md 1). `code` is the operator's own identifier."""

    __tablename__ = "customer"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(64), unique=True)
    language: Mapped[str] = mapped_column(String(2))
    reference_email: Mapped[str] = mapped_column(Encrypted)
    email_index: Mapped[bytes] = mapped_column(LargeBinary, index=True)


class HolderRow(Base):
    """The legal owner of one or more mailboxes of a customer, with the registrant data (DOMAIN.md 3.5).

    `data` is `Registrant.to_json()`; `identity_index` is the blind index of the registrant's identity, one row for
    each holder of a customer.
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
    """

    __tablename__ = "chat"

    id: Mapped[int] = mapped_column(BigInt, primary_key=True, autoincrement=False)
    language: Mapped[str] = mapped_column(String(2))
    created_at: Mapped[datetime]
    unreachable_at: Mapped[datetime | None]


class ChatCustomerRow(Base):
    """A chat bound to a customer: several chats may share one, one chat may serve several (DOMAIN.md 1)."""

    __tablename__ = "chat_customer"

    chat_id: Mapped[int] = mapped_column(ForeignKey("chat.id"), primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"), primary_key=True, index=True)
    bound_at: Mapped[datetime]


class LinkTokenRow(Base):
    """A single-use deep-link token, stored hashed (DOMAIN.md 2.1).

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
