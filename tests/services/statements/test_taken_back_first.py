"""Money that the bank took back, told of before the payment itself: on SQLite and on PostgreSQL (DOMAIN.md 8)."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.db.tables import StatementEntryRow
from bot.domain.cases import CaseKind
from bot.services.statements.proposals import Waiting
from bot.services.statements.report import StatementReport
from bot.services.statements.run import Brought
from tests.support.bank import Bank, Credit
from tests.support.long_runs import long, some
from tests.support.till import Till


async def taken(till: Till, file: Path, *, likely_too: bool = False) -> StatementReport:
    return await till.services.statements.take(file, Brought("command", file.name), likely_too=likely_too)


async def ledger(till: Till) -> list[tuple[str, int, str]]:
    return [(row.kind, row.amount, row.outcome) for row in await till.ledger()]


async def waiting(till: Till) -> list[tuple[str, str, list[str]]]:
    """What waits: which way the money went, its heap, and the reasons."""
    entries, _ = await till.services.proposals.waiting(20)
    return [
        (each.kept.entry.kind.value, each.heap.value, [reason.value for reason in each.kept.reasons])
        for each in entries
    ]


async def one(till: Till, kind: str) -> Waiting:
    entries, _ = await till.services.proposals.waiting(20)
    (found,) = [each for each in entries if each.kept.entry.kind.value == kind]
    return found


@pytest.mark.parametrize(
    "in_one_file", some([False, True], 1), ids=["in an earlier file", "earlier in the same file"]
)
async def test_a_transfer_that_was_recalled_before_it_is_told_of_renews_nothing_by_itself(
    till: Till, bank: Bank, in_one_file: bool
) -> None:
    order = await till.order()
    recalled = Credit("STORNO BONIFICO", 3648, payer="MARIA ESEMPIO", reference="S1", back=True)
    paid = Credit(f"RINNOVO {order.number}", 3648, payer="Esempio Maria", reference="A1")
    for entries in [(recalled, paid)] if in_one_file else [(recalled,), (paid,)]:
        await taken(till, bank.camt(*entries))
    assert await ledger(till) == []
    assert await till.status(order) == "awaiting_payment"
    assert await waiting(till) == [
        ("reversal", "unknown", ["open_amount"]),
        ("credit", "likely", ["number", "amount", "taken_back"]),
    ]
    # A person says that it had come: at once it is said which payment seems to have gone back.
    await till.services.proposals.confirm((await one(till, "credit")).id, "command")
    assert await till.status(order) == "completed"
    back = await one(till, "reversal")
    (payment,) = await till.ledger()
    assert (back.heap.value, back.kept.payment) == ("likely", payment.payment_id)
    await till.services.proposals.confirm(back.id, "command")
    assert await ledger(till) == [("registered", 3648, "completed"), ("reversed", 3648, "reversed")]
    assert (await till.services.worklist.standing())[CaseKind.STATEMENT].open == 0


@pytest.mark.soak
async def test_what_the_banks_reference_names_is_taken_back_at_once_when_a_person_confirms_the_payment(
    till: Till, bank: Bank
) -> None:
    order = await till.order()
    await taken(till, bank.camt(Credit("STORNO", 3648, payer="", reference="A1", back=True)))
    await taken(till, bank.camt(Credit(order.number, 3648, reference="A1")))
    await till.services.proposals.confirm((await one(till, "credit")).id, "chat:1")
    assert await ledger(till) == [("registered", 3648, "completed"), ("reversed", 3648, "reversed")]
    assert await waiting(till) == []


@pytest.mark.soak
async def test_a_payment_that_waits_and_is_recalled_by_a_later_file_is_taken_back_when_it_is_confirmed(
    till: Till, bank: Bank
) -> None:
    order = await till.order()
    await taken(till, bank.camt(Credit(f"{order.number} acconto", 1000, reference="A1")))
    await taken(till, bank.camt(Credit(f"STORNO {order.number}", 1000, reference="S1", back=True)))
    await till.services.proposals.confirm((await one(till, "credit")).id, "command")
    assert await ledger(till) == [("registered", 1000, "partial"), ("reversed", 1000, "reversed")]
    assert await waiting(till) == []


@pytest.mark.soak
async def test_what_went_back_of_a_sum_that_nothing_asked_for_yet_is_known_again_by_its_marks_alone(
    till: Till, bank: Bank
) -> None:
    await till.order("other", chats=(9,), years=2)
    recalled = Credit("STORNO BON.", 3648, payer="NERI GINA", reference="S1", back=True)
    report = await taken(till, bank.camt(recalled))
    assert report.waiting == 0
    async with till.database.read() as session:
        (content,) = (await session.execute(select(StatementEntryRow.content))).scalars()
    assert not [word for word in ("NERI", "GINA", "STORNO") if word in str(content)]
    order = await till.order()
    await taken(till, bank.camt(Credit(order.number, 3648, payer="Gina Neri", reference="A1")))
    assert await ledger(till) == []
    assert await waiting(till) == [("credit", "likely", ["number", "amount", "taken_back"])]
    await till.services.proposals.confirm((await one(till, "credit")).id, "command")
    back = await one(till, "reversal")
    assert (back.heap.value, back.kept.order and back.kept.order.number) == ("likely", order.number)
    assert (await till.services.worklist.standing())[CaseKind.STATEMENT].open == 1
    await till.services.proposals.confirm(back.id, "command")
    assert await ledger(till) == [("registered", 3648, "completed"), ("reversed", 3648, "reversed")]
    assert (await till.services.worklist.standing())[CaseKind.STATEMENT].open == 0


@pytest.mark.soak
async def test_what_names_the_mailbox_went_back_of_its_order_whoever_paid(till: Till, bank: Bank) -> None:
    order = await till.order()
    address = order.items[0].address.upper().replace("@", " ").replace(".", " ")
    await taken(till, bank.camt(Credit(f"STORNO {address}", 3648, payer="Banca", reference="S1", back=True)))
    assert await waiting(till) == [("reversal", "unknown", ["address"])]
    await taken(till, bank.camt(Credit(order.number, 3648, payer="Studio Neri", reference="A1")))
    assert await ledger(till) == []


@pytest.mark.parametrize("days", [0, *long(1)], ids=["another payer's", "paid again the day after"])
async def test_money_that_cannot_be_what_went_back_completes_its_order(
    till: Till, bank: Bank, days: int
) -> None:
    order = await till.order()
    payer = "Maria Esempio" if days else "Bar Centrale"
    before = (till.services.surroundings.today() - timedelta(days)).isoformat()
    await taken(till, bank.camt(Credit("STORNO", 3648, payer=payer, reference="S1", day=before, back=True)))
    await taken(till, bank.camt(Credit(order.number, 3648, reference="A1")))
    assert await ledger(till) == [("registered", 3648, "completed")]


@pytest.mark.soak
async def test_what_a_person_has_dismissed_is_held_against_no_payment(till: Till, bank: Bank) -> None:
    order = await till.order()
    await taken(till, bank.camt(Credit("STORNO", 3648, reference="S1", back=True)))
    await till.services.proposals.dismiss((await one(till, "reversal")).id, "command")
    await taken(till, bank.camt(Credit(order.number, 3648, reference="A1")))
    assert await ledger(till) == [("registered", 3648, "completed")]


@pytest.mark.soak
async def test_yes_to_all_that_is_likely_leaves_out_what_may_have_gone_back(till: Till, bank: Bank) -> None:
    order = await till.order()
    await taken(till, bank.camt(Credit("STORNO", 3648, reference="S1", back=True)))
    report = await taken(till, bank.camt(Credit(order.number, 3648, reference="A1")), likely_too=True)
    assert (report.confirmed, report.waiting) == (0, 1)
    assert {heap.value: pile.entries for heap, pile in report.counts.heaps.items() if pile.entries} == {
        "likely": 1
    }
    assert await ledger(till) == []


async def test_a_dry_run_says_that_a_payment_may_have_gone_back_by_its_own_file(
    till: Till, bank: Bank
) -> None:
    order = await till.order()
    file = bank.camt(
        Credit("STORNO", 3648, reference="S1", back=True), Credit(order.number, 3648, reference="A1")
    )
    report = await till.services.statements.take(file, Brought("command", file.name), dry_run=True)
    assert {heap.value: pile.entries for heap, pile in report.counts.heaps.items() if pile.entries} == {
        "likely": 1,
        "unknown": 1,
    }
