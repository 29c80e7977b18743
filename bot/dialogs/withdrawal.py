"""The right of withdrawal, as the confirmation and the order's page say it (DOMAIN.md 4 and 7)."""

from datetime import date, timedelta
from typing import Final

from aiogram_dialog import DialogManager

from bot.clock import rome_day
from bot.dialogs.context import services_of, translator_of
from bot.domain.orders import OrderStatus
from bot.services.orders.rows import Order
from bot.texts import Safe

_UNDONE: Final = frozenset({OrderStatus.CANCELLED, OrderStatus.EXPIRED})


def withdrawal_texts(manager: DialogManager, order: Order) -> tuple[Safe | None, Safe | None]:
    """Until when and by which address a consumer withdraws, which is never folded (VOICE.md), and the rest of it.

    Nothing for other holders, for orders undone, or when it is too late.
    """
    until = withdrawal_until(manager, order)
    if until is None:
        return None, None
    catalogue = services_of(manager).surroundings.catalogue
    html, email = translator_of(manager).html, catalogue.operator.withdrawal_email
    days = catalogue.rules.withdrawal_days
    return html("order-withdrawal-until", until=until, email=email), html("order-withdrawal-how", days=days)


def withdrawal_until(manager: DialogManager, order: Order) -> date | None:
    """The last day on which its consumer can withdraw; None for other holders, orders undone, or when it has passed."""
    if order.status in _UNDONE or not order.registrant.kind.is_consumer:
        return None
    surroundings = services_of(manager).surroundings
    until = rome_day(order.placed_at) + timedelta(days=surroundings.catalogue.rules.withdrawal_days)
    return None if surroundings.today() > until else until
