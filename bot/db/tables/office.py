"""What waits in the office for a person, and is no payment (DOMAIN.md 9)."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, Encrypted, EncryptedJson


class CaseRow(Base):
    """Something that needs a person; payments that do stand in the ledger.

    `kind` is one of `bot.domain.cases`; `key` says within its kind what the case is about, without personal data.
    `subject` names it for a person, by what the operator's own systems call it, and `facts` are what is known of it,
    both sealed. `due_on` is the last day on which it still helps to act, None where no day presses. `announced_at` is
    when the operator was told.

    A case is open while `outcome` is empty; then `closed_at` and `note` say when and why. For one key there is at most
    one case that is open or that a person decided: what was decided is not asked again, and what ended by itself may
    come again, as a new case.
    """

    __tablename__ = "office_case"
    __table_args__ = (
        Index(
            "uq_office_case_kind_key",
            "kind",
            "key",
            unique=True,
            sqlite_where=text("outcome IS NULL OR outcome = 'decided'"),
            postgresql_where=text("outcome IS NULL OR outcome = 'decided'"),
        ),
        Index(
            "ix_office_case_open",
            "opened_at",
            sqlite_where=text("outcome IS NULL"),
            postgresql_where=text("outcome IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(32))
    key: Mapped[str] = mapped_column(String(160))
    subject: Mapped[str] = mapped_column(Encrypted)
    facts: Mapped[Any] = mapped_column(EncryptedJson)
    due_on: Mapped[date | None]
    opened_at: Mapped[datetime]
    announced_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(String(16))
    note: Mapped[str | None] = mapped_column(Encrypted)
