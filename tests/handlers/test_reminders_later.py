"""*Later*: tomorrow, in a week, on a date; the last reminders come all the same (DOMAIN.md 6)."""

from datetime import timedelta

import pytest

from bot.services.actor import Actor
from bot.services.services import Services
from tests.support.clock import FrozenClock
from tests.support.long_runs import long
from tests.support.ordering import chosen, place
from tests.support.pushing import Push
from tests.support.reminding import LATER, reminders, titles, told_on
from tests.support.running_bot import Talk
from tests.support.seed import Seed
from tests.support.till import Till

NEXT = "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"
EMPTY = "·"

ASKED = {
    "it": "Quando ricordare la scadenza di rossi1@pec.example?",
    "en": "When should the expiry date of rossi1@pec.example be brought up again?",
}
CHOICES = {
    "it": ["Domani", "Tra una settimana", "Scegli una data", "Lascia i promemoria come sono"],
    "en": ["Tomorrow", "In a week", "Choose a date", "Leave reminders as they are"],
}
DONE = {
    "it": "Va bene: rossi1@pec.example viene ricordata martedì 24 novembre 2026. "
    "Gli ultimi promemoria prima della scadenza e della cancellazione arrivano comunque.",
    "en": "All right: rossi1@pec.example comes up again on Tuesday 24 November 2026. "
    "The last reminders before the expiry date and before the deletion come all the same.",
}
TITLE = {"it": "La casella PEC scade tra 14 giorni", "en": "Your PEC mailbox expires in 14 days"}


@pytest.mark.soak
@pytest.mark.parametrize("language", ["it", *long("en")])
async def test_tomorrow_it_is_told_again_with_the_days_left_by_then(
    talk: Talk, seed: Seed, remind: Push, clock: FrozenClock, language: str
) -> None:
    await seed.mailbox("rossi", expires_in=15)
    chat = await talk("rossi", language=language)
    await remind()
    await chat.tap(LATER[language])
    assert chat.text == ASKED[language]
    assert chat.buttons == CHOICES[language]
    await chat.tap(CHOICES[language][0])
    assert chat.text == DONE[language]
    assert await remind() == 0, "not before"
    clock.advance(timedelta(days=1))
    assert await remind() == 1
    assert titles(chat)[-1] == TITLE[language]
    clock.advance(timedelta(days=1))
    assert await remind() == 0, "once"


@pytest.mark.soak
async def test_in_a_week_nothing_comes_before(
    talk: Talk, seed: Seed, remind: Push, clock: FrozenClock
) -> None:
    await seed.mailbox("rossi", expires_in=30)
    chat = await talk("rossi")
    await remind()
    await chat.tap("Più tardi")
    await chat.tap("Tra una settimana")
    assert "lunedì 30 novembre 2026" in chat.text
    assert await told_on(clock, remind, 7) == [7]
    assert titles(chat)[-1] == "La casella PEC scade tra 23 giorni"


async def test_a_step_that_falls_before_the_chosen_day_waits_for_it(
    talk: Talk, seed: Seed, remind: Push, clock: FrozenClock
) -> None:
    await seed.mailbox("rossi", expires_in=16)
    chat = await talk("rossi")
    await remind()
    await chat.tap("Più tardi")
    await chat.tap("Tra una settimana")
    assert await told_on(clock, remind, 7) == [7], "the step of 15 days is not told on its day"
    assert titles(chat)[-1] == "La casella PEC scade tra 9 giorni"


@pytest.mark.soak
async def test_the_last_reminders_come_although_it_was_put_off(
    talk: Talk, seed: Seed, remind: Push, clock: FrozenClock
) -> None:
    await seed.mailbox("rossi", expires_in=7)
    chat = await talk("rossi")
    await remind()
    await chat.tap("Più tardi")
    await chat.tap("Scegli una data")
    assert "fino al 30/11/2026" in chat.text
    await chat.tap("30")
    assert await told_on(clock, remind, 7) == [4, 6, 7]
    assert titles(chat)[1:] == [
        "La casella PEC scade tra 3 giorni",
        "La casella PEC scade domani",
        "La casella PEC scade oggi",
    ]


async def test_the_calendar_offers_the_days_that_are_possible_and_turns_its_pages(
    talk: Talk, seed: Seed, remind: Push, clock: FrozenClock
) -> None:
    await seed.mailbox("rossi", expires_in=15)
    chat = await talk("rossi")
    await remind()
    await chat.tap("Più tardi")
    await chat.tap("Scegli una data")
    question = chat.screen
    assert chat.buttons[0] == EMPTY, "there is no month before"
    assert chat.buttons[1] == "nov 2026"
    assert chat.buttons[3:10] == ["lu", "ma", "me", "gi", "ve", "sa", "do"]
    assert days(chat.buttons) == ["24", "25", "26", "27", "28", "29", "30"], "not today"
    await chat.press("nothing")
    assert chat.screen.message_id == question.message_id, "an empty cell does nothing"
    await chat.tap(NEXT)
    assert chat.screen.message_id == question.message_id, "the page is turned in place"
    assert chat.buttons[1] == "dic 2026"
    assert days(chat.buttons) == [str(day) for day in range(1, 9)], "not after the expiry"
    await chat.tap("7")
    assert "lunedì 7 dicembre 2026" in chat.text
    assert question.content.keyboard == (), "the answer takes the calendar's place"
    assert await told_on(clock, remind, 14) == [12, 14]
    assert titles(chat)[1:] == ["La casella PEC scade tra 3 giorni", "La casella PEC scade domani"]


def days(labels: list[str]) -> list[str]:
    return [label for label in labels if label.isdigit()]


@pytest.mark.parametrize(
    ("unseen", "days"), [(7, [20261123, 20261209]), *long((0, [20261123, 20200101, 20261209, 29991231]))]
)
@pytest.mark.parametrize("language", ["it", *long("en")])
async def test_a_day_out_of_the_range_is_refused_with_the_range(
    talk: Talk, seed: Seed, remind: Push, clock: FrozenClock, language: str, unseen: int, days: list[int]
) -> None:
    await seed.mailbox("rossi", expires_in=15)
    chat = await talk("rossi", language=language)
    await remind()
    await chat.tap(LATER[language])
    await chat.tap(CHOICES[language][2])
    calendar = chat.screen
    for day in days:
        await chat.press(f"snooze:1:::{day}")
        assert (
            chat.toast
            == {
                "it": "Quel giorno non va bene: si può scegliere dal 24/11/2026 all'08/12/2026.",
                "en": "That day will not do: choose one from 24 Nov 2026 to 8 Dec 2026.",
            }[language]
        ), day
        assert chat.screen is calendar, "the calendar is still there"
    clock.advance(timedelta(days=unseen))
    assert await told_on(clock, remind, 8 - unseen) == [8 - unseen], "and nothing was put off"


async def test_a_day_that_is_none_is_refused(talk: Talk, seed: Seed, remind: Push) -> None:
    await seed.mailbox("rossi", expires_in=15)
    chat = await talk("rossi")
    await remind()
    for data in ("snooze:1:::20261399", "snooze:1:::7", "pick:1:::0", "pick:1:::202613"):
        await chat.press(data)
        assert chat.toast == "Non trovato, o non collegato a questa chat.", data


@pytest.mark.soak
async def test_after_the_expiry_it_can_be_put_off_until_the_deletion(
    talk: Talk, seed: Seed, remind: Push, clock: FrozenClock
) -> None:
    await seed.mailbox("rossi", expires_in=-75)
    chat = await talk("rossi")
    await remind()
    await chat.tap("Più tardi")
    await chat.tap("Scegli una data")
    assert "fino all'08/12/2026" in chat.text
    await chat.tap("30")
    assert await told_on(clock, remind, 10) == [7, 10]
    assert titles(chat)[1:] == [
        "La casella PEC è scaduta da 82 giorni",
        "La casella PEC è scaduta da 85 giorni",
    ]


async def test_on_the_last_day_there_is_nothing_to_put_off(
    talk: Talk, seed: Seed, remind: Push, clock: FrozenClock
) -> None:
    await seed.mailbox("rossi", expires_in=-85)
    chat = await talk("rossi")
    await remind()
    reminder = chat.screen
    clock.advance(timedelta(days=5))
    await chat.tap("Più tardi")
    assert "non c'è più tempo per rimandare" in chat.text
    assert chat.screen.message_id == reminder.message_id, "and no button to do it"


async def test_a_day_before_the_expiry_tomorrow_is_the_only_short_way(
    talk: Talk, seed: Seed, remind: Push
) -> None:
    await seed.mailbox("rossi", expires_in=3)
    chat = await talk("rossi")
    await remind()
    await chat.tap("Più tardi")
    assert chat.buttons == ["Domani", "Scegli una data", "Lascia i promemoria come sono"]


@pytest.mark.soak
@pytest.mark.parametrize("unseen", [7, *long(0)])
async def test_leaving_everything_as_it_is(
    talk: Talk, seed: Seed, remind: Push, clock: FrozenClock, unseen: int
) -> None:
    await seed.mailbox("rossi", expires_in=15)
    chat = await talk("rossi")
    await remind()
    await chat.tap("Più tardi")
    await chat.tap("Lascia i promemoria come sono")
    assert chat.text == "I promemoria restano come sono."
    clock.advance(timedelta(days=unseen))
    assert await told_on(clock, remind, 8 - unseen) == [8 - unseen]


@pytest.mark.soak
async def test_several_mailboxes_are_put_off_together(
    talk: Talk, seed: Seed, remind: Push, clock: FrozenClock
) -> None:
    for _ in range(2):
        await seed.mailbox("rossi", expires_in=15)
    await seed.mailbox("rossi", expires_in=17)
    chat = await talk("rossi")
    clock.advance(timedelta(hours=1))
    await remind()
    await chat.tap("Più tardi")
    assert chat.text.startswith(
        "Quando ricordare la scadenza di queste 3 caselle, tra cui rossi1@pec.example"
    )
    await chat.tap("Domani")
    assert "queste 3 caselle vengono ricordate martedì 24 novembre 2026" in chat.text
    clock.advance(timedelta(days=1))
    assert await remind() == 1, "in one message again"
    assert titles(chat)[-1] == "3 caselle PEC in scadenza, la prima tra 14 giorni"


@pytest.mark.soak
async def test_what_is_put_off_and_renewed_meanwhile_is_not_told(
    talk: Talk, seed: Seed, remind: Push, clock: FrozenClock, services: Services, till: Till
) -> None:
    mailbox_id = await seed.mailbox("rossi", expires_in=15)
    chat = await talk("rossi")
    await remind()
    await chat.tap("Più tardi")
    await chat.tap("Tra una settimana")
    actor = Actor(chat.id, "it")
    order = await place(services, actor, await chosen(services, actor, [mailbox_id]))
    await till.receive(till.paid(order))
    await told_on(clock, remind, 20)
    assert len(reminders(chat)) == 1


@pytest.mark.soak
@pytest.mark.parametrize("told", [[1], *long(([1, 12, 14, 15],))])
async def test_a_mailbox_that_was_silent_is_heard_again_by_whoever_puts_it_off(
    talk: Talk, seed: Seed, remind: Push, clock: FrozenClock, told: list[int]
) -> None:
    await seed.mailbox("rossi", expires_in=15)
    chat = await talk("rossi")
    await remind()
    reminder = chat.screen
    await chat.tap("Non ricordarmela")
    await chat.tap("Silenzia anche gli ultimi")
    await chat.tap("Più tardi", on=reminder)
    await chat.tap("Domani")
    assert "viene ricordata martedì 24 novembre 2026" in chat.text
    assert await told_on(clock, remind, told[-1]) == told, "that day, and the last ones"


@pytest.mark.soak
async def test_what_is_silent_is_not_put_off_with_the_others(
    talk: Talk, seed: Seed, remind: Push, clock: FrozenClock
) -> None:
    await seed.mailbox("rossi", address="muta@pec.example", expires_in=15)
    await seed.mailbox("rossi", expires_in=15)
    await seed.mailbox("rossi", expires_in=15)
    chat = await talk("rossi")
    await chat.press("mute:1:all")
    await remind()
    assert "muta@" not in chat.text
    await chat.tap("Più tardi")
    assert "queste 2 caselle" in chat.text
    await chat.tap("Domani")
    clock.advance(timedelta(days=1))
    await remind()
    assert "muta@" not in chat.text
