"""One order: what it renews, what it costs, how it is paid while it awaits payment."""

from functools import partial
from typing import Any, Final

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Group, Row, SwitchTo

from bot.dialogs.context import services_of, translator_of
from bot.dialogs.order_lines import MAILBOXES_TO_A_PAGE, lines_of_order
from bot.dialogs.orders.data import open_number, open_order
from bot.dialogs.orders.method import open_methods
from bot.dialogs.orders.story import (
    facts_of,
    invoices_text,
    lines_text,
    promised_text,
    registrant_text,
    status_text,
    status_words,
    what_happened,
    what_remains_possible,
)
from bot.dialogs.orders.withdraw import open_withdrawal
from bot.dialogs.papers import send_papers
from bot.dialogs.paying import (
    has_other_methods,
    mail_again,
    payer_button,
    paying_data,
    paying_detail,
    paying_keyboard,
    paying_text,
)
from bot.dialogs.payment_card import can_say_paid, say_paid, take_back
from bot.dialogs.renewal.forms import blocks
from bot.dialogs.renewal.mailbox_text import lines_of
from bot.dialogs.renewal.window import hint_to_tap
from bot.dialogs.states import OrderStates
from bot.dialogs.transfer_picture import show_qr
from bot.dialogs.widgets import Html, Label, UrlButtons, nav_row
from bot.dialogs.widgets.pages import PAGES, PageTurner, page_count, shown_page
from bot.dialogs.widgets.toasts import toast
from bot.dialogs.withdrawal import withdrawal_data, withdrawal_texts
from bot.domain.invoices import DocumentKind
from bot.domain.orders import Progress
from bot.messages.blocks import folded
from bot.messages.chat.buttons import with_name
from bot.services.orders.rows import Order
from bot.texts import Safe, Translator

_LINES_PAGE: Final = "order_lines_page"
_MOST_INVOICES: Final = 3
"""Buttons; the text names more."""


def windows() -> list[Window]:
    """The order, and the pages of its lines where there are many."""
    return [_order_window(), _lines_window()]


def _order_window() -> Window:
    return Window(
        Html("order-page"),
        *paying_keyboard(),
        Button(Label("paying-mail-again"), id="order_mail", on_click=_mail_again, when="is_mailed"),
        Group(
            Button(Label("order-qr"), id="order_qr", on_click=_send_qr, when="is_transfer"),
            payer_button(),
            Button(Label("paid-say"), id="order_paid", on_click=_say_paid, when="can_say_paid"),
            Button(Label("order-method"), id="order_other", on_click=_other_method, when="can_change"),
            Button(Label("order-cancel"), id="order_cancel", on_click=_ask_to_cancel, when="can_cancel"),
            Button(Label("evidence-button"), id="order_papers", on_click=_send_papers),
            SwitchTo(Label("order-lines"), id="order_all", state=OrderStates.lines, when="has_pages"),
            SwitchTo(Label("orders-all"), id="order_list_too", state=OrderStates.list, when="is_crowded"),
            width=2,
        ),
        UrlButtons("invoices"),
        Button(Label("paid-take-back"), id="order_not_paid", on_click=_take_back, when="is_promised"),
        Button(Label("withdrawal-open"), id="order_withdraw", on_click=_withdraw, when="can_withdraw"),
        SwitchTo(
            Label("withdrawal-show-receipt"),
            id="order_receipt",
            state=OrderStates.withdrawn,
            when="has_receipt",
        ),
        Row(
            SwitchTo(Label("orders-all"), id="order_list", state=OrderStates.list),
            Button(Label("nav-close"), id="order_close", on_click=_close),
            when="has_room",
        ),
        MessageInput(hint_to_tap),
        state=OrderStates.order,
        getter=_order,
    )


def _lines_window() -> Window:
    return Window(
        Html("lines-page"),
        PageTurner(_LINES_PAGE),
        nav_row(
            "order_lines",
            back=_back_to_order,
            instead=SwitchTo(Label("orders-all"), id="order_lines_list", state=OrderStates.list),
        ),
        MessageInput(hint_to_tap),
        state=OrderStates.lines,
        getter=_lines,
    )


async def _order(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    order = await open_order(dialog_manager, invoices=True)
    surroundings = services_of(dialog_manager).surroundings
    lines = lines_of_order(translator_of(dialog_manager), surroundings.catalogue, order)
    progress = order.progress(surroundings.today())
    withdrawal = withdrawal_data(dialog_manager, order)
    # What one pays with takes the height of a phone: the way back is beside another button, and where the lines have
    # pages, on these.
    return {
        **paying_data(dialog_manager, order, open_=progress.is_open),
        **withdrawal,
        **status_words(order, surroundings.today()),
        "open": progress.is_open,
        "is_crowded": progress.is_open and not lines.need_pages,
        "has_room": not progress.is_open,
        "order": order.number,
        "invoices": _readable(translator_of(dialog_manager), order),
        "body": order_body(dialog_manager, order),
        "can_say_paid": can_say_paid(dialog_manager, order),
        "is_promised": progress.is_open and order.promise is not None,
        "can_change": progress is Progress.AWAITING_PAYMENT
        and order.promise is None
        and has_other_methods(dialog_manager, order),
        "can_cancel": progress in {Progress.AWAITING_PAYMENT, Progress.AWAITING_DECISION}
        or (progress is Progress.GONE and order.received.paid == 0),
        "has_pages": lines.need_pages,
    }


def _readable(translator: Translator, order: Order) -> tuple[tuple[str, str], ...]:
    """The buttons of the latest invoices that can be read, each with its link."""
    invoices = [invoice for invoice in order.invoices if invoice.url][-_MOST_INVOICES:]
    return tuple(
        (with_name(partial(_read, translator, invoice.document), invoice.number), invoice.url)
        for invoice in invoices
    )


def _read(translator: Translator, document: DocumentKind, number: str) -> str:
    return translator.plain("order-invoice-read", document=document.value, number=number)


def order_body(manager: DialogManager, order: Order) -> Safe:
    """All that the page of an order says: how it stands, how it is paid, folded what it is for, and the withdrawal."""
    translator, surroundings = translator_of(manager), services_of(manager).surroundings
    catalogue = surroundings.catalogue
    facts = facts_of(order, surroundings.today())
    lines = lines_of_order(translator, catalogue, order)
    content: tuple[Safe | None, ...] = (
        lines_text(translator, catalogue, order, lines, facts),
        lines.once() or None,
        lines.totals(),
        registrant_text(translator, catalogue, order, facts),
    )
    happened = (*what_happened(translator, catalogue, order, facts), invoices_text(translator, order))
    withdraws = withdrawal_data(manager, order)["can_withdraw"]
    further = what_remains_possible(translator, catalogue, order, facts, withdraws=withdraws)
    until, how = withdrawal_texts(manager, order)
    if order.progress(facts.on).is_open:
        detail = folded(
            paying_text(manager, order) if order.promise is not None else None,
            paying_detail(manager, order),
            translator.html("order-placed-on", placed=order.placed_at),
            *content,
            further,
            how,
        )
        to_pay = paying_text(manager, order) if order.promise is None else promised_text(translator, order)
        return lines_of([blocks(*happened), to_pay, detail, until])
    if not lines.are_short:
        content = (folded(*content, how),)
    elif how is not None:
        content = (*content[:-1], folded(content[-1], how))
    return blocks(status_text(translator, order, facts.on), *happened, *content, further, until)


async def _lines(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    order = await open_order(dialog_manager)
    catalogue = services_of(dialog_manager).surroundings.catalogue
    lines = lines_of_order(translator_of(dialog_manager), catalogue, order)
    page = await shown_page(dialog_manager, _LINES_PAGE, lines.boxes, MAILBOXES_TO_A_PAGE)
    return {
        "body": lines.spread(page),
        "count": len(lines.boxes),
        "years": lines.quote.years,
        PAGES: page_count(lines.boxes, MAILBOXES_TO_A_PAGE),
    }


async def _ask_to_cancel(callback: CallbackQuery, __: Button, manager: DialogManager) -> None:
    order = await open_order(manager)
    match order.progress(services_of(manager).surroundings.today()):
        case Progress.AWAITING_PAYMENT | Progress.AWAITING_DECISION:
            await manager.switch_to(OrderStates.cancel)
        case Progress.GONE if order.received.paid == 0:
            await manager.switch_to(OrderStates.cancel)
        case Progress.PART_PAID | Progress.GONE:
            await toast(callback, translator_of(manager).plain("error-order-part-paid"), alert=True)
        case _:
            await toast(callback, translator_of(manager).plain("error-order-not-open"), alert=True)


async def _withdraw(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_withdrawal(manager)


async def _mail_again(callback: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await mail_again(callback, manager, open_number(manager))


async def _say_paid(callback: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await say_paid(callback, manager, open_number(manager))


async def _take_back(callback: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await take_back(callback, manager, open_number(manager))


async def _other_method(callback: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_methods(callback, manager)


async def _send_qr(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await show_qr(manager, await open_order(manager))


async def _send_papers(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await send_papers(manager, open_number(manager))


async def _back_to_order(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await manager.switch_to(OrderStates.order)


async def _close(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await manager.done()
