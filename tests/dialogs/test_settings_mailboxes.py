"""How much is heard of each mailbox, and on which day it comes up again (DOMAIN.md 6)."""

from datetime import date, timedelta

import pytest

from bot.db.engine import Database
from bot.domain.reminders import MuteLevel
from bot.services.actor import Actor
from bot.services.reminders.preferences import Silenced
from bot.services.services import Services
from tests.dialogs.test_settings import with_widget
from tests.support.chat import Chat
from tests.support.clock import FrozenClock
from tests.support.long_runs import long, some
from tests.support.pushing import Push
from tests.support.reminding import titles, told_on
from tests.support.running_bot import Talk
from tests.support.seed import Seed
from tests.support.windows import state_of

LANGUAGES = ["it", "en"]
NEXT = "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"
OPEN = {"it": "Caselle", "en": "Mailboxes"}
BACK = {"it": "← Indietro", "en": "← Back"}
HEARD = {
    "it": ["Tutti i promemoria", "Solo gli ultimi", "Nessun promemoria"],
    "en": ["All reminders", "Only the last ones", "No reminders"],
}
STATES = {
    "it": ["tutti", "ultimi", "nessuno", "dal 24/11"],
    "en": ["all", "last only", "none", "from 24 Nov"],
}
DOMAIN = {"it": "pec.example", "en": "….example"}
"""As much as the longest of these words leaves room for."""
SAID = {
    "it": [
        "In questa chat arrivano tutti i promemoria scelti.",
        "In questa chat arrivano solo gli ultimi: 3 giorni prima, il giorno prima, il giorno della scadenza e 85",
        "In questa chat non arriva nessun promemoria.",
    ],
    "en": [
        "All the reminders you chose come to this chat.",
        "Only the last reminders come to this chat: 3 days before, the day before, on the expiry date and",
        "No reminders come to this chat.",
    ],
}
SILENCE = {
    "it": "Per rossi1@pec.example non arriverebbero più neanche gli ultimi: 3 giorni prima",
    "en": "Not even the last ones about rossi1@pec.example would come any more: 3 days before",
}
SURE = {
    "it": ["Silenzia del tutto", "Lascia i promemoria come sono"],
    "en": ["Mute it altogether", "Leave reminders as they are"],
}
PUT_OFF = {"it": "Rimanda il prossimo promemoria", "en": "Put the next reminder off"}
OTHER_DAY = {"it": "Scegli un altro giorno", "en": "Choose another day"}
RESUME = {"it": "Torna ai promemoria di sempre", "en": "Back to the usual reminders"}
UNTIL = {
    "it": "Il prossimo promemoria è rimandato a mercoledì 2 dicembre 2026. Gli ultimi, prima della scadenza e della "
    "cancellazione, arrivano comunque.",
    "en": "The next reminder is put off to Wednesday 2 December 2026. The last ones, before the expiry date and before "
    "the deletion, come all the same.",
}


async def opened(talk: Talk, seed: Seed, language: str = "it", *, expires_in: int = 15) -> Chat:
    """A chat that stands before its only mailbox."""
    await seed.mailbox("rossi", expires_in=expires_in)
    chat = await talk("rossi", language=language)
    await chat.send("/settings")
    await chat.tap(OPEN[language])
    await chat.tap("rossi1@")
    return chat


async def decided(services: Services, chat: Chat) -> Silenced:
    return (await services.wishes.read(Actor(chat.id, "it"))).mailbox(1)


@pytest.mark.parametrize("language", some(LANGUAGES, 1))
async def test_the_list_says_of_each_how_much_is_heard(talk: Talk, seed: Seed, language: str) -> None:
    for number in range(4):
        await seed.mailbox("rossi", expires_in=20 + number)
    await seed.mailbox("rossi", address="eliminata@pec.example", expires_in=-91)
    chat = await talk("rossi", language=language)
    await chat.press("mute:2:most")
    await chat.press("mute:3:all")
    await chat.press("snooze:4:::20261124")
    await chat.send("/settings")
    await chat.tap(OPEN[language])
    assert chat.buttons == [
        *(
            f"rossi{number}@{DOMAIN[language]} · {words}"
            for number, words in enumerate(STATES[language], start=1)
        ),
        BACK[language],
    ]
    assert max(map(len, chat.buttons)) <= 30


@pytest.mark.soak
async def test_many_are_on_pages_with_their_addresses_shortened(talk: Talk, seed: Seed) -> None:
    for number in range(10):
        await seed.mailbox("rossi", address=f"ufficio-territoriale-{number}@comune.pec.example")
    chat = await talk("rossi")
    await chat.send("/settings")
    await chat.tap("Caselle")
    assert chat.buttons[0] == "ufficio-terr…riale-0@… · tutti"
    assert chat.buttons[9] == "1/2"
    await chat.tap(NEXT)
    assert len(chat.buttons) == 2 + 3 + 1
    await chat.tap("iale-9")
    assert chat.text.startswith("ufficio-territoriale-9@comune.pec.example")
    await chat.tap("Indietro")
    assert chat.has("iale-9"), "back on the same page"


@pytest.mark.parametrize("language", some(LANGUAGES, 1))
async def test_all_or_only_the_last_is_one_tap(
    talk: Talk, seed: Seed, services: Services, language: str
) -> None:
    chat = await opened(talk, seed, language)
    everything, last, _ = HEARD[language]
    assert SAID[language][0] in chat.text
    assert f"● {everything}" in chat.buttons
    await chat.tap_together([last] * 3)
    assert SAID[language][1] in chat.text
    assert f"● {last}" in chat.buttons
    assert (await decided(services, chat)).mute is MuteLevel.MOST
    await chat.tap(everything)
    assert SAID[language][0] in chat.text
    assert (await decided(services, chat)).mute is None


@pytest.mark.parametrize(("language", "days"), [("it", 8), *long(("it", 30), ("en", 30))])
async def test_none_takes_one_more_confirmation(
    talk: Talk,
    seed: Seed,
    services: Services,
    database: Database,
    remind: Push,
    clock: FrozenClock,
    language: str,
    days: int,
) -> None:
    chat = await opened(talk, seed, language)
    none = HEARD[language][2]
    await chat.tap_together([none] * 3)
    assert await state_of(database, chat.screen) == "SettingsStates:silence"
    assert SILENCE[language] in chat.text
    assert chat.buttons == SURE[language]
    assert (await decided(services, chat)).mute is None
    await chat.tap(SURE[language][1])
    assert (await decided(services, chat)).mute is None
    await chat.tap(none)
    await chat.tap(SURE[language][0])
    assert SAID[language][2] in chat.text
    assert (await decided(services, chat)).mute is MuteLevel.ALL
    assert not chat.has(PUT_OFF[language])
    await chat.tap(none)
    assert SAID[language][2] in chat.text, "it is so already: nothing to ask"
    assert await told_on(clock, remind, days) == []


@pytest.mark.parametrize("language", some(LANGUAGES, 1))
async def test_the_next_reminder_is_put_off_in_the_calendar_and_back(
    talk: Talk,
    seed: Seed,
    services: Services,
    database: Database,
    remind: Push,
    language: str,
) -> None:
    chat = await opened(talk, seed, language)
    await chat.tap(PUT_OFF[language])
    assert chat.buttons[1] == {"it": "nov 2026", "en": "Nov 2026"}[language]
    assert [label for label in chat.buttons if label.isdigit()] == [str(day) for day in range(24, 31)]
    await chat.press(with_widget(chat, "settings_calendar:-"))
    await chat.tap(NEXT)
    assert [label for label in chat.buttons if label.isdigit()] == [str(day) for day in range(1, 9)]
    await chat.tap_together(["2"] * 2)
    assert await state_of(database, chat.screen) == "SettingsStates:mailbox"
    assert UNTIL[language] in chat.text
    assert OTHER_DAY[language] in chat.buttons
    assert (await decided(services, chat)).until == date(2026, 12, 2)
    await chat.tap(OTHER_DAY[language])
    assert chat.buttons[1].endswith("2026"), "from the first month again"
    assert next(label for label in chat.buttons if label.isdigit()) == "24"
    await chat.tap(BACK[language])
    await chat.tap(RESUME[language])
    assert SAID[language][0] in chat.text
    assert UNTIL[language] not in chat.text
    assert (await decided(services, chat)).until is None
    assert await remind() == 1, "the step of 15 days, at once"


@pytest.mark.parametrize("item", ["20261123", *long("20261209", "20991231")])
async def test_a_day_out_of_the_range_is_refused_with_the_range(
    talk: Talk, seed: Seed, services: Services, database: Database, item: str
) -> None:
    chat = await opened(talk, seed)
    await chat.tap(PUT_OFF["it"])
    await chat.press(with_widget(chat, f"settings_calendar:{item}"))
    assert chat.toast == "Quel giorno non va bene: si può scegliere dal 24/11/2026 all'08/12/2026."
    assert await state_of(database, chat.screen) == "SettingsStates:day"
    assert (await decided(services, chat)).until is None


@pytest.mark.parametrize("item", ["", *long("x", "20261399", "202613", "2026²124", "999999")])
async def test_a_day_that_is_none_changes_nothing(
    talk: Talk, seed: Seed, services: Services, database: Database, item: str
) -> None:
    chat = await opened(talk, seed)
    await chat.tap(PUT_OFF["it"])
    await chat.press(with_widget(chat, f"settings_calendar:{item}"))
    assert "non ha funzionato" not in (chat.toast or "")
    assert await state_of(database, chat.screen) == "SettingsStates:day"
    assert (await decided(services, chat)).until is None


@pytest.mark.soak
@pytest.mark.parametrize("language", some(LANGUAGES, 1))
async def test_those_that_are_put_off_have_a_list_of_their_own(talk: Talk, seed: Seed, language: str) -> None:
    for _ in range(3):
        await seed.mailbox("rossi")
    chat = await talk("rossi", language=language)
    await chat.press("snooze:2:::20261124")
    await chat.send("/settings")
    await chat.tap({"it": "Rimandati (1)", "en": "Put off (1)"}[language])
    assert chat.buttons == [f"rossi2@{DOMAIN[language]} · {STATES[language][3]}", BACK[language]]
    await chat.tap("rossi2@")
    await chat.tap(RESUME[language])
    await chat.tap(BACK[language])
    assert {"it": "Nessun promemoria è rimandato.", "en": "No reminder has been put off."}[
        language
    ] in chat.text
    await chat.tap(BACK[language])
    await chat.tap(OPEN[language])
    assert len(chat.buttons) == 4, "and the other list has all of them"


@pytest.mark.soak
async def test_a_mailbox_far_from_its_expiry_is_reminded_of_on_the_chosen_day(
    talk: Talk, seed: Seed, remind: Push, clock: FrozenClock
) -> None:
    chat = await opened(talk, seed, expires_in=200)
    await remind()
    await chat.tap(PUT_OFF["it"])
    await chat.tap("25")
    assert await told_on(clock, remind, 4) == [2]
    assert titles(chat) == ["La casella PEC scade tra 198 giorni"]


async def test_on_the_last_day_there_is_nothing_to_put_off(talk: Talk, seed: Seed) -> None:
    chat = await opened(talk, seed, expires_in=-90)
    assert not chat.has(PUT_OFF["it"])


async def test_a_mailbox_of_somebody_else_is_refused(talk: Talk, seed: Seed, database: Database) -> None:
    chat = await opened(talk, seed)
    theirs = await seed.mailbox("verdi")
    await talk("verdi")
    await chat.tap("Indietro")
    for item in (str(theirs), "0", "x", "99999999999999999999"):
        await chat.press(with_widget(chat, f"settings_box:{item}"))
        assert chat.toast == "Non trovato, o non collegato a questa chat."
        assert await state_of(database, chat.screen) == "SettingsStates:mailboxes"


@pytest.mark.soak
async def test_a_choice_that_does_not_exist_changes_nothing(
    talk: Talk, seed: Seed, services: Services
) -> None:
    chat = await opened(talk, seed)
    await chat.press(with_widget(chat, "settings_heard:nothing"))
    assert (await decided(services, chat)).mute is None


@pytest.mark.soak
async def test_a_mailbox_that_was_deleted_while_it_was_open_is_not_found_and_back_leads_on(
    talk: Talk, seed: Seed, clock: FrozenClock
) -> None:
    chat = await opened(talk, seed, expires_in=-90)
    clock.advance(timedelta(days=1))
    await chat.tap("Solo gli ultimi")
    assert chat.toast == "Non trovato, o non collegato a questa chat."
    await chat.tap("Indietro")
    assert "Nessuna casella di cui ricordare la scadenza." in chat.text
