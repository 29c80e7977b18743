"""What a customer is owed about an order and could not be told by any way: a case for the office (DOMAIN.md 4, 5).

The rows of the outbox that tell one thing have one key but for their ends, `…:chat:7` and `…:mail`. When the last
of them has failed, and none arrived or may have, a person is asked; when one arrives after all, nobody is needed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Self

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.tables import CustomerRow, OrderRow, OutboxRow
from bot.domain.cases import CaseKind
from bot.messages import UnreadablePayload, read_told
from bot.messages.told import (
    AboutOrder,
    OrderExpired,
    OrderExpiring,
    OrderPlaced,
    OrderUndecided,
    OrderWithdrawn,
    PaymentPartial,
    RenewalCompleted,
    VatDecided,
)
from bot.services.cases import Case, open_case, resolve_case

OWED: Final = (
    OrderPlaced,
    OrderUndecided,
    VatDecided,
    OrderExpiring,
    OrderExpired,
    OrderWithdrawn,
    PaymentPartial,
    RenewalCompleted,
)
"""The messages that a customer is owed. A cancellation is known to who made it; reminders come again."""
_NAMES: Final = frozenset(each.NAME for each in OWED)
_PRESSING: Final = (OrderExpiring, PaymentPartial, VatDecided)
"""After these the customer can still do something, until the last day on which the order can be paid."""
_IN_VAIN: Final = frozenset({"failed", "unreachable"})


@dataclass(frozen=True, slots=True)
class Telling:
    """One thing that a customer is owed: `key` is how the keys of its rows begin, each of which says `told`."""

    key: str
    told: AboutOrder

    @classmethod
    def of(cls, key: str, payload: Mapping[str, Any]) -> Self | None:
        """What the row with this key tells; None where nobody is owed it, or this release cannot read what it is."""
        if payload.get("message") not in _NAMES:
            return None
        try:
            told = read_told(payload)
        except UnreadablePayload:
            return None
        return cls(_stem(key), told) if isinstance(told, OWED) else None

    async def hold(self, session: AsyncSession) -> None:
        """Let nobody else settle a row of it until the transaction ends: two that fail at once see each other."""
        await self._rows(session, lock=True)

    async def failed(self, session: AsyncSession, now: datetime) -> None:
        """Ask for a person, if none of its rows arrived and none will; without any row there was no way to go."""
        rows = await self._rows(session)
        if not all(row.state in _IN_VAIN for row in rows):
            return
        number, message = self.told.order.number, self.told.NAME
        customer = await session.scalar(
            select(CustomerRow.code)
            .join(OrderRow, OrderRow.customer_id == CustomerRow.id)
            .where(OrderRow.number == number)
        )
        tried = [
            {
                "to": "mail" if row.channel == "mail" else "chat",
                "state": row.state,
                "reason": row.reason,
            }
            for row in rows
        ]
        facts = {"message": message, "customer": customer, "tried": tried}
        due_on = self.told.order.payable_until if isinstance(self.told, _PRESSING) else None
        await open_case(session, Case(CaseKind.UNDELIVERED, self.key, number, facts, due_on), now)

    async def arrived(self, session: AsyncSession, now: datetime) -> None:
        """Nobody is needed any more."""
        await resolve_case(session, CaseKind.UNDELIVERED, self.key, "it was told after all", now)

    async def _rows(self, session: AsyncSession, *, lock: bool = False) -> Sequence[OutboxRow]:
        query = (
            select(OutboxRow)
            .where(
                OutboxRow.key.startswith(f"{self.key}:", autoescape=True),
                OutboxRow.channel.in_(("telegram", "mail")),
            )
            .order_by(OutboxRow.id)
            .execution_options(populate_existing=True)
        )
        found = await session.execute(query.with_for_update() if lock else query)
        return [row for row in found.scalars() if _stem(row.key) == self.key]


def _stem(key: str) -> str:
    """The key without the way by which it goes."""
    return key.removesuffix(":mail").partition(":chat:")[0]
