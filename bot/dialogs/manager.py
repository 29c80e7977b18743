"""aiogram-dialog's manager, which tells the windows of a dialog from the plain messages around them.

A window may be opened by a button of a plain message: a notice, the list of mailboxes, "the renewal is complete". The
library takes the message that was tapped for the window before, and takes its buttons off. Here they stay, so that the
message works at any age, and the window before loses its own, which lead nowhere any more.
"""

from typing import Any

from aiogram import Router
from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager
from aiogram_dialog.api.entities import ChatEvent, OldMessage
from aiogram_dialog.api.protocols import DialogRegistryProtocol, MessageManagerProtocol
from aiogram_dialog.context.media_storage import MediaIdStorage
from aiogram_dialog.manager.manager import ManagerImpl
from aiogram_dialog.utils import remove_intent_id


class AmongPlainMessages(ManagerImpl):
    """The manager of a chat in which plain messages have buttons too."""

    def _get_message_from_callback(self, event: CallbackQuery) -> OldMessage | None:
        """The window before: the message that was tapped, if that is a window, else the one that the stack knows."""
        intent_id, _ = remove_intent_id(event.data or "")
        is_window = intent_id is not None
        return super()._get_message_from_callback(
            event if is_window else event.model_copy(update={"message": None})
        )


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
        return AmongPlainMessages(
            event=event,
            data=data,
            message_manager=self._message_manager,
            media_id_storage=self._media_ids,
            registry=registry,
            router=router,
            getter=None,
        )
