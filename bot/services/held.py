"""Values that a customer set, held against the mailbox file and the provider (DOMAIN.md 3.5).

One mechanism for registrant fields, the reference e-mail, and automatic renewal on or off. The value itself stands
where it always stands, on the holder, the customer or the mailbox: screens, messages and orders read it there. Here is
written that it was the customer who set it, when and how. Whoever brings values in from outside
(`bot.services.importing`) asks here first, and releases what it says the same of.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, TypeAlias

from sqlalchemy import Select, and_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.base import table_of
from bot.db.lookups import Condition, Lookup
from bot.db.tables import HeldRow
from bot.domain.held import Value


class Subject(StrEnum):
    """What a held field belongs to; the values are stored."""

    CUSTOMER = "customer"
    HOLDER = "holder"
    MAILBOX = "mailbox"


@dataclass(frozen=True, slots=True)
class Hold:
    """One field as the customer set it, since an instant in UTC; `origin` is one of those below."""

    id: int
    value: Value
    since: datetime
    origin: str


Holds: TypeAlias = Mapping[tuple[Subject, int], Mapping[str, Hold]]
"""What is held, by subject and field."""

BY_LINK: Final = "link"
"""Set by the link in an e-mail."""


def by_order(number: str) -> str:
    """The origin of what was confirmed with an order."""
    return f"order {number}"


def by_chat(chat_id: int) -> str:
    """The origin of what was tapped or written in a chat."""
    return f"chat {chat_id}"


async def hold(
    session: AsyncSession,
    subject: Subject,
    subject_id: int,
    values: Mapping[str, Value],
    *,
    origin: str,
    now: datetime,
) -> None:
    """Hold these fields from now on, in place of what was held of them; the transaction holds the subject's row."""
    if not values:
        return
    await session.execute(
        update(HeldRow)
        .where(
            HeldRow.subject == subject.value,
            HeldRow.subject_id == subject_id,
            HeldRow.field.in_(values),
            HeldRow.released_at.is_(None),
        )
        .values(released_at=now, value=None)
    )
    session.add_all(
        HeldRow(
            subject=subject.value,
            subject_id=subject_id,
            field=field,
            value=value,
            since=now,
            origin=origin,
            released_at=None,
        )
        for field, value in values.items()
    )
    await session.flush()


async def held_of(session: AsyncSession, subjects: Mapping[Subject, Collection[int]]) -> Holds:
    """What is held of these, in one query; those of which nothing is are left out."""
    if not any(subjects.values()):
        return {}
    ids = {subject.value: subjects.get(subject, ()) for subject in Subject}
    found: dict[tuple[Subject, int], dict[str, Hold]] = {}
    for row in await _HELD.rows(session, **ids):
        hold = Hold(row.id, row.value, row.since, row.origin)
        found.setdefault((Subject(row.subject), row.subject_id), {})[row.field] = hold
    return found


async def release(session: AsyncSession, ids: Iterable[int], now: datetime) -> None:
    """Hold these no longer: the file, or the provider, has said the same."""
    chosen = set(ids)
    if chosen:
        await session.execute(
            update(HeldRow)
            .where(HeldRow.id.in_(chosen), HeldRow.released_at.is_(None))
            .values(released_at=now, value=None)
        )


def _held_of(among: Condition) -> Select[Any]:
    held = table_of(HeldRow).c
    named = (and_(held.subject == each.value, among(held.subject_id, each.value)) for each in Subject)
    return select(
        held.subject, held.subject_id, held.field, held.id, held.value, held.since, held.origin
    ).where(held.released_at.is_(None), or_(*named))


_HELD: Final = Lookup(_held_of)
