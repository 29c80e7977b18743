"""The list of orders, newest first."""

from datetime import date
from typing import Any, Final

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button

from bot.dialogs.context import services_of, translator_of
from bot.dialogs.orders.data import listed_orders, lists_one_mailbox, set_open_order
from bot.dialogs.orders.story import status_words
from bot.dialogs.renewal.mailbox_text import lines_of
from bot.dialogs.renewal.window import hint_to_tap
from bot.dialogs.states import OrderStates
from bot.dialogs.widgets import Choice, Choices, Html, nav_row
from bot.dialogs.widgets.pages import shown_page
from bot.services.orders.rows import Order
from bot.texts import Safe, Translator

_LIST: Final = "orders_list"
_TO_A_PAGE: Final = 8


def windows() -> list[Window]:
    """The list."""
    return [
        Window(
            Html(lambda data: "orders-list" if data["choices"] else "orders-none"),
            Choices(_LIST, "choices", _open, scroll=_TO_A_PAGE),
            nav_row("orders_list", close=_close, when="is_all"),
            nav_row("orders_of_one", back=_close, when="is_of_one"),
            MessageInput(hint_to_tap),
            state=OrderStates.list,
            getter=_orders,
        )
    ]


async def _orders(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    orders = await listed_orders(dialog_manager)
    translator = translator_of(dialog_manager)
    today = services_of(dialog_manager).surroundings.today()
    shown = await shown_page(dialog_manager, f"{_LIST}_page", orders, _TO_A_PAGE)
    return {
        "lines": lines_of(_line(translator, order, today) for order in shown),
        "choices": [
            Choice(
                order.number,
                translator.plain(
                    "orders-choice",
                    order=order.number,
                    net=order.quote.net,
                    due=order.quote.due,
                    progress=order.progress(today).value,
                ),
            )
            for order in orders
        ],
        "is_of_one": lists_one_mailbox(dialog_manager),
        "is_all": not lists_one_mailbox(dialog_manager),
    }


def _line(translator: Translator, order: Order, today: date) -> Safe:
    return translator.html(
        "orders-line",
        order=order.number,
        placed=order.placed_at,
        net=order.quote.net,
        due=order.quote.due,
        missing=order.missing,
        **status_words(order, today),
    )


async def _open(_: CallbackQuery, __: Any, manager: DialogManager, number: str) -> None:
    set_open_order(manager, number)
    await manager.switch_to(OrderStates.order)


async def _close(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await manager.done()
