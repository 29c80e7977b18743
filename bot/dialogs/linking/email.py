"""The window that asks for the reference e-mail."""

from typing import Any

from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, ShowMode, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button

from bot.dialogs.context import actor_of, services_of, translator_of
from bot.dialogs.mailed_code import is_unknown_command, note_of, pause_text, sent_something_else, set_note
from bot.dialogs.renewal.forms import blocks, error_text
from bot.dialogs.states import LinkStates
from bot.dialogs.typed_words import leave_words
from bot.dialogs.widgets import Html, nav_row
from bot.domain.registrant import FieldError
from bot.services.errors import CodesPaused


def windows() -> list[Window]:
    """The window of this module."""
    return [
        Window(
            Html("linking-email"),
            nav_row("link_email", close=_close),
            MessageInput(_answered, content_types=ContentType.TEXT),
            MessageInput(sent_something_else),
            state=LinkStates.email,
            getter=_getter,
        )
    ]


async def _getter(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    services, translator = services_of(dialog_manager), translator_of(dialog_manager)
    bound = await services.linking.is_bound(actor_of(dialog_manager))
    question = translator.html(
        "linking-email-question", operator=services.surroundings.catalogue.operator.name
    )
    return {
        "bound": bound,
        "question": blocks(
            note_of(dialog_manager),
            question,
            None if bound else translator.html("linking-email-notice"),
            translator.html("linking-no-passwords"),
        ),
    }


async def _answered(message: Message, _: MessageInput, manager: DialogManager) -> None:
    manager.show_mode = ShowMode.DELETE_AND_SEND
    if is_unknown_command(message, manager):
        return
    try:
        await services_of(manager).login_codes.ask(actor_of(manager), message.text or "")
    except FieldError as error:
        leave_words(message, manager)
        set_note(manager, error_text(translator_of(manager), error))
    except CodesPaused as pause:
        set_note(manager, pause_text(manager, pause))
    else:
        await manager.switch_to(LinkStates.code)


async def _close(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await manager.done()
