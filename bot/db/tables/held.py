"""What customers set themselves, and the operator's file or the provider has not said yet (DOMAIN.md 3.5)."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, EncryptedJson


class HeldRow(Base):
    """One field of a customer, a holder or a mailbox that holds against the file, since when and by which way.

    `subject` is `customer`, `holder` or `mailbox`, `subject_id` the id of its row. At most one row of a field is
    open. When it is released, because the file has said the same or the customer set another value, `value` is emptied:
    the field itself has it, and no copy of personal data is kept for nothing.
    """

    __tablename__ = "held"
    __table_args__ = (
        Index(
            "uq_held_open",
            "subject",
            "subject_id",
            "field",
            unique=True,
            sqlite_where=text("released_at IS NULL"),
            postgresql_where=text("released_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(String(8))
    subject_id: Mapped[int]
    field: Mapped[str] = mapped_column(String(32))
    value: Mapped[Any | None] = mapped_column(EncryptedJson)
    since: Mapped[datetime]
    origin: Mapped[str] = mapped_column(String(64))
    released_at: Mapped[datetime | None]
