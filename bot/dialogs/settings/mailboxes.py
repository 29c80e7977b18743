"""The mailboxes, each with how much is heard of it: all of them, or those whose next reminder was put off."""

from collections.abc import Sequence
from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput

from bot.dialogs.context import services_of, translator_of
from bot.dialogs.renewal.forms import MAX_LABEL
from bot.dialogs.renewal.mailbox_text import id_in
from bot.dialogs.renewal.window import hint_to_tap
from bot.dialogs.settings.data import HEARD, back_to, lists_put_off, set_open_mailbox, settings_of
from bot.dialogs.states import SettingsStates
from bot.dialogs.widgets import Choice, Choices, Html
from bot.dialogs.widgets.addresses import told_apart
from bot.services.reminders.preferences import Silenced
from bot.texts import Translator


def windows() -> list[Window]:
    """The list."""
    return [
        Window(
            Html(_key),
            Choices("settings_box", "mailboxes", _open, scroll="rows"),
            back_to("settings_box", SettingsStates.menu),
            MessageInput(hint_to_tap),
            state=SettingsStates.mailboxes,
            getter=_getter,
        )
    ]


def _key(data: Any) -> str:
    if data["put_off"]:
        return "settings-put-off-list" if data["mailboxes"] else "settings-put-off-none"
    return "settings-mailboxes-list" if data["mailboxes"] else "settings-mailboxes-none"


async def _getter(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    settings, translator = await settings_of(dialog_manager), translator_of(dialog_manager)
    put_off = lists_put_off(dialog_manager)
    return {
        "put_off": put_off,
        "rows": services_of(dialog_manager).surroundings.catalogue.rules.mailboxes_per_page,
        "mailboxes": _choices(translator, settings.snoozed if put_off else settings.mailboxes),
    }


def _choices(translator: Translator, boxes: Sequence[Silenced]) -> list[Choice]:
    room = MAX_LABEL - max((len(_label(translator, box, "")) for box in boxes), default=0)
    short = told_apart([box.address for box in boxes], room)
    return [Choice(str(box.mailbox_id), _label(translator, box, short[box.address])) for box in boxes]


def _label(translator: Translator, box: Silenced, address: str) -> str:
    if box.until is not None:
        return translator.plain("settings-mailbox-put-off-choice", address=address, until=box.until)
    return translator.plain("settings-mailbox-choice", address=address, heard=HEARD[box.mute])


async def _open(_: CallbackQuery, __: Any, manager: DialogManager, item_id: str) -> None:
    mailbox_id = id_in(item_id)
    (await settings_of(manager)).mailbox(mailbox_id)
    set_open_mailbox(manager, mailbox_id)
    await manager.switch_to(SettingsStates.mailbox)
