"""The whole body of each event: what is sent is what `docs/events.md` shows and what the published schema allows."""

import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from fastapi import FastAPI
from pydantic import SecretStr
from sqlalchemy import LargeBinary, select, type_coerce
from standardwebhooks import Webhook

from bot.clock import SystemClock
from bot.db.engine import Database
from bot.db.tables import CustomerRow, HolderRow, MailboxRow, OutboxRow
from bot.domain.catalogue import VatAbroad
from bot.domain.registrant import Address, Field, Form, HolderKind, KitHolderField, Registrant
from bot.services.actor import Actor
from bot.services.office.kit_deliveries import KitDeliveries
from bot.services.office.vat_decisions import VatDecisions
from bot.services.orders.rows import Order
from bot.services.orders.withdrawing import Stated
from bot.services.renewing.facts import on_file
from bot.services.sending.event_contract import EVENTS
from bot.services.sending.events import Events
from bot.services.sending.notices import Notices
from bot.services.sending.outbox import Channel, Outbox
from bot.services.surroundings import Surroundings
from bot.web.event_docs import event_webhooks
from tests.support.catalogue import with_rules
from tests.support.clock import FrozenClock
from tests.support.faults import Request, answer, listening
from tests.support.long_runs import long
from tests.support.ordering import chosen, place
from tests.support.till import Till

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
PAGE = Path(__file__).parents[3] / "docs" / "events.md"
ACTOR = Actor(7, "it")
ADDRESS = "studio.esempio@pec.example"

PUBLIC, COMPANY = HolderKind.PUBLIC_ADMINISTRATION, HolderKind.COMPANY
Sent = Callable[[], Awaitable[list[dict[str, Any]]]]


def shown() -> dict[str, dict[str, Any]]:
    """The examples of the page, by their types."""
    blocks = re.findall(r"^```json\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    events = [json.loads(block) for block in blocks]
    return {event["type"]: event for event in events}


@cache
def published() -> dict[str, Any]:
    """The published document."""
    app = FastAPI()
    app.webhooks = event_webhooks()
    return app.openapi()


@cache
def validator_of(kind: str) -> jsonschema_rs.Draft202012Validator:
    """What judges events of a type, by the published schema."""
    document = published()
    body = document["webhooks"][kind]["post"]["requestBody"]["content"]["application/json"]["schema"]
    schema = body | {"components": document["components"]}
    return jsonschema_rs.Draft202012Validator(schema, validate_formats=True)


def assert_allowed(event: dict[str, Any]) -> None:
    """The published schema of its type allows an event, and nothing beside what is in it."""
    validator = validator_of(event["type"])
    assert [error.message for error in validator.iter_errors(event)] == []
    assert not validator.is_valid(event | {"more": 1})
    assert not validator.is_valid(event | {"data": event["data"] | {"more": 1}})
    for name in event["data"]:
        less = {other: value for other, value in event["data"].items() if other != name}
        assert not validator.is_valid(event | {"data": less}), name


@pytest.fixture
def sent(database: Database, clock: FrozenClock) -> Sent:
    """Posts all events that are due, and gives the bodies that arrived, signature checked, in their order."""

    async def post_all() -> list[dict[str, Any]]:
        requests: list[Request] = []

        async def take(request: Request) -> bytes:
            requests.append(request)
            return answer(204)

        outbox = Outbox(database, clock)
        async with (
            listening(take) as address,
            Events(address, SecretStr(SECRET), SystemClock()) as events,
        ):
            for claimed in await outbox.claim(Channel.EVENT, 100):
                await outbox.settle(claimed, await events.send(claimed))
        return [Webhook(SECRET).verify(request.body, request.headers) for request in requests]

    return post_all


@pytest.fixture
def notices(surroundings: Surroundings) -> Notices:
    """Whoever tells the operator's system."""
    return Notices(surroundings, operator_chat_id=None, mail=False, events=True)


@pytest.fixture(autouse=True)
def _known_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.services.payments.numbers.random_number", lambda: "R7K2M-4")


async def an_order(till: Till, *, kind: HolderKind = HolderKind.FREELANCER, **choices: Any) -> Order:
    """An order of one mailbox with a signature kit."""
    services = till.services
    mailbox_id = await till.seed.mailbox("C-1001", plan="pro", kind=kind, address=ADDRESS)
    await till.seed.set_email("C-1001", "posta@example.com")
    invitation = await services.linking.invite("C-1001")
    await services.linking.redeem(ACTOR, invitation.token)
    renewal = await chosen(services, ACTOR, [mailbox_id], **choices)
    draft_id, renewals = renewal.draft.id, services.renewals
    await renewals.answer_kit(ACTOR, draft_id, "smart_card")
    await renewals.kit_for_registrant(ACTOR, draft_id)
    for field, text in (
        (KitHolderField.EMAIL, "maria@example.com"),
        (KitHolderField.MOBILE, "+39 333 1234567"),
    ):
        await renewals.answer_field(ACTOR, draft_id, Form.KIT_HOLDER, field, text)
    await renewals.ship_to_registrant(ACTOR, draft_id)
    if choices.get("method") == "card":
        await renewals.set_auto_renew(ACTOR, draft_id, on=True)
    return await place(services, ACTOR, await renewals.read(ACTOR, draft_id))


async def test_order_placed(till: Till, sent: Sent) -> None:
    await an_order(till)
    (event,) = await sent()
    assert event == shown()["order.placed"]
    assert_allowed(event)


@pytest.mark.parametrize(
    "kind", [PUBLIC, COMPANY, *long(*(each for each in HolderKind if each not in {PUBLIC, COMPANY}))]
)
async def test_every_kind_of_holder_makes_an_event_that_the_schema_allows(
    till: Till, sent: Sent, kind: HolderKind
) -> None:
    mailbox_id = await till.seed.mailbox("C-1001", kind=kind)
    invitation = await till.services.linking.invite("C-1001")
    await till.services.linking.redeem(ACTOR, invitation.token)
    method = "pa_transfer" if kind is HolderKind.PUBLIC_ADMINISTRATION else "bank_transfer"
    await place(till.services, ACTOR, await chosen(till.services, ACTOR, [mailbox_id], method=method))
    (event,) = await sent()
    assert (event["data"]["registrant"]["kind"], event["data"]["kit"]) == (kind.value, None)
    assert_allowed(event)


async def test_an_event_is_sealed_while_it_waits(till: Till, database: Database) -> None:
    await an_order(till)
    async with database.read() as session:
        sealed = await session.scalar(
            select(type_coerce(OutboxRow.payload, LargeBinary)).where(OutboxRow.channel == "event")
        )
    assert isinstance(sealed, bytes)
    for personal in (b"SMPMRA80A41H501N", b"Esempio", b"maria@example.com", b"C-1001"):
        assert personal not in sealed


async def test_order_vat_decided(
    till: Till,
    sent: Sent,
    clock: FrozenClock,
    database: Database,
    surroundings: Surroundings,
    notices: Notices,
) -> None:
    surroundings.catalogue = with_rules(vat_abroad=VatAbroad.ASK)
    holder = till.seed.registrant(
        HolderKind.COMPANY,
        vat_number="DE136695976",
        recipient_code="XXXXXXX",
        address=Address("Musterstr. 1", "10115", "Berlin", "", "DE"),
    )
    mailbox_id = await till.seed.mailbox("C-1001", plan="pro", holder=holder, address=ADDRESS)
    await till.services.linking.redeem(ACTOR, (await till.services.linking.invite("C-1001")).token)
    order = await place(till.services, ACTOR, await chosen(till.services, ACTOR, [mailbox_id]))
    (placed,) = await sent()
    assert (placed["data"]["vat_treatment"], placed["data"]["due"]) == ("open", "36.48")
    assert_allowed(placed)
    clock.advance(timedelta(hours=2))
    await VatDecisions(database, surroundings, notices).waive(order.number, "")
    (event,) = await sent()
    assert event == shown()["order.vat_decided"]
    assert_allowed(event)


async def test_order_cancelled(till: Till, sent: Sent, clock: FrozenClock) -> None:
    order = await an_order(till)
    await sent()
    clock.advance(timedelta(hours=2))
    await till.services.orders.cancel(ACTOR, order.number)
    (event,) = await sent()
    assert event == shown()["order.cancelled"]
    assert_allowed(event)


async def test_order_withdrawn(till: Till, sent: Sent, clock: FrozenClock) -> None:
    order = await an_order(till, kind=HolderKind.NATURAL_PERSON)
    clock.advance(timedelta(days=1))
    await till.receive(till.paid(order))
    await sent()
    clock.advance(timedelta(days=9))
    await till.services.withdrawals.withdraw(
        ACTOR, order.number, Stated("Recedo.", "maria@example.com", "-", "-")
    )
    (event,) = await sent()
    assert event == shown()["order.withdrawn"]
    assert_allowed(event)


async def test_kit_withdrawn(till: Till, sent: Sent, clock: FrozenClock, surroundings: Surroundings) -> None:
    order = await an_order(till, kind=HolderKind.NATURAL_PERSON)
    await till.receive(till.paid(order))
    await sent()
    clock.advance(timedelta(days=15))
    await KitDeliveries(till.database, surroundings).register(order.number, date(2026, 12, 4))
    await till.services.withdrawals.withdraw(
        ACTOR, order.number, Stated("Recedo dal kit.", "maria@example.com", "-", "-")
    )
    (event,) = await sent()
    assert event == shown()["kit.withdrawn"]
    assert_allowed(event)


async def test_renewal_completed(till: Till, sent: Sent, clock: FrozenClock) -> None:
    order = await an_order(till)
    await sent()
    clock.advance(timedelta(days=1))
    await till.receive(till.paid(order, order.quote.due + 500, "bank-7781"))
    (event,) = await sent()
    assert event == shown()["renewal.completed"]
    assert_allowed(event)


async def test_an_order_that_is_complete_says_that_its_mailboxes_renew_themselves(
    till: Till, sent: Sent, clock: FrozenClock
) -> None:
    order = await an_order(till, method="card", years=2)
    await sent()
    clock.advance(timedelta(minutes=5))
    report = replace(till.paid(order), method="card")
    await till.receive(report)
    await till.receive(report)
    started, completed = await sent()
    assert started == shown()["auto_renewal.started"]
    assert_allowed(started)
    assert (completed["type"], completed["data"]["auto_renew"]) == ("renewal.completed", True)


@pytest.mark.soak
async def test_an_order_that_leaves_it_off_says_so_where_it_was_on_meanwhile(till: Till, sent: Sent) -> None:
    order = await till.order()
    await till.change_mailbox(order, auto_renew=True)  # by the operator's file, after the order was placed
    await sent()
    await till.receive(till.paid(order))
    stopped, _ = await sent()
    assert (stopped["type"], stopped["data"]["order"]) == ("auto_renewal.stopped", order.number)
    assert_allowed(stopped)


@pytest.mark.soak
async def test_a_customer_who_switches_it_on_is_charged_for_as_long_as_was_agreed_last(
    till: Till, sent: Sent
) -> None:
    order = await an_order(till, method="card", years=2)
    await till.receive(replace(till.paid(order), method="card"))
    await sent()
    for on in (False, True):
        await till.services.auto_renewal.set_auto_renewal(ACTOR, order.items[0].mailbox_id, on=on)
    stopped, started = await sent()
    assert (stopped["type"], started["type"]) == ("auto_renewal.stopped", "auto_renewal.started")
    assert (started["data"]["years"], started["data"]["order"]) == (2, None)


async def test_a_customer_who_switches_it_off_is_heard_once(till: Till, sent: Sent) -> None:
    mailbox_id = await till.seed.mailbox("C-1001", plan="pro", address=ADDRESS, auto_renew=True)
    invitation = await till.services.linking.invite("C-1001")
    await till.services.linking.redeem(ACTOR, invitation.token)
    for _ in range(2):
        await till.services.auto_renewal.set_auto_renewal(ACTOR, mailbox_id, on=False)
    (event,) = await sent()
    assert event == shown()["auto_renewal.stopped"]
    assert_allowed(event)


async def test_switched_on_and_off_and_on_again_is_told_each_time(
    till: Till, sent: Sent, notices: Notices, clock: FrozenClock
) -> None:
    mailbox_id = await till.seed.mailbox("C-1001", plan="pro")
    for _ in range(2):
        async with till.database.write() as session:
            mailbox = await session.get_one(MailboxRow, mailbox_id)
            await notices.switches.started(session, mailbox, years=1)
            clock.advance(timedelta(seconds=1))
            await notices.switches.stopped(session, mailbox)
            clock.advance(timedelta(seconds=1))
    events = await sent()
    assert [event["type"] for event in events] == ["auto_renewal.started", "auto_renewal.stopped"] * 2
    assert all(event["data"]["order"] is None for event in events)
    for event in events:
        assert_allowed(event)


async def correct(till: Till, notices: Notices, order: str | None = None, **changes: Any) -> None:
    """A customer changes what is known of the only holder."""
    async with till.database.write() as session:
        holder = (await session.execute(select(HolderRow))).scalar_one()
        customer = await session.get_one(CustomerRow, holder.customer_id)
        before = replace(Registrant.from_json(holder.data), reference_email=customer.reference_email)
        customer.reference_email = changes.pop("reference_email", customer.reference_email)
        address = replace(before.address, **changes.pop("address", {}))
        holder.data = on_file(replace(before, address=address, **changes))
        await notices.holder_corrected(session, holder, before, order=order)


async def test_holder_corrected(till: Till, sent: Sent, notices: Notices) -> None:
    await till.seed.mailbox("C-1001", kind=HolderKind.FREELANCER, address=ADDRESS)
    await till.seed.set_email("C-1001", "posta@example.com")
    await correct(
        till,
        notices,
        "R7K2M-4",
        address={"street": "Via Nuova 3", "postcode": "00184"},
        reference_email="maria@example.com",
    )
    (event,) = await sent()
    assert event == shown()["holder.corrected"]
    assert_allowed(event)


async def test_a_correction_confirmed_with_an_order_is_told_with_it(till: Till, sent: Sent) -> None:
    mailbox_id = await till.seed.mailbox("C-1001")
    invitation = await till.services.linking.invite("C-1001")
    await till.services.linking.redeem(ACTOR, invitation.token)
    renewal = await chosen(till.services, ACTOR, [mailbox_id])
    phone = "+39 06 11111111"
    renewal = await till.services.renewals.answer_field(
        ACTOR, renewal.draft.id, Form.REGISTRANT, Field.PHONE, phone
    )
    await till.services.renewals.confirm_registrant(ACTOR, renewal.draft.id)
    order = await place(till.services, ACTOR, renewal)
    corrected, placed = await sent()
    assert corrected["data"]["changes"] == [
        {"field": "phone", "old": "+390612345678", "new": "+390611111111"}
    ]
    assert (corrected["type"], corrected["data"]["order"]) == ("holder.corrected", order.number)
    assert placed["data"]["registrant"] == corrected["data"]["registrant"]
    assert_allowed(corrected)


async def test_each_correction_is_told_and_none_where_nothing_changed(
    till: Till, sent: Sent, notices: Notices
) -> None:
    await till.seed.mailbox("C-1001")
    await correct(till, notices)
    for phone in ("+390611111111", "+390622222222", "+390611111111"):
        await correct(till, notices, phone=phone)
    assert [event["data"]["changes"][0]["new"] for event in await sent()] == [
        "+390611111111",
        "+390622222222",
        "+390611111111",
    ]


async def test_nothing_is_written_where_nobody_wants_events(till: Till, surroundings: Surroundings) -> None:
    silent = Notices(surroundings, operator_chat_id=None, mail=False, events=False)
    mailbox_id = await till.seed.mailbox("C-1001")
    await correct(till, silent, phone="+390611111111")
    async with till.database.write() as session:
        mailbox = await session.get_one(MailboxRow, mailbox_id)
        await silent.switches.started(session, mailbox, years=1)
        await silent.switches.stopped(session, mailbox)
    assert await till.counts() == (0, 0, 0)


def test_the_page_shows_one_whole_example_of_every_event_that_is_published() -> None:
    examples = shown()
    assert set(examples) == set(published()["webhooks"]) == {data.TYPE for data in EVENTS}
    for event in examples.values():
        assert_allowed(event)
        assert f"`{event['type']}`" in PAGE.read_text(encoding="utf-8")
