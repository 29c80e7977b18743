"""A reminder's buttons work at any age, whatever is open; tapped twice, or by the wrong hands, they do no harm."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import AnswerCallbackQuery
from sqlalchemy import func, select
from structlog.testing import capture_logs

from bot.db.engine import Database
from bot.db.tables import DraftRow, MuteRow, SnoozeRow
from bot.domain.steps import Step
from bot.playground.messages import Message
from bot.playground.world import World
from bot.services.actor import Actor
from bot.services.services import Services
from tests.support.chat import Chat, labels_of
from tests.support.clock import FrozenClock
from tests.support.failing_session import FailingSession
from tests.support.long_runs import long, some
from tests.support.ordering import chosen, place
from tests.support.pushing import Push
from tests.support.reminding import Restart, data_of, reminders
from tests.support.renewing import draft_of, stand_at
from tests.support.running_bot import Talk
from tests.support.seed import Seed
from tests.support.till import Till
from tests.support.windows import state_of

NOT_YOURS = {
    "it": "Non trovato, o non collegato a questa chat.",
    "en": "Not found, or not linked to this chat.",
}

NO_MORE = "Di questa casella non arrivano più promemoria: con /caselle si vede perché."
NAMED = "Rinnova per 1 anno"
ANSWERS = (
    ("Più tardi", "Quando ricordare la scadenza di rossi1@pec.example?"),
    ("Non ricordarmela", "I promemoria per rossi1@pec.example non arrivano più in questa chat"),
    ("Altre scelte", "rossi1@pec.example"),
    (NAMED, "Modalità di pagamento"),
)
"""The buttons of a reminder about one mailbox, and what each is answered with."""


@pytest.fixture(autouse=True)
def logs() -> Iterator[list[Any]]:
    """What the bot logs; no update may fail for a reason nobody foresaw."""
    with capture_logs() as entries:
        yield entries
    assert [entry for entry in entries if entry["event"] == "update_failed"] == []


async def reminded(talk: Talk, seed: Seed, remind: Push) -> Chat:
    """A chat with a reminder about its first mailbox, and another mailbox that is far from its expiry."""
    await seed.mailbox("rossi", plan="pro", expires_in=15)
    await seed.mailbox("rossi", address="altra@pec.example", plan="pro", expires_in=300)
    chat = await talk("rossi")
    await remind()
    return chat


@pytest.mark.soak
async def test_three_hundred_days_later_when_it_was_renewed_long_ago(
    talk: Talk, seed: Seed, services: Services, remind: Push, clock: FrozenClock, till: Till
) -> None:
    chat = await reminded(talk, seed, remind)
    actor = Actor(chat.id, "it")
    order = await place(services, actor, await chosen(services, actor, [1]))
    await till.receive(till.paid(order))
    clock.advance(timedelta(days=300))
    for label, answer in ANSWERS:
        await chat.tap(label, on=reminders(chat)[0])
        if label == NAMED:
            assert "Il promemoria diceva" in chat.texts[-2] or "non è più come" in chat.texts[-2]
            assert "mercoledì 8 dicembre 2027" in chat.text, "another renewal is asked about"
        else:
            assert answer in chat.text


@pytest.mark.soak
async def test_three_hundred_days_later_when_it_was_deleted_long_ago(
    talk: Talk, seed: Seed, remind: Push, clock: FrozenClock
) -> None:
    chat = await reminded(talk, seed, remind)
    clock.advance(timedelta(days=300))
    for label, answer in ANSWERS:
        said = len(chat.texts)
        await chat.tap(label, on=reminders(chat)[0])
        if label in {"Più tardi", "Non ricordarmela"}:
            assert chat.toast == NO_MORE, "there is nothing more to remind of, nor to silence"
            assert len(chat.texts) == said
        elif label == NAMED:
            assert "cancellata" in chat.text
        else:
            assert answer in chat.text


async def test_of_a_message_that_telegram_no_longer_shows(talk: Talk, seed: Seed, remind: Push) -> None:
    chat = await reminded(talk, seed, remind)
    for label, answer in ANSWERS:
        await tap_inaccessible(chat, label, on=reminders(chat)[0])
        assert answer in chat.text


@pytest.mark.soak
async def test_what_is_rewritten_is_sent_below_a_message_that_telegram_no_longer_shows(
    talk: Talk, seed: Seed, remind: Push
) -> None:
    chat = await reminded(talk, seed, remind)
    await chat.tap("Non ricordarmela")
    await tap_inaccessible(chat, "Silenzia anche gli ultimi")
    assert "non arriva più nessun promemoria" in chat.text


async def tap_inaccessible(chat: Chat, label: str, on: Message | None = None) -> None:
    """Tap a button of a message of which Telegram sends nothing but where it stands."""
    message = on or chat.screen
    (full_label,) = [each for each in labels_of(message) if label in each]
    chat.world.tap(chat.id, message.message_id, full_label)
    (update,) = chat.world.drain_updates()
    full = update["callback_query"]["message"]
    update["callback_query"]["message"] = {
        "chat": full["chat"],
        "message_id": full["message_id"],
        "date": 0,
    }
    await chat.feed(update)


@pytest.mark.soak
@pytest.mark.parametrize("answers", [ANSWERS[:1], *long((ANSWERS,))], ids=len)
async def test_after_the_bot_was_restarted(
    talk: Talk, seed: Seed, remind: Push, restart: Restart, answers: Sequence[tuple[str, str]]
) -> None:
    chat = await reminded(talk, seed, remind)
    for label, answer in answers:
        restart(chat)
        await chat.tap(label, on=reminders(chat)[0])
        assert answer in chat.text


@pytest.mark.soak
async def test_the_calendar_goes_on_after_a_restart(
    talk: Talk, seed: Seed, remind: Push, restart: Restart
) -> None:
    chat = await reminded(talk, seed, remind)
    await chat.tap("Più tardi")
    restart(chat)
    await chat.tap("Scegli una data")
    restart(chat)
    await chat.tap("\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}")
    restart(chat)
    await chat.tap("2")
    assert "mercoledì 2 dicembre 2026" in chat.text


@pytest.mark.soak
@pytest.mark.parametrize(("label", "answer"), some(ANSWERS[:2], 1))
async def test_during_a_renewal_its_window_keeps_working(
    talk: Talk, seed: Seed, services: Services, database: Database, remind: Push, label: str, answer: str
) -> None:
    chat = await reminded(talk, seed, remind)
    await stand_at(chat, services, 2, Step.KIT)
    window = chat.screen
    assert await state_of(database, window) == "RenewalStates:kit"
    await chat.tap(label, on=reminders(chat)[0])
    assert answer in chat.text
    await chat.tap({"Più": "Domani", "Non": "Riattiva"}[label[:3]])
    await chat.tap("Senza kit", on=window)
    assert await state_of(database, chat.screen) == "RenewalStates:registrant"


@pytest.mark.soak
@pytest.mark.parametrize(("label", "answer"), some(ANSWERS[:2], 1))
async def test_during_the_settings_their_window_keeps_working(
    talk: Talk, seed: Seed, database: Database, remind: Push, label: str, answer: str
) -> None:
    chat = await reminded(talk, seed, remind)
    await chat.send("/settings")
    window = chat.screen
    await chat.tap(label, on=reminders(chat)[0])
    assert answer in chat.text
    await chat.tap({"Più": "Domani", "Non": "Silenzia anche"}[label[:3]])
    await chat.tap("Caselle", on=window)
    assert await state_of(database, window) == "SettingsStates:mailboxes"
    knows = {"Più": "dal 24/11", "Non": "nessuno"}[label[:3]]
    assert labels_of(window)[0] == f"rossi1@pec.example · {knows}"


@pytest.mark.soak
async def test_put_off_twice_at_once_is_put_off(
    talk: Talk, seed: Seed, database: Database, remind: Push
) -> None:
    chat = await reminded(talk, seed, remind)
    await chat.tap_together(["Più tardi"] * 2)
    await chat.tap_together(["Domani"] * 2)
    assert "martedì 24 novembre 2026" in chat.text
    assert await count(database, SnoozeRow) == 1


@pytest.mark.soak
async def test_muted_twice_at_once_is_muted_and_still_speaks_at_the_last(
    talk: Talk, seed: Seed, database: Database, remind: Push
) -> None:
    chat = await reminded(talk, seed, remind)
    await chat.tap_together(["Non ricordarmela"] * 3)
    await chat.tap_together(["Silenzia anche gli ultimi"] * 2)
    assert "non arriva più nessun promemoria" in chat.screen_text
    assert await count(database, MuteRow) == 1
    await chat.tap_together(["Riattiva tutti i promemoria"] * 2)
    assert await count(database, MuteRow) == 0


async def test_rinnova_tapped_twice_at_once_opens_one_renewal(
    talk: Talk, seed: Seed, services: Services, database: Database, remind: Push
) -> None:
    chat = await reminded(talk, seed, remind)
    await chat.tap_together(["Rinnova per 1 anno"] * 3)
    assert await count(database, DraftRow) == 1
    assert await state_of(database, chat.screen) == "RenewalStates:payment"
    assert [item.mailbox_id for item in (await draft_of(chat, services)).items] == [1]


async def count(database: Database, table: type[DraftRow | MuteRow | SnoozeRow]) -> int:
    async with database.read() as session:
        return int(await session.scalar(select(func.count()).select_from(table)) or 0)


@pytest.mark.parametrize("customer", ["verdi", *long(None)])
@pytest.mark.parametrize("language", ["it", *long("en")])
async def test_in_another_persons_chat_every_button_is_refused_and_does_nothing(
    talk: Talk,
    seed: Seed,
    services: Services,
    database: Database,
    remind: Push,
    language: str,
    customer: str | None,
) -> None:
    chat = await reminded(talk, seed, remind)
    await seed.mailbox("verdi")
    copied = [data_of(reminders(chat)[0], label) for label, _ in ANSWERS]
    tampered = [
        "later::1:20261208",
        "pick:1:::202612",
        "pick::1:20261208:202612",
        "snooze:1:::20261201",
        "snooze::1:20261208:20261201",
        "mute:1:all",
        "unmute:1",
        "due:1:0:20261208",
        "due:1:1:20261208",
        "keep:1:::1:e40-AAAAAA::0",
        "keep:1:::1:e40-AAAAAA::1",
        "keep::1:20261208:1:e40-AAAAAA::0",
        "keep::::1:e40-AAAAAA::0",
        "listorder:R7K2M-4:",
        "later:::",
        "later:99::",
        "mute:99:most",
    ]
    thief = await talk(customer, language=language)
    await thief.send("/help")
    said = len(thief.texts)
    for data in [*copied, *tampered]:
        await thief.press(data, on=thief.newest)
        assert thief.toast == NOT_YOURS[language], data
    assert len(thief.texts) == said
    assert await services.renewals.unfinished(Actor(thief.id, language)) is None
    assert await count(database, MuteRow) == await count(database, SnoozeRow) == 0


@pytest.mark.parametrize("number", ["9223372036854775808", *long("-1")])
async def test_a_number_that_no_mailbox_can_have_is_answered_as_an_old_button(
    talk: Talk, seed: Seed, database: Database, remind: Push, number: str
) -> None:
    chat = await reminded(talk, seed, remind)
    screen = chat.screen
    more = ("keep:{}:::1:e40-AAAAAA::0", "listdue:{}:20261208:20261208:")
    for data in ("renew:{}", "later:{}::", "mute:{}:most", "unmute:{}", "due:{}:0:20261208", *more):
        await chat.press(data.format(number))
        assert chat.toast == "Questo pulsante non è più valido. Con /start si riparte.", data
        assert chat.screen is screen, data
    assert await count(database, DraftRow) == await count(database, MuteRow) == 0


async def test_a_tap_that_cannot_be_answered_any_more_still_counts(
    talk: Talk, seed: Seed, remind: Push, bot: Bot, world: World, database: Database
) -> None:
    chat = await reminded(talk, seed, remind)
    telegram = FailingSession(world)
    bot.session = telegram
    for label in ("Più tardi", "Domani"):
        telegram.fail(AnswerCallbackQuery, TelegramBadRequest, "Bad Request: query is too old")
        await chat.tap(label)
    assert "martedì 24 novembre 2026" in chat.text
    telegram.fail(AnswerCallbackQuery, TelegramBadRequest, "Bad Request: query is too old")
    await chat.tap("Rinnova per 1 anno", on=reminders(chat)[0])
    assert await state_of(database, chat.screen) == "RenewalStates:payment"


async def test_a_reminder_that_arrives_during_a_renewal_leaves_it_alone(
    talk: Talk, seed: Seed, services: Services, database: Database, remind: Push
) -> None:
    await seed.mailbox("rossi", plan="pro", expires_in=15)
    other = await seed.mailbox("rossi", plan="pro", expires_in=300)
    chat = await talk("rossi")
    await stand_at(chat, services, other, Step.KIT)
    window = chat.screen
    await remind()
    assert len(reminders(chat)) == 1
    await chat.tap("Senza kit", on=window)
    assert await state_of(database, window) == "RenewalStates:registrant"
