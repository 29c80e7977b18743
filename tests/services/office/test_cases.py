"""What needs a person is one case until a person has decided it: on SQLite and on PostgreSQL."""

import asyncio
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.db.engine import Database
from bot.db.tables import CaseRow
from bot.domain.cases import CaseKind, CaseOutcome
from bot.services.cases import Case, open_case, resolve_case
from bot.services.office.announcing import Announcements
from bot.services.office.worklist import CaseClosed, NoSuchCase, Worklist
from bot.services.surroundings import Surroundings
from tests.support.clock import FrozenClock
from tests.support.ground import on_both
from tests.support.till import OPERATOR_CHAT, Till

KIND = CaseKind.UNDELIVERED
FACTS = {"message": "renewal-completed", "customer": "rossi", "tried": []}


@pytest.fixture
def database(each_database: Database) -> Database:
    """Both back ends, for every fixture that stands on the database."""
    return each_database


@pytest.fixture
def worklist(database: Database, surroundings: Surroundings) -> Worklist:
    """The operator's list."""
    return Worklist(database, surroundings)


class Opener:
    """A room of the services that finds out what needs a person."""

    def __init__(self, database: Database, clock: FrozenClock) -> None:
        self._database = database
        self._clock = clock

    async def opens(self, key: str = "a", *, subject: str = "R7K2M-4", due_on: date | None = None) -> bool:
        """Open a case in a transaction of its own."""
        async with self._database.write() as session:
            return await open_case(session, Case(KIND, key, subject, FACTS, due_on), self._clock.now())

    async def resolves(self, key: str = "a") -> bool:
        """Close it by itself."""
        async with self._database.write() as session:
            return await resolve_case(session, KIND, key, "it arrived", self._clock.now())

    async def rows(self) -> list[CaseRow]:
        """All the cases that there ever were."""
        async with self._database.read() as session:
            return list((await session.execute(select(CaseRow).order_by(CaseRow.id))).scalars())


@pytest.fixture
def room(database: Database, clock: FrozenClock) -> Opener:
    """Opens and closes cases."""
    return Opener(database, clock)


async def test_the_same_key_opened_twice_is_one_case_which_knows_the_latest(
    room: Opener, clock: FrozenClock, worklist: Worklist
) -> None:
    opened = clock.now()
    assert await room.opens(subject="first")
    clock.advance(timedelta(days=1))
    assert not await room.opens(subject="second", due_on=date(2026, 12, 14))
    (item,), total = await worklist.items(limit=10)
    assert total == 1
    assert (item.subject, item.due_on, item.since) == ("second", date(2026, 12, 14), opened)


@on_both
async def test_opened_at_once_it_is_one(room: Opener, worklist: Worklist) -> None:
    new = await asyncio.gather(*(room.opens() for _ in range(5)))
    assert sum(new) == 1
    assert (await worklist.items(limit=10))[1] == 1


async def test_what_ended_by_itself_may_come_again_as_a_new_case(room: Opener, worklist: Worklist) -> None:
    await room.opens()
    assert await room.resolves()
    assert not await room.resolves()
    assert (await worklist.items(limit=10))[1] == 0
    assert await room.opens()
    first, second = await room.rows()
    assert (first.outcome, first.note) == (CaseOutcome.RESOLVED.value, "it arrived")
    assert second.outcome is None


async def test_what_a_person_decided_is_not_asked_again(room: Opener, worklist: Worklist) -> None:
    await room.opens()
    (item,), _ = await worklist.items(limit=10)
    closed = await worklist.close(item.number, "telefonato")
    assert (closed.outcome, closed.note) == (CaseOutcome.DECIDED, "telefonato")
    assert not await room.opens(subject="again")
    assert not await room.resolves()
    assert (await worklist.items(limit=10))[1] == 0
    (row,) = await room.rows()
    assert row.subject == "R7K2M-4"


async def test_a_case_is_decided_once_whoever_decides(room: Opener, worklist: Worklist) -> None:
    await room.opens()
    (item,), _ = await worklist.items(limit=10)
    done = await asyncio.gather(
        *(worklist.close(item.number, each) for each in "abc"), return_exceptions=True
    )
    assert sorted(type(each).__name__ for each in done) == ["CaseClosed", "CaseClosed", "CaseFile"]
    with pytest.raises(CaseClosed) as refused:
        await worklist.close(item.number, "d")
    assert refused.value.case.outcome is CaseOutcome.DECIDED


async def test_a_case_that_there_is_not(worklist: Worklist) -> None:
    with pytest.raises(NoSuchCase):
        await worklist.case(7)
    with pytest.raises(NoSuchCase):
        await worklist.close(7, "note")


async def test_what_is_due_first_comes_first_and_payments_stand_among_them(
    room: Opener, till: Till, worklist: Worklist, clock: FrozenClock
) -> None:
    await room.opens("no day presses")
    clock.advance(timedelta(hours=1))
    await till.receive(till.paid("affitto", 12345, "bank-1"))
    clock.advance(timedelta(hours=1))
    await room.opens("late", due_on=date(2027, 1, 1))
    await room.opens("soon", due_on=date(2026, 12, 1))
    items, total = await worklist.items(limit=10)
    assert [(each.id[0], each.kind) for each in items] == [
        ("C", KIND),
        ("C", KIND),
        ("C", KIND),
        ("P", CaseKind.PAYMENT),
    ]
    assert [each.due_on for each in items] == [date(2026, 12, 1), date(2027, 1, 1), None, None]
    assert items[-1].subject == "123.45 EUR, bank-1"
    assert total == len(items)
    first, all_of_them = await worklist.items(limit=1)
    assert ([each.due_on for each in first], all_of_them) == ([date(2026, 12, 1)], total)
    (payment,), one = await worklist.items(limit=10, kind=CaseKind.PAYMENT)
    assert (payment.id[0], one) == ("P", 1)


async def test_how_much_waits_and_since_when(
    room: Opener, till: Till, worklist: Worklist, clock: FrozenClock, surroundings: Surroundings
) -> None:
    empty = await worklist.standing()
    assert set(empty) == set(CaseKind)
    assert all(
        each.open == 0 and each.oldest is None and each.overdue == timedelta(0) for each in empty.values()
    )
    since = clock.now()
    await room.opens("a", due_on=surroundings.today())
    clock.advance(timedelta(days=3))
    await room.opens("b")
    await till.receive(till.paid("affitto", 100, "bank-1"))
    standing = await worklist.standing()
    assert (standing[KIND].open, standing[KIND].oldest) == (2, since)
    assert timedelta(days=2) < standing[KIND].overdue < timedelta(days=3)
    assert (standing[CaseKind.PAYMENT].open, standing[CaseKind.PAYMENT].overdue) == (1, timedelta(0))


async def test_what_was_closed_comes_last_the_latest_first_and_hides_nothing_that_waits(
    room: Opener, till: Till, worklist: Worklist, clock: FrozenClock
) -> None:
    for key in "abc":
        await room.opens(key, subject=key, due_on=date(2026, 12, 1))
    await till.receive(till.paid("affitto", 100, "bank-1"))
    for key in "ca":
        clock.advance(timedelta(hours=1))
        await room.resolves(key)
    items, total = await worklist.items(limit=10, closed=True)
    assert [each.subject for each in items] == ["b", "1.00 EUR, bank-1", "a", "c"]
    assert total == len(items)
    for limit in range(1, total):
        assert (await worklist.items(limit=limit, closed=True))[0] == items[:limit]


# The operator hears of it


async def heard(till: Till) -> list[dict[str, Any]]:
    """What the operator was told of cases."""
    return [told.payload for told in await till.told("operator-cases") if told.chat_id == OPERATOR_CHAT]


async def test_cases_of_one_moment_are_announced_in_one_message_and_each_once(
    room: Opener, till: Till, clock: FrozenClock
) -> None:
    announcements = till.services.announcements
    assert await announcements.run() == 0
    for number in range(12):
        await room.opens(str(number), subject=f"N{number}", due_on=date(2026, 12, 14))
    assert sum(await asyncio.gather(*(announcements.run() for _ in range(3)))) == 12
    await room.opens("0", subject="again")
    clock.advance(timedelta(days=1))
    assert await announcements.run() == 0
    (payload,) = await heard(till)
    assert payload["count"] == 12
    assert [each["subject"] for each in payload["cases"]] == [f"N{number}" for number in range(10)]
    assert payload["cases"][0]["due_on"] == "2026-12-14"


async def test_what_ended_before_anybody_heard_of_it_is_not_announced(room: Opener, till: Till) -> None:
    await room.opens()
    await room.resolves()
    assert await till.services.announcements.run() == 0
    await room.opens()
    assert await till.services.announcements.run() == 1
    assert len(await heard(till)) == 1


async def test_without_a_chat_of_the_operator_nothing_is_written(
    room: Opener, till: Till, database: Database, surroundings: Surroundings
) -> None:
    await room.opens()
    assert await Announcements(database, surroundings, None).run() == 1
    assert await heard(till) == []
