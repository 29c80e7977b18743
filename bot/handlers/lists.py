"""*Vedi tutte le caselle*: the whole list of which a message names the first five, below it, page by page."""

from collections.abc import Callable, Sequence

from aiogram import Router
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager

from bot.dialogs.context import actor_of, services_of, translator_of
from bot.dialogs.rewriting import say_below
from bot.domain.mailboxes import is_over
from bot.handlers.buttons import ListDue, ListOrder, button, day_of, keyboard
from bot.handlers.reach import acknowledge, reachable, rewrite
from bot.messages.blocks import lines, paragraphs
from bot.texts import Safe

_TO_A_PAGE = 10


def lists_router() -> Router:
    """The lists, and the buttons that turn their pages."""
    router = Router(name="lists")
    router.callback_query.register(list_due, ListDue.filter())
    router.callback_query.register(list_order, ListOrder.filter())
    return router


async def list_due(callback: CallbackQuery, callback_data: ListDue, dialog_manager: DialogManager) -> None:
    """A customer's mailboxes that expire from one day to another, as they are now, without the deleted and the gone."""
    translator, services = translator_of(dialog_manager), services_of(dialog_manager)
    since, by = day_of(callback_data.since), day_of(callback_data.by)
    today = services.surroundings.today()
    holdings = await services.renewals.holdings(actor_of(dialog_manager))
    boxes = sorted(
        (
            box
            for holding in holdings
            for box in holding.mailboxes
            if box.customer_id == callback_data.customer
            and since <= box.expires_on <= by
            and not is_over(box, box.gone_on, services.surroundings.catalogue, today)
        ),
        key=lambda box: (box.expires_on, box.address),
    )
    title = "list-due-title" if boxes else "list-due-none"
    said = [
        translator.html(
            "reminder-mailbox-line",
            address=box.address,
            expires=box.expires_on,
            expired=box.expires_on < today,
        )
        for box in boxes
    ]
    await _show(
        callback,
        dialog_manager,
        translator.html(title, count=len(boxes), since=since, by=by),
        said,
        callback_data.page,
        lambda page: callback_data.model_copy(update={"page": page}),
    )


async def list_order(
    callback: CallbackQuery, callback_data: ListOrder, dialog_manager: DialogManager
) -> None:
    """The mailboxes of an order, with their new expiry."""
    translator = translator_of(dialog_manager)
    order = await services_of(dialog_manager).orders.show(actor_of(dialog_manager), callback_data.number)
    said = [
        translator.html("message-completed-line", address=item.address, expiry=item.new_expiry)
        for item in order.items
    ]
    await _show(
        callback,
        dialog_manager,
        translator.html("list-order-title", order=order.number, count=len(said)),
        said,
        callback_data.page,
        lambda page: callback_data.model_copy(update={"page": page}),
    )


async def _show(
    callback: CallbackQuery,
    manager: DialogManager,
    title: Safe,
    said: Sequence[Safe],
    page: int | None,
    turned: Callable[[int], CallbackData],
) -> None:
    """Below the message that leads to the list, or in place of another page."""
    await acknowledge(callback)
    translator, pages = translator_of(manager), max(1, -(-len(said) // _TO_A_PAGE))
    number = min(page or 0, pages - 1)
    shown = said[number * _TO_A_PAGE : (number + 1) * _TO_A_PAGE]
    text = paragraphs(title, lines(shown) if shown else None)
    markup = None
    if pages > 1:
        markup = keyboard(
            (
                button(translator, "pager-previous", turned((number - 1) % pages)),
                button(translator, "pager-position", turned(number), page=number + 1, pages=pages),
                button(translator, "pager-next", turned((number + 1) % pages)),
            )
        )
    if page is None:
        await say_below(reachable(callback), text, reply_markup=markup)
    else:
        await rewrite(callback, text, markup)
