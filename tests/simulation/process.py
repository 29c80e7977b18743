"""A process of the bot that can be killed at any await: all that it had in memory is gone, the database stays.

It answers chats, takes the operator's calls and works, as `bot.running.process` puts these together; what it speaks to
is the life's own: its Telegram, its mail server, its clock.
"""

import asyncio
import contextvars
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import Any, Final, TypeVar

import httpx
import pytest
from aiogram import Bot
from aiogram.types import Update
from fastapi import FastAPI
from pydantic import SecretStr
from sqlalchemy import event
from sqlalchemy.pool import Pool

from bot.app import Conversation, build_bot
from bot.db.engine import Database
from bot.db.keys import KeyRing
from bot.messages import render_chat
from bot.playground.world import World
from bot.services.reminders.space_telling import SpaceSender
from bot.services.reminders.telling import Addresses, ReminderSender
from bot.services.sending.ceiling import Places
from bot.services.sending.delivery import OFFICE_TICK, ORDERS_TICK, REMINDERS_TICK, Chore, Delivery
from bot.services.sending.events import Events
from bot.services.sending.mail import Mailer
from bot.services.sending.notifier import Notifier
from bot.services.sending.outbox import Channel, Claimed, Outbox, Outcome, Sender
from bot.services.services import Services
from bot.services.surroundings import Surroundings
from bot.settings.types import SmtpServer
from bot.telegram.in_between import SomebodyInBetween
from bot.texts import Texts, Translator
from bot.web.invoices import invoices_router
from bot.web.payments import payments_router
from tests.simulation.clockwork import LifeClock
from tests.simulation.journal import INCARNATION, OWNER, Journal, carrying
from tests.simulation.weather import TAPPING, TelegramOfChats, TelegramOfPushes, Weather, operators_system
from tests.support import SAMPLE_KEYS
from tests.support.caller import SECRET
from tests.support.conversations import ReusedRouters
from tests.support.databases import ReusedEngines
from tests.support.near_sqlite import NearConnection
from tests.support.till import EVERYBODY

TICK: Final = timedelta(seconds=5)
"""How often a worker looks for what nobody of its process wrote: oftener costs time and finds nothing more."""
BOT_NAME: Final = "rinnovo_bot"
_LAST_BREATH_SECONDS: Final = 30
_SMTP: Final = SmtpServer("mail.example", 25, tls=False, username=None, password=None)
_INCARNATIONS = count(1)

T = TypeVar("T")


class Killed(Exception):
    """The process died before it had done it."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What all processes of a life share."""

    url: str
    clock: LifeClock
    surroundings: Surroundings
    texts: Texts
    world: World
    weather: Weather
    journal: Journal


class Process:
    """One process; after its death it begins anew, as another incarnation, with nothing but the database."""

    def __init__(self, ground: Ground, engines: ReusedEngines, routers: ReusedRouters) -> None:
        """Begin with `begin`."""
        self._ground = ground
        self._engines = engines
        self._routers = routers
        self._worker: _Worker | None = None
        self.tasks: set[asyncio.Task[Any]] = set()
        self.connections: list[Any] = []
        self.dead = True
        self.incarnation = 0

    async def begin(self) -> None:
        """Open everything."""
        self.incarnation, self.dead = next(_INCARNATIONS), False
        self.tasks.clear()
        await self.do(self._begin())

    async def _begin(self) -> None:
        ground = self._ground
        engines = self._engines.on(ground.url)
        self._watch(engines)
        self.database = Database(ground.url, KeyRing(list(SAMPLE_KEYS)), engines)
        await self.database.start()
        self.conversation: Conversation = self._routers.conversation(
            self.database, ground.surroundings, ground.texts, ground.clock, EVERYBODY
        )
        Update.event_type.fget.cache_clear()  # type: ignore[attr-defined] # see tests.support.running_bot
        session = TelegramOfChats(ground.world, ground.weather, ground.journal)
        session.middleware(SomebodyInBetween())
        self._bot: Bot = build_bot(ground.world.token, session)
        await self.conversation.dispatcher.emit_startup(bot=self._bot)
        self._worker = None
        self._web: httpx.AsyncClient | None = None

    @property
    def services(self) -> Services:
        """What it does things with."""
        return self.conversation.services

    def _watch(self, engines: Any) -> None:
        """Let the dead neither say nor commit anything, whatever their last words would be."""
        incarnation = self.incarnation

        def hear(*_: Any) -> None:
            if self.dead or self.incarnation != incarnation:
                raise asyncio.CancelledError

        for engine in (engines.writer.sync_engine, engines.reader.sync_engine):
            event.listen(engine, "before_cursor_execute", hear)
            event.listen(engine, "commit", hear)

    async def do(self, work: Coroutine[Any, Any, T], *, tapping: int = 0) -> T:
        """Let the process do something.

        Raises:
            Killed: it died meanwhile.
        """
        context = contextvars.copy_context()
        context.run(OWNER.set, self)
        context.run(INCARNATION.set, self.incarnation)
        context.run(TAPPING.set, tapping)
        task: asyncio.Task[T] = context.run(asyncio.get_running_loop().create_task, work)
        await asyncio.wait([task])
        if task.cancelled():
            raise Killed
        if self.dead:
            task.exception()
            raise Killed
        return task.result()

    async def die_after(self, turns: int) -> None:
        """Die when everybody has had so many turns; cancelled before, live on."""
        for _ in range(turns):
            await asyncio.sleep(0)
        self.dead = True
        self._ground.journal.die(self.incarnation)
        for task in tuple(self.tasks):
            task.cancel()

    async def end(self) -> None:
        """Be gone: what is still running was cancelled, and its last words come to nothing."""
        self.dead = True
        while running := [task for task in self.tasks if not task.done()]:
            # What was cancelled once may be letting go of a transaction: that is not to be cancelled in its turn.
            await asyncio.wait(running, timeout=_LAST_BREATH_SECONDS)
            for task in self.tasks:
                task.cancel()
        await self.database.dispose()
        # What is still held, as by a transaction that was cancelled while it began, the machine takes from the dead.
        for connection in self.connections:
            _hang_up(connection.driver_connection)
        self.connections.clear()

    # What it is there for

    async def feed(self, update: dict[str, Any], chat: int) -> None:
        """Process an update of a chat."""
        await self.do(self.conversation.dispatcher.feed_raw_update(self._bot, update), tapping=chat)

    async def call(self, path: str, body: bytes, headers: dict[str, str]) -> httpx.Response:
        """Take a call of the operator's system."""
        if self._web is None:
            app = FastAPI(openapi_url=None)
            services, secrets, clock = self.services, [SecretStr(SECRET)], self._ground.clock
            app.include_router(payments_router(services.payments, secrets, services.vitals, clock))
            app.include_router(invoices_router(services.invoices, secrets, services.vitals, clock))
            self._web = httpx.AsyncClient(
                transport=httpx.ASGITransport(app, raise_app_exceptions=False), base_url="http://bot.example"
            )
        return await self.do(self._web.post(path, content=body, headers=headers))

    async def work(self, seconds: int, at_rest: Callable[[], Awaitable[bool]]) -> None:
        """Plan and send for so many seconds, or until it is `at_rest`."""
        await self.do(self._work(seconds, at_rest))

    async def _work(self, seconds: int, at_rest: Callable[[], Awaitable[bool]]) -> None:
        if self._worker is None:
            self._worker = await _Worker.of(self._ground, self)
        stop, ticker = asyncio.Event(), _Ticker()
        running = asyncio.create_task(self._worker.delivery(ticker).run(stop))
        try:
            for second in range(seconds):
                await asyncio.sleep(1)
                if running.done() or (second > 0 and await at_rest()):
                    break
        finally:
            stop.set()
            ticker.end()
        await running


@event.listens_for(Pool, "connect")
def _opened(connection: Any, _record: object) -> None:
    """Know which process has opened a connection."""
    owner = OWNER.get()
    if owner is not None:
        owner.connections.append(connection)


def _hang_up(connection: Any) -> None:
    """Close the driver's connection without asking anybody: what it had not committed is undone."""
    if isinstance(connection, NearConnection):
        if connection._connection is not None:
            connection._conn.close()
    else:
        connection.terminate()


def task_of_owner(loop: asyncio.AbstractEventLoop, work: Any, **options: Any) -> asyncio.Task[Any]:
    """The loop's factory of tasks: each belongs to the process that began it."""
    task: asyncio.Task[Any] = asyncio.Task(work, loop=loop, **options)
    owner = OWNER.get()
    if owner is not None:
        owner.tasks.add(task)
        task.add_done_callback(owner.tasks.discard)
    return task


class _Ticker:
    """Ticks in the loop's own time, until it is ended."""

    def __init__(self) -> None:
        self._tasks: list[asyncio.Task[None]] = []

    def every(self, interval: timedelta, act: Callable[[], None]) -> None:
        async def tick() -> None:
            while True:
                await asyncio.sleep(interval.total_seconds())
                act()

        self._tasks.append(asyncio.create_task(tick()))

    def end(self) -> None:
        for task in self._tasks:
            task.cancel()


class _Notifier(Notifier):
    """Notes which row it carries."""

    async def _leave(
        self, claimed: Claimed, chat_id: int, translator: Translator, phrase: str | None
    ) -> Outcome:
        with carrying(claimed):
            return await super()._leave(claimed, chat_id, translator, phrase)


class _Mailer(Mailer):
    """Notes which row it carries."""

    async def send(self, claimed: Claimed) -> Outcome:
        with carrying(claimed):
            return await super().send(claimed)


class _Events(Events):
    """Notes which row it carries, and posts to the life's own system."""

    async def send(self, claimed: Claimed) -> Outcome:
        with carrying(claimed):
            return await super().send(claimed)


class _Worker:
    """What a process needs to send and to plan, as `bot.running.delivering` puts it together."""

    def __init__(
        self,
        outbox: Outbox,
        senders: dict[Channel, Sender],
        chores: Sequence[tuple[str, timedelta, Callable[[], Awaitable[object]]]],
        ground: Ground,
        process: Process,
    ) -> None:
        self._outbox = outbox
        self._senders = senders
        self._chores = chores
        self._ground = ground
        self._process = process
        self._places = Places()

    @classmethod
    async def of(cls, ground: Ground, process: Process) -> "_Worker":
        database, services, surroundings = process.database, process.services, ground.surroundings
        addresses = Addresses(_name_of_bot, EVERYBODY.web)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(
                "bot.services.sending.notifier.sending_bot.Requests",
                lambda *_: TelegramOfPushes(ground.world, ground.weather, ground.journal),
            )
            pushing = _Notifier(
                ground.world.token,
                "http://telegram.example",
                database,
                surroundings,
                ground.texts,
                render_chat,
            )
        await pushing._application.initialize()
        mailing = _Mailer(_SMTP, "rinnovi@example.com", surroundings, ground.texts, bot_name=_name_of_bot)
        system = operators_system(ground.weather, ground.journal)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("bot.services.sending.events.httpx.AsyncClient", lambda **_: system)
            telling = _Events("https://operator.example", SecretStr(SECRET), ground.clock)
        senders: dict[Channel, Sender] = {Channel.EVENT: telling}
        for channel, sender in ((Channel.TELEGRAM, pushing), (Channel.MAIL, mailing)):
            reminders = ReminderSender(sender, database, surroundings, addresses, mail=True)
            senders[channel] = SpaceSender(reminders, database, surroundings, addresses)
        chores = (
            ("orders", ORDERS_TICK, services.expiring.run),
            ("promises", REMINDERS_TICK, services.promises.run),
            ("reminders", REMINDERS_TICK, services.reminders.run),
            ("office", OFFICE_TICK, services.announcements.run),
        )
        # Leases are counted by the life's clock: the database's own shows the real time, which stands nearly still.
        outbox = Outbox(database, ground.clock, leases=ground.clock)
        return cls(outbox, senders, chores, ground, process)

    def delivery(self, ticker: _Ticker) -> Delivery:
        return Delivery(
            self._outbox,
            self._senders,
            [Chore(name, every, act) for name, every, act in self._chores],
            ticker,
            self._ground.clock,
            self._process.services.vitals,
            places=self._places,
            tick=TICK,
        )


async def _name_of_bot() -> str:
    return BOT_NAME


__all__ = ["BOT_NAME", "Ground", "Killed", "Process", "task_of_owner"]
