"""*Altre scelte* on a reminder: wherever the chat stands it opens that renewal and loses nothing (DOMAIN.md 6)."""

from datetime import timedelta

import pytest

from bot.db.engine import Database
from bot.domain.reminders import MuteLevel
from bot.domain.steps import Step
from bot.services.actor import Actor
from bot.services.services import Services
from tests.support.chat import Chat
from tests.support.clock import FrozenClock
from tests.support.long_runs import long, some
from tests.support.ordering import chosen, place
from tests.support.pushing import Push
from tests.support.reminding import CHOICES, plain, reminders, titles
from tests.support.renewing import draft_of, stand_at
from tests.support.running_bot import Talk
from tests.support.seed import Seed
from tests.support.till import Till
from tests.support.windows import state_of

LANGUAGES = ["it", *long("en")]
UNFINISHED = {
    "it": "C'è già un rinnovo lasciato a metà: altra@pec.example.",
    "en": "There is already an unfinished renewal: altra@pec.example.",
}
RESUME = {"it": "Riprendi il rinnovo", "en": "Resume the renewal"}
AFRESH = {"it": "Ricomincia da capo", "en": "Start again"}


async def reminded(talk: Talk, seed: Seed, remind: Push, language: str = "it") -> Chat:
    """A chat with a reminder about its first mailbox; the second is far from its expiry."""
    await seed.mailbox("rossi", plan="pro", expires_in=15)
    await seed.mailbox("rossi", address="altra@pec.example", plan="pro", expires_in=300)
    chat = await talk("rossi", language=language)
    await remind()
    return chat


async def renewed(chat: Chat, services: Services) -> list[int]:
    """The ids of the mailboxes in the renewal under way."""
    return [item.mailbox_id for item in (await draft_of(chat, services)).items]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_with_nothing_open_the_renewal_begins_at_the_first_step_needed(
    talk: Talk, seed: Seed, services: Services, database: Database, remind: Push, language: str
) -> None:
    chat = await reminded(talk, seed, remind, language)
    await chat.tap(CHOICES[language], on=reminders(chat)[0])
    assert await state_of(database, chat.screen) == "RenewalStates:offer"
    assert "rossi1@pec.example" in chat.text
    assert await renewed(chat, services) == [1]
    assert len(reminders(chat)[0].buttons) == 4, "the reminder keeps its buttons"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_during_the_same_renewal_it_goes_on_where_it_was(
    talk: Talk, seed: Seed, services: Services, database: Database, remind: Push, language: str
) -> None:
    chat = await reminded(talk, seed, remind, language)
    await stand_at(chat, services, 1, Step.PAYMENT, language=language)
    await chat.tap(CHOICES[language], on=reminders(chat)[0])
    assert await state_of(database, chat.screen) == "RenewalStates:payment"
    said = {"it": "Il rinnovo già iniziato riprende", "en": "The renewal already begun goes on"}
    assert said[language] in str(chat.toast)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_in_the_middle_of_another_renewal_it_asks_which_and_going_on_loses_nothing(
    talk: Talk, seed: Seed, services: Services, database: Database, remind: Push, language: str
) -> None:
    chat = await reminded(talk, seed, remind, language)
    await stand_at(chat, services, 2, Step.PAYMENT, language=language)
    await services.renewals.choose_years(Actor(chat.id, language), 1, 3)
    await chat.tap(CHOICES[language], on=reminders(chat)[0])
    assert UNFINISHED[language] in chat.text
    assert RESUME[language] in chat.buttons
    await chat.tap(RESUME[language])
    assert await state_of(database, chat.screen) == "RenewalStates:payment"
    assert await renewed(chat, services) == [2]
    assert (await draft_of(chat, services)).years == 3


@pytest.mark.soak
@pytest.mark.parametrize("language", LANGUAGES)
async def test_in_the_middle_of_another_renewal_starting_again_opens_the_reminders(
    talk: Talk, seed: Seed, services: Services, database: Database, remind: Push, language: str
) -> None:
    chat = await reminded(talk, seed, remind, language)
    await stand_at(chat, services, 2, Step.PAYMENT, language=language)
    await chat.tap(CHOICES[language], on=reminders(chat)[0])
    await chat.tap(chat.buttons[1])
    assert await state_of(database, chat.screen) == "RenewalStates:offer"
    assert await renewed(chat, services) == [1]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", some(["/settings", "/orders"], 1))
async def test_during_another_dialog_the_renewal_takes_its_place(
    talk: Talk, seed: Seed, services: Services, database: Database, remind: Push, language: str, command: str
) -> None:
    chat = await reminded(talk, seed, remind, language)
    await chat.send(command)
    window = chat.screen
    await chat.tap(CHOICES[language], on=reminders(chat)[0])
    assert await state_of(database, chat.screen) == "RenewalStates:offer"
    assert chat.screen.message_id > window.message_id, "in a message of its own"
    assert window.buttons == (), "the window before leads nowhere any more"
    assert await renewed(chat, services) == [1]


@pytest.mark.soak
@pytest.mark.parametrize("language", LANGUAGES)
async def test_after_the_renewal_was_paid_an_old_reminder_opens_the_next_one(
    talk: Talk,
    seed: Seed,
    services: Services,
    database: Database,
    remind: Push,
    till: Till,
    clock: FrozenClock,
    language: str,
) -> None:
    chat = await reminded(talk, seed, remind, language)
    actor = Actor(chat.id, language)
    order = await place(services, actor, await chosen(services, actor, [1]))
    await chat.tap(CHOICES[language], on=reminders(chat)[0])
    assert await state_of(database, chat.screen) == "RenewalStates:unavailable", "while it awaits payment"
    assert order.number in chat.text
    await till.receive(till.paid(order))
    clock.advance(timedelta(days=1))
    await chat.tap(CHOICES[language], on=reminders(chat)[0])
    assert await state_of(database, chat.screen) == "RenewalStates:offer"
    assert {"it": "8 dicembre 2027", "en": "8 December 2027"}[language] in chat.text or (
        {"it": "08/12/2027", "en": "8 Dec 2027"}[language] in chat.text
    ), "from the expiry date that it has by now"


# Several mailboxes


@pytest.mark.parametrize("language", LANGUAGES)
async def test_of_several_mailboxes_of_one_holder_it_opens_exactly_those(
    talk: Talk, seed: Seed, services: Services, remind: Push, language: str
) -> None:
    for number in range(3):
        await seed.mailbox("rossi", plan="pro", expires_in=15 - number // 2)
    await seed.mailbox("rossi", address="lontana@pec.example", expires_in=300)
    chat = await talk("rossi", language=language)
    assert await remind() == 1, "one message for all three"
    said = plain(chat.text)
    assert all(f"rossi{number}@pec.example" in said for number in (1, 2, 3))
    assert "lontana@" not in said
    assert titles(chat) == [
        {
            "it": "3 caselle PEC in scadenza, la prima tra 14 giorni",
            "en": "3 PEC mailboxes expire soon, the first in 14 days",
        }[language]
    ]
    assert [plain(label) for label in chat.buttons] == {
        "it": ["Tutte per 1 anno · 109,44 €", "Altre scelte", "Più tardi", "Scegli quali silenziare"],
        "en": ["All for 1 year · €109.44", "Other choices", "Later", "Choose which to mute"],
    }[language]
    await chat.tap(CHOICES[language])
    assert sorted(await renewed(chat, services)) == [1, 2, 3]


@pytest.mark.soak
async def test_of_several_mailboxes_in_the_middle_of_another_renewal_it_asks_which(
    talk: Talk, seed: Seed, services: Services, remind: Push
) -> None:
    await seed.mailbox("rossi", address="altra@pec.example", plan="pro", expires_in=300)
    for _ in range(2):
        await seed.mailbox("rossi", plan="pro", expires_in=15)
    chat = await talk("rossi")
    await remind()
    await stand_at(chat, services, 1, Step.PAYMENT)
    await chat.tap("Altre scelte", on=reminders(chat)[0])
    assert UNFINISHED["it"] in chat.text
    question = chat.screen
    await chat.tap("Riprendi il rinnovo")
    assert await renewed(chat, services) == [1]
    await chat.tap(AFRESH["it"], on=question)
    assert sorted(await renewed(chat, services)) == [2, 3]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_of_two_holders_each_has_a_button(
    talk: Talk, seed: Seed, services: Services, remind: Push, language: str
) -> None:
    for _ in range(2):
        await seed.mailbox("rossi", plan="pro", expires_in=15)
    await seed.mailbox("rossi", plan="pro", expires_in=15, kind="company")
    chat = await talk("rossi", language=language)
    assert await remind() == 1
    assert (
        chat.buttons[:2]
        == {
            "it": ["Rinnova: Maria Esempio (2)", "Rinnova: Esempio S.r.l. (1)"],
            "en": ["Renew: Maria Esempio (2)", "Renew: Esempio S.r.l. (1)"],
        }[language]
    )
    await chat.tap("Esempio S.r.l.")
    assert await renewed(chat, services) == [3]
    await chat.tap("Maria Esempio", on=reminders(chat)[0])
    await chat.tap(chat.buttons[1])
    assert sorted(await renewed(chat, services)) == [1, 2]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_button_about_several_opens_the_list_of_mailboxes(
    talk: Talk, seed: Seed, database: Database, remind: Push, language: str
) -> None:
    for _ in range(2):
        await seed.mailbox("rossi", plan="pro", expires_in=15)
    chat = await talk("rossi", language=language)
    await remind()
    await chat.tap({"it": "Scegli quali silenziare", "en": "Choose which to mute"}[language])
    assert chat.screen.message_id > reminders(chat)[0].message_id, "below the reminder"
    assert len(reminders(chat)[0].buttons) == 4, "which keeps its buttons"
    assert await state_of(database, chat.screen) == "SettingsStates:mailboxes"
    assert [label.split(" · ")[0] for label in chat.buttons[:2]] == [
        "rossi1@pec.example",
        "rossi2@pec.example",
    ]
    await chat.tap({"it": "Indietro", "en": "Back"}[language])
    assert await state_of(database, chat.screen) == "SettingsStates:menu"


async def test_the_button_about_several_says_how_to_get_in_where_nobody_is(
    talk: Talk, seed: Seed, database: Database, remind: Push
) -> None:
    for _ in range(2):
        await seed.mailbox("rossi", expires_in=15)
    chat = await talk("rossi")
    await remind()
    await chat.send("/unlink")
    await chat.tap("Scollega la chat")
    await chat.tap("Scegli quali", on=reminders(chat)[0])
    assert await state_of(database, chat.screen) == "SettingsStates:menu"
    assert "non è ancora collegata" in chat.text


async def test_of_several_it_does_not_choose_what_this_chat_has_muted(
    talk: Talk, seed: Seed, services: Services, remind: Push
) -> None:
    boxes = [await seed.mailbox("rossi", plan="pro", expires_in=15) for _ in range(3)]
    chat = await talk("rossi")
    await services.wishes.mute(Actor(chat.id, "it"), boxes[1], MuteLevel.MOST)
    await remind()
    await chat.tap("Altre scelte", on=reminders(chat)[0])
    assert await renewed(chat, services) == [boxes[0], boxes[2]]


async def test_of_several_of_one_holder_it_does_not_ask_for_whom_though_another_has_an_expired_one(
    talk: Talk, seed: Seed, services: Services, remind: Push, clock: FrozenClock
) -> None:
    await seed.mailbox("rossi", plan="pro", expires_in=-7, holder=seed.registrant("company"))
    chat = await talk("rossi")
    await remind()
    clock.advance(timedelta(days=1))
    boxes = [await seed.mailbox("rossi", plan="pro", expires_in=15) for _ in range(2)]
    assert await remind() == 1
    await chat.tap("Altre scelte", on=reminders(chat)[-1])
    assert await renewed(chat, services) == boxes
