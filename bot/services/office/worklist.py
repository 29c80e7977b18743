"""The operator's worklist: every case, those of payments among them, listed, shown, and closed (DOMAIN.md 9)."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import rome_midnight
from bot.db.engine import Database
from bot.db.tables import CaseRow, PaymentRow
from bot.domain.cases import CaseKind, CaseOutcome
from bot.domain.money import amount
from bot.services.cases import IS_OPEN
from bot.services.errors import ServiceError
from bot.services.office.payment_cases import IS_TO_REVIEW
from bot.services.surroundings import Surroundings

_log = structlog.get_logger(__name__)


class NoSuchCase(ServiceError):
    """The office has no case of this number."""


class CaseClosed(ServiceError):
    """It was closed before: `case` says when, and how."""

    def __init__(self, case: "CaseFile") -> None:
        super().__init__("the case is closed")
        self.case = case


@dataclass(frozen=True, slots=True)
class Item:
    """A case in one line, whether it stands in the office or in the ledger of payments.

    Attributes:
        number: its number among those of its sort: see `id`.
        kind: what it is about.
        subject: what the operator's own systems call it.
        due_on: the last day on which it still helps to act; None where no day presses.
        since: when it was opened, an instant in UTC.
        outcome: how it ended: `CaseOutcome`, or for a payment `Decision`; None while it is open.
        closed_at: when it did.
    """

    number: int
    kind: CaseKind
    subject: str
    due_on: date | None
    since: datetime
    outcome: str | None
    closed_at: datetime | None

    @property
    def id(self) -> str:
        """By which it is called: `P12` is a payment of the ledger, `C7` any other case."""
        return f"{'P' if self.kind is CaseKind.PAYMENT else 'C'}{self.number}"


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case that is no payment, with all that is known of it; instants in UTC."""

    number: int
    kind: CaseKind
    subject: str
    facts: Mapping[str, Any]
    due_on: date | None
    opened_at: datetime
    outcome: CaseOutcome | None
    closed_at: datetime | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Standing:
    """How much of one kind waits.

    Attributes:
        open: how many cases.
        oldest: since when the oldest of them waits, an instant in UTC; None without any.
        overdue: for how long the one that was due first has been past its day; zero when none is.
    """

    open: int
    oldest: datetime | None
    overdue: timedelta


class Worklist:
    """What waits for a person."""

    def __init__(self, database: Database, surroundings: Surroundings) -> None:
        """List what stands in `database`."""
        self._database = database
        self._surroundings = surroundings

    async def items(
        self, *, limit: int, kind: CaseKind | None = None, closed: bool = False
    ) -> tuple[tuple[Item, ...], int]:
        """The open cases, those due first at the top and then the oldest; and how many there are in all.

        What was closed comes after them, the latest first.

        Args:
            limit: how many at most.
            kind: those of one kind alone.
            closed: those that were closed too.
        """
        found: list[Item] = []
        total = 0
        async with self._database.read() as session:
            if kind is not CaseKind.PAYMENT:
                wanted = [] if closed else [IS_OPEN]
                wanted += [] if kind is None else [CaseRow.kind == kind.value]
                items, count = await _cases(session, wanted, limit)
                found += items
                total += count
            if kind in {None, CaseKind.PAYMENT}:
                items, count = await _payments(session, closed=closed, limit=limit)
                found += items
                total += count
        found.sort(key=_rank)
        return tuple(found[:limit]), total

    async def case(self, number: int) -> CaseFile:
        """A case that is no payment.

        Raises:
            NoSuchCase: there is none of this number.
        """
        async with self._database.read() as session:
            return _file(await _row(session, number))

    async def close(self, number: int, note: str) -> CaseFile:
        """Note that a person dealt with a case, as `note` says; payments are decided in the ledger.

        Raises:
            NoSuchCase: there is none of this number.
            CaseClosed: somebody was quicker, or it ended by itself.
        """
        async with self._database.write() as session:
            changed = await session.execute(
                update(CaseRow)
                .where(CaseRow.id == number, IS_OPEN)
                .values(outcome=CaseOutcome.DECIDED.value, closed_at=self._surroundings.now(), note=note)
                .returning(CaseRow.id)
            )
            mine = changed.scalar_one_or_none() is not None
            row = await _row(session, number)
            if mine and row.kind == CaseKind.FORGOTTEN.value:
                # It was there to be taken out of other files: from here on nothing needs the name any more.
                row.subject = row.facts["now_called"]
                row.facts = {**row.facts, "customer": row.subject}
            case = _file(row)
            if not mine:
                raise CaseClosed(case)
        _log.info("case_decided", case=number, kind=case.kind.value)
        return case

    async def standing(self) -> Mapping[CaseKind, Standing]:
        """How much of each kind waits, and for how long."""
        async with self._database.read() as session:
            rows = await session.execute(
                select(CaseRow.kind, func.count(), func.min(CaseRow.opened_at), func.min(CaseRow.due_on))
                .where(IS_OPEN)
                .group_by(CaseRow.kind)
            )
            found = {
                CaseKind(kind): Standing(count, oldest, self._past(due)) for kind, count, oldest, due in rows
            }
            count, oldest = (
                await session.execute(
                    select(func.count(), func.min(PaymentRow.registered_at)).where(IS_TO_REVIEW)
                )
            ).one()
        found[CaseKind.PAYMENT] = Standing(count, oldest, timedelta(0))
        return {kind: found.get(kind, Standing(0, None, timedelta(0))) for kind in CaseKind}

    def _past(self, due_on: date | None) -> timedelta:
        """For how long a day has been over."""
        if due_on is None:
            return timedelta(0)
        end = rome_midnight(due_on + timedelta(days=1))
        return max(self._surroundings.now() - end.astimezone(UTC), timedelta(0))


def _rank(item: Item) -> tuple[float, date, datetime, bool, int]:
    """Where a case stands in the list: as the statements below order theirs."""
    closed = -math.inf if item.closed_at is None else -item.closed_at.timestamp()
    return closed, item.due_on or date.max, item.since, item.kind is CaseKind.PAYMENT, item.number


async def _cases(
    session: AsyncSession, wanted: list[ColumnElement[bool]], limit: int
) -> tuple[list[Item], int]:
    total = await session.scalar(select(func.count()).select_from(CaseRow).where(*wanted))
    found = await session.execute(
        select(CaseRow)
        .where(*wanted)
        .order_by(
            CaseRow.outcome.is_not(None),
            CaseRow.closed_at.desc(),
            CaseRow.due_on.is_(None),
            CaseRow.due_on,
            CaseRow.opened_at,
            CaseRow.id,
        )
        .limit(limit)
    )
    items = [
        Item(
            number=row.id,
            kind=CaseKind(row.kind),
            subject=row.subject,
            due_on=row.due_on,
            since=row.opened_at,
            outcome=row.outcome,
            closed_at=row.closed_at,
        )
        for row in found.scalars()
    ]
    return items, total or 0


async def _payments(session: AsyncSession, *, closed: bool, limit: int) -> tuple[list[Item], int]:
    wanted = PaymentRow.reason.is_not(None) if closed else IS_TO_REVIEW
    total = await session.scalar(select(func.count()).select_from(PaymentRow).where(wanted))
    found = await session.execute(
        select(PaymentRow)
        .where(wanted)
        .order_by(
            PaymentRow.resolution.is_not(None),
            PaymentRow.resolved_at.desc(),
            PaymentRow.registered_at,
            PaymentRow.id,
        )
        .limit(limit)
    )
    items = [
        Item(
            number=row.id,
            kind=CaseKind.PAYMENT,
            subject=f"{amount(row.amount)} {row.currency}, {row.payment_id}",
            due_on=None,
            since=row.registered_at,
            outcome=row.resolution,
            closed_at=row.resolved_at,
        )
        for row in found.scalars()
    ]
    return items, total or 0


async def _row(session: AsyncSession, number: int) -> CaseRow:
    row = await session.get(CaseRow, number, populate_existing=True)
    if row is None:
        raise NoSuchCase
    return row


def _file(row: CaseRow) -> CaseFile:
    return CaseFile(
        number=row.id,
        kind=CaseKind(row.kind),
        subject=row.subject,
        facts=row.facts,
        due_on=row.due_on,
        opened_at=row.opened_at,
        outcome=None if row.outcome is None else CaseOutcome(row.outcome),
        closed_at=row.closed_at,
        note=row.note,
    )
