"""Cases: what needs a person is opened and closed in the transaction that finds it out (DOMAIN.md 9).

Any room may open and close them. The operator is told by `bot.services.office.announcing`, lists them with
`bot.services.office.worklist`, and decides them there.

How a case lives::

    (none) ──open──▶ open ──a person, with a note──▶ decided    for good: the same key opens nothing any more
                      │ ▲
                      │ └─open: the same case, with what is known now
                      └──what was wrong is so no longer──▶ resolved    the same key may open a new case

So whoever opens cases again and again, such as an import that still finds the same thing, asks a person once. What
is to be asked anew belongs into the key.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, literal_column, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.tables import CaseRow
from bot.db.upsert import insert_if_absent
from bot.domain.cases import CaseKind, CaseOutcome

IS_OPEN: ColumnElement[bool] = literal_column("office_case.outcome IS NULL")
"""Written out, not bound: a partial index is used only for the very words of its condition."""


@dataclass(frozen=True, slots=True)
class Case:
    """Something that needs a person.

    Attributes:
        kind: what it is about; never `CaseKind.PAYMENT`, which the ledger keeps.
        key: the same thing has the same key: at most 160 characters, no personal data.
        subject: names it for the operator, as an order's number or a customer's code do.
        facts: what a person has to know of it: strict JSON.
        due_on: the last day on which it still helps to act; None where no day presses.
    """

    kind: CaseKind
    key: str
    subject: str
    facts: Mapping[str, Any]
    due_on: date | None = None


def renewal_key(order: str, mailbox_id: int) -> str:
    """The key of the case that a paid renewal is not seen where the mailbox lives."""
    return f"{order}:{mailbox_id}"


async def open_case(session: AsyncSession, case: Case, now: datetime, *, announced: bool = False) -> bool:
    """Ask for a person, in the transaction of `session`; True when nobody was asked before.

    Where the case is open already it stays the one that it is, and what is known of it is brought up to date. Where a
    person has decided it, nothing happens. `announced` says that the operator is told of it in words of its own.
    """
    known = {"subject": case.subject, "facts": dict(case.facts), "due_on": case.due_on}
    values = {"kind": case.kind.value, "key": case.key, "opened_at": now, **known}
    values["announced_at"] = now if announced else None
    if await insert_if_absent(session, CaseRow, values):
        return True
    await session.execute(_open_one(case.kind, case.key).values(known))
    return False


async def decide_case(session: AsyncSession, kind: CaseKind, key: str, note: str, now: datetime) -> None:
    """A person has decided what the case was about, elsewhere than in the office; `note` says how."""
    await session.execute(
        _open_one(kind, key).values(outcome=CaseOutcome.DECIDED.value, closed_at=now, note=note)
    )


async def resolve_case(session: AsyncSession, kind: CaseKind, key: str, why: str, now: datetime) -> bool:
    """Nobody is needed any more, which `why` explains in words for the operator; False when no such case is open."""
    closed = await session.execute(
        _open_one(kind, key)
        .values(outcome=CaseOutcome.RESOLVED.value, closed_at=now, note=why)
        .returning(CaseRow.id)
    )
    return closed.scalar_one_or_none() is not None


def _open_one(kind: CaseKind, key: str) -> Any:
    return (
        update(CaseRow)
        .where(CaseRow.kind == kind.value, CaseRow.key == key, IS_OPEN)
        .execution_options(synchronize_session=False)
    )
