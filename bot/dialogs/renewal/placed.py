"""The confirmation: the order is placed, and this is how it is paid (DOMAIN.md 4).

Drawn again after money came, or after the order ended, it says how the order stands instead.
"""

from collections.abc import Mapping
from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, StartMode, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Group

from bot.dialogs.context import actor_of, services_of, translator_of
from bot.dialogs.order_lines import lines_of_order
from bot.dialogs.orders.order import order_body
from bot.dialogs.orders.story import promised_text, status_words
from bot.dialogs.paying import payer_button, paying_data, paying_detail, paying_keyboard, paying_text
from bot.dialogs.payment_card import can_say_paid, say_paid
from bot.dialogs.renewal.flow import draft_id
from bot.dialogs.renewal.mailbox_text import lines_of
from bot.dialogs.renewal.window import hint_to_tap
from bot.dialogs.states import OrderStates, RenewalStates
from bot.dialogs.transfer_picture import show_qr
from bot.dialogs.widgets import Html, Label, nav_row
from bot.dialogs.withdrawal import withdrawal_data, withdrawal_texts
from bot.domain.orders import Progress
from bot.messages.blocks import folded
from bot.messages.mail.plain import plain_words
from bot.services.evidence.of_orders import Words
from bot.services.orders.rows import Order
from bot.texts import Safe


def windows() -> list[Window]:
    """The confirmation."""
    return [
        Window(
            Html(_text_of),
            *paying_keyboard(),
            Group(
                Button(Label("order-qr"), id="placed_qr", on_click=_show_qr, when="is_transfer"),
                payer_button(),
                Button(Label("paid-say"), id="placed_paid", on_click=_say_paid, when="can_say_paid"),
                Button(Label("renewal-placed-open"), id="placed_open", on_click=_open_order),
                width=2,
            ),
            Button(Label("withdrawal-open"), id="placed_withdraw", on_click=_withdraw, when="can_withdraw"),
            nav_row("placed", close=_close),
            MessageInput(hint_to_tap),
            state=RenewalStates.placed,
            getter=_placed,
        )
    ]


async def _order(manager: DialogManager) -> Order:
    return await services_of(manager).orders.of_draft(actor_of(manager), draft_id(manager))


async def _placed(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    return _data(dialog_manager, await _order(dialog_manager))


def _text_of(data: Mapping[str, Any]) -> str:
    return "renewal-placed" if data["awaits"] else "order-page"


def _data(dialog_manager: DialogManager, order: Order) -> dict[str, Any]:
    progress = order.progress(services_of(dialog_manager).surroundings.today())
    awaits = progress is Progress.AWAITING_PAYMENT
    return {
        **paying_data(dialog_manager, order, open_=progress.is_open),
        "can_say_paid": can_say_paid(dialog_manager, order),
        "order": order.number,
        "awaits": awaits,
        **status_words(order, services_of(dialog_manager).surroundings.today()),
        "open": progress.is_open,
        **withdrawal_data(dialog_manager, order),
        "body": _confirmation(dialog_manager, order) if awaits else order_body(dialog_manager, order),
    }


def confirmation(manager: DialogManager, order: Order) -> Words:
    """What the chat is shown next, as evidence of the order (DOMAIN.md 7)."""
    data = _data(manager, order)
    words = plain_words(translator_of(manager).html(_text_of(data), **data))
    return Words(RenewalStates.placed.state or "", words)


def _confirmation(manager: DialogManager, order: Order) -> Safe:
    translator = translator_of(manager)
    lines = lines_of_order(translator, services_of(manager).surroundings.catalogue, order)
    until, how = withdrawal_texts(manager, order)
    detail = folded(
        paying_text(manager, order) if order.promise is not None else None,
        translator.html("renewal-placed-when"),
        paying_detail(manager, order),
        lines.mailboxes(),
        lines.once() or None,
        lines.totals(),
        translator.html("renewal-placed-cancel"),
        how,
    )
    to_pay = paying_text(manager, order) if order.promise is None else promised_text(translator, order)
    return lines_of([to_pay, detail, until])


async def _show_qr(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await show_qr(manager, await _order(manager))


async def _say_paid(callback: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await say_paid(callback, manager, (await _order(manager)).number)


async def _withdraw(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    order = await _order(manager)
    await manager.start(OrderStates.withdraw, data={"number": order.number}, mode=StartMode.RESET_STACK)


async def _open_order(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    # With what the window that opens will ask for.
    order = await services_of(manager).orders.of_draft(actor_of(manager), draft_id(manager), invoices=True)
    await manager.start(OrderStates.order, data={"number": order.number}, mode=StartMode.RESET_STACK)


async def _close(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await manager.done()
