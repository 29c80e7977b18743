"""What waits of a statement is shown as it stands now, and decided as it was shown: SQLite and PostgreSQL."""

from pathlib import Path

import pytest

from bot.services.actor import Actor
from bot.services.statements.proposals import EntryChanged, Waiting
from bot.services.statements.run import Brought
from tests.support.bank import Bank, Credit
from tests.support.till import Till


async def taken(till: Till, file: Path) -> None:
    await till.services.statements.take(file, Brought("command", file.name))


async def shown(till: Till) -> Waiting:
    ((entry,), _) = await till.services.proposals.waiting(10)
    return entry


def facts(entry: Waiting) -> tuple[str, list[str], tuple[str, int] | None]:
    """The heap, the reasons, and the order that is proposed with what it awaits."""
    order = entry.kept.order
    return (
        entry.heap.value,
        [each.value for each in entry.kept.reasons],
        None if order is None else (order.number, order.missing),
    )


async def ledger(till: Till) -> list[tuple[int, str]]:
    return [(row.amount, row.outcome) for row in await till.ledger()]


async def test_what_the_order_awaits_is_what_it_awaits_now(till: Till, bank: Bank) -> None:
    order = await till.order()
    await taken(till, bank.camt(Credit(f"{order.number} saldo", 2648, reference="A1")))
    assert facts(await shown(till)) == ("likely", ["number", "amount_differs"], (order.number, 3648))
    await till.receive(till.paid(order, 500, payment_id="gateway-1"))
    assert facts(await shown(till)) == ("likely", ["number", "amount_differs"], (order.number, 3148))
    await till.receive(till.paid(order, 500, payment_id="gateway-2"))
    entry = await shown(till)
    assert facts(entry) == ("likely", ["number", "amount"], (order.number, 2648))
    await till.services.proposals.confirm(entry.id, "command")
    assert await ledger(till) == [(500, "partial"), (500, "partial"), (2648, "completed")]


@pytest.mark.soak
async def test_what_was_shown_is_not_refused_when_it_is_confirmed(till: Till, bank: Bank) -> None:
    order = await till.order()
    await taken(till, bank.camt(Credit(f"{order.number} saldo", 3000, reference="A1")))
    await till.receive(till.paid(order, payment_id="gateway-1"))
    entry = await shown(till)
    assert facts(entry) == ("likely", ["number", "not_open"], (order.number, 0))
    await till.services.proposals.confirm(entry.id, "command")
    assert await ledger(till) == [(3648, "completed"), (3000, "duplicate_payment")]


@pytest.mark.soak
async def test_what_nobody_has_looked_at_since_it_changed_is_shown_first(till: Till, bank: Bank) -> None:
    order = await till.order()
    await taken(till, bank.camt(Credit(f"{order.number} saldo", 3000, reference="A1")))
    entry = await shown(till)
    await till.receive(till.paid(order, payment_id="gateway-1"))
    with pytest.raises(EntryChanged):
        await till.services.proposals.confirm(entry.id, "chat:1")
    await till.services.proposals.confirm((await shown(till)).id, "chat:1")
    assert await ledger(till) == [(3648, "completed"), (3000, "duplicate_payment")]


async def test_money_that_a_callback_told_of_meanwhile_is_shown_as_probably_the_same(
    till: Till, bank: Bank
) -> None:
    order = await till.order()
    await taken(till, bank.camt(Credit("RINNOVO", 3648, payer="ESEMPIO MARIA", reference="A1")))
    assert facts(await shown(till))[0] == "likely"
    await till.receive(till.paid(order, payment_id="gateway-1"))
    entry = await till.services.proposals.one((await shown(till)).id)
    assert facts(entry) == ("probably_same", ["payer", "other_source"], (order.number, 0))
    assert entry.kept.payment == "gateway-1"


@pytest.mark.soak
async def test_an_order_that_was_cancelled_awaits_nothing(till: Till, bank: Bank) -> None:
    order = await till.order()
    await taken(till, bank.camt(Credit("RINNOVO", 3648, payer="ESEMPIO MARIA", reference="A1")))
    await till.services.orders.cancel(Actor(7, "it"), order.number)
    assert facts(await shown(till)) == ("unknown", [], None)
    number = await till.order("b", chats=(8,))
    assert facts(await shown(till)) == ("likely", ["payer", "amount"], (number.number, 3648))


@pytest.mark.soak
async def test_a_payment_that_was_taken_back_while_it_waited_says_so(till: Till, bank: Bank) -> None:
    order = await till.order()
    paid = Credit(f"{order.number} GIA PAGATO", 3648, payer="Altri", reference="A1")
    await taken(till, bank.camt(paid))
    entry = await shown(till)
    assert facts(entry)[1] == ["number", "amount", "may_name_another"]
    await taken(till, bank.camt(Credit("STORNO", 3648, payer="Altri", reference="S1", back=True)))
    with pytest.raises(EntryChanged):
        await till.services.proposals.confirm(entry.id, "chat:1")
    entries, _ = await till.services.proposals.waiting(10)
    assert [facts(each)[1] for each in entries] == [
        ["number", "amount", "may_name_another", "taken_back"],
        ["open_amount"],
    ]
    assert await till.services.statements.register_likely(entry.statement_id, "chat:1") == 0


@pytest.mark.soak
async def test_what_went_back_finds_the_payment_that_a_callback_told_of_since(till: Till, bank: Bank) -> None:
    order = await till.order()
    await taken(till, bank.camt(Credit(f"STORNO {order.number}", 3648, reference="S1", back=True)))
    assert (await shown(till)).kept.payment is None
    await till.receive(till.paid(order, payment_id="gateway-1"))
    entry = await shown(till)
    assert (entry.heap.value, entry.kept.payment) == ("likely", "gateway-1")
    await till.services.proposals.confirm(entry.id, "command")
    assert await ledger(till) == [(3648, "completed"), (3648, "reversed")]


async def test_what_has_not_changed_is_judged_by_the_few_orders_that_it_may_mean(
    till: Till, bank: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    order, other = await till.order(), await till.order("b", chats=(8,))
    await taken(
        till,
        bank.camt(
            Credit(f"{order.number} acconto", 1000, reference="A1"),
            Credit(f"{order.number} {other.number}", 3648, reference="A2"),
            Credit("RINNOVO", 3648, payer="Ignoto", reference="A3"),
            Credit("RINNOVO", 3648, payer="Esempio Maria", reference="A4"),
            Credit("pec di altri@altrove.example", 1234, payer="Ignoto", reference="A5"),
            Credit(f"XX{order.number.replace('-', '')}", 3648, payer="Ignoto", reference="A6"),
        ),
    )

    async def never(*_: object) -> None:
        raise AssertionError("the whole book was loaded")

    monkeypatch.setattr("bot.services.statements.looking_again.load_book", never)
    entries, total = await till.services.proposals.waiting(10)
    assert (len(entries), total) == (6, 6)
