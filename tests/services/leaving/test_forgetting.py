"""Everything of a customer is deleted but what the law wants kept, and nobody else's (DOMAIN.md 7, decision 042)."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import DBAPIError

from bot.app import build_services
from bot.db.engine import Database
from bot.db.tables import (
    CaseRow,
    ChatCustomerRow,
    ChatRow,
    CustomerRow,
    DraftRow,
    MailboxRow,
    MethodChangeRow,
    OrderItemRow,
    OrderRow,
    OutboxRow,
    VatDecisionRow,
)
from bot.domain.cases import CaseKind
from bot.domain.evidence.chain import Chain, Content, Erased, Kind, Subject
from bot.domain.evidence.checking import Flaw
from bot.domain.leaving import Against, Obstacle
from bot.services.actor import Actor
from bot.services.cases import Case, open_case
from bot.services.errors import NoSuchCustomer, NothingRecorded, StillNeeded, TokenRefused, WasForgotten
from bot.services.evidence.reading import chain_of
from bot.services.evidence.writing import Entry, Kept, record
from bot.services.leaving.at_the_office import LeavingAtTheOffice
from bot.services.office.month import Books, Month
from bot.services.orders.withdrawing import Stated
from bot.services.people.linking import ConfirmationNeeded
from bot.services.sending.outbox import Channel, Outbox, put
from bot.services.surroundings import Surroundings
from tests.services.people.worlds import World, populated
from tests.support.clock import FrozenClock
from tests.support.everything import everything, where
from tests.support.seed import Seed
from tests.support.till import EVERYBODY, Till

ME = Actor(7, "it")
KEPT = {
    "orders", "order_item", "payment", "callback", "invoice", "invoice_call", "withdrawal", "evidence_content",
    "owed_notice", "taken_number", "order_evidence", "auto_renewal_switching", "renewal_decision",
    "order_method_change", "collective",
}  # fmt: skip
"""Where the law wants a customer's words kept, or where they are the operator's own books."""
LAST_WORDS = {"outbox"}
"""The confirmation, which goes when it was sent, and what of orders still leaves for the operator's system."""


@pytest.fixture
def database(each_database: Database) -> Database:
    """Both back ends."""
    return each_database


@pytest.fixture
def office(till: Till) -> LeavingAtTheOffice:
    """The operator's commands."""
    return LeavingAtTheOffice(till.database, till.services.surroundings, mail=True)


async def settle_all(till: Till, *codes: str) -> None:
    """Nothing of these customers is open any more: unpaid orders expire, and paid renewals are seen."""
    async with till.database.write() as session:
        of_them = select(CustomerRow.id).where(CustomerRow.code.in_(codes))
        orders = select(OrderRow.id).where(OrderRow.customer_id.in_(of_them))
        await session.execute(
            update(OrderRow)
            .where(OrderRow.customer_id.in_(of_them), OrderRow.status == "awaiting_payment")
            .values(status="expired", expired_at=till.services.surroundings.now())
        )
        await session.execute(
            update(OrderItemRow)
            .where(OrderItemRow.order_id.in_(orders))
            .values(open=False, seen_at=till.services.surroundings.now())
        )
        await session.execute(
            update(CaseRow).where(CaseRow.outcome.is_(None)).values(outcome="decided", note="-")
        )


async def stands(database: Database, chain: Chain) -> list[str]:
    """What is left of each content of a chain."""
    async with database.read() as session:
        found = await session.run_sync(lambda own: chain_of(own.connection(), chain))
    assert found is not None
    return [each.reason if isinstance(each, Erased) else kept.kind.value for kept, each in found[1]]


async def give_back_all(till: Till, world: World, code: str) -> None:
    """What is due back of withdrawn orders goes back."""
    for order in world.orders[code]:
        if await till.status(order) == "withdrawn":
            await till.receive(till.went_back(till.paid(order, payment_id=f"banca-{order.number}")))


@pytest.mark.soak
@pytest.mark.parametrize("number", range(3))
async def test_no_word_of_a_customer_is_left_but_where_the_law_wants_it(
    database: Database, surroundings: Surroundings, seed: Seed, number: int
) -> None:
    services = build_services(database, surroundings, EVERYBODY)
    random = Random(number)  # noqa: S311 (a world, not a secret)
    world = await populated(services, seed, database, random)
    till = Till(database, services, seed)
    office = LeavingAtTheOffice(database, surroundings, mail=True)
    code = random.choice(sorted(world.customers))
    await settle_all(till, code)
    await give_back_all(till, world, code)
    others = {word for other, own in world.customers.items() if other != code for word in own.words}
    shared = {chat for chat, codes in world.links.items() if code in codes and len(codes) > 1}
    before = await everything(database)

    await office.forget(code)

    after = await everything(database)
    left = {word: where(after, word) - KEPT - LAST_WORDS for word in world.customers[code].words - others}
    assert {word: tables for word, tables in left.items() if tables} == {}
    waiting = after["outbox"]
    assert f"cliente{code[7]}q@example.com" in waiting, "the confirmation"
    for chat, codes in world.links.items():
        if codes == {code}:
            for word in world.chats[chat].words - {str(chat)}:
                assert where(after, word) - KEPT - LAST_WORDS == set(), (
                    "what was the chat's own is gone with it"
                )
        elif code not in codes:
            assert all(where(after, word) == where(before, word) for word in world.chats[chat].words)
    assert all(f"frase di {chat}" in after["chat"] for chat in shared), "others are served there too"
    for word in others:
        assert where(before, word) - {"outbox"} <= where(after, word), "nobody else loses anything"
    assert (await services.papers.check()).findings == ()


async def test_what_the_law_does_not_want_goes_from_the_evidence_and_verifies_as_erased(
    till: Till, office: LeavingAtTheOffice
) -> None:
    paid = await till.order(chats=(7,))
    await till.receive(till.paid(paid))
    box = paid.items[0].mailbox_id
    unpaid = await till.order(chats=(7,))
    await till.services.orders.cancel(ME, unpaid.number)
    async with till.database.write() as session:
        chain, now = Chain(Subject.MAILBOX, box), till.services.surroundings.now()
        told = [
            Entry(chain, Kind.TOLD, {"words": "owed"}),
            Entry(chain, Kind.TOLD, {"words": "-"}, Kept.REMINDER),
        ]
        await record(session, told, now)
    await settle_all(till, "rossi")

    seen = await office.look("rossi")
    assert (seen.orders, seen.emptied, seen.notices, seen.reminders) == (1, 1, 1, 1)
    assert seen.until == date(2036, 11, 23)
    done = await office.forget("rossi")

    assert done.until == date(2036, 11, 23)
    assert await stands(till.database, chain) == ["told", "deletion on request", "erased"]
    (of_unpaid,) = [item.mailbox_id for item in unpaid.items]
    assert of_unpaid != box
    ids = await orders_by_number(till)
    emptied = await stands(till.database, Chain(Subject.ORDER, ids[unpaid.number]))
    assert set(emptied) == {"deletion on request", "erased"}
    kept = await stands(till.database, Chain(Subject.ORDER, ids[paid.number]))
    assert "deletion on request" not in kept
    assert (await till.services.papers.check()).findings == ()
    document = await till.services.papers.of_order(paid.number, "it")
    assert document.check() == []
    (notices,) = await till.services.papers.of_mailbox(paid.items[0].address, "it")
    assert len(notices.records) == 3, "what has to be proved is found by the address still"


async def orders_by_number(till: Till) -> dict[str, int]:
    async with till.database.read() as session:
        return {row.number: row.id for row in await session.execute(select(OrderRow.number, OrderRow.id))}


async def test_it_is_refused_while_something_needs_the_data_and_says_what(
    till: Till, office: LeavingAtTheOffice
) -> None:
    order = await till.order(chats=(7,))
    automatic = await till.seed.mailbox("rossi", address="auto@pec.example", auto_renew=True)
    now = till.services.surroundings.now()

    async def against() -> list[Obstacle]:
        with pytest.raises(StillNeeded) as needed:
            await office.forget("rossi")
        return list(needed.value.obstacles)

    on = Obstacle(Against.AUTOMATIC, "auto@pec.example")
    assert await against() == [Obstacle(Against.OPEN_ORDER, order.number), on]
    await till.receive(till.paid(order, cents=100, payment_id="part"))
    assert await against() == [Obstacle(Against.OPEN_ORDER, order.number), on]
    await till.receive(till.paid(order, cents=order.quote.due - 100))
    assert await against() == [Obstacle(Against.UNSEEN, order.number), on], "paid, and to be renewed still"
    await till.services.auto_renewal.set_auto_renewal(ME, automatic, on=False)
    await till.services.withdrawals.withdraw(
        ME, order.number, Stated("Recedo.", "maria@example.com", "-", "Conferma recesso")
    )
    money = await against()
    assert money[0] == Obstacle(Against.MONEY, order.number)
    assert {each.why for each in money} == {Against.MONEY, Against.PENDING}, "its case is open too"
    for payment_id, cents in (("part", 100), ("bank-1", order.quote.due - 100)):
        await till.receive(till.went_back(till.paid(order, cents=cents, payment_id=payment_id)))
    async with till.database.write() as session:
        await open_case(session, Case(CaseKind.NOTICE, "late:1:-", "rossi", {}), now)
    (pending,) = await against()
    assert pending.why is Against.PENDING
    async with till.database.write() as session:
        await session.execute(update(CaseRow).values(outcome="decided"))
    await office.forget("rossi")
    async with till.database.read() as session:
        assert await session.scalar(select(func.count()).select_from(CaseRow)) == 0, "closed ones go with it"


async def test_a_chat_that_serves_others_loses_this_customer_alone(
    till: Till, office: LeavingAtTheOffice
) -> None:
    services = till.services
    mine = await till.seed.mailbox("rossi", plan="pro")
    other = await till.seed.mailbox("bianchi", plan="pro")
    for code, actor in (("rossi", ME), ("rossi", Actor(8, "en")), ("bianchi", Actor(8, "en"))):
        answer = await services.linking.redeem(actor, (await services.linking.invite(code)).token)
        if isinstance(answer, ConfirmationNeeded):
            await services.linking.confirm(actor, answer.token_id)
    for actor in (ME, Actor(8, "en")):
        await services.wishes.set_phrase(actor, f"gatto {actor.chat_id}")
        await services.renewals.begin_with(actor, mine)
    await office.forget("rossi")

    async with till.database.read() as session:
        assert list(await session.scalars(select(ChatCustomerRow.chat_id))) == [8]
        assert list(await session.scalars(select(ChatRow.security_phrase))) == ["gatto 8"], (
            "the other is gone"
        )
        assert await session.scalar(select(func.count()).select_from(DraftRow)) == 0
        assert list(await session.scalars(select(MailboxRow.id).where(MailboxRow.gone_on.is_(None)))) == [
            other
        ]
    told = {
        each.chat_id: each.payload["language"]
        for each in await till.told("customer-forgotten")
        if each.chat_id
    }
    assert told == {7: "it", 8: "en"}, "each in its language, though nothing else knows that of one any more"


@pytest.mark.soak
async def test_messages_that_wait_go_but_a_receipt_that_is_owed(
    till: Till, office: LeavingAtTheOffice
) -> None:
    order = await till.order(chats=(7,))
    await till.services.withdrawals.withdraw(
        ME, order.number, Stated("Recedo.", "maria@example.com", "-", "Conferma recesso")
    )
    async with till.database.write() as session:
        customer_id = await session.scalar(select(CustomerRow.id))
        now = till.services.surroundings.now()
        for key, channel in (
            (f"remind:{customer_id}:mail:x-1", Channel.MAIL),
            (f"space:{customer_id}:-:mail", Channel.MAIL),
        ):
            await put(session, key=key, channel=channel, payload={"message": "reminder"}, now=now)
        await put(session, key="remind:99:mail:x-1", channel=Channel.MAIL, payload={}, now=now)
    await office.forget("rossi")
    async with till.database.read() as session:
        keys = set(await session.scalars(select(OutboxRow.key).where(OutboxRow.channel != "event")))
    assert keys >= {
        "remind:99:mail:x-1",
        f"withdrawn:{order.number}:mail",
        "forgotten:1:mail",
        "forgotten:1:chat:7",
    }
    assert not {key for key in keys if key.startswith((f"remind:{customer_id}:", "space:"))}


async def test_twice_is_once_and_nobody_is_called_so_any_more(till: Till, office: LeavingAtTheOffice) -> None:
    await till.seed.mailbox("rossi")
    await till.seed.mailbox("bianchi")
    done = await office.forget("rossi")
    with pytest.raises(WasForgotten) as before:
        await office.forget("rossi")
    assert (before.value.on, before.value.now_called) == (done.on, done.now_called)
    with pytest.raises(WasForgotten):
        await till.services.own_data.of_customer("rossi")
    with pytest.raises(NoSuchCustomer):
        await office.look("nessuno")
    assert [each.code for each in await till.services.own_data.everybody()] == ["bianchi"]


async def test_no_mail_goes_to_a_customer_that_was_deleted_and_no_link_of_an_old_mail_works(
    till: Till, office: LeavingAtTheOffice
) -> None:
    """A paid order may still be withdrawn from by the link in its e-mail: the receipt goes where it is asked for."""
    order = await till.order(chats=(7,))
    (placed,) = [each for each in await till.told("order-placed") if each.channel == "mail"]
    token = placed.payload["withdraw_url"].rpartition("/")[2]
    invited = await till.services.linking.invite("rossi")
    await till.receive(till.paid(order))
    await settle_all(till, "rossi")
    await office.forget("rossi")

    stated = Stated("Recedo.", "maria@example.com", "-", "Conferma recesso")
    withdrawn = await till.services.withdrawals.withdraw_by_link(token, stated)
    assert withdrawn.receipt is not None
    to = [each.payload["to"] for each in await till.told("order-withdrawn") if each.channel == "mail"]
    assert to == ["maria@example.com"]
    with pytest.raises(TokenRefused):
        await till.services.linking.redeem(Actor(9, "it"), invited.token)


async def test_a_reference_email_that_another_customer_has_too_stays_that_ones(
    till: Till, office: LeavingAtTheOffice
) -> None:
    await till.seed.mailbox("rossi")
    await till.seed.mailbox("bianchi")
    async with till.database.write() as session:
        index = till.database.keys.index("rossi@example.com")
        await session.execute(
            update(CustomerRow)
            .where(CustomerRow.code == "bianchi")
            .values(reference_email="rossi@example.com", email_index=index)
        )
    await till.services.login_codes.ask(ME, "rossi@example.com")
    await office.forget("rossi")
    async with till.database.read() as session:
        keys = list(await session.scalars(select(OutboxRow.key)))
    assert "login:1:mail" in keys


@pytest.mark.soak
async def test_the_confirmation_goes_from_the_outbox_as_soon_as_it_was_sent(
    till: Till, office: LeavingAtTheOffice
) -> None:
    await till.order(chats=(7,))
    await settle_all(till, "rossi")
    await office.forget("rossi")
    now = till.services.surroundings.now()
    async with till.database.write() as session:
        await session.execute(update(OutboxRow).values(state="sent", settled_at=now))
    await Outbox(till.database, FrozenClock()).purge(settled_before=now - timedelta(days=90))
    assert where(await everything(till.database), "rossi@example.com") <= {
        "outbox",
        "evidence_content",
        "orders",
    }
    assert not await till.told("customer-forgotten")


@pytest.mark.soak
async def test_the_screen_on_which_another_method_was_chosen_goes_with_an_order_that_nothing_came_of(
    till: Till, office: LeavingAtTheOffice
) -> None:
    """The address of a cancelled order was still to be read in the words of that screen."""
    kept, thrown_away = [await till.order(chats=(7,)) for _ in range(2)]
    for order in (kept, thrown_away):
        card = (await till.services.other_methods.offered(ME, order.number)).change_to("card")
        screen = f"Paghi {order.items[0].address} con la carta"
        await till.services.other_methods.choose(
            ME, order.number, "card", card.seal, screen=screen, button_label="Paga con la carta"
        )
    async with till.database.write() as session:
        session.add(
            VatDecisionRow(
                order_id=await session.scalar(
                    select(OrderRow.id).where(OrderRow.number == thrown_away.number)
                ),
                decided_at=till.services.surroundings.now(),
                treatment="charged",
                net=2990,
                vat=658,
                due=3648,
                note="Maria ha telefonato",
                catalogue_version="1",
            )
        )
    await till.services.orders.cancel(ME, thrown_away.number)
    await till.receive(till.paid(kept))
    await settle_all(till, "rossi")
    await office.forget("rossi")

    left = await everything(till.database)
    address = thrown_away.items[0].address
    assert where(left, address) <= {"outbox"}, "what of it leaves for the operator's system"
    assert where(left, "ha telefonato") == set()
    assert kept.items[0].address in left["order_method_change"], "of the other one it is evidence"
    assert (await till.services.papers.check()).findings == ()
    with pytest.raises(DBAPIError, match="append-only"):
        async with till.database.write() as session:
            await session.execute(update(MethodChangeRow).values(screen="-"))


@pytest.mark.soak
async def test_no_mail_about_an_order_that_nothing_came_of_follows_the_last_one(
    till: Till, office: LeavingAtTheOffice
) -> None:
    """How to pay a cancelled order was mailed after everything had been deleted, when mail was late."""
    kept, thrown_away = [await till.order(chats=(7,)) for _ in range(2)]
    await till.receive(till.paid(kept))
    await till.services.orders.cancel(ME, thrown_away.number)
    await settle_all(till, "rossi")
    await office.forget("rossi")
    about = [each.payload.get("order") for each in await till.told() if each.channel == "mail"]
    assert kept.number in about
    assert thrown_away.number not in about
    placed = await till.told("order-placed")
    assert [each.payload["order"] for each in placed] == [kept.number]


async def test_a_paper_of_a_mailbox_from_before_the_deletion_is_not_said_to_be_of_another_one(
    till: Till, office: LeavingAtTheOffice
) -> None:
    """The address is there no more to be compared: its index is."""
    box = await till.seed.mailbox("rossi", address="maria@pec.example")
    async with till.database.write() as session:
        told = [
            Entry(Chain(Subject.MAILBOX, box), Kind.TOLD, {"words": "owed"}),
            Entry(Chain(Subject.MAILBOX, box), Kind.TOLD, {"words": "-"}, Kept.REMINDER),
        ]
        await record(session, told, till.services.surroundings.now())
    papers = till.services.papers
    (document,) = await papers.of_mailbox("maria@pec.example", "it")
    assert await papers.compare(document) == []
    await office.forget("rossi")
    assert await papers.compare(document) == []
    (afterwards,) = await papers.of_mailbox("maria@pec.example", "it")
    assert await papers.compare(afterwards) == []
    other = await papers.compare(replace(document, name="bianchi@pec.example"))
    assert other is not None
    assert [each.flaw for each in other] == [Flaw.RENAMED]


@pytest.mark.soak
async def test_the_month_of_the_books_still_names_the_mailbox_that_was_paid_for(
    till: Till, office: LeavingAtTheOffice
) -> None:
    order = await till.order(chats=(7,))
    await till.receive(till.paid(order))
    await settle_all(till, "rossi")
    await office.forget("rossi")
    async with Books(till.database, till.services.surroundings).of(Month(2026, 11)) as month:
        assert {line.mailbox async for line in month.lines()} == {order.items[0].address}


async def test_that_somebody_without_mailboxes_wanted_everything_deleted_is_proved(
    till: Till, office: LeavingAtTheOffice
) -> None:
    """Of such a customer nothing but a blind index was left, and that it had asked for it could not be shown."""
    await till.seed.mailbox("rossi")
    async with till.database.write() as session:
        await session.execute(delete(MailboxRow))
    papers = till.services.papers
    before = len((await till.services.own_data.of_customer("rossi")).customers)
    assert before == 1
    (asked,) = await papers.of_requests("rossi", "it")
    done = await office.forget("rossi")

    (document,) = await papers.of_requests("rossi", "it")
    said = [content.value["request"] for _, content in document.records if isinstance(content, Content)]
    assert said == ["data by the operator", "deletion of the customer"]
    assert document.check() == []
    assert (await papers.check()).findings == ()
    for known in (asked, document, *await papers.of_requests(done.now_called, "it")):
        assert await papers.compare(known) == []
    other = await papers.compare(replace(document, name="bianchi"))
    assert other is not None
    assert [each.flaw for each in other] == [Flaw.RENAMED]
    with pytest.raises(NothingRecorded):
        await papers.of_requests("bianchi", "it")


@pytest.mark.soak
async def test_who_came_back_is_found_by_the_same_names_as_before_the_deletion(
    till: Till, office: LeavingAtTheOffice
) -> None:
    """Only what was told about the new mailbox was found: of the notices from before nothing could be shown."""

    async def one_life(words: str) -> None:
        box = await till.seed.mailbox("rossi", address="maria@pec.example")
        async with till.database.write() as session:
            told = [Entry(Chain(Subject.MAILBOX, box), Kind.TOLD, {"words": words})]
            await record(session, told, till.services.surroundings.now())

    for words in ("first", "second"):
        await one_life(words)
        await office.forget("rossi")
        assert await office.readmit("rossi")
    await one_life("third")
    await till.services.own_data.of_customer("rossi")

    papers = till.services.papers
    told = await papers.of_mailbox("maria@pec.example", "it")
    assert [[c.value["words"] for _, c in each.records if isinstance(c, Content)] for each in told] == [
        ["third"],
        ["second"],
        ["first"],
    ]
    asked = await papers.of_requests("rossi", "it")
    assert [len(each.records) for each in asked] == [1, 1, 1]
    assert [await papers.compare(each) for each in (*told, *asked)] == [[]] * 6
