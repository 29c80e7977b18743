"""When nothing may be said: of mailboxes that are gone, and while the operator has stopped sending."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.db.tables import MailboxRow, OutboxRow, OwedNoticeRow
from tests.simulation.registry import law

if TYPE_CHECKING:
    from tests.simulation.life import Life

_A_CODE = "login:"
"""Somebody waits for it: the stop does not hold it."""


@law("of a mailbox that is gone nothing is told")
async def gone(life: "Life") -> list[str]:
    """Neither a reminder nor an owed notice, from the evening on which it is gone until a file names it again."""
    now = life.clock.now()
    async with life.database.read() as session:
        marked = {
            row.id: row.gone_on
            for row in await session.scalars(select(MailboxRow).where(MailboxRow.gone_on.is_not(None)))
        }
        since: datetime | None = life.memory.get("gone since")
        before: dict[int, date] = life.memory.get("gone", {})
        life.memory["gone"], life.memory["gone since"] = marked, now
        still = {mailbox for mailbox, day in marked.items() if before.get(mailbox) == day}
        if since is None or not still:
            return []
        sent = (OutboxRow.state == "sent") & (OutboxRow.settled_at > since)
        rows = await session.scalars(
            select(OutboxRow).where(
                sent, OutboxRow.key.startswith("remind:") | OutboxRow.key.startswith("space:")
            )
        )
        told = {(entry[0], row.key) for row in rows for entry in row.payload["entries"]}
        owed = await session.scalars(
            select(OwedNoticeRow).where(OwedNoticeRow.outcome == "sent", OwedNoticeRow.settled_at > since)
        )
        told |= {(row.mailbox_id, row.key) for row in owed}
    return [
        f"mailbox {mailbox} is gone and was told of by {key}"
        for mailbox, key in sorted(told)
        if mailbox in still
    ]


@law("nothing leaves while sending is stopped")
async def stopped(life: "Life") -> list[str]:
    """But for what was in somebody's hands as it was, and for the codes that people wait for."""
    wrong = []
    for stop in life.journal.stops:
        wrong += [
            f"{each.key} left by {each.channel}, which was stopped"
            for each in life.journal.carried
            if each.channel in stop.channels
            and stop.began < each.at
            and (stop.ended is None or each.at < stop.ended)
            and each.row not in stop.in_hand
            and not each.key.startswith(_A_CODE)
        ]
    life.journal.stops = [stop for stop in life.journal.stops if stop.ended is None]
    return wrong
