"""Orders with their frozen lines, and the evidence of what was accepted, which is only ever added to."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, select, text
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from bot.db.base import Base, BigInt, Encrypted, EncryptedJson
from bot.db.tables.mailboxes import MailboxRow


class OrderRow(Base):
    """An order (DOMAIN.md 4). Amounts in cents. `draft_id` is unique: one draft makes at most one order.

    `status` is `awaiting_decision`, `awaiting_payment`, `completed`, `cancelled`, `expired` or `withdrawn`.
    `vat_treatment` and `vat_mention` are those of `bot.domain.vat`: where no VAT is charged `vat` and `due` are without
    it, while the lines stay as they were accepted. `pay_by` is the last date on which a registered payment still keeps
    every mailbox sending, `payable_until` the last one on which it saves them; `warned_at` is when the customer was
    told that this day is near. `withdrawn_at` is when its consumer has withdrawn, also where it is `cancelled` by that;
    `renew_after` is the day after which the provider is asked for what it renews, None where that is once it is paid
    (`bot.domain.withdrawal.renew_after`). `confirmation_id` is the message that confirmed it in chat `confirmed_in`,
    None where that is not known. `kit_delivered_on` is when the hardware of its kit was delivered, as far as the
    operator has said; `kit_withdrawn_at` is when its consumer has withdrawn from that alone. `told_iban` is the
    operator's account that its customer was told to transfer the money to, None where it was no transfer, and in orders
    of an earlier release.
    """

    __tablename__ = "orders"
    __table_args__ = (
        Index("ix_orders_customer_id_placed_at", "customer_id", "placed_at"),
        Index("ix_orders_status_payable_until", "status", "payable_until"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(16), unique=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"), unique=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    holder_id: Mapped[int] = mapped_column(ForeignKey("holder.id"))
    status: Mapped[str] = mapped_column(String(20))
    placed_at: Mapped[datetime]
    years: Mapped[int]
    net: Mapped[int]
    vat: Mapped[int]
    due: Mapped[int]
    split_payment: Mapped[bool]
    vat_treatment: Mapped[str] = mapped_column(String(8), default="charged", server_default=text("'charged'"))
    vat_mention: Mapped[str | None] = mapped_column(String(200))
    method_id: Mapped[str] = mapped_column(String(32))
    auto_renew: Mapped[bool]
    notice_by: Mapped[str | None] = mapped_column(String(4))
    registrant: Mapped[Any] = mapped_column(EncryptedJson)
    kit_id: Mapped[str | None] = mapped_column(String(32))
    kit_holder: Mapped[Any | None] = mapped_column(EncryptedJson)
    shipping: Mapped[Any | None] = mapped_column(EncryptedJson)
    pay_by: Mapped[date]
    payable_until: Mapped[date]
    cancelled_at: Mapped[datetime | None]
    completed_at: Mapped[datetime | None]
    expired_at: Mapped[datetime | None]
    warned_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    renew_after: Mapped[date | None]
    kit_delivered_on: Mapped[date | None]
    kit_withdrawn_at: Mapped[datetime | None]
    confirmed_in: Mapped[int | None] = mapped_column(BigInt)
    confirmation_id: Mapped[int | None] = mapped_column(BigInt)
    told_iban: Mapped[str | None] = mapped_column(String(34))
    catalogue_version: Mapped[str] = mapped_column(String(64))
    items: Mapped[list["OrderItemRow"]] = relationship(lazy="selectin", order_by="OrderItemRow.position")
    lines: Mapped[list["OrderLineRow"]] = relationship(lazy="selectin", order_by="OrderLineRow.position")


class OrderItemRow(Base):
    """One mailbox of an order. `open` holds while the order awaits payment: one open order for a mailbox.

    `old_extra_mailbox_gb` and `old_extra_archive_gb` are the space that it had, None in orders of an earlier release.
    `gone_on` is that of the mailbox, as it was read with the item. `seen_at` is when the mailbox file first showed the
    expiry that the completed order gave, or gave another date of the operator's, which counts; None until then.
    """

    __tablename__ = "order_item"
    __table_args__ = (
        Index(
            "uq_order_item_open_mailbox_id",
            "mailbox_id",
            unique=True,
            sqlite_where=text("open"),
            postgresql_where=text("open"),
        ),
        Index(
            "ix_order_item_unseen",
            "order_id",
            sqlite_where=text("seen_at IS NULL AND NOT open"),
            postgresql_where=text("seen_at IS NULL AND NOT open"),
        ),
    )

    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), primary_key=True)
    mailbox_id: Mapped[int] = mapped_column(ForeignKey("mailbox.id"), primary_key=True, index=True)
    position: Mapped[int]
    open: Mapped[bool]
    address: Mapped[str] = mapped_column(Encrypted)
    old_plan_id: Mapped[str] = mapped_column(String(32))
    plan_id: Mapped[str] = mapped_column(String(32))
    extra_mailbox_gb: Mapped[int]
    extra_archive_gb: Mapped[int]
    old_extra_mailbox_gb: Mapped[int | None]
    old_extra_archive_gb: Mapped[int | None]
    old_expiry: Mapped[date]
    new_expiry: Mapped[date]
    gone_on: Mapped[date | None] = column_property(
        select(MailboxRow.gone_on).where(MailboxRow.id == mailbox_id).scalar_subquery(), expire_on_flush=False
    )
    seen_at: Mapped[datetime | None]


class MethodChangeRow(Base):
    """Another method of payment, chosen for an order while nothing was paid (DOMAIN.md 4). Append-only, by a trigger.

    `screen` is what was read, `button_label` what was tapped; `instructions` is how the order is paid from then on,
    `pay_by` by when. `ended_auto_renew` says that automatic renewal had been chosen, which the method cannot carry.
    """

    __tablename__ = "order_method_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), index=True)
    at: Mapped[datetime]
    chat_id: Mapped[int] = mapped_column(BigInt)
    language: Mapped[str] = mapped_column(String(2))
    from_method_id: Mapped[str] = mapped_column(String(32))
    method_id: Mapped[str] = mapped_column(String(32))
    arrival: Mapped[str] = mapped_column(String(16))
    ended_auto_renew: Mapped[bool]
    pay_by: Mapped[date]
    instructions: Mapped[Any] = mapped_column(EncryptedJson)
    screen: Mapped[str] = mapped_column(Encrypted)
    button_label: Mapped[str]
    catalogue_version: Mapped[str] = mapped_column(String(64))


class VatDecisionRow(Base):
    """The operator's word on the VAT of an order (docs/decisions/036). Append-only, by a trigger.

    `treatment` is `charged` or `without`, `mention` why it is not charged; cents as they are due from then on.
    `note` is the operator's.
    """

    __tablename__ = "order_vat_decision"

    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), primary_key=True)
    decided_at: Mapped[datetime]
    treatment: Mapped[str] = mapped_column(String(8))
    mention: Mapped[str | None] = mapped_column(String(200))
    net: Mapped[int]
    vat: Mapped[int]
    due: Mapped[int]
    note: Mapped[str] = mapped_column(Encrypted)
    catalogue_version: Mapped[str] = mapped_column(String(64))


class OrderLineRow(Base):
    """A priced line as it was accepted. Append-only, by a trigger."""

    __tablename__ = "order_line"

    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    code: Mapped[str] = mapped_column(String(32))
    mailbox_id: Mapped[int | None] = mapped_column(ForeignKey("mailbox.id"))
    quantity: Mapped[int]
    years: Mapped[int]
    unit_net: Mapped[int]
    next_unit_net: Mapped[int | None]
    net: Mapped[int]
    vat_percent: Mapped[str] = mapped_column(String(8))
    vat: Mapped[int]


class AcceptanceRow(Base):
    """One document accepted, with its version, its hash, and its own time (UTC). Append-only, by a trigger."""

    __tablename__ = "acceptance"

    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), primary_key=True)
    document: Mapped[str] = mapped_column(String(16), primary_key=True)
    version: Mapped[str] = mapped_column(String(32))
    url: Mapped[str]
    sha256: Mapped[str] = mapped_column(String(64))
    accepted_at: Mapped[datetime]


class EvidenceRow(Base):
    """Who placed the order, when, in which language, and on a button that said what. Append-only, by a trigger."""

    __tablename__ = "order_evidence"

    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), primary_key=True)
    chat_id: Mapped[int] = mapped_column(BigInt)
    placed_at: Mapped[datetime]
    language: Mapped[str] = mapped_column(String(2))
    button_label: Mapped[str]
    catalogue_version: Mapped[str] = mapped_column(String(64))
