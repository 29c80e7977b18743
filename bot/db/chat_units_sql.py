"""Conversations kept in the bot's own database: a chat is one SELECT and one short transaction."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, cast

from aiogram.fsm.storage.base import StorageKey
from sqlalchemy import CursorResult, and_, bindparam, delete, exists, literal, select

from bot.clock import Clock
from bot.db.chat_units import EMPTY, ChatKey, Loaded, Record
from bot.db.engine import Database
from bot.db.tables_ground import ChatStateRow, SeenUpdateRow, WaitingUpdateRow
from bot.db.upsert import insert_if_absent, upsert

_OF_CHAT = and_(ChatStateRow.bot_id == bindparam("bot_id"), ChatStateRow.chat_id == bindparam("chat_id"))
_SEEN = exists().where(
    SeenUpdateRow.bot_id == bindparam("bot_id"), SeenUpdateRow.update_id == bindparam("update_id")
)
_KEPT = exists().where(
    WaitingUpdateRow.bot_id == SeenUpdateRow.bot_id, WaitingUpdateRow.update_id == SeenUpdateRow.update_id
)
"""The update itself is still stored: it was processed, and the process died before it could forget it."""
_ONE = select(literal(1).label("one")).subquery()
"""Joined from the outside, so that a chat without records has a row too, which says whether the update was seen."""
_LOAD = select(
    _SEEN.label("seen"),
    ChatStateRow.bot_id,
    ChatStateRow.chat_id,
    ChatStateRow.user_id,
    ChatStateRow.thread_id,
    ChatStateRow.business_connection_id,
    ChatStateRow.destiny,
    ChatStateRow.state,
    ChatStateRow.data,
).select_from(_ONE.outerjoin(ChatStateRow, _OF_CHAT))


class SqlBacking:
    """Keeps records in `chat_state` and processed updates in `seen_update`.

    One process serves a chat at a time: where several serve one bot, conversations live in Redis
    (`REDIS_URL`).
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        """Use a started database."""
        self._database = database
        self._clock = clock

    @asynccontextmanager
    async def guard(self, chat: ChatKey) -> AsyncIterator[None]:  # noqa: ARG002 (no other process to keep out)
        """Nothing to hold beyond the lock of this process."""
        yield

    async def load(self, chat: ChatKey, update_id: int | None) -> Loaded:
        """Read every record of the chat, and whether the update was processed, in one statement."""
        values = {**chat._asdict(), "update_id": update_id}
        async with self._database.read() as session:
            rows = (await session.execute(_LOAD, values)).all()
        records = {_key(row): Record(row.state, row.data) for row in rows if row.bot_id is not None}
        return Loaded(records, complete=True, seen=update_id is not None and bool(rows[0].seen))

    async def read(self, key: StorageKey) -> Record:  # noqa: ARG002 (see the docstring)
        """Never has anything to add, since `load` brings all records."""
        return EMPTY

    async def save(self, chat: ChatKey, changes: Mapping[StorageKey, Record], update_id: int | None) -> bool:
        """Write everything in one transaction."""
        now = self._clock.now()
        kept = [
            {**_columns(key), "state": record.state, "data": record.data, "updated_at": now}
            for key, record in changes.items()
            if not record.empty
        ]
        async with self._database.write() as session:
            if update_id is not None:
                seen = {"bot_id": chat.bot_id, "update_id": update_id, "seen_at": now}
                if not await insert_if_absent(session, SeenUpdateRow, seen):
                    return False
            for key, record in changes.items():
                if record.empty:
                    await session.execute(delete(ChatStateRow).filter_by(**_columns(key)))
            await upsert(session, ChatStateRow, kept)
        return True

    async def purge(self, *, states_before: datetime, updates_before: datetime) -> int:
        """Delete conversations untouched since `states_before`, and notes older than `updates_before`.

        Telegram keeps an update for a day: a note older than that is of no use, unless we keep the update
        ourselves. Return how many rows went. A chat whose record is gone starts again at `/start`; its draft is
        kept elsewhere.
        """
        old_states = delete(ChatStateRow).where(ChatStateRow.updated_at < states_before)
        old_updates = delete(SeenUpdateRow).where(SeenUpdateRow.seen_at < updates_before, ~_KEPT)
        async with self._database.write() as session:
            gone = [
                cast("CursorResult[Any]", await session.execute(each)) for each in (old_states, old_updates)
            ]
        return sum(result.rowcount for result in gone)


def _columns(key: StorageKey) -> dict[str, Any]:
    return {
        "bot_id": key.bot_id,
        "chat_id": key.chat_id,
        "user_id": key.user_id,
        "thread_id": key.thread_id or 0,
        "business_connection_id": key.business_connection_id or "",
        "destiny": key.destiny,
    }


def _key(row: Any) -> StorageKey:
    return StorageKey(
        bot_id=row.bot_id,
        chat_id=row.chat_id,
        user_id=row.user_id,
        thread_id=row.thread_id or None,
        business_connection_id=row.business_connection_id or None,
        destiny=row.destiny,
    )
