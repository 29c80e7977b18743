"""The right of withdrawal, as the confirmation and the order's page say it (DOMAIN.md 4 and 7)."""

from datetime import timedelta

from aiogram_dialog import DialogManager

from bot.dialogs.context import services_of, translator_of
from bot.services.order_rows import Order
from bot.texts import Safe


def withdrawal_text(manager: DialogManager, order: Order) -> Safe | None:
    """Until when and how a consumer withdraws from the order; nothing for other holders."""
    if not order.registrant.kind.is_consumer:
        return None
    surroundings = services_of(manager).surroundings
    days = surroundings.catalogue.rules.withdrawal_days
    placed_on = order.placed_at.astimezone(surroundings.zone).date()
    return translator_of(manager).html(
        "order-withdrawal",
        days=days,
        until=placed_on + timedelta(days=days),
        email=surroundings.catalogue.operator.withdrawal_email,
    )
