"""Minutes of a Bot API that answers 429, 5xx, resets and silence at random; and two workers on one database.

The minutes are simulated: the loop's clock runs forty times as fast, sockets and database are real. Every message is
delivered or recorded with its reason, and every second copy has a lost answer to explain it.
"""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from bot.clock import Clock, SystemClock
from bot.db.engine import Database
from bot.db.keys import KeyRing
from bot.db.tables import OutboxRow
from bot.domain.catalogue import Catalogue
from bot.messages import ChatMessage
from bot.playground.runner import serve_playground
from bot.playground.world import World
from bot.services.orders.expiring import Expiring
from bot.services.sending.ceiling import Places
from bot.services.sending.delivery import ORDERS_TICK, Chore, Delivery
from bot.services.sending.notices import Notices
from bot.services.sending.notifier import Notifier
from bot.services.sending.outbox import Channel, Outbox, put
from bot.services.surroundings import Surroundings
from bot.services.vitals import Vitals
from bot.texts import Safe, Texts, Translator
from tests.support.catalogue import example_catalogue
from tests.support.databases import SqliteFiles
from tests.support.faults import Fault, FaultyNetwork
from tests.support.long_runs import long
from tests.support.loops import FastLoop, LoopClock, run_on
from tests.support.running_bot import TOKEN

FACTOR = 40
A_MINUTE = 30
"""Messages that are written in a minute."""
CHATS = 25
LEASE = timedelta(minutes=5)
"""Longer than it is in the bot: a hiccup of the machine under test is forty times as long here."""
FAULTY = 0.35
SEED = 20261123


class Stormy(FaultyNetwork):
    """Does anything to any request, until the storm is over."""

    def __init__(self) -> None:
        """Begin with the storm."""
        super().__init__()
        self.over = False
        self._random = random.Random(SEED)  # noqa: S311 (not a secret)

    async def decide(self, text: str) -> Fault:
        """A fault for one message in three."""
        del text
        if self.over or self._random.random() > FAULTY:
            return Fault.NONE
        return self._random.choice([fault for fault in Fault if fault is not Fault.NONE])


def render(payload: Mapping[str, Any], translator: Translator, catalogue: Catalogue) -> ChatMessage:
    """The text alone."""
    del translator, catalogue
    return ChatMessage(Safe(payload["text"]))


@asynccontextmanager
async def opened(url: str, keys: KeyRing) -> AsyncIterator[Database]:
    """A database of one worker's own, for the length of an ``async with`` block."""
    database = Database(url, keys)
    for engine in (database._writer, database._reader):
        engine.pool._timeout = 3600  # type: ignore[attr-defined] # patience that would be counted on the fast clock
    await database.start()
    try:
        yield database
    finally:
        await database.dispose()


async def write(database: Database, clock: Clock, number: int) -> None:
    """Something to say to one of the chats."""
    async with database.write() as session:
        await put(
            session,
            key=f"m{number}",
            channel=Channel.TELEGRAM,
            payload={"text": f"m{number}"},
            now=clock.now(),
            chat_id=number % CHATS + 1,
        )


async def work(
    database: Database, clock: Clock, api_url: str, stop: asyncio.Event, places: Places | None = None
) -> None:
    """One worker, until `stop` is set."""
    surroundings = Surroundings(example_catalogue(), clock, ZoneInfo("Europe/Rome"))
    expiring = Expiring(
        database, surroundings, Notices(surroundings, operator_chat_id=None, mail=False, events=False)
    )
    outbox = Outbox(database, clock, lease=LEASE)
    async with Notifier(
        TOKEN, api_url, database, surroundings, Texts.load(), render, places=places
    ) as notifier:
        tick = timedelta(seconds=2 / FACTOR)
        senders = {Channel.TELEGRAM: notifier}
        await Delivery(
            outbox,
            senders,
            [Chore("orders", ORDERS_TICK, expiring.run)],
            notifier,
            clock,
            Vitals(),
            places=places,
            tick=tick,
        ).run(stop)


async def waiting(database: Database) -> int:
    """How many messages are neither delivered nor given up."""
    async with database.read() as session:
        return (
            await session.scalar(
                select(func.count()).select_from(OutboxRow).where(OutboxRow.state.in_(["due", "claimed"]))
            )
            or 0
        )


def in_the_chats(world: World) -> Counter[str]:
    """How often each text is there."""
    return Counter(message.text for chat in world.chats for message in world.messages(chat.id))


def open_chats(world: World) -> None:
    """Let the bot write to everybody."""
    for chat_id in range(1, CHATS + 1):
        world.open_chat(chat_id, "Prova", "it")
        world.send_text(chat_id, "/start")


@pytest.mark.parametrize("minutes", [3, *long(20)])
def test_minutes_of_storm(sqlite_files: SqliteFiles, tmp_path: Path, minutes: int) -> None:
    url, messages = sqlite_files.new(tmp_path), minutes * A_MINUTE
    network = Stormy()

    async def scenario() -> tuple[list[OutboxRow], Counter[str], timedelta]:
        clock = LoopClock()
        began = clock.now()
        world = World(TOKEN, clock=clock.now)
        open_chats(world)
        stop = asyncio.Event()
        async with (
            opened(url, KeyRing([KeyRing.new_key()])) as database,
            serve_playground(world) as telegram,
            network.before(telegram) as address,
        ):
            worker = asyncio.create_task(work(database, clock, address, stop))
            for number in range(messages):
                await write(database, clock, number)
                due = (number + 1) * 60 / A_MINUTE
                await asyncio.sleep(max(due - (clock.now() - began).total_seconds(), 0))
            stormed = clock.now() - began
            network.over = True
            while await waiting(database):
                await asyncio.sleep(5)
            stop.set()
            await worker
            async with database.read() as session:
                rows = list((await session.execute(select(OutboxRow))).scalars())
        return rows, in_the_chats(world), stormed

    rows, delivered, stormed = run_on(lambda: FastLoop(FACTOR), scenario)

    assert stormed >= timedelta(minutes=minutes)
    assert len(rows) == messages
    happened = Counter(fault for faults in network.faults.values() for fault in faults)
    assert all(happened[fault] for fault in Fault), happened
    for row in rows:
        text = row.payload["text"]
        faults = network.faults[text]
        lost = sum(fault.loses_answer for fault in faults)
        # What is in the chat is what was passed on: nothing more, nothing less.
        assert delivered[text] == faults.count(Fault.NONE) + lost, (text, faults)
        if row.state == "sent":
            assert delivered[text] >= 1
        else:
            assert row.state == "unknown", (text, faults)
            assert (row.reason or "").endswith(": it may have arrived"), (text, faults)
        # No worker died here: nobody gets a second copy, whatever the network does.
        assert delivered[text] <= 1, (text, faults)
    silent = [row for row in rows if row.state == "unknown"]
    assert 0 < len(silent) < messages / 2
    assert sum(delivered[row.payload["text"]] == 0 for row in silent) > 0  # which is why they are recorded


@pytest.mark.soak
async def test_two_workers_on_one_database_double_nothing(each_database_url: str, keys: KeyRing) -> None:
    clock = SystemClock()
    world = World(TOKEN)
    open_chats(world)
    stop = asyncio.Event()
    async with (
        asyncio.timeout(60),
        opened(each_database_url, keys) as first,
        opened(each_database_url, keys) as second,
        serve_playground(world) as address,
    ):
        workers = [
            asyncio.create_task(work(database, clock, address, stop, Places(1000)))
            for database in (first, second)
        ]
        for number in range(2 * CHATS):
            await write(first if number % 2 else second, clock, number)
        while await waiting(first):
            await asyncio.sleep(0.1)
        stop.set()
        await asyncio.gather(*workers)
        async with first.read() as session:
            attempts = Counter((await session.execute(select(OutboxRow.attempts))).scalars())
    delivered = in_the_chats(world)
    del delivered["/start"]
    assert delivered == {f"m{number}": 1 for number in range(2 * CHATS)}
    assert attempts == {1: 2 * CHATS}
