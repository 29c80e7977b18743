"""The one space of numbers that payers write: those of orders, and collective ones (DOMAIN.md 4)."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, BigInt


class TakenNumberRow(Base):
    """A number that was drawn, for an order or for a collective payment: nothing else ever gets it."""

    __tablename__ = "taken_number"

    number: Mapped[str] = mapped_column(String(16), primary_key=True)


class CollectiveRow(Base):
    """A collective number: never an order's, it stands for a fixed list of orders and their sum.

    `chat_id` is the chat that asked for it.
    """

    __tablename__ = "collective"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(16), ForeignKey("taken_number.number"), unique=True)
    chat_id: Mapped[int] = mapped_column(BigInt)
    created_at: Mapped[datetime]


class CollectiveOrderRow(Base):
    """One order of a collective number."""

    __tablename__ = "collective_order"

    collective_id: Mapped[int] = mapped_column(ForeignKey("collective.id"), primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), primary_key=True, index=True)
