"""Whoever charges learns of each switch of automatic renewal: by an event, the operator's chat, or a case (3.6)."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.app import Told, build_services
from bot.db.engine import Database
from bot.db.tables import CaseRow, MailboxRow, OutboxRow
from bot.services.actor import Actor
from bot.services.services import Services
from tests.support.clock import FrozenClock
from tests.support.ordering import chosen, place
from tests.support.seed import Seed
from tests.support.till import Till

ACTOR = Actor(7, "it")
TOLD = {
    "nobody": Told(),
    "the operator": Told(operator_chat_id=99),
    "events": Told(events=True),
    "both": Told(operator_chat_id=99, events=True),
}


@pytest.fixture
def database(each_database: Database) -> Database:
    """Both back ends."""
    return each_database


async def linked(services: Services, seed: Seed, **mailbox: Any) -> int:
    """A mailbox whose customer has a chat."""
    box = await seed.mailbox("rossi", plan="pro", **mailbox)
    await services.linking.redeem(ACTOR, (await services.linking.invite("rossi")).token)
    return box


async def cases(database: Database) -> list[CaseRow]:
    async with database.read() as session:
        return list((await session.scalars(select(CaseRow).order_by(CaseRow.id))).all())


async def written(database: Database, what: str) -> list[OutboxRow]:
    """What waits of one message."""
    async with database.read() as session:
        rows = (await session.scalars(select(OutboxRow).order_by(OutboxRow.id))).all()
        return [row for row in rows if what in {row.payload.get("message"), row.payload.get("type")}]


@pytest.mark.parametrize("told", TOLD)
async def test_one_of_them_always_knows(
    services: Services, seed: Seed, database: Database, told: str
) -> None:
    box = await linked(services, seed, auto_renew=True, expires_in=200)
    telling = build_services(database, services.surroundings, TOLD[told])
    assert await telling.auto_renewal.set_auto_renewal(ACTOR, box, on=False)
    events = await written(database, "auto_renewal.stopped")
    alerts = await written(database, "operator-automatic-renewal")
    opened = await cases(database)
    assert [len(events), len(alerts), len(opened)] == [
        told in {"events", "both"},
        told == "the operator",
        told == "nobody",
    ]
    for alert in alerts:
        assert (alert.chat_id, alert.payload["customer"]) == (99, "rossi")
        assert alert.payload["address"] == "rossi1@pec.example"


async def test_the_case_says_what_and_by_when_and_the_last_switching_counts(
    services: Services, seed: Seed, database: Database, clock: FrozenClock
) -> None:
    box = await linked(services, seed, auto_renew=True, expires_in=200)
    for on in (False, True):
        clock.advance(timedelta(hours=1))
        await services.auto_renewal.set_auto_renewal(ACTOR, box, on=on)
    first, second = await cases(database)
    assert (first.outcome, first.note) == ("resolved", "it was switched again since")
    for case, on in ((first, False), (second, True)):
        assert (case.kind, case.subject, case.facts["on"]) == ("switched", "rossi", on)
        assert case.due_on == date(2027, 6, 3), "the day before the charge"
    assert second.outcome is None
    assert second.facts["address"] == "rossi1@pec.example"
    assert (second.facts["years"], second.facts["due"]) == (1, 3648)


async def test_once_the_day_of_the_charge_has_come_no_day_is_the_last_one(
    services: Services, seed: Seed, database: Database
) -> None:
    box = await linked(services, seed, auto_renew=True, expires_in=5)
    await services.auto_renewal.set_auto_renewal(ACTOR, box, on=False)
    (case,) = await cases(database)
    assert case.due_on is None


async def test_what_an_order_switches_on_is_told_with_the_expiry_that_came_to_be(
    services: Services, seed: Seed, database: Database
) -> None:
    box = await linked(services, seed, expires_in=30)
    renewal = await chosen(services, ACTOR, [box], method="card")
    renewal = await services.renewals.set_auto_renew(ACTOR, renewal.draft.id, on=True)
    order = await place(services, ACTOR, renewal)
    till = Till(database, services, seed)
    await till.receive(till.paid(order))
    (case,) = await cases(database)
    assert (case.facts["on"], case.due_on) == (True, date(2027, 12, 15))
    assert await written(database, "automatic-renewal-switched") == [], "the completion says it"


async def test_what_an_order_leaves_off_is_confirmed_to_the_customer_too(
    services: Services, seed: Seed, database: Database
) -> None:
    """The file switched it on while the order, in which it was not chosen, awaited payment."""
    box = await linked(services, seed, expires_in=30)
    order = await place(services, ACTOR, await chosen(services, ACTOR, [box]))
    async with database.write() as session:
        (await session.get_one(MailboxRow, box)).auto_renew = True
    till = Till(database, services, seed)
    await till.receive(till.paid(order))
    (confirmation,) = await written(database, "automatic-renewal-switched")
    assert (confirmation.chat_id, confirmation.payload["on"]) == (7, False)
    assert len(await cases(database)) == 1
