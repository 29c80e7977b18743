"""Home: how things stand in a chat, in a message that fits a phone, with the ways on (decision 004)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from aiogram import Router
from aiogram.types import CallbackQuery, InlineKeyboardButton
from aiogram_dialog import DialogManager

from bot.dialogs.context import actor_of, services_of, translator_of
from bot.dialogs.rewriting import say_below
from bot.domain.mailboxes import Mailbox, days_left, deletion_date
from bot.domain.renewal import Renewal
from bot.handlers.buttons import (
    DiscardRenewal,
    GoHome,
    OpenRenewal,
    OpenSettings,
    ShowMailboxes,
    ShowOrders,
    button,
    keyboard,
)
from bot.handlers.entering import title, welcome
from bot.handlers.reach import Place, acknowledge, reachable
from bot.messages.blocks import lines, paragraphs
from bot.services.glance import Glance
from bot.services.orders.rows import Order
from bot.texts import Safe

_SOON: Final = 30
"""Days within which an expiry is said, beside the next one."""


def home_router() -> Router:
    """*Inizio*, wherever it stands."""
    router = Router(name="home")
    router.callback_query.register(go_home, GoHome.filter())
    return router


async def go_home(callback: CallbackQuery, dialog_manager: DialogManager) -> None:
    """Show it below."""
    await acknowledge(callback)
    await show_home(reachable(callback), dialog_manager)


async def show_home(message: Place, manager: DialogManager) -> None:
    """How things stand, and what can be done; in a chat that is bound to nobody, the welcome."""
    services, actor = services_of(manager), actor_of(manager)
    if not await services.linking.is_bound(actor):
        await welcome(message, manager)
        return
    translator, operator = translator_of(manager), services.surroundings.catalogue.operator
    unfinished = await services.renewals.unfinished(actor)
    glance = await services.glances.look(actor)
    text = paragraphs(title(translator, operator), *_paragraphs(manager, glance, unfinished))
    await say_below(message, text, reply_markup=keyboard(*_rows(manager, glance, unfinished)))


def home_button(manager: DialogManager) -> InlineKeyboardButton:
    """*Inizio*, for messages after which nothing else is to be done."""
    return button(translator_of(manager), "button-home", GoHome())


def _paragraphs(manager: DialogManager, glance: Glance, unfinished: Renewal | None) -> Iterator[Safe]:
    translator = translator_of(manager)
    if unfinished is not None:
        boxes = unfinished.living
        first = boxes[0].address if boxes else ""
        yield translator.html("home-unfinished", count=len(boxes), first=first)
    yield lines(_of_mailboxes(manager, glance))
    if glance.orders:
        yield _of_orders(manager, glance.orders)


def _of_mailboxes(manager: DialogManager, glance: Glance) -> Iterator[Safe]:
    translator, today = translator_of(manager), services_of(manager).surroundings.today()
    if glance.mailboxes:
        yield _next(manager, glance.mailboxes[0])
        by = today + timedelta(days=_SOON)
        soon = sum(box.expires_on <= by for box in glance.mailboxes[1:])
        if soon:
            yield translator.html("home-soon", count=soon, by=by)
    else:
        yield translator.html("home-no-mailboxes")
    if glance.deleted:
        yield translator.html("home-deleted", count=glance.deleted)
    if glance.gone:
        yield translator.html("home-gone", count=glance.gone)
    if glance.muted:
        yield translator.html("home-muted", count=glance.muted)


def _next(manager: DialogManager, box: Mailbox) -> Safe:
    """The mailbox that expires first; of one that has expired, until when it can be saved."""
    surroundings = services_of(manager).surroundings
    today = surroundings.today()
    late = today > box.expires_on
    day = deletion_date(box, surroundings.catalogue) if late else box.expires_on
    return translator_of(manager).html(
        "home-next",
        address=box.address,
        late=late,
        expired=box.expires_on,
        day=day,
        days=days_left(day, today),
        automatic=box.auto_renew and not late,
    )


def _of_orders(manager: DialogManager, orders: tuple[Order, ...]) -> Safe:
    """The order to pay first: how much, and by when; and how many more there are.

    Of one that is paid already, as its customer says, until when that is expected: nobody is asked to pay it again.
    """
    first, today = orders[0], services_of(manager).surroundings.today()
    by = first.pay_by if today <= first.pay_by else first.payable_until
    return translator_of(manager).html(
        "home-order",
        order=first.number,
        missing=first.missing,
        promised=first.promise is not None,
        by=by if first.promise is None else first.promise.expected_on,
        more=len(orders) - 1,
    )


def _rows(
    manager: DialogManager, glance: Glance, unfinished: Renewal | None
) -> Iterator[InlineKeyboardButton | tuple[InlineKeyboardButton, ...]]:
    translator = translator_of(manager)
    if unfinished is not None:
        yield button(translator, "button-resume", OpenRenewal())
        yield button(translator, "button-discard", DiscardRenewal(sure=False))
    elif glance.mailboxes:
        yield button(translator, "button-renew", OpenRenewal())
    yield (
        button(translator, "button-mailboxes", ShowMailboxes(page=0)),
        button(translator, "button-orders", ShowOrders()),
    )
    settings = button(translator, "button-settings", OpenSettings())
    if glance.orders:
        order = ShowOrders(number=glance.orders[0].number)
        yield button(translator, "button-open-order", order), settings
    else:
        yield settings
