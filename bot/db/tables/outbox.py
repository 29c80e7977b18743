"""Everything that has to leave the bot: a row written in the transaction that causes it, sent from there."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, false, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, BigInt, EncryptedJson


class OutboxRow(Base):
    """A message, an e-mail, or an event for the operator's system.

    `key` says what it is about: written twice, it is one row. `channel` is `telegram`, `mail` or `event`;
    `chat_id` belongs to the first. `payload` names the message and carries what its text needs.

    `state` is `due`, `claimed` (until `claimed_until`: then another sender may take it over), `sent`,
    `unreachable` (the chat blocked the bot, the address does not exist), `unknown` (it may or may not have
    arrived: not repeated blindly), `obsolete` (it was no longer true when its turn came) or `failed`; `reason`
    says why, in words for an operator. `due_at` is when it may be sent first, or tried again. What is `bulk`
    is sent after all that is not.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index(None, "settled_at"),
        Index(
            "ix_outbox_waiting",
            "channel",
            "bulk",
            "due_at",
            sqlite_where=text("state IN ('due', 'claimed')"),
            postgresql_where=text("state IN ('due', 'claimed')"),
        ),
        Index(
            "ix_outbox_waiting_chat_id",
            "chat_id",
            "due_at",
            sqlite_where=text("state IN ('due', 'claimed')"),
            postgresql_where=text("state IN ('due', 'claimed')"),
        ),
        Index(
            "ix_outbox_unreachable_chat_id",
            "chat_id",
            sqlite_where=text("state = 'unreachable'"),
            postgresql_where=text("state = 'unreachable'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(160), unique=True)
    channel: Mapped[str] = mapped_column(String(8))
    bulk: Mapped[bool] = mapped_column(default=False, server_default=false())
    chat_id: Mapped[int | None] = mapped_column(BigInt)
    payload: Mapped[Any] = mapped_column(EncryptedJson)
    state: Mapped[str] = mapped_column(String(12))
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    attempts: Mapped[int]
    claimed_by: Mapped[str | None] = mapped_column(String(64))
    claimed_until: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
    reason: Mapped[str | None] = mapped_column(String(300))
