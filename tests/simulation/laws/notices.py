"""The notice of an automatic renewal is owed (art. 65-bis Consumer Code, DOMAIN.md 6): told in time, or a case."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.db.tables import CaseRow, MailboxRow, OwedNoticeRow
from tests.simulation.actions import ROME
from tests.simulation.registry import law

if TYPE_CHECKING:
    from tests.simulation.life import Life

_LAWFUL_DAYS = 30
_CHARGED_DAYS = 7


@law("a notice that is owed is told in time, or a person knows", needs_work=True)
async def told_in_time(life: "Life") -> list[str]:
    """From the last lawful day to that of the charge there is a proof of that day or before, or there was a case."""
    today: date = life.today
    plans = life.catalogue.plans
    async with life.database.read() as session:
        boxes = list(
            await session.scalars(
                select(MailboxRow).where(MailboxRow.auto_renew, MailboxRow.gone_on.is_(None))
            )
        )
        rows = list(await session.scalars(select(OwedNoticeRow)))
        cases = set(await session.scalars(select(CaseRow.key).where(CaseRow.kind == "notice")))
    told = {
        (row.mailbox_id, row.expires_on): row.settled_at.astimezone(ROME).date()
        for row in rows
        if row.outcome == "sent" and row.settled_at is not None
    }
    for row in rows:  # the earliest proof counts
        if row.outcome == "sent" and row.settled_at is not None:
            key, day = (row.mailbox_id, row.expires_on), row.settled_at.astimezone(ROME).date()
            told[key] = min(told[key], day)
    wrong = []
    for box in boxes:
        lawful = box.expires_on - timedelta(days=_LAWFUL_DAYS)
        if (
            not lawful <= today <= box.expires_on - timedelta(days=_CHARGED_DAYS)
            or plans[box.plan_id].own_domain
        ):
            continue
        key = box.id, box.expires_on
        asked = {f"late:{box.id}:{box.expires_on}", f"undelivered:{box.id}:{box.expires_on}"} & cases
        if (key not in told or told[key] > lawful) and not asked:
            wrong.append(f"mailbox {box.id}, which expires on {box.expires_on}: {told.get(key)} and no case")
    return wrong


@law("what proves a notice has its words")
async def proved(life: "Life") -> list[str]:
    """What is noted as told has the words that were told, and by mail the address."""
    async with life.database.read() as session:
        rows = await session.scalars(select(OwedNoticeRow).where(OwedNoticeRow.outcome == "sent"))
        return [
            f"the notice {row.key} has no words"
            for row in rows
            if not row.words or (row.channel == "mail" and not row.address)
        ]
