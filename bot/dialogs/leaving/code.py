"""The window that asks for the code, which deletes everything as soon as it is typed."""

from typing import Any

from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, ShowMode, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button

from bot.dialogs.context import actor_of, services_of, translator_of
from bot.dialogs.leaving.data import open_customer
from bot.dialogs.mailed_code import code_data, mail_again, sent_something_else, take_code
from bot.dialogs.rewriting import say_below
from bot.dialogs.states import LeavingStates
from bot.dialogs.widgets import Choices, Html, nav_row
from bot.services.errors import StillNeeded
from bot.services.people.login_codes import AwaitedCode
from bot.texts import Safe


def windows() -> list[Window]:
    """The window of this module."""
    return [
        Window(
            Html("leaving-code"),
            Choices("leaving_again", "again", _again),
            nav_row("leaving_code", back=_back),
            MessageInput(_written, content_types=ContentType.TEXT),
            MessageInput(sent_something_else),
            state=LeavingStates.code,
            getter=_getter,
        )
    ]


async def _getter(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    leaving, actor = services_of(dialog_manager).leaving, actor_of(dialog_manager)
    customer_id = open_customer(dialog_manager)
    foreseen = await leaving.show(actor, customer_id)
    translator = translator_of(dialog_manager)

    def question(awaited: AwaitedCode) -> Safe:
        return translator.html("leaving-code-question", address=foreseen.email, until=awaited.good_until)

    return await code_data(dialog_manager, leaving.awaited(actor, customer_id), question)


async def _again(_: CallbackQuery, __: Any, manager: DialogManager, request_id: str) -> None:
    try:
        await mail_again(manager, services_of(manager).leaving, request_id)
    except StillNeeded:
        await manager.switch_to(LeavingStates.terms)


async def _written(message: Message, _: MessageInput, manager: DialogManager) -> None:
    try:
        done = await take_code(message, manager, services_of(manager).leaving)
    except StillNeeded:
        await manager.switch_to(LeavingStates.terms)
        return
    if done is None:
        return
    manager.show_mode = ShowMode.SEND  # what was asked stays to be read, without its buttons
    await manager.reset_stack(remove_keyboard=True)
    manager.show_mode = ShowMode.NO_UPDATE
    text = translator_of(manager).html(
        "leaving-done", at=services_of(manager).surroundings.now(), until=done.until, orders=done.orders
    )
    await say_below(message, text)


async def _back(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await manager.switch_to(LeavingStates.terms)
