"""Money of orders that were withdrawn from: the case that asks for it to be given back (DOMAIN.md 5 and 7).

What was due at the statement stays as it was reckoned then. Money that comes later is all due back, and enlarges the
case; what goes back makes it smaller, and the last cent of it closes it. Nothing of this is stored but the case itself:
it follows from the statement and the ledger.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import rome_day
from bot.db.tables import CaseRow, CustomerRow, OrderRow, PaymentRow, WithdrawalRow
from bot.domain.cases import CaseKind, CaseOutcome
from bot.domain.money import CURRENCY, Cents, amount
from bot.domain.payments import ReviewReason
from bot.domain.withdrawal import DueBack, back_by
from bot.services.cases import Case, open_case, resolve_case
from bot.services.payments.ledger import PaymentKind

_BACK: Final = "what was due back went back"
_REVERSED: Final = PaymentKind.REVERSED.value
_CAME: Final = (PaymentKind.REGISTERED.value, PaymentKind.ALLOTTED.value, PaymentKind.ASSIGNED.value)


@dataclass(frozen=True, slots=True)
class Owed:
    """How the money of a withdrawn order stands. Cents.

    Attributes:
        statement: what was due when it was withdrawn from.
        later: the movements that came afterwards, and wait to be given back.
        given_back: what of the money that had counted went back since.
    """

    statement: WithdrawalRow
    later: tuple[PaymentRow, ...]
    given_back: Cents

    @property
    def due_back(self) -> Cents:
        """What is due back in all, whether or not it went back."""
        return self.statement.due_back + sum(row.amount for row in self.later)

    @property
    def remaining(self) -> Cents:
        """What is still due back."""
        return max(self.due_back - self.given_back, 0)


def was_withdrawn_from(order: OrderRow) -> bool:
    """Whether its consumer has withdrawn from an order, or from its kit alone."""
    return order.withdrawn_at is not None or order.kit_withdrawn_at is not None


async def owed_for(session: AsyncSession, order: OrderRow) -> Owed | None:
    """How the money of an order stands that was withdrawn from; None for any other."""
    statement = await session.get(WithdrawalRow, order.id)
    if statement is None:
        return None
    found = await session.execute(
        select(PaymentRow)
        .where(PaymentRow.order_id == order.id, PaymentRow.id > statement.last_payment_id)
        .order_by(PaymentRow.id)
    )
    rows = found.scalars().all()
    return Owed(
        statement,
        later=tuple(
            row
            for row in rows
            if row.kind in _CAME
            and row.reason == ReviewReason.ORDER_WITHDRAWN.value
            and row.resolution is None
            and row.currency == CURRENCY
        ),
        given_back=-sum(row.counted for row in rows if row.kind == _REVERSED),
    )


async def is_refund(session: AsyncSession, order: OrderRow, undone: Cents) -> bool:
    """Whether so many cents that count for an order, and went back, are what a withdrawal left due: nobody asks why."""
    owed = await owed_for(session, order)
    if owed is None or undone <= 0:
        return False
    return owed.given_back + undone <= owed.statement.due_back


async def keep_case(
    session: AsyncSession, order: OrderRow, now: datetime, *, reckoned: DueBack | None = None
) -> None:
    """Open, enlarge or close the case of an order that was withdrawn from; nothing for any other order.

    Args:
        session: the transaction that moves its money; it holds the order's row.
        order: which was withdrawn from, maybe.
        now: this instant.
        reckoned: how the sum due back was reckoned, when it is withdrawn from just now.
    """
    owed = await owed_for(session, order)
    if owed is None:
        return
    key = await _key(session, order)
    if owed.remaining == 0:
        await resolve_case(session, CaseKind.WITHDRAWN, key, _BACK, now)
        return
    known = await _facts_of(session, key)
    facts = await _facts(session, order, owed, reckoned, known)
    day = rome_day(max([owed.statement.at, *(row.received_at for row in owed.later)]))
    if owed.statement.due_back - owed.given_back > 0:
        day = rome_day(owed.statement.at)
    case = Case(CaseKind.WITHDRAWN, key, order.number, facts, back_by(day))
    await open_case(session, case, now)


async def _key(session: AsyncSession, order: OrderRow) -> str:
    """The order's number; what comes after a person has decided its case is asked anew."""
    decided = await session.execute(
        select(CaseRow.id).where(
            CaseRow.kind == CaseKind.WITHDRAWN.value,
            or_(CaseRow.key == order.number, CaseRow.key.startswith(f"{order.number}:", autoescape=True)),
            CaseRow.outcome == CaseOutcome.DECIDED.value,
        )
    )
    count = len(decided.scalars().all())
    return f"{order.number}:{count}" if count else order.number


async def _facts_of(session: AsyncSession, key: str) -> dict[str, Any]:
    """What the open case says already."""
    found = await session.execute(
        select(CaseRow.facts).where(
            CaseRow.kind == CaseKind.WITHDRAWN.value, CaseRow.key == key, CaseRow.outcome.is_(None)
        )
    )
    return dict(found.scalar_one_or_none() or {})


async def _facts(
    session: AsyncSession,
    order: OrderRow,
    owed: Owed,
    reckoned: DueBack | None,
    known: dict[str, Any],
) -> dict[str, Any]:
    statement = owed.statement
    customer = await session.get_one(CustomerRow, order.customer_id)
    before = await session.execute(
        select(PaymentRow)
        .where(
            PaymentRow.order_id == order.id,
            PaymentRow.id <= statement.last_payment_id,
            PaymentRow.counted > 0,
        )
        .order_by(PaymentRow.id)
    )
    addresses = {item.mailbox_id: item.address for item in order.items}
    parts = (
        known.get("parts", [])
        if reckoned is None
        else [
            {
                "kind": part.kind.value,
                "mailbox": addresses.get(part.mailbox_id) if part.mailbox_id is not None else None,
                "paid_for": amount(part.cents),
                "served": amount(served),
                "days_served": part.days_served(rome_day(statement.at)),
                "days": part.days,
            }
            for part, served in reckoned.parts
        ]
    )
    return {
        "statement": statement.number,
        "customer": customer.code,
        "withdrawn_on": rome_day(statement.at).isoformat(),
        "completed_on": None
        if statement.completed_at is None
        else rome_day(statement.completed_at).isoformat(),
        "early_start": statement.early_start,
        "kit": order.kit_id,
        "kit_alone": order.withdrawn_at is None,
        "paid": amount(statement.paid),
        "served": amount(statement.served),
        "due_back": amount(owed.due_back),
        "given_back": amount(max(owed.given_back, 0)),
        "remaining": amount(owed.remaining),
        "parts": parts,
        "payers": [_payer(row, row.counted) for row in before.scalars()],
        "later": [_payer(row, row.amount) for row in owed.later],
    }


def _payer(row: PaymentRow, cents: Cents) -> dict[str, Any]:
    """By which payment the money came: it goes back the same way (art. 56)."""
    return {
        "payment_id": row.payment_id,
        "method": row.method,
        "amount": amount(cents),
        "registered_on": rome_day(row.registered_at).isoformat(),
    }
