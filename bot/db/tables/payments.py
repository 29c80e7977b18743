"""The ledger of payments, and every call that reported one, kept before it is judged (DOMAIN.md 5)."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, Encrypted, EncryptedJson


class CallbackRow(Base):
    """A signed call, stored before it is judged; `answer` is what it was answered, and is answered again.

    `body` is the text as it came.
    """

    __tablename__ = "callback"

    id: Mapped[int] = mapped_column(primary_key=True)
    webhook_id: Mapped[str] = mapped_column(String(128), unique=True)
    received_at: Mapped[datetime]
    body: Mapped[str] = mapped_column(Encrypted)
    answer: Mapped[Any | None] = mapped_column(EncryptedJson)


class PaymentRow(Base):
    """A movement of money. Nothing is taken away from here: a reversal is a row of its own.

    `payment_id` is the caller's, and with `reversal_id` unique for each `kind` (`registered` or `reversed`) of what
    was reported: a payment may go back in parts, and come again after a dispute. `reversal_id` is empty for the
    payment itself, and for the reversal of a caller that knows of one only. What a person decides adds rows under the
    same `payment_id`, with the row it was decided of as `origin_id`: `assigned` to another order, `released` from the
    order that it was counted for before. `reversed` with an origin is what a reversal took from there. Each can
    follow from a row once, `reversed` once for each reversal. `allotted` is what one order takes of money for a
    collective number, once for each order; that money itself counts for none.

    `order_text` is the order as the caller wrote it, sealed since a customer may have written anything there;
    `order_id` is the order that the money is counted for. Cents throughout: `amount` moved, `counted` of it pays the
    order (below zero where that was reversed), `refund` belongs back. `outcome`, `reason` and `missing` are what was
    answered, in the words of `bot.domain.payments`; `resolution` is what was decided (see `bot.domain.review`), with
    the time and a note, sealed as well.
    """

    __tablename__ = "payment"
    __table_args__ = (
        Index(
            "uq_payment_payment_id_kind_reversal_id",
            "payment_id",
            "kind",
            "reversal_id",
            unique=True,
            sqlite_where=text("origin_id IS NULL"),
            postgresql_where=text("origin_id IS NULL"),
        ),
        Index(
            "uq_payment_origin_id_kind_reversal_id",
            "origin_id",
            "kind",
            "reversal_id",
            unique=True,
            sqlite_where=text("kind <> 'allotted'"),
            postgresql_where=text("kind <> 'allotted'"),
        ),
        Index(
            "uq_payment_origin_id_order_id",
            "origin_id",
            "order_id",
            unique=True,
            sqlite_where=text("kind = 'allotted'"),
            postgresql_where=text("kind = 'allotted'"),
        ),
        Index("ix_payment_payment_id", "payment_id"),
        Index(
            "ix_payment_to_review",
            "registered_at",
            sqlite_where=text("reason IS NOT NULL AND resolution IS NULL"),
            postgresql_where=text("reason IS NOT NULL AND resolution IS NULL"),
        ),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    payment_id: Mapped[str] = mapped_column(String(128))
    reversal_id: Mapped[str] = mapped_column(String(128), default="", server_default=text("''"))
    origin_id: Mapped[int | None] = mapped_column(ForeignKey("payment.id"))
    kind: Mapped[str] = mapped_column(String(16))
    order_id: Mapped[int | None] = mapped_column(ForeignKey("orders.id"), index=True)
    order_text: Mapped[str] = mapped_column(Encrypted)
    amount: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    method: Mapped[str] = mapped_column(String(64))
    registered_at: Mapped[datetime]
    received_at: Mapped[datetime]
    outcome: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str | None] = mapped_column(String(20))
    counted: Mapped[int]
    refund: Mapped[int]
    missing: Mapped[int]
    resolution: Mapped[str | None] = mapped_column(String(16))
    resolved_at: Mapped[datetime | None]
    note: Mapped[str | None] = mapped_column(Encrypted)
