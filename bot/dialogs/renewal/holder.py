"""For whom the renewal is: asked where the chat may renew for more than one holder (DOMAIN.md 3.1).

An order is always for one holder, whose are the registrant data and the invoice.
"""

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button

from bot.dialogs.context import actor_of, services_of, translator_of
from bot.dialogs.renewal.explained import show_unavailable
from bot.dialogs.renewal.flow import adopt
from bot.dialogs.renewal.forms import shortened
from bot.dialogs.renewal.mailbox_text import id_in
from bot.dialogs.renewal.window import hint_to_tap
from bot.dialogs.states import RenewalStates
from bot.dialogs.widgets import Choice, Choices, Html, nav_row
from bot.services.errors import NothingToRenew

_LONGEST_NAME = 16
"""Characters of a name that fit on a button beside the number of mailboxes."""


def windows() -> list[Window]:
    """The window of this step. It has no draft yet, so that it shows neither progress nor total."""
    return [
        Window(
            Html("renewal-holder"),
            Choices("holder_list", "holders", _choose, scroll="rows"),
            nav_row("holder", close=_close),
            MessageInput(hint_to_tap),
            state=RenewalStates.holder,
            getter=_getter,
        )
    ]


async def _getter(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    services, translator = services_of(dialog_manager), translator_of(dialog_manager)
    return {
        "rows": services.surroundings.catalogue.rules.mailboxes_per_page,
        "holders": [
            Choice(
                str(holding.holder_id),
                translator.plain(
                    "renewal-holder-choice",
                    name=shortened(holding.name, _LONGEST_NAME),
                    count=len(holding.mailboxes),
                ),
            )
            for holding in await services.renewals.holdings(actor_of(dialog_manager))
        ],
    }


async def _choose(_: CallbackQuery, __: Any, manager: DialogManager, item_id: str) -> None:
    """Begin the renewal; a holder none of whose mailboxes can be renewed is shown with the reasons."""
    holder_id = id_in(item_id)
    try:
        renewal = await services_of(manager).renewals.begin(actor_of(manager), holder_id)
    except NothingToRenew:
        await show_unavailable(manager, holder_id)
    else:
        await adopt(manager, renewal)


async def _close(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await manager.done()
