"""Mailboxes that a complete file does not name any more are silent, and what is at stake is a case (decision 034)."""

import asyncio
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.db.tables import CaseRow, DraftRow, MailboxRow, OutboxRow, SpaceLevelRow
from bot.domain.cases import CaseKind
from bot.domain.mailboxes import Blocker, blocker
from bot.domain.payments import PaymentOutcome
from bot.services.actor import Actor
from bot.services.errors import NoMoreReminders
from bot.services.importing import Foresight, ImportReport, NotConfirmed, import_mailboxes, open_mailbox_file
from bot.services.orders.rows import Order
from bot.services.payments.ledger import PaymentKind, PaymentReport
from bot.services.reminders.letters import MESSAGE, Letter
from bot.services.reminders.standing import read_standing
from tests.services.importing.files import Recorder, as_csv, company
from tests.services.importing.test_renewed import FILE, OLD, RENEWED, Operator, operator
from tests.support.ordering import chosen

__all__ = ["operator"]

OTHER = company(2)
"""Whoever stays."""
ME = Actor(7, "it")


async def complete(
    operator: Operator, *rows: Mapping[str, str], dry_run: bool = False, yes: bool = True
) -> ImportReport:
    """Import a complete file of these rows."""
    operator.listener = Recorder()
    operator.path.write_text(as_csv(rows))
    with open_mailbox_file(operator.path) as file:
        return await import_mailboxes(
            file,
            operator.database,
            operator.surroundings,
            operator.listener,
            dry_run=dry_run,
            complete=True,
            consent=lambda _: yes,
        )


async def vanishes(operator: Operator) -> None:
    """The mailbox is not in the file any more."""
    assert (await complete(operator, OTHER)).gone == 1


async def comes(operator: Operator) -> Actor:
    """Its customer's chat."""
    invitation = await operator.services.linking.invite(FILE["customer"])
    await operator.services.linking.redeem(ME, invitation.token)
    return ME


async def mine(operator: Operator) -> MailboxRow:
    """The mailbox that vanishes."""
    async with operator.database.read() as session:
        return (await session.execute(select(MailboxRow).order_by(MailboxRow.id).limit(1))).scalar_one()


async def cases(operator: Operator) -> list[CaseRow]:
    """Every case."""
    async with operator.database.read() as session:
        return list(await session.scalars(select(CaseRow).order_by(CaseRow.id)))


async def waiting(operator: Operator) -> list[Letter]:
    """The reminders that are in the outbox."""
    async with operator.database.read() as session:
        rows = await session.scalars(select(OutboxRow).order_by(OutboxRow.id))
        return [
            Letter.read(row.payload, row.chat_id) for row in rows if row.payload.get("message") == MESSAGE
        ]


async def true_now(operator: Operator) -> int:
    """How many of their entries would be told."""
    letters = await waiting(operator)
    async with operator.database.read() as session:
        standing = await read_standing(session, operator.surroundings, letters)
    return sum(len(standing.true_of(letter)) for letter in letters)


async def test_it_has_its_day_and_its_file_and_nothing_waits_of_it(operator: Operator) -> None:
    await comes(operator)
    assert await operator.services.reminders.run() == 1
    assert await true_now(operator) == 1
    await vanishes(operator)
    row = await mine(operator)
    assert (row.gone_on, row.gone_by, row.remind_on) == (
        operator.surroundings.today(),
        "mailboxes.csv",
        None,
    )
    assert await true_now(operator) == 0, "what waits in the outbox is obsolete"


async def test_nobody_is_reminded_whatever_wakes_the_planner(operator: Operator) -> None:
    actor = await comes(operator)
    await vanishes(operator)
    with pytest.raises(NoMoreReminders):
        await operator.services.wishes.unmute(actor, (await mine(operator)).id)
    for _ in range(6):
        await operator.change(remind_on=operator.surroundings.today())
        assert await operator.services.reminders.run() == 0
        operator.clock.advance(timedelta(days=20))
    assert await waiting(operator) == []


async def test_the_end_of_what_is_gone_is_not_told(operator: Operator) -> None:
    await comes(operator)
    await vanishes(operator)
    operator.clock.advance(OLD + timedelta(days=92) - operator.surroundings.today())
    await operator.change(remind_on=operator.surroundings.today())
    assert await operator.services.reminders.run() == 0


async def test_space_that_filled_up_is_not_told(operator: Operator) -> None:
    await comes(operator)
    await operator.imports(FILE | {"used_mailbox_gb": "2.9", "usage_at": operator.clock.now().isoformat()})
    async with operator.database.read() as session:
        assert (await session.scalars(select(SpaceLevelRow))).all()
    await vanishes(operator)
    await operator.change(remind_on=operator.surroundings.today())
    assert await operator.services.reminders.run() == 0
    async with operator.database.read() as session:
        assert not [row for row in await session.scalars(select(OutboxRow)) if row.key.startswith("space:")]


async def test_the_notice_of_its_automatic_renewal_is_a_case_instead(operator: Operator) -> None:
    await operator.imports(FILE | {"auto_renew": "true"})
    await comes(operator)
    operator.clock.advance(OLD - timedelta(days=34) - operator.surroundings.today())
    await vanishes(operator)
    await operator.change(remind_on=operator.surroundings.today())
    async with asyncio.timeout(60):  # it would look at the same mailbox again and again
        assert await operator.services.reminders.run() == 0
        operator.clock.advance(timedelta(hours=12))
        assert await operator.services.reminders.run() == 0
    (case,) = await cases(operator)
    assert (case.kind, case.subject, case.facts["automatic"]) == (CaseKind.GONE.value, "ESEMPIO-01", True)


async def test_a_renewal_that_was_begun_ends(operator: Operator) -> None:
    actor = await comes(operator)
    await chosen(operator.services, actor, [(await mine(operator)).id])
    await vanishes(operator)
    assert await operator.services.renewals.unfinished(actor) is None
    async with operator.database.read() as session:
        row = (await session.scalars(select(DraftRow))).one()
    assert (row.status, row.registrant) == ("discarded", None)


async def test_it_cannot_be_renewed_and_is_not_counted_among_the_mailboxes(operator: Operator) -> None:
    actor = await comes(operator)
    await vanishes(operator)
    (holding,) = await operator.services.renewals.holdings(actor)
    (box,) = holding.mailboxes
    surroundings = operator.surroundings
    assert blocker(box, surroundings.catalogue, surroundings.today()) is Blocker.GONE
    glance = await operator.services.glances.look(actor)
    assert (glance.mailboxes, glance.deleted) == ((), 0)
    assert (await operator.services.wishes.read(actor)).mailboxes == ()


async def pays(operator: Operator, order: Order) -> Any:
    """The payment of an order is registered."""
    return await operator.services.payments.register(
        PaymentReport(
            PaymentKind.REGISTERED,
            "bank-1",
            order.number,
            order.quote.due,
            "EUR",
            "bank_transfer",
            operator.clock.now(),
        )
    )


async def test_money_for_its_open_order_waits_for_a_person(operator: Operator) -> None:
    order = await operator.order()
    await vanishes(operator)
    (case,) = await cases(operator)
    assert (case.kind, case.facts["order"]) == (CaseKind.GONE.value, order.number)
    answer = await pays(operator, order)
    assert answer.outcome is PaymentOutcome.REVIEW
    assert (await mine(operator)).expires_on == OLD


async def test_nobody_is_asked_to_pay_for_it(operator: Operator) -> None:
    await operator.order()
    await vanishes(operator)
    async with operator.database.read() as session:
        before = len((await session.scalars(select(OutboxRow))).all())
    for _ in range(8):
        operator.clock.advance(timedelta(days=20))
        await operator.services.expiring.run()
    async with operator.database.read() as session:
        assert len((await session.scalars(select(OutboxRow))).all()) == before


async def test_what_was_paid_and_not_seen_is_listed_and_a_case(operator: Operator) -> None:
    order = await operator.order()
    await operator.reports(order)
    report = await complete(operator, OTHER, dry_run=True)
    (found,) = report.foresight.first_vanished
    assert (found.address, found.customer, found.expires_on, found.order, found.unseen) == (
        FILE["address"],
        FILE["customer"],
        RENEWED,
        None,
        order.number,
    )
    assert await cases(operator) == []
    await vanishes(operator)
    (case,) = await cases(operator)
    assert case.facts["unseen"] == order.number


async def test_where_nothing_is_at_stake_nobody_is_asked(operator: Operator) -> None:
    await vanishes(operator)
    assert await cases(operator) == []


async def test_named_again_it_lives_its_reminders_come_and_the_case_ends(operator: Operator) -> None:
    await comes(operator)
    await operator.services.reminders.run()
    await operator.imports(FILE | {"auto_renew": "true"})
    await vanishes(operator)
    operator.clock.advance(timedelta(days=14))
    report = await operator.imports(FILE)
    assert (report.revived, report.updated) == (1, 1)
    row = await mine(operator)
    assert (row.gone_on, row.gone_by, row.remind_on) == (None, None, operator.surroundings.today())
    (case,) = await cases(operator)
    assert (case.outcome, case.note) == ("resolved", "the mailbox file names the mailbox again")
    assert (await operator.imports(FILE)).revived == 0
    assert await operator.services.reminders.run() == 1


async def test_it_may_go_again_and_is_asked_about_anew(operator: Operator) -> None:
    row = FILE | {"auto_renew": "true"}
    await operator.imports(row)
    for _ in range(2):
        await vanishes(operator)
        await operator.services.worklist.close((await cases(operator))[-1].id, "taken out")
        operator.clock.advance(timedelta(days=1))
        await operator.imports(row)
    assert len(await cases(operator)) == 2


async def test_what_was_deleted_long_ago_need_not_be_named(operator: Operator) -> None:
    await complete(operator, FILE, OTHER)
    operator.clock.advance(OLD + timedelta(days=91) - operator.surroundings.today())
    report = await complete(operator, OTHER | {"expires_on": "2027-12-20"})
    assert (report.foresight.living, report.gone) == (1, 0)


async def test_without_consent_nothing_is_written(operator: Operator) -> None:
    with pytest.raises(NotConfirmed) as stopped:
        await complete(operator, OTHER, yes=False)
    assert list(stopped.value.foresight.vanished) == [(await mine(operator)).id]
    async with operator.database.read() as session:
        assert len((await session.scalars(select(MailboxRow))).all()) == 1, "the other one is not there"


async def test_expiries_that_a_paid_renewal_holds_do_not_count_as_moved(operator: Operator) -> None:
    rows = [FILE, *(company(number) for number in range(2, 21))]
    order = await operator.order()
    await complete(operator, *rows)
    async with operator.database.write() as session:  # three would move back, one of which is held
        await session.execute(
            update(MailboxRow).where(MailboxRow.id.in_([2, 3])).values(expires_on=date(2027, 1, 20))
        )
    await operator.reports(order)
    report = await complete(operator, *rows, yes=False)
    assert (report.foresight.compared, report.foresight.back, report.foresight.far) == (20, 2, 0)


def test_nothing_is_foreseen_of_nothing() -> None:
    assert not Foresight().needs_consent
