"""Statements that are taken at the same time, and money that went back: on SQLite and on PostgreSQL."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, update

from bot.db.tables import StatementEntryRow, StatementRow
from bot.domain.cases import CaseKind
from bot.domain.statements.entry import UnreadableStatement
from bot.domain.statements.proposal import Heap
from bot.services.payments.payments import PaymentAnswer
from bot.services.statements.book import book_of
from bot.services.statements.forgetting import forget_entries
from bot.services.statements.kept import KEEP_KNOWN, KEEP_WAITING
from bot.services.statements.proposals import EntryChanged, EntryDecided
from bot.services.statements.run import Brought
from bot.services.statements.standing import statement_standing
from bot.services.statements.telling import waiting_of
from tests.support.bank import Bank, Credit
from tests.support.clock import FrozenClock
from tests.support.ground import on_both
from tests.support.long_runs import long
from tests.support.till import Till


def brought(path: Path) -> Brought:
    return Brought("command", path.name)


async def ledger(till: Till) -> list[tuple[str, int, str]]:
    return [(row.kind, row.amount, row.outcome) for row in await till.ledger()]


@on_both
@pytest.mark.parametrize(("number", "others"), [(2, 5), *long((3, 30))])
async def test_two_files_that_overlap_taken_at_once_count_nothing_twice(
    till: Till, bank: Bank, number: int, others: int
) -> None:
    orders = [await till.order(f"c{n}", chats=(n,)) for n in range(1, number + 1)]
    entries = [Credit(f"{order.number}", 3648, reference=order.number) for order in orders]
    other = [Credit("affitto", 100, reference=f"R{n}") for n in range(others)]
    files = [bank.camt(*entries[:2], *other), bank.camt(*entries[1:], *other)]
    reports = await asyncio.gather(*(till.services.statements.take(each, brought(each)) for each in files))
    assert sorted(await ledger(till)) == [("registered", 3648, "completed")] * number
    assert sum(report.counts.known for report in reports) == others + 1
    assert sum(report.counts.entries for report in reports) == 2 * others + number + 1


async def test_what_is_confirmed_by_two_at_once_is_registered_once(till: Till, bank: Bank) -> None:
    order = await till.order()
    file = bank.camt(Credit(f"{order.number} acconto", 1000, reference="A1"))
    await till.services.statements.take(file, brought(file))
    ((entry,), _) = await till.services.proposals.waiting(10)
    done = await asyncio.gather(
        *(till.services.proposals.confirm(entry.id, f"chat:{n}") for n in (1, 2)), return_exceptions=True
    )
    assert [type(each) for each in done].count(EntryDecided) == 1
    assert await ledger(till) == [("registered", 1000, "partial")]


@pytest.mark.soak
async def test_an_entry_that_fits_nothing_any_more_still_counts_among_those_that_wait(
    till: Till, bank: Bank
) -> None:
    await till.order()
    for name in ("A1", "A2"):
        file = bank.camt(Credit("saldo", 3648, payer="MARIA ESEMPIO", reference=name))
        await till.services.statements.take(file, brought(file))
    ((first, entry), _) = await till.services.proposals.waiting(10)
    await till.services.proposals.confirm(first.id, "chat:1")
    with pytest.raises(EntryChanged):
        await till.services.proposals.confirm(entry.id, "chat:1")
    ((entry,), _) = await till.services.proposals.waiting(10)
    assert (entry.heap, entry.kept.reasons) == (Heap.UNKNOWN, ())
    async with till.database.read() as session:
        assert await waiting_of(session, entry.statement_id) == {Heap.UNKNOWN: 1}


async def test_of_strangers_nothing_is_kept_and_of_what_was_decided_almost_nothing(
    till: Till, bank: Bank
) -> None:
    order = await till.order()
    file = bank.camt(
        Credit(order.number, 3648, reference="A1", end_to_end="E1"),
        Credit("affitto", 100, payer="Ignoto"),
        Credit(f"{order.number}", 1, payer="Ignoto"),
    )
    await till.services.statements.take(file, brought(file))
    ((entry,), _) = await till.services.proposals.waiting(10)
    await till.services.proposals.dismiss(entry.id, "command")
    async with till.database.read() as session:
        rows = (
            await session.execute(
                select(StatementEntryRow.state, StatementEntryRow.content).order_by(StatementEntryRow.id)
            )
        ).all()
    assert [tuple(row) for row in rows] == [
        ("registered", {"reference": "A1", "end_to_end": "E1"}),
        ("counted", None),
        ("dismissed", None),
    ]


async def test_a_damaged_file_leaves_nothing_behind(till: Till, bank: Bank) -> None:
    file = bank.camt(*(Credit("x", 100, reference=f"R{n}") for n in range(600)), total=1)
    with pytest.raises(UnreadableStatement):
        await till.services.statements.take(file, brought(file))
    async with till.database.read() as session:
        assert await session.scalar(select(func.count()).select_from(StatementEntryRow)) == 0


@pytest.mark.soak
async def test_a_file_that_came_by_itself_and_cannot_be_read_is_told_once_until_it_is_read(
    till: Till, bank: Bank
) -> None:
    order = await till.order()
    file = bank.camt(Credit(order.number, 3648, reference="A1"), total=1)
    by_itself = Brought("folder", file.name, watched=False)
    for _ in range(3):
        with pytest.raises(UnreadableStatement):
            await till.services.statements.take(file, by_itself)
    (told,) = await till.told("operator-statement-refused")
    assert told.payload["name"] == file.name
    assert (await statement_standing(till.database)).unreadable == 1
    with pytest.raises(UnreadableStatement):
        await till.services.statements.take(file, brought(file))  # somebody looks
    assert (await statement_standing(till.database)).unreadable == 1


@pytest.mark.soak
async def test_what_nobody_decides_is_forgotten_and_asked_again_when_the_file_comes_again(
    till: Till, bank: Bank, clock: FrozenClock
) -> None:
    order = await till.order(expires_in=300)
    file = bank.camt(
        Credit(f"{order.number} acconto", 1000, reference="A1"), Credit("affitto", 77700, reference="A2")
    )
    await till.services.statements.take(file, brought(file))
    assert (await till.services.worklist.standing())[CaseKind.STATEMENT].open == 1
    clock.advance(KEEP_WAITING)
    await forget_entries(till.database, clock.now())
    assert (await till.services.proposals.waiting(10))[1] == 1
    clock.advance(timedelta(days=1))
    await forget_entries(till.database, clock.now())
    assert await till.services.proposals.waiting(10) == ((), 0)
    assert (await till.services.worklist.standing())[CaseKind.STATEMENT].open == 0
    again = await till.services.statements.take(file, brought(file))
    assert (again.taken_before, again.waiting, again.counts.known) == (None, 1, 1)
    clock.advance(KEEP_KNOWN)
    await forget_entries(till.database, clock.now())
    async with till.database.read() as session:
        assert await session.scalar(select(func.count()).select_from(StatementEntryRow)) == 0


async def test_a_callback_between_the_last_look_and_the_ledger_makes_no_duplicate_of_the_files_payment(
    till: Till, bank: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = await till.order()
    file = bank.camt(Credit(order.number, 3648, reference="A1"))
    looked, calls = book_of, list[asyncio.Task[PaymentAnswer]]()

    async def look(*arguments: Any) -> Any:
        book = await looked(*arguments)
        calls.append(asyncio.create_task(till.receive(till.paid(order, payment_id="gateway-1"))))
        await asyncio.wait(calls, timeout=0.3)
        return book

    monkeypatch.setattr("bot.services.statements.registering.book_of", look)
    await till.services.statements.take(file, brought(file))
    await asyncio.gather(*calls)
    outcomes = {row.payment_id: row.outcome for row in await till.ledger()}
    assert outcomes.pop("gateway-1") == "duplicate_payment"
    assert list(outcomes.values()) == ["completed"]


@pytest.mark.soak
async def test_the_money_that_a_callback_told_of_meanwhile_is_not_registered_by_an_old_button_of_its_order(
    till: Till, bank: Bank
) -> None:
    first, second = await till.order("a"), await till.order("b", chats=(8,))
    file = bank.camt(Credit(f"{first.number} {second.number}", 3648, reference="A1"))
    await till.services.statements.take(file, brought(file))
    await till.receive(till.paid(first, payment_id="gateway-1"))
    ((entry,), _) = await till.services.proposals.waiting(10)
    assert {each.number for each in entry.kept.candidates} == {first.number, second.number}
    with pytest.raises(EntryChanged):
        await till.services.proposals.confirm(entry.id, "chat:1", first.number)
    ((entry,), _) = await till.services.proposals.waiting(10)
    assert (entry.heap.value, entry.kept.payment) == ("probably_same", "gateway-1")
    assert [each.number for each in entry.kept.candidates] == [second.number]
    await till.services.proposals.confirm(entry.id, "chat:1", second.number)
    assert await ledger(till) == [("registered", 3648, "completed")] * 2


@pytest.mark.soak
async def test_money_that_went_back_by_a_file_that_came_before_the_one_with_its_payment_is_taken_back(
    till: Till, bank: Bank
) -> None:
    order = await till.order()
    back = bank.camt(Credit(f"STORNO {order.number}", 3648, reference="A2", back=True))
    await till.services.statements.take(back, brought(back))
    ((entry,), _) = await till.services.proposals.waiting(10)
    assert [each.value for each in entry.kept.reasons] == ["number"]
    came = bank.camt(Credit(order.number, 3648, reference="A1"))
    await till.services.statements.take(came, brought(came))
    assert await till.services.proposals.waiting(10) == ((), 0)
    assert await ledger(till) == [("registered", 3648, "completed"), ("reversed", 3648, "reversed")]
    assert (await till.services.worklist.standing())[CaseKind.STATEMENT].open == 0


async def test_what_a_run_left_that_ended_in_the_middle_is_forgotten_too(
    till: Till, bank: Bank, clock: FrozenClock
) -> None:
    order = await till.order(expires_in=300)
    file = bank.camt(Credit(f"{order.number} acconto", 1000, reference="A1"))
    await till.services.statements.take(file, brought(file))
    async with till.database.write() as session:
        await session.execute(update(StatementRow).values(finished_at=None, read_at=None))
    assert await till.services.proposals.waiting(10) == ((), 0)
    clock.advance(KEEP_WAITING + timedelta(days=1))
    await forget_entries(till.database, clock.now())
    async with till.database.read() as session:
        assert await session.scalar(select(func.count()).select_from(StatementEntryRow)) == 0
    again = await till.services.statements.take(file, brought(file))
    assert (again.taken_before, again.waiting) == (None, 1)
