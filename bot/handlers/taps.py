"""The second of two quick taps, which the first has answered already.

Telegram sends each tap, also those made while the answer to the first is on its way. Most answers can be given twice: a
window is drawn as it is, a message rewritten says the same. A message that is *sent* below would come twice, and a
button that led out of a dialog would be called one of an earlier conversation. So the chat remembers for a moment what
was answered. That stands among the rest of its state (docs/decisions/003): it is right whichever process takes the next
tap, and when answering fails it is forgotten with all else, so that the tap may be repeated.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any, Final

import structlog
from aiogram import BaseMiddleware
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, TelegramObject
from aiogram_dialog.api.internal import CONTEXT_KEY
from aiogram_dialog.utils import remove_intent_id

from bot.dialogs.context import ANSWERED_BELOW
from bot.dialogs.widgets.toasts import acknowledge

_log = structlog.get_logger(__name__)

QUICK: Final = timedelta(seconds=3)
"""How long after the answer a tap is the second one of a hurried hand, and not a new wish."""

_MOST: Final = 8
_KEY: Final = "answered"
_LEFT: Final = ""
"""Stands for whatever button of a window that is over: all of them went with it."""


class Answered:
    """What the chat's taps of the last moment were answered with."""

    def __init__(self, state: FSMContext, now: Callable[[], datetime]) -> None:
        """Remember in `state`, by the clock `now`."""
        self._state = state
        self._now = now

    async def has(self, message_id: int, button: str) -> bool:
        """Whether a tap on this button was answered just now by a message of its own."""
        return [message_id, button] in [entry[:2] for entry in await self._fresh()]

    async def was_left(self, message_id: int) -> bool:
        """Whether the window that stood there was left just now by one of its buttons."""
        return await self.has(message_id, _LEFT)

    async def note(self, message_id: int, button: str) -> None:
        """A tap was answered; of the same kind on the same message only the last counts, as when pages are turned."""
        kind = _kind(button)
        others = [entry for entry in await self._fresh() if (entry[0], _kind(entry[1])) != (message_id, kind)]
        entry = [message_id, button, self._now().isoformat()]
        await self._state.update_data({_KEY: [*others, entry][-_MOST:]})

    async def note_left(self, message_id: int) -> None:
        """A window was left by one of its buttons."""
        await self.note(message_id, _LEFT)

    async def _fresh(self) -> list[list[Any]]:
        entries: list[list[Any]] = (await self._state.get_data()).get(_KEY, [])
        return [entry for entry in entries if abs(self._now() - datetime.fromisoformat(entry[2])) <= QUICK]


class QuickTaps(BaseMiddleware):
    """An inner middleware of taps, innermost of all: lets each through that was not answered already.

    Taps inside a dialog are its own affair: two on a counter count twice.
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        """Tell what is quick by the clock `now`."""
        self._now = now

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        """Let the tap through, and remember it where a second one would be too many."""
        if not isinstance(event, CallbackQuery) or event.message is None or event.data is None:
            return await handler(event, data)
        answered = Answered(data["state"], self._now)
        message_id, (intent_id, _) = event.message.message_id, remove_intent_id(event.data)
        if await answered.has(message_id, event.data):
            _log.info("tap_repeated")
            await acknowledge(event)
            return None
        result = await handler(event, data)
        if intent_id is None or data.get(ANSWERED_BELOW):
            await answered.note(message_id, event.data)
        # Also where it was answered below: the second tap may find its dialog gone, which comes before it is looked at.
        if intent_id is not None and _is_left(intent_id, data):
            await answered.note_left(message_id)
        return result


def _is_left(intent_id: str, data: dict[str, Any]) -> bool:
    """Whether the dialog that the button belongs to is not the one on top any more."""
    context = data.get(CONTEXT_KEY)
    return context is None or context.id != intent_id


def _kind(button: str) -> str:
    """What a button does, without what it does it to."""
    return button.partition(":")[0]
