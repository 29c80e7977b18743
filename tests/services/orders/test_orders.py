"""Placing, reading and cancelling orders, on SQLite and on PostgreSQL (DOMAIN.md 3.8 and 4)."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from bot.app import Told, build_services
from bot.db.engine import Database
from bot.db.tables import AcceptanceRow, DraftRow, EvidenceRow, HolderRow, OrderLineRow, OrderRow
from bot.domain.catalogue import DocumentId, RenewFrom
from bot.domain.choices import ChoiceRefused, Refusal
from bot.domain.mailboxes import Blocker
from bot.domain.order_number import parse_number
from bot.domain.orders import OrderStatus
from bot.domain.registrant import Field, Form
from bot.domain.renewal import Renewal
from bot.domain.seals import sealed_due
from bot.services.actor import Actor
from bot.services.errors import DraftClosed, MailboxBlocked, NotYours, OfferChanged, OrderNotOpen
from bot.services.orders.rows import Order
from bot.services.renewing.offer import offer_seal
from bot.services.services import Services
from bot.services.surroundings import Surroundings
from tests.support.catalogue import example_catalogue, with_plan, with_rules
from tests.support.clock import FrozenClock
from tests.support.ground import on_both
from tests.support.long_runs import long, some
from tests.support.ordering import accept_all, chosen, place
from tests.support.seed import Seed

LABEL = "Ordine con obbligo di pagare · 36,48 €"


@pytest.fixture
def database(each_database: Database) -> Database:
    """Both back ends, for every fixture that stands on the database."""
    return each_database


@pytest.fixture
def other_services(other_database: Database, surroundings: Surroundings) -> Services:
    """The services of another process on the same database."""
    return build_services(other_database, surroundings, Told())


async def bound(services: Services, customer: str, chat_id: int) -> Actor:
    """A chat that speaks for a customer."""
    invitation = await services.linking.invite(customer)
    actor = Actor(chat_id, "it")
    await services.linking.redeem(actor, invitation.token)
    return actor


async def ready(
    services: Services, seed: Seed, *, chat_id: int = 7, plan: str = "pro"
) -> tuple[Actor, Renewal]:
    """A chat with a renewal that lacks nothing but the final tap."""
    mailbox = await seed.mailbox("rossi", plan=plan)
    actor = await bound(services, "rossi", chat_id)
    renewal = await chosen(services, actor, [mailbox])
    return actor, await accept_all(services, actor, renewal.draft.id)


async def count_rows(database: Database) -> tuple[int, int]:
    """How many orders there are, and how many pieces of evidence."""
    async with database.read() as session:
        orders = await session.scalar(select(func.count()).select_from(OrderRow))
        evidence = await session.scalar(select(func.count()).select_from(EvidenceRow))
    return orders or 0, evidence or 0


# Placing


async def test_an_order_is_what_was_quoted(services: Services, seed: Seed, clock: FrozenClock) -> None:
    actor, renewal = await ready(services, seed)
    order = await services.orders.place(actor, renewal.draft.id, offer_seal(renewal), LABEL)

    assert order.quote == renewal.quote
    assert (order.status, order.method_id, order.auto_renew) == (
        OrderStatus.AWAITING_PAYMENT,
        "bank_transfer",
        False,
    )
    assert order.placed_at == clock.now()
    assert parse_number(order.number) == order.number
    (item,) = order.items
    assert (item.old_expiry, item.new_expiry) == (
        seed.today + timedelta(days=30),
        (seed.today + timedelta(days=30)).replace(year=2027),
    )
    assert order.pay_by == item.old_expiry
    assert order.payable_until == item.old_expiry + timedelta(days=90)
    assert await services.orders.show(actor, order.number) == order
    assert await services.orders.of_draft(actor, renewal.draft.id) == order


async def test_the_same_draft_makes_the_same_order_again(
    services: Services, seed: Seed, database: Database
) -> None:
    actor, renewal = await ready(services, seed)
    first = await services.orders.place(actor, renewal.draft.id, offer_seal(renewal), LABEL)
    again = await services.orders.place(actor, renewal.draft.id, "anything at all", "other words")

    assert again == first
    assert await count_rows(database) == (1, 1)


async def test_five_taps_at_once_make_one_order(
    services: Services, other_services: Services, seed: Seed, database: Database
) -> None:
    actor, renewal = await ready(services, seed)
    seal = offer_seal(renewal)
    orders = await asyncio.gather(
        *(
            which.orders.place(actor, renewal.draft.id, seal, LABEL)
            for which in (services, other_services, services, other_services, services)
        )
    )

    assert len({order.number for order in orders}) == 1
    assert await count_rows(database) == (1, 1)


@on_both
async def test_five_chats_that_order_one_mailbox_at_once_make_one_order(
    services: Services, other_services: Services, seed: Seed, database: Database
) -> None:
    mailboxes = [await seed.mailbox("rossi", plan="pro", expires_in=days) for days in (10, 20)]
    ready_ones = []
    for chat_id in range(1, 6):
        actor = await bound(services, "rossi", chat_id)
        wanted = mailboxes if chat_id % 2 else mailboxes[::-1]
        renewal = await chosen(services, actor, wanted)
        ready_ones.append((actor, await accept_all(services, actor, renewal.draft.id)))

    results = await asyncio.gather(
        *(
            which.orders.place(actor, renewal.draft.id, offer_seal(renewal), LABEL)
            for which, (actor, renewal) in zip(
                (services, other_services, services, other_services, services), ready_ones, strict=True
            )
        ),
        return_exceptions=True,
    )
    (order,) = [result for result in results if isinstance(result, Order)]
    refused = [result for result in results if isinstance(result, MailboxBlocked)]
    assert [error.order_number for error in refused] == [order.number] * 4, (
        "each is told which order was quicker"
    )
    assert await count_rows(database) == (1, 1)


async def test_lines_are_frozen_when_prices_change_afterwards(
    services: Services, seed: Seed, surroundings: Surroundings
) -> None:
    actor, renewal = await ready(services, seed)
    order = await services.orders.place(actor, renewal.draft.id, offer_seal(renewal), LABEL)
    surroundings.catalogue = with_plan("pro", price=9990)

    assert (await services.orders.show(actor, order.number)).quote == renewal.quote


async def test_the_evidence_says_who_when_which_words_and_what_was_accepted(
    services: Services, seed: Seed, database: Database, clock: FrozenClock
) -> None:
    mailbox = await seed.mailbox("rossi", plan="pro")
    actor = await bound(services, "rossi", 7)
    renewal = await chosen(services, actor, [mailbox])
    for document in (DocumentId.CONDITIONS, DocumentId.CLAUSES, DocumentId.PRIVACY):
        clock.advance(timedelta(seconds=1))
        renewal = await services.renewals.toggle_acceptance(actor, renewal.draft.id, document)
    clock.advance(timedelta(seconds=1))
    await services.orders.place(actor, renewal.draft.id, offer_seal(renewal), LABEL)

    async with database.read() as session:
        evidence = (await session.scalars(select(EvidenceRow))).one()
        ticks = (await session.scalars(select(AcceptanceRow).order_by(AcceptanceRow.accepted_at))).all()
        lines = (await session.scalars(select(OrderLineRow))).all()
    assert (evidence.chat_id, evidence.language, evidence.button_label) == (7, "it", LABEL)
    assert evidence.placed_at == clock.now()
    assert [tick.document for tick in ticks] == ["conditions", "clauses", "privacy"]
    for number, tick in enumerate(ticks):
        accepted = example_catalogue().documents[DocumentId(tick.document)]
        assert tick.accepted_at == clock.now() - timedelta(seconds=3 - number)
        assert (tick.version, tick.sha256) == (accepted.version, accepted.sha256["it"])
    assert [(line.kind, line.net, line.vat, line.vat_percent) for line in lines] == [
        ("plan", 2990, 658, "22")
    ]


async def test_an_acceptance_of_an_older_version_is_no_evidence(
    services: Services, seed: Seed, database: Database, surroundings: Surroundings
) -> None:
    actor, renewal = await ready(services, seed)
    base = example_catalogue()
    early = replace(base.documents[DocumentId.EARLY_START], version="2027-01")
    surroundings.catalogue = replace(base, documents={**base.documents, DocumentId.EARLY_START: early})
    renewal = await services.renewals.read(actor, renewal.draft.id)
    await services.orders.place(actor, renewal.draft.id, offer_seal(renewal), LABEL)

    async with database.read() as session:
        documents = set(await session.scalars(select(AcceptanceRow.document)))
    assert documents == {"conditions", "clauses", "privacy"}


async def test_the_corrected_registrant_becomes_the_one_on_file_and_leaves_the_draft(
    services: Services, seed: Seed, database: Database
) -> None:
    actor, renewal = await ready(services, seed)
    draft_id = renewal.draft.id
    await services.renewals.answer_field(actor, draft_id, Form.REGISTRANT, Field.TOWN, "Milano")
    renewal = await services.renewals.confirm_registrant(actor, draft_id)
    order = await services.orders.place(actor, draft_id, offer_seal(renewal), LABEL)

    assert order.registrant.address.town == "Milano"
    async with database.read() as session:
        draft = await session.get_one(DraftRow, draft_id)
        holder = (await session.scalars(select(HolderRow))).one()
    assert (draft.status, draft.registrant, draft.kit_holder, draft.shipping) == ("ordered", None, None, None)
    assert holder.data["town"] == "Milano"


# What keeps an order from being placed


async def test_the_draft_of_another_chat_is_not_found(services: Services, seed: Seed) -> None:
    actor, renewal = await ready(services, seed)
    stranger = Actor(actor.chat_id + 1, "it")
    with pytest.raises(NotYours):
        await services.orders.place(stranger, renewal.draft.id, offer_seal(renewal), LABEL)
    with pytest.raises(NotYours):
        await services.orders.place(actor, renewal.draft.id + 1, offer_seal(renewal), LABEL)


@pytest.mark.parametrize("before", [True, False])
async def test_a_chat_that_was_unlinked_neither_orders_nor_sees_what_it_ordered(
    services: Services, seed: Seed, *, before: bool
) -> None:
    actor, renewal = await ready(services, seed)
    if not before:
        await services.orders.place(actor, renewal.draft.id, offer_seal(renewal), LABEL)
    await services.linking.unlink(actor)

    with pytest.raises(DraftClosed if before else NotYours):
        await services.orders.place(actor, renewal.draft.id, offer_seal(renewal), LABEL)
    assert await services.orders.list(actor) == ()


async def test_a_draft_thrown_away_is_closed(services: Services, seed: Seed) -> None:
    actor, renewal = await ready(services, seed)
    await services.renewals.discard(actor)
    with pytest.raises(DraftClosed):
        await services.orders.place(actor, renewal.draft.id, offer_seal(renewal), LABEL)
    with pytest.raises(NotYours):
        await services.orders.of_draft(actor, renewal.draft.id)


async def test_a_draft_with_a_gap_is_refused(services: Services, seed: Seed, database: Database) -> None:
    mailbox = await seed.mailbox("rossi")
    actor = await bound(services, "rossi", 7)
    renewal = await chosen(services, actor, [mailbox], method=None)
    renewal = await accept_all(services, actor, renewal.draft.id)
    with pytest.raises(ChoiceRefused) as refused:
        await services.orders.place(actor, renewal.draft.id, offer_seal(renewal), LABEL)

    assert refused.value.reason is Refusal.INCOMPLETE
    assert await count_rows(database) == (0, 0)


@pytest.mark.parametrize("missing", [DocumentId.CONDITIONS, *long(DocumentId.CLAUSES, DocumentId.PRIVACY)])
async def test_without_an_acceptance_nothing_is_placed(
    services: Services, seed: Seed, database: Database, missing: DocumentId
) -> None:
    actor, renewal = await ready(services, seed)
    renewal = await services.renewals.toggle_acceptance(actor, renewal.draft.id, missing)
    with pytest.raises(OfferChanged):
        await services.orders.place(actor, renewal.draft.id, offer_seal(renewal), LABEL)
    assert await count_rows(database) == (0, 0)


async def test_the_early_start_is_optional(services: Services, seed: Seed) -> None:
    actor, renewal = await ready(services, seed)
    renewal = await services.renewals.toggle_acceptance(actor, renewal.draft.id, DocumentId.EARLY_START)
    order = await services.orders.place(actor, renewal.draft.id, offer_seal(renewal), LABEL)
    assert order.status is OrderStatus.AWAITING_PAYMENT


async def test_a_changed_price_says_the_old_and_the_new_amount(
    services: Services, seed: Seed, surroundings: Surroundings, database: Database
) -> None:
    actor, renewal = await ready(services, seed)
    surroundings.catalogue = with_plan("pro", price=3190)
    with pytest.raises(OfferChanged) as changed:
        await services.orders.place(actor, renewal.draft.id, offer_seal(renewal), LABEL)

    error = changed.value
    assert (error.old_due, error.new_due, error.documents, error.dates) == (3648, 3892, False, False)
    assert await count_rows(database) == (0, 0)


async def test_a_price_of_the_next_renewal_that_changed_is_noticed_too(
    services: Services, seed: Seed, surroundings: Surroundings
) -> None:
    mailbox = await seed.mailbox("rossi", plan="pro", promo="welcome")
    actor = await bound(services, "rossi", 7)
    renewal = await chosen(services, actor, [mailbox])
    renewal = await accept_all(services, actor, renewal.draft.id)
    surroundings.catalogue = with_plan("pro", price=9990)
    with pytest.raises(OfferChanged) as changed:
        await services.orders.place(actor, renewal.draft.id, offer_seal(renewal), LABEL)

    error = changed.value
    assert (error.old_due, error.new_due, error.documents, error.dates) == (2428, 2428, False, False)


@pytest.mark.parametrize("document", some(DocumentId, 1))
async def test_a_new_version_of_a_document_is_named(
    services: Services, seed: Seed, surroundings: Surroundings, document: DocumentId
) -> None:
    actor, renewal = await ready(services, seed)
    base = example_catalogue()
    renewed = replace(base.documents[document], version="2027-01")
    surroundings.catalogue = replace(base, documents={**base.documents, document: renewed})
    with pytest.raises(OfferChanged) as changed:
        await services.orders.place(actor, renewal.draft.id, offer_seal(renewal), LABEL)

    error = changed.value
    assert (error.old_due == error.new_due, error.documents, error.dates) == (True, True, False)


async def test_another_new_expiry_is_named(
    services: Services, seed: Seed, surroundings: Surroundings, clock: FrozenClock
) -> None:
    surroundings.catalogue = with_rules(renew_expired_from=RenewFrom.PAYMENT)
    mailbox = await seed.mailbox("rossi", plan="pro", expires_in=-10)
    actor = await bound(services, "rossi", 7)
    renewal = await chosen(services, actor, [mailbox])
    renewal = await accept_all(services, actor, renewal.draft.id)
    clock.advance(timedelta(days=1))
    with pytest.raises(OfferChanged) as changed:
        await services.orders.place(actor, renewal.draft.id, offer_seal(renewal), LABEL)

    error = changed.value
    assert (error.old_due == error.new_due, error.documents, error.dates) == (True, False, True)


async def test_choices_that_changed_elsewhere_are_noticed(services: Services, seed: Seed) -> None:
    actor, renewal = await ready(services, seed)
    seal = offer_seal(renewal)
    await services.renewals.choose_method(actor, renewal.draft.id, "slip_preprinted")
    with pytest.raises(OfferChanged) as changed:
        await services.orders.place(actor, renewal.draft.id, seal, LABEL)

    error = changed.value
    assert (error.old_due == error.new_due, error.documents, error.dates) == (True, False, False)


NO_SEALS = ["-1-aaaaaaaaaa", "", "3648", "3648-", "x-aaaaaaaaaa", "٣-aaaaaaaaaa"]


@pytest.mark.parametrize("odd", NO_SEALS)
def test_what_is_no_seal_names_no_amount(odd: str) -> None:
    assert sealed_due(odd) is None


@pytest.mark.parametrize("odd", [NO_SEALS[0], *long(*NO_SEALS[1:])])
async def test_what_is_no_seal_places_nothing(
    services: Services, seed: Seed, database: Database, odd: str
) -> None:
    actor, renewal = await ready(services, seed)
    with pytest.raises(OfferChanged):
        await services.orders.place(actor, renewal.draft.id, odd, LABEL)
    assert await count_rows(database) == (0, 0)


async def test_a_seal_names_its_amount_and_fits_in_a_button(services: Services, seed: Seed) -> None:
    _, renewal = await ready(services, seed)
    seal = offer_seal(renewal)
    assert sealed_due(seal) == 3648
    assert offer_seal(renewal) == seal
    assert seal.startswith("e40-")  # 3648
    assert len(seal) == len("e40-") + 10
    assert seal.isascii()


# Reading


async def test_orders_are_listed_newest_first_and_only_the_chat_s_own(
    services: Services, seed: Seed, clock: FrozenClock
) -> None:
    actor = await _bound_later(services, seed)
    numbers = []
    for _ in range(3):
        mailbox = await seed.mailbox("rossi", plan="pro")
        numbers.append((await place(services, actor, await chosen(services, actor, [mailbox]))).number)
        clock.advance(timedelta(seconds=1))
    await seed.mailbox("verdi")
    stranger = await bound(services, "verdi", 8)

    assert [order.number for order in await services.orders.list(actor)] == numbers[::-1]
    assert await services.orders.list(stranger) == ()
    for number in numbers:
        with pytest.raises(NotYours):
            await services.orders.show(stranger, number)
        with pytest.raises(NotYours):
            await services.orders.cancel(stranger, number)


async def _bound_later(services: Services, seed: Seed) -> Actor:
    await seed.mailbox("rossi")
    return await bound(services, "rossi", 7)


async def test_a_number_is_found_as_a_person_types_it_and_a_mistyped_one_is_not(
    services: Services, seed: Seed
) -> None:
    actor, renewal = await ready(services, seed)
    order = await services.orders.place(actor, renewal.draft.id, offer_seal(renewal), LABEL)
    typed = f" {order.number.lower().replace('-', ' ')} "

    assert (await services.orders.show(actor, typed)).number == order.number
    for wrong in ("", "AAAAA-A", order.number[:-1], order.number[1] + order.number[0] + order.number[2:]):
        if wrong == order.number:
            continue
        with pytest.raises(NotYours):
            await services.orders.show(actor, wrong)


# Cancelling


async def test_a_cancelled_order_frees_its_mailboxes(
    services: Services, seed: Seed, clock: FrozenClock
) -> None:
    actor, renewal = await ready(services, seed)
    order = await services.orders.place(actor, renewal.draft.id, offer_seal(renewal), LABEL)
    mailbox = order.items[0].mailbox_id
    (holding,) = await services.renewals.holdings(actor)
    assert holding.mailboxes[0].open_order == order.number

    clock.advance(timedelta(hours=1))
    cancelled = await services.orders.cancel(actor, order.number)
    assert (cancelled.status, cancelled.cancelled_at) == (OrderStatus.CANCELLED, clock.now())
    (holding,) = await services.renewals.holdings(actor)
    assert holding.mailboxes[0].open_order is None
    second = await place(services, actor, await chosen(services, actor, [mailbox]))
    assert second.number != order.number


async def test_cancelled_again_it_stays_as_it_is(
    services: Services, other_services: Services, seed: Seed, clock: FrozenClock
) -> None:
    actor, renewal = await ready(services, seed)
    order = await services.orders.place(actor, renewal.draft.id, offer_seal(renewal), LABEL)
    both = await asyncio.gather(
        services.orders.cancel(actor, order.number), other_services.orders.cancel(actor, order.number)
    )
    clock.advance(timedelta(hours=1))

    assert both[0] == both[1] == await services.orders.cancel(actor, order.number)


@pytest.mark.parametrize("status", [OrderStatus.COMPLETED, *long(OrderStatus.EXPIRED)])
async def test_a_paid_or_expired_order_cannot_be_cancelled(
    services: Services, seed: Seed, database: Database, status: OrderStatus
) -> None:
    actor, renewal = await ready(services, seed)
    order = await services.orders.place(actor, renewal.draft.id, offer_seal(renewal), LABEL)
    async with database.write() as session:
        await session.execute(update(OrderRow).values(status=status.value))
    with pytest.raises(OrderNotOpen):
        await services.orders.cancel(actor, order.number)

    assert (await services.orders.show(actor, order.number)).status is status


async def test_a_mailbox_that_an_order_awaits_payment_for_is_not_renewed_again(
    services: Services, seed: Seed
) -> None:
    actor, renewal = await ready(services, seed)
    await services.orders.place(actor, renewal.draft.id, offer_seal(renewal), LABEL)
    await seed.mailbox("rossi", plan="pro")
    holding = (await services.renewals.holdings(actor))[0]
    fresh = await services.renewals.begin(actor, holding.holder_id)

    blocked = [box.id for box in holding.mailboxes if fresh.facts.blocker(box.id) is Blocker.OPEN_ORDER]
    assert blocked == [renewal.draft.items[0].mailbox_id]
    with pytest.raises(ChoiceRefused):
        await services.renewals.toggle_mailbox(actor, fresh.draft.id, blocked[0])
