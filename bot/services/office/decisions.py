"""Payments that need a person, and what that person decides of them (DOMAIN.md 5).

Each is decided once, whoever decides it at the same time. A decision adds to the ledger and takes nothing away.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

import structlog
from sqlalchemy import func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.engine import Database
from bot.db.tables import CollectiveRow, OrderRow, PaymentRow
from bot.domain.money import Cents
from bot.domain.order_number import one_number_in
from bot.domain.orders import OrderStatus
from bot.domain.payments import Judgement, PaymentOutcome, ReviewReason, missing_of
from bot.domain.review import Decision, Waiting
from bot.services.evidence.of_orders import hold_chains, money_decided
from bot.services.office.payment_cases import (
    IS_TO_REVIEW,
    CaseDecided,
    Entry,
    Guess,
    NoSuchOrder,
    NoSuchPayment,
    NothingWaiting,
    NotPayable,
    PaymentCase,
    may_mean,
    to_case,
    to_entry,
)
from bot.services.payments.assignments import all_movements, follow_up
from bot.services.payments.collectives import (
    Counted,
    collective_of,
    count_for_collective,
    due_of_collective,
)
from bot.services.payments.completion import count_money
from bot.services.payments.due_back import keep_case
from bot.services.payments.holdings import still_counted, waiting_of
from bot.services.payments.ledger import (
    Money,
    PaymentKind,
    PaymentReport,
    enter,
    hold_payment,
    paid_for,
    reported,
)
from bot.services.payments.told_twice import told_twice
from bot.services.sending.notices import Notices
from bot.services.surroundings import Surroundings

_log = structlog.get_logger(__name__)


class PaymentDecisions:
    """Where payments wait for a person."""

    def __init__(self, database: Database, surroundings: Surroundings, notices: Notices) -> None:
        """Decide on the ledger in `database`; customers and operator are told through `notices`."""
        self._database = database
        self._surroundings = surroundings
        self._notices = notices

    async def entry(
        self, payment_id: str, kind: PaymentKind = PaymentKind.REGISTERED, reversal_id: str = ""
    ) -> Entry | None:
        """What the ledger says of a payment that was registered, or of a reversal of it; None where it has none."""
        async with self._database.read() as session:
            row = await reported(session, payment_id, kind, reversal_id)
            return None if row is None else to_entry(row, await all_movements(session, payment_id))

    async def review(self, limit: int) -> tuple[tuple[PaymentCase, ...], int]:
        """The payments that need a person, the oldest first, at most `limit`; and how many there are in all."""
        async with self._database.read() as session:
            total = await session.scalar(select(func.count()).select_from(PaymentRow).where(IS_TO_REVIEW))
            found = await session.execute(
                select(PaymentRow)
                .where(IS_TO_REVIEW)
                .order_by(PaymentRow.registered_at, PaymentRow.id)
                .limit(limit)
            )
            rows = found.scalars().all()
            related = await _related(session, {row.payment_id for row in rows})
            guesses = await self._guesses(session, rows)
            same = await told_twice(session, rows)
            cases = (
                to_case(row, waiting, guesses, same)
                for row in rows
                if (waiting := waiting_of(row, related[row.payment_id])) is not None
            )
            return tuple(cases), total or 0

    async def case(self, case_id: int) -> PaymentCase:
        """One payment that needs a person.

        Raises:
            NoSuchPayment, CaseDecided: see there.
        """
        async with self._database.read() as session:
            row = await session.get(PaymentRow, case_id)
            if row is None:
                raise NoSuchPayment
            related = await all_movements(session, row.payment_id)
            waiting = _undecided(row, related)
            guesses, same = await self._guesses(session, [row]), await told_twice(session, [row])
            return to_case(row, waiting, guesses, same)

    async def assign(self, case_id: int, number: str) -> Entry:
        """Count the money of a payment for another order, judged as any payment is; complete it if that suffices.

        Args:
            case_id: the number of the payment in the ledger.
            number: the order's number, as a person types it.

        Raises:
            InvalidOrderNumber: it was mistyped.
            NoSuchPayment, CaseDecided, NothingWaiting, NoSuchOrder, NotPayable: see there.
        """
        exact = one_number_in(number)
        now = self._surroundings.now()
        async with self._database.write() as session:
            row, waiting = await self._held(session, case_id)
            cents = waiting.assignable
            if cents == 0:
                raise NothingWaiting(waiting)
            money = Money(cents, row.currency, row.registered_at)
            order, parts, judgement = await self._count(session, exact, row, money)
            if judgement.counted == 0 and not (parts and parts.parts):
                paid = judgement.outcome is PaymentOutcome.DUPLICATE_PAYMENT
                raise NotPayable(exact, None if paid else judgement.reason)
            if judgement.refund == 0:
                judgement = replace(judgement, reason=None)  # a person has just looked at it
            await self._decide(session, row, Decision.ASSIGNED, f"order {exact}", now)
            await self._release(session, row, now)
            report = _report(row, PaymentKind.ASSIGNED, exact, cents)
            made = follow_up(row, order, report, judgement, now)
            await enter(session, made)
            if parts is not None:
                await parts.enter(session, self._notices, made, report, now)
            await self._notices.payment(session, made, order)
            result = to_entry(made, await all_movements(session, row.payment_id))
        _log.info("payment_assigned", payment=case_id, outcome=result.outcome.value)
        return result

    async def refunded(self, case_id: int, note: str | None = None) -> PaymentCase:
        """Note that what waited of a payment was sent back to whoever paid.

        Raises:
            NoSuchPayment, CaseDecided, NothingWaiting: see there.
        """
        return await self._close(case_id, Decision.REFUNDED, note)

    async def settled(self, case_id: int, note: str) -> PaymentCase:
        """Note that a payment was dealt with in another way, which `note` says.

        Raises:
            NoSuchPayment, CaseDecided: see there.
        """
        return await self._close(case_id, Decision.SETTLED, note)

    async def _close(self, case_id: int, decision: Decision, note: str | None) -> PaymentCase:
        async with self._database.write() as session:
            row, waiting = await self._held(session, case_id)
            if decision is Decision.REFUNDED and waiting.refundable == 0:
                raise NothingWaiting(waiting)
            await self._decide(session, row, decision, note, self._surroundings.now())
        _log.info("payment_decided", payment=case_id, decision=decision.value)
        return to_case(row, waiting, {}, {})

    async def _held(self, session: AsyncSession, case_id: int) -> tuple[PaymentRow, Waiting]:
        """The payment, which nobody else judges or decides on until the transaction ends, and what of it waits."""
        payment_id = await session.scalar(select(PaymentRow.payment_id).where(PaymentRow.id == case_id))
        if payment_id is None:
            raise NoSuchPayment
        await hold_payment(session, payment_id)
        related = await all_movements(session, payment_id)
        row = next(each for each in related if each.id == case_id)
        return row, _undecided(row, related)

    async def _count(
        self, session: AsyncSession, number: str, row: PaymentRow, money: Money
    ) -> tuple[OrderRow | None, Counted | None, Judgement]:
        """Count the money for the order, or the collective number, that a person named."""
        collective = await collective_of(session, number)
        if collective is not None:
            counted = await count_for_collective(
                session, self._surroundings, self._notices, collective, money, also=row.order_id
            )
            return None, counted, counted.judgement
        order = await self._order(session, number, row)
        return order, None, await count_money(session, self._surroundings, self._notices, order, money)

    async def _order(self, session: AsyncSession, number: str, row: PaymentRow) -> OrderRow:
        """The order of this number; it and the order of the payment are locked by their ids, as everybody does."""
        found = await session.execute(
            select(OrderRow)
            .where(or_(OrderRow.number == number, OrderRow.id == row.order_id))
            .order_by(OrderRow.id)
            .with_for_update()
        )
        held = found.scalars().all()
        order = next((each for each in held if each.number == number), None)
        if order is None:
            raise NoSuchOrder(number)
        await hold_chains(session, held)
        return order

    async def _decide(
        self, session: AsyncSession, row: PaymentRow, decision: Decision, note: str | None, now: datetime
    ) -> None:
        """Note the decision, unless there is one: this is what lets each payment be decided once."""
        withdrawn = None
        if row.order_id is not None and row.reason == ReviewReason.ORDER_WITHDRAWN.value:
            # Before its chain of evidence, as who registers its money does.
            withdrawn = await session.get_one(OrderRow, row.order_id, with_for_update=True)
        changed = await session.execute(
            update(PaymentRow)
            .where(PaymentRow.id == row.id, PaymentRow.reason.is_not(None), PaymentRow.resolution.is_(None))
            .values(resolution=decision.value, resolved_at=now, note=note)
            .returning(PaymentRow.id)
        )
        if changed.scalar_one_or_none() is None:
            raise CaseDecided(decision, None)
        await money_decided(session, row, decision.value, now)
        if withdrawn is not None:
            await keep_case(session, withdrawn, now)  # the withdrawal's case no longer asks for this money

    async def _release(self, session: AsyncSession, row: PaymentRow, now: datetime) -> None:
        """Let money count no more for the order that expired with it."""
        counts = still_counted(row, await all_movements(session, row.payment_id))
        if row.reason != ReviewReason.ORDER_EXPIRED.value or counts <= 0 or row.order_id is None:
            return
        order = await session.get_one(OrderRow, row.order_id)
        judgement = Judgement(PaymentOutcome.REVIEW, -counts, 0, 0, None)
        report = _report(row, PaymentKind.RELEASED, order.number, counts)
        await enter(session, follow_up(row, order, report, judgement, now))

    async def _guesses(self, session: AsyncSession, rows: Sequence[PaymentRow]) -> Mapping[str, Guess]:
        """What awaits payment among all that these payments may mean, collective numbers among it."""
        numbers: set[str] = set()
        for row in rows:
            numbers |= may_mean(row)
        if not numbers:
            return {}
        paid = paid_for(OrderRow)
        found = await session.execute(
            select(OrderRow.number, OrderRow.due, paid).where(
                OrderRow.number.in_(numbers), OrderRow.status == OrderStatus.AWAITING_PAYMENT.value
            )
        )
        guesses = {number: Guess(number, missing_of(due, counted)) for number, due, counted in found}
        collectives = await session.execute(select(CollectiveRow).where(CollectiveRow.number.in_(numbers)))
        for collective in collectives.scalars():
            if due := await due_of_collective(session, self._surroundings, collective):
                guesses[collective.number] = Guess(collective.number, due)
        return guesses


def _undecided(row: PaymentRow, related: Sequence[PaymentRow]) -> Waiting:
    """What of a payment waits for a decision."""
    waiting = waiting_of(row, related)
    if waiting is None:
        raise NoSuchPayment
    if row.resolution is not None:
        raise CaseDecided(Decision(row.resolution), row.resolved_at)
    return waiting


def _report(row: PaymentRow, kind: PaymentKind, order: str, cents: Cents) -> PaymentReport:
    return PaymentReport(kind, row.payment_id, order, cents, row.currency, row.method, row.registered_at)


async def _related(session: AsyncSession, payment_ids: Collection[str]) -> Mapping[str, Sequence[PaymentRow]]:
    """All the movements of these payments."""
    found = await session.execute(
        select(PaymentRow).where(PaymentRow.payment_id.in_(payment_ids)).order_by(PaymentRow.id)
    )
    related: dict[str, list[PaymentRow]] = {}
    for row in found.scalars():
        related.setdefault(row.payment_id, []).append(row)
    return related
