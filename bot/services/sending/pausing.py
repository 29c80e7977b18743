"""The emergency stop: after a wrong file or a wrong price, the operator stops what leaves by itself.

What is paused stays in the outbox, in its place; nothing of it is claimed by any process until it is resumed. Answers
to what customers type and tap do not go through the outbox, and go on, and so do the e-mails with a code that somebody
waits for: without it nobody gets in, and after the pause it is no good. Reminders are judged when they leave, so that
none is sent after the pause that is not true any more.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import Clock
from bot.db.engine import Database
from bot.db.tables import CustomerRow, MailboxRow, OwedNoticeRow
from bot.db.tables_ground import NoteRow
from bot.db.upsert import insert_if_absent
from bot.services.sending.outbox import PAUSED, Channel


@dataclass(frozen=True, slots=True)
class OwedMeanwhile:
    """A notice that a customer is owed by law, and that waits because sending is paused.

    Attributes:
        customer: the operator's code of the customer.
        mailbox: the address whose automatic renewal it announces.
        channel: how it would leave.
        due_by: the last day on which it is in time.
    """

    customer: str
    mailbox: str
    channel: Channel
    due_by: date


async def paused_channels(session: AsyncSession) -> Mapping[Channel, datetime]:
    """The channels that are paused, and since when."""
    rows = await session.execute(
        select(NoteRow.name, NoteRow.text).where(NoteRow.name.startswith(PAUSED, autoescape=True))
    )
    found = {name.removeprefix(PAUSED): datetime.fromisoformat(text) for name, text in rows}
    return {channel: found[channel.value] for channel in Channel if channel.value in found}


class Pauses:
    """Pauses channels for all processes of the bot, and lets them go on."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """Keep it in `database`."""
        self._database = database
        self._clock = clock

    async def pause(self, channels: Collection[Channel]) -> None:
        """Let nothing more leave by these channels; one that is paused already stays so since then.

        What a worker is just sending, a second's worth, still leaves.
        """
        now = self._clock.now()
        async with self._database.write() as session:
            for channel in channels:
                note = {"name": f"{PAUSED}{channel.value}", "text": now.isoformat()}
                await insert_if_absent(session, NoteRow, note)

    async def resume(self, channels: Collection[Channel]) -> frozenset[Channel]:
        """Let these channels go on; return those of them that were paused."""
        resumed = set()
        async with self._database.write() as session:
            paused = await paused_channels(session)
            for channel in paused.keys() & set(channels):
                await session.execute(delete(NoteRow).where(NoteRow.name == f"{PAUSED}{channel.value}"))
                resumed.add(channel)
        return frozenset(resumed)

    async def standing(self) -> Mapping[Channel, datetime]:
        """The channels that are paused, and since when."""
        async with self._database.read() as session:
            return await paused_channels(session)

    async def owed_meanwhile(self) -> tuple[OwedMeanwhile, ...]:
        """The owed notices that wait on paused channels, the most urgent first (DOMAIN.md 6)."""
        async with self._database.read() as session:
            paused = await paused_channels(session)
            rows = await session.execute(
                select(CustomerRow.code, MailboxRow.address, OwedNoticeRow.channel, OwedNoticeRow.due_by)
                .join(MailboxRow, MailboxRow.id == OwedNoticeRow.mailbox_id)
                .join(CustomerRow, CustomerRow.id == MailboxRow.customer_id)
                .where(
                    OwedNoticeRow.outcome.is_(None),
                    OwedNoticeRow.channel.in_([channel.value for channel in paused]),
                )
                .order_by(OwedNoticeRow.due_by, OwedNoticeRow.id)
            )
            return tuple(
                OwedMeanwhile(code, address, Channel(channel), due_by)
                for code, address, channel, due_by in rows
            )
