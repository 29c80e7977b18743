"""Looking at every window: opens one directly, knows which one a screen is, and keeps what went wrong."""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from aiogram import Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import Command
from aiogram.fsm.state import State
from aiogram.types import ErrorEvent, Message
from aiogram_dialog import DialogManager, ShowMode, StartMode
from sqlalchemy import select

from bot.app import Conversation
from bot.db import strict_json
from bot.db.engine import Database
from bot.db.tables_ground import ChatStateRow
from bot.domain.choices import ChoiceRefused
from bot.domain.registrant import RegistrantError
from bot.playground.messages import Message as Screen
from bot.services.errors import ServiceError
from tests.support.chat import Chat

_SEPARATOR = "\x1d"
"""Between the number of a dialog and the widget in a button's data: aiogram-dialog's own."""

_ANSWERED = (ChoiceRefused, ServiceError, RegistrantError)
"""What the bot answers with a text made for it: no mistake of ours."""


@dataclass(slots=True)
class Windows:
    """Stands before all routers of a conversation."""

    mistakes: list[Exception] = field(default_factory=list)
    _wanted: tuple[State, dict[str, Any]] | None = None

    def attach(self, conversation: Conversation) -> "Windows":
        """Stand before the routers of this conversation, which must not have been started with another one."""
        router = Router(name="windows")
        router.message.register(self._open, Command("window"))
        router.errors.register(self._keep)
        dispatcher = conversation.dispatcher
        dispatcher.include_router(router)
        dispatcher.sub_routers.insert(0, dispatcher.sub_routers.pop())
        return self

    async def show(self, chat: Chat, state: State, data: Mapping[str, Any]) -> Screen:
        """Open a window with this dialog data, and return its screen.

        Raises:
            Exception: what went wrong while it was drawn.
        """
        self._wanted = (state, dict(data))
        before = chat.newest.message_id
        await chat.send("/window")
        self.raise_mistakes(f"drawing {state.state}")
        assert chat.newest.message_id > before, f"{state.state} was not drawn"
        return copy(chat.newest)  # its buttons are taken away when the next window opens

    def raise_mistakes(self, doing: str) -> None:
        """Raise the first thing that went wrong, if anything has."""
        if self.mistakes:
            error = self.mistakes.pop(0)
            error.add_note(f"while {doing}")
            raise error

    async def _open(self, _: Message, dialog_manager: DialogManager) -> None:
        assert self._wanted is not None
        state, data = self._wanted
        await dialog_manager.start(state, data=data, mode=StartMode.RESET_STACK, show_mode=ShowMode.SEND)

    async def _keep(self, event: ErrorEvent) -> None:
        if not isinstance(event.exception, _ANSWERED):
            self.mistakes.append(event.exception)
        raise SkipHandler


async def state_of(database: Database, screen: Screen) -> str | None:
    """The name of the state in which the dialog of a screen stands; None for a message that is no window."""
    numbers = {
        button.callback_data.split(_SEPARATOR)[0]
        for button in screen.buttons
        if button.callback_data is not None and _SEPARATOR in button.callback_data
    }
    async with database.read() as session:
        rows = await session.scalars(select(ChatStateRow).where(ChatStateRow.chat_id == screen.chat.id))
        for row in rows:
            data = strict_json.decode(row.data)
            if data.get("_intent_id") in numbers:
                return str(data["state"])
    return None
