"""Payments: each is recorded, judged and acted on once (DOMAIN.md 5).

A call is stored first, in a transaction of its own; judging it, the ledger, the order, the mailboxes and everything
that has to be told are one second transaction. A call that comes again, by its own id or by the payment's, is answered
as it was the first time; where it says something else than the first time, the operator is told.
"""

from dataclasses import dataclass, replace
from typing import Any

import structlog
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.engine import Database
from bot.db.tables import CallbackRow, CollectiveRow, OrderRow, PaymentRow
from bot.db.upsert import insert_if_absent
from bot.domain.money import Cents, amount
from bot.domain.payment_reason import kept_reason
from bot.domain.payments import Judgement, PaymentOutcome, ReviewReason, judge_reversal
from bot.services.payments.assignments import take_back_assigned
from bot.services.payments.collectives import collective_of, count_for_collective, due_of_collective
from bot.services.payments.completion import Money, count_money, standing_of
from bot.services.payments.ledger import (
    PaymentKind,
    PaymentReport,
    hold_payment,
    movements,
    new_movement,
    says_the_same,
)
from bot.services.payments.numbers import named_in
from bot.services.sending.notices import Notices
from bot.services.surroundings import Surroundings

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class PaymentAnswer:
    """What a report is answered: the outcome, the order as it was understood, and the cents still missing."""

    outcome: PaymentOutcome
    order: str
    due: Cents

    def to_json(self) -> dict[str, str]:
        """The answer of the callback's contract."""
        return {"outcome": self.outcome.value, "order": self.order, "due": amount(self.due)}


@dataclass(frozen=True, slots=True)
class _Taken:
    """A report that was judged now, or had been before (`again`), maybe in other words (`contradicts`)."""

    answer: PaymentAnswer
    reason: str | None = None
    again: bool = False
    contradicts: bool = False


class Payments:
    """The ledger, and what follows from it."""

    def __init__(self, database: Database, surroundings: Surroundings, notices: Notices) -> None:
        """Keep the ledger in `database`; whoever has to know is told through `notices`."""
        self._database = database
        self._surroundings = surroundings
        self._notices = notices

    async def receive(self, webhook_id: str, body: str, report: PaymentReport) -> PaymentAnswer:
        """Take a signed call: store it, then judge it. The same id again is answered alike and changes nothing.

        When this returns, all that follows from the payment is stored. When it raises, the call is at most stored,
        and is judged when it comes again.

        Args:
            webhook_id: the call's own id.
            body: the call as it came.
            report: what the body says.
        """
        now = self._surroundings.now()
        report = _kept(report)
        async with self._database.write() as session:
            await insert_if_absent(
                session, CallbackRow, {"webhook_id": webhook_id, "received_at": now, "body": body}
            )
        async with self._database.write() as session:
            found = await session.execute(
                select(CallbackRow).where(CallbackRow.webhook_id == webhook_id).with_for_update()
            )
            call = found.scalar_one()
            if call.answer is None:
                taken = await self._take(session, report)
                call.answer = _to_stored(taken.answer)
                call.body = body  # what was judged, should an earlier attempt have said something else
            else:
                differs = call.body != body and await self._contradicts(session, report)
                taken = _Taken(_from_stored(call.answer), again=True, contradicts=differs)
        _log_taken(report, taken)
        return taken.answer

    async def register(self, report: PaymentReport) -> PaymentAnswer:
        """Take a report of the operator's own, who needs no signature; the same payment id again changes nothing."""
        report = _kept(report)
        async with self._database.write() as session:
            taken = await self._take(session, report)
        _log_taken(report, taken)
        return taken.answer

    async def _take(self, session: AsyncSession, report: PaymentReport) -> _Taken:
        # All that is said of one payment is judged one after the other, and so are the payments of one order.
        await hold_payment(session, report.payment_id)
        known = await movements(session, report.payment_id)
        row = known.get(report.kind)
        if row is not None:
            return _Taken(_answer(row), again=True, contradicts=await self._contradicts(session, report))
        if report.kind is PaymentKind.REVERSED:
            order, row = await self._reverse(session, report, known.get(PaymentKind.REGISTERED))
            session.add(row)
            await session.flush()
            await self._notices.payment(session, row, order)
        else:
            row = await self._count(session, report, reversed_before=PaymentKind.REVERSED in known)
        return _Taken(_answer(row), row.reason)

    async def _count(
        self, session: AsyncSession, report: PaymentReport, *, reversed_before: bool
    ) -> PaymentRow:
        """Count money for what the report names, and tell whoever is to be told."""
        named = await named_in(session, report.order, to_pay=True)
        money = Money(report.cents, report.currency, report.registered_at)
        if named.collective is not None:
            return await self._count_collective(
                session, report, named.collective, money, reversed_before=reversed_before
            )
        order = named.order
        judgement = await count_money(
            session,
            self._surroundings,
            self._notices,
            order,
            money,
            reversed_before=reversed_before,
            several=named.count > 1,
        )
        text = report.order if order is None else order.number
        row = new_movement(report, order, text, judgement, self._surroundings.now())
        session.add(row)
        await session.flush()
        await self._notices.payment(session, row, order)
        return row

    async def _count_collective(
        self,
        session: AsyncSession,
        report: PaymentReport,
        collective: CollectiveRow,
        money: Money,
        *,
        reversed_before: bool,
    ) -> PaymentRow:
        counted = await count_for_collective(
            session, self._surroundings, self._notices, collective, money, reversed_before=reversed_before
        )
        now = self._surroundings.now()
        row = new_movement(report, None, collective.number, counted.judgement, now)
        session.add(row)
        await session.flush()
        await counted.enter(session, self._notices, row, report, now)
        await self._notices.payment(session, row, None)
        return row

    async def _reverse(
        self, session: AsyncSession, report: PaymentReport, original: PaymentRow | None
    ) -> tuple[OrderRow | None, PaymentRow]:
        """Record money that went back. It goes back from where it had been counted, whatever the call names."""
        if original is None:
            named = await named_in(session, report.order, to_pay=True)
            order = named.order
            text = report.order if order is None else order.number
            if named.collective is not None:
                text = named.collective.number
            counted, refund = 0, 0
        else:
            counted, refund = await take_back_assigned(
                session, self._surroundings, self._notices, original, report
            )
            order = await self._order_of(session, original)
            text = original.order_text if order is None else order.number
        standing = None if order is None else await standing_of(session, order)
        judgement = judge_reversal(standing, report.cents, counted, refund)
        if order is None and (collective := await collective_of(session, text)) is not None:
            due = await due_of_collective(session, self._surroundings, collective)
            judgement = replace(judgement, missing=due)
        return order, new_movement(report, order, text, judgement, self._surroundings.now())

    async def _contradicts(self, session: AsyncSession, report: PaymentReport) -> bool:
        """Whether a repeated report says other things than the ledger; if so, the operator is told, once."""
        row = (await movements(session, report.payment_id)).get(report.kind)
        if row is not None and says_the_same(row, report):
            return False
        judgement = Judgement(PaymentOutcome.REVIEW, 0, 0, 0, ReviewReason.CONTRADICTED)
        unrecorded = new_movement(report, None, report.order, judgement, self._surroundings.now())
        await self._notices.contradiction(session, unrecorded)
        return True

    async def _order_of(self, session: AsyncSession, payment: PaymentRow) -> OrderRow | None:
        if payment.order_id is None:
            return None
        return await session.get_one(OrderRow, payment.order_id, with_for_update=True)


def _kept(report: PaymentReport) -> PaymentReport:
    return replace(report, order=kept_reason(report.order))


def _answer(row: PaymentRow) -> PaymentAnswer:
    return PaymentAnswer(PaymentOutcome(row.outcome), row.order_text, row.missing)


def _to_stored(answer: PaymentAnswer) -> dict[str, Any]:
    return {"outcome": answer.outcome.value, "order": answer.order, "due": answer.due}


def _from_stored(stored: dict[str, Any]) -> PaymentAnswer:
    return PaymentAnswer(PaymentOutcome(stored["outcome"]), stored["order"], stored["due"])


def _log_taken(report: PaymentReport, taken: _Taken) -> None:
    """One line for each report; the order's number is left out, since what a customer writes there can be anything."""
    facts = {
        "kind": report.kind.value,
        "payment_id": report.payment_id,
        "outcome": taken.answer.outcome.value,
        "again": taken.again,
    }
    if taken.contradicts:
        _log.warning("payment_contradicted", **facts)
    elif taken.reason is not None:
        _log.warning("payment_needs_review", reason=taken.reason, **facts)
    else:
        _log.info("payment_taken", **facts)
