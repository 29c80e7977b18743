"""Claiming and settling: one worker's hands on the outbox."""

import asyncio
import os
import secrets
import socket
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, or_, select, update

from bot.clock import Clock
from bot.db.engine import Database
from bot.db.tables import OutboxRow
from bot.services.sending import filling as space
from bot.services.sending import owed as notices
from bot.services.sending.filling import KEY_OF_SPACE
from bot.services.sending.outbox.claiming import WAITING, claimable, free
from bot.services.sending.outbox.model import Channel, Claimed, Depth, Outcome, Result
from bot.services.sending.outbox.settling import final
from bot.services.sending.outbox.writing import RUNG
from bot.services.sending.owed import KEY_OF_NOTICE, Became
from bot.services.sending.undelivered import Telling

LEASE = timedelta(minutes=1)
"""How long a sender holds a row. Whoever has not settled it by then is taken for dead."""
_LONGEST_REASON = 300


class Outbox:
    """One worker's hands on the outbox. Any number of workers share a database, and send nothing twice."""

    def __init__(self, database: Database, clock: Clock, *, lease: timedelta = LEASE) -> None:
        """Claim rows of `database` for `lease` at a time; `clock` says what is due."""
        self._database = database
        self._clock = clock
        self._lease = lease
        self._worker = f"{socket.gethostname()[:32]}-{os.getpid()}-{secrets.token_hex(4)}"
        self._bells = {channel: asyncio.Event() for channel in Channel}
        database.listen(self._hear)

    def bell(self, channel: Channel) -> asyncio.Event:
        """What is set whenever this process commits a new row of the channel, so that nobody waits for a tick."""
        return self._bells[channel]

    async def claim(self, channel: Channel, limit: int) -> list[Claimed]:
        """Take up to `limit` rows that are due, or whose sender died, the longest due first, and bulk last of all.

        A chat has one row in flight at a time, in all processes together: its messages arrive in their order, and one
        chat with many of them keeps nobody else waiting.
        """
        async with self._database.write() as session:
            # 1. Begun before the clock is read: to wait for other transactions would shorten the lease.
            await session.connection()
            now = self._clock.now()
            until = now + self._lease
            # 2. What may be claimed, looked for without writing: mostly there is nothing.
            found = await session.execute(
                select(OutboxRow.id)
                .where(*claimable(channel, now))
                .order_by(OutboxRow.bulk, OutboxRow.due_at, OutboxRow.id)
                .limit(limit)
                # PostgreSQL: what another worker is just claiming is passed over. SQLite has one writer at a time.
                .with_for_update(skip_locked=True)
            )
            ids = found.scalars().all()
            if not ids:
                return []
            # 3. The claim itself, on condition that each is free still: whoever is second gets nothing.
            rows = await session.execute(
                update(OutboxRow)
                .where(OutboxRow.id.in_(ids), free(OutboxRow, now))
                .values(
                    state="claimed",
                    claimed_by=self._worker,
                    claimed_until=until,
                    attempts=OutboxRow.attempts + 1,
                )
                .returning(OutboxRow)
            )
            claimed = sorted(rows.scalars(), key=lambda row: (row.bulk, row.due_at, row.id))
            return [_to_claimed(row, self._worker, until) for row in claimed]

    async def settle(self, claimed: Claimed, outcome: Outcome) -> bool:
        """Store what became of a claimed row. False, and nothing changed, when somebody else holds it by now.

        With it the case of something that a customer is owed is opened, or closed: see `undelivered`, and `owed`. A
        notice of space that nobody reads is to be told again: see `filling`.
        """
        now = self._clock.now()
        outcome, again_at = final(claimed, outcome, now)
        values: dict[str, Any] = {
            "state": outcome.result.value,
            "claimed_by": None,
            "claimed_until": None,
            "reason": None if outcome.reason is None else outcome.reason[:_LONGEST_REASON],
        }
        values |= {"settled_at": now} if again_at is None else {"due_at": again_at}
        owed = Telling.of(claimed.key, claimed.payload)
        in_vain = outcome.result in {Result.FAILED, Result.UNREACHABLE}
        is_notice = again_at is None and claimed.key.startswith(KEY_OF_NOTICE)
        is_space = in_vain and claimed.key.startswith(KEY_OF_SPACE)
        async with self._database.write() as session:
            if owed is not None and in_vain:
                await owed.hold(session)
            elif is_space:
                await space.hold(session, claimed.payload)
            elif is_notice:
                await notices.hold(session, claimed.key)
            changed = await session.execute(
                update(OutboxRow)
                .where(
                    OutboxRow.id == claimed.id,
                    OutboxRow.state == "claimed",
                    OutboxRow.claimed_by == claimed.worker,
                    OutboxRow.attempts == claimed.attempts,
                )
                .values(values)
                .returning(OutboxRow.id)
                .execution_options(synchronize_session=False)
            )
            mine = changed.scalar_one_or_none() is not None
            if mine and owed is not None and in_vain:
                await owed.failed(session, now)
            elif mine and owed is not None and outcome.result is Result.SENT:
                await owed.arrived(session, now)
            elif mine and is_notice:
                became = Became(outcome.result.value, values["reason"], outcome.said)
                await notices.settled(session, claimed.key, became, now)
            elif mine and is_space:
                unreachable = outcome.result is Result.UNREACHABLE
                await space.went_in_vain(session, claimed.key, claimed.payload, now, look=unreachable)
            return mine

    async def depth(self) -> dict[Channel, Depth]:
        """What waits on each channel, without what is only due at a later time."""
        now = self._clock.now()
        async with self._database.read() as session:
            rows = await session.execute(
                select(OutboxRow.channel, func.count(), func.min(OutboxRow.created_at))
                .where(WAITING, or_(OutboxRow.due_at <= now, OutboxRow.attempts > 0))
                .group_by(OutboxRow.channel)
            )
            found = {channel: Depth(count, now - oldest) for channel, count, oldest in rows}
        return {channel: found.get(channel.value, Depth(0, timedelta(0))) for channel in Channel}

    async def purge(self, settled_before: datetime) -> int:
        """Remove what was settled before an instant, and with it the personal data in it; return how many rows."""
        async with self._database.write() as session:
            removed = await session.execute(
                delete(OutboxRow)
                .where(OutboxRow.settled_at.is_not(None), OutboxRow.settled_at < settled_before)
                .returning(OutboxRow.id)
            )
            return len(removed.scalars().all())

    def _hear(self, noted: dict[Any, Any]) -> None:
        for channel in noted.get(RUNG, ()):
            self._bells[channel].set()


def _to_claimed(row: OutboxRow, worker: str, until: datetime) -> Claimed:
    return Claimed(
        id=row.id,
        key=row.key,
        channel=Channel(row.channel),
        chat_id=row.chat_id,
        payload=row.payload,
        created_at=row.created_at,
        attempts=row.attempts,
        worker=worker,
        until=until,
    )
