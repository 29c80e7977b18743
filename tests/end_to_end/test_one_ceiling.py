"""Three workers and two who answer taps, on one database, under Telegram's limits: all leaves, nothing is refused.

Each has its own connections and its own part of the ceiling, as a process has. The bench does the same with real
processes and thousands of reminders (``python -m tests.load.ceiling``).
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from aiogram import Bot
from aiogram.client.telegram import TelegramAPIServer

from bot.clock import SystemClock
from bot.db.engine import Database
from bot.db.keys import KeyRing
from bot.db.shares import SqlShares
from bot.domain.catalogue import Catalogue
from bot.messages import ChatMessage
from bot.playground.files import Upload
from bot.playground.limits import Limits
from bot.playground.runner import serve_playground
from bot.playground.world import World
from bot.services.sending.ceiling import CEILING, Places, shared_ceiling
from bot.services.sending.delivery import Delivery
from bot.services.sending.notifier import Notifier
from bot.services.sending.outbox import Channel, Message, Outbox, put_many
from bot.services.surroundings import Surroundings
from bot.services.vitals import Vitals
from bot.telegram.ceiling import UnderTheCeiling
from bot.telegram.session import Session
from bot.texts import Safe, Texts, Translator
from tests.support.catalogue import example_catalogue
from tests.support.running_bot import TOKEN

pytestmark = pytest.mark.soak

WORKERS, WEBS, PEOPLE = 3, 2, 10
PUSHED = 120
FIRST_CHAT = 1000
PATIENCE_SECONDS = 60.0
"""After so long something hangs, on however busy a machine."""


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes on a machine that may be busy with much else: nobody is given up for dead, nor the common rows."""
    monkeypatch.setattr("bot.services.sending.ceiling.sharing.LEASE", timedelta(minutes=10))
    monkeypatch.setattr("bot.services.sending.ceiling.sharing._ASK_SECONDS", PATIENCE_SECONDS)


class Heard(World):
    """A Telegram with its limits, which knows what was pushed to whom."""

    def __init__(self) -> None:
        super().__init__(TOKEN, limits=Limits())
        self.pushed: set[int] = set()

    async def call(
        self, method: str, params: Mapping[str, str], files: Mapping[str, Upload] | None = None
    ) -> Any:
        """Answer as Telegram does, 429 included."""
        result = await super().call(method, params, files)
        if method.lower() == "sendmessage" and int(params["chat_id"]) >= FIRST_CHAT:
            assert int(params["chat_id"]) not in self.pushed, "a message came twice"
            self.pushed.add(int(params["chat_id"]))
        return result

    @property
    def counts(self) -> Limits:
        """What was said and refused so far."""
        assert self.limits is not None
        return self.limits


def render(payload: Mapping[str, Any], translator: Translator, catalogue: Catalogue) -> ChatMessage:
    """The text alone."""
    del translator, catalogue
    return ChatMessage(Safe(payload["text"]))


@asynccontextmanager
async def process(url: str, keys: KeyRing) -> AsyncIterator[tuple[Database, Places]]:
    """What a process has of its own: connections to the database, and a part of the ceiling."""
    database, places = Database(url, keys), Places()
    await database.start()
    try:
        async with shared_ceiling(places, SqlShares(database)):
            yield database, places
    finally:
        await database.dispose()


async def work(database: Database, places: Places, address: str, stop: asyncio.Event) -> None:
    """One worker, until `stop` is set."""
    clock = SystemClock()
    surroundings = Surroundings(example_catalogue(), clock, ZoneInfo("Europe/Rome"))
    outbox = Outbox(database, clock)
    async with Notifier(
        TOKEN, address, database, surroundings, Texts.load(), render, places=places
    ) as notifier:
        delivery = Delivery(
            outbox, {Channel.TELEGRAM: notifier}, [], notifier, clock, Vitals(), places=places
        )
        await delivery.run(stop)


def open_chats(world: World, chats: range) -> None:
    """Let the bot write to these people."""
    for chat in chats:
        world.open_chat(chat, "Prova", "it")
        world.send_text(chat, "/start")


async def write_to_all(world: World, database: Database, chats: range) -> None:
    """Something for everybody in new chats, which nobody waits for."""
    open_chats(world, chats)
    messages = [
        Message(f"m{chat}", Channel.TELEGRAM, {"text": f"m{chat}"}, chat_id=chat, bulk=True) for chat in chats
    ]
    async with database.write() as session:
        await put_many(session, messages, SystemClock().now())


async def tap_on(bot: Bot, chat: int, over: asyncio.Event) -> None:
    """Somebody taps again a second after the answer, until it is over."""
    message = await bot.send_message(chat, "0")
    for number in count(1):
        await asyncio.sleep(1.05)
        if over.is_set():
            return
        await bot.edit_message_text(str(number), chat_id=chat, message_id=message.message_id)


def all_is_theirs(held: set[tuple[int, int]], *, talking: bool) -> bool:
    """Whether the workers held all places at some moment, or had left to who talks what they need."""
    if talking:
        return any(workers + webs == CEILING and webs >= PEOPLE // 2 for workers, webs in held)
    return (CEILING, 0) in held


@pytest.mark.parametrize(
    ("talking", "each_database_url"),
    [
        pytest.param(False, "sqlite", id="nobody talks-sqlite"),
        pytest.param(True, "postgresql", id="people talk-postgresql"),
        pytest.param(False, "postgresql", id="nobody talks-postgresql"),
        pytest.param(True, "sqlite", id="people talk-sqlite"),
    ],
    indirect=["each_database_url"],
)
async def test_three_workers_and_two_webs_leave_nothing_of_the_ceiling_and_are_never_refused(
    talking: bool, each_database_url: str, keys: KeyRing
) -> None:
    world, stop, over = Heard(), asyncio.Event(), asyncio.Event()
    people = range(1, 1 + PEOPLE)
    open_chats(world, people)
    async with AsyncExitStack() as opened:
        await opened.enter_async_context(asyncio.timeout(PATIENCE_SECONDS))
        address = await opened.enter_async_context(serve_playground(world))
        mine = [await opened.enter_async_context(process(each_database_url, keys)) for _ in range(WORKERS)]
        webs = [await opened.enter_async_context(process(each_database_url, keys)) for _ in range(WEBS)]
        bots = [Bot(TOKEN, session=Session(api=TelegramAPIServer.from_base(address))) for _ in range(WEBS)]
        for bot, (_, places) in zip(bots, webs, strict=True):
            opened.push_async_callback(bot.session.close)
            bot.session.middleware(UnderTheCeiling(places))
        # The first that started had all places. People whose process has none yet are answered over the ceiling, which
        # who begins to push in the same second cannot know.
        while any(each.held < PEOPLE // WEBS for _, each in webs):
            await asyncio.sleep(0.05)
        working = [asyncio.create_task(work(*each, address, stop)) for each in mine]
        taps = (
            [asyncio.create_task(tap_on(bots[chat % WEBS], chat, over)) for chat in people] if talking else []
        )
        written, held = 0, set[tuple[int, int]]()
        # How near they come to the ceiling is the bench's to say; here, that all of it is theirs. Until that is so,
        # there is always more to push: on a busy machine to agree may take longer than to push the first.
        while len(world.pushed) < written or not all_is_theirs(held, talking=talking):
            if len(world.pushed) == written:
                await write_to_all(
                    world, mine[0][0], range(FIRST_CHAT + written, FIRST_CHAT + written + PUSHED)
                )
                written += PUSHED
            await asyncio.sleep(0.05)
            held.add((sum(each.held for _, each in mine), sum(each.held for _, each in webs)))
        over.set()
        await asyncio.gather(*taps)
        stop.set()
        await asyncio.gather(*working)
    assert world.counts.refused == 0
    assert len(world.pushed) == written
    assert max(workers + webs for workers, webs in held) == CEILING
