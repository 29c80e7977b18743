"""The right of withdrawal, as the confirmation, the order's page and the answers say it (DOMAIN.md 4 and 7)."""

from datetime import date

from aiogram_dialog import DialogManager

from bot.clock import rome_day
from bot.dialogs.context import services_of, translator_of
from bot.dialogs.renewal.mailbox_text import lines_of
from bot.domain.withdrawal import Right, last_day, right_of
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
    )


def last_day_to_withdraw(manager: DialogManager, order: Order) -> date:
    """The last day for that, for whoever has the right."""
    return last_day(rome_day(order.placed_at), services_of(manager).surroundings.catalogue.rules)


def withdrawal_data(manager: DialogManager, order: Order) -> dict[str, bool]:
    """Which buttons of it stand under an order: the one that begins it, or its receipt."""
    right = right_to_withdraw(manager, order)
    return {"can_withdraw": right is Right.ONLINE, "has_receipt": right is Right.WITHDRAWN}


def withdrawal_texts(manager: DialogManager, order: Order) -> tuple[Safe | None, Safe | None]:
    """Until when and where a consumer withdraws, which is never folded (VOICE.md), and the rest of it.

    Nothing for other holders, for orders undone, or when it is too late, but for the hardware of a kit.
    """
    right = right_to_withdraw(manager, order)
    catalogue = services_of(manager).surroundings.catalogue
    html, email = translator_of(manager).html, catalogue.operator.withdrawal_email
    days, online = catalogue.rules.withdrawal_days, right is Right.ONLINE
    kit = None if order.kit_id is None else catalogue.kits.get(order.kit_id)
    # The days of goods run from their delivery, which is not known here: they may run when the order's are over.
    goods = (
        html("order-withdrawal-kit", days=days, email=email) if kit is not None and kit.has_hardware else None
    )
    if not right.runs:
        return None, goods if right is Right.OVER else None
    until = html(
        "order-withdrawal-until", until=last_day_to_withdraw(manager, order), online=online, email=email
    )
    rest = lines_of(
        [
            html("order-withdrawal-how", days=days, online=online),
            goods,
            None if order.renew_after is None else html("order-renew-after", after=order.renew_after),
        ]
    )
    return until, rest
