"""Reading the reminders of a chat, and coming back to their buttons later."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from aiogram import Bot

from bot.app import build_bot, build_conversation
from bot.db.engine import Database
from bot.playground.messages import Message
from bot.playground.session import WorldSession
from bot.playground.world import World
from bot.services.surroundings import Surroundings
from bot.texts import Texts
from tests.support.chat import Chat, labels_of
from tests.support.clock import FrozenClock
from tests.support.pushing import Push
from tests.support.running_bot import TOKEN

ALARM = "⏰"
"""What every reminder begins with."""
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"

CHOICES = {"it": "Altre scelte", "en": "Other choices"}
LATER = {"it": "Più tardi", "en": "Later"}
MUTE = {"it": "Non ricordarmela", "en": "Don't remind me"}
RENEW = {"it": "Rinnova", "en": "Renew"}
ALL = {"it": "Vedi tutte le caselle", "en": "View all mailboxes"}

Restart = Callable[[Chat], None]


@pytest.fixture
def restart(
    world: World, database: Database, surroundings: Surroundings, texts: Texts, clock: FrozenClock
) -> Restart:
    """Let a new process of the bot answer a chat, over the same database."""

    def begin_anew(chat: Chat) -> None:
        bot: Bot = build_bot(TOKEN, WorldSession(world))
        chat.restart(bot, build_conversation(database, surroundings, texts, clock))

    return begin_anew


def reminders(chat: Chat) -> list[Message]:
    """The reminders in a chat, the oldest first."""
    return [message for message in chat.world.messages(chat.id) if message.text.startswith(ALARM)]


def titles(chat: Chat) -> list[str]:
    """What the reminders in a chat are headed with, the oldest first."""
    return [message.text.split("\n")[0].removeprefix(ALARM).strip() for message in reminders(chat)]


def plain(text: str) -> str:
    """A text with plain spaces in its amounts."""
    return text.replace(NO_BREAK_SPACE, " ")


async def told_on(clock: FrozenClock, remind: Push, days: int, *, chats: int | None = None) -> list[int]:
    """Let days pass one after the other, reminding on each; the numbers of those on which something was told.

    Where `chats` is given, on each of them so many heard something.
    """
    heard = []
    for day in range(1, days + 1):
        clock.advance(timedelta(days=1))
        if count := await remind():
            assert chats is None or count == chats, day
            heard.append(day)
    return heard


def data_of(message: Message, label: str) -> str:
    """The data of the only button of a message that contains `label`."""
    (found,) = [button.callback_data for button in message.buttons if label in button.text]
    assert found is not None
    return found


def labels_plain(message: Message) -> list[str]:
    """The labels of a message, with plain spaces in their amounts."""
    return [plain(label) for label in labels_of(message)]


async def tap_first(chat: Chat, on: Message | None = None) -> None:
    """Tap the first button of the newest reminder, which names the amount."""
    reminder = on or reminders(chat)[-1]
    await chat.tap(labels_of(reminder)[0], on=reminder)
