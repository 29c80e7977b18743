"""The frame of every window of the renewal: progress bar, text, running total, keyboard."""

from aiogram.fsm.state import State
from aiogram_dialog import Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Keyboard
from aiogram_dialog.widgets.text import Const, Multi
from aiogram_dialog.window import GetterVariant

from bot.dialogs.widgets import Html, ProgressBar


def step_window(
    state: State, *keyboard: Keyboard | MessageInput, text: str | Html, getter: GetterVariant
) -> Window:
    """A window whose text is the message `text`, between the progress bar and the running total.

    The getter adds `flow.header(…)` to its data.
    """
    body = Html(text) if isinstance(text, str) else text
    return Window(
        Multi(ProgressBar(), Const(" "), body, Const(" "), Html("renewal-running-total"), sep="\n"),
        *keyboard,
        state=state,
        getter=getter,
    )
