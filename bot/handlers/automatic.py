"""The switch of automatic renewal beside the dialogs: every mailbox's, always, whatever dialog is open (DOMAIN.md 3.6).

It is reached from `/mailboxes` and from the notice that precedes a charge. It opens no renewal, and leaves one that is
under way alone.
"""

from typing import Final

from aiogram import Router
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup
from aiogram_dialog import DialogManager

from bot.dialogs.automatic import switch_label, switch_tick, switch_words
from bot.dialogs.context import actor_of, services_of, translator_of
from bot.dialogs.rewriting import say_below
from bot.dialogs.widgets.addresses import shortened_address
from bot.dialogs.widgets.toasts import toast
from bot.domain.mailboxes import Mailbox
from bot.domain.notice_ways import NoticeWay
from bot.domain.switching import may_renew_itself
from bot.handlers.buttons import ListSwitches, ShowSwitch, SwitchStep, UseSwitch, button, keyboard
from bot.handlers.reach import acknowledge, reachable, rewrite
from bot.services.errors import NotOffered
from bot.services.renewing.standing import Standing
from bot.texts import Safe

_ADDRESS_WIDTH = 24
_WAYS: Final = {SwitchStep.CHAT: NoticeWay.CHAT, SwitchStep.MAIL: NoticeWay.MAIL}


def automatic_router() -> Router:
    """The list of switches, and one switch."""
    router = Router(name="automatic")
    router.callback_query.register(list_below, ListSwitches.filter())
    router.callback_query.register(show_below, ShowSwitch.filter())
    router.callback_query.register(use, UseSwitch.filter())
    return router


async def list_below(
    callback: CallbackQuery, callback_data: ListSwitches, dialog_manager: DialogManager
) -> None:
    """Every mailbox with its switch; of an only mailbox the switch itself."""
    await acknowledge(callback)
    text, markup = await _list(dialog_manager, callback_data.page)
    await say_below(reachable(callback), text, reply_markup=markup)


async def show_below(
    callback: CallbackQuery, callback_data: ShowSwitch, dialog_manager: DialogManager
) -> None:
    """The switch of a notice's mailbox, below the notice, which keeps its buttons."""
    standing = await _standing(dialog_manager, callback_data.mailbox)
    await acknowledge(callback)
    text, markup = _one(dialog_manager, standing, page=None)
    await say_below(reachable(callback), text, reply_markup=markup)


async def use(callback: CallbackQuery, callback_data: UseSwitch, dialog_manager: DialogManager) -> None:
    """Turn a page, open a switch or use it; the message then shows how things stand."""
    step, mailbox_id, page = callback_data.step, callback_data.mailbox, callback_data.page
    switch, actor = services_of(dialog_manager).auto_renewal, actor_of(dialog_manager)
    said: str | None = None
    if step is SwitchStep.OFF:
        await switch.set_auto_renewal(actor, mailbox_id, on=False)
        said = translator_of(dialog_manager).plain("automatic-done", on=False)
    elif step is SwitchStep.ON:
        try:
            await switch.switch_on(actor, mailbox_id, callback_data.terms)
            said = translator_of(dialog_manager).plain("automatic-done", on=True)
        except NotOffered:
            said = translator_of(dialog_manager).plain("automatic-changed")
    elif step in _WAYS:
        way = _WAYS[step]
        await switch.choose_notice_way(actor, mailbox_id, way)
        said = translator_of(dialog_manager).plain("automatic-noticed", way=way.value)
    if step is SwitchStep.LIST:
        text, markup = await _list(dialog_manager, page or 0)
    else:
        text, markup = _one(dialog_manager, await _standing(dialog_manager, mailbox_id), page=page)
    if said is None:
        await acknowledge(callback)
    else:
        await toast(callback, said)
    await rewrite(callback, text, markup)


async def _standing(manager: DialogManager, mailbox_id: int) -> Standing:
    return await services_of(manager).auto_renewal.standing(actor_of(manager), mailbox_id)


async def _mailboxes(manager: DialogManager) -> list[Mailbox]:
    holdings = await services_of(manager).renewals.holdings(actor_of(manager))
    surroundings = services_of(manager).surroundings
    catalogue, today = surroundings.catalogue, surroundings.today()
    boxes = (box for each in holdings for box in each.mailboxes if may_renew_itself(box, catalogue, today))
    return sorted(boxes, key=lambda box: box.expires_on)


async def _list(manager: DialogManager, page: int) -> tuple[Safe, InlineKeyboardMarkup | None]:
    boxes = await _mailboxes(manager)
    if len(boxes) == 1:
        return _one(manager, await _standing(manager, boxes[0].id), page=None)
    return _many(manager, boxes, page)


def _one(
    manager: DialogManager, standing: Standing, *, page: int | None
) -> tuple[Safe, InlineKeyboardMarkup | None]:
    translator, mailbox_id = translator_of(manager), standing.mailbox.id
    label = switch_label(translator, standing)
    rows: list[InlineKeyboardButton] = []
    if label is not None:
        does = (
            UseSwitch(step=SwitchStep.OFF, mailbox=mailbox_id, page=page)
            if standing.on
            else UseSwitch(step=SwitchStep.ON, mailbox=mailbox_id, page=page, terms=standing.terms.seal)
        )
        rows.append(InlineKeyboardButton(text=label, callback_data=does.pack()))
    if (tick := switch_tick(manager, standing)) is not None:
        choose = UseSwitch(step=SwitchStep(tick.id), mailbox=mailbox_id, page=page)
        rows.append(InlineKeyboardButton(text=tick.label, callback_data=choose.pack()))
    if page is not None:
        rows.append(button(translator, "nav-back", UseSwitch(step=SwitchStep.LIST, page=page)))
    return switch_words(manager, standing), keyboard(*rows) if rows else None


def _many(
    manager: DialogManager, boxes: list[Mailbox], number: int
) -> tuple[Safe, InlineKeyboardMarkup | None]:
    translator = translator_of(manager)
    if not boxes:
        return translator.html("automatic-none"), None
    size = services_of(manager).surroundings.catalogue.rules.mailboxes_per_page
    pages = (len(boxes) + size - 1) // size
    number = max(0, min(number, pages - 1))
    rows: list[InlineKeyboardButton | tuple[InlineKeyboardButton, ...]] = [
        button(
            translator,
            "automatic-choice",
            UseSwitch(step=SwitchStep.SHOW, mailbox=box.id, page=number),
            address=shortened_address(box.address, _ADDRESS_WIDTH),
            on=box.auto_renew,
        )
        for box in boxes[number * size : (number + 1) * size]
    ]
    if pages > 1:

        def turn(to: int) -> UseSwitch:
            return UseSwitch(step=SwitchStep.LIST, page=to)

        rows.append(
            (
                button(translator, "pager-previous", turn((number - 1) % pages)),
                button(translator, "pager-position", turn(number), page=number + 1, pages=pages),
                button(translator, "pager-next", turn((number + 1) % pages)),
            )
        )
    return translator.html("automatic-list"), keyboard(*rows)
