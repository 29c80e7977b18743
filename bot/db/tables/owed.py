"""The notices that customers are owed, each with what became of it."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, BigInt, Encrypted


class OwedNoticeRow(Base):
    """The notice of the automatic renewal of one mailbox at one expiry, to one reader (DOMAIN.md 6).

    It is kept for `evidence_years`, longer than the row of the outbox that sends it, whose `key` it has. `channel` is
    `telegram` (to `chat_id`), `mail` (to `address`, known once it was handed over), or `none` where there was no
    way to anybody. `due_by` is the last lawful day, and `late` says that it was written after it.

    `outcome` is None while it waits, then one of the outbox's: `sent`, `unreachable`, `unknown`, `obsolete` or
    `failed`, at `settled_at`, with the `reason`; `words` are those that were sent.
    """

    __tablename__ = "owed_notice"
    __table_args__ = (
        Index("ix_owed_notice_mailbox_id_expires_on", "mailbox_id", "expires_on"),
        Index("ix_owed_notice_key", "key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    mailbox_id: Mapped[int] = mapped_column(ForeignKey("mailbox.id"))
    expires_on: Mapped[date]
    due_by: Mapped[date]
    late: Mapped[bool]
    key: Mapped[str] = mapped_column(String(160))
    channel: Mapped[str] = mapped_column(String(8))
    chat_id: Mapped[int | None] = mapped_column(BigInt)
    address: Mapped[str | None] = mapped_column(Encrypted)
    words: Mapped[str | None] = mapped_column(Encrypted)
    written_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(String(12))
    reason: Mapped[str | None] = mapped_column(String(300))
