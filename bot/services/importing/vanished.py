"""Mailboxes that a complete file does not name: found, listed, and marked gone once a person has agreed.

Of a mailbox that is gone nothing is told any more and nothing is sold (docs/decisions/034). What may still happen to
its customer's money needs a person: a case says so, and ends by itself when a later file names the mailbox again.
"""

from array import array
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Final

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.engine import Database
from bot.db.tables import CustomerRow, MailboxRow, OrderItemRow, OrderRow
from bot.domain.cases import CaseKind
from bot.domain.mailboxes import Expiring, deletion_date, is_deleted
from bot.domain.orders import OrderStatus
from bot.services.cases import Case, open_case, resolve_case
from bot.services.closing import end_drafts
from bot.services.importing.columns import Column
from bot.services.importing.findings import Listener, vanished
from bot.services.importing.foreseen import Foresight, Vanished
from bot.services.importing.measures import Measures
from bot.services.importing.named import Named
from bot.services.payments.ledger import paid_for

_PAGE: Final = 5000
_MARKED_AT_ONCE: Final = 500
SHOWN: Final = 50
"""So many are shown; all of them go where the findings go."""
NAME_LENGTH: Final = 100
"""Of a file's name so much is kept."""
_NAMED_AGAIN: Final = "the mailbox file names the mailbox again"


async def find_vanished(
    database: Database, measures: Measures, named: Named, foresight: Foresight, listener: Listener
) -> None:
    """Note in `foresight` every mailbox that lives and is not among those that are named.

    One that was deleted by its dates has left long ago: no file has to name it.
    """
    last = 0
    while True:
        async with database.read() as session:
            rows = (
                await session.execute(
                    select(MailboxRow.id, MailboxRow.plan_id, MailboxRow.expires_on)
                    .where(MailboxRow.id > last, MailboxRow.gone_on.is_(None))
                    .order_by(MailboxRow.id)
                    .limit(_PAGE)
                )
            ).all()
            if not rows:
                return
            last = rows[-1].id
            living = [
                row.id
                for row in rows
                if row.id in named
                or not is_deleted(Expiring(row.plan_id, row.expires_on), measures.catalogue, measures.today)
            ]
            foresight.living += len(living)
            missing = [mailbox_id for mailbox_id in living if mailbox_id not in named]
            found = await _read(session, missing)
        for each in found:
            listener.found(vanished(Column.ADDRESS, each.address, _reason(each)))
        foresight.vanished.extend(each.id for each in found)
        foresight.first_vanished += found[: SHOWN - len(foresight.first_vanished)]


async def mark_gone(database: Database, measures: Measures, mailbox_ids: "array[int]", origin: str) -> int:
    """Mark mailboxes gone that a person has agreed about, and open cases of what is at stake; how many there were.

    Renewals under way lose them. `origin` is the name of the file.
    """
    marked = 0
    for start in range(0, len(mailbox_ids), _MARKED_AT_ONCE):
        async with database.write() as session:
            marked += await _mark(session, measures, mailbox_ids[start : start + _MARKED_AT_ONCE], origin)
    return marked


async def end_cases(session: AsyncSession, mailboxes: Iterable[tuple[int, date]], now: datetime) -> None:
    """Nobody is needed any more for mailboxes that are named again; each by its id and the day it was marked."""
    for mailbox_id, gone_on in mailboxes:
        await resolve_case(session, CaseKind.GONE, _key(mailbox_id, gone_on), _NAMED_AGAIN, now)


async def _mark(session: AsyncSession, measures: Measures, mailbox_ids: Collection[int], origin: str) -> int:
    held = (
        await session.scalars(
            select(MailboxRow.id)
            .where(MailboxRow.id.in_(mailbox_ids), MailboxRow.gone_on.is_(None))
            .order_by(MailboxRow.id)
            .with_for_update()
        )
    ).all()
    await session.execute(
        update(MailboxRow)
        .where(MailboxRow.id.in_(held))
        .values(gone_on=measures.today, gone_by=origin[:NAME_LENGTH], remind_on=None)
        .execution_options(synchronize_session=False)
    )
    await end_drafts(session, measures.catalogue, measures.today, held)
    for each in await _read(session, held):
        if each.at_stake:
            await open_case(session, _case(each, measures), measures.now)
    return len(held)


async def _read(session: AsyncSession, mailbox_ids: Collection[int]) -> list[Vanished]:
    if not mailbox_ids:
        return []
    unseen = (
        select(func.max(OrderRow.number))
        .join(OrderItemRow, OrderItemRow.order_id == OrderRow.id)
        .where(
            OrderItemRow.mailbox_id == MailboxRow.id,
            OrderItemRow.seen_at.is_(None),
            OrderRow.status == OrderStatus.COMPLETED.value,
            paid_for(OrderRow) >= OrderRow.due,
        )
        .correlate(MailboxRow)
        .scalar_subquery()
    )
    found = []
    for page in _pages(list(mailbox_ids)):
        rows = await session.execute(
            select(
                MailboxRow.id,
                MailboxRow.address,
                CustomerRow.code,
                MailboxRow.plan_id,
                MailboxRow.expires_on,
                MailboxRow.auto_renew,
                OrderRow.number,
                unseen,
            )
            .join(CustomerRow, CustomerRow.id == MailboxRow.customer_id)
            .outerjoin(OrderItemRow, (OrderItemRow.mailbox_id == MailboxRow.id) & OrderItemRow.open)
            .outerjoin(OrderRow, OrderRow.id == OrderItemRow.order_id)
            .where(MailboxRow.id.in_(page))
            .order_by(MailboxRow.id)
        )
        found += [Vanished(*row) for row in rows]
    return found


def _pages(mailbox_ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (
        mailbox_ids[start : start + _MARKED_AT_ONCE] for start in range(0, len(mailbox_ids), _MARKED_AT_ONCE)
    )


def _reason(box: Vanished) -> str:
    """What hangs on it, in the words of a finding."""
    parts = [f"is not in the file: customer {box.customer}, expires on {box.expires_on}"]
    if box.order is not None:
        parts.append(f"order {box.order} awaits payment")
    if box.unseen is not None:
        parts.append(f"paid with order {box.unseen}, not yet seen renewed")
    if box.automatic:
        parts.append("automatic renewal is on")
    return ", ".join(parts)


def _case(box: Vanished, measures: Measures) -> Case:
    return Case(
        kind=CaseKind.GONE,
        key=_key(box.id, measures.today),
        subject=box.customer,
        facts={
            "mailbox": box.address,
            "gone_on": measures.today.isoformat(),
            "expires_on": box.expires_on.isoformat(),
            "automatic": box.automatic,
            "order": box.order,
            "unseen": box.unseen,
        },
        due_on=deletion_date(Expiring(box.plan_id, box.expires_on), measures.catalogue),
    )


def _key(mailbox_id: int, gone_on: date) -> str:
    """Of each time that it is marked: what a person decided then does not answer for the next time."""
    return f"{mailbox_id}:{gone_on}"
