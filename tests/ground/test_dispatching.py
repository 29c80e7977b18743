"""The dispatcher with a real dialog: order, failure, repetition, restart, background events."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiogram import Bot, F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.memory import DisabledEventIsolation
from aiogram.types import CallbackQuery, ErrorEvent, Message
from aiogram_dialog import Dialog, DialogManager, ShowMode, StartMode, Window, setup_dialogs
from aiogram_dialog.widgets.kbd import Button
from aiogram_dialog.widgets.text import Const, Format

from bot.db.chat_units import Backing, ChatUnits, Unit
from bot.db.chat_units_sql import SqlBacking
from bot.db.engine import Database
from bot.db.keys import KeyRing
from bot.dispatching import RinnovoDispatcher
from tests.support.clock import FrozenClock
from tests.support.memory_state import MemoryBacking
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
        self.dispatcher.include_routers(self._plain(), self._dialog())
        setup_dialogs(self.dispatcher, events_isolation=DisabledEventIsolation())
        self._update_id = first_update

    def _dialog(self) -> Dialog:
        async def add(_query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
            before = manager.dialog_data.get("n", 0)
            self.saw.append(before)
            await asyncio.sleep(0.01)
            manager.dialog_data["n"] = before + 1

        async def fail(_query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
            manager.dialog_data["n"] = 1000
            raise LookupError("the handler failed")

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

    async def tap(self, label: str, *, update_id: int | None = None) -> Any:
        """Tap a button of the newest window."""
        data = self.buttons()[label]
        return await self.feed(raw_tap(update_id or self.next_id(), data))

    async def feed(self, raw: dict[str, Any]) -> Any:
        """Deliver an update as the webhook does."""
        return await self.dispatcher.feed_raw_update(self.bot, raw)

    def buttons(self) -> dict[str, str]:
        """The buttons of the newest window, by label."""
        shown: Any = self._shown()[-1]
        return {b.text: b.callback_data for row in shown.reply_markup.inline_keyboard for b in row}

    def text(self) -> str:
        """The text of the newest window."""
        shown: Any = self._shown()[-1]
        return str(shown.text)

    def _shown(self) -> list[Any]:
        return [
            call for call in self.session.calls if type(call).__name__ in {"SendMessage", "EditMessageText"}
        ]


@pytest.fixture
def chat() -> Chat:
    """A bot on memory."""
    return Chat(MemoryBacking())


@pytest.fixture
async def stored(database: Database, clock: FrozenClock) -> AsyncIterator[Chat]:
    """A bot on SQLite."""
    chat = Chat(SqlBacking(database, clock))
    yield chat
    await chat.dispatcher.storage.close()


async def test_three_quick_taps_run_one_after_the_other_each_on_new_data(stored: Chat) -> None:
    await stored.write("/start")
    await asyncio.gather(stored.tap("add"), stored.tap("add"), stored.tap("add"))
    assert stored.saw == [0, 1, 2]
    assert stored.text() == "count 3"
    assert len(stored.units.locks) == 0


async def test_the_conversation_goes_on_after_the_process_died(
    database_url: str, keys: KeyRing, clock: FrozenClock
) -> None:
    first = Database(database_url, keys)
    await first.start()
    before = Chat(SqlBacking(first, clock))
    await before.write("/start")
    await before.tap("add")
    button = before.buttons()["add"]
    await first.dispose()

    second = Database(database_url, keys)
    await second.start()
    after = Chat(SqlBacking(second, clock), first_update=100)
    await after.feed(raw_tap(after.next_id(), button))
    assert after.saw == [1]
    assert after.text() == "count 2"
    await second.dispose()


async def test_an_update_that_comes_twice_is_processed_once(stored: Chat) -> None:
    await stored.write("/start")
    await asyncio.gather(*(stored.tap("add", update_id=500) for _ in range(3)))
    assert stored.saw == [0]
    assert stored.text() == "count 1"


async def test_what_a_failed_handler_changed_is_forgotten(chat: Chat) -> None:
    await chat.write("/start")
    await chat.tap("add")
    with pytest.raises(LookupError):
        await chat.tap("fail")
    await chat.tap("add")
    assert chat.saw == [0, 1]


async def test_data_that_json_cannot_keep_fails_and_leaves_the_old(chat: Chat) -> None:
    await chat.write("/start")
    await chat.tap("add")
    with pytest.raises(TypeError, match="is a set"):
        await chat.tap("set")
    await chat.tap("add")
    assert chat.saw == [0, 1]


async def test_an_error_handler_starts_from_the_state_before_and_keeps_its_own(chat: Chat) -> None:
    await chat.write("/broken")
    assert chat.text() == "count 0"
    await chat.tap("add")
    assert chat.text() == "count 1"
    backing = chat.units._backing
    assert isinstance(backing, MemoryBacking)
    assert not any("behind" in record.data for record in backing.records.values())


async def test_an_error_handler_holds_the_chat(chat: Chat) -> None:
    order: list[str] = []

    @chat.dispatcher.errors(F.exception.args[0] == "the handler failed")
    async def slow(_event: ErrorEvent) -> None:
        order.append("recovering")
        await asyncio.sleep(0.02)
        order.append("recovered")

    await chat.write("/start")
    await asyncio.gather(*(chat.tap("fail") for _ in range(3)))
    assert order == ["recovering", "recovered"] * 3


async def test_a_background_event_waits_for_the_handler_that_caused_it(chat: Chat) -> None:
    await chat.write("/start")
    await chat.tap("later")
    async with asyncio.timeout(5):
        while chat.text() != "count 100":
            await asyncio.sleep(0.01)
    assert [call.text for call in chat._shown()][1:] == ["count 50", "count 100"]
    await chat.tap("add")
    assert chat.saw == [100]


async def test_chats_run_in_parallel(chat: Chat) -> None:
    meeting = asyncio.Barrier(5)

    @chat.dispatcher.message(F.text == "meet")
    async def meet(_message: Message) -> None:
        await meeting.wait()

    async with asyncio.timeout(5):
        await asyncio.gather(*(chat.write("meet", user=user) for user in range(10, 15)))


async def test_an_update_without_a_chat_is_processed(chat: Chat) -> None:
    seen: list[Bot] = []

    @chat.dispatcher.poll()
    async def poll(_poll: Any, bot: Bot) -> None:
        seen.append(bot)

    await chat.feed(
        {
            "update_id": 900,
            "poll": {
                "id": "1",
                "question": "?",
                "options": [],
                "total_voter_count": 0,
                "is_closed": True,
                "is_anonymous": True,
                "type": "regular",
                "allows_multiple_answers": False,
                "allows_revoting": False,
                "members_only": False,
            },
        }
    )
    assert seen == [chat.bot]
