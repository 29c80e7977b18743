"""The first window: how everything stands, and the way to each of it."""

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Row, SwitchTo

from bot.dialogs.context import actor_of, services_of, translator_of
from bot.dialogs.renewal.forms import blocks
from bot.dialogs.renewal.mailbox_text import lines_of
from bot.dialogs.renewal.window import hint_to_tap
from bot.dialogs.settings.data import list_put_off, settings_of
from bot.dialogs.states import SettingsStates
from bot.dialogs.widgets import Choice, Choices, Html, Label, flag_wanted, nav_row
from bot.services.reminders.preferences import ByMail, ReminderSettings
from bot.texts import Safe, Translator

_MAIL = "mail"


def windows() -> list[Window]:
    """The menu."""
    return [
        Window(
            Html("settings-menu"),
            Row(
                SwitchTo(Label("settings-language"), id="settings_language", state=SettingsStates.language),
                SwitchTo(
                    Label("settings-steps"), id="settings_steps", state=SettingsStates.steps, when="linked"
                ),
            ),
            Row(
                Button(
                    Label("settings-mailboxes"),
                    id="settings_mailboxes",
                    on_click=_all_mailboxes,
                    when="linked",
                ),
                Button(
                    Label("settings-put-off"),
                    id="settings_put_off",
                    on_click=_only_put_off,
                    when="any_put_off",
                ),
            ),
            SwitchTo(
                Label("settings-phrase"), id="settings_phrase", state=SettingsStates.phrase, when="linked"
            ),
            SwitchTo(Label("settings-email"), id="settings_email", state=SettingsStates.email, when="linked"),
            Choices("settings_mail", "mail", _want_mail),
            nav_row("settings", close=_close),
            MessageInput(hint_to_tap),
            state=SettingsStates.menu,
            getter=_getter,
        )
    ]


async def _getter(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    translator = translator_of(dialog_manager)
    linked = await services_of(dialog_manager).linking.is_bound(actor_of(dialog_manager))
    if not linked:
        body = blocks(translator.html("settings-line-language"), translator.html("settings-unlinked"))
        return {"body": body, "linked": False, "any_put_off": False, "mail": []}
    settings = await settings_of(dialog_manager)
    return {
        "body": _body(translator, settings),
        "linked": True,
        "any_put_off": bool(settings.snoozed),
        "count": len(settings.snoozed),
        "mail": _mail_choice(translator, settings.by_mail),
    }


def _body(translator: Translator, settings: ReminderSettings) -> Safe:
    return blocks(
        lines_of(
            [
                translator.html("settings-line-language"),
                translator.html(
                    "settings-line-steps", wanted=len(settings.wanted), steps=len(settings.steps)
                ),
                translator.html(
                    "settings-line-muted", muted=len(settings.muted), count=len(settings.mailboxes)
                ),
                translator.html("settings-line-put-off", count=len(settings.snoozed)),
                translator.html("settings-line-phrase", chosen=settings.phrase is not None),
            ]
        ),
        None
        if settings.by_mail is ByMail.NEVER
        else translator.html("settings-line-mail", by_mail=settings.by_mail.value),
    )


def _mail_choice(translator: Translator, by_mail: ByMail) -> list[Choice]:
    """The flag; none where it is not for the chat to say."""
    if not by_mail.is_choice:
        return []
    return [Choice.flag(_MAIL, translator.plain("settings-mail"), chosen=by_mail is ByMail.TOO)]


async def _all_mailboxes(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    list_put_off(manager, only=False)
    await manager.switch_to(SettingsStates.mailboxes)


async def _only_put_off(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    list_put_off(manager, only=True)
    await manager.switch_to(SettingsStates.mailboxes)


async def _want_mail(_: CallbackQuery, __: Any, manager: DialogManager, item_id: str) -> None:
    await services_of(manager).wishes.want_mail(actor_of(manager), on=flag_wanted(item_id)[1])


async def _close(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await manager.done()
