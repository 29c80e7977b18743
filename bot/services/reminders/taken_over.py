"""What an earlier release announced of automatic renewals becomes part of the record of notices (DOMAIN.md 6).

There a notice was a reminder, and nothing was kept of it but its row in the outbox. The outbox keeps what it sent for
90 days, longer than the time from a notice to its charge: so what was announced in time is not announced again after an
upgrade, and is no case.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import ROME
from bot.db.engine import Database
from bot.db.tables import MailboxRow, OutboxRow, OwedNoticeRow
from bot.db.tables_ground import NoteRow
from bot.db.upsert import insert_if_absent
from bot.domain.owed import is_late, last_lawful_day
from bot.domain.reminders import Subject
from bot.messages.versions import UnreadablePayload
from bot.services.reminders.letters import MESSAGE, Letter
from bot.services.surroundings import Surroundings

_NOTE: Final = "owed-notices-taken-over"
_PAGE: Final = 2000
_NO_WORDS: Final = "sent by a release that kept no words"


async def take_over(database: Database, surroundings: Surroundings) -> None:
    """Keep in the record what the outbox still knows to have been sent; once for a database, then nothing."""
    async with database.read() as session:
        if await session.get(NoteRow, _NOTE) is not None:
            return
        found = await _announced(session)
    async with database.write() as session:
        note = {"name": _NOTE, "text": surroundings.now().isoformat()}
        if not await insert_if_absent(session, NoteRow, note):
            return  # another worker was quicker
        ids = {notice.mailbox_id for notice in found}
        there = set(await session.scalars(select(MailboxRow.id).where(MailboxRow.id.in_(ids))))
        session.add_all(notice for notice in found if notice.mailbox_id in there)


async def _announced(session: AsyncSession) -> list[OwedNoticeRow]:
    found: list[OwedNoticeRow] = []
    last = 0
    while rows := await _page(session, last):
        found += [notice for row in rows for notice in _notices(row)]
        last = rows[-1].id
    return found


async def _page(session: AsyncSession, after: int) -> Sequence[OutboxRow]:
    rows = await session.scalars(
        select(OutboxRow)
        .where(
            OutboxRow.id > after,
            OutboxRow.key.startswith("remind:", autoescape=True),
            OutboxRow.state == "sent",
            OutboxRow.settled_at.is_not(None),
        )
        .order_by(OutboxRow.id)
        .limit(_PAGE)
    )
    return rows.all()


def _notices(row: OutboxRow) -> Iterator[OwedNoticeRow]:
    """The notices of a message that was sent, one for each mailbox; nothing of any other reminder."""
    if row.payload.get("message") != MESSAGE or row.settled_at is None:
        return
    try:
        letter = Letter.read(row.payload, row.chat_id)
    except UnreadablePayload:
        return  # of a newer release, which keeps its own record
    if letter.subject is not Subject.AUTOMATIC:
        return
    sent_on = row.settled_at.astimezone(ROME).date()
    for entry in letter.entries:
        yield OwedNoticeRow(
            mailbox_id=entry.mailbox_id,
            expires_on=entry.expires_on,
            due_by=last_lawful_day(entry.expires_on),
            late=is_late(entry.expires_on, sent_on),
            key=row.key,
            channel=row.channel,
            chat_id=row.chat_id,
            written_at=row.created_at,
            settled_at=row.settled_at,
            outcome="sent",
            reason=_NO_WORDS,
        )
