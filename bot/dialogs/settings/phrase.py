"""The security phrase, by which genuine reminders are told from fraud (DOMAIN.md 6).

What was written and cannot be used goes from the handler to the drawing of the same update through the middleware data,
and is forgotten: the phrase rests in its encrypted column alone.
"""

from dataclasses import dataclass
from typing import Any, Final

from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, ShowMode, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, SwitchTo

from bot.dialogs.context import actor_of, services_of, translator_of
from bot.dialogs.renewal.forms import blocks, shortened
from bot.dialogs.renewal.window import hint_to_tap
from bot.dialogs.settings.data import back_to, settings_of
from bot.dialogs.states import SettingsStates
from bot.dialogs.widgets import Html, Label
from bot.dialogs.widgets.colours import DESTROYS
from bot.services.errors import UnusablePhrase
from bot.services.reminders.wishes import LONGEST_PHRASE, SHORTEST_PHRASE
from bot.texts import Safe

_REFUSED: Final = "settings_phrase_refused"
_NOTE: Final = "settings_phrase_note"


@dataclass(frozen=True, slots=True)
class _Refused:
    """What was written, as it was understood, and how long a phrase may be."""

    text: str
    limits: UnusablePhrase


def windows() -> list[Window]:
    """The phrase, and the question before it is taken away."""
    return [
        Window(
            Html("settings-phrase-page"),
            SwitchTo(
                Label("settings-phrase-remove"),
                id="phrase_remove",
                state=SettingsStates.phrase_remove,
                when="is_chosen",
            ),
            back_to("phrase", SettingsStates.menu),
            MessageInput(_written, content_types=ContentType.TEXT),
            MessageInput(_sent_something_else),
            state=SettingsStates.phrase,
            getter=_phrase,
        ),
        Window(
            Html("settings-phrase-remove-ask"),
            Button(
                Label("settings-phrase-remove-yes"), id="phrase_remove_yes", style=DESTROYS, on_click=_remove
            ),
            SwitchTo(Label("settings-phrase-remove-no"), id="phrase_remove_no", state=SettingsStates.phrase),
            MessageInput(hint_to_tap),
            state=SettingsStates.phrase_remove,
            getter=_present,
        ),
    ]


async def _phrase(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    translator, phrase = translator_of(dialog_manager), (await settings_of(dialog_manager)).phrase
    operator = services_of(dialog_manager).surroundings.catalogue.operator.name
    return {
        "is_chosen": phrase is not None,
        "body": blocks(
            _what_is_wrong(dialog_manager),
            translator.html("settings-phrase-why", operator=operator),
            translator.html("settings-phrase-none")
            if phrase is None
            else translator.html("settings-phrase-now", phrase=phrase),
            translator.html(
                "settings-phrase-how",
                chosen=phrase is not None,
                shortest=SHORTEST_PHRASE,
                longest=LONGEST_PHRASE,
            ),
        ),
    }


def _what_is_wrong(manager: DialogManager) -> Safe | None:
    """Why the message that was just written is not the phrase."""
    translator = translator_of(manager)
    note, refused = manager.middleware_data.get(_NOTE), manager.middleware_data.get(_REFUSED)
    if isinstance(note, str):
        return translator.html(note)
    if isinstance(refused, _Refused):
        return translator.html(
            "settings-phrase-unusable",
            value=shortened(refused.text, LONGEST_PHRASE),
            shortest=refused.limits.shortest,
            longest=refused.limits.longest,
        )
    return None


async def _present(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    return {"phrase": (await settings_of(dialog_manager)).phrase or ""}


async def _written(message: Message, _: MessageInput, manager: DialogManager) -> None:
    manager.show_mode = ShowMode.DELETE_AND_SEND
    text = message.text or ""
    if text.startswith("/"):
        manager.middleware_data[_NOTE] = "renewal-field-command"
        return
    try:
        await services_of(manager).wishes.set_phrase(actor_of(manager), text)
    except UnusablePhrase as limits:
        manager.middleware_data[_REFUSED] = _Refused(" ".join(text.split()), limits)


async def _sent_something_else(_: Message, __: MessageInput, manager: DialogManager) -> None:
    manager.show_mode = ShowMode.DELETE_AND_SEND
    manager.middleware_data[_NOTE] = "renewal-field-text-only"


async def _remove(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await services_of(manager).wishes.set_phrase(actor_of(manager), None)
    await manager.switch_to(SettingsStates.phrase)
