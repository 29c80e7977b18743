"""The outbox: what has to leave the bot is written in the transaction that causes it (DOMAIN.md 5)."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.tables import OutboxRow
from bot.db.upsert import insert_if_absent


class Channel(StrEnum):
    """How something leaves. The values are stored."""

    TELEGRAM = "telegram"
    MAIL = "mail"
    EVENT = "event"


async def put(
    session: AsyncSession,
    *,
    key: str,
    channel: Channel,
    payload: Mapping[str, Any],
    now: datetime,
    chat_id: int | None = None,
) -> bool:
    """Write something to be sent; a second time with the same key, nothing. True when it was new.

    Args:
        session: the transaction that causes it: both are kept, or neither.
        key: what it is about, such as ``completed:R7K2M-4:12345``; at most 160 characters.
        channel: how it leaves.
        payload: strict JSON that names the message and carries what its text needs.
        now: when it may leave first.
        chat_id: Telegram's chat, for `Channel.TELEGRAM`.
    """
    return await insert_if_absent(
        session,
        OutboxRow,
        {
            "key": key,
            "channel": channel.value,
            "chat_id": chat_id,
            "payload": dict(payload),
            "state": "due",
            "created_at": now,
            "due_at": now,
            "attempts": 0,
        },
    )
