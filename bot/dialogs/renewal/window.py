"""The frame of every window of the renewal: progress bar, text, running total, keyboard."""

from typing import Any

from aiogram.fsm.state import State
from aiogram.types import Message
from aiogram_dialog import DialogManager, ShowMode, Window
from aiogram_dialog.api.internal import DataGetter
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Keyboard
from aiogram_dialog.widgets.text import Format, Multi

from bot.dialogs import own_number
from bot.dialogs.context import translator_of
from bot.dialogs.rewriting import say_below
from bot.dialogs.typed_words import leave_words
from bot.dialogs.widgets import Html, ProgressBar
from bot.messages.blocks import beside_quotes
from bot.texts import Safe


class _Parts(Multi):
    """The parts of a screen: where the last of its text is a quote, the total needs no blank line above it."""

    async def _render_text(self, data: dict[str, Any], manager: DialogManager) -> str:
        return beside_quotes(Safe(await super()._render_text(data, manager)))


async def hint_to_tap(message: Message, _: Any, manager: DialogManager) -> None:
    """Whatever is written where only taps count: say so, and bring the screen below what was written.

    A word that asks for something is left to whom answers it, below (`bot.handlers.hints`); the screen stays as it is.

    Raises:
        SkipHandler: it is such a word.
    """
    leave_words(message, manager)
    await own_number.came_unasked(message, manager)
    await say_below(message, translator_of(manager).html("hint-tap"))
    manager.show_mode = ShowMode.DELETE_AND_SEND


def step_window(
    state: State, *keyboard: Keyboard | MessageInput, text: str | Html, getter: DataGetter
) -> Window:
    """A window whose text is the message `text`, between the progress bar and the running total.

    The getter adds `flow.header(…)` to its data. A window without an input of its own answers text with a hint.
    """
    body = Html(text) if isinstance(text, str) else text
    hint = () if any(isinstance(part, MessageInput) for part in keyboard) else (MessageInput(hint_to_tap),)
    return Window(
        _Parts(
            ProgressBar(),
            Format(" \n{read_as}\n ", when="read_as"),
            body,
            Html("renewal-running-total", when="running_total"),
            sep="\n",
        ),
        *keyboard,
        *hint,
        state=state,
        getter=getter,
    )
