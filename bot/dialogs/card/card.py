"""The window of a mailbox's card."""

from typing import Any, Final

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Row, SwitchTo

from bot.dialogs.card.data import Leads, open_mailbox_id, page_of_list, read_card
from bot.dialogs.card.words import card_body, switch_shows
from bot.dialogs.context import actor_of, services_of, translator_of
from bot.dialogs.orders.data import orders_of_mailbox
from bot.dialogs.renewal.mailbox_text import TITLE_WIDTH
from bot.dialogs.renewal.window import hint_to_tap
from bot.dialogs.settings.data import opened_alone
from bot.dialogs.states import CardStates, OrderStates, SettingsStates
from bot.dialogs.widgets import Html, Label, UrlButton
from bot.dialogs.widgets.addresses import shortened_address
from bot.dialogs.widgets.colours import GOES_ON
from bot.dialogs.widgets.toasts import toast
from bot.domain.mailboxes import Blocker, blocker

_OVER: Final = frozenset({Blocker.DELETED, Blocker.GONE})
"""There is nothing to remind of, nor to decide."""


def windows(leads: Leads) -> list[Window]:
    """The card, which leads where `leads` says."""

    async def renew(callback: CallbackQuery, _: Button, manager: DialogManager) -> None:
        await leads.renew(callback, manager, open_mailbox_id(manager))

    async def anyway(callback: CallbackQuery, _: Button, manager: DialogManager) -> None:
        await services_of(manager).declining.take_back(actor_of(manager), open_mailbox_id(manager))
        await leads.renew(callback, manager, open_mailbox_id(manager))

    async def back(callback: CallbackQuery, _: Button, manager: DialogManager) -> None:
        page = page_of_list(manager)
        await manager.done()
        if page is not None:
            await leads.to_list(callback, manager, page)

    async def home(callback: CallbackQuery, _: Button, manager: DialogManager) -> None:
        await leads.home(callback, manager)

    return [
        Window(
            Html("card"),
            Button(Label("button-renew"), id="card_renew", style=GOES_ON, on_click=renew, when="renewable"),
            Button(
                Label("decline-renew-anyway"), id="card_anyway", style=GOES_ON, on_click=anyway, when="anyway"
            ),
            Button(Label("decline-undo"), id="card_remind", on_click=_remind_again, when="declined"),
            Button(Label("renewal-unavailable-order"), id="card_order", on_click=_open_order, when="order"),
            UrlButton(Label("renewal-unavailable-purchase"), "purchase_url", when="deleted"),
            UrlButton(Label("renewal-unavailable-domain"), "domain_url", when="own_domain"),
            Button(
                Label("settings-mailbox-switch"), id="card_automatic", on_click=_automatic, when="switches"
            ),
            Row(
                Button(Label("card-to-reminders"), id="card_reminders", on_click=_reminders, when="reminds"),
                SwitchTo(
                    Label("decline-open"), id="card_decline", state=CardStates.decline, when="can_decline"
                ),
            ),
            Row(
                Button(Label("card-orders"), id="card_orders", on_click=_orders, when="orders"),
                Button(Label("nav-back"), id="card_back", on_click=back, when="has_list"),
                Button(Label("button-home"), id="card_home", on_click=home, when="has_no_list"),
                Button(Label("nav-close"), id="card_close", on_click=back, when="has_no_list"),
            ),
            MessageInput(hint_to_tap),
            state=CardStates.card,
            getter=_getter,
        )
    ]


async def _getter(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    card = await read_card(dialog_manager)
    surroundings, box = services_of(dialog_manager).surroundings, card.mailbox
    catalogue = surroundings.catalogue
    reason = blocker(box, catalogue, surroundings.today())
    has_list = page_of_list(dialog_manager) is not None
    return {
        "address": shortened_address(box.address, TITLE_WIDTH),
        "body": card_body(translator_of(dialog_manager), surroundings, card),
        "renewable": reason is None and not box.declined,
        "anyway": reason is None and box.declined,
        "declined": box.declined and reason not in _OVER,
        "can_decline": not box.declined and reason not in {*_OVER, Blocker.OWN_DOMAIN},
        "order": box.open_order if reason is Blocker.OPEN_ORDER and card.shows_order else None,
        "deleted": reason is Blocker.DELETED,
        "own_domain": reason is Blocker.OWN_DOMAIN,
        "purchase_url": catalogue.operator.purchase_url,
        "domain_url": catalogue.operator.domain_renewal_url,
        "switches": switch_shows(box, catalogue, surroundings.today()),
        "orders": card.orders,
        "reminds": reason not in _OVER,
        "has_list": has_list,
        "has_no_list": not has_list,
    }


async def _remind_again(callback: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await services_of(manager).declining.take_back(actor_of(manager), open_mailbox_id(manager))
    await toast(callback, translator_of(manager).plain("decline-undone-toast"))


async def _open_order(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    card = await read_card(manager)
    await manager.start(OrderStates.order, data={"number": card.mailbox.open_order})


async def _orders(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await manager.start(OrderStates.list, data=orders_of_mailbox(open_mailbox_id(manager)))


async def _automatic(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    alone = opened_alone(SettingsStates.automatic, open_mailbox_id(manager))
    await manager.start(SettingsStates.automatic, data=alone)


async def _reminders(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    alone = opened_alone(SettingsStates.mailbox, open_mailbox_id(manager))
    await manager.start(SettingsStates.mailbox, data=alone)
