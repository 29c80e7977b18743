"""Writing to the outbox, in the transaction that causes it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, literal_column, or_, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.tables import OutboxRow
from bot.db.upsert import insert_all_absent, insert_if_absent
from bot.services.sending.outbox.model import Channel

UNREACHABLE_FOR = timedelta(days=30)
"""What could not be told to a chat for longer is not told to its user who comes back."""
STAYS_TRUE = ("completed:", "invoice:")
"""How the keys begin of what may be told late."""
KEY_OF_FORGOTTEN = "forgotten:"
"""How the keys begin of what a customer is told last of all."""
RUNG = "outbox"
"""Where a transaction notes the channels that it wrote to, so that their senders wake when it is committed."""
_UNREACHABLE: ColumnElement[bool] = literal_column("outbox.state = 'unreachable'")


@dataclass(frozen=True, slots=True)
class Message:
    """Something to be sent.

    Attributes:
        key: what it is about, such as `completed:R7K2M-4:12345`; at most 160 characters.
        channel: how it leaves.
        payload: strict JSON that names the message and carries what its text needs.
        chat_id: Telegram's chat, for `Channel.TELEGRAM`.
        bulk: one of many that nobody waits for: everything else is sent before it.
    """

    key: str
    channel: Channel
    payload: Mapping[str, Any]
    chat_id: int | None = None
    bulk: bool = False


async def put(
    session: AsyncSession,
    *,
    key: str,
    channel: Channel,
    payload: Mapping[str, Any],
    now: datetime,
    chat_id: int | None = None,
    not_before: datetime | None = None,
) -> bool:
    """Write something to be sent; a second time with the same key, nothing. True when it was new.

    The transaction of `session` is the one that causes it: both are kept, or neither. It may leave at `now`, or from
    `not_before` on; the rest is explained by `Message`.
    """
    session.info.setdefault(RUNG, set()).add(channel)
    values = _values(Message(key, channel, payload, chat_id=chat_id), now)
    return await insert_if_absent(session, OutboxRow, values | {"due_at": not_before or now})


async def put_many(
    session: AsyncSession,
    messages: Sequence[Message],
    now: datetime,
    *,
    not_before: datetime | None = None,
) -> None:
    """Write many at once, as `put` does with each."""
    if messages:
        session.info.setdefault(RUNG, set()).update(message.channel for message in messages)
        due = {"due_at": not_before or now}
        await insert_all_absent(session, OutboxRow, [_values(message, now) | due for message in messages])


async def send_again(session: AsyncSession, chat_id: int, now: datetime) -> None:
    """The user of a chat that could not be reached has come back: what could not be told lately is told now.

    Only what is still true then: renewals that were completed, invoices that were issued. Reminders are planned anew.
    """
    session.info.setdefault(RUNG, set()).add(Channel.TELEGRAM)
    await session.execute(
        update(OutboxRow)
        .where(
            _UNREACHABLE,
            OutboxRow.chat_id == chat_id,
            OutboxRow.settled_at > now - UNREACHABLE_FOR,
            or_(*(OutboxRow.key.startswith(what, autoescape=True) for what in STAYS_TRUE)),
        )
        .values(state="due", due_at=now, created_at=now, settled_at=None)
    )


def _values(message: Message, now: datetime) -> dict[str, Any]:
    return {
        "key": message.key,
        "channel": message.channel.value,
        "bulk": message.bulk,
        "chat_id": message.chat_id,
        "payload": dict(message.payload),
        "state": "due",
        "created_at": now,
        "due_at": now,
        "attempts": 0,
    }
