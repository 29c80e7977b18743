"""Sealing everything anew with the first key, while the bot runs, and telling which keys are still needed.

A value is opened and sealed outside any transaction, and written only where what is stored still is what was read: who
writes meanwhile wins, and has sealed with its own first key. What is sealed with the first key already is passed over,
so that a run that was killed is simply begun again. Rows whose evidence nobody may change let this through alone (see
`bot.db.append_only`).

Errors::

    StillSealedWithOld   some process goes on writing with an older first key
"""

import asyncio
import json
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import LargeBinary, bindparam, func, select, text, type_coerce, update
from sqlalchemy.engine import RowMapping
from sqlalchemy.exc import DBAPIError

from bot.db.append_only import APPEND_ONLY, unsealed
from bot.db.engine import Database
from bot.db.keys import KeyRing
from bot.db.sealed_columns import SealedTable, sealed_tables
from bot.db.tables_ground import NoteRow
from bot.db.upsert import upsert

PASSES: Final = 3
"""What was written with an old key meanwhile is found by the second; what still comes afterwards, somebody writes."""
LOOKS_FOR: Final = 4.0
"""Seconds that looking which keys are needed may take."""
_LAST: Final = "sealed anew"
_LOCK_MILLISECONDS: Final = 200
"""On PostgreSQL it stands back before anybody else would be ended as deadlocked (after a second)."""
_TRIES: Final = 50
_PAUSE_SECONDS: Final = 0.2
_LOCK_NOT_AVAILABLE: Final = "55P03"
_OLD, _NEW, _KEY = "_old", "_new", "_key_"


class StillSealedWithOld(Exception):
    """After several passes there still are values sealed with an older key; the message says what to do."""


@dataclass(slots=True)
class Resealed:
    """What a run did.

    Attributes:
        rows: looked at, those of Redis included.
        values: sealed anew.
        lost: how many values of which column no key of the ring opens.
    """

    rows: int = 0
    values: int = 0
    lost: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Needed:
    """Which keys are needed, as far as was looked.

    Attributes:
        rows: how many rows of which table need which key but the first, by its position from 2 on.
        whole: all rows were looked at; else there was no time, and only the newest of each table were.
        finished: when everything was last sealed anew with the key that is the first now, None for never.
    """

    rows: Counter[tuple[int, str]]
    whole: bool
    finished: datetime | None


class Resealing:
    """Seals anew what is in a database, and the conversations that are in Redis."""

    def __init__(self, database: Database, redis_url: str | None) -> None:
        """Work on a started database, and on Redis if the bot has one."""
        self._database = database
        self._ring: KeyRing = database.keys
        self._redis = redis_url

    async def count(self) -> int:
        """How many rows will be looked at, for who shows how far it is."""
        async with self._database.read() as session:
            counted = [
                await session.scalar(select(func.count()).select_from(each.table)) for each in sealed_tables()
            ]
        return sum(each or 0 for each in counted)

    async def run(self, now: datetime, told: Callable[[int], None] = lambda _: None) -> Resealed:
        """Seal anew with the first key whatever is sealed with another; `told` of the rows that were gone through.

        Raises:
            StillSealedWithOld: some process still writes with an older first key.
        """
        done = Resealed()
        for pass_ in range(PASSES):
            before = done.values
            rows = 0
            for each in sealed_tables():
                async for batch in each.batches(self._database):
                    done.values += await self._anew(each, batch, done.lost if pass_ == 0 else Counter())
                    rows += len(batch)
                    if pass_ == 0:
                        told(len(batch))
            if self._redis is not None:
                from bot.db.resealing_redis import reseal_states

                looked, sealed = await reseal_states(self._redis, self._ring)
                rows, done.values = rows + looked, done.values + sealed
            if pass_ == 0:
                done.rows = rows
            if done.values == before:
                break
        else:
            raise StillSealedWithOld(
                "values sealed with an older key keep coming: start every process of the bot with the new DATA_KEYS "
                "first, then run this again"
            )
        note = json.dumps({"key": self._ring.fingerprint, "at": now.isoformat()})
        async with self._database.write() as session:
            await upsert(session, NoteRow, [{"name": _LAST, "text": note}])
        return done

    async def needed(self) -> Needed:
        """Look which keys but the first are needed, the newest rows of each table first, for `LOOKS_FOR` at most."""
        rows: Counter[tuple[int, str]] = Counter()
        whole = True
        until = time.monotonic() + LOOKS_FOR
        tables = sealed_tables()
        for left, each in zip(range(len(tables), 0, -1), tables, strict=True):
            share = time.monotonic() + max(until - time.monotonic(), 0) / left
            async for batch in each.batches(self._database, newest_first=True):
                for row in batch:
                    used = {self._ring.position(row[c.name]) for c in each.sealed if row[c.name] is not None}
                    rows.update((key, each.name) for key in used if key is not None and key > 1)
                if time.monotonic() > share:
                    whole = False
                    break
        if self._redis is not None:
            from bot.db.resealing_redis import states_by_key

            in_redis = await states_by_key(self._redis, self._ring)
            rows.update({(key, "Redis"): count for key, count in in_redis.items() if key > 1})
        return Needed(rows, whole, await self._finished())

    async def _finished(self) -> datetime | None:
        async with self._database.read() as session:
            note = await session.get(NoteRow, _LAST)
        last = json.loads(note.text) if note is not None else {}
        return datetime.fromisoformat(last["at"]) if last.get("key") == self._ring.fingerprint else None

    async def _anew(self, of: SealedTable, batch: Sequence[RowMapping], lost: Counter[str]) -> int:
        """Seal anew what of these rows is not sealed with the first key; how many values."""
        changes: dict[str, list[dict[str, Any]]] = {}
        for row in batch:
            for column in of.sealed:
                old = row[column.name]
                if old is None or (position := self._ring.position(old)) == 1:
                    continue
                if position is None:
                    lost[f"{of.name}.{column.name}"] += 1
                    continue
                key = {_KEY + each.name: row[each.name] for each in of.key}
                change = {**key, _OLD: old, _NEW: self._ring.seal(self._ring.open(old))}
                changes.setdefault(column.name, []).append(change)
        if changes:
            await self._write(of, changes)
        return sum(len(each) for each in changes.values())

    async def _write(self, of: SealedTable, changes: dict[str, list[dict[str, Any]]]) -> None:
        """Write what was sealed anew; a row that somebody holds is waited for, but never in anybody's way.

        Raises:
            DBAPIError: the rows are held all the while, or the database is away.
        """
        for attempt in range(1, _TRIES + 1):
            try:
                await self._write_once(of, changes)
            except DBAPIError as error:
                if getattr(error.orig, "sqlstate", None) != _LOCK_NOT_AVAILABLE or attempt == _TRIES:
                    raise
            else:
                return
            await asyncio.sleep(_PAUSE_SECONDS)

    async def _write_once(self, of: SealedTable, changes: dict[str, list[dict[str, Any]]]) -> None:
        async with self._database.write() as session:
            connection = await session.connection()
            if connection.dialect.name == "postgresql":
                await connection.execute(text(f"SET LOCAL lock_timeout = {_LOCK_MILLISECONDS}"))
            async with unsealed(connection) if of.name in APPEND_ONLY else nullcontext():
                for column in of.sealed:
                    if column.name not in changes:
                        continue
                    there = (each == bindparam(_KEY + each.name, type_=each.type) for each in of.key)
                    unchanged = type_coerce(column, LargeBinary) == bindparam(_OLD, type_=LargeBinary())
                    statement = update(of.table).where(*there, unchanged)
                    new = {column.name: bindparam(_NEW, type_=LargeBinary())}
                    await connection.execute(statement.values(new), changes[column.name])
