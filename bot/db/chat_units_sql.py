"""Conversations kept in the bot's own database: a chat is one SELECT and one short transaction."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache
from typing import Any, cast

import structlog
from aiogram.fsm.storage.base import StorageKey
from sqlalchemy import (
    Connection,
    CursorResult,
    Executable,
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
from bot.db.engine import Database
from bot.db.prepared import Prepared
from bot.db.tables_ground import ChatStateRow, ChatVersionRow, SeenUpdateRow, WaitingUpdateRow
from bot.db.turns import LostRace
from bot.db.upsert import inserting, inserting_if_absent, upserting

_log = structlog.get_logger(__name__)

Beside = Callable[[Connection, int], object]
"""Reads what services will need of a chat, by its id, together with its state."""

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
_DELETE = delete(_STATE).where(
    *(column == bindparam(f"of_{column.name}") for column in _STATE.primary_key.columns)
)


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

        def read(connection: Connection) -> tuple[Sequence[Any], object | None]:
            rows = _LOAD.all(connection, values)
            seen = update_id is not None and rows[0].seen
            return rows, None if seen else self._read_beside(connection, chat)

        rows, found = await self._database.look(read)
        records = {_key(row): Record(row.state, row.data) for row in rows if row.bot_id is not None}
        seen = update_id is not None and bool(rows[0].seen)
        return Loaded(records, complete=True, seen=seen, version=rows[0].version or 0, found=found)

    def _read_beside(self, connection: Connection, chat: ChatKey) -> object | None:
        if self._beside is None:
            return None
        try:
            return self._beside(connection, chat.chat_id)
        except DBAPIError as error:
            if error.connection_invalidated:
                raise
            # The service that needs it asks again, and its failure is told to the chat.
            _log.warning("not_read_beside", reason=type(error).__name__)
            return None

    async def read(self, key: StorageKey) -> Record:  # noqa: ARG002 (see the docstring)
        """Never has anything to add, since `load` brings all records."""
        return EMPTY

    async def save(self, change: Change, *, version: int | None = None) -> bool:
        """Write everything in one transaction; the chat's next version is `version`, or else one more than before."""
        now = self._clock.now()
        kept, gone = [], []
        for key, record in change.records.items():
            if record.empty:
                gone.append({f"of_{name}": value for name, value in _columns(key).items()})
            else:
                kept.append({**_columns(key), "state": record.state, "data": record.data, "updated_at": now})

        def write(connection: Connection) -> bool:
            if change.update_id is not None and not _note(connection, change, now):
                return False
            if change.empty and version is None:
                return True
            _compare(connection, change, change.version + 1 if version is None else version, now)
            if gone:
                connection.execute(_DELETE, gone)
            if kept:
                connection.execute(upserting(connection.dialect.name, ChatStateRow, tuple(kept[0])), kept)
            change.turn.write(connection)
            return True

        written = await self._database.act(write)
        change.turn.written()
        return written

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


def _note(connection: Connection, change: Change, now: datetime) -> bool:
    """Note that the update was processed; False if that was noted meanwhile."""
    noting = inserting_if_absent(connection.dialect.name, SeenUpdateRow)
    note = {"bot_id": change.chat.bot_id, "update_id": change.update_id, "seen_at": now}
    return connection.execute(noting, note).rowcount == 1


def _compare(connection: Connection, change: Change, version: int, now: datetime) -> None:
    """Set the version, if it is still the one that was loaded.

    Raises:
        LostRace: it is not.
    """
    following = _following(connection.dialect.name)
    values = {**change.chat._asdict(), "version": version, "updated_at": now, "loaded": change.version}
    if connection.execute(following, values).rowcount != 1:
        raise LostRace("another process has changed the state of the chat")


@cache
def _following(dialect: str) -> Executable:
    following = inserting(dialect, ChatVersionRow)
    return following.on_conflict_do_update(
        index_elements=[_VERSION.c.bot_id, _VERSION.c.chat_id],
        set_={"version": following.excluded.version, "updated_at": following.excluded.updated_at},
        where=_VERSION.c.version == bindparam("loaded"),
    )


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
