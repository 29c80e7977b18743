"""Workers as processes of their own, which plan reminders and send them until they are killed.

``python -m tests.support.reminder_workers`` imports everything once; each line on its standard input forks a worker,
whose process number comes on the standard output. `Workers` is the same from the test's side.
"""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from datetime import UTC, datetime, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from bot.db.engine import Database
from bot.db.keys import KeyRing
from bot.messages import render_chat
from bot.services.reminders.planner import Reminders
from bot.services.reminders.telling import Addresses, ReminderSender
from bot.services.sending.delivery import Chore, Delivery
from bot.services.sending.notifier import Notifier
from bot.services.sending.outbox import Channel, Outbox
from bot.services.surroundings import Surroundings
from bot.services.vitals import Vitals
from bot.texts import Texts
from tests.support.catalogue import example_catalogue
from tests.support.process import ROOT

LEASE = timedelta(seconds=6)
TICK = timedelta(milliseconds=100)


class ShiftedClock:
    """The machine's clock, moved so that it showed `moment` when the test began, at `began`."""

    def __init__(self, moment: datetime, began: datetime) -> None:
        self._offset = moment - began

    def now(self) -> datetime:
        """This instant on the moved clock."""
        return datetime.now(UTC) + self._offset


async def work() -> None:
    """Plan and send until somebody ends this."""
    clock = ShiftedClock(
        datetime.fromisoformat(os.environ["MOMENT"]), datetime.fromisoformat(os.environ["BEGAN"])
    )
    database = Database(os.environ["DATABASE_URL"], KeyRing.parse(os.environ["DATA_KEYS"]))
    await database.start()
    surroundings = Surroundings(example_catalogue(), clock, ZoneInfo("Europe/Rome"))
    reminders = Reminders(database, surroundings, Vitals(), mail=False)
    outbox = Outbox(database, clock, lease=LEASE)
    token, address = os.environ["BOT_TOKEN"], os.environ["BOT_API_URL"]
    async with Notifier(token, address, database, surroundings, Texts.load(), render_chat) as notifier:
        sender = ReminderSender(notifier, database, surroundings, Addresses(_name, None), mail=False)
        delivery = Delivery(
            outbox,
            {Channel.TELEGRAM: sender},
            [Chore("reminders", TICK, reminders.run)],
            notifier,
            clock,
            Vitals(),
            tick=TICK,
        )
        await delivery.run(asyncio.Event())


async def _name() -> str:
    return "rinnovo_bot"


class Workers:
    """Starts workers and kills them. Use it in an ``async with`` block, which leaves none alive."""

    def __init__(self, **environment: str) -> None:
        """`environment` has what `work` reads."""
        self._environment = environment
        self._nursery: Process | None = None
        self.alive: list[int] = []

    async def __aenter__(self) -> Self:
        self._nursery = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.support.reminder_workers",
            stdin=PIPE,
            stdout=PIPE,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **self._environment},
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._nursery is not None
        for number in self.alive:
            os.kill(number, signal.SIGKILL)
        self._nursery.kill()
        await self._nursery.wait()

    async def start(self) -> None:
        """Start one more."""
        assert self._nursery is not None
        assert self._nursery.stdin is not None
        assert self._nursery.stdout is not None
        self._nursery.stdin.write(b"one\n")
        self.alive.append(int(await self._nursery.stdout.readline()))

    def kill(self, index: int) -> None:
        """SIGKILL one."""
        os.kill(self.alive.pop(index), signal.SIGKILL)


def serve() -> None:
    """Fork a worker for each line, until there are no more."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            with open(os.devnull, "rb") as nothing:  # noqa: PTH123 - only its number is used
                os.dup2(nothing.fileno(), 0)
            os.dup2(2, 1)
            try:
                asyncio.run(work())
            finally:
                os._exit(0)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    serve()
