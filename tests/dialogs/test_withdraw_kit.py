"""The hardware of a kit goes back in the chat, by its own last day (DOMAIN.md 7)."""

from datetime import date, timedelta

import pytest

from bot.db.engine import Database
from bot.services.actor import Actor
from bot.services.office.kit_deliveries import KitDeliveries
from bot.services.orders.rows import Order
from bot.services.services import Services
from tests.dialogs.test_withdraw import (
    CONFIRM,
    LANGUAGES,
    NEXT,
    OPEN,
    RECEIPT,
    opened,
    pays,
    statements,
    to_second,
)
from tests.support.chat import Chat
from tests.support.clock import FrozenClock
from tests.support.long_runs import some
from tests.support.ordering import chosen, give_kit, place, screen
from tests.support.pushing import Push
from tests.support.reminding import Restart
from tests.support.running_bot import Talk
from tests.support.seed import Seed

UNKNOWN_DAY = {
    "it": "Per il dispositivo del kit i 14 giorni decorrono dalla consegna: passati quelli dell'ordine",
    "en": "For the hardware of the kit the 14 days run from its delivery: once those of the order are over",
}
COMES_BACK = {
    "it": "Il dispositivo del kit va restituito entro il 07/12/2026, se è arrivato",
    "en": "The hardware of the kit has to be returned by 7 Dec 2026, if it has arrived",
}
PAGE = {
    "it": (
        "Recesso dal kit: fino al 18/12/2026",
        "dalla consegna, fino al 18/12/2026 compreso: si recede da quello solo",
    ),
    "en": (
        "Withdrawal from the kit: until 18 Dec 2026",
        "its delivery, up to and including 18 Dec 2026: you can withdraw from it alone",
    ),
}
ANSWER = {
    "it": "per il solo kit: fino al 18/12/2026",
    "en": "for the kit alone: until 18 Dec 2026",
}
FIRST = {
    "it": (
        "Kit di firma digitale: Smart card e lettore",
        "dal solo kit, senza dire perché, fino al 18/12/2026",
    ),
    "en": (
        "Digital signature kit: Smart card and reader",
        "from the kit alone, without giving a reason, up to",
    ),
}
SECOND = {
    "it": (
        "per il solo kit di firma digitale (Smart card e lettore)",
        "Vengono restituiti 68,93 € entro il 24/12/2026",
        "Il rinnovo resta com'è",
        "va restituito entro il 24/12/2026",
        "Il recesso non si ritira.",
    ),
    "en": (
        "for the digital signature kit alone (Smart card and reader)",
        "€68.93 is refunded by 24 Dec 2026",
        "The renewal stays as it is",
        "has to be returned by 24 Dec 2026",
        "A withdrawal cannot be taken back.",
    ),
}
TOGETHER = {
    "it": "fino al 07/12/2026 compreso: si recede insieme al resto dell'ordine.",
    "en": "up to and including 7 Dec 2026: you withdraw from it together with the rest of the order.",
}
DONE = {"it": "Il recesso dal kit è registrato", "en": "The withdrawal from the kit is on record"}


async def with_kit(seed: Seed, talk: Talk, services: Services, language: str) -> tuple[Chat, Order]:
    """A chat with a paid order of Monday 23 November 2026 that has a smart card."""
    mailbox = await seed.mailbox("rossi", plan="pro", expires_in=60)
    chat = await talk("rossi", language=language)
    actor = Actor(chat.id, language)
    renewal = await chosen(services, actor, [mailbox])
    await give_kit(services, chat, renewal.draft.id, "smart_card")
    order = await place(services, actor, await services.renewals.read(actor, renewal.draft.id))
    await pays(services, order, order.quote.due)
    return chat, order


TITLE = {
    "it": "Ricevuta del recesso per il solo kit, ordine",
    "en": "Receipt of the withdrawal for the kit alone, order",
}


@pytest.mark.parametrize("language", some(LANGUAGES, 1))
async def test_a_kit_with_hardware_has_its_own_days_and_comes_back(
    seed: Seed,
    talk: Talk,
    services: Services,
    database: Database,
    clock: FrozenClock,
    restart: Restart,
    push: Push,
    language: str,
) -> None:
    chat, order = await with_kit(seed, talk, services, language)
    # 1. While the days of the order run, all of it is withdrawn from, and the kit comes back.
    await opened(chat, order)
    assert UNKNOWN_DAY[language] in screen(chat)
    await chat.tap(OPEN[language])
    await chat.tap(NEXT[language])
    assert COMES_BACK[language] in screen(chat)
    # 2. It is delivered on Friday 4 December; when the order's days are over the kit's still run.
    clock.advance(timedelta(days=17))
    await KitDeliveries(database, services.surroundings).register(order.number, date(2026, 12, 4))
    await opened(chat, order)
    for words in PAGE[language]:
        assert words in screen(chat)
    await chat.send("/recesso")
    assert ANSWER[language] in screen(chat)
    # 3. Two steps, a restart between them, and quick taps.
    await to_second_by_page(chat, order, language)
    for words in SECOND[language]:
        assert words in screen(chat)
    restart(chat)
    await chat.tap_together([CONFIRM[language]] * 3)
    (row,) = await statements(database)
    assert (row.became, row.due_back) == ("completed", 6893)
    assert row.number in screen(chat)
    await push()
    shown = chat.text.replace("\u00a0", " ")
    assert TITLE[language] in shown
    assert row.words in shown, "the receipt comes as a message, which stays"
    # 4. The order stays complete; its page says so and has the receipt.
    await opened(chat, order)
    assert DONE[language] in screen(chat)
    assert not chat.has(OPEN[language])
    await chat.tap(RECEIPT[language])
    assert screen(chat) == shown
    assert (await services.orders.show(Actor(chat.id, language), order.number)).status == "completed"


@pytest.mark.soak
@pytest.mark.parametrize("language", some(LANGUAGES, 1))
async def test_a_kit_that_came_on_the_day_of_its_order_is_promised_no_days_after_those_of_the_order(
    seed: Seed, talk: Talk, services: Services, database: Database, language: str
) -> None:
    chat, order = await with_kit(seed, talk, services, language)
    await KitDeliveries(database, services.surroundings).register(order.number, date(2026, 11, 23))
    await opened(chat, order)
    assert TOGETHER[language] in screen(chat)


async def to_second_by_page(chat: Chat, order: Order, language: str) -> None:
    await opened(chat, order)
    await chat.tap(OPEN[language])
    for words in FIRST[language]:
        assert words in screen(chat)
    await chat.tap(NEXT[language])


@pytest.mark.soak
@pytest.mark.parametrize("language", some(LANGUAGES, 1))
async def test_until_its_delivery_is_known_a_kit_can_go_back_and_two_chats_see_one_receipt(
    seed: Seed, talk: Talk, services: Services, database: Database, clock: FrozenClock, language: str
) -> None:
    first, order = await with_kit(seed, talk, services, language)
    second = await talk("rossi", language=language)
    clock.advance(timedelta(days=40))
    await opened(first, order)
    assert {
        "it": "Recesso dal kit: fino a 14 giorni dalla consegna",
        "en": "until 14 days after its delivery",
    }[language] in screen(first)
    await to_second(first, order, language)
    await to_second(second, order, language)
    await first.tap(CONFIRM[language])
    await second.tap(CONFIRM[language])
    (row,) = await statements(database)
    assert row.chat_id == first.id
    assert row.number in screen(first)
    assert row.number in screen(second)


@pytest.mark.soak
async def test_the_step_that_was_left_open_says_that_the_days_of_the_kit_are_over(
    seed: Seed,
    talk: Talk,
    services: Services,
    database: Database,
    clock: FrozenClock,
) -> None:
    chat, order = await with_kit(seed, talk, services, "it")
    clock.advance(timedelta(days=17))
    await KitDeliveries(database, services.surroundings).register(order.number, date(2026, 12, 4))
    await to_second(chat, order)
    clock.advance(timedelta(days=9))
    await chat.tap(CONFIRM["it"])
    assert await statements(database) == []
    assert "Il termine per recedere è finito" in screen(chat)
