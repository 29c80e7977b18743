"""The mailboxes that cannot be renewed here, each with the reason and the way out (DOMAIN.md 3.1).

The window is reached from the list of mailboxes of a renewal, and from outside of one: by a *Rinnova* button of such
a mailbox, or when none of a holder's can be renewed. `dialog_data` holds the id of the mailbox that is shown, of the
holder whose list is, and whether there is a list; without a mailbox it is shown, and a list of one is that mailbox.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, ShowMode, StartMode, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button

from bot.dialogs.automatic import last_switch
from bot.dialogs.context import actor_of, services_of, translator_of
from bot.dialogs.orders.story import facts_of
from bot.dialogs.paying import keeps_sending
from bot.dialogs.renewal.explained import HOLDER, LISTED, SHOWN, explained
from bot.dialogs.renewal.flow import adopt, ask_to_leave, draft_id, go, has_draft
from bot.dialogs.renewal.forms import blocks
from bot.dialogs.renewal.mailbox_text import id_in
from bot.dialogs.renewal.window import hint_to_tap
from bot.dialogs.states import OrderStates, RenewalStates
from bot.dialogs.widgets import Choice, Choices, Html, Label, UrlButton, nav_row
from bot.dialogs.widgets.addresses import shortened_address
from bot.dialogs.widgets.colours import GOES_ON
from bot.dialogs.widgets.toasts import toast
from bot.domain.calendar import charge_date
from bot.domain.catalogue import Catalogue
from bot.domain.mailboxes import Blocker, Mailbox, blocker, deletion_days, renewable_from
from bot.domain.orders import Progress
from bot.domain.steps import Step
from bot.domain.vat import VatTreatment
from bot.messages.words import gone_words, named
from bot.services.errors import NotYours, OtherDraftOpen
from bot.services.orders.rows import Order
from bot.texts import Safe, Translator

_BESIDE_REASON: Final = 25
"""Characters of an address and of the reason in a word, on one button."""


@dataclass(frozen=True, slots=True)
class _View:
    """What the window shows: one mailbox, or the list of those that cannot be renewed.

    `holders` is how many holders the chat may renew for.
    """

    blocked: tuple[Mailbox, ...]
    mailbox: Mailbox | None
    holders: int


def windows() -> list[Window]:
    """The window of this module."""
    return [
        Window(
            Html("renewal-unavailable"),
            Choices("unavailable_list", "mailboxes", _open, scroll="rows"),
            Button(
                Label("renewal-unavailable-order"), id="unavailable_order", on_click=_see_order, when="order"
            ),
            Button(
                Label("renewal-unavailable-stop"), id="unavailable_stop", on_click=_stop, when="automatic"
            ),
            Button(
                Label("renewal-unavailable-renew"),
                id="unavailable_renew",
                style=GOES_ON,
                on_click=_renew,
                when="free",
            ),
            UrlButton(Label("renewal-unavailable-purchase"), "purchase_url", when="deleted"),
            UrlButton(Label("renewal-unavailable-domain"), "domain_url", when="own_domain"),
            nav_row("unavailable", back=_back, cancel=ask_to_leave, when="in_renewal"),
            nav_row("unavailable_list", back=_back, close=_close, when="has_back"),
            nav_row("unavailable_only", close=_close, when="is_only"),
            MessageInput(hint_to_tap),
            state=RenewalStates.unavailable,
            getter=_getter,
        )
    ]


async def open_unavailable(
    manager: DialogManager,
    *,
    holder_id: int | None = None,
    mailbox_id: int | None = None,
    mode: ShowMode = ShowMode.SEND,
) -> None:
    """Show, in place of whatever was open, why a mailbox cannot be renewed here, or why none of a holder's can.

    With neither, all mailboxes of the chat that cannot be renewed are listed.
    """
    await manager.start(
        RenewalStates.unavailable,
        data=explained(holder_id, mailbox_id),
        mode=StartMode.RESET_STACK,
        show_mode=mode,
    )


async def _view(manager: DialogManager) -> _View:
    services, data = services_of(manager), manager.dialog_data
    catalogue, today = services.surroundings.catalogue, services.surroundings.today()
    holdings = await services.renewals.holdings(actor_of(manager))
    boxes = [
        box
        for holding in holdings
        for box in holding.mailboxes
        if data.get(HOLDER) in {None, holding.holder_id}
    ]
    blocked = tuple(box for box in boxes if blocker(box, catalogue, today) is not None)
    shown_id = data.get(SHOWN)
    if shown_id is None:
        return _View(blocked, blocked[0] if len(blocked) == 1 else None, len(holdings))
    for box in boxes:
        if box.id == shown_id:
            return _View(blocked, box, len(holdings))
    raise NotYours


async def _getter(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    view = await _view(dialog_manager)
    translator, surroundings = translator_of(dialog_manager), services_of(dialog_manager).surroundings
    catalogue, today = surroundings.catalogue, surroundings.today()
    box = view.mailbox
    reason = None if box is None else blocker(box, catalogue, today)
    order = await _open_order(dialog_manager, box)
    placed_here = order is not None and await services_of(dialog_manager).orders.was_placed_here(
        actor_of(dialog_manager), order.number
    )
    in_renewal = has_draft(dialog_manager)
    has_back = not in_renewal and (_came_from_list(dialog_manager, view) or view.holders > 1)
    return {
        "body": blocks(
            _body(dialog_manager, view, order, placed_here=placed_here),
            await _switched(dialog_manager, box) if reason in {None, Blocker.TOO_EARLY} else None,
        ),
        "rows": catalogue.rules.mailboxes_per_page,
        "mailboxes": []
        if box is not None
        else [
            Choice(str(each.id), blocked_label(translator, each, catalogue, today)) for each in view.blocked
        ],
        "order": order.number if order is not None and reason is Blocker.OPEN_ORDER else None,
        "automatic": reason is Blocker.AUTO_RENEW,
        "deleted": reason is Blocker.DELETED,
        "own_domain": reason is Blocker.OWN_DOMAIN,
        "free": box is not None and reason is None,
        "purchase_url": catalogue.operator.purchase_url,
        "domain_url": catalogue.operator.domain_renewal_url,
        "in_renewal": in_renewal,
        "has_back": has_back,
        "is_only": not in_renewal and not has_back,
    }


async def _switched(manager: DialogManager, box: Mailbox | None) -> Safe | None:
    """That automatic renewal is off, and since when; nothing where no chat has switched it off."""
    if box is None:
        return None
    standing = await services_of(manager).auto_renewal.standing(actor_of(manager), box.id)
    translator = translator_of(manager)
    when = last_switch(translator, standing.last)
    return None if when is None else translator.html("renewal-unavailable-switched", when=when)


def blocked_label(translator: Translator, mailbox: Mailbox, catalogue: Catalogue, today: date) -> str:
    """The button of a mailbox that cannot be renewed: marked, with the reason in a word."""
    reason = blocker(mailbox, catalogue, today)
    assert reason is not None, "asked only for mailboxes that cannot be renewed"  # noqa: S101
    word = translator.plain(f"renewal-unavailable-short-{reason.value}")
    return translator.plain(
        "renewal-mailboxes-choice-blocked",
        address=shortened_address(mailbox.address, _BESIDE_REASON - len(word)),
        reason=word,
    )


def _body(manager: DialogManager, view: _View, order: Order | None, *, placed_here: bool) -> Safe:
    translator, surroundings = translator_of(manager), services_of(manager).surroundings
    box = view.mailbox
    if box is None:
        return translator.html("renewal-unavailable-list" if view.blocked else "renewal-unavailable-empty")
    catalogue, today = surroundings.catalogue, surroundings.today()
    if blocker(box, catalogue, today) is not Blocker.OPEN_ORDER:
        return _text(translator, box, catalogue, today)
    if order is None:
        operator = catalogue.operator
        said = translator.html(
            "renewal-unavailable-order-of-another", operator=operator.name, email=operator.email
        )
    elif order.progress(today) is Progress.GONE:
        said = blocks(
            translator.html("order-gone-which", order=order.number),
            gone_words(translator, catalogue, facts_of(order, today)),
        )
    elif order.vat is VatTreatment.OPEN:
        said = translator.html(
            "vat-unavailable", order=order.number, placed=order.placed_at, operator=catalogue.operator.name
        )
    else:
        said = translator.html(
            "renewal-unavailable-open-order",
            order=order.number,
            placed=order.placed_at,
            here=placed_here,
            some=order.received.paid > 0,
            missing=order.missing,
            by=order.pay_by,
            until=order.payable_until,
            keeps=keeps_sending(manager, order),
        )
    return blocks(_head(translator, box, catalogue, today), said)


async def _open_order(manager: DialogManager, box: Mailbox | None) -> Order | None:
    """The open order that the mailbox is in; None where there is none, or of whoever had the mailbox before."""
    if box is None or box.open_order is None:
        return None
    try:
        return await services_of(manager).orders.show(actor_of(manager), box.open_order)
    except NotYours:
        return None


def _head(translator: Translator, box: Mailbox, catalogue: Catalogue, today: date) -> Safe:
    """The mailbox, and when it expires; of one that is gone nobody knows that."""
    late = "expired" if box.expires_on < today else "expires"
    return translator.html(
        "renewal-unavailable-mailbox",
        address=box.address,
        plan=named(translator, catalogue.plans[box.plan_id].names),
        expires=box.expires_on,
        when=late if box.gone_on is None else "gone",
    )


def _text(translator: Translator, box: Mailbox, catalogue: Catalogue, today: date) -> Safe:
    """The mailbox, why it cannot be renewed, and what to do; an open order has its own words."""
    reason = blocker(box, catalogue, today)
    head = _head(translator, box, catalogue, today)
    if reason is None:
        return blocks(head, translator.html("renewal-unavailable-free"))
    charge = charge_date(box.expires_on, catalogue)
    key = f"renewal-unavailable-{reason.value}"
    if reason is Blocker.AUTO_RENEW and charge <= today:
        key = "renewal-unavailable-auto-renew-charged"
    return blocks(
        head,
        translator.html(
            key,
            deletion_days=deletion_days(box.plan_id, catalogue),
            opens=renewable_from(box, catalogue) if reason is Blocker.TOO_EARLY else box.expires_on,
            charge=charge,
            expires=box.expires_on,
            operator=catalogue.operator.name,
            email=catalogue.operator.email,
        ),
    )


def _came_from_list(manager: DialogManager, view: _View) -> bool:
    data = manager.dialog_data
    return bool(data.get(LISTED)) and data.get(SHOWN) is not None and len(view.blocked) > 1


async def _open(_: CallbackQuery, __: Any, manager: DialogManager, item_id: str) -> None:
    manager.dialog_data[SHOWN] = id_in(item_id)


async def _shown(manager: DialogManager) -> Mailbox:
    mailbox = (await _view(manager)).mailbox
    if mailbox is None:
        raise NotYours
    return mailbox


async def _see_order(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    mailbox = await _shown(manager)
    await manager.start(OrderStates.order, data={"number": mailbox.open_order})


async def _stop(callback: CallbackQuery, __: Button, manager: DialogManager) -> None:
    mailbox = await _shown(manager)
    await services_of(manager).auto_renewal.set_auto_renewal(actor_of(manager), mailbox.id, on=False)
    await toast(callback, translator_of(manager).plain("automatic-done", on=False))
    # Nothing is begun by it: the window says what is so now, and *Rinnova* is another tap.
    manager.dialog_data[SHOWN] = mailbox.id


async def _renew(callback: CallbackQuery, __: Button, manager: DialogManager) -> None:
    try:
        await _take(manager, await _shown(manager))
    except OtherDraftOpen:
        await toast(callback, translator_of(manager).plain("renewal-unavailable-other"), alert=True)


async def _take(manager: DialogManager, mailbox: Mailbox) -> None:
    """Choose the mailbox, now that it can be renewed: in the renewal that is open, or in a new one."""
    renewals, actor = services_of(manager).renewals, actor_of(manager)
    if not has_draft(manager):
        await adopt(manager, await renewals.begin_with(actor, mailbox.id))
        return
    renewal = await renewals.read(actor, draft_id(manager))
    if all(item.mailbox_id != mailbox.id for item in renewal.draft.items):
        await renewals.toggle_mailbox(actor, draft_id(manager), mailbox.id)
    await go(manager, Step.MAILBOX)


async def _back(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    if has_draft(manager):
        await _let_go(manager)
        await go(manager, Step.MAILBOX)
    elif _came_from_list(manager, await _view(manager)):
        manager.dialog_data[SHOWN] = None
    else:
        await manager.switch_to(RenewalStates.holder)


async def _let_go(manager: DialogManager) -> None:
    """Take the mailbox that was explained out of the renewal, if it was chosen: without it the rest can go on."""
    renewals, actor = services_of(manager).renewals, actor_of(manager)
    shown = manager.dialog_data.get(SHOWN)
    renewal = await renewals.read(actor, draft_id(manager))
    for mailbox in renewal.blocked:
        if mailbox.id == shown:
            await renewals.toggle_mailbox(actor, draft_id(manager), mailbox.id)


async def _close(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await manager.done()
