"""*Non rinnovo*: what happens to a mailbox that is not renewed, how to save what is in it, and the second tap."""

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button

from bot.dialogs.card.data import open_mailbox_id, read_card
from bot.dialogs.card.words import decline_body
from bot.dialogs.context import actor_of, services_of, translator_of
from bot.dialogs.renewal.mailbox_text import TITLE_WIDTH
from bot.dialogs.renewal.window import hint_to_tap
from bot.dialogs.states import CardStates, OrderStates
from bot.dialogs.widgets import Html, Label, nav_row
from bot.dialogs.widgets.addresses import shortened_address
from bot.dialogs.widgets.toasts import toast
from bot.domain.mailboxes import Blocker, blocker
from bot.services.errors import CannotDecline
from bot.services.renewing.declining import DECLINABLE


def windows() -> list[Window]:
    """The question; with automatic renewal on, or an open order, what comes first."""
    return [
        Window(
            Html("decline"),
            Button(Label("decline-yes"), id="decline_yes", on_click=_decline, when="possible"),
            Button(Label("automatic-switch-off"), id="decline_stop", on_click=_stop, when="automatic"),
            Button(
                Label("renewal-unavailable-order"), id="decline_order", on_click=_open_order, when="order"
            ),
            nav_row("decline", back=_back),
            MessageInput(hint_to_tap),
            state=CardStates.decline,
            getter=_getter,
        )
    ]


async def _getter(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    card = await read_card(dialog_manager)
    surroundings, box = services_of(dialog_manager).surroundings, card.mailbox
    reason = blocker(box, surroundings.catalogue, surroundings.today())
    return {
        "address": shortened_address(box.address, TITLE_WIDTH),
        "body": decline_body(translator_of(dialog_manager), surroundings, card),
        "possible": reason in DECLINABLE,
        "automatic": reason is Blocker.AUTO_RENEW,
        "order": box.open_order if reason is Blocker.OPEN_ORDER and card.shows_order else None,
    }


async def _decline(callback: CallbackQuery, _: Button, manager: DialogManager) -> None:
    translator = translator_of(manager)
    try:
        await services_of(manager).declining.decline(actor_of(manager), open_mailbox_id(manager))
    except CannotDecline:
        await toast(callback, translator.plain("decline-changed"), alert=True)
    else:
        await toast(callback, translator.plain("decline-done"))
    await manager.switch_to(CardStates.card)


async def _stop(callback: CallbackQuery, _: Button, manager: DialogManager) -> None:
    switch = services_of(manager).auto_renewal
    await switch.set_auto_renewal(actor_of(manager), open_mailbox_id(manager), on=False)
    await toast(callback, translator_of(manager).plain("automatic-done", on=False))


async def _open_order(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    card = await read_card(manager)
    await manager.start(OrderStates.order, data={"number": card.mailbox.open_order})


async def _back(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await manager.switch_to(CardStates.card)
