"""Cancelling an order that was not paid: asked once more, since it cannot be taken back (DOMAIN.md 4)."""

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, SwitchTo

from bot.dialogs.context import actor_of, services_of
from bot.dialogs.orders.data import open_number, open_order
from bot.dialogs.renewal.window import hint_to_tap
from bot.dialogs.states import OrderStates
from bot.dialogs.widgets import Html, Label
from bot.dialogs.widgets.colours import DESTROYS
from bot.domain.vat import VatTreatment


def windows() -> list[Window]:
    """The question."""
    return [
        Window(
            Html("order-cancel-ask"),
            Button(Label("order-cancel-yes"), id="cancel_yes", style=DESTROYS, on_click=_cancel),
            SwitchTo(Label("order-cancel-no"), id="cancel_no", state=OrderStates.order),
            MessageInput(hint_to_tap),
            state=OrderStates.cancel,
            getter=_question,
        )
    ]


async def _question(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    order = await open_order(dialog_manager)
    return {
        "order": order.number,
        "due": order.quote.due,
        "undecided": order.vat is VatTreatment.OPEN,
        "count": len(order.items),
        "first": order.items[0].address,
        "expires": min(item.old_expiry for item in order.items),
    }


async def _cancel(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await services_of(manager).orders.cancel(actor_of(manager), open_number(manager))
    await manager.switch_to(OrderStates.order)
