"""The language: what is tapped is spoken at once, from this window on."""

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput

from bot.dialogs.context import actor_of, go_on_as, services_of, texts_of, translator_of
from bot.dialogs.renewal.window import hint_to_tap
from bot.dialogs.settings.data import back_to
from bot.dialogs.states import SettingsStates
from bot.dialogs.widgets import Choice, Choices, Html
from bot.texts import Locale


def windows() -> list[Window]:
    """The choice."""
    return [
        Window(
            Html("settings-language-choose"),
            Choices("settings_locale", "locales", _speak, width=len(Locale)),
            back_to("settings_locale", SettingsStates.menu),
            MessageInput(hint_to_tap),
            state=SettingsStates.language,
            getter=_getter,
        )
    ]


async def _getter(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    spoken, texts = translator_of(dialog_manager).locale, texts_of(dialog_manager)
    return {
        "locales": [
            Choice.one_of(
                locale.value, texts.translator(locale).plain("language-name"), chosen=locale is spoken
            )
            for locale in Locale
        ]
    }


async def _speak(_: CallbackQuery, __: Any, manager: DialogManager, item_id: str) -> None:
    if item_id in {locale.value for locale in Locale}:
        go_on_as(manager, await services_of(manager).chats.set_language(actor_of(manager), item_id))
