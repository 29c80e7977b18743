"""One contract for every place where conversations are kept."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import Enum, StrEnum
from functools import partial
from typing import Any

import pytest
from aiogram.exceptions import DataNotDictLikeError
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.base import StorageKey
from sqlalchemy import Connection, event, func, insert, select, text

from bot.db.chat_units import Backing, ChatKey, ChatUnits
from bot.db.chat_units_sql import SqlBacking
from bot.db.engine import Database
from bot.db.strict_json import NotJson
from bot.db.tables_ground import ChatStateRow, NoteRow, SeenUpdateRow
from bot.db.turns import ChatBusy, LostRace, StateUnavailable
from bot.db.waiting_updates import WaitingUpdates
from tests.db.conftest import SHARED, Place
from tests.support.clock import FrozenClock
from tests.support.long_runs import long
from tests.support.memory_state import MemoryBacking


class Steps(StatesGroup):
    """Two steps of a conversation."""

    first = State()
    second = State()


class Colour(Enum):
    """An enumeration."""

    RED = "red"


class Word(StrEnum):
    """An enumeration that looks like text."""

    RED = "red"


by_several = pytest.mark.parametrize("backing_address", SHARED, indirect=True)
"""In each place that several processes may share."""
in_each = pytest.mark.parametrize("backing_address", [*SHARED, *long("memory")], indirect=True)
"""In those each time, and in long runs in memory too."""


@pytest.fixture
def key(bot_id: int) -> StorageKey:
    """A key with nothing optional."""
    return StorageKey(bot_id=bot_id, chat_id=7, user_id=7)


async def test_nothing_is_known_of_a_new_chat(units: ChatUnits, key: StorageKey) -> None:
    assert await units.storage.get_state(key) is None
    assert await units.storage.get_data(key) == {}
    assert await units.storage.get_value(key, "a") is None
    assert await units.storage.get_value(key, "a", "other") == "other"


@in_each
async def test_states_and_data_come_back(units: ChatUnits, key: StorageKey) -> None:
    data = {"a": "è 𝄞", "b": [1, -2.5, True, None, {"c": []}], "d": {}, "e": 2**60}
    await units.storage.set_state(key, Steps.first)
    await units.storage.set_data(key, data)
    assert await units.storage.get_state(key) == "Steps:first"
    assert await units.storage.get_data(key) == data
    assert await units.storage.get_value(key, "a") == "è 𝄞"
    await units.storage.set_state(key, "Steps:second")
    assert await units.storage.get_state(key) == "Steps:second"
    assert await units.storage.get_data(key) == data


async def test_update_data_merges(units: ChatUnits, key: StorageKey) -> None:
    await units.storage.set_data(key, {"a": 1, "b": 2})
    assert await units.storage.update_data(key, {"b": 3, "c": 4}) == {"a": 1, "b": 3, "c": 4}
    assert await units.storage.get_data(key) == {"a": 1, "b": 3, "c": 4}


@in_each
async def test_concurrent_update_data_loses_nothing(units: ChatUnits, key: StorageKey) -> None:
    await asyncio.gather(*(units.storage.update_data(key, {str(number): number}) for number in range(20)))
    assert len(await units.storage.get_data(key)) == 20


async def test_what_was_given_out_is_a_copy(units: ChatUnits, key: StorageKey) -> None:
    mine: dict[str, Any] = {"list": [1]}
    async with units.open(ChatKey(key.bot_id, key.chat_id)):
        await units.storage.set_data(key, mine)
        mine["list"].append(2)
        taken = await units.storage.get_data(key)
        taken["list"].append(3)
        assert await units.storage.get_data(key) == {"list": [1]}
    assert await units.storage.get_data(key) == {"list": [1]}


async def test_keys_that_differ_in_one_field_are_apart(
    units: ChatUnits, key: StorageKey, bot_id: int
) -> None:
    keys = [
        key,
        replace(key, chat_id=8),
        replace(key, user_id=8),
        replace(key, thread_id=8),
        replace(key, business_connection_id="8"),
        replace(key, destiny="aiogd:stack:"),
        replace(key, destiny="aiogd:context:8"),
        StorageKey(bot_id=bot_id, chat_id=8, thread_id=7, user_id=7),
        StorageKey(bot_id=bot_id, chat_id=7, thread_id=7, user_id=7),
    ]
    for number, each in enumerate(keys):
        await units.storage.set_state(each, f"state {number}")
        await units.storage.set_data(each, {"number": number})
    for number, each in enumerate(keys):
        assert await units.storage.get_state(each) == f"state {number}"
        assert await units.storage.get_data(each) == {"number": number}


async def test_negative_and_large_identifiers(units: ChatUnits, bot_id: int) -> None:
    key = StorageKey(bot_id=bot_id, chat_id=-1_003_000_000_000, user_id=2**52)
    await units.storage.set_data(key, {"a": 1})
    assert await units.storage.get_data(key) == {"a": 1}


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (Decimal("1.10"), r"data\['deep'\]\[1\]\['x'\] is a Decimal"),
        (date(2026, 1, 1), "is a date"),
        (datetime(2026, 1, 1, tzinfo=UTC), "is a datetime"),
        (Colour.RED, "is a Colour"),
        (Word.RED, "is a Word"),
        ({1}, "is a set"),
        ((1, 2), "is a tuple"),
        (b"x", "is a bytes"),
        (float("inf"), "is inf"),
        ({1: 2}, "has the key 1"),
    ],
)
async def test_what_json_would_change_is_refused_at_once(
    units: ChatUnits, key: StorageKey, value: object, message: str
) -> None:
    await units.storage.set_data(key, {"before": True})
    with pytest.raises(NotJson, match=message):
        await units.storage.set_data(key, {"deep": [0, {"x": value}]})
    assert await units.storage.get_data(key) == {"before": True}


async def test_data_is_a_dict(units: ChatUnits, key: StorageKey) -> None:
    with pytest.raises(DataNotDictLikeError):
        await units.storage.set_data(key, [("a", 1)])  # type: ignore[arg-type]


async def test_a_unit_is_written_at_its_end(units: ChatUnits, backing: Backing, key: StorageKey) -> None:
    other = ChatUnits(backing)
    async with units.open(ChatKey(key.bot_id, key.chat_id)):
        await units.storage.set_state(key, Steps.first)
        await units.storage.set_data(key, {"a": 1})
        assert await units.storage.get_state(key) == "Steps:first"
        assert not (await backing.load(ChatKey(key.bot_id, key.chat_id), None)).records
        assert (await backing.read(key)).empty
    assert await other.storage.get_state(key) == "Steps:first"
    assert await other.storage.get_data(key) == {"a": 1}


async def test_a_unit_that_raises_leaves_the_state_as_it_was(units: ChatUnits, key: StorageKey) -> None:
    await units.storage.set_data(key, {"a": 1})

    async def fail() -> None:
        async with units.open(ChatKey(key.bot_id, key.chat_id), update_id=5):
            await units.storage.set_data(key, {"a": 2})
            await units.storage.set_state(key, Steps.second)
            raise LookupError

    with pytest.raises(LookupError):
        await fail()
    assert await units.storage.get_data(key) == {"a": 1}
    assert await units.storage.get_state(key) is None
    async with units.open(ChatKey(key.bot_id, key.chat_id), update_id=5) as unit:
        assert unit.repeated


async def test_what_is_changed_after_a_discard_is_kept(units: ChatUnits, key: StorageKey) -> None:
    await units.storage.set_data(key, {"a": 1, "b": 1})
    async with units.open(ChatKey(key.bot_id, key.chat_id)) as unit:
        await units.storage.update_data(key, {"a": 2})
        unit.discard()
        assert await units.storage.get_data(key) == {"a": 1, "b": 1}
        await units.storage.update_data(key, {"b": 2})
    assert await units.storage.get_data(key) == {"a": 1, "b": 2}


async def test_a_cancelled_unit_leaves_nothing_and_may_come_again(units: ChatUnits, key: StorageKey) -> None:
    started = asyncio.Event()

    async def stuck() -> None:
        async with units.open(ChatKey(key.bot_id, key.chat_id), update_id=5):
            await units.storage.set_data(key, {"a": 1})
            started.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(stuck())
    await started.wait()
    task.cancel()
    await asyncio.wait([task])
    assert task.cancelled()
    async with units.open(ChatKey(key.bot_id, key.chat_id), update_id=5) as unit:
        assert not unit.repeated
        assert await units.storage.get_data(key) == {}


@in_each
async def test_an_update_is_processed_once(units: ChatUnits, backing: Backing, key: StorageKey) -> None:
    chat = ChatKey(key.bot_id, key.chat_id)
    async with units.open(chat, update_id=5) as unit:
        assert not unit.repeated
    for again in (units, ChatUnits(backing)):
        async with again.open(chat, update_id=5) as unit:
            assert unit.repeated
            await again.storage.set_data(key, {"late": True})
    assert await units.storage.get_data(key) == {}
    async with units.open(chat, update_id=6) as unit:
        assert not unit.repeated
    async with units.open(ChatKey(key.bot_id + 1, key.chat_id), update_id=5) as unit:
        assert not unit.repeated


async def test_units_of_one_chat_take_turns_in_order(units: ChatUnits, key: StorageKey) -> None:
    order: list[int] = []

    async def turn(number: int) -> None:
        async with units.open(ChatKey(key.bot_id, key.chat_id)):
            before = (await units.storage.get_data(key)).get("n", 0)
            await asyncio.sleep(0.005)
            await units.storage.set_data(key, {"n": before + 1})
            order.append(number)

    await asyncio.gather(*(turn(number) for number in range(8)))
    assert order == list(range(8))
    assert await units.storage.get_data(key) == {"n": 8}


async def test_who_has_waited_long_enough_for_the_chat_goes_away_and_may_come_again(
    backing: Backing, key: StorageKey
) -> None:
    units, chat = ChatUnits(backing, patience=0.01), ChatKey(key.bot_id, key.chat_id)
    async with units.open(chat):
        with pytest.raises(ChatBusy):
            async with units.open(chat, update_id=1):
                pass
    async with units.open(chat, update_id=1) as unit:
        assert not unit.repeated


async def test_chats_do_not_wait_for_each_other(units: ChatUnits, bot_id: int) -> None:
    async with asyncio.timeout(60), units.open(ChatKey(bot_id, 1)), units.open(ChatKey(bot_id, 2)):
        pass


async def test_idle_chats_hold_no_lock(units: ChatUnits, bot_id: int) -> None:
    for chat in range(20):
        async with units.open(ChatKey(bot_id, chat)):
            assert len(units.locks) == 1
    assert len(units.locks) == 0


async def test_a_task_left_behind_by_a_unit_does_not_write_into_it(units: ChatUnits, key: StorageKey) -> None:
    closed = asyncio.Event()

    async def late() -> None:
        await closed.wait()
        await units.storage.set_data(key, {"late": True})

    async with units.open(ChatKey(key.bot_id, key.chat_id)):
        task = asyncio.create_task(late())
        await units.storage.set_data(key, {"late": False})
    closed.set()
    await task
    assert await units.storage.get_data(key) == {"late": True}


async def test_another_chat_can_be_reached_from_a_unit(units: ChatUnits, key: StorageKey) -> None:
    other = replace(key, chat_id=8)
    async with units.open(ChatKey(key.bot_id, key.chat_id)):
        await units.storage.set_data(other, {"a": 1})
        await units.storage.set_data(key, {"a": 2})
    assert await units.storage.get_data(other) == {"a": 1}
    assert await units.storage.get_data(key) == {"a": 2}


# What only the database shows.


@pytest.fixture
def sql(each_database: Database, clock: FrozenClock) -> SqlBacking:
    """Conversations in SQLite and in PostgreSQL."""
    return SqlBacking(each_database, clock)


async def rows(database: Database) -> int:
    """How many records are stored."""
    async with database.read() as session:
        return await session.scalar(select(func.count()).select_from(ChatStateRow)) or 0


async def test_an_empty_record_has_no_row(each_database: Database, sql: SqlBacking, key: StorageKey) -> None:
    storage = ChatUnits(sql).storage
    await storage.set_data(key, {"a": 1})
    await storage.set_state(key, Steps.first)
    assert await rows(each_database) == 1
    await storage.set_data(key, {})
    assert await rows(each_database) == 1
    await storage.set_state(key, None)
    assert await rows(each_database) == 0


async def test_data_cannot_be_read_in_the_database(
    each_database: Database, sql: SqlBacking, key: StorageKey
) -> None:
    await ChatUnits(sql).storage.set_data(key, {"typed": "someone@example.com"})
    async with each_database.read() as session:
        stored = await session.scalar(text("SELECT data FROM chat_state"))
    assert stored is not None
    assert b"example" not in bytes(stored)


async def test_a_unit_is_one_select_and_writes_only_what_changed(database: Database, key: StorageKey) -> None:
    units = ChatUnits(SqlBacking(database, FrozenClock()))
    chat = ChatKey(key.bot_id, key.chat_id)
    others = [replace(key, destiny=f"aiogd:context:{number}") for number in range(3)]
    for other in others:
        await units.storage.set_data(other, {"a": 1})
    statements: list[str] = []
    for engine in (database._reader, database._writer):
        event.listen(
            engine.sync_engine, "before_cursor_execute", lambda *args: statements.append(args[2].split()[0])
        )
    async with units.open(chat):
        for other in others:
            for _ in range(3):
                await units.storage.set_data(other, await units.storage.get_data(other))
    assert statements == ["BEGIN", "SELECT"]
    statements.clear()
    async with units.open(chat, update_id=1):
        for other in others:
            await units.storage.get_data(other)
        await units.storage.set_data(others[1], {"a": 2})
    assert statements == ["BEGIN", "SELECT", "BEGIN", "INSERT", "INSERT", "INSERT"]


async def test_old_rows_are_purged(
    each_database: Database, sql: SqlBacking, clock: FrozenClock, key: StorageKey
) -> None:
    units = ChatUnits(sql)
    async with units.open(ChatKey(key.bot_id, key.chat_id), update_id=1):
        await units.storage.set_data(key, {"a": 1})
    clock.advance(timedelta(days=10))
    newer = replace(key, destiny="newer")
    async with units.open(ChatKey(key.bot_id, key.chat_id), update_id=2):
        await units.storage.set_data(newer, {"a": 1})
    limit = clock.now() - timedelta(days=1)
    assert await sql.purge(states_before=limit, updates_before=limit) == 2
    assert await units.storage.get_data(key) == {}
    assert await units.storage.get_data(newer) == {"a": 1}
    async with each_database.read() as session:
        assert (await session.scalars(select(SeenUpdateRow.update_id))).all() == [2]


async def test_the_note_of_an_update_that_we_keep_ourselves_is_not_purged(
    each_database: Database, sql: SqlBacking, clock: FrozenClock, bot_id: int
) -> None:
    units, waiting = ChatUnits(sql), WaitingUpdates(each_database, clock, bot_id)
    await waiting.put([{"update_id": 1}])
    for update_id in (1, 2):
        async with units.open(ChatKey(bot_id, 7), update_id=update_id):
            pass
    clock.advance(timedelta(days=10))
    await sql.purge(states_before=clock.now(), updates_before=clock.now())
    assert (await sql.load(ChatKey(bot_id, 7), 1)).seen
    assert not (await sql.load(ChatKey(bot_id, 7), 2)).seen
    await waiting.drop([1])
    await sql.purge(states_before=clock.now(), updates_before=clock.now())
    assert not (await sql.load(ChatKey(bot_id, 7), 1)).seen


@by_several
async def test_two_processes_do_not_both_keep_an_update(place: Place, key: StorageKey) -> None:
    chat = ChatKey(key.bot_id, key.chat_id)
    here, there = ChatUnits(place.backing), ChatUnits(place.backing)
    async with here.open(chat, update_id=1) as mine:
        await here.storage.set_data(key, {"who": "here"})
        async with there.open(chat, update_id=1):
            await there.storage.set_data(key, {"who": "there"})
    assert mine.repeated
    assert await here.storage.get_data(key) == {"who": "there"}


@by_several
async def test_who_writes_on_what_another_process_has_changed_meanwhile_writes_nothing(
    place: Place, key: StorageKey
) -> None:
    chat = ChatKey(key.bot_id, key.chat_id)
    here, there = ChatUnits(place.backing), ChatUnits(place.backing)

    async def race(update_id: int, word: str) -> None:
        async with here.open(chat, update_id=1):
            await here.storage.set_data(key, {"who": "here"})
            async with there.open(chat, update_id=update_id):
                await there.storage.set_data(key, {"who": word})

    for update_id, word in ((2, "there"), (3, "there again")):
        with pytest.raises(LostRace):
            await race(update_id, word)
        assert await here.storage.get_data(key) == {"who": word}
    async with here.open(chat, update_id=1) as unit:
        assert not unit.repeated, "it comes again"


@by_several
async def test_an_update_that_changes_nothing_loses_no_race(place: Place, key: StorageKey) -> None:
    chat = ChatKey(key.bot_id, key.chat_id)
    here, there = ChatUnits(place.backing), ChatUnits(place.backing)
    async with here.open(chat, update_id=1), there.open(chat, update_id=2):
        await there.storage.set_data(key, {"who": "there"})
    assert await here.storage.get_data(key) == {"who": "there"}


@by_several
async def test_what_services_write_is_written_with_the_state_or_not_at_all(
    place: Place, key: StorageKey
) -> None:
    chat = ChatKey(key.bot_id, key.chat_id)
    here, there = ChatUnits(place.backing), ChatUnits(place.backing)

    async def write(update_id: int, *, race: bool = False, fail: bool = False) -> None:
        async with here.open(chat, update_id=update_id) as unit:
            unit.turn.write_later("note", partial(_note, str(update_id)), place.behind.act)
            await here.storage.set_data(key, {"n": update_id})
            if race:
                await there.storage.set_data(key, {"n": 0})
            if fail:
                raise LookupError

    await write(1)
    with pytest.raises(LostRace):
        await write(2, race=True)
    with pytest.raises(LookupError):
        await write(3, fail=True)
    assert await here.storage.get_data(key) == {"n": 0}
    async with place.behind.read() as session:
        assert (await session.scalars(select(NoteRow.name).order_by(NoteRow.name))).all() == ["1", "3"]


def _note(name: str, connection: Connection) -> None:
    connection.execute(insert(NoteRow).values(name=name, text=""))


async def test_what_services_write_is_written_before_the_state_that_is_kept_elsewhere(
    database: Database, key: StorageKey
) -> None:
    kept = MemoryBacking()
    units = ChatUnits(kept)
    async with units.open(ChatKey(key.bot_id, key.chat_id), update_id=1) as unit:
        unit.turn.write_later("note", partial(_note, "1"), database.act)
        await units.storage.set_data(key, {"n": 1})
    async with database.read() as session:
        assert (await session.scalars(select(NoteRow.name))).all() == ["1"]
    assert kept.records[key].data == '{"n":1}'


async def test_a_transaction_of_the_update_finds_written_what_was_to_be_written_with_the_state(
    each_database: Database, sql: SqlBacking, key: StorageKey
) -> None:
    units = ChatUnits(sql)
    async with units.open(ChatKey(key.bot_id, key.chat_id), update_id=1) as unit:
        unit.turn.remember("what was read")
        unit.turn.write_later("note", partial(_note, "1"), each_database.act)
        with pytest.raises(LookupError):
            async with each_database.write():
                raise LookupError
        assert unit.turn.recall(str) is not None
        async with each_database.write() as session:
            assert await session.get(NoteRow, "1") is not None
        assert unit.turn.recall(str) is None, "what was read counts no longer"


async def test_a_database_that_is_gone_says_so(database: Database, key: StorageKey) -> None:
    units = ChatUnits(SqlBacking(database, FrozenClock()))
    async with database.write() as session:
        await session.execute(text("DROP TABLE chat_state"))
    with pytest.raises(StateUnavailable):
        await units.storage.get_data(key)
