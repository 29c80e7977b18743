"""A morning's burst: thousands of due reminders against a Bot API with Telegram's limits, and conversations beside it.

The Bot API here takes 30 messages a second in all and one a second for a chat, and answers 429 to what is above, as
Telegram describes it. Reported are the share of that ceiling which the notifier reached, how often it was refused, and
what the burst costs the people who tap meanwhile. ``make bench`` runs it; ``BURST=300`` makes it shorter.
"""

import asyncio
import os
import tempfile
import time
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.table import Table
from sqlalchemy import func, select

from bot.app import Told, build_bot, build_conversation
from bot.db.engine import Database
from bot.db.keys import KeyRing
from bot.db.tables import ChatCustomerRow, ChatRow, OutboxRow
from bot.db.upgrade import upgrade
from bot.messages import render_chat
from bot.playground.errors import BotApiError
from bot.playground.files import Upload
from bot.playground.runner import serve_playground
from bot.playground.session import WorldSession
from bot.playground.world import World
from bot.services.reminders.telling import Addresses, ReminderSender
from bot.services.sending.delivery import Delivery
from bot.services.sending.notifier import Notifier
from bot.services.sending.outbox import Channel, Outbox
from bot.services.surroundings import Surroundings
from bot.services.vitals import Vitals
from bot.texts import Texts
from tests.support.catalogue import example_catalogue
from tests.support.chat import Chat
from tests.support.reminder_workers import ShiftedClock
from tests.support.running_bot import TOKEN
from tests.support.seed import Seed

BURST = int(os.environ.get("BURST", "3000"))
TALKERS = 4
PAUSE_SECONDS = 1.0
"""Between two taps of somebody who talks."""
OVERALL, OF_A_CHAT = 30, 1
MOMENT = datetime(2026, 11, 23, 10, tzinfo=UTC)
FIRST_CHAT = 100_000
_COUNTED = frozenset({"sendmessage", "sendphoto", "senddocument", "editmessagetext", "editmessagecaption"})
_MS = 1000


class LimitedWorld(World):
    """A Telegram with its limits: what is above them is refused, and counts for nothing."""

    def __init__(self) -> None:
        super().__init__(TOKEN)
        self.refused = 0
        self.pushed = 0
        self._all: deque[float] = deque()
        self._last: dict[str, float] = {}

    async def call(
        self, method: str, params: Mapping[str, str], files: Mapping[str, Upload] | None = None
    ) -> Any:
        """Answer as Telegram does, 429 included."""
        if method.lower() in _COUNTED:
            self._count(params.get("chat_id", ""))
        result = await super().call(method, params, files)
        if method.lower() == "sendmessage" and int(params["chat_id"]) >= FIRST_CHAT:
            self.pushed += 1
        return result

    def _count(self, chat: str) -> None:
        now = time.monotonic()
        while self._all and now - self._all[0] >= 1:
            self._all.popleft()
        burst = chat in self._last and int(chat) >= FIRST_CHAT and now - self._last[chat] < 1 / OF_A_CHAT
        if len(self._all) >= OVERALL or burst:
            self.refused += 1
            raise BotApiError(429, "Too Many Requests: retry after 1", {"retry_after": 1})
        self._all.append(now)
        self._last[chat] = now


class Talkers:
    """People in the middle of a renewal, who tap once a second; their taps are timed."""

    def __init__(self, chats: list[Chat]) -> None:
        self._chats = chats
        self.taps: list[float] = []

    async def talk(self, stop: asyncio.Event) -> None:
        """Go to and fro between two windows until `stop` is set."""
        async with asyncio.TaskGroup() as tasks:
            for number, chat in enumerate(self._chats):
                tasks.create_task(self._talk(chat, number / len(self._chats), stop))

    async def _talk(self, chat: Chat, delay: float, stop: asyncio.Event) -> None:
        await asyncio.sleep(delay)
        while not stop.is_set():
            for label in ("Cambia piano", "Indietro"):
                begun = time.perf_counter()
                with suppress(AssertionError):  # a refused drawing: the screen is the one before
                    await chat.tap(label)
                self.taps.append(time.perf_counter() - begun)
                await asyncio.sleep(PAUSE_SECONDS)

    def middle_and_slow(self) -> tuple[float, float]:
        """The median and the 95th percentile so far, in milliseconds; begins anew."""
        taps, self.taps = sorted(self.taps), []
        return taps[len(taps) // 2] * _MS, taps[len(taps) * 95 // 100] * _MS


async def bench(folder: Path) -> Table:
    """Seed, let people talk alone for a while, then with the burst beside them."""
    url = f"sqlite:///{folder / 'burst.db'}"
    await upgrade(url)
    database = Database(url, KeyRing([KeyRing.new_key()]))
    await database.start()
    clock = ShiftedClock(MOMENT, datetime.now(UTC))
    surroundings = Surroundings(example_catalogue(), clock, ZoneInfo("Europe/Rome"))
    texts, world = Texts.load(), LimitedWorld()
    conversation = build_conversation(database, surroundings, texts, clock, told=Told())
    bot = build_bot(TOKEN, WorldSession(world))
    await conversation.dispatcher.emit_startup(bot=bot)
    await _seed_burst(database, surroundings, world)
    talkers = Talkers(
        [await _talker(conversation, bot, world, database, surroundings, each) for each in range(TALKERS)]
    )
    stop = asyncio.Event()
    try:
        async with asyncio.TaskGroup() as tasks, serve_playground(world) as address:
            tasks.create_task(talkers.talk(stop))
            await asyncio.sleep(10)
            alone = talkers.middle_and_slow()
            seconds = await _burst(
                database, surroundings, texts, clock, address, conversation.services.reminders
            )
            beside = talkers.middle_and_slow()
            stop.set()
        return await _report(database, world, seconds, alone, beside)
    finally:
        await database.dispose()


async def _seed_burst(database: Database, surroundings: Surroundings, world: World) -> None:
    seed, now = Seed(database, surroundings), surroundings.now()
    for number in range(BURST):
        await seed.mailbox(f"cliente{number}", expires_in=15)
    async with database.write() as session:
        for number in range(BURST):
            session.add(ChatRow(id=FIRST_CHAT + number, language="it", created_at=now))
        await session.flush()
        for number in range(BURST):
            session.add(ChatCustomerRow(chat_id=FIRST_CHAT + number, customer_id=number + 1, bound_at=now))
    for number in range(BURST):
        world.open_chat(FIRST_CHAT + number, "Prova", "it")
        world.send_text(FIRST_CHAT + number, "/start")
    world.drain_updates()


async def _talker(
    conversation: Any, bot: Any, world: World, database: Database, surroundings: Surroundings, number: int
) -> Chat:
    """Somebody who has opened a renewal. The mailbox is far from its expiry: no reminder of it is due."""
    customer = f"parlante{number}"
    await Seed(database, surroundings).mailbox(
        customer, plan="pro", expires_in=200, address=f"{customer}@pec.example"
    )
    world.open_chat(1 + number, "Prova", "it")
    chat = Chat(world, bot, conversation, 1 + number)
    await chat.follow((await conversation.services.linking.invite(customer)).token)
    await chat.tap("Rinnova")
    return chat


async def _burst(
    database: Database, surroundings: Surroundings, texts: Texts, clock: Any, address: str, reminders: Any
) -> float:
    """Plan the burst and send it; how long the sending took."""
    outbox = Outbox(database, clock)
    assert await reminders.run() == BURST
    async with Notifier(TOKEN, address, database, surroundings, texts, render_chat) as notifier:
        sender = ReminderSender(notifier, database, surroundings, Addresses(_name, None), mail=False)
        stop = asyncio.Event()
        delivery = Delivery(outbox, {Channel.TELEGRAM: sender}, [], notifier, clock, Vitals())
        begun = time.perf_counter()
        running = asyncio.create_task(delivery.run(stop))
        while (await outbox.depth())[Channel.TELEGRAM].waiting:
            await asyncio.sleep(0.2)
        seconds = time.perf_counter() - begun
        stop.set()
        await running
    return seconds


async def _name() -> str:
    return "rinnovo_bot"


async def _report(
    database: Database,
    world: LimitedWorld,
    seconds: float,
    alone: tuple[float, float],
    beside: tuple[float, float],
) -> Table:
    async with database.read() as session:
        sent = await session.scalar(
            select(func.count())
            .select_from(OutboxRow)
            .where(OutboxRow.state == "sent", OutboxRow.chat_id >= FIRST_CHAT)
        )
    if (sent, world.pushed) != (BURST, BURST):
        raise RuntimeError(f"{BURST} were due: {sent} noted as sent, {world.pushed} arrived")
    rate = BURST / seconds
    table = Table("what", "value", title=f"{BURST:,} reminders, {TALKERS} people talking")
    table.add_row("duration", f"{timedelta(seconds=round(seconds))}")
    table.add_row("reminders a second", f"{rate:.1f}")
    table.add_row(f"share of the ceiling of {OVERALL} a second", f"{rate / OVERALL:.0%}")
    table.add_row("answers 429", f"{world.refused}")
    table.add_row("a tap alone, p50 and p95", f"{alone[0]:.0f} and {alone[1]:.0f} ms")
    table.add_row(
        "a tap beside the burst / alone", f"{beside[0] / alone[0]:.1f} and {beside[1] / alone[1]:.1f}"
    )
    return table


def main() -> None:
    """Measure, and print a table."""
    with tempfile.TemporaryDirectory() as folder:
        Console().print(asyncio.run(bench(Path(folder))))


if __name__ == "__main__":
    main()
