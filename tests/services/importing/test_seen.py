"""What was paid is seen renewed where the mailbox lives, or a person is asked (DOMAIN.md 5)."""

from datetime import date, timedelta

from sqlalchemy import select, update

from bot.db.tables import CaseRow, OrderItemRow, OrderRow
from bot.domain.cases import CaseKind
from bot.services.importing.seen import ToBeSeen
from bot.services.payments.ledger import PaymentKind
from tests.services.importing.test_renewed import FILE, OLD, RENEWED, Operator, operator

__all__ = ["operator"]

RENEWED_FILE = FILE | {"expires_on": RENEWED.isoformat()}


async def cases(operator: Operator) -> list[CaseRow]:
    async with operator.database.read() as session:
        return list((await session.execute(select(CaseRow).order_by(CaseRow.id))).scalars())


async def to_be_seen(operator: Operator) -> ToBeSeen:
    return await operator.services.seen_renewals.standing()


async def paid(operator: Operator) -> str:
    """An order that is complete, on Monday 23 November 2026."""
    order = await operator.order()
    await operator.reports(order)
    return order.number


async def test_an_import_in_time_asks_nobody(operator: Operator) -> None:
    await paid(operator)
    for _ in range(4):  # until Thursday, the third working day after it
        await operator.imports(FILE)
        assert not await cases(operator)
        operator.clock.advance(timedelta(days=1))
    assert await to_be_seen(operator) == ToBeSeen(operator.clock.now() - timedelta(days=1), 1, 1)


async def test_a_later_one_opens_a_case_once_and_the_customer_keeps_the_date(operator: Operator) -> None:
    number = await paid(operator)
    operator.clock.advance(timedelta(days=4))
    dry = await operator.imports(FILE, dry_run=True)
    assert not await cases(operator)
    assert dry.warnings == 1
    for _ in range(3):
        await operator.imports(FILE)
        (warning,) = operator.listener.findings
        assert "ask the provider" in warning.reason
        (case,) = await cases(operator)
        assert (case.kind, case.subject, case.due_on) == (CaseKind.NOT_RENEWED, number, OLD)
        assert case.facts["mailbox"] == FILE["address"]
        assert (case.facts["said"], case.facts["new_expiry"]) == (OLD.isoformat(), RENEWED.isoformat())
        assert (await operator.mailbox()).expires_on == RENEWED
        operator.clock.advance(timedelta(days=1))
    assert await to_be_seen(operator) == ToBeSeen(operator.clock.now() - timedelta(days=1), 1, 0)


async def test_the_case_ends_by_itself_when_the_new_expiry_is_seen(operator: Operator) -> None:
    await paid(operator)
    operator.clock.advance(timedelta(days=4))
    await operator.imports(FILE)
    await operator.imports(RENEWED_FILE)
    (case,) = await cases(operator)
    assert (case.outcome, case.note) == ("resolved", "the mailbox file shows the new expiry")
    assert (await to_be_seen(operator)).waiting == 0
    # An older file that comes again undoes nothing, and asks nobody.
    operator.clock.advance(timedelta(days=30))
    await operator.imports(FILE)
    assert (await operator.mailbox()).expires_on == RENEWED
    assert len(await cases(operator)) == 1


async def test_what_a_person_decided_is_not_asked_again(operator: Operator) -> None:
    await paid(operator)
    operator.clock.advance(timedelta(days=4))
    await operator.imports(FILE)
    await operator.services.worklist.close(
        (await cases(operator))[0].id, "renewed by hand, their export lags"
    )
    await operator.imports(FILE)
    assert len(await cases(operator)) == 1


async def test_a_payment_that_went_back_is_awaited_no_more(operator: Operator) -> None:
    order = await operator.order()
    await operator.reports(order)
    operator.clock.advance(timedelta(days=4))
    await operator.imports(FILE)
    await operator.reports(order, PaymentKind.REVERSED)
    await operator.imports(FILE)
    (case,) = await cases(operator)
    assert case.outcome == "resolved"
    assert (await operator.mailbox()).expires_on == OLD
    assert (await to_be_seen(operator)).waiting == 0


async def test_a_withdrawn_renewal_protects_its_expiry_from_no_file(operator: Operator) -> None:
    await paid(operator)
    async with operator.database.write() as session:
        await session.execute(update(OrderRow).values(status="withdrawn"))
    operator.clock.advance(timedelta(days=4))
    await operator.imports(FILE)
    assert (await operator.mailbox()).expires_on == OLD
    assert not await cases(operator)


async def test_a_date_of_the_operators_own_ends_the_waiting(operator: Operator) -> None:
    await paid(operator)
    operator.clock.advance(timedelta(days=4))
    await operator.imports(FILE)
    await operator.imports(FILE | {"expires_on": "2027-06-01"})
    (case,) = await cases(operator)
    assert case.outcome == "resolved"
    assert (await operator.mailbox()).expires_on == date(2027, 6, 1)
    assert (await to_be_seen(operator)).waiting == 0


async def test_of_two_renewals_each_is_seen_by_itself(operator: Operator) -> None:
    first = await paid(operator)
    second = await paid(operator)
    operator.clock.advance(timedelta(days=4))
    await operator.imports(FILE)
    assert [case.subject for case in await cases(operator)] == [first]
    await operator.imports(RENEWED_FILE)
    assert [(case.subject, case.outcome) for case in await cases(operator)] == [
        (first, "resolved"),
        (second, None),
    ]
    await operator.imports(FILE | {"expires_on": "2028-12-20"})
    assert [case.outcome for case in await cases(operator)] == ["resolved", "resolved"]
    async with operator.database.read() as session:
        seen = (await session.execute(select(OrderItemRow.seen_at))).scalars().all()
    assert all(seen)


async def test_without_an_import_it_is_said_how_many_nobody_looked_for(operator: Operator) -> None:
    made = operator.clock.now()
    await paid(operator)
    assert await to_be_seen(operator) == ToBeSeen(made, 1, 0)
    operator.clock.advance(timedelta(days=3))
    assert await to_be_seen(operator) == ToBeSeen(made, 1, 0)
    operator.clock.advance(timedelta(days=1))
    assert await to_be_seen(operator) == ToBeSeen(made, 1, 1)
    await operator.imports(FILE, dry_run=True)
    assert (await to_be_seen(operator)).unchecked == 1
    await operator.imports(FILE)
    assert await to_be_seen(operator) == ToBeSeen(operator.clock.now(), 1, 0)
