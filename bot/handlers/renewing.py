"""Commands and buttons that open a renewal, pause it, or throw it away."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager

from bot.dialogs.context import actor_of, services_of, translator_of
from bot.dialogs.rewriting import say_below
from bot.dialogs.widgets.toasts import toast
from bot.domain.steps import Step
from bot.handlers.buttons import (
    DiscardRenewal,
    OpenRenewal,
    RenewAsItIs,
    RenewMailbox,
    StartAfresh,
    button,
    keyboard,
)
from bot.handlers.home import home_button
from bot.handlers.opening import begin_wanted, open_as_it_is, open_mailbox, open_renewal, resume
from bot.handlers.reach import acknowledge, reachable, rewrite


def renewing_router() -> Router:
    """Everything around the renewal dialog that is not the dialog."""
    router = Router(name="renewing")
    router.message.register(renew, Command("renew", "rinnova", ignore_case=True))
    router.callback_query.register(renew_mailbox, RenewMailbox.filter())
    router.callback_query.register(renew_as_it_is, RenewAsItIs.filter())
    router.callback_query.register(go_on, OpenRenewal.filter())
    router.callback_query.register(afresh, StartAfresh.filter())
    router.callback_query.register(discard, DiscardRenewal.filter())
    router.message.register(cancel, Command("cancel", "annulla", ignore_case=True))
    return router


async def renew(message: Message, dialog_manager: DialogManager) -> None:
    """Begin a renewal."""
    await open_renewal(message, dialog_manager)


async def renew_mailbox(
    callback: CallbackQuery, callback_data: RenewMailbox, dialog_manager: DialogManager
) -> None:
    """Open the renewal of the notice's mailbox (DOMAIN.md 2.1)."""
    renewal = await open_mailbox(reachable(callback), dialog_manager, callback_data.mailbox)
    if renewal is not None and renewal.draft.step is not Step.PLAN:  # where one that is begun just now stands
        await toast(callback, translator_of(dialog_manager).plain("renewal-goes-on"))
        return
    await acknowledge(callback)


async def renew_as_it_is(
    callback: CallbackQuery, callback_data: RenewAsItIs, dialog_manager: DialogManager
) -> None:
    """Renew what the reminder's button names (docs/decisions/023)."""
    if callback_data.afresh:
        await services_of(dialog_manager).renewals.discard(actor_of(dialog_manager))
    await open_as_it_is(reachable(callback), dialog_manager, callback_data)
    await acknowledge(callback)


async def go_on(callback: CallbackQuery, dialog_manager: DialogManager) -> None:
    """Go on with the renewal under way."""
    await acknowledge(callback)
    await resume(reachable(callback), dialog_manager)


async def afresh(callback: CallbackQuery, callback_data: StartAfresh, dialog_manager: DialogManager) -> None:
    """Throw the renewal under way away and begin another."""
    await acknowledge(callback)
    await services_of(dialog_manager).renewals.discard(actor_of(dialog_manager))
    await begin_wanted(reachable(callback), dialog_manager, callback_data)


async def discard(
    callback: CallbackQuery, callback_data: DiscardRenewal, dialog_manager: DialogManager
) -> None:
    """Throw the renewal under way away, once it is sure."""
    await acknowledge(callback)
    translator = translator_of(dialog_manager)
    if callback_data.sure:
        await services_of(dialog_manager).renewals.discard(actor_of(dialog_manager))
        await dialog_manager.reset_stack(remove_keyboard=True)
        await rewrite(callback, translator.html("discarded"), keyboard(home_button(dialog_manager)))
        return
    await rewrite(
        callback,
        translator.html("discard-ask"),
        keyboard(
            button(translator, "button-resume", OpenRenewal()),
            button(translator, "discard-yes", DiscardRenewal(sure=True)),
        ),
    )


async def cancel(message: Message, dialog_manager: DialogManager) -> None:
    """Pause the renewal, and offer to go on with it or throw it away."""
    translator = translator_of(dialog_manager)
    unfinished = await services_of(dialog_manager).renewals.unfinished(actor_of(dialog_manager))
    await dialog_manager.reset_stack(remove_keyboard=True)
    if unfinished is None:
        await say_below(
            message, translator.html("cancel-nothing"), reply_markup=keyboard(home_button(dialog_manager))
        )
        return
    await say_below(
        message,
        translator.html("cancel-ask"),
        reply_markup=keyboard(
            button(translator, "button-resume", OpenRenewal()),
            button(translator, "button-discard", DiscardRenewal(sure=True)),
        ),
    )
