"""The record that proves what was said, agreed and paid: chains of digests, and beside them what they prove."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, Encrypted, EncryptedJson


class ChainRow(Base):
    """The chain of an order, a mailbox or a customer, and its head (DOMAIN.md 7, `bot.domain.evidence`).

    `subject` is `order`, `mailbox` or `customer`, `subject_id` its number; no foreign key: a chain outlives what it is
    about. The row is held while a record is added, so that no two follow the same one. `signed` is the sequence number
    up to which a day's root covers it.
    """

    __tablename__ = "evidence_chain"
    __table_args__ = (
        UniqueConstraint("subject", "subject_id"),
        Index(
            "ix_evidence_chain_unsigned",
            "id",
            sqlite_where=text("signed < sequence"),
            postgresql_where=text("signed < sequence"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(String(8))
    subject_id: Mapped[int]
    sequence: Mapped[int]
    link: Mapped[bytes] = mapped_column(LargeBinary)
    signed: Mapped[int] = mapped_column(default=0)


class RecordRow(Base):
    """A record of a chain: digests and links alone, nothing personal. Append-only, by a trigger."""

    __tablename__ = "evidence_record"
    __table_args__ = (Index("ix_evidence_record_kind_at", "kind", "at"),)

    chain_id: Mapped[int] = mapped_column(ForeignKey("evidence_chain.id"), primary_key=True)
    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(12))
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    link: Mapped[bytes] = mapped_column(LargeBinary)


class ContentRow(Base):
    """What a record proves, with the salt of its digest. Keys are rotated here, and what must go is erased here.

    `kept` says which years of the catalogue count from `written_on` until it is erased: `evidence` or `reminder`. Once
    it is, `salt` and `content` are None and `erased_on` and `erased_why` say so, as does a later record of its chain.
    """

    __tablename__ = "evidence_content"
    __table_args__ = (
        Index(
            "ix_evidence_content_kept_written_on",
            "kept",
            "written_on",
            sqlite_where=text("erased_on IS NULL"),
            postgresql_where=text("erased_on IS NULL"),
        ),
    )

    chain_id: Mapped[int] = mapped_column(ForeignKey("evidence_chain.id"), primary_key=True)
    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kept: Mapped[str] = mapped_column(String(8))
    written_on: Mapped[date]
    salt: Mapped[bytes | None] = mapped_column(LargeBinary)
    content: Mapped[Any | None] = mapped_column(EncryptedJson)
    erased_on: Mapped[date | None]
    erased_why: Mapped[str | None] = mapped_column(String(40))


class EvidenceKeyRow(Base):
    """What signs the heads: an Ed25519 key, made once. The private half is sealed like personal data."""

    __tablename__ = "evidence_key"

    id: Mapped[int] = mapped_column(primary_key=True)
    made_at: Mapped[datetime]
    public: Mapped[bytes] = mapped_column(LargeBinary)
    private: Mapped[str] = mapped_column(Encrypted)


class SignedDayRow(Base):
    """The heads of a day under one root, signed (DOMAIN.md 7). Append-only, by a trigger.

    `root` is of the heads that changed since the day before (`SignedHeadRow`), `count` of them; `signature` is of
    what `bot.services.evidence.signing` writes of them and of the root before, so that the days are a chain too.
    """

    __tablename__ = "evidence_day"

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(unique=True)
    at: Mapped[datetime]
    count: Mapped[int]
    root: Mapped[bytes] = mapped_column(LargeBinary)
    before: Mapped[bytes] = mapped_column(LargeBinary)
    key_id: Mapped[int] = mapped_column(ForeignKey("evidence_key.id"))
    signature: Mapped[bytes] = mapped_column(LargeBinary)


class SignedHeadRow(Base):
    """The head of a chain as a day's root covers it, at its place among the leaves. Append-only, by a trigger."""

    __tablename__ = "evidence_head"
    __table_args__ = (Index("ix_evidence_head_chain_id", "chain_id", "day_id"),)

    day_id: Mapped[int] = mapped_column(ForeignKey("evidence_day.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    chain_id: Mapped[int] = mapped_column(ForeignKey("evidence_chain.id"))
    sequence: Mapped[int]
    link: Mapped[bytes] = mapped_column(LargeBinary)
