"""The window that asks for the code. It says the same whether or not one was mailed."""

from typing import Any

from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, ShowMode, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, SwitchTo

from bot.dialogs.context import actor_of, services_of, translator_of
from bot.dialogs.linking.data import Arrived, purpose_of
from bot.dialogs.mailed_code import is_unknown_command, note_of, pause_text, sent_something_else, set_note
from bot.dialogs.renewal.forms import blocks
from bot.dialogs.rewriting import take_away
from bot.dialogs.states import LinkStates
from bot.dialogs.widgets import Choice, Choices, Html, Label, nav_row
from bot.services.errors import CodeNotOpen, CodesPaused, NotACode
from bot.services.people.login_codes import Admitted, AwaitedCode
from bot.texts import Safe


def windows(arrived: Arrived) -> list[Window]:
    """The window of this module; `arrived` goes on after the right code."""

    async def answered(message: Message, _: MessageInput, manager: DialogManager) -> None:
        manager.show_mode = ShowMode.DELETE_AND_SEND
        if not is_unknown_command(message, manager) and await _is_right(message, manager):
            await take_away(message)
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
    awaited: AwaitedCode | None = None
    try:
        awaited = await services_of(dialog_manager).login_codes.awaited(actor_of(dialog_manager))
    except CodesPaused as pause:
        text = pause_text(dialog_manager, pause)
    else:
        text = _question(dialog_manager, awaited)
    return {
        "question": blocks(note_of(dialog_manager), text),
        # The button names the request that it replaces: a second quick tap asks for nothing more.
        "again": []
        if awaited is None
        else [Choice(str(awaited.request_id), translator.plain("linking-another-code"))],
    }


def _question(manager: DialogManager, awaited: AwaitedCode | None) -> Safe:
    translator = translator_of(manager)
    if awaited is None or awaited.good_until is None:
        return translator.html("linking-code-gone")
    return translator.html("linking-code-question", until=awaited.good_until)


async def _is_right(message: Message, manager: DialogManager) -> bool:
    """Whether what was written is the code; if not, the window says why."""
    translator = translator_of(manager)
    try:
        result = await services_of(manager).login_codes.enter(actor_of(manager), message.text or "")
    except NotACode:
        set_note(manager, translator.html("linking-code-form"))
    except (CodeNotOpen, CodesPaused):
        pass  # the window shows it by itself
    else:
        if isinstance(result, Admitted):
            return True
        set_note(manager, translator.html("linking-code-wrong", left=result.attempts_left))
    return False


async def _again(_: CallbackQuery, __: Any, manager: DialogManager, request_id: str) -> None:
    try:
        await services_of(manager).login_codes.ask_again(actor_of(manager), int(request_id))
    except CodesPaused as pause:
        set_note(manager, pause_text(manager, pause))
    else:
        set_note(manager, translator_of(manager).html("linking-code-again"))


async def _close(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await manager.done()
