"""Withdrawals of consumers: what was stated, and the links by which it can be (DOMAIN.md 7)."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, BigInt, Encrypted


class WithdrawalRow(Base):
    """A statement of withdrawal, one for each order. Append-only, by a trigger.

    `number` is that of its receipt, `at` the instant to the second (UTC). `words` are the statement as it was made,
    `screen` and `button_label` what was read and tapped; `email` is where the receipt was asked for. It came from the
    chat `chat_id`, or, where that is None, by the link in the order's e-mail. `order_status` is how the order stood,
    `became` how it stood afterwards: `completed` says that its kit alone goes back. `completed_at` is when it had been
    complete. Cents: `paid` counted for it, `served`
    of it stays, `due_back` is due. `last_payment_id` is the last movement of its money that was known.
    """

    __tablename__ = "withdrawal"

    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), primary_key=True, autoincrement=False)
    number: Mapped[str] = mapped_column(String(24), unique=True)
    at: Mapped[datetime]
    chat_id: Mapped[int | None] = mapped_column(BigInt)
    language: Mapped[str] = mapped_column(String(2))
    words: Mapped[str] = mapped_column(Encrypted)
    screen: Mapped[str] = mapped_column(Encrypted)
    button_label: Mapped[str]
    email: Mapped[str] = mapped_column(Encrypted)
    order_status: Mapped[str] = mapped_column(String(20))
    became: Mapped[str] = mapped_column(String(20))
    completed_at: Mapped[datetime | None]
    early_start: Mapped[bool]
    paid: Mapped[int]
    served: Mapped[int]
    due_back: Mapped[int]
    last_payment_id: Mapped[int]
    catalogue_version: Mapped[str] = mapped_column(String(64))


class WithdrawalLinkRow(Base):
    """The link in an order's e-mail that leads to its withdrawal, stored hashed: for who has no chat any more."""

    __tablename__ = "withdrawal_link"

    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), primary_key=True, autoincrement=False)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    language: Mapped[str] = mapped_column(String(2))
