"""What became of the notices that customers are owed, and the cases of those that cannot be delivered (DOMAIN.md 6).

Their rows of the outbox have keys that begin with `KEY_OF_NOTICE`; `OwedNoticeRow` keeps what is proved by them, a row
for each mailbox that one speaks of. When the last way to tell a customer has failed, a person is asked, in the
transaction that finds it out; when one arrives after all, nobody is needed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.tables import CustomerRow, MailboxRow, OutboxRow, OwedNoticeRow
from bot.domain.cases import CaseKind
from bot.services.cases import Case, open_case, resolve_case

KEY_OF_NOTICE: Final = "notice:"
UNPROVED: Final = frozenset({"failed", "unreachable", "unknown"})
"""Outcomes after which somebody else has to be told, or a person asked.

What may have arrived proves nothing, and the law wants proof: a second notice does no harm.
"""


@dataclass(frozen=True, slots=True)
class Said:
    """What was handed over: the words, for an e-mail the address and what the server replied to it.

    `language` and `catalogue` (its version) are those that the words were made with. `about` are the mailboxes that
    they speak of, where some that had been planned are left out; None where all are.
    """

    words: str
    to: str | None = None
    reply: str | None = None
    language: str | None = None
    catalogue: str | None = None
    about: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class Became:
    """What became of a row for good: the outbox's outcome, the reason, and what was said."""

    outcome: str
    reason: str | None
    said: Said | None


async def hold(session: AsyncSession, key: str) -> None:
    """Let nobody else settle a notice of the same mailboxes until the transaction ends: two see each other fail."""
    mine = select(OwedNoticeRow.mailbox_id, OwedNoticeRow.expires_on).where(OwedNoticeRow.key == key)
    await session.execute(
        select(OwedNoticeRow.id)
        .where(tuple_(OwedNoticeRow.mailbox_id, OwedNoticeRow.expires_on).in_(mine))
        .order_by(OwedNoticeRow.id)
        .with_for_update()
    )


async def settled(session: AsyncSession, key: str, became: Became, now: datetime) -> list[tuple[int, date]]:
    """Keep what became of a row of the outbox, and open or close the cases that follow from it.

    Returns:
        The mailboxes, with their expiries, of which it became that.
    """
    found = await session.execute(
        update(OwedNoticeRow)
        .where(OwedNoticeRow.key == key, OwedNoticeRow.outcome.is_(None))
        .values(
            outcome=became.outcome,
            reason=became.reason,
            settled_at=now,
            words=None if became.said is None else became.said.words,
            address=None if became.said is None else became.said.to,
        )
        .returning(OwedNoticeRow.mailbox_id, OwedNoticeRow.expires_on)
    )
    kept = sorted((mailbox_id, expires_on) for mailbox_id, expires_on in found)
    for mailbox_id, expires_on in kept:
        if became.outcome == "sent":
            key_of_case = undelivered_key(mailbox_id, expires_on)
            await resolve_case(session, CaseKind.NOTICE, key_of_case, "it was told after all", now)
        elif became.outcome in UNPROVED:
            rows = await _counting(session, mailbox_id, expires_on)
            await _hasten_mail(session, rows, now)
            await _ask_if_untold(session, rows, now)
    return kept


async def ask_if_untold(session: AsyncSession, mailbox_id: int, expires_on: date, now: datetime) -> None:
    """Ask for a person, if no notice of this expiry is known to have arrived, and none still may."""
    await _ask_if_untold(session, await _counting(session, mailbox_id, expires_on), now)


async def _ask_if_untold(session: AsyncSession, counting: Sequence[OwedNoticeRow], now: datetime) -> None:
    if counting and all(row.outcome in UNPROVED for row in counting):
        await open_case(session, await undelivered_case(session, counting), now)


async def _hasten_mail(session: AsyncSession, rows: Sequence[OwedNoticeRow], now: datetime) -> None:
    """Let the e-mail that waits for the chats leave at once: none of them has the notice, and none will."""
    in_chats = [row for row in rows if row.channel == "telegram"]
    if all(row.outcome in UNPROVED for row in in_chats):
        await session.execute(
            update(OutboxRow)
            .where(
                OutboxRow.key.in_([row.key for row in rows if row.channel == "mail"]),
                OutboxRow.state == "due",
                OutboxRow.attempts == 0,
                OutboxRow.due_at > now,
            )
            .values(due_at=now)
        )


async def _counting(session: AsyncSession, mailbox_id: int, expires_on: date) -> Sequence[OwedNoticeRow]:
    """What was planned for this expiry, without what was settled before its turn came."""
    rows = (
        (
            await session.execute(
                select(OwedNoticeRow)
                .where(OwedNoticeRow.mailbox_id == mailbox_id, OwedNoticeRow.expires_on == expires_on)
                .order_by(OwedNoticeRow.id)
                .execution_options(populate_existing=True)
            )
        )
        .scalars()
        .all()
    )
    return [row for row in rows if row.outcome != "obsolete"]


async def undelivered_case(session: AsyncSession, rows: Sequence[OwedNoticeRow]) -> Case:
    """The case of a notice not known to have reached anybody, with the last day on which telling it is lawful."""
    first = rows[0]
    tried = [
        {
            "to": "mail" if row.channel == "mail" else "chat",
            "state": row.outcome,
            "reason": row.reason,
        }
        for row in rows
        if row.channel != "none"
    ]
    code, address = await _whose(session, first.mailbox_id)
    facts = {
        "why": "undelivered",
        "mailbox": address,
        "expires_on": first.expires_on.isoformat(),
        "lawful_until": first.due_by.isoformat(),
        "tried": tried,
    }
    key = undelivered_key(first.mailbox_id, first.expires_on)
    return Case(CaseKind.NOTICE, key, code, facts, first.due_by)


async def late_case(session: AsyncSession, mailbox_id: int, expires_on: date, lawful: date, by: date) -> Case:
    """The case of a notice that could only be told after the last `lawful` day; `by` is the day of the charge."""
    code, address = await _whose(session, mailbox_id)
    facts = {
        "why": "late",
        "mailbox": address,
        "expires_on": expires_on.isoformat(),
        "lawful_until": lawful.isoformat(),
        "tried": [],
    }
    return Case(CaseKind.NOTICE, f"late:{mailbox_id}:{expires_on}", code, facts, by)


def undelivered_key(mailbox_id: int, expires_on: date) -> str:
    """By which the case of a notice that reached nobody is found again."""
    return f"undelivered:{mailbox_id}:{expires_on}"


async def _whose(session: AsyncSession, mailbox_id: int) -> tuple[str, str]:
    """The customer's code and the mailbox's address."""
    found = await session.execute(
        select(CustomerRow.code, MailboxRow.address)
        .join(MailboxRow, MailboxRow.customer_id == CustomerRow.id)
        .where(MailboxRow.id == mailbox_id)
    )
    code, address = found.one()
    return code, address
