"""The senders of a channel: woken, resting, stopping, and losing nothing when something breaks."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from functools import partial
from types import SimpleNamespace

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from structlog.testing import capture_logs

from bot.clock import SystemClock
from bot.db.engine import Database
from bot.db.tables import OutboxRow
from bot.messages import read_told
from bot.services.orders.expiring import Expiring
from bot.services.sending.ceiling import Places
from bot.services.sending.delivery import ORDERS_TICK, Chore, Delivery
from bot.services.sending.lane import AHEAD, WIDTH, Lane, _Waiting
from bot.services.sending.notices import Notices
from bot.services.sending.outbox import (
    LEASE,
    Channel,
    Claimed,
    Message,
    Outbox,
    Outcome,
    Ready,
    Result,
    put,
    put_many,
)
from bot.services.surroundings import Surroundings
from bot.services.vitals import Vitals

PATIENCE = 60
"""Seconds after which something hangs, on however busy a machine."""


class Recorder:
    """A sender that notes what it was given and answers as a test tells it."""

    def __init__(self, *answers: Callable[[], Awaitable[Outcome]]) -> None:
        """Answer the first attempts with `answers`, all others with success."""
        self.sent: list[str] = []
        self._answers = list(answers)

    async def send(self, claimed: Claimed) -> Outcome:
        """Send nothing."""
        self.sent.append(claimed.key)
        if self._answers:
            return await self._answers.pop(0)()
        return Outcome(Result.SENT)


class Hand:
    """Ticks when a test does."""

    def __init__(self) -> None:
        """Begin without anything to call."""
        self._acts: list[Callable[[], None]] = []

    def every(self, interval: timedelta, act: Callable[[], None]) -> None:
        """Remember what is to be called."""
        del interval
        self._acts.append(act)

    def tick(self) -> None:
        """Call everything."""
        for act in self._acts:
            act()


class Workshop:
    """A worker on a database, and what a test wants to see of it."""

    def __init__(self, database: Database, surroundings: Surroundings, outbox: Outbox | None = None) -> None:
        """Make the parts; `work` puts them to work."""
        self._database = database
        self._surroundings = surroundings
        self.outbox = outbox or Outbox(database, SystemClock())
        self.hand = Hand()
        self.vitals = Vitals()
        self.stop = asyncio.Event()

    @asynccontextmanager
    async def work(self, sender: Recorder) -> AsyncIterator[asyncio.Task[None]]:
        """Deliver mail with `sender` for the length of an ``async with`` block."""
        notices = Notices(self._surroundings, operator_chat_id=None, mail=False, events=False)
        expiring = Expiring(self._database, self._surroundings, notices)
        delivery = Delivery(
            self.outbox,
            {Channel.MAIL: sender},
            [Chore("orders", ORDERS_TICK, expiring.run)],
            self.hand,
            SystemClock(),
            self.vitals,
        )
        task = asyncio.create_task(delivery.run(self.stop))
        try:
            async with asyncio.timeout(PATIENCE):
                yield task
        finally:
            self.stop.set()
            await task

    async def write(
        self, key: str, *, channel: Channel = Channel.MAIL, database: Database | None = None
    ) -> None:
        """Write a row that is due."""
        async with (database or self._database).write() as session:
            await put(session, key=key, channel=channel, payload={}, now=SystemClock().now())

    async def row(self, key: str) -> OutboxRow:
        """The row as it is stored."""
        async with self._database.read() as session:
            return (await session.execute(select(OutboxRow).where(OutboxRow.key == key))).scalar_one()

    async def state(self, key: str, wanted: str) -> OutboxRow:
        """The row, once it is in this state."""
        while (row := await self.row(key)).state != wanted:
            await asyncio.sleep(0.01)
        return row


@pytest.fixture
def workshop(database: Database, surroundings: Surroundings) -> Workshop:
    """A worker that is not at work yet."""
    return Workshop(database, surroundings)


class Watched(Outbox):
    """An outbox that tells when somebody has found it empty."""

    def __init__(self, database: Database) -> None:
        """Begin without a look."""
        super().__init__(database, SystemClock())
        self.found_empty = asyncio.Event()

    async def claim(self, channel: Channel, limit: int, *, bulk: bool = True) -> list[Claimed]:
        """Claim."""
        claimed = await super().claim(channel, limit, bulk=bulk)
        if not claimed:
            self.found_empty.set()
        return claimed


async def test_what_was_there_before_and_what_is_written_now_leaves_without_a_tick(
    workshop: Workshop,
) -> None:
    sender = Recorder()
    await workshop.write("before")
    async with workshop.work(sender):
        await workshop.state("before", "sent")
        await asyncio.sleep(0.05)  # idle by now
        await workshop.write("now")
        await workshop.state("now", "sent")
    assert sender.sent == ["before", "now"]


async def test_a_tick_finds_what_another_process_wrote(
    database_url: str, database: Database, surroundings: Surroundings
) -> None:
    outbox = Watched(database)
    workshop = Workshop(database, surroundings, outbox)
    other = Database(database_url, database.keys)
    await other.start()
    sender = Recorder()
    async with workshop.work(sender):
        await outbox.found_empty.wait()
        await workshop.write("theirs", database=other)
        await asyncio.sleep(0.1)
        assert sender.sent == []
        workshop.hand.tick()
        await workshop.state("theirs", "sent")
    await other.dispose()


async def test_a_channel_without_a_sender_is_left_alone(workshop: Workshop) -> None:
    async with workshop.work(Recorder()):
        await workshop.write("event", channel=Channel.EVENT)
        await workshop.write("mail")
        await workshop.state("mail", "sent")
        assert (await workshop.row("event")).state == "due"


async def test_no_more_than_a_few_are_in_flight(workshop: Workshop) -> None:
    gate = asyncio.Event()

    async def wait() -> Outcome:
        await gate.wait()
        return Outcome(Result.SENT)

    for number in range(10):
        await workshop.write(f"m{number}")
    sender = Recorder(*[wait] * 10)
    async with workshop.work(sender):
        while len(sender.sent) < WIDTH[Channel.MAIL]:
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.1)
        assert len(sender.sent) == WIDTH[Channel.MAIL]
        gate.set()
        for number in range(10):
            await workshop.state(f"m{number}", "sent")
    assert sorted(sender.sent) == sorted(f"m{number}" for number in range(10))


async def test_a_stop_lets_what_is_in_flight_finish_and_begins_nothing(workshop: Workshop) -> None:
    began = asyncio.Event()

    async def slowly() -> Outcome:
        began.set()
        await asyncio.sleep(0.2)
        return Outcome(Result.SENT)

    await workshop.write("slow")
    sender = Recorder(slowly)
    async with workshop.work(sender) as task:
        await began.wait()
        workshop.stop.set()
        await workshop.write("late")
        await task
    assert (await workshop.row("slow")).state == "sent"
    assert (await workshop.row("late")).state == "due"


async def test_a_sender_that_breaks_loses_nothing(workshop: Workshop) -> None:
    async def break_down() -> Outcome:
        raise ZeroDivisionError("a mistake of ours")

    await workshop.write("a")
    async with workshop.work(Recorder(break_down)):
        while (row := await workshop.row("a")).reason is None:
            await asyncio.sleep(0.01)
    assert (row.state, row.reason, row.attempts) == ("due", "the sender failed: ZeroDivisionError", 1)
    assert row.due_at > row.created_at


async def test_a_channel_rests_when_the_other_side_is_down(workshop: Workshop) -> None:
    rest, loop, at = timedelta(seconds=0.4), asyncio.get_running_loop(), list[float]()

    async def down() -> Outcome:
        at.append(loop.time())
        return Outcome(Result.RETRY, "down", rest=rest)

    async def up() -> Outcome:
        at.append(loop.time())
        return Outcome(Result.SENT)

    await workshop.write("a")
    sender = Recorder(down, up)
    async with workshop.work(sender):
        while not sender.sent:
            await asyncio.sleep(0.01)
        await workshop.write("b")
        await workshop.state("b", "sent")
    assert sender.sent == ["a", "b"]
    assert at[1] - at[0] >= rest.total_seconds()


async def test_an_attempt_is_broken_off_before_another_worker_takes_the_row(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[tuple[float, asyncio.Timeout]] = []

    def limited(seconds: float | None) -> asyncio.Timeout:
        limit = asyncio.timeout(seconds)
        if seconds is not None:
            given.append((seconds, limit))
        return limit

    async def hang() -> Outcome:
        ((_, limit),) = given
        limit.reschedule(asyncio.get_running_loop().time())  # by now it has taken so long
        await asyncio.sleep(PATIENCE)
        return Outcome(Result.SENT)

    seen = SimpleNamespace(**{**vars(asyncio), "timeout": limited})
    monkeypatch.setattr("bot.services.sending.lane.asyncio", seen)
    await workshop.write("a")
    async with workshop.work(Recorder(hang)):
        row = await workshop.state("a", "unknown")
    ((seconds, _),) = given
    assert 0 < seconds <= LEASE.total_seconds() * 0.8
    assert row.reason == "it took too long: it may have arrived"


class Forgetful(Outbox):
    """An outbox whose database is away at first, each time that something is to be settled."""

    def __init__(self, database: Database) -> None:
        """Be away once."""
        super().__init__(database, SystemClock())
        self.away = 1

    async def settle_all(self, settled: Sequence[tuple[Claimed, Outcome]]) -> list[Claimed]:
        """Fail, or store."""
        if self.away:
            self.away -= 1
            raise OperationalError("UPDATE", {}, Exception("the database is away"))
        return await super().settle_all(settled)


async def test_what_was_sent_is_noted_also_when_the_database_was_away(
    database: Database, surroundings: Surroundings
) -> None:
    workshop = Workshop(database, surroundings, Forgetful(database))
    await workshop.write("a")
    sender = Recorder()
    async with workshop.work(sender):
        await workshop.state("a", "sent")
    assert sender.sent == ["a"]


async def test_what_a_newer_release_wrote_waits_with_the_reason(workshop: Workshop) -> None:
    async def read() -> Outcome:
        read_told({"v": 2, "message": "order-placed"})
        raise AssertionError("it was read")

    await workshop.write("a")
    with capture_logs() as lines:
        async with workshop.work(Recorder(read)):
            while (row := await workshop.row("a")).reason is None:
                await asyncio.sleep(0.01)
    reason = "written in form 2 by a newer release: this one reads up to 1"
    assert (row.state, row.reason, row.attempts) == ("due", reason, 1)
    assert [(line["event"], line["reason"]) for line in lines] == [("not_sent", reason)]


class Judging(Recorder):
    """A sender of chats."""

    def __init__(self) -> None:
        """Begin without a row."""
        super().__init__()
        self.judged: list[str] = []

    async def judge(self, rows: Sequence[Claimed]) -> Sequence[Ready]:
        """Find all of them right."""
        self.judged += [row.key for row in rows]
        return [Ready(row, partial(self.send, row)) for row in rows]


class Patient(Outbox):
    """An outbox for which a lane soon lets go of what it has judged, and then never again."""

    def __init__(self, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
        """Let the lanes of a test's process be patient."""
        super().__init__(database, SystemClock())
        self._monkeypatch = monkeypatch
        self.make_stale(after=PATIENCE)

    def make_stale(self, *, after: float) -> None:
        """Let what was judged so many seconds ago be judged again."""
        self._monkeypatch.setattr("bot.services.sending.lane._STALE_SECONDS", after)

    async def give_back(self, rows: Sequence[Claimed]) -> None:
        """Take them back: once is enough, on a machine where to judge takes long."""
        self.make_stale(after=PATIENCE)
        await super().give_back(rows)


async def test_a_completion_leaves_while_people_who_talk_let_no_reminder_leave(
    each_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither behind all the reminders that are ready, nor behind the one that is ready for its own chat."""
    clock, sender, stop, places = SystemClock(), Judging(), asyncio.Event(), Places(2)
    places.crowded = places.others_push = True
    outbox = Patient(each_database, monkeypatch)
    reminders = [
        Message(f"reminder-{chat}", Channel.TELEGRAM, {}, chat, bulk=True)
        for chat in range(2 * AHEAD[Channel.TELEGRAM])
    ]
    async with each_database.write() as session:
        await put_many(session, reminders, clock.now())
    working = asyncio.create_task(Lane(outbox, Channel.TELEGRAM, sender, clock, Vitals(), places).run(stop))
    async with asyncio.timeout(PATIENCE):
        while "reminder-0" not in sender.judged:
            await asyncio.sleep(0.02)
    async with each_database.write() as session:
        completion = Message("completion", Channel.TELEGRAM, {}, chat_id=0)
        await put_many(session, [completion], clock.now())
    outbox.make_stale(after=0)
    async with asyncio.timeout(PATIENCE):
        while not sender.sent:
            outbox.bell(Channel.TELEGRAM).set()
            await asyncio.sleep(0.02)
    assert sender.sent == ["completion"]
    stop.set()
    await working


class Thawed(SystemClock):
    """The clock of a process that stands still beyond its lease, right after it has looked."""

    looked = False

    def now(self) -> datetime:
        """Two minutes later than before, from the second look on."""
        late, self.looked = timedelta(minutes=2 if self.looked else 0), True
        return super().now() + late


async def test_a_process_that_stood_still_just_before_it_sent_sends_nothing_past_its_lease(
    database: Database, surroundings: Surroundings
) -> None:
    workshop, sender = Workshop(database, surroundings), Recorder()
    await workshop.write("a")
    (row,) = await workshop.outbox.claim(Channel.MAIL, 1)
    lane = Lane(workshop.outbox, Channel.MAIL, sender, Thawed(), Vitals())
    waiting = _Waiting(row, partial(sender.send, row))
    assert not lane._is_stale(waiting)
    await lane._handful([waiting])
    assert sender.sent == []
    row_now = await workshop.row("a")
    assert (row_now.state, row_now.reason) == ("due", "its lease was over before it left")
