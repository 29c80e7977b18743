"""A mailbox that the operator's complete file does not name any more, as its customer meets it (decision 034)."""

from array import array
from collections.abc import Awaitable, Callable
from datetime import UTC

import pytest

from bot.db.engine import Database
from bot.services.actor import Actor
from bot.services.importing.measures import Measures
from bot.services.importing.vanished import mark_gone
from bot.services.services import Services
from bot.services.surroundings import Surroundings
from tests.support.ordering import chosen, place
from tests.support.pushing import Push
from tests.support.reminding import reminders, tap_first
from tests.support.running_bot import Talk
from tests.support.seed import Seed

Vanish = Callable[[int], Awaitable[None]]
BOTH = pytest.mark.parametrize("language", ["it", "en"])
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
LEFT = {
    "it": "La casella rossi1@pec.example non risulta più tra quelle gestite qui: non fa più parte di questo rinnovo. "
    "Le altre scelte restano.",
    "en": "The mailbox rossi1@pec.example is no longer among those managed here: it is no longer part of this renewal. "
    "Your other choices are kept.",
}


@pytest.fixture
def vanish(database: Database, surroundings: Surroundings) -> Vanish:
    """A complete file comes without this mailbox, and the operator agrees."""

    async def go(mailbox_id: int) -> None:
        measures = Measures(surroundings.catalogue, surroundings.now(), surroundings.today(), UTC)
        assert await mark_gone(database, measures, array("q", [mailbox_id]), "mailboxes.csv") == 1

    return go


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
