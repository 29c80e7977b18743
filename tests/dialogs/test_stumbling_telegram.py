"""A Telegram that stumbles while something is said: it is said all the same, and what was done stays done."""

import ast
import re
from pathlib import Path
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramBadRequest,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import EditMessageReplyMarkup, EditMessageText, SendMessage

import bot as our_bot
from bot.dialogs.widgets.patience import MAX_WAIT_SECONDS
from bot.domain.reminders import MuteLevel
from bot.domain.steps import Step
from bot.handlers.buttons import MuteMailbox
from bot.playground.world import World
from bot.services.actor import Actor
from bot.services.services import Services
from bot.telegram.in_between import SomebodyInBetween
from tests.support.failing_session import FailingSession
from tests.support.long_runs import long, some
from tests.support.renewing import stand_at
from tests.support.running_bot import Talk
from tests.support.seed import Seed


@pytest.fixture
def telegram(bot: Bot, world: World) -> FailingSession:
    """The bot's connection, which fails when it is told to."""
    failing = FailingSession(world)
    failing.middleware(SomebodyInBetween())
    bot.session = failing
    return failing


FAULTS: dict[str, list[tuple[type[Exception], tuple[Any, ...]]]] = {
    "a short pause": [(TelegramRetryAfter, ("Too Many Requests", 0))],
    "a failure": [(TelegramServerError, ("Bad Gateway",))],
    "a broken connection": [(TelegramNetworkError, ("the connection broke",))],
    "a deleted message": [(TelegramBadRequest, ("Bad Request: message to edit not found",))],
    "shown already": [(TelegramBadRequest, ("Bad Request: message is not modified",))],
}


@pytest.mark.parametrize("fault", some(FAULTS, 1))
@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("Elimina questo rinnovo", "Il rinnovo è stato eliminato."),
        *long(("Conserva per dopo", "Il rinnovo è conservato.")),
    ],
)
async def test_what_became_of_the_renewal_is_said_however_telegram_stumbles(
    talk: Talk, seed: Seed, services: Services, telegram: FailingSession, fault: str, label: str, words: str
) -> None:
    mailbox = await seed.mailbox("rossi")
    chat = await talk("rossi")
    await stand_at(chat, services, mailbox, Step.PAYMENT)
    await chat.tap("Annulla")
    for error, arguments in FAULTS[fault]:
        telegram.fail(EditMessageText, error, *arguments)
    await chat.tap(label)
    assert telegram.pending == 0
    if fault != "shown already":
        assert chat.text.startswith(words)
    assert not chat.toast
    left = await services.renewals.unfinished(Actor(chat.id, "it"))
    assert (left is None) is label.startswith("Elimina")


@pytest.mark.parametrize("error", [TelegramServerError, *long(TelegramNetworkError)])
async def test_a_telegram_that_does_not_answer_at_all_is_never_told_as_nothing_lost(
    talk: Talk, seed: Seed, services: Services, telegram: FailingSession, error: type[Exception]
) -> None:
    mailbox = await seed.mailbox("rossi")
    chat = await talk("rossi")
    await stand_at(chat, services, mailbox, Step.PAYMENT)
    await chat.tap("Annulla")
    for _ in range(2):
        telegram.fail(EditMessageText, error, "Bad Gateway")
    await chat.tap("Elimina questo rinnovo")
    assert (chat.toast or "").startswith("Il rinnovo è stato eliminato.")
    assert await services.renewals.unfinished(Actor(chat.id, "it")) is None
    await chat.send("/renew")
    assert "Rinnovo di rossi1@pec.example" in chat.text


async def test_a_plain_answer_that_telegram_does_not_take_is_asked_for_again(
    talk: Talk, seed: Seed, telegram: FailingSession
) -> None:
    await seed.mailbox("rossi")
    chat = await talk("rossi")
    await chat.send("/language")
    for _ in range(2):
        telegram.fail(EditMessageText, TelegramServerError, "Bad Gateway")
    await chat.tap("Italiano")
    await chat.tap("Italiano")
    assert "in italiano" in chat.text


@pytest.mark.parametrize("pause", [0, *long(MAX_WAIT_SECONDS + 1)])
async def test_what_is_sent_below_waits_a_short_pause_and_is_never_told_as_nothing_done(
    talk: Talk, seed: Seed, services: Services, telegram: FailingSession, pause: int
) -> None:
    mailbox = await seed.mailbox("rossi", expires_in=40)
    chat = await talk("rossi")
    telegram.fail(SendMessage, TelegramRetryAfter, "Too Many Requests", pause)
    said = len(chat.texts)
    await chat.press(MuteMailbox(mailbox=mailbox, level=MuteLevel.MOST).pack())
    assert "Niente è andato perso" not in (chat.toast or "")
    assert (await services.wishes.read(Actor(chat.id, "it"))).muted
    if pause:
        await chat.press(MuteMailbox(mailbox=mailbox, level=MuteLevel.MOST).pack())
    assert len(chat.texts) == said + 1


async def test_a_text_that_cannot_be_answered_is_met_with_true_words(
    talk: Talk, seed: Seed, telegram: FailingSession
) -> None:
    await seed.mailbox("rossi")
    chat = await talk("rossi")
    telegram.fail(SendMessage, TelegramServerError, "Bad Gateway")
    await chat.send("/language")
    assert chat.text.startswith("In questo momento Telegram non risponde.")


@pytest.mark.parametrize("times", [1, *long(2)])
async def test_the_page_of_a_gateway_in_place_of_telegrams_answer_is_telegram_that_is_away(
    talk: Talk, seed: Seed, telegram: FailingSession, times: int
) -> None:
    """It was an answer that could not be decoded, which nobody expected: the update failed, and its recovery too."""
    await seed.mailbox("rossi")
    chat = await talk("rossi")
    said = len(chat.texts)
    for _ in range(times):
        telegram.fail(SendMessage, ClientDecodeError, ValueError("no JSON"), "<html>502 Bad Gateway</html>")
    await chat.send("/language")
    assert telegram.pending == 0
    if times == 1:
        assert chat.text.startswith("In questo momento Telegram non risponde.")
    else:
        assert len(chat.texts) == said
    await chat.send("/language")
    assert chat.has("English")


async def test_on_a_message_that_telegram_no_longer_shows_it_is_said_below(
    talk: Talk, seed: Seed, services: Services
) -> None:
    mailbox = await seed.mailbox("rossi")
    chat = await talk("rossi")
    await stand_at(chat, services, mailbox, Step.PAYMENT)
    await chat.tap("Annulla")
    screen = chat.screen
    chat.world.tap(chat.id, screen.message_id, "Elimina questo rinnovo")
    (update,) = chat.world.drain_updates()
    message = update["callback_query"]["message"]
    update["callback_query"]["message"] = {
        "chat": message["chat"],
        "message_id": message["message_id"],
        "date": 0,
    }
    await chat.feed(update)
    assert chat.text.startswith("Il rinnovo è stato eliminato.")
    assert not screen.buttons, "the question has no buttons any more"


AWAY: dict[str, tuple[type[Exception], tuple[Any, ...]]] = {
    **{name: FAULTS[name][0] for name in ("a failure", "a broken connection")},
    "a long pause": (TelegramRetryAfter, ("Too Many Requests", MAX_WAIT_SECONDS + 1)),
    "a page of a gateway": (ClientDecodeError, (ValueError("no JSON"), "<html>502 Bad Gateway</html>")),
}


@pytest.mark.parametrize("away", some(AWAY, 1))
@pytest.mark.parametrize(
    ("way", "words"),
    [
        (("/unlink", "Scollega la chat"), "Chat scollegata."),
        *long(
            (("/privacy", "Cancella i miei dati", "Cancella i dati della chat"), "Fatto:"),
            (("/annulla",), "Il rinnovo è in pausa"),
        ),
    ],
)
async def test_what_was_done_is_told_though_the_buttons_of_the_open_window_could_not_be_taken_off(
    talk: Talk,
    seed: Seed,
    services: Services,
    telegram: FailingSession,
    away: str,
    way: tuple[str, ...],
    words: str,
) -> None:
    """It was done, and told as an error that nobody had foreseen."""
    mailbox = await seed.mailbox("rossi")
    chat = await talk("rossi")
    await stand_at(chat, services, mailbox, Step.PAYMENT)
    error, arguments = AWAY[away]
    *before, last = way
    for label in before:
        await (chat.send if label.startswith("/") else chat.tap)(label)
    telegram.fail(EditMessageReplyMarkup, error, *arguments)
    await (chat.send if last.startswith("/") else chat.tap)(last)
    assert telegram.pending == 0
    assert not chat.toast
    assert chat.text.startswith(words)


RAW = re.compile(
    r"^(answer(_callback_query|_photo)?|reply(_\w+)?|delete_message|delete_reply_markup"
    r"|edit_(text|caption|media|reply_markup|message_\w+))$"
)
"""How Telegram is asked to answer a tap or a message in words, or to change a message."""

COPE = {
    "dialogs/rewriting.py": "messages beside the windows",
    "dialogs/widgets/message_manager.py": "the windows",
    "dialogs/widgets/toasts.py": "what is said over the chat",
}


def test_messages_are_written_and_taps_answered_where_telegrams_refusals_are_met() -> None:
    root = Path(our_bot.__file__).parent
    found = [
        f"{name}:{node.lineno} {node.func.attr}"
        for folder in ("dialogs", "handlers")
        for path in sorted((root / folder).rglob("*.py"))
        if (name := path.relative_to(root).as_posix()) not in COPE
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if RAW.match(node.func.attr)
    ]
    assert found == []
