"""A mailbox that the operator's complete file does not name any more, as its customer meets it (decision 034)."""

from datetime import timedelta

import pytest

from bot.playground.messages import Message
from bot.services.actor import Actor
from bot.services.services import Services
from tests.handlers.conftest import Vanish
from tests.support.chat import Chat, labels_of
from tests.support.clock import FrozenClock
from tests.support.long_runs import long
from tests.support.ordering import chosen, place
from tests.support.pushing import Push
from tests.support.reminding import reminders, tap_first
from tests.support.running_bot import Talk
from tests.support.seed import Seed

BOTH = pytest.mark.parametrize("language", ["it", *long("en")])
REASON = {
    "it": "Non risulta più tra le caselle gestite qui",
    "en": "It is no longer among the mailboxes managed here",
}
WAY_OUT = {"it": "Se è un errore", "en": "If this is a mistake"}
NO_LONGER_TO_BE_PAID = {"it": "non più da pagare", "en": "no longer to be paid"}
NOT_TO_BE_PAID = {
    "it": "Quest'ordine non va pagato: rossi1@pec.example non risulta più tra le caselle gestite qui, e il pagamento "
    "non porterebbe al rinnovo. Per rinnovare le altre caselle, annulla quest'ordine e fanne uno nuovo.",
    "en": "Do not pay this order: rossi1@pec.example is no longer among the mailboxes managed here, and the payment "
    "would not lead to a renewal. To renew the other mailboxes, cancel this order and place a new one.",
}
SEE_ORDER = {"it": "Vedi l'ordine", "en": "View the order"}
NOT_ARRIVED = {"it": "il pagamento non è arrivato", "en": "the payment has not arrived"}
LEFT = {
    "it": "La casella rossi1@pec.example non risulta più tra quelle gestite qui: non fa più parte di questo rinnovo. "
    "Le altre scelte restano.",
    "en": "The mailbox rossi1@pec.example is no longer among those managed here: it is no longer part of this renewal. "
    "Your other choices are kept.",
}


@BOTH
async def test_an_old_reminder_says_why_it_cannot_be_renewed_and_whom_to_ask(
    talk: Talk, seed: Seed, remind: Push, vanish: Vanish, language: str
) -> None:
    box = await seed.mailbox("rossi", plan="pro", expires_in=30)
    chat = await talk("rossi", language=language)
    await remind()
    assert len(reminders(chat)) == 1
    await vanish(box)
    await tap_first(chat)
    assert REASON[language] in chat.text
    assert WAY_OUT[language] in chat.text
    assert "assistenza@posta.example" in chat.text


@BOTH
async def test_what_was_planned_does_not_leave(
    talk: Talk, seed: Seed, services: Services, remind: Push, vanish: Vanish, language: str
) -> None:
    box = await seed.mailbox("rossi", plan="pro", expires_in=30)
    chat = await talk("rossi", language=language)
    assert await services.reminders.run() == 1
    await vanish(box)
    await remind()
    assert reminders(chat) == []


@BOTH
async def test_the_card_says_so_and_offers_nothing(
    talk: Talk, seed: Seed, vanish: Vanish, language: str
) -> None:
    box = await seed.mailbox("rossi", plan="pro", expires_in=30)
    chat = await talk("rossi", language=language)
    await vanish(box)
    await chat.send("/mailboxes")
    assert REASON[language] in chat.text
    assert WAY_OUT[language] in chat.text
    labels = " ".join(chat.buttons)
    for word in ("Rinnova", "Renew", "Non rinnovo", "Don't renew", "Promemoria", "Reminders", "automatic"):
        assert word not in labels


async def test_where_no_reminder_comes_nobody_else_is_said_to_get_one(
    talk: Talk, seed: Seed, vanish: Vanish
) -> None:
    box = await seed.mailbox("rossi", plan="pro", expires_in=30)
    chat = await talk("rossi")
    await talk("rossi")
    await chat.send("/caselle")
    assert "Messaggi anche a" in chat.text
    await vanish(box)
    await chat.send("/caselle")
    assert "Messaggi anche a" not in chat.text


async def test_a_charge_that_may_still_come_can_be_stopped(talk: Talk, seed: Seed, vanish: Vanish) -> None:
    box = await seed.mailbox("rossi", plan="pro", expires_in=60, auto_renew=True)
    chat = await talk("rossi")
    await vanish(box)
    await chat.send("/mailboxes")
    await chat.tap(next(label for label in chat.buttons if "automatico" in label))
    assert "i promemoria" not in chat.text, "none come of it"
    await chat.tap("Disattiva")
    await chat.send("/mailboxes")
    assert not any("automatico" in label for label in chat.buttons)


async def test_the_list_to_renew_does_not_have_it(talk: Talk, seed: Seed, vanish: Vanish) -> None:
    gone = await seed.mailbox("rossi", plan="pro", expires_in=10)
    for _ in range(2):
        await seed.mailbox("rossi", plan="pro", expires_in=30)
    chat = await talk("rossi")
    await vanish(gone)
    await chat.send("/rinnova")
    assert "rossi2@pec.example" in chat.text + " ".join(chat.buttons)
    assert "rossi1" not in chat.text + " ".join(chat.buttons)


@BOTH
async def test_an_order_with_it_asks_for_no_payment_any_more(
    talk: Talk, seed: Seed, services: Services, remind: Push, vanish: Vanish, language: str
) -> None:
    boxes = [await seed.mailbox("rossi", plan="pro", expires_in=days) for days in (30, 40)]
    chat = await talk("rossi", language=language)
    actor = Actor(chat.id, language)
    order = await place(services, actor, await chosen(services, actor, boxes))
    await remind()
    reminder = reminders(chat)[-1]
    await chat.send("/orders")
    await chat.tap(next(label for label in chat.buttons if order.number in label))
    assert "IBAN" in chat.text
    await vanish(boxes[0])

    await chat.send("/orders")
    assert NO_LONGER_TO_BE_PAID[language] in chat.text
    await chat.tap(next(label for label in chat.buttons if order.number in label))
    assert NOT_TO_BE_PAID[language] in chat.text
    assert WAY_OUT[language] in chat.text
    assert "IBAN" not in chat.text
    assert not any(
        word in label for label in chat.buttons for word in ("QR", "pagato", "paid", "modalità", "method")
    )
    await chat.tap("QR", on=reminder)
    assert "IBAN" not in chat.text
    await chat.send("/start")
    assert order.number not in chat.text, "nothing waits to be paid"

    await chat.send("/orders")
    await chat.tap(next(label for label in chat.buttons if order.number in label))
    await chat.tap("Annulla ordine" if language == "it" else "Cancel order")
    await chat.tap("Annulla definitivamente" if language == "it" else "Cancel for good")
    assert (await services.orders.show(actor, order.number)).cancelled_at is not None


def newest(chat: Chat) -> Message:
    """The newest message of the bot's in a chat."""
    return [message for message in chat.world.messages(chat.id) if message.sender == chat.world.bot][-1]


@pytest.mark.soak
@BOTH
async def test_what_is_told_of_an_order_with_it_asks_for_no_payment_either(
    talk: Talk,
    seed: Seed,
    services: Services,
    remind: Push,
    push: Push,
    clock: FrozenClock,
    vanish: Vanish,
    language: str,
) -> None:
    boxes = [await seed.mailbox("rossi", plan="pro", expires_in=30) for _ in range(2)]
    chat = await talk("rossi", language=language)
    actor = Actor(chat.id, language)
    order = await place(services, actor, await chosen(services, actor, boxes, method="bank_transfer"))
    await services.promises.say_paid(actor, order.number)
    await vanish(boxes[0])

    async def says_not_to_pay() -> None:
        told = newest(chat)
        assert NOT_TO_BE_PAID[language] in told.text
        assert WAY_OUT[language] in told.text
        assert "IBAN" not in told.text
        assert labels_of(told)[0] == SEE_ORDER[language]
        assert not any(button.copy_text or button.url for button in told.buttons)
        await chat.tap(SEE_ORDER[language], on=told)
        assert order.number in chat.text
        assert NOT_TO_BE_PAID[language] in chat.text

    # 1. What was said to be paid has not arrived.
    clock.advance(timedelta(days=14))
    await services.promises.run()
    assert await push() == 1
    assert NOT_ARRIVED[language] in newest(chat).text
    await says_not_to_pay()

    # 2. The mailbox that is left expires, and cannot be renewed beside that order.
    clock.advance(timedelta(days=15))
    assert await remind() == 1
    assert "rossi2@pec.example" in reminders(chat)[-1].text
    assert order.number in reminders(chat)[-1].text
    await says_not_to_pay()
    await chat.send("/renew")
    await chat.tap("rossi2")
    assert NOT_TO_BE_PAID[language] in chat.text
    await chat.tap("Apri l'ordine" if language == "it" else "Open order")
    assert NOT_TO_BE_PAID[language] in chat.text

    # 3. It is soon too late for the order, and then it is.
    clock.advance(order.payable_until - timedelta(days=3) - services.surroundings.today())
    await services.expiring.run()
    assert await push() == 1
    assert f"{order.number}: {NO_LONGER_TO_BE_PAID[language]}" in newest(chat).text
    await says_not_to_pay()
    clock.advance(timedelta(days=4))
    await services.expiring.run()
    assert await push() == 1
    assert "rossi2@pec.example" in newest(chat).text
    assert "rossi1" not in newest(chat).text


@BOTH
async def test_it_leaves_the_renewal_of_others_with_a_sentence(
    talk: Talk, seed: Seed, services: Services, vanish: Vanish, language: str
) -> None:
    gone = await seed.mailbox("rossi", plan="pro", expires_in=10)
    stays = await seed.mailbox("rossi", plan="pro", expires_in=20)
    chat = await talk("rossi", language=language)
    actor = Actor(chat.id, language)
    await chosen(services, actor, [gone, stays], method="card", years=2)
    await vanish(gone)
    await chat.send("/start")
    await chat.tap({"it": "Riprendi il rinnovo", "en": "Resume the renewal"}[language])
    assert LEFT[language] in chat.texts
    resumed = await services.renewals.unfinished(actor)
    assert resumed is not None
    assert [box.id for box in resumed.mailboxes] == [stays]
