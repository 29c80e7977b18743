"""What nobody waits for takes its turn when nobody is being answered, and is never held up for good."""

import asyncio

from sqlalchemy import select

from bot.clock import SystemClock
from bot.db.engine import Database
from bot.db.tables import OutboxRow
from bot.services.giving_way import Answering, Courtesy
from bot.services.sending.lane import Lane
from bot.services.sending.outbox import Channel, Claimed, Outbox, Outcome, Result
from bot.services.sending.outbox.writing import Message, put_many
from bot.services.vitals import Vitals

HANGS = 60
"""Seconds after which something hangs, on however busy a machine."""


async def test_work_goes_on_at_once_while_nobody_is_answered() -> None:
    asking = asyncio.create_task(Answering().give_way())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert asking.done()


async def test_it_goes_on_once_all_are_answered_that_came_meanwhile() -> None:
    answering, done = Answering(), list[str]()

    async def answer(name: str, then: asyncio.Event) -> None:
        with answering.one():
            await then.wait()
            done.append(name)

    async def work() -> None:
        await answering.give_way()
        done.append("work")

    first, second = asyncio.Event(), asyncio.Event()
    async with asyncio.timeout(HANGS), asyncio.TaskGroup() as tasks:
        tasks.create_task(answer("first", first))
        await asyncio.sleep(0)
        tasks.create_task(work())
        await asyncio.sleep(0)
        tasks.create_task(answer("second", second))
        first.set()
        await asyncio.sleep(0)
        second.set()
    assert done == ["first", "second", "work"]


async def test_an_answer_that_takes_long_is_not_waited_for() -> None:
    answering = Answering()
    with answering.one():
        async with asyncio.timeout(HANGS):
            await answering.give_way()
            await answering.give_way()


async def test_people_who_tap_without_a_pause_do_not_hold_it_up_for_good() -> None:
    answering, stop = Answering(), asyncio.Event()

    async def tap() -> None:
        while not stop.is_set():
            with answering.one():
                await asyncio.sleep(0.001)

    taps = [asyncio.create_task(tap()) for _ in range(3)]
    async with asyncio.timeout(HANGS):
        for _ in range(5):
            await answering.give_way()
    stop.set()
    await asyncio.gather(*taps)


async def test_work_of_many_steps_is_done_in_time_whoever_taps_between_them() -> None:
    answering = Answering()
    answering._since["somebody"] = float("inf")
    answering._patience = HANGS
    courtesy = Courtesy(answering, 0.05)
    async with asyncio.timeout(HANGS):
        for _ in range(60):
            await courtesy.give_way()
            answering._patience = HANGS


async def test_a_reminder_leaves_after_the_answer_and_a_completion_beside_it(database: Database) -> None:
    """Whoever waits for a completion does not wait for who taps; the patience is out of the way here."""
    clock, stop, vitals, sent = SystemClock(), asyncio.Event(), Vitals(), list[str]()

    class Sends:
        async def send(self, claimed: Claimed) -> Outcome:
            sent.append(claimed.key)
            return Outcome(Result.SENT)

    answering = vitals.answering
    answering._since["somebody"] = float("inf")  # who will be answered soon, for as long as the test likes
    answering._patience = HANGS
    outbox = Outbox(database, clock)
    working = asyncio.create_task(Lane(outbox, Channel.TELEGRAM, Sends(), clock, vitals).run(stop))

    async def write(message: Message) -> None:
        async with database.write() as session:
            await put_many(session, [message], clock.now())
        outbox.bell(Channel.TELEGRAM).set()
        due = select(OutboxRow.id).where(OutboxRow.state == "due")
        while True:
            async with database.read() as session:
                if await session.scalar(due) is None:
                    return
            await asyncio.sleep(0.005)

    try:
        async with asyncio.timeout(HANGS):
            await write(Message("reminder", Channel.TELEGRAM, {}, 1, bulk=True))
            await write(Message("completion", Channel.TELEGRAM, {}, 2))
            while not sent:
                await asyncio.sleep(0.005)
            assert sent == ["completion"]
            del answering._since["somebody"]
            while len(sent) == 1:
                await asyncio.sleep(0.005)
    finally:
        stop.set()
        await working
    assert sent == ["completion", "reminder"]
