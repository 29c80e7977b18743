"""A small bot with one real dialog, which counts taps: for tests and measures of what lies under the screens."""

import asyncio
from typing import Any

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.memory import DisabledEventIsolation
from aiogram.methods import EditMessageText, SendMessage
from aiogram.types import CallbackQuery, ErrorEvent, Message
from aiogram_dialog import Dialog, DialogManager, ShowMode, StartMode, Window, setup_dialogs
from aiogram_dialog.widgets.kbd import Button
from aiogram_dialog.widgets.text import Const, Format

from bot.db.chat_units import Backing, ChatUnits, Unit
from bot.telegram.dispatching import RinnovoDispatcher
from tests.support.telegram import OfflineSession, offline_bot, raw_message, raw_tap


class Count(StatesGroup):
    """A dialog of one window that counts taps."""

    window = State()


class Chat:
    """A bot with the counting dialog, and someone who writes and taps."""

    def __init__(self, backing: Backing, first_update: int = 1) -> None:
        """Build everything anew, as a process does when it starts."""
        self.session = OfflineSession()
        self.bot = offline_bot(self.session)
        self.units = ChatUnits(backing)
        self.dispatcher = RinnovoDispatcher(self.units)
        self.saw: list[int] = []
        self.think_seconds = 0.01
        self.trouble: Exception | None = None
        self.dispatcher.include_routers(self._plain(), self._dialog())
        setup_dialogs(self.dispatcher, events_isolation=DisabledEventIsolation())
        self._update_id = first_update

    def _dialog(self) -> Dialog:
        async def add(_query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
            before = manager.dialog_data.get("n", 0)
            self.saw.append(before)
            await asyncio.sleep(self.think_seconds)
            manager.dialog_data["n"] = before + 1

        async def fail(_query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
            manager.dialog_data["n"] = 1000
            raise LookupError("the handler failed")

        async def trouble(_query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
            manager.dialog_data["n"] += 1
            if self.trouble is not None:
                raise self.trouble

        async def forget(_query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
            manager.dialog_data["n"] = {1, 2}

        async def later(_query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
            await manager.bg().update({"n": manager.dialog_data.get("n", 0) + 100})
            await asyncio.sleep(0.02)
            manager.dialog_data["n"] = 50

        async def getter(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
            return {"n": dialog_manager.dialog_data.get("n", 0)}

        return Dialog(
            Window(
                Format("count {n}"),
                Button(Const("add"), id="add", on_click=add),
                Button(Const("fail"), id="fail", on_click=fail),
                Button(Const("trouble"), id="trouble", on_click=trouble),
                Button(Const("set"), id="set", on_click=forget),
                Button(Const("later"), id="later", on_click=later),
                state=Count.window,
                getter=getter,
            )
        )

    def _plain(self) -> Router:
        router = Router()

        @router.message(Command("start"))
        async def start(_message: Message, dialog_manager: DialogManager) -> None:
            await dialog_manager.start(Count.window, mode=StartMode.RESET_STACK)

        @router.message(Command("broken"))
        async def broken(_message: Message, state: FSMContext) -> None:
            await state.set_data({"left": "behind"})
            raise LookupError("the command failed")

        @router.errors(F.exception.args[0] == "the command failed")
        async def recover(_event: ErrorEvent, unit: Unit, dialog_manager: DialogManager) -> None:
            assert unit.changes() == {}
            await dialog_manager.start(Count.window, mode=StartMode.RESET_STACK, show_mode=ShowMode.SEND)

        return router

    def next_id(self) -> int:
        """Number the updates as Telegram does."""
        self._update_id += 1
        return self._update_id

    async def write(self, text: str, *, user: int = 7) -> Any:
        """Send a message."""
        return await self.feed(raw_message(self.next_id(), text, user=user))

    async def tap(self, label: str, *, update_id: int | None = None, user: int = 7) -> Any:
        """Tap a button of the newest window."""
        return await self.press(self.buttons()[label], update_id=update_id, user=user)

    async def press(self, data: str, *, update_id: int | None = None, user: int = 7) -> Any:
        """Tap the button that carries `data`."""
        return await self.feed(raw_tap(update_id or self.next_id(), data, user=user))

    async def feed(self, raw: dict[str, Any]) -> Any:
        """Deliver an update as the webhook does."""
        return await self.dispatcher.feed_raw_update(self.bot, raw)

    def buttons(self, *, user: int = 7) -> dict[str, str]:
        """The buttons of the newest window in someone's chat, by label."""
        shown: Any = self.windows(user=user)[-1]
        return {b.text: b.callback_data for row in shown.reply_markup.inline_keyboard for b in row}

    def text(self) -> str:
        """The text of the newest window."""
        shown: Any = self.windows()[-1]
        return str(shown.text)

    def windows(self, *, user: int = 7) -> list[Any]:
        """Every window that was shown in someone's chat, oldest first."""
        return [
            call
            for call in self.session.calls
            if isinstance(call, SendMessage | EditMessageText) and call.chat_id == user
        ]
