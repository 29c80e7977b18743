"""Answers to the words that people type (`bot.texts.words`): short, true of this chat, with a button that leads on."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final, TypeAlias

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from aiogram_dialog import DialogManager

from bot.dialogs.context import actor_of, services_of, translator_of
from bot.dialogs.linking.data import Purpose
from bot.dialogs.rewriting import say_below
from bot.dialogs.withdrawal import last_day_to_withdraw, right_to_withdraw
from bot.domain.mailboxes import Mailbox, deletion_days
from bot.domain.money import gross
from bot.domain.withdrawal import Right
from bot.handlers.buttons import (
    GetIn,
    ListSwitches,
    OpenDecline,
    OpenRenewal,
    ShowMailboxes,
    ShowOrders,
    ShowSwitch,
    Withdraw,
    button,
    keyboard,
)
from bot.handlers.home import home_button
from bot.handlers.reach import Place
from bot.messages.blocks import lines, paragraphs
from bot.messages.withdrawal_words import until_words
from bot.services.glance import Glance
from bot.texts import Safe
from bot.texts.words import Topic

_NAMED: Final = 4
"""Mailboxes, plans or orders that an answer names; of more it says how many."""

_MOST_ORDERS: Final = 20
"""Orders that one message lists to withdraw from; older ones have their button in "my orders"."""

_MOST_RECEIPTS: Final = 5
"""Receipts that it has buttons for, the newest; older ones are under their orders too."""

Answer: TypeAlias = tuple[Safe, InlineKeyboardMarkup]


async def answer(message: Place, manager: DialogManager, topic: Topic) -> None:
    """Answer below the message."""
    text, markup = await _ANSWERS[topic](manager)
    await say_below(message, text, reply_markup=markup)


async def on_withdrawal(manager: DialogManager) -> Answer:
    """From which orders of this chat a consumer can withdraw, or why from none, and the receipts (DOMAIN.md 7)."""
    services, translator = services_of(manager), translator_of(manager)
    catalogue = services.surroundings.catalogue
    orders = [
        (order, right_to_withdraw(manager, order)) for order in await services.orders.list(actor_of(manager))
    ]
    running = [(order, right) for order, right in orders if right.runs]
    said = [
        translator.html(
            "withdrawal-order-kit" if right is Right.KIT else "withdrawal-order",
            order=order.number,
            online=right.is_online,
            email=catalogue.operator.withdrawal_email,
            days=catalogue.rules.withdrawal_days,
            **until_words(last_day_to_withdraw(manager, order, right)),
        )
        for order, right in running[:_MOST_ORDERS]
    ]
    done = [order.number for order, right in orders if right is Right.WITHDRAWN][:_MOST_RECEIPTS]
    if not said and not done and any(right is Right.NO_CONSUMER for _, right in orders):
        key = "withdrawal-no-consumer"
    else:
        key = "withdrawal-orders" if said else "withdrawal-none"
    body = translator.html(
        key,
        days=catalogue.rules.withdrawal_days,
        lines=lines(said),
        operator=catalogue.operator.name,
        email=catalogue.operator.email,
    )
    rows = [
        button(translator, "withdrawal-choice", Withdraw(number=order.number), order=order.number)
        for order, right in running[:_MOST_ORDERS]
        if right.is_online
    ]
    rows += [
        button(translator, "withdrawal-choice-receipt", Withdraw(number=number), order=number)
        for number in done
    ]
    already = translator.html("withdrawal-done", orders=tuple(done)) if done else None
    text = translator.html("withdrawal", body=paragraphs(body, already))
    return text, keyboard(*rows, button(translator, "button-orders", ShowOrders()), home_button(manager))


async def _on_price(manager: DialogManager) -> Answer:
    translator = translator_of(manager)
    priced = await services_of(manager).glances.prices(actor_of(manager))
    named = [(each.mailbox, each.quote) for each in priced if each.quote is not None][:_NAMED]
    if not named:
        return _price_list(manager), _ways(manager, await _way_in(manager))
    rest = len(priced) - len(named)
    alike = not any(quote.split_payment for _, quote in named)  # then the heading says how it is with VAT
    said = [
        translator.html(
            "answer-price-mailbox",
            address=mailbox.address,
            due=quote.due,
            vat="said" if alike else "none" if quote.split_payment else "included",
        )
        for mailbox, quote in named
    ]
    text = paragraphs(
        translator.html("answer-price", vat="said" if alike else "none", lines=lines(said)),
        translator.html("answer-price-more", count=rest) if rest else None,
    )
    return text, _ways(manager, button(translator, "button-renew", OpenRenewal()))


def _price_list(manager: DialogManager) -> Safe:
    """A year of each plan on sale, for who has no mailbox here whose price could be told."""
    translator, catalogue = translator_of(manager), services_of(manager).surroundings.catalogue
    return translator.html(
        "answer-price-plans",
        lines=lines(
            translator.html(
                "answer-price-plan",
                plan=plan.names[translator.locale.value],
                due=gross(plan.price, catalogue.rules.vat_percent),
            )
            for plan in catalogue.plans.values()
            if plan.on_sale and not plan.own_domain
        ),
    )


async def _on_invoice(manager: DialogManager) -> Answer:
    translator, operator = translator_of(manager), services_of(manager).surroundings.catalogue.operator
    text = translator.html(
        "answer-invoice",
        legal=operator.legal_name,
        vat=operator.vat_number,
        email=operator.email,
        phone=operator.phone,
    )
    return text, _ways(manager, button(translator, "button-orders", ShowOrders()))


async def _on_not_renewing(manager: DialogManager) -> Answer:
    """What happens to who does nothing, and what has to be switched off for that."""
    translator, catalogue = translator_of(manager), services_of(manager).surroundings.catalogue
    glance = await _glance(manager)
    boxes = () if glance is None else glance.mailboxes
    automatic = [box for box in boxes if box.auto_renew]
    plans = {box.plan_id for box in boxes} or set(catalogue.plans)
    days = {deletion_days(plan, catalogue) for plan in plans}
    text = paragraphs(
        translator.html(
            "answer-not-renewing",
            days=min(days),
            same=len(days) == 1,
        ),
        translator.html("answer-automatic-if") if glance is None else None,
        translator.html("answer-automatic-on", count=len(automatic), first=automatic[0].address)
        if automatic
        else None,
        translator.html("answer-not-renewing-ordered") if glance is not None else None,
    )
    if automatic:
        switch = ShowSwitch(mailbox=automatic[0].id) if len(automatic) == 1 else ListSwitches(page=0)
        return text, _ways(manager, button(translator, "mailboxes-automatic", switch))
    if len(boxes) == 1 and not boxes[0].declined:
        return text, _ways(manager, button(translator, "decline-open", OpenDecline(mailbox=boxes[0].id)))
    return text, _ways(manager, await _way_in(manager))


async def _on_space(manager: DialogManager) -> Answer:
    translator, glance = translator_of(manager), await _glance(manager)
    if glance is None or not glance.mailboxes:
        return await _without_mailboxes(manager, glance)
    boxes = glance.mailboxes[:_NAMED]
    text = paragraphs(
        lines(_space(manager, box) for box in boxes),
        translator.html("answer-space-buy"),
        _more(manager, glance),
    )
    return text, _ways(manager, button(translator, "button-renew", OpenRenewal()))


def _space(manager: DialogManager, box: Mailbox) -> Safe:
    plan = services_of(manager).surroundings.catalogue.plans[box.plan_id]
    archive = plan.archive_gb + box.extra_archive_gb
    return translator_of(manager).html(
        "answer-space-mailbox",
        address=box.address,
        known=box.usage is not None,
        used=0 if box.usage is None else box.usage.mailbox_gb,
        room=plan.mailbox_gb + box.extra_mailbox_gb,
        archives=archive > 0,
        used_archive=0 if box.usage is None else box.usage.archive_gb,
        room_archive=archive,
    )


async def _on_expiry(manager: DialogManager) -> Answer:
    translator, glance = translator_of(manager), await _glance(manager)
    if glance is None or not glance.mailboxes:
        return await _without_mailboxes(manager, glance)
    today = services_of(manager).surroundings.today()
    said = lines(
        translator.html(
            "reminder-mailbox-line",
            address=box.address,
            expires=box.expires_on,
            expired=box.expires_on < today,
        )
        for box in glance.mailboxes[:_NAMED]
    )
    more = _more(manager, glance)
    text = said if more is None else lines([said, more])
    return text, _ways(manager, button(translator, "button-renew", OpenRenewal()))


def _more(manager: DialogManager, glance: Glance) -> Safe | None:
    rest = len(glance.mailboxes) - _NAMED
    return translator_of(manager).html("reminder-more", count=rest) if rest > 0 else None


async def _on_person(manager: DialogManager) -> Answer:
    translator, operator = translator_of(manager), services_of(manager).surroundings.catalogue.operator
    text = translator.html(
        "answer-person", legal=operator.legal_name, email=operator.email, phone=operator.phone
    )
    site = InlineKeyboardButton(text=translator.plain("answer-person-site"), url=operator.website)
    return text, _ways(manager, site)


async def _on_help(manager: DialogManager) -> Answer:
    operator = services_of(manager).surroundings.catalogue.operator
    text = translator_of(manager).html("answer-help", operator=operator.name)
    return text, _ways(manager, await _way_in(manager))


async def _glance(manager: DialogManager) -> Glance | None:
    """How things stand; None in a chat that is bound to nobody."""
    services, actor = services_of(manager), actor_of(manager)
    return await services.glances.look(actor) if await services.linking.is_bound(actor) else None


async def _without_mailboxes(manager: DialogManager, glance: Glance | None) -> Answer:
    key = "answer-link-first" if glance is None else "answer-none"
    return translator_of(manager).html(key), _ways(manager, await _way_in(manager))


async def _way_in(manager: DialogManager) -> InlineKeyboardButton | None:
    """To the chat's mailboxes; for a stranger, to the reference e-mail, where that is offered."""
    services, translator = services_of(manager), translator_of(manager)
    if await services.linking.is_bound(actor_of(manager)):
        return button(translator, "button-mailboxes", ShowMailboxes(page=0))
    if not services.login_codes.offered:
        return None
    return button(translator, "button-link", GetIn(purpose=Purpose.HOME))


def _ways(manager: DialogManager, first: InlineKeyboardButton | None) -> InlineKeyboardMarkup:
    """The button that leads on, and *Inizio*."""
    return keyboard(*([] if first is None else [first]), home_button(manager))


_ANSWERS: Final[Mapping[Topic, Callable[[DialogManager], Awaitable[Answer]]]] = {
    Topic.PRICE: _on_price,
    Topic.INVOICE: _on_invoice,
    Topic.NOT_RENEWING: _on_not_renewing,
    Topic.WITHDRAWAL: on_withdrawal,
    Topic.SPACE: _on_space,
    Topic.EXPIRY: _on_expiry,
    Topic.PERSON: _on_person,
    Topic.HELP: _on_help,
}
