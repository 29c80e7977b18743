"""Rows are claimed by one sender, settled once, and taken over from the dead: on SQLite and on PostgreSQL."""

import asyncio
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import select, text, update

from bot.db.engine import Database
from bot.db.tables import OutboxRow
from bot.db.tables_ground import ChatVersionRow
from bot.services.sending.outbox import (
    FEWEST_ATTEMPTS,
    GIVE_UP_AFTER,
    LEASE,
    LONGEST_PAUSE,
    Channel,
    Claimed,
    Message,
    Outbox,
    Outcome,
    Result,
    put,
    put_many,
)
from bot.services.sending.outbox.claiming import claimable, said_lately
from tests.support.clock import FrozenClock
from tests.support.databases import ReusedEngines
from tests.support.ground import on_both
from tests.support.statements import asked_of

SENT = Outcome(Result.SENT)
LATER = Outcome(Result.RETRY, "not now")


@pytest.fixture
def sqlite_engines(reused_engines: ReusedEngines) -> ReusedEngines:
    """SQLite with its threads, as a running bot has it."""
    return reused_engines


async def write(
    database: Database,
    clock: FrozenClock,
    key: str,
    *,
    channel: Channel = Channel.MAIL,
    chat_id: int | None = None,
    after: timedelta = timedelta(0),
) -> bool:
    """Write a row that is due now, or later."""
    async with database.write() as session:
        return await put(
            session,
            key=key,
            channel=channel,
            payload={"message": key},
            now=clock.now() + after,
            chat_id=chat_id,
        )


async def row(database: Database, key: str) -> OutboxRow:
    """The row as it is stored."""
    async with database.read() as session:
        return (await session.execute(select(OutboxRow).where(OutboxRow.key == key))).scalar_one()


async def only(outbox: Outbox, channel: Channel = Channel.MAIL) -> Claimed:
    """The one row that can be claimed."""
    (claimed,) = await outbox.claim(channel, 10)
    return claimed


@on_both
async def test_written_twice_is_one_row(each_database: Database, clock: FrozenClock) -> None:
    assert await write(each_database, clock, "a")
    assert not await write(each_database, clock, "a")
    claimed = await only(Outbox(each_database, clock))
    assert (claimed.key, claimed.payload, claimed.attempts) == ("a", {"message": "a"}, 1)


async def test_what_is_claimed_is_nobody_elses_and_what_is_settled_stays_so(
    each_database: Database, clock: FrozenClock
) -> None:
    await write(each_database, clock, "a")
    one, two = (Outbox(each_database, clock, leases=clock) for _ in range(2))
    claimed = await only(one)
    assert await two.claim(Channel.MAIL, 10) == []
    assert await one.settle(claimed, SENT)
    clock.advance(LEASE * 2)
    assert await two.claim(Channel.MAIL, 10) == []
    stored = await row(each_database, "a")
    assert (stored.state, stored.reason, stored.claimed_by) == ("sent", None, None)
    assert stored.settled_at is not None


async def test_a_dead_sender_is_relieved_after_its_lease_and_settles_nothing_any_more(
    each_database: Database, clock: FrozenClock
) -> None:
    await write(each_database, clock, "a")
    dead, living = (Outbox(each_database, clock, leases=clock) for _ in range(2))
    held = await only(dead)
    clock.advance(LEASE + timedelta(seconds=1))
    taken = await only(living)
    assert taken.attempts == 2
    assert not await dead.settle(held, SENT)
    assert (await row(each_database, "a")).state == "claimed"
    assert await living.settle(taken, SENT)


async def test_a_worker_whose_clock_is_ahead_takes_nothing_from_the_living(
    each_database: Database, clock: FrozenClock
) -> None:
    ahead = FrozenClock(clock.now() + LEASE + timedelta(seconds=1))
    for number in range(5):
        await write(each_database, clock, f"m{number}", channel=Channel.TELEGRAM, chat_id=number)
    mine = await Outbox(each_database, clock).claim(Channel.TELEGRAM, 9)
    assert len(mine) == 5
    assert await Outbox(each_database, ahead).claim(Channel.TELEGRAM, 9) == []


@on_both
async def test_a_lease_ends_by_the_clock_of_the_database(each_database: Database, clock: FrozenClock) -> None:
    for name in ("a", "b"):
        await write(each_database, clock, name)
    short = timedelta(seconds=0.3)
    slow, dead = Outbox(each_database, clock), Outbox(each_database, clock, lease=short)
    living = Outbox(each_database, clock)
    (first,) = await slow.claim(Channel.MAIL, 1)
    assert first.until == clock.now() + LEASE
    assert (await only(dead)).until == clock.now() + short
    taken_over: list[Claimed] = []
    async with asyncio.timeout(60):
        while not taken_over:
            await asyncio.sleep(0.1)
            taken_over = await living.claim(Channel.MAIL, 2)
    assert [(row.key, row.attempts) for row in taken_over] == [("b", 2)]


async def test_rows_of_a_handful_are_settled_in_one_transaction_each_with_its_own_outcome(
    each_database: Database, clock: FrozenClock
) -> None:
    for number in range(6):
        await write(each_database, clock, f"m{number}", channel=Channel.TELEGRAM, chat_id=number)
    outbox = Outbox(each_database, clock)
    rows = await outbox.claim(Channel.TELEGRAM, 6)
    outcomes = [SENT, SENT, Outcome(Result.UNKNOWN, "silence"), Outcome(Result.OBSOLETE, "over"), SENT, LATER]
    assert await outbox.settle_all(list(zip(rows, outcomes, strict=True))) == []
    states = [
        (stored.state, stored.reason) for stored in [await row(each_database, f"m{n}") for n in range(6)]
    ]
    assert states == [
        ("sent", None),
        ("sent", None),
        ("unknown", "silence"),
        ("obsolete", "over"),
        ("sent", None),
        ("due", "not now"),
    ]
    assert await outbox.settle_all([(rows[0], SENT), (rows[1], SENT)]) == rows[:2]


async def test_what_is_given_back_is_due_as_if_nobody_had_claimed_it(
    each_database: Database, clock: FrozenClock
) -> None:
    await write(each_database, clock, "a")
    outbox = Outbox(each_database, clock)
    await outbox.give_back([await only(outbox)])
    await outbox.give_back([])
    again = await only(outbox)
    assert again.attempts == 1


async def test_the_longest_due_comes_first_and_the_future_is_left_alone(
    each_database: Database, clock: FrozenClock
) -> None:
    await write(each_database, clock, "tomorrow", after=timedelta(days=1))
    await write(each_database, clock, "second")
    await write(each_database, clock, "first", after=timedelta(hours=-1))
    await write(each_database, clock, "event", channel=Channel.EVENT)
    outbox = Outbox(each_database, clock)
    assert [claimed.key for claimed in await outbox.claim(Channel.MAIL, 1)] == ["first"]
    assert [claimed.key for claimed in await outbox.claim(Channel.MAIL, 9)] == ["second"]


async def test_a_chat_has_one_message_in_flight_and_keeps_nobody_waiting(
    each_database: Database, clock: FrozenClock
) -> None:
    for number in range(3):
        await write(each_database, clock, f"operator{number}", channel=Channel.TELEGRAM, chat_id=1)
    await write(each_database, clock, "customer", channel=Channel.TELEGRAM, chat_id=2)
    one, two = Outbox(each_database, clock), Outbox(each_database, clock)
    first, other = await one.claim(Channel.TELEGRAM, 10)
    assert (first.key, other.key) == ("operator0", "customer")
    assert await two.claim(Channel.TELEGRAM, 10) == []
    await one.settle(first, SENT)
    assert (await only(two, Channel.TELEGRAM)).key == "operator1"


async def test_a_message_that_waits_for_its_next_attempt_lets_others_of_its_chat_pass(
    database: Database, clock: FrozenClock
) -> None:
    for key in ("a", "b"):
        await write(database, clock, key, channel=Channel.TELEGRAM, chat_id=1)
    outbox = Outbox(database, clock)
    await outbox.settle(await only(outbox, Channel.TELEGRAM), LATER)
    assert (await only(outbox, Channel.TELEGRAM)).key == "b"


@on_both
async def test_two_workers_share_the_work_and_double_nothing(
    each_database: Database, clock: FrozenClock
) -> None:
    async with each_database.write() as session:
        for number in range(60):
            await put(
                session,
                key=f"m{number}",
                channel=Channel.TELEGRAM,
                payload={},
                now=clock.now(),
                chat_id=number % 20,
            )
    taken: Counter[str] = Counter()

    async def work(outbox: Outbox) -> None:
        idle = 0
        while idle < 3:
            claimed = await outbox.claim(Channel.TELEGRAM, 3)
            idle = 0 if claimed else idle + 1
            for each in claimed:
                taken[each.key] += 1
                assert await outbox.settle(each, SENT)

    await asyncio.gather(*(work(Outbox(each_database, clock)) for _ in range(4)))
    while claimed := await Outbox(each_database, clock).claim(Channel.TELEGRAM, 9):
        for each in claimed:
            taken[each.key] += 1
            assert each.attempts == 1
    assert taken == dict.fromkeys((f"m{number}" for number in range(60)), 1)


async def test_attempts_are_further_and_further_apart(database: Database, clock: FrozenClock) -> None:
    await write(database, clock, "a")
    outbox = Outbox(database, clock)
    pauses = []
    for _ in range(14):
        claimed = await only(outbox)
        await outbox.settle(claimed, LATER)
        due_at = (await row(database, "a")).due_at
        pauses.append(due_at - clock.now())
        clock.moment = due_at
    assert timedelta(seconds=1.6) <= pauses[0] <= timedelta(seconds=2.4)
    assert timedelta(seconds=3.2) <= pauses[1] <= timedelta(seconds=4.8)
    assert LONGEST_PAUSE * 0.8 <= pauses[-1] <= LONGEST_PAUSE * 1.2


async def test_the_other_side_may_ask_for_a_longer_wait(database: Database, clock: FrozenClock) -> None:
    await write(database, clock, "a")
    outbox = Outbox(database, clock)
    await outbox.settle(await only(outbox), Outcome(Result.RETRY, "asked to", wait=timedelta(hours=2)))
    assert (await row(database, "a")).due_at == clock.now() + timedelta(hours=2)


async def was_tried(database: Database, attempts: int) -> None:
    """What waits was tried so often."""
    async with database.write() as session:
        await session.execute(update(OutboxRow).values(attempts=attempts))


async def test_it_is_given_up_in_the_end_with_its_last_reason(database: Database, clock: FrozenClock) -> None:
    await write(database, clock, "a")
    outbox = Outbox(database, clock)
    await was_tried(database, FEWEST_ATTEMPTS - 2)
    clock.advance(GIVE_UP_AFTER)
    assert await outbox.settle(await only(outbox), LATER)
    assert (await row(database, "a")).state == "due", "tried too seldom to be given up"
    clock.advance(LONGEST_PAUSE * 2)
    assert await outbox.settle(await only(outbox), Outcome(Result.RETRY, "x" * 400))
    stored = await row(database, "a")
    assert stored.state == "failed"
    assert stored.reason is not None
    assert stored.reason.startswith(f"given up at attempt {FEWEST_ATTEMPTS}: xxx")
    assert len(stored.reason) == 300


async def test_the_depth_counts_what_should_have_left(each_database: Database, clock: FrozenClock) -> None:
    outbox = Outbox(each_database, clock)
    await write(each_database, clock, "a")
    await write(each_database, clock, "b")
    await write(each_database, clock, "tomorrow", after=timedelta(days=1))
    clock.advance(timedelta(minutes=5))
    await outbox.settle((await outbox.claim(Channel.MAIL, 1))[0], LATER)
    depth = await outbox.depth()
    assert (depth[Channel.MAIL].waiting, depth[Channel.MAIL].oldest) == (2, timedelta(minutes=5))
    assert (depth[Channel.EVENT].waiting, depth[Channel.EVENT].oldest) == (0, timedelta(0))


async def test_a_commit_rings_the_bell_of_its_channel_and_a_rollback_does_not(
    database: Database, clock: FrozenClock
) -> None:
    outbox = Outbox(database, clock)

    async def fail() -> None:
        async with database.write() as session:
            await put(session, key="a", channel=Channel.MAIL, payload={}, now=clock.now())
            raise RuntimeError("something else went wrong")

    with pytest.raises(RuntimeError):
        await fail()
    assert not outbox.bell(Channel.MAIL).is_set()
    await write(database, clock, "a")
    assert outbox.bell(Channel.MAIL).is_set()
    assert not outbox.bell(Channel.TELEGRAM).is_set()


@pytest.mark.parametrize("channel", list(Channel))
async def test_claims_are_found_by_index_among_many_settled(
    database: Database, clock: FrozenClock, channel: Channel
) -> None:
    query = (
        select(OutboxRow.id)
        .where(*claimable(channel, clock.now(), clock.now()))
        .order_by(OutboxRow.due_at)
        .limit(8)
    )
    async with database.read() as session:
        written = query.compile(session.get_bind(), compile_kwargs={"literal_binds": True})
        plan = [line[3] for line in (await session.execute(text(f"EXPLAIN QUERY PLAN {written}"))).all()]
    assert any("outbox USING INDEX ix_outbox_waiting" in line for line in plan), plan
    assert not any(line.startswith("SCAN") for line in plan), plan


async def test_what_was_settled_long_ago_is_forgotten_and_what_waits_is_not(
    each_database: Database, clock: FrozenClock
) -> None:
    outbox = Outbox(each_database, clock)
    await write(each_database, clock, "sent")
    await outbox.settle(await only(outbox), SENT)
    await write(each_database, clock, "waits", after=timedelta(days=400))
    assert await outbox.purge(clock.now()) == 0
    clock.advance(timedelta(days=91))
    assert await outbox.purge(clock.now() - timedelta(days=90)) == 1
    assert (await row(each_database, "waits")).state == "due"


async def test_bulk_is_sent_after_everything_else(each_database: Database, clock: FrozenClock) -> None:
    async with each_database.write() as session:
        many = [Message(f"bulk-{number}", Channel.MAIL, {}, bulk=True) for number in range(3)]
        await put_many(session, many, clock.now())
    clock.advance(timedelta(minutes=1))
    await write(each_database, clock, "code")
    claimed = await Outbox(each_database, clock).claim(Channel.MAIL, 2)
    assert [row.key for row in claimed] == ["code", "bulk-0"]


async def test_many_are_written_at_once_and_those_that_are_there_once(
    each_database: Database, clock: FrozenClock
) -> None:
    await write(each_database, clock, "first")
    async with each_database.write() as session:
        await put_many(session, [Message(key, Channel.MAIL, {}) for key in ("first", "second")], clock.now())
        await put_many(session, [], clock.now())
    claimed = await Outbox(each_database, clock).claim(Channel.MAIL, 9)
    assert [row.key for row in claimed] == ["first", "second"]


async def test_a_lease_begins_with_the_claim_and_not_while_it_waits_for_the_database(
    database: Database, clock: FrozenClock
) -> None:
    await write(database, clock, "m")
    outbox = Outbox(database, clock)
    async with database.write() as session:
        await session.connection()
        claiming = asyncio.create_task(only(outbox))
        await asyncio.sleep(0.05)
        clock.advance(LEASE * 2)
    assert (await claiming).until == clock.now() + LEASE
    assert await outbox.claim(Channel.MAIL, 1) == []


async def test_a_chat_has_its_second_of_rest_from_what_any_process_said(
    each_database: Database, clock: FrozenClock
) -> None:
    one, two = (Outbox(each_database, clock) for _ in range(2))
    for name, chat_id in (("a", 1), ("b", 1), ("c", 2), ("d", 3)):
        await write(each_database, clock, name, channel=Channel.TELEGRAM, chat_id=chat_id)
    first = await one.claim(Channel.TELEGRAM, 1)
    assert [(row.key, row.chat_rests) for row in first] == [("a", 0.0)]
    assert await one.settle(first[0], SENT)
    async with each_database.write() as session:
        talked = clock.now() - timedelta(seconds=0.75)
        session.add(ChatVersionRow(bot_id=9, chat_id=2, version=1, updated_at=talked))
    clock.advance(timedelta(seconds=0.5))
    # A reminder was sent in the first chat half a second ago; somebody tapped in the second 1.25 s ago.
    rows = await two.claim(Channel.TELEGRAM, 9)
    assert {row.key: row.chat_rests for row in rows} == {"b": 0.5, "c": 0.0, "d": 0.0}
    # A clock that is ahead of ours lets nobody wait for longer than the second.
    await two.give_back(rows)
    clock.advance(timedelta(seconds=-3))
    rows = await two.claim(Channel.TELEGRAM, 9)
    assert {row.chat_rests for row in rows} <= {0.0, 1.0}


async def test_a_claim_is_made_in_one_going_with_three_statements(
    database: Database, clock: FrozenClock
) -> None:
    outbox = Outbox(database, clock)
    for number in range(5):
        await write(database, clock, f"m{number}", channel=Channel.TELEGRAM, chat_id=number)
    with asked_of(database) as asked:
        rows = await outbox.claim(Channel.TELEGRAM, 9)
    # The clock with who was spoken to within the last second, what is due, and the claim.
    assert (len(rows), *asked.figures) == (5, 0, 1, 3)
    with asked_of(database) as asked:
        await outbox.settle_all([(row, SENT) for row in rows])
    assert asked.figures == (0, 1, 1)
    with asked_of(database) as asked:
        assert await outbox.claim(Channel.TELEGRAM, 9) == []
    assert asked.figures == (0, 1, 2)


async def test_who_was_spoken_to_of_late_is_found_by_index(database: Database, clock: FrozenClock) -> None:
    query = said_lately("sqlite").params(since=clock.now())
    async with database.read() as session:
        written = query.compile(session.get_bind(), compile_kwargs={"literal_binds": True})
        plan = [line[3] for line in (await session.execute(text(f"EXPLAIN QUERY PLAN {written}"))).all()]
    assert any("ix_outbox_settled_at" in line for line in plan), plan
    assert not any(line.startswith(("SCAN outbox", "SCAN chat")) for line in plan), plan


async def test_what_stands_behind_something_that_is_tried_again_wakes_nobody(
    each_database: Database, clock: FrozenClock
) -> None:
    outbox = Outbox(each_database, clock, leases=clock)
    await write(each_database, clock, "first", channel=Channel.TELEGRAM, chat_id=1)
    await outbox.settle(await only(outbox, Channel.TELEGRAM), Outcome(Result.RETRY, "not now"))
    await write(each_database, clock, "behind it", channel=Channel.TELEGRAM, chat_id=1)
    clock.advance(timedelta(hours=1))
    assert await outbox.overdue(timedelta(minutes=10)) is None
    await write(each_database, clock, "alone", channel=Channel.TELEGRAM, chat_id=2)
    clock.advance(timedelta(minutes=20))
    assert await outbox.overdue(timedelta(minutes=10)) == timedelta(minutes=20)
