"""The right of withdrawal, as the confirmation, the order's page and the answers say it (DOMAIN.md 4 and 7)."""

from datetime import date

from aiogram_dialog import DialogManager

from bot.clock import rome_day
from bot.dialogs.context import services_of, translator_of
from bot.dialogs.renewal.mailbox_text import lines_of
from bot.domain.withdrawal import Right, last_day, last_day_of, right_of
from bot.messages.withdrawal_words import until_words
from bot.services.orders.rows import Order
from bot.texts import Safe


def right_to_withdraw(manager: DialogManager, order: Order) -> Right:
    """Whether the order can be withdrawn from today."""
    surroundings = services_of(manager).surroundings
    return right_of(
        order.registrant.kind,
        order.status,
        rome_day(order.placed_at),
        surroundings.today(),
        surroundings.catalogue.rules,
        withdrawn=order.withdrawn_at is not None,
        goods=order.goods,
    )


def last_day_to_withdraw(manager: DialogManager, order: Order, right: Right) -> date | None:
    """The last day of a right that runs; None for a kit whose delivery is not known yet."""
    rules = services_of(manager).surroundings.catalogue.rules
    return last_day_of(right, rome_day(order.placed_at), order.goods, rules)


def withdrawal_data(manager: DialogManager, order: Order) -> dict[str, bool]:
    """Which buttons of it stand under an order: the one that begins it, or its receipt."""
    right = right_to_withdraw(manager, order)
    return {"can_withdraw": right.is_online, "has_receipt": right is Right.WITHDRAWN}


def _goods(manager: DialogManager, order: Order, right: Right) -> Safe | None:
    """Until when the hardware of a kit goes back, and how; of a contract from before the function by e-mail."""
    surroundings = services_of(manager).surroundings
    rules = surroundings.catalogue.rules
    if order.goods is None:
        return None
    if right is Right.OVER and not order.goods.may_go_back(order.status, surroundings.today(), rules):
        return None
    last = order.goods.last_day(rules)
    # Delivered on the day of the order, the kit has no day of its own left once those of the order are over.
    together = last is not None and right.runs and last <= last_day(rome_day(order.placed_at), rules)
    if not right.is_online:
        way = "mail"
    elif right is Right.KIT:
        way = "now"
    else:
        way = "together" if together else "later"
    return translator_of(manager).html(
        "order-withdrawal-kit",
        days=rules.withdrawal_days,
        way=way,
        email=surroundings.catalogue.operator.withdrawal_email,
        **until_words(last),
    )


def withdrawal_texts(manager: DialogManager, order: Order) -> tuple[Safe | None, Safe | None]:
    """Until when and where a consumer withdraws, which is never folded (VOICE.md), and the rest of it.

    Nothing for other holders, for orders undone, or when it is too late; the hardware of a kit has its own days.
    """
    right = right_to_withdraw(manager, order)
    catalogue = services_of(manager).surroundings.catalogue
    html, email = translator_of(manager).html, catalogue.operator.withdrawal_email
    days, online = catalogue.rules.withdrawal_days, right.is_online
    last, goods = last_day_to_withdraw(manager, order, right), _goods(manager, order, right)
    if not right.runs:
        return None, goods if right is Right.OVER else None
    if right is Right.KIT:
        return html("order-withdrawal-kit-until", days=days, **until_words(last)), goods
    until = html("order-withdrawal-until", until=last, online=online, email=email)
    rest = lines_of(
        [
            html("order-withdrawal-how", days=days, online=online),
            goods,
            None if order.renew_after is None else html("order-renew-after", after=order.renew_after),
        ]
    )
    return until, rest
