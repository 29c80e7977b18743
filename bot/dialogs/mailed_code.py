"""What the windows have in common that ask for an address and for the code that is mailed to it.

`dialog_data` never holds the address or the code; what is to be said of an answer lives for one update.
"""

import math
from typing import Any, Final

from aiogram.types import Message
from aiogram_dialog import DialogManager, ShowMode

from bot.dialogs.context import services_of, translator_of
from bot.services.errors import CodesPaused
from bot.texts import Safe

_NOTE: Final = "linking_note"


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
