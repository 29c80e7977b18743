"""Another method of payment for an open order: which there are, and what choosing one means (DOMAIN.md 4)."""

from typing import Any, Final

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button

from bot.dialogs.context import actor_of, services_of, translator_of
from bot.dialogs.orders.data import open_number
from bot.dialogs.renewal.forms import blocks
from bot.dialogs.renewal.mailbox_text import lines_of
from bot.dialogs.renewal.payment import method_label
from bot.dialogs.renewal.window import hint_to_tap
from bot.dialogs.states import OrderStates
from bot.dialogs.widgets import Choice, Choices, Html, nav_row
from bot.dialogs.widgets.colours import GOES_ON
from bot.dialogs.widgets.toasts import toast
from bot.domain.choices import ChoiceRefused
from bot.domain.other_methods import OtherMethod
from bot.messages.blocks import folded
from bot.messages.words import named
from bot.services.errors import OrderNotOpen, OrderPartPaid, TermsChanged
from bot.services.orders.changing_method import MethodChange, MethodsOfOrder
from bot.texts import Safe, Translator

_METHOD: Final = "method"


def windows() -> list[Window]:
    """The methods, and the question before one of them is taken."""
    return [
        Window(
            Html("order-method-list"),
            Choices("order_methods", "choices", _open),
            nav_row("order_methods", back=_back_to_order),
            MessageInput(hint_to_tap),
            state=OrderStates.methods,
            getter=_methods,
        ),
        Window(
            Html(lambda data: "order-method-ask" if data["final"] else "order-method-list"),
            Choices("order_method", "final", _choose, style=GOES_ON),
            nav_row("order_method", back=_back_to_methods),
            MessageInput(hint_to_tap),
            state=OrderStates.method,
            getter=_question,
        ),
    ]


async def open_methods(callback: CallbackQuery, manager: DialogManager) -> None:
    """Go on to the methods from the page of an order, which is drawn anew where none can be chosen any more."""
    if await _offered(manager) is None:
        order = await services_of(manager).orders.show(actor_of(manager), open_number(manager))
        key = OrderPartPaid.text if order.received.paid else OrderNotOpen.text
        await toast(callback, translator_of(manager).plain(key), alert=True)
        return
    await manager.switch_to(OrderStates.methods)


async def _offered(manager: DialogManager) -> MethodsOfOrder | None:
    """What the order could be paid by instead; None once money has come, or the order is over."""
    try:
        return await services_of(manager).other_methods.offered(actor_of(manager), open_number(manager))
    except (OrderNotOpen, OrderPartPaid):
        return None


async def _methods(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    translator, offered = translator_of(dialog_manager), await _offered(dialog_manager)
    if offered is None:
        return {"body": translator.html("order-method-over"), "choices": []}
    others = [change.other for change in offered.changes]
    possible = [other for other in others if other.possible]
    return {
        "body": lines_of(
            [
                _now(dialog_manager, offered),
                _beside(translator, possible),
                folded(lines_of(_exceptions(translator, others))),
            ]
        ),
        "choices": [Choice(other.method.id, _label(dialog_manager, other)) for other in possible],
    }


def _now(manager: DialogManager, offered: MethodsOfOrder) -> Safe:
    """The order, and what it is paid by until one of these is taken."""
    order, translator = offered.order, translator_of(manager)
    method = services_of(manager).surroundings.catalogue.methods.get(order.method_id)
    return translator.html(
        "order-method-now",
        order=order.number,
        due=order.quote.due,
        method=order.method_id if method is None else named(translator, method.in_sentence),
    )


def _beside(translator: Translator, possible: list[OtherMethod]) -> Safe:
    """What the dates on the buttons are; or that there is none."""
    if not possible:
        return translator.html("order-method-none")
    return translator.html("renewal-payment-beside", same=len(possible) > 1)


def _label(manager: DialogManager, other: OtherMethod) -> str:
    today = services_of(manager).surroundings.today()
    return method_label(
        translator_of(manager), other.method, other.dates.latest, today=today, late=other.is_late
    )


def _exceptions(translator: Translator, others: list[OtherMethod]) -> list[Safe]:
    """What comes late, or too late to be chosen."""
    return [
        translator.html(
            f"renewal-payment-{other.arrival.value}",
            method=named(translator, other.method.names),
            earliest=other.dates.earliest,
            latest=other.dates.latest,
            when="day" if other.dates.earliest == other.dates.latest else "range",
        )
        for other in others
        if other.is_late or not other.possible
    ]


async def _open(callback: CallbackQuery, __: Any, manager: DialogManager, method_id: str) -> None:
    offered = await _offered(manager)
    if offered is None:
        return  # the window says why, as it is drawn anew
    try:
        offered.change_to(method_id)
    except ChoiceRefused as refused:
        await toast(callback, translator_of(manager).plain(refused.text), alert=True)
        return
    manager.dialog_data[_METHOD] = method_id
    await manager.switch_to(OrderStates.method)


async def _question(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    translator, offered = translator_of(dialog_manager), await _offered(dialog_manager)
    change = None if offered is None else _change(dialog_manager, offered)
    if offered is None or change is None:
        key = "order-method-over" if offered is None else "order-method-none"
        return {"body": translator.html(key), "final": []}
    return {
        **_words(translator, offered, change),
        "final": [Choice(change.seal, translator.plain("order-method-yes"))],
    }


def _change(manager: DialogManager, offered: MethodsOfOrder) -> MethodChange | None:
    """The change that is asked about; None where it is not offered any more."""
    try:
        return offered.change_to(str(manager.dialog_data.get(_METHOD, "")))
    except ChoiceRefused:
        return None


def _words(translator: Translator, offered: MethodsOfOrder, change: MethodChange) -> dict[str, object]:
    """The variables of the question: what is lost first, then the dates."""
    other = change.other
    body = blocks(
        translator.html("order-method-no-automatic") if change.ends_auto_renew else None,
        lines_of(
            [
                translator.html(
                    "instructions-arrival",
                    earliest=other.dates.earliest,
                    latest=other.dates.latest,
                    at_once=other.method.registration.at_once,
                    same=other.dates.earliest == other.dates.latest,
                    late=other.is_late,
                ),
                translator.html(
                    "order-method-before",
                    order=offered.order.number,
                    due=offered.order.quote.due,
                    by=change.pay_by,
                ),
            ]
        ),
        translator.html("order-method-on-its-way"),
    )
    return {"method": named(translator, other.method.in_sentence), "body": body}


async def _choose(callback: CallbackQuery, _: Any, manager: DialogManager, seal: str) -> None:
    translator, offered = translator_of(manager), await _offered(manager)
    change = None if offered is None else _change(manager, offered)
    if offered is not None and change is not None:
        try:
            await services_of(manager).other_methods.choose(
                actor_of(manager),
                open_number(manager),
                change.other.method.id,
                seal,
                screen=translator.html("order-method-ask", **_words(translator, offered, change)),
                button_label=translator.plain("order-method-yes"),
            )
        except (TermsChanged, OrderNotOpen, OrderPartPaid) as refused:
            await toast(callback, translator.plain(refused.text), alert=True)
            return
    await manager.switch_to(OrderStates.order)


async def _back_to_order(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await manager.switch_to(OrderStates.order)


async def _back_to_methods(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await manager.switch_to(OrderStates.methods)
