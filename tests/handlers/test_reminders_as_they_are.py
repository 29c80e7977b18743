"""*Tutte per 1 anno · 109,44 €* on a reminder of several mailboxes: what it names, and nothing else (023)."""

from datetime import timedelta

import pytest

from bot.db.engine import Database
from bot.domain.reminders import MuteLevel
from bot.services.actor import Actor
from bot.services.services import Services
from tests.support.clock import FrozenClock
from tests.support.long_runs import long
from tests.support.ordering import ACCEPT, chosen, order_of, place
from tests.support.pushing import Push
from tests.support.reminding import CHOICES, LATER, RENEW, labels_plain, plain, reminders, tap_first
from tests.support.renewing import draft_of
from tests.support.running_bot import Talk
from tests.support.seed import Seed
from tests.support.windows import state_of

LANGUAGES = ["it", *long("en")]
TRANSFER = {"it": "Bonifico bancario", "en": "Bank transfer"}
ORDER = {"it": "Ordine con obbligo di pagare", "en": "Order with obligation to pay"}


@pytest.mark.parametrize("language", LANGUAGES)
async def test_all_of_one_holder_are_renewed_by_one_button(
    talk: Talk, seed: Seed, services: Services, database: Database, remind: Push, language: str
) -> None:
    for _ in range(3):
        await seed.mailbox("rossi", plan="pro", expires_in=15)
    chat = await talk("rossi", language=language)
    await remind()
    assert labels_plain(reminders(chat)[0])[:3] == [
        {"it": "Tutte per 1 anno · 109,44 €", "en": "All for 1 year · €109.44"}[language],
        CHOICES[language],
        LATER[language],
    ]
    await tap_first(chat)
    assert await state_of(database, chat.screen) == "RenewalStates:payment"
    draft = await draft_of(chat, services)
    assert ([item.mailbox_id for item in draft.items], draft.years) == ([1, 2, 3], 1)
    await chat.tap(TRANSFER[language])
    for label in [*ACCEPT[language], ORDER[language]]:
        await chat.tap(label)
    assert (await order_of(services, chat)).quote.due == 10944


async def test_one_that_was_renewed_since_is_said_and_the_rest_is_asked(
    talk: Talk, seed: Seed, services: Services, database: Database, remind: Push
) -> None:
    for _ in range(3):
        await seed.mailbox("rossi", plan="pro", expires_in=15)
    chat = await talk("rossi")
    await remind()
    actor = Actor(chat.id, "it")
    await place(services, actor, await chosen(services, actor, [2]))
    await tap_first(chat, reminders(chat)[0])
    assert await state_of(database, chat.screen) == "RenewalStates:offer"
    said = plain(chat.texts[-2])
    assert "109,44 €" in said
    assert "72,96 €" in said
    assert (await draft_of(chat, services)).years is None


async def test_what_the_message_does_not_name_is_not_in_its_amount(
    talk: Talk, seed: Seed, remind: Push, clock: FrozenClock
) -> None:
    await seed.mailbox("rossi", plan="pro", expires_in=15)
    chat = await talk("rossi")
    await remind()
    clock.advance(timedelta(days=1))
    for _ in range(2):
        await seed.mailbox("rossi", plan="pro", expires_in=30)
    await remind()
    newest = reminders(chat)[-1]
    assert "rossi1@pec.example" not in newest.text
    assert labels_plain(newest)[0] == RENEW["it"], (
        "it renews all that expire by then, which the message does not name"
    )


async def test_one_that_is_muted_here_is_not_among_all(
    talk: Talk, seed: Seed, services: Services, remind: Push
) -> None:
    boxes = [await seed.mailbox("rossi", plan="pro", expires_in=15) for _ in range(3)]
    chat = await talk("rossi")
    await services.wishes.mute(Actor(chat.id, "it"), boxes[1], MuteLevel.MOST)
    await remind()
    assert labels_plain(reminders(chat)[0])[0] == "Tutte per 1 anno · 72,96 €"
    await tap_first(chat)
    assert [item.mailbox_id for item in (await draft_of(chat, services)).items] == [boxes[0], boxes[2]]
