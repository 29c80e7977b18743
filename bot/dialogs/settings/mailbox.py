"""One mailbox: how much is heard of it, and on which day it comes up again."""

from datetime import date
from typing import Any, Final

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, SwitchTo

from bot.dialogs.context import actor_of, services_of, translator_of
from bot.dialogs.renewal.forms import blocks
from bot.dialogs.renewal.mailbox_text import TITLE_WIDTH
from bot.dialogs.renewal.window import hint_to_tap
from bot.dialogs.settings.data import (
    HEARD,
    back_out_or_to,
    back_to,
    is_alone,
    open_mailbox,
    open_mailbox_id,
    settings_of,
)
from bot.dialogs.states import SettingsStates
from bot.dialogs.widgets import Choice, Choices, Html, Label
from bot.dialogs.widgets.addresses import shortened_address
from bot.dialogs.widgets.day_picker import DayPicker, start_over
from bot.dialogs.widgets.toasts import toast
from bot.domain.calendar import charge_date
from bot.domain.catalogue import Catalogue
from bot.domain.mailboxes import deletion_days
from bot.domain.reminders import MuteLevel
from bot.messages.reminder_words import step_list
from bot.services.errors import DayOutOfRange
from bot.services.reminders.preferences import About, ReminderSettings, Silenced
from bot.texts import Safe, Translator

_CALENDAR: Final = "settings_calendar"


def windows() -> list[Window]:
    """The mailbox, the question before it falls silent, and the calendar."""
    return [_mailbox_window(), _silence_window(), _day_window()]


def _mailbox_window() -> Window:
    return Window(
        Html("settings-mailbox"),
        Choices("settings_heard", "choices", _choose),
        Button(
            Label("settings-mailbox-day"), id="settings_other_day", on_click=_pick_day, when="can_put_off"
        ),
        Button(Label("settings-mailbox-resume"), id="settings_resume", on_click=_resume, when="is_put_off"),
        SwitchTo(Label("settings-mailbox-switch"), id="settings_to_switch", state=SettingsStates.automatic),
        SwitchTo(
            Label("settings-mailbox-steps"),
            id="settings_to_steps",
            state=SettingsStates.steps,
            when="is_alone",
        ),
        back_out_or_to("settings_one", SettingsStates.mailboxes),
        MessageInput(hint_to_tap),
        state=SettingsStates.mailbox,
        getter=_mailbox,
    )


def _silence_window() -> Window:
    return Window(
        Html("settings-silence"),
        Button(Label("settings-silence-yes"), id="silence_yes", on_click=_silence),
        SwitchTo(Label("settings-silence-no"), id="silence_no", state=SettingsStates.mailbox),
        MessageInput(hint_to_tap),
        state=SettingsStates.silence,
        getter=_silence_question,
    )


def _day_window() -> Window:
    return Window(
        Html("settings-day"),
        DayPicker(_CALENDAR, _put_off),
        back_to("settings_day", SettingsStates.mailbox),
        MessageInput(hint_to_tap),
        state=SettingsStates.day,
        getter=_days,
    )


async def _mailbox(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    settings, translator = await settings_of(dialog_manager), translator_of(dialog_manager)
    box = settings.mailbox(open_mailbox_id(dialog_manager))
    surroundings = services_of(dialog_manager).surroundings
    return {
        "address": shortened_address(box.address, TITLE_WIDTH),
        "expires": box.expires_on,
        "expired": box.expires_on < surroundings.today(),
        "body": _body(translator, surroundings.catalogue, settings, box),
        "choices": [
            Choice.one_of(word, translator.plain("settings-heard", heard=word), chosen=level is box.mute)
            for level, word in HEARD.items()
        ],
        "is_put_off": box.until is not None,
        "is_alone": is_alone(dialog_manager),
        "can_put_off": box.can_put_off and box.mute is not MuteLevel.ALL,
    }


def _body(translator: Translator, catalogue: Catalogue, settings: ReminderSettings, box: Silenced) -> Safe:
    """Whether the mailbox renews itself, what comes about it, and when next."""
    last = settings.last_of(box, catalogue.rules)
    word = HEARD[box.mute] if last or box.mute is not MuteLevel.MOST else HEARD[MuteLevel.ALL]
    return blocks(
        translator.html("settings-mailbox-declined") if box.declined else None,
        None
        if _own_domain(catalogue, box)
        else translator.html(
            "settings-mailbox-automatic", on=box.automatic, charge=charge_date(box.expires_on, catalogue)
        ),
        translator.html(
            "settings-mailbox-heard", heard=word, steps=step_list(translator, catalogue, last, box.plan_id)
        ),
        None
        if box.until is None
        else translator.html("settings-mailbox-put-off", until=box.until, last=bool(last)),
        None if box.mute is None or box.declined else translator.html("last-day-comes"),
        translator.html("owed-comes") if box.automatic else None,
    )


async def _silence_question(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    settings, translator = await settings_of(dialog_manager), translator_of(dialog_manager)
    box = settings.mailbox(open_mailbox_id(dialog_manager))
    catalogue = services_of(dialog_manager).surroundings.catalogue
    return {
        "address": box.address,
        "last": bool(settings.last_of(box, catalogue.rules)),
        "declined": box.declined,
        "automatic": box.automatic,
        "steps": step_list(translator, catalogue, settings.last_of(box, catalogue.rules), box.plan_id),
        "deletion_days": deletion_days(box.plan_id, catalogue),
    }


async def _days(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    choices = await services_of(dialog_manager).wishes.snooze_choices(
        actor_of(dialog_manager), About(open_mailbox_id(dialog_manager))
    )
    return {"address": choices.addresses[0], "first": choices.first, "limit": choices.limit}


async def _choose(_: CallbackQuery, __: Any, manager: DialogManager, item_id: str) -> None:
    wishes, actor, box = services_of(manager).wishes, actor_of(manager), await open_mailbox(manager)
    if item_id == HEARD[box.mute]:
        return
    if item_id == HEARD[None]:
        await wishes.unmute(actor, box.mailbox_id)
    elif item_id == HEARD[MuteLevel.MOST]:
        await wishes.mute(actor, box.mailbox_id, MuteLevel.MOST)
    elif item_id == HEARD[MuteLevel.ALL]:
        await manager.switch_to(SettingsStates.silence)


async def _silence(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await services_of(manager).wishes.mute(actor_of(manager), open_mailbox_id(manager), MuteLevel.ALL)
    await manager.switch_to(SettingsStates.mailbox)


async def _resume(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await services_of(manager).wishes.end_snooze(actor_of(manager), open_mailbox_id(manager))


def _own_domain(catalogue: Catalogue, box: Silenced) -> bool:
    plan = catalogue.plans.get(box.plan_id)
    return plan is None or plan.own_domain


async def _pick_day(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    start_over(manager, _CALENDAR)
    await manager.switch_to(SettingsStates.day)


async def _put_off(callback: CallbackQuery, manager: DialogManager, day: date) -> None:
    about = About(open_mailbox_id(manager))
    try:
        await services_of(manager).wishes.snooze(actor_of(manager), about, day)
    except DayOutOfRange as wrong:
        words = translator_of(manager).plain("later-out-of-range", first=wrong.first, limit=wrong.limit)
        await toast(callback, words, alert=True)
        return
    await manager.switch_to(SettingsStates.mailbox)
