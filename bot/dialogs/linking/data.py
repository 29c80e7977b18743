"""What the dialog remembers, why what was written is not taken, and how it goes on afterwards.

`dialog_data` holds what the person came for, and nothing else: neither the address nor the code ever rests there.
"""

import math
from collections.abc import Awaitable, Callable
from enum import StrEnum
from typing import Any, Final, TypeAlias

from aiogram.types import Message
from aiogram_dialog import DialogManager, ShowMode

from bot.dialogs.context import services_of, translator_of
from bot.services.errors import CodesPaused
from bot.texts import Safe

_PURPOSE: Final = "purpose"
_NOTE: Final = "linking_note"


class Purpose(StrEnum):
    """What the chat is to be linked for; the values are stored with open conversations."""

    HOME = "home"
    RENEW = "renew"


Arrived: TypeAlias = Callable[[Message, DialogManager, Purpose], Awaitable[None]]
"""Goes on once the chat is linked: given the message that had the code, and what the person came for."""


def start_data(purpose: Purpose) -> dict[str, str]:
    """What the dialog is started with."""
    return {_PURPOSE: purpose.value}


async def take_start_data(start_data: Any, manager: DialogManager) -> None:
    """`on_start` of the dialog: keep what the person came for."""
    manager.dialog_data[_PURPOSE] = (start_data or {}).get(_PURPOSE, Purpose.HOME.value)


def purpose_of(manager: DialogManager) -> Purpose:
    """What the person came for."""
    return Purpose(manager.dialog_data[_PURPOSE])


def set_note(manager: DialogManager, note: Safe) -> None:
    """Say this above the question when the window is drawn in this update, and never again."""
    manager.middleware_data[_NOTE] = note


def note_of(manager: DialogManager) -> Safe | None:
    """What `set_note` wants said."""
    note = manager.middleware_data.get(_NOTE)
    return note if isinstance(note, Safe) else None


def pause_text(manager: DialogManager, pause: CodesPaused) -> Safe:
    """Why there is no code now, and the minutes that are really left."""
    left = pause.until - services_of(manager).surroundings.now()
    minutes = max(math.ceil(left.total_seconds() / 60), 1)
    return translator_of(manager).html("linking-paused", reason=pause.reason.value, minutes=minutes)


async def sent_something_else(_: Message, __: Any, manager: DialogManager) -> None:
    """A picture, a voice message: what is asked has to be written."""
    manager.show_mode = ShowMode.DELETE_AND_SEND
    set_note(manager, translator_of(manager).html("linking-text-only"))


def is_unknown_command(message: Message, manager: DialogManager) -> bool:
    """Whether a command was written that nothing else took: it is neither an address nor a code."""
    if not (message.text or "").startswith("/"):
        return False
    set_note(manager, translator_of(manager).html("linking-command"))
    return True
