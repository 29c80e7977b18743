"""Which steps of the ladder are wanted; the last ones are asked about once more (DOMAIN.md 6)."""

import pytest

from bot.db.engine import Database
from bot.services.actor import Actor
from bot.services.services import Services
from tests.dialogs.test_settings import with_widget
from tests.support.chat import Chat
from tests.support.clock import FrozenClock
from tests.support.long_runs import long, some
from tests.support.pushing import Push
from tests.support.reminding import told_on
from tests.support.running_bot import Talk
from tests.support.seed import Seed
from tests.support.windows import state_of

LANGUAGES = ["it", "en"]
NEXT = "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"
OPEN = {"it": "Promemoria", "en": "Reminders"}
BEFORE = {
    "it": [
        "90 giorni prima",
        "60 giorni prima",
        "30 giorni prima",
        "15 giorni prima",
        "7 giorni prima",
        "3 giorni prima",
        "il giorno prima",
        "il giorno della scadenza",
    ],
    "en": [
        "90 days before",
        "60 days before",
        "30 days before",
        "15 days before",
        "7 days before",
        "3 days before",
        "the day before",
        "on the expiry date",
    ],
}
AFTER = {
    "it": [f"{days} giorni dopo la scadenza" for days in (7, 30, 60, 75, 85)],
    "en": [f"{days} days after the expiry date" for days in (7, 30, 60, 75, 85)],
}
LAST_BEFORE = {
    "it": "Questo (3 giorni prima) è tra gli ultimi prima della scadenza. Una casella scaduta non può più inviare; "
    "passati 90 giorni viene cancellata, con tutto ciò che contiene.",
    "en": "This one (3 days before) is among the last before the expiry date. An expired mailbox can no longer send; "
    "90 days later it is deleted with everything in it.",
}
LAST_AFTER = {
    "it": "Questo (85 giorni dopo la scadenza) è l'ultimo prima della cancellazione",
    "en": "This one (85 days after the expiry date) is the last before the deletion",
}
ANSWERS = {"it": ["Togli il promemoria", "Lascialo attivo"], "en": ["Switch it off", "Leave it on"]}
COUNTED = {"it": "12 promemoria su 13", "en": "12 reminders of 13"}


async def opened(talk: Talk, seed: Seed, language: str = "it", *, expires_in: int = 15) -> Chat:
    """A chat that stands before the list of steps."""
    await seed.mailbox("rossi", expires_in=expires_in)
    chat = await talk("rossi", language=language)
    await chat.send("/settings")
    await chat.tap(OPEN[language])
    return chat


async def wanted(services: Services, chat: Chat) -> tuple[int, ...]:
    return (await services.wishes.read(Actor(chat.id, "it"))).wanted


@pytest.mark.parametrize("language", some(LANGUAGES, 1))
async def test_every_step_has_a_tick_on_pages_that_fit_a_phone(talk: Talk, seed: Seed, language: str) -> None:
    chat = await opened(talk, seed, language)
    assert chat.buttons[:8] == [f"■ {words}" for words in BEFORE[language]]
    await chat.tap(NEXT)
    assert chat.buttons[:5] == [f"■ {words}" for words in AFTER[language]]


@pytest.mark.parametrize("language", some(LANGUAGES, 1))
async def test_a_step_is_switched_off_and_on_at_a_tap(
    talk: Talk, seed: Seed, services: Services, remind: Push, clock: FrozenClock, language: str
) -> None:
    chat = await opened(talk, seed, language, expires_in=16)
    await remind()
    await chat.send("/settings")
    await chat.tap(OPEN[language])
    await chat.tap_together([BEFORE[language][3]] * 3)
    assert f"□ {BEFORE[language][3]}" in chat.buttons, "three quick taps do what one does"
    assert COUNTED[language] in chat.text
    assert 15 not in await wanted(services, chat)
    assert await told_on(clock, remind, 3) == []
    await chat.tap(BEFORE[language][3], on=chat.screen)
    assert 15 in await wanted(services, chat)
    assert await remind() == 1, "and what fell into the silence is told"


@pytest.mark.parametrize("language", some(LANGUAGES, 1))
async def test_one_of_the_last_is_switched_off_only_after_one_more_confirmation(
    talk: Talk, seed: Seed, services: Services, database: Database, language: str
) -> None:
    chat = await opened(talk, seed, language)
    await chat.tap(BEFORE[language][5])
    assert await state_of(database, chat.screen) == "SettingsStates:step_off"
    assert LAST_BEFORE[language] in chat.text
    assert chat.buttons == ANSWERS[language]
    await chat.tap(ANSWERS[language][1])
    assert 3 in await wanted(services, chat)
    await chat.tap_together([BEFORE[language][5]] * 2)
    assert await state_of(database, chat.screen) == "SettingsStates:step_off", "not by two quick taps"
    assert 3 in await wanted(services, chat)
    await chat.tap(ANSWERS[language][0])
    assert f"□ {BEFORE[language][5]}" in chat.buttons
    assert 3 not in await wanted(services, chat)
    await chat.tap(BEFORE[language][5])
    assert 3 in await wanted(services, chat), "on again at one tap"


@pytest.mark.parametrize("language", some(LANGUAGES, 1))
async def test_the_last_before_the_deletion_is_asked_about_too(
    talk: Talk, seed: Seed, services: Services, language: str
) -> None:
    chat = await opened(talk, seed, language)
    await chat.tap(NEXT)
    await chat.tap(AFTER[language][0])
    assert f"□ {AFTER[language][0]}" in chat.buttons, "the others after the expiry date are not"
    await chat.tap(AFTER[language][4])
    assert LAST_AFTER[language] in chat.text
    await chat.tap(ANSWERS[language][0])
    assert await wanted(services, chat) == (90, 60, 30, 15, 7, 3, 1, 0, -30, -60, -75)


@pytest.mark.parametrize("item", ["-b3", *long("-a85", "-b0")])
async def test_a_forged_tap_is_asked_about_as_well(
    talk: Talk, seed: Seed, services: Services, database: Database, item: str
) -> None:
    chat = await opened(talk, seed)
    await chat.press(with_widget(chat, f"settings_step:{item}"))
    assert await state_of(database, chat.screen) == "SettingsStates:step_off"
    assert len(await wanted(services, chat)) == 13


@pytest.mark.parametrize(
    "item", ["-b4", *long("-x7", "-", "+", "b", "-b²", "-b-3", "-a0", "-b99999999999999999")]
)
async def test_a_step_that_the_ladder_does_not_have_changes_nothing(
    talk: Talk, seed: Seed, services: Services, item: str
) -> None:
    chat = await opened(talk, seed)
    await chat.press(with_widget(chat, f"settings_step:{item}"))
    assert len(await wanted(services, chat)) == 13
    assert "non ha funzionato" not in (chat.toast or "")
