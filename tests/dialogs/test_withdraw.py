"""A consumer withdraws in the chat: two steps, and the receipt (DOMAIN.md 7)."""

import html
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.db.engine import Database
from bot.db.tables import OrderRow, OutboxRow, WithdrawalRow
from bot.domain.catalogue import RenewAt
from bot.domain.registrant import HolderKind
from bot.handlers.buttons import Withdraw
from bot.services.actor import Actor
from bot.services.orders.rows import Order
from bot.services.payments.ledger import PaymentKind, PaymentReport
from bot.services.services import Services
from bot.services.surroundings import Surroundings
from tests.support.catalogue import with_rules
from tests.support.chat import Chat
from tests.support.clock import FrozenClock
from tests.support.long_runs import long, some
from tests.support.ordering import at_recap, chosen, labels, place, screen
from tests.support.pushing import Push
from tests.support.reminding import Restart
from tests.support.running_bot import Talk
from tests.support.seed import Seed

LANGUAGES = ("it", "en")
OPEN = {"it": "Recedere dal contratto qui", "en": "Withdraw from the contract here"}
NEXT = {"it": "Continua", "en": "Continue"}
OTHER = {"it": "Altro indirizzo email", "en": "Another e-mail address"}
CONFIRM = {"it": "Conferma recesso", "en": "Confirm withdrawal"}
RECEIPT = {"it": "Ricevuta del recesso", "en": "Withdrawal receipt"}
BACK = {"it": "Indietro", "en": "Back"}


async def ordered(
    seed: Seed,
    talk: Talk,
    services: Services,
    *,
    language: str = "it",
    paid: int = 0,
    kind: HolderKind = HolderKind.NATURAL_PERSON,
    expires_in: int = 60,
) -> tuple[Chat, Order]:
    """A chat with one order, placed on Monday 23 November 2026, of which `paid` cents came."""
    mailbox = await seed.mailbox("rossi", plan="pro", kind=kind, expires_in=expires_in)
    chat = await talk("rossi", language=language)
    actor = Actor(chat.id, language)
    order = await place(services, actor, await chosen(services, actor, [mailbox]))
    if paid:
        await pays(services, order, paid)
    return chat, order


async def pays(services: Services, order: Order, cents: int, payment_id: str = "bank-1") -> None:
    now = services.surroundings.now()
    await services.payments.register(
        PaymentReport(PaymentKind.REGISTERED, payment_id, order.number, cents, "EUR", "bank_transfer", now)
    )


async def opened(chat: Chat, order: Order) -> None:
    """The page of the order, from the list."""
    await chat.send("/ordini")
    await chat.tap(order.number)


async def to_second(chat: Chat, order: Order, language: str = "it") -> None:
    await opened(chat, order)
    await chat.tap(OPEN[language])
    await chat.tap(NEXT[language])


async def statements(database: Database) -> list[WithdrawalRow]:
    async with database.read() as session:
        return list((await session.execute(select(WithdrawalRow))).scalars())


def receipts(chat: Chat, row: WithdrawalRow) -> int:
    """How many texts in the chat are the receipt of a statement, which has its words and its second."""
    return sum(row.words in text and "11:00:0" in text for text in chat.texts)


FIRST = {
    "it": (
        "Titolare: Maria Esempio",
        "Ordine del 23/11/2026: 36,48 €",
        "Casella: rossi1@pec.example",
        "La ricevuta va a rossi@example.com",
        "senza dire perché, fino al 07/12/2026 compreso",
    ),
    "en": (
        "Holder: Maria Esempio",
        "Order of 23 Nov 2026: €36.48",
        "Mailbox: rossi1@pec.example",
        "The receipt goes to rossi@example.com",
        "without giving a reason, up to and including 7 Dec 2026",
    ),
}
SECOND = {
    "it": (
        "Dichiaro di recedere dal contratto concluso con l'ordine",
        "restituiti 36,48 € entro il 17/12/2026",
        "La scadenza non torna indietro da sola",
        "Il recesso non si ritira",
    ),
    "en": (
        "I hereby withdraw from the contract made by order",
        "€36.48 is refunded by 17 Dec 2026",
        "The expiry date does not move back by itself",
        "cannot be taken back",
    ),
}
COMES = {"it": "arriva qui come messaggio a parte", "en": "comes here as a message of its own"}
DONE = {
    "it": ("Numero della ricevuta: REC-", "giovedì 3 dicembre 2026, ore 11:00:00 (CET)", "non una decisione"),
    "en": ("Receipt number: REC-", "Thursday 3 December 2026, 11:00:00 (CET)", "not a decision"),
}


@pytest.mark.parametrize("language", some(LANGUAGES, 1))
async def test_a_paid_order_is_withdrawn_from_in_two_steps(
    seed: Seed,
    talk: Talk,
    services: Services,
    database: Database,
    clock: FrozenClock,
    push: Push,
    language: str,
) -> None:
    chat, order = await ordered(seed, talk, services, language=language, paid=3648)
    clock.advance(timedelta(days=10))
    await push()
    await opened(chat, order)
    await chat.tap(OPEN[language])
    for words in FIRST[language]:
        assert words in screen(chat)
    await chat.tap(NEXT[language])
    for words in SECOND[language]:
        assert words in screen(chat)
    await chat.tap(CONFIRM[language])
    (row,) = await statements(database)
    assert (row.chat_id, row.language, row.button_label) == (chat.id, language, CONFIRM[language])
    assert SECOND[language][0] in html.unescape(row.screen)
    assert COMES[language] in screen(chat)
    assert row.number in screen(chat)
    # The receipt is a message of its own, which stays, and the only one.
    await push()
    shown = chat.text.replace("\u00a0", " ")
    for words in (*DONE[language], row.words):
        assert words in shown
    assert receipts(chat, row) == 1
    await opened(chat, order)
    assert not chat.has(OPEN[language])
    await chat.tap(RECEIPT[language])
    assert screen(chat) == shown


@pytest.mark.parametrize("language", some(LANGUAGES, 1))
async def test_an_unpaid_order_is_cancelled_by_it_and_the_receipt_goes_where_it_is_wanted(
    seed: Seed, talk: Talk, services: Services, database: Database, language: str
) -> None:
    chat, order = await ordered(seed, talk, services, language=language)
    await opened(chat, order)
    await chat.tap(OPEN[language])
    await chat.tap(OTHER[language])
    await chat.send("maria at example.com")
    assert {"it": "non è un indirizzo email valido", "en": "not a valid e-mail"}[language] in screen(chat)
    await chat.send("Maria@Example.com")
    assert "maria@example.com" in screen(chat)
    await chat.tap(NEXT[language])
    assert {"it": "l'ordine viene annullato", "en": "the order is cancelled"}[language] in screen(chat)
    await chat.tap(CONFIRM[language])
    async with database.read() as session:
        rows = (await session.execute(select(OutboxRow).where(OutboxRow.channel == "event"))).scalars().all()
        mails = [row.payload for row in (await session.execute(select(OutboxRow))).scalars()]
    assert rows == []
    assert [mail["to"] for mail in mails if mail.get("message") == "order-withdrawn" and "to" in mail] == []
    assert "maria@example.com" in screen(chat)
    (row,) = await statements(database)
    assert (row.email, row.became) == ("maria@example.com", "cancelled")
    assert (await services.orders.show(Actor(chat.id, language), order.number)).status == "cancelled"


@pytest.mark.soak
@pytest.mark.parametrize("language", some(LANGUAGES, 1))
async def test_of_a_mailbox_that_had_expired_what_was_served_stays(
    seed: Seed, talk: Talk, services: Services, clock: FrozenClock, language: str
) -> None:
    chat, order = await ordered(seed, talk, services, language=language, paid=3648, expires_in=-30)
    clock.advance(timedelta(days=10))
    await to_second(chat, order, language)
    assert {"it": "Vengono restituiti 35,40 €", "en": "€35.40 is refunded"}[language] in screen(chat)
    assert {"it": "1,08 € restano", "en": "€1.08 is kept"}[language] in screen(chat)


@pytest.mark.soak
async def test_a_payment_between_the_steps_changes_what_follows(
    seed: Seed, talk: Talk, services: Services, database: Database
) -> None:
    chat, order = await ordered(seed, talk, services)
    await to_second(chat, order)
    await pays(services, order, 1000)
    await chat.tap("Conferma recesso")
    (row,) = await statements(database)
    assert (row.became, row.due_back) == ("withdrawn", 1000)
    await chat.tap("Vedi l'ordine")
    await chat.tap(RECEIPT["it"])
    assert "Vengono restituiti 10,00 €" in screen(chat)


@pytest.mark.soak
@pytest.mark.parametrize("language", some(LANGUAGES, 1))
async def test_two_quick_taps_are_one_withdrawal(
    seed: Seed, talk: Talk, services: Services, database: Database, language: str
) -> None:
    chat, order = await ordered(seed, talk, services, language=language, paid=3648)
    await to_second(chat, order, language)
    await chat.tap_together([CONFIRM[language]] * 3)
    assert len(await statements(database)) == 1
    assert "REC-" in screen(chat)


@pytest.mark.soak
@pytest.mark.parametrize("language", some(LANGUAGES, 1))
async def test_a_restart_between_the_steps_loses_nothing(
    seed: Seed, talk: Talk, services: Services, database: Database, restart: Restart, language: str
) -> None:
    chat, order = await ordered(seed, talk, services, language=language)
    await opened(chat, order)
    await chat.tap(OPEN[language])
    await chat.tap(OTHER[language])
    await chat.send("maria@example.com")
    restart(chat)
    await chat.tap(NEXT[language])
    restart(chat)
    await chat.tap(CONFIRM[language])
    (row,) = await statements(database)
    assert row.email == "maria@example.com"
    assert "REC-" in screen(chat)


@pytest.mark.soak
@pytest.mark.parametrize("language", some(LANGUAGES, 1))
async def test_two_chats_at_once_see_the_same_receipt(
    seed: Seed, talk: Talk, services: Services, database: Database, push: Push, language: str
) -> None:
    first, order = await ordered(seed, talk, services, paid=3648)
    second = await talk("rossi", language=language)
    await to_second(first, order)
    await to_second(second, order, language)
    await first.tap(CONFIRM["it"])
    await second.tap(CONFIRM[language])
    (row,) = await statements(database)
    assert row.chat_id == first.id
    assert row.words in screen(second), "in the words that were said"
    await push()
    for chat in (first, second):
        assert row.number in screen(chat)
        assert row.words in chat.text


async def test_the_button_stands_under_the_confirmation_too_and_in_the_answer_to_recesso(
    seed: Seed, talk: Talk, services: Services
) -> None:
    mailbox = await seed.mailbox("rossi", plan="pro")
    chat = await talk("rossi")
    await at_recap(chat, services, [mailbox])
    for label in ("Accetto condizioni", "Approvo clausole", "Ho letto", "obbligo di pagare"):
        await chat.tap(label)
    assert OPEN["it"] in labels(chat)
    await chat.tap(OPEN["it"])
    assert "La ricevuta va a" in screen(chat)
    await chat.send("/recesso")
    await chat.tap("Recedere da", on=chat.newest)
    assert "La ricevuta va a" in screen(chat)
    await chat.tap("Continua")
    await chat.tap("Indietro")
    await chat.tap("Indietro")
    assert OPEN["it"] in labels(chat)


@pytest.mark.soak
@pytest.mark.parametrize("language", some(LANGUAGES, 1))
async def test_after_withdrawing_from_an_unpaid_order_recesso_shows_the_receipt(
    seed: Seed, talk: Talk, services: Services, push: Push, language: str
) -> None:
    chat, order = await ordered(seed, talk, services, language=language)
    await to_second(chat, order, language)
    await push()
    await chat.tap(CONFIRM[language])
    await push()
    receipt = chat.text.replace("\u00a0", " ")
    await chat.send("/recesso")
    assert {"it": "Recesso già dichiarato: ", "en": "Already withdrawn from: "}[
        language
    ] + order.number in chat.text
    await chat.tap({"it": "Ricevuta di ", "en": "Receipt of "}[language] + order.number, on=chat.newest)
    assert screen(chat) == receipt


@pytest.mark.parametrize(
    ("language", "words"), [("it", "spetta ai consumatori"), *long(("en", "is a right of consumers"))]
)
async def test_who_is_no_consumer_is_told_why_not_and_what_else_there_is(
    seed: Seed, talk: Talk, services: Services, database: Database, language: str, words: str
) -> None:
    chat, order = await ordered(seed, talk, services, language=language, kind=HolderKind.FREELANCER)
    await opened(chat, order)
    assert not chat.has(OPEN[language])
    await chat.press(Withdraw(number=order.number).pack())
    assert words in screen(chat)
    assert "recesso@posta.example" in screen(chat)
    assert not chat.has(NEXT[language])
    assert await statements(database) == []


async def test_another_chat_cannot_withdraw(
    seed: Seed, talk: Talk, services: Services, database: Database
) -> None:
    _, order = await ordered(seed, talk, services)
    await seed.mailbox("verdi")
    stranger = await talk("verdi")
    await stranger.send("/recesso")
    await stranger.press(Withdraw(number=order.number).pack())
    assert [text for text in stranger.texts if "rossi1@" in text] == []
    assert await statements(database) == []


@pytest.mark.soak
@pytest.mark.parametrize("language", some(LANGUAGES, 1))
async def test_when_the_days_are_over_the_old_screen_withdraws_no_more(
    seed: Seed,
    talk: Talk,
    services: Services,
    database: Database,
    clock: FrozenClock,
    language: str,
) -> None:
    chat, order = await ordered(seed, talk, services, language=language, paid=3648)
    await to_second(chat, order, language)
    clock.advance(timedelta(days=15))
    await chat.tap(CONFIRM[language])
    assert await statements(database) == []
    assert {"it": "è finito il 07/12/2026", "en": "ended on 7 Dec 2026"}[language] in screen(chat)


async def test_a_contract_of_before_is_withdrawn_from_by_email(
    seed: Seed, talk: Talk, services: Services, clock: FrozenClock
) -> None:
    clock.advance(timedelta(days=-158))  # 18 June 2026
    chat, order = await ordered(seed, talk, services)
    await opened(chat, order)
    assert "fino al 02/07/2026, scrivendo a recesso@posta.example" in screen(chat)
    assert not chat.has(OPEN["it"])
    await chat.send("/recesso")
    assert "scrivendo a recesso@posta.example" in chat.text
    assert not chat.has("Recedere da")


@pytest.mark.parametrize(
    ("language", "early", "after"),
    [
        ("it", "Senza questa scelta viene chiesto solo dopo quei giorni", "dopo il 07/12/2026"),
        *long(("en", "Without this choice it is asked only after those days", "after 7 Dec 2026")),
    ],
)
async def test_where_the_provider_is_asked_after_the_days_the_screens_say_what_the_early_start_changes(
    seed: Seed,
    talk: Talk,
    services: Services,
    surroundings: Surroundings,
    database: Database,
    language: str,
    early: str,
    after: str,
) -> None:
    surroundings.catalogue = with_rules(renew_at=RenewAt.AFTER_WITHDRAWAL)
    mailbox = await seed.mailbox("rossi", plan="pro")
    chat = await talk("rossi", language=language)
    await at_recap(chat, services, [mailbox], language=language)
    assert early in screen(chat)
    texts = {
        "it": ("Accetto condizioni", "Approvo clausole", "Ho letto", "obbligo di pagare"),
        "en": ("I accept", "I approve", "I read", "obligation to pay"),
    }
    for label in texts[language]:
        await chat.tap(label)
    assert after in screen(chat)
    async with database.write() as session:
        await session.execute(update(OrderRow).values(renew_after=None))


@pytest.mark.soak
async def test_the_page_of_a_withdrawn_order_says_so_and_nothing_can_be_paid(
    seed: Seed, talk: Talk, services: Services
) -> None:
    chat, order = await ordered(seed, talk, services, paid=1000)
    await to_second(chat, order)
    await chat.tap("Conferma recesso")
    await chat.tap("Vedi l'ordine")
    assert "recesso il 23/11/2026" in screen(chat)
    assert "che cosa segue è scritto nella ricevuta" in screen(chat)
    for label in ("Paga", "Annulla ordine", "Altra modalità", "Ho pagato", "Mostra il QR"):
        assert not chat.has(label)
    await chat.send("/ordini")
    assert "recesso" in screen(chat)
    await chat.send("/start")
    assert order.number not in chat.text, "home asks for no payment of it"
