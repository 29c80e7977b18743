"""The bank's statements that were taken, and what of their entries waits or is known (DOMAIN.md 8).

What a bank says of people who have nothing to do with the operator is not kept: of an entry that is not ours there is a
blind index alone, and of every other one the content is erased as soon as it is decided.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, BigInt, Encrypted, EncryptedJson


class StatementRow(Base):
    """A file that was taken, known by the SHA-256 of its bytes, in hexadecimal digits: `digest`.

    None once entries of it were forgotten before anybody had decided them: the file may be taken again.

    `taken_by` says who brought it: `command`, `folder`, or `chat:` and the number of the operator's chat. `run` is
    drawn by whoever works on it: a run that finds another one's has been replaced. `read_at` is when all of it had been
    read, and added up: before that none of its entries count. `finished_at` is when its certain entries had been
    registered. `counts` are those of `bot.services.statements.report`. `problem` is why it cannot be read, None where
    it can.
    """

    __tablename__ = "statement"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str | None] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(Encrypted)
    format: Mapped[str] = mapped_column(String(64))
    taken_by: Mapped[str] = mapped_column(String(32))
    run: Mapped[str] = mapped_column(String(32))
    began_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    counts: Mapped[Any] = mapped_column(JSON)
    problem: Mapped[str | None] = mapped_column(Encrypted)


class StatementEntryRow(Base):
    """A booked movement of a statement. `position` counts within its file.

    `known_by` is the blind index of its kind and payment id: an entry of another file with the same one is the same
    entry. `kind`, `heap` and `state` are words of `bot.domain.statements` and `bot.services.statements.kept`, where it
    is said how long there is a `content`. Of what was registered, `payment_id` is its id in the ledger, and `outcome`
    what that made of it. `decided_by` is as `StatementRow.taken_by`.
    """

    __tablename__ = "statement_entry"
    __table_args__ = (
        UniqueConstraint("statement_id", "known_by"),
        Index("ix_statement_entry_known_by", "known_by"),
        Index("ix_statement_entry_booked_on", "booked_on"),
        Index(
            "ix_statement_entry_waiting",
            "state",
            "statement_id",
            "position",
            sqlite_where=text("content IS NOT NULL"),
            postgresql_where=text("content IS NOT NULL"),
        ),
        Index(
            "ix_statement_entry_payment_id",
            "payment_id",
            sqlite_where=text("payment_id IS NOT NULL"),
            postgresql_where=text("payment_id IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    statement_id: Mapped[int] = mapped_column(ForeignKey("statement.id"))
    position: Mapped[int]
    known_by: Mapped[bytes] = mapped_column(LargeBinary)
    kind: Mapped[str] = mapped_column(String(8))
    heap: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(10))
    booked_on: Mapped[date]
    content: Mapped[Any | None] = mapped_column(EncryptedJson)
    payment_id: Mapped[str | None] = mapped_column(String(128))
    outcome: Mapped[str | None] = mapped_column(String(20))
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None] = mapped_column(String(32))


class StatementUploadRow(Base):
    """A file that one of the operator's people sent in the chat, and that a worker has still to fetch and take.

    `file_id` is Telegram's, by which the bot fetches it. `due_at` is when it may be fetched: whoever does so moves it
    on first, so that a worker that dies leaves it to the next one.
    """

    __tablename__ = "statement_upload"

    id: Mapped[int] = mapped_column(primary_key=True)
    chat_id: Mapped[int] = mapped_column(BigInt)
    file_id: Mapped[str] = mapped_column(Encrypted)
    name: Mapped[str] = mapped_column(Encrypted)
    brought_at: Mapped[datetime]
    due_at: Mapped[datetime] = mapped_column(index=True)
    tries: Mapped[int]
