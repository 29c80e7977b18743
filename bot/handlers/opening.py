"""How a renewal is opened from outside of its dialog: by a link, a notice's button, or a command."""

from datetime import date

from aiogram_dialog import DialogManager, ShowMode, StartMode

from bot.dialogs.context import actor_of, services_of, translator_of
from bot.dialogs.linking.data import Purpose
from bot.dialogs.renewal.flow import start_renewal
from bot.dialogs.renewal.unavailable import open_unavailable
from bot.dialogs.rewriting import say_below
from bot.dialogs.states import RenewalStates
from bot.domain.renewal import Renewal
from bot.handlers.buttons import (
    DiscardRenewal,
    OpenRenewal,
    RenewAsItIs,
    StartAfresh,
    button,
    day_of,
    keyboard,
    number_of,
)
from bot.handlers.entering import welcome
from bot.handlers.reach import Place
from bot.services.errors import NothingToRenew, OtherDraftOpen
from bot.services.renewing.as_it_is import Begun, Named
from bot.texts import Safe


async def open_mailbox(
    message: Place, manager: DialogManager, mailbox_id: int, mode: ShowMode = ShowMode.SEND
) -> Renewal | None:
    """Open the renewal of one mailbox, as *Rinnova* does, at the first step that is needed (DOMAIN.md 2.1, 3.1).

    A renewal of other mailboxes that is under way is not lost: whether to go on with it is asked. A mailbox that
    cannot be renewed is shown with the reason and the way out. `mode` is how the window is shown. Returned is the
    renewal that was opened; None where none was.
    """
    renewals, actor = services_of(manager).renewals, actor_of(manager)
    try:
        renewal = await renewals.begin_with(actor, mailbox_id)
    except OtherDraftOpen:
        await _ask_which(message, manager, StartAfresh(mailbox=mailbox_id))
    except NothingToRenew:
        await open_unavailable(manager, mailbox_id=mailbox_id, mode=mode)
    else:
        await start_renewal(manager, renewal, mode=mode)
        return renewal
    return None


async def open_due(
    message: Place, manager: DialogManager, customer_id: int, by: date, holder_id: int | None = None
) -> None:
    """Open the renewal of a customer's mailboxes that expire by a day, as *Rinnova* of several does.

    An order is for one holder: where several have such mailboxes and none is named, it is asked for whom.
    """
    renewals, actor = services_of(manager).renewals, actor_of(manager)
    holders = await renewals.due_holders(actor, customer_id, by) if holder_id is None else (holder_id,)
    if len(holders) > 1 and await renewals.unfinished(actor) is None:
        await manager.start(RenewalStates.holder, mode=StartMode.RESET_STACK, show_mode=ShowMode.SEND)
        return
    try:
        renewal = await renewals.begin_due(actor, holders[0], by)
    except OtherDraftOpen:
        afresh = StartAfresh(customer=customer_id, holder=holder_id, by=number_of(by))
        await _ask_which(message, manager, afresh)
    except NothingToRenew:
        await open_unavailable(manager, holder_id=holders[0])
    else:
        await start_renewal(manager, renewal, mode=ShowMode.SEND)


async def open_as_it_is(message: Place, manager: DialogManager, wanted: RenewAsItIs) -> None:
    """Renew what a reminder's button names, at the payment or, where that was named too, at the recap.

    What is no longer as the reminder said is said first, and asked (docs/decisions/023).
    """
    named = Named(wanted.years, wanted.seal, wanted.method)
    try:
        begun = await services_of(manager).renewals_as_they_are.begin(actor_of(manager), wanted.what(), named)
    except OtherDraftOpen:
        await _ask_which(message, manager, wanted.model_copy(update={"afresh": True}))
        return
    except NothingToRenew:
        await open_unavailable(manager, holder_id=wanted.holder, mailbox_id=wanted.mailbox)
        return
    said = _of_begun(manager, begun, wanted.years)
    if said is not None:
        await say_below(message, said)
    await start_renewal(manager, begun.renewal, mode=ShowMode.SEND)


def _of_begun(manager: DialogManager, begun: Begun, years: int) -> Safe | None:
    """What is not as the button said, where something is."""
    translator, differs = translator_of(manager), begun.differs
    if differs is not None:
        return translator.html(
            "as-it-is-differs",
            priced=differs.is_of_price,
            said=differs.said or 0,
            now=differs.now or 0,
            count=differs.count,
            years=years,
        )
    if begun.late is not None:
        method = begun.renewal.facts.catalogue.methods.get(begun.late)
        name = "" if method is None else method.short_names[translator.locale.value]
        return translator.html("as-it-is-late", known=method is not None, method=name)
    return None


async def open_renewal(message: Place, manager: DialogManager) -> None:
    """Begin a renewal, or ask whether to go on with the one under way; a chat bound to nobody gets in first."""
    renewals, actor = services_of(manager).renewals, actor_of(manager)
    if await renewals.unfinished(actor) is not None:
        await _ask_which(message, manager, StartAfresh())
        return
    holdings = await renewals.holdings(actor)
    if not holdings:
        await _say_there_is_nothing(message, manager)
    elif len(holdings) == 1:
        await _begin(manager, holdings[0].holder_id)
    else:
        await manager.start(RenewalStates.holder, mode=StartMode.RESET_STACK, show_mode=ShowMode.SEND)


async def resume(message: Place, manager: DialogManager) -> None:
    """Go on with the renewal under way, at its step; without one, begin. What is over leaves it, which is said."""
    resumed = await services_of(manager).renewals.resume(actor_of(manager))
    if resumed is None:
        await open_renewal(message, manager)
        return
    for key, left in (("renewal-left-by-deleted", resumed.deleted), ("renewal-left-by-gone", resumed.gone)):
        if left:
            await say_below(message, translator_of(manager).html(key, count=len(left), first=left[0]))
    await start_renewal(manager, resumed.renewal, mode=ShowMode.SEND)


async def _say_there_is_nothing(message: Place, manager: DialogManager) -> None:
    if not await services_of(manager).linking.is_bound(actor_of(manager)):
        await welcome(message, manager, Purpose.RENEW)
        return
    operator = services_of(manager).surroundings.catalogue.operator
    await say_below(
        message,
        translator_of(manager).html(
            "renew-no-mailboxes", operator=operator.name, email=operator.email, phone=operator.phone
        ),
    )


async def _begin(manager: DialogManager, holder_id: int) -> None:
    try:
        renewal = await services_of(manager).renewals.begin(actor_of(manager), holder_id)
    except NothingToRenew:
        await open_unavailable(manager, holder_id=holder_id)
    else:
        await start_renewal(manager, renewal, mode=ShowMode.SEND)


async def begin_wanted(message: Place, manager: DialogManager, wanted: StartAfresh | RenewAsItIs) -> None:
    """Begin what a button asks for, now that no other renewal is under way."""
    if isinstance(wanted, RenewAsItIs):
        await open_as_it_is(message, manager, wanted)
    elif wanted.mailbox is not None:
        await open_mailbox(message, manager, wanted.mailbox)
    elif wanted.customer is not None and wanted.by is not None:
        await open_due(message, manager, wanted.customer, day_of(wanted.by), wanted.holder)
    else:
        await open_renewal(message, manager)


async def _ask_which(message: Place, manager: DialogManager, wanted: StartAfresh | RenewAsItIs) -> None:
    translator = translator_of(manager)
    renewal = await services_of(manager).renewals.unfinished(actor_of(manager))
    if renewal is None:  # it stood for a customer that this chat no longer serves: nothing to go on with
        await services_of(manager).renewals.discard(actor_of(manager))
        await begin_wanted(message, manager, wanted)
        return
    addresses = tuple(box.address for box in renewal.living)
    await say_below(
        message,
        translator.html("renewal-unfinished", count=len(addresses), first=addresses[0] if addresses else ""),
        reply_markup=keyboard(
            button(translator, "button-resume", OpenRenewal()),
            button(translator, "button-start-afresh", wanted),
            button(translator, "button-discard", DiscardRenewal(sure=False)),
        ),
    )
