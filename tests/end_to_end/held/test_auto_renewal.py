"""Automatic renewal, switched on or off by the customer, stays so whatever the old file says (DOMAIN.md 3.5)."""

import pytest
from sqlalchemy import select

from bot.app import Told
from bot.db.tables import OutboxRow
from bot.services.actor import Actor
from bot.services.payments.ledger import PaymentKind, PaymentReport
from bot.services.services import Services
from tests.end_to_end.held.office import BOTH_KINDS, CUSTOMER, FILE, Office
from tests.support.clock import FrozenClock
from tests.support.long_runs import some
from tests.support.ordering import chosen, place
from tests.support.running_bot import Talk

ON, OFF = FILE | {"auto_renew": "true"}, FILE | {"auto_renew": "false"}


@pytest.fixture
def who_is_told() -> Told:
    """The operator's system."""
    return Told(events=True)


async def renew_by_itself(
    services: Services, actor: Actor, mailbox_id: int, clock: FrozenClock, *, on: bool = True
) -> str:
    """Order by card, with automatic renewal ticked or not, and pay."""
    renewal = await chosen(services, actor, [mailbox_id], method="card")
    if on:
        renewal = await services.renewals.set_auto_renew(actor, renewal.draft.id, on=True)
    order = await place(services, actor, renewal)
    await services.payments.register(
        PaymentReport(
            PaymentKind.REGISTERED,
            f"card-{order.number}",
            order.number,
            order.quote.due,
            "EUR",
            "card",
            clock.now(),
        )
    )
    return order.number


@pytest.mark.soak
async def test_switched_off_by_a_tap_it_stays_off_until_the_file_says_so(office: Office, talk: Talk) -> None:
    await office.imports(ON)
    chat = await talk(CUSTOMER)
    await chat.send("/renew")
    await chat.tap("Disattiva rinnovo automatico")
    assert chat.toast == "Rinnovo automatico disattivato."
    watched = (await office.mailbox()).remind_on

    for dry_run in (True, False, False):
        old = await office.imports(ON, dry_run=dry_run)
        assert old.exit_code == 0
        assert list(old.held) == ["auto_renew"]
        value, reason = old.held["auto_renew"]
        assert value == "true"
        assert f"the customer set 'false' on 2026-11-23 (chat {chat.id})" in reason
        mailbox = await office.mailbox()
        assert (mailbox.auto_renew, mailbox.remind_on) == (False, watched)

    assert (await office.imports(OFF)).held == {}
    assert (await office.imports(ON)).held == {}
    assert (await office.mailbox()).auto_renew, "the file is the master again"


@BOTH_KINDS
async def test_switched_on_with_an_order_it_stays_on_until_the_file_says_so(
    office: Office, talk: Talk, services: Services, clock: FrozenClock
) -> None:
    await office.imports(OFF)
    chat = await talk(CUSTOMER)
    number = await renew_by_itself(services, Actor(chat.id, "it"), (await office.mailbox()).id, clock)
    assert (await office.mailbox()).auto_renew
    renewed = {"expires_on": (await office.mailbox()).expires_on.isoformat()}

    before_the_renewal = await office.imports(OFF)
    assert f"(order {number})" in before_the_renewal.held["auto_renew"][1]
    after_it = await office.imports(OFF | renewed)
    assert after_it.held["auto_renew"][0] == "false"
    assert (await office.mailbox()).auto_renew

    assert (await office.imports(ON | renewed)).held == {}
    assert (await office.imports(OFF | renewed)).held == {}
    assert not (await office.mailbox()).auto_renew


@pytest.mark.soak
async def test_an_older_file_that_happens_to_agree_ends_nothing(
    office: Office, talk: Talk, services: Services, clock: FrozenClock
) -> None:
    """It was written before the renewal: it cannot know of what was chosen with it."""
    await office.imports(ON)
    chat = await talk(CUSTOMER)
    await chat.send("/renew")
    await chat.tap("Disattiva rinnovo automatico")
    await renew_by_itself(services, Actor(chat.id, "it"), (await office.mailbox()).id, clock)

    assert (await office.imports(ON)).held == {}
    renewed = {"expires_on": (await office.mailbox()).expires_on.isoformat()}
    assert list((await office.imports(OFF | renewed)).held) == ["auto_renew"]
    assert (await office.mailbox()).auto_renew


@pytest.mark.soak
@pytest.mark.parametrize("on", some([True, False], 1))
async def test_both_ways_by_the_same_switch(office: Office, talk: Talk, services: Services, on: bool) -> None:
    await office.imports(OFF if on else ON)
    chat = await talk(CUSTOMER)
    actor, mailbox_id = Actor(chat.id, "it"), (await office.mailbox()).id

    assert await services.auto_renewal.set_auto_renewal(actor, mailbox_id, on=on)
    assert not await services.auto_renewal.set_auto_renewal(actor, mailbox_id, on=on), "it is so already"

    assert list((await office.imports(OFF if on else ON)).held) == ["auto_renew"]
    assert (await office.mailbox()).auto_renew is on


async def test_what_already_was_so_is_not_held(office: Office, talk: Talk, services: Services) -> None:
    await office.imports(OFF)
    chat = await talk(CUSTOMER)
    actor = Actor(chat.id, "it")
    await services.auto_renewal.set_auto_renewal(actor, (await office.mailbox()).id, on=False)

    assert (await office.imports(ON)).held == {}
    assert (await office.mailbox()).auto_renew


@pytest.mark.soak
async def test_switched_by_its_own_switch_it_is_held_told_to_who_charges_and_not_begun_again(
    office: Office, talk: Talk
) -> None:
    await office.imports(ON)
    chat = await talk(CUSTOMER)
    await chat.send("/caselle")
    await chat.tap("Rinnovo automatico")
    await chat.tap("Disattiva rinnovo automatico")
    assert list((await office.imports(ON)).held) == ["auto_renew"]
    assert not (await office.mailbox()).auto_renew
    await chat.tap("Attiva ·")
    assert (await office.mailbox()).auto_renew
    assert list((await office.imports(OFF)).held) == ["auto_renew"]
    assert (await office.mailbox()).auto_renew
    async with office.database.read() as session:
        events = await session.scalars(
            select(OutboxRow.payload).where(OutboxRow.channel == "event").order_by(OutboxRow.id)
        )
        told = [(event["type"], event["data"]["mailbox"], event["data"]["order"]) for event in events]
    address = FILE["address"]
    assert told == [("auto_renewal.stopped", address, None), ("auto_renewal.started", address, None)]
