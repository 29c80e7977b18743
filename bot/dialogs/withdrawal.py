"""The right of withdrawal, as the confirmation and the order's page say it (DOMAIN.md 4 and 7)."""

from datetime import timedelta
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
    if order.status in _UNDONE or not order.registrant.kind.is_consumer:
        return None, None
    surroundings = services_of(manager).surroundings
    days = surroundings.catalogue.rules.withdrawal_days
    until = rome_day(order.placed_at) + timedelta(days=days)
    if surroundings.today() > until:
        return None, None
    html, email = translator_of(manager).html, surroundings.catalogue.operator.withdrawal_email
    return html("order-withdrawal-until", until=until, email=email), html("order-withdrawal-how", days=days)
