"""Who hears of a statement: the operator's chat, the operators who may decide in theirs, and the office."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy import cast, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import rome_day
from bot.db.base import BigInt
from bot.db.tables import PaymentRow, StatementEntryRow, StatementRow
from bot.domain.cases import CaseKind
from bot.domain.money import CURRENCY
from bot.domain.payments import PaymentOutcome
from bot.domain.statements.entry import UnreadableStatement
from bot.domain.statements.proposal import Heap
from bot.messages.told import OperatorStatement, OperatorStatementRefused, Told
from bot.services.cases import Case, open_case, resolve_case
from bot.services.payments.ledger import PaymentKind
from bot.services.sending.outbox import Channel, put
from bot.services.statements.kept import KEEP_WAITING, State
from bot.services.statements.report import Counts, Registered
from bot.services.surroundings import Surroundings

FROM_CHAT: Final = "chat:"
"""Begins what is said of a file, or a decision, that came from an operator's chat; its number follows."""
_DECIDED: Final = "each of its entries was decided"
_READ: Final = "it was read since"
UNREADABLE: Final = "unreadable:"


class StatementNotices:
    """Writes what the operator has to be told of statements."""

    def __init__(
        self, surroundings: Surroundings, *, operator_chat_id: int | None, operators: Collection[int]
    ) -> None:
        """Tell `operator_chat_id`, if there is one, and each of `operators` in the private chat with the bot."""
        self._surroundings = surroundings
        self._operator_chat_id = operator_chat_id
        self._operators = frozenset(operators)

    async def taken(
        self, session: AsyncSession, row: StatementRow, counts: Counts, registered: Registered
    ) -> None:
        """A statement was read, and what is certain of it registered: tell it, ask for a person if one is needed."""
        what = await self._summary(session, row, counts, registered)
        now = self._surroundings.now()
        if what.waiting:
            await self._ask(session, row, what, now, announced=self._operator_chat_id is not None)
        if row.taken_by.startswith(FROM_CHAT) and not (what.waiting or what.registered):
            await self._put(session, what, f"statement:{row.id}", int(row.taken_by.removeprefix(FROM_CHAT)))
        else:
            await self._tell(session, what, f"statement:{row.id}")
        await resolve_case(session, CaseKind.STATEMENT, unreadable_key(row.id), _READ, now)

    async def asked_again(self, session: AsyncSession, row: StatementRow) -> None:
        """An entry of a statement that was taken long ago has to be decided after all: ask for a person."""
        taken_at = self._surroundings.now() if row.finished_at is None else row.finished_at
        registered = await registered_of(session, row.id)
        what = await self._summary(session, row, Counts.read(row.counts), registered)
        await self._ask(session, row, what, taken_at, announced=False)

    async def _ask(
        self,
        session: AsyncSession,
        row: StatementRow,
        what: OperatorStatement,
        taken_at: datetime,
        *,
        announced: bool,
    ) -> None:
        facts = {
            "why": "waiting",
            "taken_on": rome_day(taken_at).isoformat(),
            "likely": what.likely,
            "same": what.same,
            "unknown": what.unknown,
        }
        case = Case(
            CaseKind.STATEMENT, waiting_key(row.id), row.name, facts, rome_day(taken_at + KEEP_WAITING)
        )
        await open_case(session, case, self._surroundings.now(), announced=announced)

    async def refused(self, session: AsyncSession, row: StatementRow, problem: UnreadableStatement) -> None:
        """A file that nobody looks at while it is read cannot be read: tell it once, and ask for a person."""
        now = self._surroundings.now()
        case = Case(
            CaseKind.STATEMENT,
            unreadable_key(row.id),
            row.name,
            {"why": "unreadable", "problem": str(problem)},
        )
        if await open_case(session, case, now, announced=self._operator_chat_id is not None):
            what = _refusal(row.name, problem)
            await self._tell(session, what, f"statement:{row.id}:{row.run}:refused")

    async def taken_before(self, session: AsyncSession, chat_id: int, statement_id: int, key: str) -> None:
        """A file that was taken before came again: say in this chat how it stands with it."""
        row = await session.get_one(StatementRow, statement_id)
        registered = await registered_of(session, statement_id)
        what = await self._summary(session, row, Counts.read(row.counts), registered)
        await self._put(session, what, key, chat_id)

    async def refused_in(
        self, session: AsyncSession, chat_id: int, name: str, problem: UnreadableStatement, key: str
    ) -> None:
        """A file that was sent in this chat cannot be read: say so there."""
        await self._put(session, _refusal(name, problem), key, chat_id)

    async def decided(self, session: AsyncSession, statement_id: int) -> None:
        """An entry was decided: once none waits any more, nobody is asked for any more."""
        if not await waiting_of(session, statement_id):
            await resolve_case(
                session,
                CaseKind.STATEMENT,
                waiting_key(statement_id),
                _DECIDED,
                self._surroundings.now(),
            )

    @staticmethod
    async def _summary(
        session: AsyncSession, row: StatementRow, counts: Counts, registered: Registered
    ) -> OperatorStatement:
        waiting = await waiting_of(session, row.id)
        return OperatorStatement(
            statement=row.id,
            name=row.name,
            registered=registered.payments,
            cents=registered.cents,
            likely=waiting.get(Heap.LIKELY, 0),
            same=waiting.get(Heap.PROBABLY_SAME, 0),
            unknown=waiting.get(Heap.UNKNOWN, 0),
            not_ours=counts.heaps[Heap.NOT_OURS].entries,
            known=counts.known,
        )

    async def _tell(self, session: AsyncSession, what: Told, key: str) -> None:
        office = set() if self._operator_chat_id is None else {self._operator_chat_id}
        for chat_id in sorted(self._operators | office):
            await self._put(session, what, key, chat_id)

    async def _put(self, session: AsyncSession, what: Told, key: str, chat_id: int) -> None:
        if isinstance(what, OperatorStatement):
            what = replace(what, to_decide=chat_id in self._operators)
        await put(
            session,
            key=f"{key}:{chat_id}",
            channel=Channel.TELEGRAM,
            payload=what.to_json(),
            now=self._surroundings.now(),
            chat_id=chat_id,
        )


def _refusal(name: str, problem: UnreadableStatement) -> OperatorStatementRefused:
    return OperatorStatementRefused(
        name=name, problem=str(problem), fault=problem.fault.value, place=problem.place, about=problem.about
    )


def waiting_key(statement_id: int) -> str:
    """The key of the case that entries of a statement wait."""
    return f"waiting:{statement_id}"


def unreadable_key(statement_id: int) -> str:
    """The key of the case that a file cannot be read."""
    return f"{UNREADABLE}{statement_id}"


async def waiting_of(session: AsyncSession, statement_id: int) -> Mapping[Heap, int]:
    """How many entries of a statement wait for a person, by their heap."""
    found = await session.execute(
        select(StatementEntryRow.heap, func.count())
        .where(
            StatementEntryRow.statement_id == statement_id,
            StatementEntryRow.state == State.PROPOSED.value,
            StatementEntryRow.content.is_not(None),
        )
        .group_by(StatementEntryRow.heap)
    )
    return {Heap(heap): count for heap, count in found}


async def registered_of(session: AsyncSession, statement_id: int) -> Registered:
    """What was registered of a statement: payments by their outcome, and the sum of those in euros."""
    of = (
        StatementEntryRow.statement_id == statement_id,
        StatementEntryRow.state == State.REGISTERED.value,
    )
    outcomes = await session.execute(
        select(StatementEntryRow.outcome, func.count()).where(*of).group_by(StatementEntryRow.outcome)
    )
    cents = await session.scalar(
        select(cast(func.coalesce(func.sum(PaymentRow.amount), 0), BigInt))
        .join(StatementEntryRow, StatementEntryRow.payment_id == PaymentRow.payment_id)
        .where(
            *of,
            PaymentRow.kind == PaymentKind.REGISTERED.value,
            PaymentRow.origin_id.is_(None),
            PaymentRow.reversal_id == "",
            PaymentRow.currency == CURRENCY,
        )
    )
    return Registered({PaymentOutcome(outcome): count for outcome, count in outcomes if outcome}, cents or 0)
