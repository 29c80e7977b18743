"""The cases of the office that are about one customer: open ones need its data, closed ones go with them.

What a case is about is sealed, so that they are read one after the other: there are few that are open, and a few
thousand closed ones are read in less than a second.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, delete, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.tables import CaseRow, CustomerRow, MailboxRow, OrderRow
from bot.domain.cases import CaseKind
from bot.domain.leaving import answered_by
from bot.services.cases import IS_OPEN, Case, open_case

_AT_A_TIME: Final = 500


@dataclass(frozen=True, slots=True)
class Names:
    """By what the operator's cases call a customer and what is its."""

    code: str
    orders: Collection[str]
    mailboxes: Collection[str]

    def are_in(self, subject: str, facts: Mapping[str, Any]) -> bool:
        """Whether a case is about any of them."""
        return (
            subject == self.code
            or subject in self.orders
            or facts.get("customer") == self.code
            or facts.get("order") in self.orders
            or facts.get("mailbox") in self.mailboxes
        )


async def names_of(session: AsyncSession, customer: CustomerRow) -> Names:
    """What they are called by."""
    numbers = await session.scalars(select(OrderRow.number).where(OrderRow.customer_id == customer.id))
    addresses = await session.scalars(select(MailboxRow.address).where(MailboxRow.customer_id == customer.id))
    return Names(customer.code, frozenset(numbers), frozenset(addresses))


async def open_cases(session: AsyncSession, names: Names) -> list[int]:
    """The numbers of those that wait for a person; that a customer of this code left before is none of them."""
    found = await session.execute(
        select(CaseRow.id, CaseRow.subject, CaseRow.facts)
        .where(IS_OPEN, CaseRow.kind != CaseKind.FORGOTTEN.value)
        .order_by(CaseRow.id)
    )
    return [number for number, subject, facts in found if names.are_in(subject, facts)]


async def remove_closed(session: AsyncSession, names: Names) -> None:
    """Remove those that were closed."""
    await _remove(session, names, CaseRow.outcome.is_not(None))


async def remove_all(session: AsyncSession, customer_id: int, names: Names) -> None:
    """Remove all that are about a deleted customer, the one that says so included, whatever became of them."""
    await session.execute(
        delete(CaseRow).where(CaseRow.kind == CaseKind.FORGOTTEN.value, CaseRow.key == str(customer_id))
    )
    await _remove(session, names, true())


async def _remove(session: AsyncSession, names: Names, which: ColumnElement[bool]) -> None:
    last = 0
    while True:
        found = await session.execute(
            select(CaseRow.id, CaseRow.subject, CaseRow.facts)
            .where(CaseRow.id > last, which)
            .order_by(CaseRow.id)
            .limit(_AT_A_TIME)
        )
        rows = found.all()
        if not rows:
            return
        last = rows[-1].id
        gone = [row.id for row in rows if names.are_in(row.subject, row.facts)]
        if gone:
            await session.execute(delete(CaseRow).where(CaseRow.id.in_(gone)))


async def ask_the_office(
    session: AsyncSession,
    *,
    customer_id: int,
    code: str,
    now_called: str,
    mailboxes: int,
    until: date,
    today: date,
    now: datetime,
) -> None:
    """Ask a person to take the customer out of the operator's own files, and to tell whom these were given to.

    Closing the case takes the code away too (`bot.services.office.worklist`).
    """
    facts = {
        "customer": code,
        "forgotten_on": today.isoformat(),
        "now_called": now_called,
        "mailboxes": mailboxes,
        "until": until.isoformat(),
    }
    case = Case(CaseKind.FORGOTTEN, str(customer_id), code, facts, answered_by(today))
    await open_case(session, case, now)
