"""Conversations kept in the bot's own database: a chat is one SELECT and one short transaction."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, cast

import structlog
from aiogram.fsm.storage.base import StorageKey
from sqlalchemy import (
    CursorResult,
    and_,
    bindparam,
    delete,
    exists,
    select,
)
from sqlalchemy.exc import DBAPIError

from bot.clock import Clock
from bot.db.base import BigInt, table_of
from bot.db.chat_units import EMPTY, Change, ChatKey, Loaded, Record
from bot.db.chat_writing import Leaving
from bot.db.direct import NotAnswered
from bot.db.engine import Database
from bot.db.prepared import Prepared, Together
from bot.db.tables_ground import ChatStateRow, ChatVersionRow, SeenUpdateRow, WaitingUpdateRow
from bot.db.turns import Beside

_log = structlog.get_logger(__name__)

_STATE, _VERSION, _SEEN = (table_of(row) for row in (ChatStateRow, ChatVersionRow, SeenUpdateRow))
_KEPT = exists().where(
    WaitingUpdateRow.bot_id == SeenUpdateRow.bot_id, WaitingUpdateRow.update_id == SeenUpdateRow.update_id
)
"""The update itself is still stored: it was processed, and the process died before it could forget it."""
_CHAT = select(
    *(bindparam(name, type_=BigInt).label(name) for name in ("bot_id", "chat_id", "update_id"))
).subquery()
"""Joined from the outside, so that a chat without records has a row too, which says whether the update was seen."""
_LOAD = Prepared(
    select(
        exists()
        .where(_SEEN.c.bot_id == _CHAT.c.bot_id, _SEEN.c.update_id == _CHAT.c.update_id)
        .label("seen"),
        _VERSION.c.version,
        _STATE.c.bot_id,
        _STATE.c.chat_id,
        _STATE.c.user_id,
        _STATE.c.thread_id,
        _STATE.c.business_connection_id,
        _STATE.c.destiny,
        _STATE.c.state,
        _STATE.c.data,
    ).select_from(
        _CHAT.outerjoin(
            _VERSION, and_(_VERSION.c.bot_id == _CHAT.c.bot_id, _VERSION.c.chat_id == _CHAT.c.chat_id)
        ).outerjoin(_STATE, and_(_STATE.c.bot_id == _CHAT.c.bot_id, _STATE.c.chat_id == _CHAT.c.chat_id))
    )
)


@cache
def _with(beside: tuple[Prepared, ...]) -> Together:
    """The chat's state, and what is read beside."""
    return Together(_LOAD, *beside)


class SqlBacking:
    """Keeps records in `chat_state`, their version in `chat_version`, and processed updates in `seen_update`.

    No lock is held while an update is processed. Where several processes answer one chat, the version tells who was
    quicker; the other does its update again.
    """

    def __init__(self, database: Database, clock: Clock, beside: Beside | None = None) -> None:
        """Use a started database; with `beside`, read for the services in the same go."""
        self._database = database
        self._clock = clock
        self._beside = beside

    async def load(self, chat: ChatKey, update_id: int | None) -> Loaded:
        """Read every record of the chat, whether the update was processed, and what is read beside, in one go."""
        values = {**chat._asdict(), "update_id": update_id}
        rows, found = await self._read(values)
        records = {_key(row): Record(row.state, row.data) for row in rows if row.bot_id is not None}
        seen = update_id is not None and bool(rows[0].seen)
        return Loaded(records, complete=True, seen=seen, version=rows[0].version or 0, found=found)

    async def _read(self, values: Mapping[str, Any]) -> tuple[Sequence[Any], object | None]:
        """The rows of the chat's state, and what was read beside."""
        if self._beside is not None:
            try:
                rows, *beside = await self._database.ask(_with(self._beside.parts()), values)
                return rows, self._beside.found(beside)
            except DBAPIError as error:
                if error.connection_invalidated:
                    raise
                # The service that needs it asks again, and its failure is told to the chat.
                _log.warning("not_read_beside", reason=type(error).__name__)
        return await self._database.ask(_LOAD, values), None

    async def read(self, key: StorageKey) -> Record:  # noqa: ARG002 (see the docstring)
        """Never has anything to add, since `load` brings all records."""
        return EMPTY

    async def save(self, change: Change, *, version: int | None = None) -> bool:
        """Write everything in one transaction; the chat's next version is `version`, or else one more than before."""
        leaving = Leaving.of(change, self._clock.now(), version)
        written = await self._written(leaving)
        change.turn.written()
        return written

    async def _written(self, leaving: Leaving) -> bool:
        direct = self._database.direct
        if direct is None or not leaving.alone or (in_one := leaving.in_one) is None:
            return await self._database.act(leaving.write)
        try:
            return bool(await direct.write(*in_one))
        except NotAnswered:
            # Perhaps it is written all the same: then the update is noted, and who has it next finds that.
            if await self._database.act(leaving.write):
                return True
            raise

    async def purge(self, *, states_before: datetime, updates_before: datetime) -> int:
        """Delete conversations untouched since `states_before`, and notes older than `updates_before`.

        Telegram keeps an update for a day: a note older than that is of no use, unless we keep the update
        ourselves. Return how many rows went. A chat whose record is gone starts again at `/start`; its draft is
        kept elsewhere.
        """
        old_states = delete(ChatStateRow).where(ChatStateRow.updated_at < states_before)
        old_versions = delete(ChatVersionRow).where(ChatVersionRow.updated_at < states_before)
        old_updates = delete(SeenUpdateRow).where(SeenUpdateRow.seen_at < updates_before, ~_KEPT)
        async with self._database.write() as session:
            gone = [
                cast("CursorResult[Any]", await session.execute(each))
                for each in (old_states, old_updates, old_versions)
            ]
        return sum(result.rowcount for result in gone[:2])


def _key(row: Any) -> StorageKey:
    return StorageKey(
        bot_id=row.bot_id,
        chat_id=row.chat_id,
        user_id=row.user_id,
        thread_id=row.thread_id or None,
        business_connection_id=row.business_connection_id or None,
        destiny=row.destiny,
    )
