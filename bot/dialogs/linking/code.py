"""The window that asks for the code. It says the same whether or not one was mailed."""

from typing import Any

from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, SwitchTo

from bot.dialogs.context import actor_of, services_of, translator_of
from bot.dialogs.linking.data import Arrived, purpose_of
from bot.dialogs.mailed_code import code_data, mail_again, sent_something_else, take_code
from bot.dialogs.states import LinkStates
from bot.dialogs.widgets import Choices, Html, Label, nav_row
from bot.services.people.login_codes import AwaitedCode
from bot.texts import Safe


def windows(arrived: Arrived) -> list[Window]:
    """The window of this module; `arrived` goes on after the right code."""

    async def answered(message: Message, _: MessageInput, manager: DialogManager) -> None:
        if await take_code(message, manager, services_of(manager).login_codes) is not None:
            purpose = purpose_of(manager)
            await manager.done()
            await arrived(message, manager, purpose)

    return [
        Window(
            Html("linking-code"),
            Choices("link_again", "again", _again),
            SwitchTo(Label("linking-other-address"), id="link_other", state=LinkStates.email),
            nav_row("link_code", close=_close),
            MessageInput(answered, content_types=ContentType.TEXT),
            MessageInput(sent_something_else),
            state=LinkStates.code,
            getter=_getter,
        )
    ]


async def _getter(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    translator = translator_of(dialog_manager)

    def question(awaited: AwaitedCode) -> Safe:
        return translator.html("linking-code-question", until=awaited.good_until)

    awaited = services_of(dialog_manager).login_codes.awaited(actor_of(dialog_manager))
    return await code_data(dialog_manager, awaited, question)


async def _again(_: CallbackQuery, __: Any, manager: DialogManager, request_id: str) -> None:
    await mail_again(manager, services_of(manager).login_codes, request_id)


async def _close(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await manager.done()
