"""On PostgreSQL single statements are asked by the driver itself: what is lost, refused or cut short harms nobody."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Any, TypeVar

import pytest
from aiogram.fsm.storage.base import StorageKey
from sqlalchemy import bindparam, func, select
from sqlalchemy.exc import DBAPIError

from bot.db.base import BigInt
from bot.db.chat_units import Change, ChatKey, Record
from bot.db.chat_units_sql import SqlBacking
from bot.db.direct import Direct, NotAnswered
from bot.db.engine import READERS, Database
from bot.db.keys import KeyRing
from bot.db.prepared import Asking, Prepared
from bot.db.turns import LostRace, Turn
from tests.db.test_at_once import hang_up
from tests.support.clock import FrozenClock
from tests.support.databases import PostgresqlDatabases
from tests.support.statements import asked_of

T = TypeVar("T")
CHAT = ChatKey(42, 7)
KEY = StorageKey(bot_id=42, chat_id=7, user_id=7)
NUMBER = Prepared(select(bindparam("number", type_=BigInt).label("number")))


@pytest.fixture
def url(postgresql_databases: PostgresqlDatabases) -> Iterator[str]:
    """The address of a migrated database."""
    with postgresql_databases.new() as lent:
        yield lent


@pytest.fixture
async def database(url: str, keys: KeyRing) -> AsyncIterator[Database]:
    """The bot's own, started."""
    opened = Database(url, keys)
    await opened.start()
    yield opened
    await opened.dispose()


@pytest.fixture
def backing(database: Database, clock: FrozenClock) -> SqlBacking:
    """Conversations kept in it."""
    return SqlBacking(database, clock)


def leaving(update_id: int, *, version: int, said: str, gone: StorageKey | None = None) -> Change:
    """An update that leaves one record, or takes one away too."""
    records = {KEY: Record(said)} | ({} if gone is None else {gone: Record()})
    return Change(CHAT, records, update_id, version, Turn(CHAT.chat_id))


async def test_a_tap_is_one_statement_to_read_and_one_to_write(
    database: Database, backing: SqlBacking
) -> None:
    await backing.save(leaving(1, version=0, said="a"))
    with asked_of(database) as asked:
        loaded = await backing.load(CHAT, 2)
        assert await backing.save(leaving(2, version=loaded.version, said="b"))
    assert asked.figures == (1, 1, 2)
    assert (loaded.version, loaded.records) == (1, {KEY: Record("a")})


async def test_who_lost_the_race_has_written_nothing_not_even_that_the_update_was_processed(
    backing: SqlBacking,
) -> None:
    assert await backing.save(leaving(1, version=0, said="a"))
    with pytest.raises(LostRace):
        await backing.save(leaving(2, version=0, said="b"))
    loaded = await backing.load(CHAT, 2)
    assert (loaded.version, loaded.records, loaded.seen) == (1, {KEY: Record("a")}, False)


async def test_a_repeated_update_writes_nothing(backing: SqlBacking) -> None:
    assert await backing.save(leaving(1, version=0, said="a"))
    assert not await backing.save(leaving(1, version=1, said="b"))
    loaded = await backing.load(CHAT, 1)
    assert (loaded.version, loaded.records, loaded.seen) == (1, {KEY: Record("a")}, True)


async def test_records_come_and_go_in_the_same_statement(backing: SqlBacking) -> None:
    other = StorageKey(bot_id=42, chat_id=7, user_id=7, destiny="other")
    change = Change(CHAT, {KEY: Record("a"), other: Record("b")}, 1, 0, Turn(CHAT.chat_id))
    assert await backing.save(change)
    assert (await backing.load(CHAT, 2)).records == {KEY: Record("a"), other: Record("b")}
    assert await backing.save(leaving(2, version=1, said="c", gone=other))
    assert (await backing.load(CHAT, 3)).records == {KEY: Record("c")}


async def test_of_ten_that_write_on_the_same_version_one_wins(backing: SqlBacking) -> None:
    found = await asyncio.gather(
        *(backing.save(leaving(number, version=0, said=str(number))) for number in range(10)),
        return_exceptions=True,
    )
    assert sorted(type(each).__name__ for each in found) == ["LostRace"] * 9 + ["bool"]
    loaded = await backing.load(CHAT, None)
    assert (loaded.version, loaded.records) == (1, {KEY: Record(str(found.index(True)))})
    assert [(await backing.load(CHAT, number)).seen for number in range(10)] == [
        each is True for each in found
    ]


async def test_connections_that_were_lost_meanwhile_are_noticed_by_nobody(
    url: str, backing: SqlBacking
) -> None:
    assert await backing.save(leaving(1, version=0, said="a"))
    await hang_up(url)
    assert (await backing.load(CHAT, 2)).version == 1
    await hang_up(url)
    assert await backing.save(leaving(2, version=1, said="b"))
    assert (await backing.load(CHAT, 3)).records == {KEY: Record("b")}


class Silent(Direct):
    """The answers to what it writes are lost on their way; what it is to write is written, or not."""

    def __init__(self, inner: Direct, *, writes: bool) -> None:
        self._inner = inner
        self._writes = writes

    async def read(self, asking: Asking[T], values: Mapping[str, Any]) -> T:
        """As ever."""
        return await self._inner.read(asking, values)

    async def write(self, asking: Asking[T], values: Mapping[str, Any]) -> T:
        """No answer."""
        if self._writes:
            await self._inner.write(asking, values)
        raise NotAnswered("lost on its way")

    async def dispose(self) -> None:
        """As ever."""
        await self._inner.dispose()


def losing_answers(database: Database, monkeypatch: pytest.MonkeyPatch, *, writes: bool) -> None:
    """Let the answers to what is written be lost."""
    assert database.direct is not None
    silent = Silent(database.direct, writes=writes)
    monkeypatch.setattr(Database, "direct", property(lambda _self: silent))


async def test_an_answer_that_was_lost_with_what_was_written_leaves_the_update_to_come_again_and_be_found(
    database: Database, backing: SqlBacking, monkeypatch: pytest.MonkeyPatch
) -> None:
    losing_answers(database, monkeypatch, writes=True)
    with pytest.raises(NotAnswered):
        await backing.save(leaving(1, version=0, said="a"))
    loaded = await backing.load(CHAT, 1)
    assert (loaded.seen, loaded.version, loaded.records) == (True, 1, {KEY: Record("a")})


async def test_an_answer_that_was_lost_with_nothing_written_is_written_anew(
    database: Database, backing: SqlBacking, monkeypatch: pytest.MonkeyPatch
) -> None:
    losing_answers(database, monkeypatch, writes=False)
    assert await backing.save(leaving(1, version=0, said="a"))
    assert (await backing.load(CHAT, 1)).seen


async def test_who_is_cut_short_leaves_its_place_to_others(database: Database) -> None:
    sleeping = Prepared(select(func.pg_sleep(bindparam("number", type_=BigInt)).label("slept")))
    waiting = [asyncio.create_task(database.ask(sleeping, {"number": 300})) for _ in range(READERS)]
    await asyncio.sleep(0.1)
    for each in waiting:
        each.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    async with asyncio.timeout(60):
        found = await asyncio.gather(*(database.ask(NUMBER, {"number": each}) for each in range(20)))
    assert [rows[0].number for rows in found] == list(range(20))


async def test_what_fails_is_told_as_sqlalchemy_tells_it(database: Database) -> None:
    dividing = Prepared(select((bindparam("number", type_=BigInt).op("/")(0)).label("number")))
    with pytest.raises(DBAPIError, match="division by zero"):
        await database.ask(dividing, {"number": 1})
    assert (await database.ask(NUMBER, {"number": 1}))[0].number == 1
