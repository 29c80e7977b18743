"""What the windows have in common that ask for an address and for the code that is mailed to it.

`dialog_data` never holds the address or the code; what is to be said of an answer lives for one update.
"""

import math
from collections.abc import Awaitable, Callable
from typing import Any, Final, Protocol, TypeVar

from aiogram.types import Message
from aiogram_dialog import DialogManager, ShowMode

from bot.dialogs.context import actor_of, services_of, translator_of
from bot.dialogs.renewal.forms import blocks
from bot.dialogs.rewriting import take_away
from bot.dialogs.typed_words import leave_words
from bot.dialogs.widgets import Choice
from bot.services.actor import Actor
from bot.services.errors import CodeNotOpen, CodesPaused, NotACode
from bot.services.people.login_codes import AwaitedCode
from bot.services.people.mailed_codes import WrongCode
from bot.services.people.reference_emails import AwaitedEmail
from bot.texts import Safe

_NOTE: Final = "linking_note"

_Right_co = TypeVar("_Right_co", covariant=True)
_Right = TypeVar("_Right")
_Awaited = TypeVar("_Awaited", AwaitedCode, AwaitedEmail)


class Codes(Protocol[_Right_co]):
    """A service that mails codes and takes them; the type is that of its answer to the right one."""

    async def ask_again(self, actor: Actor, request_id: int) -> None:
        """Mail another code for this request."""

    async def enter(self, actor: Actor, typed: str) -> _Right_co | WrongCode:
        """Take a code."""


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
    return translator_of(manager).html(
        "linking-paused", reason=pause.reason.value, minutes=minutes, until=pause.until
    )


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


async def take_code(message: Message, manager: DialogManager, codes: Codes[_Right]) -> _Right | None:
    """What `codes` answers to the right code, which then leaves the chat; None for all else: the window says why.

    Raises:
        SkipHandler: it is no code, but a word that asks for something.
    """
    manager.show_mode = ShowMode.DELETE_AND_SEND
    if is_unknown_command(message, manager):
        return None
    translator = translator_of(manager)
    try:
        result = await codes.enter(actor_of(manager), message.text or "")
    except NotACode:
        leave_words(message, manager)
        set_note(manager, translator.html("linking-code-form"))
        return None
    except (CodeNotOpen, CodesPaused):
        return None  # the window shows it by itself
    if isinstance(result, WrongCode):
        set_note(manager, translator.html("linking-code-wrong", left=result.attempts_left))
        return None
    await take_away(message)
    return result


async def mail_again(manager: DialogManager, codes: Codes[Any], request_id: str) -> None:
    """Mail another code for the request that a button names."""
    try:
        await codes.ask_again(actor_of(manager), int(request_id))
    except CodesPaused as pause:
        set_note(manager, pause_text(manager, pause))
    else:
        set_note(manager, translator_of(manager).html("linking-code-again"))


async def code_data(
    manager: DialogManager, awaited: Awaitable[_Awaited | None], question: Callable[[_Awaited], Safe]
) -> dict[str, Any]:
    """For the window of the code: what is asked, or why there is no code now, and the button for another one."""
    translator, found = translator_of(manager), None
    text = translator.html("linking-code-gone")
    try:
        found = await awaited
    except CodesPaused as pause:
        text = pause_text(manager, pause)
    if found is not None and found.good_until is not None:
        text = question(found)
    return {
        "question": blocks(note_of(manager), text),
        # The button names the request that it replaces: a second quick tap asks for nothing more.
        "again": []
        if found is None
        else [Choice(str(found.request_id), translator.plain("linking-another-code"))],
    }
