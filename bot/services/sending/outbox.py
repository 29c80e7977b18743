"""The outbox: what has to leave the bot is written in the transaction that causes it, and sent from there.

Why, and what is sent twice at the worst: DOMAIN.md 5, docs/decisions/005-sent-at-least-once.md. A row is `due`, is
claimed by one sender for the length of a lease, and is settled with what became of it::

    due ──claim──▶ claimed ──settle──▶ sent | unreachable | unknown | obsolete | failed
     ▲                │                          │
     ├── try again ◀──┴── the sender died: once the lease is over, the row can be claimed again
     └── the chat's user came back ◀─────────────┘
"""

import asyncio
import os
import random
import secrets
import socket
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol

from sqlalchemy import ColumnElement, and_, delete, func, literal_column, or_, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.clock import Clock
from bot.db.engine import Database
from bot.db.tables import OutboxRow
from bot.db.upsert import insert_all_absent, insert_if_absent
from bot.services.sending import owed as notices
from bot.services.sending.owed import KEY_OF_NOTICE, Became, Said
from bot.services.sending.undelivered import Telling

LEASE = timedelta(minutes=1)
"""How long a sender holds a row. Whoever has not settled it by then is taken for dead."""
GIVE_UP_AFTER = timedelta(days=3)
"""What could not be sent for so long has failed: nobody wants to read it any more."""
UNREACHABLE_FOR = timedelta(days=30)
"""What could not be told to a chat for longer is not told to its user who comes back."""
STAYS_TRUE = ("completed:",)
"""How the keys begin of what may be told late."""
FIRST_PAUSE = timedelta(seconds=2)
LONGEST_PAUSE = timedelta(minutes=15)
"""Attempts are further and further apart, each pause twice the last, between these two."""
_LONGEST_REASON = 300
_RUNG = "outbox"
"""Where a transaction notes the channels that it wrote to, so that their senders wake when it is committed."""


class Channel(StrEnum):
    """How something leaves. The values are stored."""

    TELEGRAM = "telegram"
    MAIL = "mail"
    EVENT = "event"


class Result(StrEnum):
    """What became of an attempt. The values are stored as the row's state; `due` is tried again later."""

    SENT = "sent"
    UNREACHABLE = "unreachable"
    UNKNOWN = "unknown"
    OBSOLETE = "obsolete"
    FAILED = "failed"
    RETRY = "due"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a sender answers for one claimed row.

    Attributes:
        result: what became of it.
        reason: why, in words for an operator: no personal data, no secret, at most 300 characters are kept. None
            only for what was sent.
        wait: with `Result.RETRY`, how long the other side asked to wait at least; the usual back-off without it.
        rest: how long the whole channel should rest, since the next row would fare no better: the other side asked
            for it, or is down.
        said: what was handed over, where anything was; it is kept only of what is owed.
    """

    result: Result
    reason: str | None = None
    wait: timedelta | None = None
    rest: timedelta | None = None
    said: Said | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Claimed:
    """A row that one sender holds until `until`: nobody else sends it before.

    `attempts` counts this one, `created_at` is when it was written, `key` never changes from attempt to attempt.
    """

    id: int
    key: str
    channel: Channel
    chat_id: int | None
    payload: Mapping[str, Any]
    created_at: datetime
    attempts: int
    worker: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Depth:
    """How much waits to be sent on one channel, and for how long the oldest of it has."""

    waiting: int
    oldest: timedelta


class Sender(Protocol):
    """Sends what is claimed of one channel."""

    async def send(self, claimed: Claimed) -> Outcome:
        """Send it once, and say what became of it.

        It takes well less than the lease (a minute): every wait has a time limit of its own. What it raises is logged,
        and the row is tried again later.
        """
        ...


@dataclass(frozen=True, slots=True)
class Message:
    """Something to be sent.

    Attributes:
        key: what it is about, such as `completed:R7K2M-4:12345`; at most 160 characters.
        channel: how it leaves.
        payload: strict JSON that names the message and carries what its text needs.
        chat_id: Telegram's chat, for `Channel.TELEGRAM`.
        bulk: one of many that nobody waits for: everything else is sent before it.
    """

    key: str
    channel: Channel
    payload: Mapping[str, Any]
    chat_id: int | None = None
    bulk: bool = False


async def put(
    session: AsyncSession,
    *,
    key: str,
    channel: Channel,
    payload: Mapping[str, Any],
    now: datetime,
    chat_id: int | None = None,
    not_before: datetime | None = None,
) -> bool:
    """Write something to be sent; a second time with the same key, nothing. True when it was new.

    The transaction of `session` is the one that causes it: both are kept, or neither. It may leave at `now`, or from
    `not_before` on; the rest is explained by `Message`.
    """
    session.info.setdefault(_RUNG, set()).add(channel)
    values = _values(Message(key, channel, payload, chat_id=chat_id), now)
    return await insert_if_absent(session, OutboxRow, values | {"due_at": not_before or now})


async def put_many(
    session: AsyncSession,
    messages: Sequence[Message],
    now: datetime,
    *,
    not_before: datetime | None = None,
) -> None:
    """Write many at once, as `put` does with each."""
    if messages:
        session.info.setdefault(_RUNG, set()).update(message.channel for message in messages)
        due = {"due_at": not_before or now}
        await insert_all_absent(session, OutboxRow, [_values(message, now) | due for message in messages])


def _values(message: Message, now: datetime) -> dict[str, Any]:
    return {
        "key": message.key,
        "channel": message.channel.value,
        "bulk": message.bulk,
        "chat_id": message.chat_id,
        "payload": dict(message.payload),
        "state": "due",
        "created_at": now,
        "due_at": now,
        "attempts": 0,
    }


async def send_again(session: AsyncSession, chat_id: int, now: datetime) -> None:
    """The user of a chat that could not be reached has come back: what could not be told lately is told now.

    Only what is still true then: renewals that were completed. Reminders are planned anew.
    """
    session.info.setdefault(_RUNG, set()).add(Channel.TELEGRAM)
    await session.execute(
        update(OutboxRow)
        .where(
            _UNREACHABLE,
            OutboxRow.chat_id == chat_id,
            OutboxRow.settled_at > now - UNREACHABLE_FOR,
            or_(*(OutboxRow.key.startswith(what, autoescape=True) for what in STAYS_TRUE)),
        )
        .values(state="due", due_at=now, created_at=now, settled_at=None)
    )


WAITING: ColumnElement[bool] = literal_column("outbox.state IN ('due', 'claimed')")
"""Written out, not bound: SQLite uses a partial index only for the very words of its condition."""
_UNREACHABLE: ColumnElement[bool] = literal_column("outbox.state = 'unreachable'")


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
                .where(*_claimable(channel, now))
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
                .where(OutboxRow.id.in_(ids), _free(OutboxRow, now))
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

        With it the case of something that a customer is owed is opened, or closed: see `undelivered`, and `owed`.
        """
        now = self._clock.now()
        outcome, again_at = _final(claimed, outcome, now)
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
        async with self._database.write() as session:
            if owed is not None and in_vain:
                await owed.hold(session)
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
        for channel in noted.get(_RUNG, ()):
            self._bells[channel].set()


def _free(row: type[OutboxRow], now: datetime) -> ColumnElement[bool]:
    """The row is due, or its sender has not settled it within the lease."""
    return or_(
        and_(row.state == "due", row.due_at <= now), and_(row.state == "claimed", row.claimed_until < now)
    )


def _claimable(channel: Channel, now: datetime) -> list[ColumnElement[bool]]:
    conditions = [
        WAITING,
        OutboxRow.channel == channel.value,
        OutboxRow.due_at <= now,
        _free(OutboxRow, now),
    ]
    if channel is Channel.TELEGRAM:
        other = aliased(OutboxRow, name="other")
        conditions.append(
            ~select(other.id)
            .where(
                literal_column("other.state IN ('due', 'claimed')"),
                other.chat_id == OutboxRow.chat_id,
                or_(
                    and_(other.state == "claimed", other.claimed_until >= now),
                    and_(
                        _free(other, now),
                        tuple_(other.due_at, other.id) < tuple_(OutboxRow.due_at, OutboxRow.id),
                    ),
                ),
            )
            .exists()
        )
    return conditions


def _final(claimed: Claimed, outcome: Outcome, now: datetime) -> tuple[Outcome, datetime | None]:
    """The outcome as it is stored, and when it is tried again; never again after `GIVE_UP_AFTER`."""
    if outcome.result is not Result.RETRY:
        return outcome, None
    again_at = now + max(_pause(claimed.attempts), outcome.wait or timedelta(0))
    if again_at - claimed.created_at <= GIVE_UP_AFTER:
        return outcome, again_at
    return Outcome(Result.FAILED, f"given up at attempt {claimed.attempts}: {outcome.reason}"), None


def _pause(attempts: int) -> timedelta:
    """Twice as long after each attempt, and a little uneven, so that what failed together does not come together."""
    doublings = min(attempts - 1, 16)
    jitter = random.uniform(0.8, 1.2)  # noqa: S311 (not a secret)
    return min(FIRST_PAUSE * (1 << doublings), LONGEST_PAUSE) * jitter


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
