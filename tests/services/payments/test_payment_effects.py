"""What a completed order gives, whom it tells, and what holds for any sequence of payments (DOMAIN.md 4 and 5)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from bot.app import Told, build_services
from bot.db.engine import Database
from bot.domain.catalogue import RenewFrom
from bot.domain.payments import PaymentOutcome
from bot.services.actor import Actor
from bot.services.errors import OrderNotOpen
from bot.services.surroundings import Surroundings
from tests.support.catalogue import with_rules
from tests.support.long_runs import long, some
from tests.support.seed import Seed
from tests.support.till import Till

CUSTOMER = Actor(7, "it")


@pytest.mark.soak
async def test_a_paid_order_is_never_cancelled(till: Till) -> None:
    order = await till.order()
    await till.receive(till.paid(order))
    with pytest.raises(OrderNotOpen):
        await till.services.orders.cancel(CUSTOMER, order.number)


async def test_every_mailbox_gets_what_was_ordered(till: Till) -> None:
    order = await till.order(boxes=3, extra=(2, 1), years=2)
    await till.change_item(order, plan_id="standard", extra_mailbox_gb=1, extra_archive_gb=0)
    await till.change_mailbox(order, promotion_id="welcome")
    await till.receive(till.paid(order))
    got = [
        (box.plan_id, box.extra_mailbox_gb, box.extra_archive_gb, box.expires_on, box.promotion_id)
        for box in await till.mailboxes(order)
    ]
    expiry = order.items[0].old_expiry.replace(year=2028)
    assert got == [("standard", 1, 0, expiry, None)] + [("pro", 2, 1, expiry, None)] * 2


@pytest.mark.parametrize("wanted", some([True, False], 1))
async def test_automatic_renewal_is_what_was_ordered(till: Till, wanted: bool) -> None:
    order = await till.order(boxes=2, method="card")
    await till.change_order(order, auto_renew=wanted)
    await till.change_mailbox(order, auto_renew=not wanted)
    await till.receive(till.paid(order))
    assert [box.auto_renew for box in await till.mailboxes(order)] == [wanted, wanted]


async def test_the_years_run_from_the_date_that_the_operator_moved_it_to(till: Till) -> None:
    order = await till.order()
    await till.change_mailbox(order, expires_on=date(2028, 2, 29))
    await till.receive(till.paid(order))
    assert (await till.mailboxes(order))[0].expires_on == date(2029, 2, 28)
    (chat, *_) = await till.told("renewal-completed")
    assert chat.payload["items"][0]["new_expiry"] == "2029-02-28"


async def test_a_renewal_that_the_operators_file_brought_already_is_not_given_twice(till: Till) -> None:
    order = await till.order()
    await till.change_mailbox(order, expires_on=order.items[0].new_expiry)
    assert (await till.receive(till.paid(order))).outcome is PaymentOutcome.COMPLETED
    assert (await till.mailboxes(order))[0].expires_on == order.items[0].new_expiry


@pytest.mark.parametrize(("said", "expected"), [(timedelta(days=9000), 2027), *long((timedelta(0), 2027))])
async def test_no_clock_of_the_callers_takes_an_expired_mailbox_further(
    till: Till, surroundings: Surroundings, said: timedelta, expected: int
) -> None:
    surroundings.catalogue = with_rules(renew_expired_from=RenewFrom.PAYMENT)
    order = await till.order(expires_in=-5, method="card")
    report = till.paid(order)
    await till.receive(replace(report, registered_at=report.registered_at + said))
    assert (await till.mailboxes(order))[0].expires_on == till.seed.today.replace(year=expected)


async def test_the_mailboxes_can_be_ordered_again_afterwards(till: Till) -> None:
    order = await till.order()
    await till.receive(till.paid(order))
    renewal = await till.services.renewals.begin_with(CUSTOMER, order.items[0].mailbox_id)
    assert renewal.mailboxes[0].expires_on == order.items[0].new_expiry


async def test_without_anybody_to_tell_the_customers_chats_are_told(
    database: Database, surroundings: Surroundings, seed: Seed
) -> None:
    alone = Till(database, build_services(database, surroundings, Told()), seed)
    order = await alone.order()
    await alone.receive(alone.paid(order, 5000))
    assert [(each.channel, each.message) for each in await alone.told()] == [
        ("telegram", "renewal-completed")
    ]


async def test_the_customers_words_are_not_readable_in_the_database(till: Till) -> None:
    await till.receive(till.paid("pec di Maria Esempio", 100))
    async with till.database.read() as session:
        rows = await session.execute(text("SELECT order_text, body FROM payment, callback"))
        assert all(b"Maria" not in bytes(each) for each in rows.one())


async def test_what_needs_a_person_is_logged_without_the_customers_words(till: Till) -> None:
    with capture_logs() as lines:
        await till.receive(till.paid("pec di Maria Esempio", 100))
    (line,) = lines
    assert (line["event"], line["reason"], line["log_level"]) == (
        "payment_needs_review",
        "unknown_order",
        "warning",
    )
    assert "Maria" not in str(line)
