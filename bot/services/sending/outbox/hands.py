"""Claiming and settling: one worker's hands on the outbox."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, delete, func, or_, select, tuple_, update
from sqlalchemy.orm import aliased
from sqlalchemy.sql.dml import ReturningUpdate

from bot.clock import Clock
from bot.db.base import table_of
from bot.db.engine import Database
from bot.db.process_name import process_name
from bot.db.tables import OutboxRow
from bot.services.evidence.writing import record, record_in
from bot.services.sending import filling as space
from bot.services.sending import owed as notices
from bot.services.sending.filling import KEY_OF_SPACE
from bot.services.sending.outbox.claiming import (
    CHAT_REST,
    CLAIMING,
    CLOCK,
    WAITING,
    is_held_back,
    looking_for,
    said_lately,
)
from bot.services.sending.outbox.model import Channel, Claimed, Depth, Outcome, Result
from bot.services.sending.outbox.proving import entries_of, entries_of_notice
from bot.services.sending.outbox.settling import final
from bot.services.sending.outbox.writing import KEY_OF_FORGOTTEN, RUNG
from bot.services.sending.owed import KEY_OF_NOTICE, Became
from bot.services.sending.undelivered import Telling

LEASE = timedelta(minutes=1)
"""How long a sender holds a row. Whoever has not settled it by then is taken for dead."""
_LONGEST_REASON = 300


_OUTBOX: Final = table_of(OutboxRow)
_SETTLED_TOGETHER: Final = (
    update(_OUTBOX)
    .where(
        tuple_(_OUTBOX.c.id, _OUTBOX.c.attempts).in_(bindparam("rows", expanding=True)),
        _OUTBOX.c.state == "claimed",
        _OUTBOX.c.claimed_by == bindparam("worker"),
    )
    .values(
        state=bindparam("became"),
        claimed_by=None,
        claimed_until=None,
        reason=bindparam("why"),
        settled_at=bindparam("at"),
    )
    .returning(_OUTBOX.c.id)
)
"""Written once: to build it costs as much as to run it, and each handful of messages needs it."""


class Outbox:
    """One worker's hands on the outbox. Any number of workers share a database, and send nothing twice."""

    def __init__(
        self, database: Database, clock: Clock, *, lease: timedelta = LEASE, leases: Clock | None = None
    ) -> None:
        """Claim rows of `database` for `lease` at a time; `clock` says what is due.

        Leases are counted by `leases`, without it by the database's own clock: those of the workers need not agree.
        """
        self._database = database
        self._clock = clock
        self._lease = lease
        self._leases = leases
        self._worker = process_name()
        self._bells = {channel: asyncio.Event() for channel in Channel}
        database.listen(self._hear)

    def bell(self, channel: Channel) -> asyncio.Event:
        """What is set whenever this process commits a new row of the channel, so that nobody waits for a tick."""
        return self._bells[channel]

    async def claim(self, channel: Channel, limit: int, *, bulk: bool = True) -> list[Claimed]:
        """Take up to `limit` rows that are due, or whose sender died, the longest due first, and bulk last of all.

        Without `bulk`, only what somebody waits for.

        A chat has one row in flight at a time, in all processes together: its messages arrive in their order, and one
        chat with many of them keeps nobody else waiting.
        """
        return await self._database.act(lambda connection: self._claim(connection, channel, limit, bulk=bulk))

    def _claim(self, connection: Connection, channel: Channel, limit: int, *, bulk: bool) -> list[Claimed]:
        # 1. The transaction has begun: to wait for others after the clock was read would shorten the lease.
        now = self._clock.now()
        shown, rests = _said_lately(connection, now)
        counted = shown if self._leases is None else self._leases.now()
        at = {"now": now, "counted": counted}
        # 2. What may be claimed, looked for without writing: mostly there is nothing.
        ids = connection.execute(looking_for(channel, bulk=bulk), at | {"most": limit}).scalars().all()
        if not ids:
            return []
        # 3. The claim itself, on condition that each is free still: whoever is second gets nothing.
        mine = {"ids": ids, "worker": self._worker, "until": counted + self._lease}
        rows = connection.execute(CLAIMING, at | mine).all()
        # 4. Where somebody else, or a conversation, has just spoken, the next message waits for its second.
        return [
            _to_claimed(row, self._worker, now + self._lease, rests.get(row.chat_id, 0.0))
            for row in sorted(rows, key=lambda row: (row.bulk, row.due_at, row.id))
        ]

    async def settle(self, claimed: Claimed, outcome: Outcome) -> bool:
        """Store what became of one claimed row, as `settle_all` does."""
        return not await self.settle_all([(claimed, outcome)])

    async def settle_all(self, settled: Sequence[tuple[Claimed, Outcome]]) -> list[Claimed]:
        """Store what became of claimed rows; give those that somebody else holds by now, of which nothing changed.

        With it the case of something that a customer is owed is opened, or closed: see `undelivered`, and `owed`. A
        notice of space that nobody reads is to be told again: see `filling`. Rows that nothing follows from are stored
        together, the others one by one: should this fail, some may be stored, and it can be done again.
        """
        now = self._clock.now()
        together: dict[tuple[Result, str | None], list[tuple[Claimed, Outcome]]] = defaultdict(list)
        lost: list[Claimed] = []
        for claimed, outcome in settled:
            fixed, again_at = final(claimed, outcome, now)
            if (
                again_at is None
                and not is_notice(claimed)
                and not claimed.key.startswith(KEY_OF_SPACE)
                and Telling.of(claimed.key, claimed.payload) is None
            ):
                together[fixed.result, fixed.reason].append((claimed, fixed))
            elif not await self._settle_one(claimed, fixed, again_at, now):
                lost.append(claimed)
        if together:
            lost += await self._database.act(lambda connection: _settle_together(connection, together, now))
        return lost

    async def give_back(self, rows: Sequence[Claimed]) -> None:
        """Let go of claimed rows of which nothing was sent: they are due, as if they had not been claimed."""
        if rows:
            async with self._database.write() as session:
                due = {"state": "due", "claimed_by": None, "claimed_until": None}
                await session.execute(_settling(rows).values(due | {"attempts": OutboxRow.attempts - 1}))

    async def _settle_one(
        self, claimed: Claimed, outcome: Outcome, again_at: datetime | None, now: datetime
    ) -> bool:
        owed = Telling.of(claimed.key, claimed.payload)
        in_vain = outcome.result in {Result.FAILED, Result.UNREACHABLE}
        notice = again_at is None and is_notice(claimed)
        is_space = in_vain and claimed.key.startswith(KEY_OF_SPACE)
        values = _values(outcome, again_at, now)
        async with self._database.write() as session:
            if owed is not None and in_vain:
                await owed.hold(session)
            elif is_space:
                await space.hold(session, claimed.payload)
            elif notice:
                await notices.hold(session, claimed.key)
            changed = await session.execute(_settling([claimed]).values(values))
            mine = changed.scalar_one_or_none() is not None
            if mine and owed is not None and in_vain:
                await owed.failed(session, now)
            elif mine and owed is not None and outcome.result is Result.SENT:
                await owed.arrived(session, now)
            elif mine and notice:
                became = Became(outcome.result.value, values["reason"], outcome.said)
                kept = await notices.settled(session, claimed.key, became, now)
                await record(session, entries_of_notice(claimed, outcome, kept), now)
            elif mine and is_space:
                unreachable = outcome.result is Result.UNREACHABLE
                await space.went_in_vain(session, claimed.key, claimed.payload, now, look=unreachable)
            if mine and again_at is None and not notice:
                await session.run_sync(lambda own: _prove(own.connection(), [(claimed, outcome)], now))
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

    async def overdue(self, patience: timedelta) -> timedelta | None:
        """For how long something has been due that nobody has tried to send; None where that is less than `patience`.

        What is sent in bulk may wait for long, what stands behind something of its chat that is tried again, and what
        the operator has paused.
        """
        now = self._clock.now()
        before = aliased(OutboxRow, name="before")
        behind_another = select(before.id).where(
            before.chat_id == OutboxRow.chat_id, before.state.in_(("due", "claimed")), before.attempts > 0
        )
        async with self._database.read() as session:
            oldest = await session.scalar(
                select(func.min(OutboxRow.due_at)).where(
                    WAITING,
                    OutboxRow.bulk.is_(False),
                    *(or_(OutboxRow.channel != channel.value, ~is_held_back(channel)) for channel in Channel),
                    OutboxRow.attempts == 0,
                    OutboxRow.due_at <= now - patience,
                    ~behind_another.exists(),
                )
            )
        return None if oldest is None else now - oldest

    async def purge(self, settled_before: datetime) -> int:
        """Remove what was settled before an instant, and with it the personal data in it; return how many rows.

        Of what was told to customers that were deleted nothing is kept once it was sent.
        """
        async with self._database.write() as session:
            removed = await session.execute(
                delete(OutboxRow)
                .where(
                    OutboxRow.settled_at.is_not(None),
                    or_(
                        OutboxRow.settled_at < settled_before,
                        OutboxRow.key.startswith(KEY_OF_FORGOTTEN, autoescape=True),
                    ),
                )
                .returning(OutboxRow.id)
            )
            return len(removed.scalars().all())

    def _hear(self, noted: dict[Any, Any]) -> None:
        for channel in noted.get(RUNG, ()):
            self._bells[channel].set()


def is_notice(claimed: Claimed) -> bool:
    """Whether a row is a notice that is owed, of which is proved what became."""
    return claimed.key.startswith(KEY_OF_NOTICE)


def _values(outcome: Outcome, again_at: datetime | None, now: datetime) -> dict[str, Any]:
    values: dict[str, Any] = {
        "state": outcome.result.value,
        "claimed_by": None,
        "claimed_until": None,
        "reason": None if outcome.reason is None else outcome.reason[:_LONGEST_REASON],
    }
    return values | ({"settled_at": now} if again_at is None else {"due_at": again_at})


def _settling(rows: Sequence[Claimed]) -> ReturningUpdate[int]:
    """Change these rows, where their sender holds them still; gives their ids."""
    return (
        update(OutboxRow)
        .where(
            tuple_(OutboxRow.id, OutboxRow.attempts).in_([(row.id, row.attempts) for row in rows]),
            OutboxRow.state == "claimed",
            OutboxRow.claimed_by == rows[0].worker,
        )
        .returning(OutboxRow.id)
        .execution_options(synchronize_session=False)
    )


def _settle_together(
    connection: Connection,
    together: Mapping[tuple[Result, str | None], Sequence[tuple[Claimed, Outcome]]],
    now: datetime,
) -> list[Claimed]:
    """Store these outcomes, and what is proved by them; give the rows that somebody else holds by now."""
    lost: list[Claimed] = []
    mine: list[tuple[Claimed, Outcome]] = []
    for (result, reason), rows in together.items():
        values = {
            "rows": [(row.id, row.attempts) for row, _ in rows],
            "worker": rows[0][0].worker,
            "became": result.value,
            "why": None if reason is None else reason[:_LONGEST_REASON],
            "at": now,
        }
        stored = set(connection.execute(_SETTLED_TOGETHER, values).scalars())
        lost += [row for row, _ in rows if row.id not in stored]
        mine += [(row, outcome) for row, outcome in rows if row.id in stored]
    _prove(connection, mine, now)
    return lost


def _prove(connection: Connection, settled: Sequence[tuple[Claimed, Outcome]], now: datetime) -> None:
    """Record what became of messages, with all that is stored of it: in this transaction, or not at all."""
    record_in(connection, entries_of(connection, settled), now)


def _said_lately(connection: Connection, now: datetime) -> tuple[datetime, dict[int, float]]:
    """What the clock of the database shows, and for how many seconds each chat is to rest where somebody just spoke."""
    since = now - CHAT_REST
    rests: dict[int, float] = {}
    shown = now
    for chat_id, at in connection.execute(said_lately(connection.dialect.name), {"since": since}):
        if chat_id == CLOCK:
            shown = at
            continue
        # By the clock of whoever said it: one that is ahead does not make it longer than it is.
        rest = min(at - since, CHAT_REST).total_seconds()
        rests[chat_id] = max(rest, rests.get(chat_id, 0.0))
    return shown, rests


def _to_claimed(row: Row[Any], worker: str, until: datetime, chat_rests: float) -> Claimed:
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
        bulk=row.bulk,
        chat_rests=chat_rests,
    )
