"""A reference: the two screens as a bot of aiogram-dialog with its defaults shows them, all of it in memory.

``python -m tests.load.peers.aiogram_dialog_bot ADDRESS TOKEN SCREENS``. Set up as the library's README has it: a
`Dispatcher` with its own `MemoryStorage`, `setup_dialogs`, long polling. The texts stand in it as they are: it has
nothing to look up, to compute or to format, which is as quick as a bot of this library can be.
"""

import asyncio
import sys
from pathlib import Path
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import CommandStart
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import Message
from aiogram_dialog import Dialog, DialogManager, StartMode, Window, setup_dialogs
from aiogram_dialog.widgets.kbd import Button, Keyboard, Row, SwitchTo, Url
from aiogram_dialog.widgets.text import Const

from tests.load.stage.shown import BACK, OPEN, Asked, own_data, read_asked


class Renewal(StatesGroup):
    """The two screens."""

    first = State()
    plans = State()


def window(asked: Asked, state: State, leading: str, to: State) -> Window:
    """A window that shows what the product asked for; the button `leading` leads on `to` the other one."""

    def widget(button: dict[str, Any]) -> Keyboard:
        label = Const(button["text"])
        if "url" in button:
            return Url(label, Const(button["url"]))
        # A colon, which stands between a list and the item of it that is tapped, may not stand in a widget's id.
        name = own_data(button["callback_data"]).replace(":", ".")
        return SwitchTo(label, name, to) if leading in button["text"] else Button(label, name)

    rows = [Row(*map(widget, row)) for row in asked.keyboard]
    return Window(Const(asked.html), *rows, state=state, parse_mode="HTML")


async def start(_message: Message, dialog_manager: DialogManager) -> None:
    """Open the first screen."""
    await dialog_manager.start(Renewal.first, mode=StartMode.RESET_STACK)


async def main(address: str, token: str, screens: Path) -> None:
    """Poll until the process is ended."""
    first, plans = read_asked(screens)
    dispatcher = Dispatcher()
    dispatcher.include_router(
        Dialog(
            window(first, Renewal.first, OPEN, Renewal.plans),
            window(plans, Renewal.plans, BACK, Renewal.first),
        )
    )
    setup_dialogs(dispatcher)
    dispatcher.message.register(start, CommandStart())
    bot = Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(address)))
    await dispatcher.start_polling(bot)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], Path(sys.argv[3])))
