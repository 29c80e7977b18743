"""The day on which the hardware of a kit was delivered, as the operator knows it: its days run from there.

Hardware is goods (DOMAIN.md 7). Until its delivery is registered it can be withdrawn from; a day that was mistyped is
registered anew, and the evidence of the order has both.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import structlog
from sqlalchemy import select

from bot.clock import rome_day
from bot.db.engine import Database
from bot.db.tables import OrderRow
from bot.domain.order_number import one_number_in
from bot.domain.orders import OrderStatus
from bot.domain.registrant import Registrant
from bot.domain.withdrawal import last_day
from bot.services.errors import ServiceError
from bot.services.evidence.of_orders import kit_delivered
from bot.services.office.payment_cases import NoSuchOrder
from bot.services.surroundings import Surroundings

PATIENCE_DAYS: Final = 30
"""Goods are delivered within so many days (art. 61 of the Consumer Code): later, nobody has registered it."""

_log = structlog.get_logger(__name__)


class NoHardware(ServiceError):
    """No hardware is sent with the order."""


class NotPaid(ServiceError):
    """The order never was complete, so that nothing was sent: how it stands."""

    def __init__(self, number: str, status: OrderStatus) -> None:
        super().__init__("the order was never complete")
        self.number = number
        self.status = status


class NoDayOfDelivery(ServiceError):
    """A day that no delivery can have: it lies ahead, or before the order."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """What was registered. `until` is the last day of withdrawal from the kit; None for who is no consumer."""

    number: str
    on: date
    until: date | None


class KitDeliveries:
    """Where the operator registers deliveries."""

    def __init__(self, database: Database, surroundings: Surroundings) -> None:
        """Write to the orders in `database`."""
        self._database = database
        self._surroundings = surroundings

    async def unregistered(self) -> int:
        """How many kits of consumers were paid long ago, and have no delivery on record."""
        before = self._surroundings.now() - timedelta(days=PATIENCE_DAYS)
        async with self._database.read() as session:
            found = await session.scalars(
                select(OrderRow.registrant).where(
                    OrderRow.status == OrderStatus.COMPLETED.value,
                    OrderRow.completed_at < before,
                    OrderRow.shipping.is_not(None),
                    OrderRow.kit_delivered_on.is_(None),
                    OrderRow.kit_withdrawn_at.is_(None),
                )
            )
            return sum(Registrant.from_json(each).kind.is_consumer for each in found)

    async def register(self, number: str, on: date) -> Delivered:
        """The kit of an order was delivered on a day; the same again changes nothing, another day corrects it.

        Raises:
            InvalidOrderNumber: it was mistyped.
            NoSuchOrder: no order has it.
            NoHardware: it has no kit with hardware.
            NotPaid: it was never complete.
            NoDayOfDelivery: it cannot have been delivered on that day.
        """
        exact = one_number_in(number)
        async with self._database.write() as session:
            order = await session.scalar(
                select(OrderRow).where(OrderRow.number == exact).with_for_update(of=OrderRow)
            )
            if order is None:
                raise NoSuchOrder(exact)
            if order.shipping is None:
                raise NoHardware
            if order.completed_at is None:
                raise NotPaid(exact, OrderStatus(order.status))
            if not rome_day(order.placed_at) <= on <= self._surroundings.today():
                raise NoDayOfDelivery
            if order.kit_delivered_on != on:
                order.kit_delivered_on = on
                await kit_delivered(session, order, on, self._surroundings.now())
                _log.info("kit_delivered", order=exact, on=on.isoformat())
            consumer = Registrant.from_json(order.registrant).kind.is_consumer
            rules = self._surroundings.catalogue.rules
            return Delivered(exact, on, last_day(on, rules) if consumer else None)
