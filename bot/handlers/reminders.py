"""The buttons of reminders (DOMAIN.md 6): renew several, remind later, not for this mailbox.

They answer below the reminder, which keeps its buttons, and leave an open dialog alone.
"""

from aiogram import Router
from aiogram.types import CallbackQuery, InlineKeyboardMarkup
from aiogram_dialog import DialogManager

from bot.dialogs.context import actor_of, services_of, translator_of
from bot.dialogs.rewriting import say_below
from bot.dialogs.widgets.day_picker import month_rows
from bot.dialogs.widgets.toasts import toast
from bot.domain.mailboxes import deletion_days
from bot.domain.reminders import MuteLevel
from bot.handlers.buttons import (
    KeepReminders,
    MuteMailbox,
    Nothing,
    PickDay,
    RemindLater,
    RenewDue,
    SnoozeTo,
    UnmuteMailbox,
    button,
    day_of,
    keyboard,
    number_of,
)
from bot.handlers.opening import open_due
from bot.handlers.reach import acknowledge, reachable, rewrite
from bot.messages.blocks import paragraphs
from bot.messages.reminder_words import step_list
from bot.services.errors import DayOutOfRange
from bot.services.reminders.preferences import Silenced, SnoozeChoices
from bot.texts import Safe, Translator

_MONTH = 100


def reminders_router() -> Router:
    """Everything that a reminder's own buttons do; *Rinnova* of one mailbox is `renewing`'s."""
    router = Router(name="reminders")
    router.callback_query.register(renew_due, RenewDue.filter())
    router.callback_query.register(later, RemindLater.filter())
    router.callback_query.register(pick_day, PickDay.filter())
    router.callback_query.register(snooze, SnoozeTo.filter())
    router.callback_query.register(keep, KeepReminders.filter())
    router.callback_query.register(mute, MuteMailbox.filter())
    router.callback_query.register(unmute, UnmuteMailbox.filter())
    router.callback_query.register(nothing, Nothing.filter())
    return router


async def renew_due(callback: CallbackQuery, callback_data: RenewDue, dialog_manager: DialogManager) -> None:
    """Open the renewal of the notice's mailboxes."""
    await open_due(
        reachable(callback),
        dialog_manager,
        callback_data.customer,
        day_of(callback_data.by),
        callback_data.holder or None,
    )
    await acknowledge(callback)


async def later(callback: CallbackQuery, callback_data: RemindLater, dialog_manager: DialogManager) -> None:
    """Ask when to remind again."""
    translator = translator_of(dialog_manager)
    choices = await services_of(dialog_manager).wishes.snooze_choices(
        actor_of(dialog_manager), callback_data.about()
    )
    await acknowledge(callback)
    text, markup = _when(translator, callback_data, choices)
    await say_below(reachable(callback), text, reply_markup=markup)


async def pick_day(callback: CallbackQuery, callback_data: PickDay, dialog_manager: DialogManager) -> None:
    """Show the calendar, or turn its page."""
    translator = translator_of(dialog_manager)
    choices = await services_of(dialog_manager).wishes.snooze_choices(
        actor_of(dialog_manager), callback_data.about()
    )
    about = callback_data.only()
    rows = month_rows(
        day_of(callback_data.month * _MONTH + 1),
        choices.first,
        max(choices.first, choices.limit),
        translator,
        day_data=lambda day: SnoozeTo(**about, on=number_of(day)).pack(),
        month_data=lambda day: PickDay(**about, month=number_of(day) // _MONTH).pack(),
        nothing=Nothing().pack(),
    )
    await acknowledge(callback)
    await rewrite(
        callback,
        translator.html("later-calendar", limit=choices.limit),
        keyboard(*rows, button(translator, "later-keep", KeepReminders())),
    )


async def snooze(callback: CallbackQuery, callback_data: SnoozeTo, dialog_manager: DialogManager) -> None:
    """Remind on the chosen day."""
    translator, day = translator_of(dialog_manager), day_of(callback_data.on)
    try:
        choices = await services_of(dialog_manager).wishes.snooze(
            actor_of(dialog_manager), callback_data.about(), day
        )
    except DayOutOfRange as wrong:
        words = translator.plain("later-out-of-range", first=wrong.first, limit=wrong.limit)
        await toast(callback, words, alert=True)
        return
    await acknowledge(callback)
    count, first = len(choices.addresses), choices.addresses[0]
    done = translator.html("later-done", count=count, first=first, on=day, last=choices.last_come)
    await rewrite(
        callback, _with_notice(translator, done, automatic=choices.automatic, last_day=not choices.last_come)
    )


async def keep(callback: CallbackQuery, dialog_manager: DialogManager) -> None:
    """Change nothing."""
    await acknowledge(callback)
    await rewrite(callback, translator_of(dialog_manager).html("later-kept"))


async def mute(callback: CallbackQuery, callback_data: MuteMailbox, dialog_manager: DialogManager) -> None:
    """Say no more about the mailbox: at first but the last words, and after one more tap those neither."""
    translator, services = translator_of(dialog_manager), services_of(dialog_manager)
    actor, mailbox_id = actor_of(dialog_manager), callback_data.mailbox
    box = await services.wishes.mute(actor, mailbox_id, callback_data.level)
    address, catalogue = box.address, services.surroundings.catalogue
    await acknowledge(callback)
    undo = button(translator, "mute-undo", UnmuteMailbox(mailbox=mailbox_id))
    if callback_data.level is MuteLevel.ALL:
        silent = translator.html("mute-all-done", address=address)
        await rewrite(callback, _of_muted(translator, silent, box), keyboard(undo))
        return
    last = (await services.wishes.read(actor)).last_of(box, catalogue.rules)
    if not last:
        silent = translator.html("mute-all-done", address=address)
        await say_below(
            reachable(callback),
            _of_muted(translator, silent, box),
            reply_markup=keyboard(undo),
        )
        return
    more = MuteMailbox(mailbox=mailbox_id, level=MuteLevel.ALL)
    fewer = translator.html(
        "mute-done",
        address=address,
        steps=step_list(translator, catalogue, last, box.plan_id),
        deletion_days=deletion_days(box.plan_id, catalogue),
    )
    await say_below(
        reachable(callback),
        _of_muted(translator, fewer, box),
        reply_markup=keyboard(button(translator, "mute-all", more), undo),
    )


async def unmute(
    callback: CallbackQuery, callback_data: UnmuteMailbox, dialog_manager: DialogManager
) -> None:
    """Speak of the mailbox again."""
    address = await services_of(dialog_manager).wishes.unmute(actor_of(dialog_manager), callback_data.mailbox)
    await acknowledge(callback)
    await rewrite(callback, translator_of(dialog_manager).html("mute-undone", address=address))


async def nothing(callback: CallbackQuery) -> None:
    """Stop the spinner of a cell that only shows something."""
    await acknowledge(callback)


def _of_muted(translator: Translator, said: Safe, box: Silenced) -> Safe:
    return _with_notice(translator, said, automatic=box.automatic, last_day=not box.declined)


def _with_notice(translator: Translator, said: Safe, *, automatic: bool, last_day: bool = True) -> Safe:
    """What is silent, and that the last day is not, nor the notice of an automatic renewal, if any (DOMAIN.md 6)."""
    return paragraphs(
        said,
        translator.html("last-day-comes") if last_day else None,
        translator.html("owed-comes") if automatic else None,
    )


def _when(
    translator: Translator, about: RemindLater, choices: SnoozeChoices
) -> tuple[Safe, InlineKeyboardMarkup | None]:
    """The question, with the days that are still possible."""
    count, first = len(choices.addresses), choices.addresses[0]
    if not choices.possible:
        return translator.html("later-too-late", count=count, first=first), None
    only = about.only()
    rows = [button(translator, "later-tomorrow", SnoozeTo(**only, on=number_of(choices.first)))]
    if choices.next_week is not None:
        rows.append(button(translator, "later-next-week", SnoozeTo(**only, on=number_of(choices.next_week))))
    rows += [
        button(translator, "later-pick", PickDay(**only, month=number_of(choices.first) // _MONTH)),
        button(translator, "later-keep", KeepReminders()),
    ]
    return translator.html("later-ask", count=count, first=first), keyboard(*rows)
