"""*Don't remind me*: at first the last reminders still come, after one more tap none, and back (DOMAIN.md 6)."""

from datetime import timedelta

import pytest

from bot.services.actor import Actor
from bot.services.services import Services
from tests.support.chat import Chat
from tests.support.clock import FrozenClock
from tests.support.long_runs import long
from tests.support.pushing import Push
from tests.support.reminding import MUTE, reminders, titles, told_on
from tests.support.running_bot import Talk
from tests.support.seed import Seed

MUTED = {
    "it": "I promemoria per rossi1@pec.example non arrivano più in questa chat, tranne gli ultimi: 3 giorni prima, "
    "il giorno prima, il giorno della scadenza e 85 giorni dopo la scadenza.\n\n"
    "Silenziare anche quelli? Se la casella scade, smette di inviare; passati 90 giorni viene cancellata.",
    "en": "Reminders about rossi1@pec.example no longer come to this chat, except the last ones: 3 days before, "
    "the day before, on the expiry date and 85 days after the expiry date.\n\n"
    "Mute those too? Once the mailbox expires it can no longer send; 90 days later it is deleted.",
}
LAST_DAY = {
    "it": "\n\nIl promemoria dell'ultimo giorno prima della cancellazione arriva sempre.",
    "en": "\n\nThe reminder on the last day before the deletion always comes.",
}
MORE = {
    "it": ["Silenzia anche gli ultimi", "Riattiva tutti i promemoria"],
    "en": ["Mute the last ones too", "Switch all reminders on again"],
}
SILENT = {
    "it": "Per rossi1@pec.example non arriva più nessun promemoria in questa chat. Con /impostazioni si riattivano.",
    "en": "No more reminders about rossi1@pec.example come to this chat. You can switch them on again with /settings.",
}
BACK = {
    "it": "I promemoria per rossi1@pec.example sono di nuovo attivi.",
    "en": "Reminders about rossi1@pec.example are on again.",
}


People = list[tuple[str, str, str]]
PEOPLE: People = [("it", "rossi", "rossi1@pec.example"), ("en", "white", "white2@pec.example")]
one_or_two = pytest.mark.parametrize("people", [PEOPLE[:1], *long((PEOPLE,))], ids=len)


async def each_reminded(talk: Talk, seed: Seed, remind: Push, people: People) -> list[tuple[str, Chat, str]]:
    """Customers who live side by side, reminded of a mailbox each: language, chat, and its address."""
    found = []
    for language, customer, address in people:
        await seed.mailbox(customer, expires_in=15)
        found.append((language, await talk(customer, language=language), address))
    assert await remind() == len(people)
    return found


@one_or_two
async def test_after_the_first_tap_only_the_last_reminders_come(
    talk: Talk, seed: Seed, remind: Push, clock: FrozenClock, people: People
) -> None:
    for language, chat, address in await each_reminded(talk, seed, remind, people):
        await chat.tap(MUTE[language])
        assert chat.text == (MUTED[language] + LAST_DAY[language]).replace("rossi1@pec.example", address)
        assert chat.buttons == MORE[language]
        assert len(reminders(chat)[0].buttons) == 4, "the reminder keeps its buttons"
    assert await told_on(clock, remind, 22, chats=len(people)) == [12, 14, 15]


@one_or_two
async def test_after_the_second_tap_nothing_comes(
    talk: Talk, seed: Seed, remind: Push, clock: FrozenClock, people: People
) -> None:
    for language, chat, address in await each_reminded(talk, seed, remind, people):
        await chat.tap(MUTE[language])
        await chat.tap(MORE[language][0])
        assert chat.text == (SILENT[language] + LAST_DAY[language]).replace("rossi1@pec.example", address)
        assert chat.buttons == MORE[language][1:]
    assert await told_on(clock, remind, 22) == []


@one_or_two
@pytest.mark.parametrize("taps", [*long(1), 2])
async def test_it_can_be_undone(
    talk: Talk, seed: Seed, remind: Push, clock: FrozenClock, people: People, taps: int
) -> None:
    for language, chat, address in await each_reminded(talk, seed, remind, people):
        await chat.tap(MUTE[language])
        if taps > 1:
            await chat.tap(MORE[language][0])
        await chat.tap(MORE[language][1])
        assert chat.text == BACK[language].replace("rossi1@pec.example", address)
    assert await told_on(clock, remind, 8, chats=len(people)) == [8]


@pytest.mark.soak
async def test_what_was_missed_in_silence_is_told_once_when_it_is_undone(
    talk: Talk, seed: Seed, remind: Push, clock: FrozenClock
) -> None:
    await seed.mailbox("rossi", expires_in=30)
    chat = await talk("rossi")
    await remind()
    await chat.tap("Non ricordarmela")
    await chat.tap("Silenzia anche gli ultimi")
    assert await told_on(clock, remind, 25) == []
    await chat.tap("Riattiva")
    assert await remind() == 1
    assert titles(chat)[-1] == "La casella PEC scade tra 5 giorni"
    assert await remind() == 0


async def test_the_steps_that_are_named_are_those_that_still_come(
    talk: Talk, seed: Seed, remind: Push, services: Services, clock: FrozenClock
) -> None:
    await seed.mailbox("rossi", expires_in=15)
    chat = await talk("rossi")
    await remind()
    reminder = chat.screen
    await services.wishes.want_step(Actor(chat.id, "it"), 3, wanted=False, sure=True)
    await chat.tap("Non ricordarmela")
    assert "tranne gli ultimi: il giorno prima, il giorno della scadenza e 85" in chat.text
    for step in (1, 0, -85):
        await services.wishes.want_step(Actor(chat.id, "it"), step, wanted=False, sure=True)
    clock.advance(timedelta(minutes=1))
    await chat.tap("Non ricordarmela", on=reminder)
    assert chat.text == SILENT["it"] + LAST_DAY["it"], "none of the last is wanted"
    assert chat.buttons == ["Riattiva tutti i promemoria"]


@pytest.mark.soak
async def test_another_mailbox_of_the_same_chat_is_still_spoken_of(
    talk: Talk, seed: Seed, remind: Push, clock: FrozenClock
) -> None:
    await seed.mailbox("rossi", expires_in=15)
    await seed.mailbox("rossi", address="altra@pec.example", expires_in=16)
    chat = await talk("rossi")
    await chat.press("mute:1:all")
    await remind()
    assert "altra@pec.example" in reminders(chat)[-1].text
    assert "rossi1@" not in reminders(chat)[-1].text
    clock.advance(timedelta(days=9))
    await remind()
    assert titles(chat)[-1] == "La casella PEC scade tra 7 giorni"


async def test_what_waits_to_be_sent_is_silenced_too(
    talk: Talk, seed: Seed, services: Services, push: Push
) -> None:
    await seed.mailbox("rossi", expires_in=15)
    chat = await talk("rossi")
    assert await services.reminders.run() == 1
    await chat.press("mute:1:most")
    assert await push() == 0


@pytest.mark.parametrize("unseen", [7, *long(0)])
async def test_a_level_that_does_not_exist_is_no_button_of_ours(
    talk: Talk, seed: Seed, remind: Push, clock: FrozenClock, unseen: int
) -> None:
    await seed.mailbox("rossi", expires_in=15)
    chat = await talk("rossi")
    await remind()
    await chat.press("mute:1:everything")
    assert chat.toast == "Questo pulsante non è più valido. Con /start si riparte."
    clock.advance(timedelta(days=unseen))
    assert await told_on(clock, remind, 8 - unseen) == [8 - unseen]


@pytest.mark.soak
async def test_who_wants_the_last_ones_again_after_none_is_told_at_once_what_was_missed(
    talk: Talk, seed: Seed, remind: Push, clock: FrozenClock
) -> None:
    await seed.mailbox("rossi", expires_in=15)
    chat = await talk("rossi")
    await remind()
    reminder = chat.screen
    await chat.tap("Non ricordarmela")
    await chat.tap("Silenzia anche gli ultimi")
    assert await told_on(clock, remind, 13) == []
    await chat.tap("Non ricordarmela", on=reminder)
    assert await remind() == 1
    assert titles(chat)[-1] == "La casella PEC scade tra 2 giorni"
