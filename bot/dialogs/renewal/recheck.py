"""The button for who has deleted messages: looks at the space in use again, and says what it found (DOMAIN.md 3.2)."""

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.kbd import Button

from bot.dialogs.context import actor_of, services_of, translator_of
from bot.dialogs.renewal.flow import draft_id, open_item, renewal_of
from bot.dialogs.widgets.toasts import toast
from bot.domain.catalogue import Plan
from bot.domain.mailboxes import Mailbox
from bot.domain.space import ExtraSpace, overflow


async def recheck(callback: CallbackQuery, _: Button, manager: DialogManager) -> None:
    """Start the space of the mailbox that is open again from what is in use now, and say whether it fits."""
    item = open_item(manager, await renewal_of(manager))
    renewal = await services_of(manager).renewals.check_space_again(
        actor_of(manager), draft_id(manager), item.mailbox_id
    )
    mailbox = renewal.facts.mailboxes[item.mailbox_id]
    await _say(callback, manager, mailbox, fits=mailbox not in renewal.cannot_stay)


async def recheck_for(callback: CallbackQuery, manager: DialogManager, mailbox: Mailbox, plan: Plan) -> None:
    """Say whether the used space fits in what `plan` includes."""
    fits = not overflow(plan, mailbox.usage, ExtraSpace(0, 0))
    await _say(callback, manager, mailbox, fits=fits)


async def _say(callback: CallbackQuery, manager: DialogManager, mailbox: Mailbox, *, fits: bool) -> None:
    translator = translator_of(manager)
    if fits or mailbox.usage is None:
        await toast(callback, translator.plain("renewal-usage-fits-now"))
    else:
        at = mailbox.usage.at
        await toast(callback, translator.plain("renewal-usage-still-over", at=at), alert=True)
