"""aiogram-dialog's manager, which tells the windows of a dialog from the plain messages around them.

A window may be opened by a button of a plain message: a notice, the list of mailboxes, "the renewal is complete". The
library takes the message that was tapped for the window before, and takes its buttons off. Here they stay, so that the
message works at any age, and the window before loses its own, which lead nowhere any more.

There is one live window: a tap on one that a text has just replaced is answered in the one below it.
"""

import secrets
import string
from dataclasses import fields, replace
from typing import Any, Final

from aiogram import Router
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, ErrorEvent
from aiogram_dialog import DialogManager
from aiogram_dialog.api.entities import ChatEvent, Context, Data, OldMessage, ShowMode, Stack
from aiogram_dialog.api.internal import STACK_KEY
from aiogram_dialog.api.protocols import DialogRegistryProtocol, MessageManagerProtocol
from aiogram_dialog.context.media_storage import MediaIdStorage
from aiogram_dialog.manager.manager import ManagerImpl
from aiogram_dialog.utils import remove_intent_id

from bot.dialogs.rewriting import Place, take_buttons_off

_ID_SIGNS: Final = string.digits + string.ascii_letters
_ID_LENGTH: Final = 6
"""As long as the library's own at most: with the separator, 7 of the 64 bytes that a button holds."""


class FreshIds(Stack):
    """A stack whose dialogs have names of their own.

    The library makes a name of the second and a number below 100: of two dialogs opened within one second, the buttons
    of the first act on the second once in a hundred times.
    """

    @classmethod
    def of(cls, stack: Stack) -> "FreshIds":
        """The same stack, to be gone on with."""
        return cls(**{field.name: getattr(stack, field.name) for field in fields(Stack)})

    def push(self, state: State, data: Data) -> Context:
        """Put a dialog on top."""
        context = replace(super().push(state, data), _intent_id=_fresh_id())
        self.intents[-1] = context.id
        return context


def _fresh_id() -> str:
    return "".join(secrets.choice(_ID_SIGNS) for _ in range(_ID_LENGTH))


class AmongPlainMessages(ManagerImpl):
    """The manager of a chat in which plain messages have buttons too."""

    def _get_message_from_callback(self, event: CallbackQuery) -> OldMessage | None:
        """The window before: the one that the stack knows; the message that was tapped, if that is the one."""
        is_live = _is_window(event) and self._superseded() is None
        return super()._get_message_from_callback(
            event if is_live else event.model_copy(update={"message": None})
        )

    async def show(self, show_mode: ShowMode | None = None) -> None:
        """Draw the window; an older one that was tapped loses its buttons."""
        superseded = self._superseded()
        await super().show(show_mode)
        await self._put_out(superseded)

    async def _remove_kbd(self) -> None:
        superseded = self._superseded()
        await super()._remove_kbd()
        await self._put_out(superseded)

    async def _put_out(self, superseded: Place | None) -> None:
        if superseded is not None:
            await take_buttons_off(superseded)

    def _superseded(self) -> Place | None:
        """The window that was tapped, where another has taken its place meanwhile."""
        event = self.event.update.event if isinstance(self.event, ErrorEvent) else self.event
        if not isinstance(event, CallbackQuery) or event.message is None or not _is_window(event):
            return None
        live = self.current_stack().last_message_id
        return None if live in {None, event.message.message_id} else event.message


def _is_window(event: CallbackQuery) -> bool:
    """Whether the tapped button is a dialog's."""
    intent_id, _ = remove_intent_id(event.data or "")
    return intent_id is not None


class ManagerFactory:
    """Makes a manager for each update."""

    def __init__(self, message_manager: MessageManagerProtocol) -> None:
        """Let all of them draw through `message_manager`."""
        self._message_manager = message_manager
        self._media_ids = MediaIdStorage()  # type: ignore[no-untyped-call] # the library's

    def __call__(
        self, event: ChatEvent, data: dict[str, Any], registry: DialogRegistryProtocol, router: Router
    ) -> DialogManager:
        """Make one."""
        stack: Stack | None = data.get(STACK_KEY)
        if stack is not None:
            data[STACK_KEY] = FreshIds.of(stack)
        return AmongPlainMessages(
            event=event,
            data=data,
            message_manager=self._message_manager,
            media_id_storage=self._media_ids,
            registry=registry,
            router=router,
            getter=None,
        )
