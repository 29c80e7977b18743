"""The invoices of orders, and every call that told of one, kept before it is judged."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, Encrypted, EncryptedJson


class InvoiceCallRow(Base):
    """A signed call, stored before it is judged; `answer` is what it was answered, and is answered again.

    `body` is the text as it came.
    """

    __tablename__ = "invoice_call"

    id: Mapped[int] = mapped_column(primary_key=True)
    webhook_id: Mapped[str] = mapped_column(String(128), unique=True)
    received_at: Mapped[datetime]
    body: Mapped[str] = mapped_column(Encrypted)
    answer: Mapped[Any | None] = mapped_column(EncryptedJson)


class InvoiceRow(Base):
    """An invoice or a credit note of an order: `document` is one of `bot.domain.invoices.DocumentKind`.

    An order may have several, each number once. `url` is sealed, since such a link may open the document by itself;
    it is the only value that a later call may replace.
    """

    __tablename__ = "invoice"
    __table_args__ = (UniqueConstraint("order_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    number: Mapped[str] = mapped_column(String(64))
    document: Mapped[str] = mapped_column(String(16))
    issued_on: Mapped[date]
    url: Mapped[str] = mapped_column(Encrypted)
    received_at: Mapped[datetime]
