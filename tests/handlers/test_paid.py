"""*Ho pagato*: a pinned card in the place of the routine reminders of an order (DOMAIN.md 6)."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from telegram.error import TimedOut

from bot.app import build_services
from bot.db.engine import Database
from bot.handlers.buttons import SayPaid, TakePaidBack
from bot.playground.errors import bad_request
from bot.playground.files import Upload
from bot.services.actor import Actor
from bot.services.orders.rows import Order
from bot.services.payments.ledger import PaymentKind, PaymentReport
from bot.services.sending.notifier.sending_bot import SendingBot
from bot.services.services import Services
from bot.services.surroundings import Surroundings
from tests.support.chat import Chat, labels_of
from tests.support.clock import FrozenClock
from tests.support.long_runs import long
from tests.support.ordering import chosen, labels, place, screen
from tests.support.pushing import Push
from tests.support.reminding import Restart, plain, reminders
from tests.support.running_bot import Talk
from tests.support.seed import Seed
from tests.support.till import EVERYBODY

SAY = {"it": "Ho pagato", "en": "I have paid"}
TAKE_BACK = {"it": "Non ho ancora pagato", "en": "I have not paid yet"}


async def ordered(
    seed: Seed,
    talk: Talk,
    services: Services,
    *,
    language: str = "it",
    method: str = "bank_transfer",
    expires_in: int = 30,
) -> tuple[Chat, Order]:
    """A chat with one open order of 36,48 €, placed on Monday 23 November 2026 in the morning."""
    mailbox = await seed.mailbox("rossi", plan="pro", expires_in=expires_in)
    chat = await talk("rossi", language=language)
    actor = Actor(chat.id, language)
    return chat, await place(services, actor, await chosen(services, actor, [mailbox], method=method))


async def opened(chat: Chat, order: Order) -> None:
    """The page of the order, from the list."""
    await chat.send("/ordini")
    await chat.tap(order.number)


async def pays(services: Services, order: Order, cents: int = 3648) -> None:
    """The operator registers a payment."""
    now = services.surroundings.now()
    await services.payments.register(
        PaymentReport(PaymentKind.REGISTERED, "bank-1", order.number, cents, "EUR", "bank_transfer", now)
    )


def pinned(chat: Chat) -> str | None:
    """What stands pinned in a chat."""
    number = chat.world.chat(chat.id).pinned
    return None if number is None else plain(chat.world.chat(chat.id).messages[number].text)


async def days_on(clock: FrozenClock, services: Services, remind: Push, days: int) -> list[tuple[int, int]]:
    """Let days pass; of each on which something came, its number, and how many messages."""
    heard = []
    for day in range(1, days + 1):
        clock.advance(timedelta(days=1))
        await services.promises.run()
        if count := await remind():
            heard.append((day, count))
    return heard


CARD = {
    "it": [
        "Pagamento atteso entro martedì 24 novembre 2026",
        "36,48 € con bonifico bancario.",
        "arrivano solo i promemoria degli ultimi giorni, da 3 prima della scadenza",
        "Se non arriva nulla, un messaggio lo dice il 25/11/2026.",
    ],
    "en": [
        "Payment expected by Tuesday 24 November 2026",
        "€36.48 by bank transfer.",
        "only the reminders of the last days come, from 3 days before the expiry date",
        "If nothing arrives, a message says so on 25 Nov 2026.",
    ],
}


@pytest.mark.parametrize("language", ["it", *long("en")])
async def test_from_the_page_of_the_order_a_card_is_pinned_that_says_until_when(
    seed: Seed, talk: Talk, services: Services, language: str
) -> None:
    chat, order = await ordered(seed, talk, services, language=language)
    await opened(chat, order)
    page = chat.screen
    await chat.tap(SAY[language])

    said = pinned(chat)
    assert said is not None
    for words in CARD[language]:
        assert words in said
    assert order.number in said
    expected = {"it": "Pagamento atteso entro martedì 24", "en": "Payment expected by Tuesday 24"}
    assert expected[language] in plain(page.text), "the page of the order says it too"
    assert SAY[language] not in labels_of(page)
    assert TAKE_BACK[language] in labels_of(page)


@pytest.mark.soak
@pytest.mark.parametrize("language", ["it", *long("en")])
async def test_from_a_reminder_too(
    seed: Seed, talk: Talk, services: Services, clock: FrozenClock, remind: Push, language: str
) -> None:
    chat, _ = await ordered(seed, talk, services, expires_in=15, language=language)
    clock.advance(timedelta(days=8))
    await remind()
    (reminder,) = reminders(chat)
    buttons = reminder.labels
    await chat.tap(SAY[language])
    assert pinned(chat) is not None
    assert reminder.labels == buttons, "the reminder keeps its buttons"
    clock.advance(timedelta(seconds=5))
    await chat.tap(SAY[language], on=reminder)
    assert chat.toast in {"Pagamento atteso entro il 02/12/2026.", "Payment expected by 2 Dec 2026."}


async def test_two_quick_taps_pin_one_card(seed: Seed, talk: Talk, services: Services) -> None:
    chat, order = await ordered(seed, talk, services)
    await opened(chat, order)
    await chat.tap_together(["Ho pagato", "Ho pagato"])
    assert sum(text.startswith("🕓") for text in chat.texts) == 1


@pytest.mark.soak
async def test_routine_reminders_are_silent_and_one_working_day_later_it_is_said_that_nothing_arrived(
    seed: Seed, talk: Talk, services: Services, clock: FrozenClock, remind: Push
) -> None:
    chat, order = await ordered(seed, talk, services, method="slip_ordinary", expires_in=20)
    await remind()
    await opened(chat, order)
    await chat.tap("Ho pagato")
    assert "mercoledì 2 dicembre 2026" in str(pinned(chat))

    # The step of 15 days falls on the 28th, that of 7 days on 6 December, a Sunday.
    heard = await days_on(clock, services, remind, 9)
    assert heard == []
    heard = await days_on(clock, services, remind, 1)
    assert heard == [(1, 2)], "on 3 December the message, and the card in its last words"
    assert f"Ordine {order.number}: il pagamento non è arrivato" in plain(chat.text)
    assert "Era atteso entro il 02/12/2026." in plain(chat.text)
    assert labels(chat)[:2] == ["Copia nome", "Copia conto"]
    assert chat.has("Ho pagato")
    assert pinned(chat) is None
    assert await days_on(clock, services, remind, 2) == []
    assert await days_on(clock, services, remind, 5) == [(1, 1), (5, 1)], "and the ladder goes on"


@pytest.mark.parametrize("days", [2, *long(6)])
async def test_the_steps_of_the_last_days_come_all_the_same(
    seed: Seed, talk: Talk, services: Services, clock: FrozenClock, remind: Push, days: int
) -> None:
    chat, order = await ordered(seed, talk, services, method="slip_ordinary", expires_in=5)
    await remind()
    await opened(chat, order)
    await chat.tap("Ho pagato")
    assert "Arriva dopo la scadenza" in str(pinned(chat))
    told = [(2, 1), (4, 1), (5, 1)]
    assert await days_on(clock, services, remind, days) == [each for each in told if each[0] <= days]
    assert pinned(chat) is not None


async def test_a_reminder_that_waits_to_be_sent_does_not_come_after_it(
    seed: Seed, talk: Talk, services: Services, clock: FrozenClock, push: Push
) -> None:
    chat, order = await ordered(seed, talk, services, expires_in=15)
    clock.advance(timedelta(days=8))
    await services.reminders.run()
    await opened(chat, order)
    await chat.tap("Ho pagato")
    assert await push() == 0
    assert reminders(chat) == []


async def test_the_card_comes_down_when_the_renewal_is_complete(
    seed: Seed, talk: Talk, services: Services, push: Push, restart: Restart
) -> None:
    chat, order = await ordered(seed, talk, services)
    await opened(chat, order)
    await chat.tap("Ho pagato")
    card = chat.screen
    restart(chat)
    await pays(services, order)
    await push()
    assert pinned(chat) is None
    assert card.text == f"🧾 Ordine {order.number}: un pagamento è stato registrato."
    assert not card.buttons
    assert any("Rinnovo completato" in text for text in chat.texts)


@pytest.mark.soak
async def test_a_part_of_it_ends_the_wait_and_what_is_missing_is_reminded_of(
    seed: Seed, talk: Talk, services: Services, push: Push
) -> None:
    chat, order = await ordered(seed, talk, services)
    await opened(chat, order)
    await chat.tap("Ho pagato")
    await pays(services, order, 1000)
    await push()
    assert pinned(chat) is None
    await opened(chat, order)
    assert chat.has("Ho pagato"), "of the rest it may be said too"


@pytest.mark.parametrize("language", ["it", *long("en")])
async def test_it_is_taken_back_on_the_card_and_the_ladder_is_as_before(
    seed: Seed,
    talk: Talk,
    services: Services,
    clock: FrozenClock,
    remind: Push,
    push: Push,
    language: str,
) -> None:
    chat, order = await ordered(
        seed, talk, services, method="slip_ordinary", expires_in=20, language=language
    )
    await remind()
    await opened(chat, order)
    await chat.tap(SAY[language])
    clock.advance(timedelta(days=6))  # the step of 15 days has passed
    assert await remind() == 0
    await chat.tap(TAKE_BACK[language])
    assert chat.toast is not None
    await push()
    assert pinned(chat) is None
    assert await remind() == 1


@pytest.mark.soak
async def test_it_is_taken_back_on_the_page_of_the_order(
    seed: Seed, talk: Talk, services: Services, push: Push
) -> None:
    chat, order = await ordered(seed, talk, services)
    await opened(chat, order)
    await chat.tap("Ho pagato")
    await opened(chat, order)
    await chat.tap("Non ho ancora pagato")
    assert "Pagamento atteso" not in screen(chat)
    assert chat.has("Ho pagato")
    await push()
    assert pinned(chat) is None


@pytest.mark.soak
async def test_a_cancelled_order_waits_for_nothing(
    seed: Seed, talk: Talk, services: Services, push: Push
) -> None:
    chat, order = await ordered(seed, talk, services)
    await opened(chat, order)
    await chat.tap("Ho pagato")
    await services.orders.cancel(Actor(chat.id, "it"), order.number)
    await push()
    assert pinned(chat) is None
    await chat.press(SayPaid(number=order.number).pack())
    assert chat.toast == "L'ordine non è più in attesa di pagamento."


@pytest.mark.soak
async def test_another_method_ends_the_wait_for_the_first(
    seed: Seed, talk: Talk, services: Services, push: Push
) -> None:
    chat, order = await ordered(seed, talk, services)
    await opened(chat, order)
    await chat.tap("Ho pagato")
    actor = Actor(chat.id, "it")
    card = (await services.other_methods.offered(actor, order.number)).change_to("card")
    await services.other_methods.choose(actor, order.number, "card", card.seal, screen="", button_label="")
    await push()
    assert pinned(chat) is None


async def test_what_is_registered_at_once_is_not_waited_for(
    seed: Seed, talk: Talk, services: Services
) -> None:
    chat, order = await ordered(seed, talk, services, method="card")
    await opened(chat, order)
    assert not chat.has("Ho pagato")
    await chat.press(SayPaid(number=order.number).pack())
    assert chat.toast is not None
    assert "viene registrato subito" in chat.toast
    assert pinned(chat) is None


async def test_the_other_chats_hear_that_nobody_is_to_pay_again_and_strangers_nothing(
    seed: Seed, talk: Talk, services: Services, push: Push
) -> None:
    chat, order = await ordered(seed, talk, services)
    other = await talk("rossi")
    await seed.mailbox("verdi")
    stranger = await talk("verdi")
    await push()
    await opened(chat, order)
    await chat.tap("Ho pagato")
    assert await push() == 1
    assert "Da un'altra chat collegata è stato detto" in other.text
    assert pinned(other) is None
    for data in (SayPaid(number=order.number), TakePaidBack(number=order.number)):
        await stranger.press(data.pack(), on=stranger.newest)
        assert stranger.toast is not None
    assert pinned(chat) is not None


async def test_two_workers_say_once_that_nothing_arrived(
    seed: Seed,
    talk: Talk,
    services: Services,
    clock: FrozenClock,
    push: Push,
    database: Database,
    surroundings: Surroundings,
) -> None:
    chat, order = await ordered(seed, talk, services)
    await opened(chat, order)
    await chat.tap("Ho pagato")
    clock.advance(timedelta(days=2))
    other = build_services(database, surroundings, EVERYBODY)
    await asyncio.gather(services.promises.run(), other.promises.run())
    await push()
    assert sum("non è arrivato" in text for text in chat.texts) == 1
    await asyncio.gather(services.promises.run(), other.promises.run())
    assert await push() == 0


@pytest.mark.soak
async def test_a_card_that_telegram_lost_does_no_harm(
    seed: Seed, talk: Talk, services: Services, push: Push
) -> None:
    chat, order = await ordered(seed, talk, services)
    await opened(chat, order)
    await chat.tap("Ho pagato")
    card = chat.screen
    del chat.world.chat(chat.id).messages[card.message_id]
    await pays(services, order)
    assert await push() == 2


@pytest.mark.soak
async def test_a_card_that_telegram_does_not_unpin_says_how_it_ended_all_the_same(
    seed: Seed, talk: Talk, services: Services, push: Push, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat, order = await ordered(seed, talk, services)
    await opened(chat, order)
    await chat.tap("Ho pagato")
    card, answered = chat.screen, chat.world.call

    async def refusing(
        method: str, params: Mapping[str, str], files: Mapping[str, Upload] | None = None
    ) -> Any:
        if method == "unpinChatMessage":
            raise bad_request("message to unpin not found")
        return await answered(method, params, files)

    monkeypatch.setattr(chat.world, "call", refusing)
    await pays(services, order)
    await push()
    assert card.text == f"🧾 Ordine {order.number}: un pagamento è stato registrato."
    assert not card.buttons


@pytest.mark.soak
async def test_a_card_says_how_it_ended_although_the_answer_to_unpinning_it_was_lost(
    seed: Seed,
    talk: Talk,
    services: Services,
    push: Push,
    clock: FrozenClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It said for ever that the payment was awaited: the message was noted as one that may have arrived."""
    chat, order = await ordered(seed, talk, services)
    await opened(chat, order)
    await chat.tap("Ho pagato")
    card, unpin, lost = chat.screen, SendingBot.unpin_chat_message, [1]

    async def losing(*given: Any, **named: Any) -> bool:
        done = await unpin(*given, **named)
        if lost:
            lost.pop()
            raise TimedOut
        return done

    monkeypatch.setattr(SendingBot, "unpin_chat_message", losing)
    await pays(services, order)
    await push()
    clock.advance(timedelta(minutes=1))
    await push()
    assert card.text == f"🧾 Ordine {order.number}: un pagamento è stato registrato."
    assert not card.buttons


@pytest.mark.soak
@pytest.mark.parametrize("language", ["it", *long("en")])
async def test_a_card_that_is_pinned_anew_in_another_chat_leaves_true_words_in_the_first(
    seed: Seed, talk: Talk, services: Services, push: Push, language: str
) -> None:
    chat, order = await ordered(seed, talk, services, language=language)
    other = await talk("rossi", language=language)
    await push()
    await opened(chat, order)
    await chat.tap(SAY[language])
    card = chat.screen
    await other.press(SayPaid(number=order.number).pack(), on=other.newest)
    await push()
    assert pinned(chat) is None
    assert pinned(other) is not None
    still = {"it": "il pagamento è ancora atteso", "en": "the payment is still expected"}
    assert still[language] in card.text


@pytest.mark.soak
@pytest.mark.parametrize("language", ["it", *long("en")])
async def test_home_asks_nobody_to_pay_again_and_names_what_is_still_to_be_paid_first(
    seed: Seed, talk: Talk, services: Services, language: str
) -> None:
    chat, order = await ordered(seed, talk, services, language=language)
    other = await talk("rossi", language=language)
    await opened(chat, order)
    await chat.tap(SAY[language])
    for each in (chat, other):
        await each.send("/start")
        said = {
            "it": f"Ordine {order.number}: pagamento di 36,48 € atteso entro il 24/11/2026",
            "en": f"Order {order.number}: payment of €36.48 expected by 24 Nov 2026",
        }
        assert said[language] in plain(each.text)

    mailbox = await seed.mailbox("rossi", plan="pro", expires_in=40)
    actor = Actor(chat.id, language)
    later = await place(services, actor, await chosen(services, actor, [mailbox], method="bank_transfer"))
    await chat.send("/start")
    assert order.number not in plain(chat.text)
    assert later.number in plain(chat.text)


@pytest.mark.soak
@pytest.mark.parametrize("language", ["it", *long("en")])
async def test_the_card_of_the_mailbox_says_that_only_the_last_reminders_come_meanwhile(
    seed: Seed, talk: Talk, services: Services, language: str
) -> None:
    chat, order = await ordered(seed, talk, services, language=language)
    all_of_them = {"it": "Promemoria: tutti", "en": "Reminders: all"}
    last = {"it": "Promemoria: solo gli ultimi", "en": "Reminders: only the last ones"}
    await chat.send("/caselle")
    assert all_of_them[language] in plain(chat.text)
    await opened(chat, order)
    await chat.tap(SAY[language])
    await chat.send("/caselle")
    assert last[language] in plain(chat.text)
    await chat.press(TakePaidBack(number=order.number).pack())
    await chat.send("/caselle")
    assert all_of_them[language] in plain(chat.text)


@pytest.mark.soak
@pytest.mark.parametrize("language", ["it", *long("en")])
async def test_taken_back_on_the_card_the_open_page_asks_to_be_paid_again(
    seed: Seed, talk: Talk, services: Services, language: str
) -> None:
    chat, order = await ordered(seed, talk, services, language=language)
    await opened(chat, order)
    number = chat.screen.message_id
    await chat.tap(SAY[language])
    card = chat.world.chat(chat.id).pinned
    assert card is not None
    await chat.tap(TAKE_BACK[language], on=chat.world.chat(chat.id).messages[card])

    page = chat.world.chat(chat.id).messages[number]
    assert SAY[language] in labels_of(page)
    assert TAKE_BACK[language] not in labels_of(page)
    expected = {"it": "Pagamento atteso", "en": "Payment expected"}
    assert expected[language] not in plain(page.text)
