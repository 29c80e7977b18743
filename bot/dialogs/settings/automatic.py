"""The switch of one mailbox's automatic renewal, in the settings (DOMAIN.md 3.6)."""

from typing import Any, Final

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput

from bot.dialogs.automatic import switch_label, switch_tick, switch_words, way_wanted
from bot.dialogs.context import actor_of, services_of, translator_of
from bot.dialogs.renewal.window import hint_to_tap
from bot.dialogs.settings.data import back_out_or_to, open_mailbox_id
from bot.dialogs.states import SettingsStates
from bot.dialogs.widgets import Choice, Choices, Html
from bot.dialogs.widgets.toasts import toast
from bot.services.errors import NotOffered
from bot.services.renewing.standing import Standing

_OFF: Final = "off"


def windows() -> list[Window]:
    """How it stands, with the button that switches it."""
    return [
        Window(
            Html("settings-automatic"),
            Choices("settings_switch", "switches", _switch),
            Choices("settings_notice", "ways", _choose_way),
            back_out_or_to("settings_automatic", SettingsStates.mailbox),
            MessageInput(hint_to_tap),
            state=SettingsStates.automatic,
            getter=_getter,
        )
    ]


async def _getter(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    standing = await _standing(dialog_manager)
    label = switch_label(translator_of(dialog_manager), standing)
    tick = switch_tick(dialog_manager, standing)
    item_id = _OFF if standing.on else standing.terms.seal
    return {
        "body": switch_words(dialog_manager, standing),
        "switches": [] if label is None else [Choice(item_id, label)],
        "ways": [] if tick is None else [tick],
    }


async def _standing(manager: DialogManager) -> Standing:
    return await services_of(manager).auto_renewal.standing(actor_of(manager), open_mailbox_id(manager))


async def _switch(callback: CallbackQuery, __: Any, manager: DialogManager, item_id: str) -> None:
    switch, translator = services_of(manager).auto_renewal, translator_of(manager)
    on = item_id != _OFF
    try:
        if on:
            await switch.switch_on(actor_of(manager), open_mailbox_id(manager), item_id)
        else:
            await switch.set_auto_renewal(actor_of(manager), open_mailbox_id(manager), on=False)
    except NotOffered:
        await toast(callback, translator.plain("automatic-changed"), alert=True)
        return
    await toast(callback, translator.plain("automatic-done", on=on))


async def _choose_way(_: CallbackQuery, __: Any, manager: DialogManager, wanted: str) -> None:
    way = way_wanted(wanted)
    await services_of(manager).auto_renewal.choose_notice_way(
        actor_of(manager), open_mailbox_id(manager), way
    )
