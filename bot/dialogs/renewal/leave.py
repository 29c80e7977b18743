"""What Cancel asks: to keep the renewal for later, to throw it away, or to go on with it."""

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button

from bot.dialogs.context import actor_of, services_of, translator_of
from bot.dialogs.renewal.flow import has_draft, renewal_of, return_to_window
from bot.dialogs.renewal.window import hint_to_tap
from bot.dialogs.rewriting import NotShown, rewrite_message
from bot.dialogs.states import RenewalStates
from bot.dialogs.widgets import Html, Label
from bot.dialogs.widgets.colours import DESTROYS, GOES_ON
from bot.dialogs.widgets.toasts import toast


def windows() -> list[Window]:
    """The question."""
    return [
        Window(
            Html(lambda data: "renewal-leave" if data["begun"] else "renewal-leave-nothing"),
            Button(Label("renewal-leave-return"), id="leave_return", style=GOES_ON, on_click=_return),
            Button(Label("renewal-leave-keep"), id="leave_keep", on_click=_keep, when="begun"),
            Button(
                Label("renewal-leave-discard"),
                id="leave_discard",
                style=DESTROYS,
                on_click=_discard,
                when="begun",
            ),
            Button(Label("nav-close"), id="leave_close", on_click=_close, when="not_begun"),
            MessageInput(hint_to_tap),
            state=RenewalStates.leave,
            getter=_leave,
        )
    ]


async def _leave(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    begun = has_draft(dialog_manager)
    renewal = await renewal_of(dialog_manager) if begun else None
    addresses = () if renewal is None else tuple(box.address for box in renewal.mailboxes)
    return {
        "begun": begun,
        "not_begun": not begun,
        "count": len(addresses),
        "first": addresses[0] if addresses else "",
    }


async def _return(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await return_to_window(manager)


async def _keep(callback: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await _end(callback, manager, "kept")


async def _discard(callback: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await services_of(manager).renewals.discard(actor_of(manager))
    await _end(callback, manager, "discarded")


async def _close(callback: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await _end(callback, manager, "closed")


async def _end(callback: CallbackQuery, manager: DialogManager, what: str) -> None:
    """Close the dialog, and leave in its place what has become of the renewal.

    Closed it is, whatever Telegram says: where the message cannot be changed, the same is said over the chat.
    """
    place, live = callback.message, manager.current_stack().last_message_id
    shown_elsewhere = place is None or live not in {None, place.message_id}
    await manager.reset_stack(remove_keyboard=shown_elsewhere)
    try:
        if place is not None:
            await rewrite_message(place, translator_of(manager).html(f"renewal-leave-{what}"))
    except NotShown:
        await toast(callback, translator_of(manager).plain(f"renewal-leave-{what}-alert"), alert=True)
