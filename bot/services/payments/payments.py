"""Payments: each is recorded, judged and acted on once (DOMAIN.md 5).

A call is stored first, in a transaction of its own; judging it, the ledger, the order, the mailboxes and everything
that has to be told are one second transaction. A call that comes again, by its own id or by the payment's, is answered
as it was the first time; where it says something else than the first time, the operator is told.
"""

from collections.abc import Sequence
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
from bot.domain.payments import Judgement, PaymentOutcome, ReviewReason
from bot.services.payments.assignments import all_movements
from bot.services.payments.collectives import count_for_collective
from bot.services.payments.completion import count_money, standing_of
from bot.services.payments.due_back import keep_case, was_withdrawn_from
from bot.services.payments.holdings import is_reversal, original_of
from bot.services.payments.ledger import (
    Money,
    PaymentKind,
    PaymentReport,
    enter,
    hold_payment,
    new_movement,
    reported,
    says_the_same,
)
from bot.services.payments.numbers import named_in
from bot.services.payments.reversals import close_won, reverse, undone_by
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
                differs = call.body != body and await self._contradicts(
                    session, await _known(session, report), report
                )
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

    async def register_with(self, session: AsyncSession, report: PaymentReport) -> PaymentAnswer:
        """Take what a bank's statement told, in the transaction that notes it.

        What other sources told of it has been compared before, and a person asked where it may be the same.
        """
        report = _kept(report)
        taken = await self._take(session, report, compare=False)
        _log_taken(report, taken)
        return taken.answer

    async def _take(self, session: AsyncSession, report: PaymentReport, *, compare: bool = True) -> _Taken:
        # All that is said of one payment is judged one after the other, and so are the payments of one order.
        await hold_payment(session, report.payment_id)
        row = await _known(session, report)
        if row is not None:
            return _Taken(_answer(row), again=True, contradicts=await self._contradicts(session, row, report))
        movements = await all_movements(session, report.payment_id)
        if report.kind is PaymentKind.REVERSED:
            order, row = await reverse(session, self._surroundings, self._notices, report, movements)
            await self._write(session, row, order)
        elif report.reversal_id:
            row = await self._count_again(session, report, movements)
        else:
            reversed_before = any(map(is_reversal, movements))
            row = await self._count(session, report, reversed_before=reversed_before, compare=compare)
        return _Taken(_answer(row), row.reason)

    async def _count_again(
        self, session: AsyncSession, report: PaymentReport, movements: Sequence[PaymentRow]
    ) -> PaymentRow:
        """Count money of a payment that had gone back and came again, for what it had paid."""
        undone, original = undone_by(report, movements), original_of(movements)
        if undone is None or original is None:
            missing = 0
            if original is not None and original.order_id is not None:
                paid_for = await session.get_one(OrderRow, original.order_id)
                missing = (await standing_of(session, paid_for)).missing
            unfit = Judgement(PaymentOutcome.REVIEW, 0, 0, missing, ReviewReason.REVERSAL_UNFIT)
            text = report.order if original is None else original.order_text
            return await self._enter(session, report, None, text, unfit)
        order_id = original.order_id if undone.order_id is None else undone.order_id
        if order_id is None:
            again = replace(report, order=original.order_text)
            row = await self._count(session, again, reversed_before=False, compare=False)
        else:
            order = await session.get_one(OrderRow, order_id, with_for_update=True)
            row = await self._count_for(session, report, order)
        if row.outcome != PaymentOutcome.REVIEW.value and row.refund == 0:
            close_won(undone, report, self._surroundings.now())
        return row

    async def _count(
        self, session: AsyncSession, report: PaymentReport, *, reversed_before: bool, compare: bool
    ) -> PaymentRow:
        """Count money for what the report names, and tell whoever is to be told."""
        named = await named_in(session, report.order, to_pay=True)
        money = Money(report.cents, report.currency, report.registered_at)
        if named.collective is not None:
            return await self._count_collective(
                session, report, named.collective, money, reversed_before=reversed_before, compare=compare
            )
        return await self._count_for(
            session,
            report,
            named.order,
            reversed_before=reversed_before,
            several=named.count > 1,
            compare=compare,
        )

    async def _count_for(
        self,
        session: AsyncSession,
        report: PaymentReport,
        order: OrderRow | None,
        *,
        reversed_before: bool = False,
        several: bool = False,
        compare: bool = False,
    ) -> PaymentRow:
        judgement = await count_money(
            session,
            self._surroundings,
            self._notices,
            order,
            Money(report.cents, report.currency, report.registered_at),
            reversed_before=reversed_before,
            several=several,
            compare=compare,
        )
        return await self._enter(
            session, report, order, report.order if order is None else order.number, judgement
        )

    async def _enter(
        self,
        session: AsyncSession,
        report: PaymentReport,
        order: OrderRow | None,
        text: str,
        judgement: Judgement,
    ) -> PaymentRow:
        """Write the movement of a report, and tell whoever is to be told."""
        row = new_movement(report, order, text, _won(report, judgement), self._surroundings.now())
        await self._write(session, row, order)
        return row

    async def _write(self, session: AsyncSession, row: PaymentRow, order: OrderRow | None) -> None:
        await enter(session, row)
        if order is not None and was_withdrawn_from(order):
            await keep_case(session, order, self._surroundings.now())
        await self._notices.payment(session, row, order)

    async def _count_collective(
        self,
        session: AsyncSession,
        report: PaymentReport,
        collective: CollectiveRow,
        money: Money,
        *,
        reversed_before: bool,
        compare: bool,
    ) -> PaymentRow:
        counted = await count_for_collective(
            session,
            self._surroundings,
            self._notices,
            collective,
            money,
            reversed_before=reversed_before,
            compare=compare,
        )
        now = self._surroundings.now()
        row = new_movement(report, None, collective.number, _won(report, counted.judgement), now)
        await enter(session, row)
        await counted.enter(session, self._notices, row, report, now)
        await self._notices.payment(session, row, None)
        return row

    async def _contradicts(
        self, session: AsyncSession, row: PaymentRow | None, report: PaymentReport
    ) -> bool:
        """Whether a repeated report says other things than its row in the ledger; if so, the operator is told, once."""
        if row is not None and says_the_same(row, report):
            return False
        judgement = Judgement(PaymentOutcome.REVIEW, 0, 0, 0, ReviewReason.CONTRADICTED)
        unrecorded = new_movement(report, None, report.order, judgement, self._surroundings.now())
        await self._notices.contradiction(session, unrecorded)
        return True


async def _known(session: AsyncSession, report: PaymentReport) -> PaymentRow | None:
    """What the ledger holds of the same report."""
    return await reported(session, report.payment_id, report.kind, report.reversal_id)


def _won(report: PaymentReport, judgement: Judgement) -> Judgement:
    """Nobody has to look at money that came again and fills the very gap that it had left."""
    fills = judgement.reason is ReviewReason.AFTER_REVERSAL and judgement.refund == 0
    return replace(judgement, reason=None) if report.reversal_id and fills else judgement


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
