"""What customers say of their payments, before the bank does."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, BigInt


class PaymentPromiseRow(Base):
    """An open order of which its customer has said that it is paid (*Ho pagato*): it is here for as long as that holds.

    `chat_id` is where it was said, `card_id` the message that is pinned there, None before it stands. By `expected_on`
    the payment has to be registered; on `ask_on` it is said that nothing has arrived, and the row goes. It goes as well
    when it is taken back, when money comes, and when the order ends or is paid by another method.
    """

    __tablename__ = "payment_promise"
    __table_args__ = (Index("ix_payment_promise_ask_on", "ask_on"),)

    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), primary_key=True)
    said_at: Mapped[datetime]
    chat_id: Mapped[int] = mapped_column(BigInt)
    method_id: Mapped[str] = mapped_column(String(32))
    expected_on: Mapped[date]
    ask_on: Mapped[date]
    card_id: Mapped[int | None] = mapped_column(BigInt)
