"""Workers as processes of their own, which plan reminders and send them until they are killed.

``python -m tests.support.reminder_workers`` is one, with everything it needs in its environment; `Workers` starts them.
"""

import asyncio
import os
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
from tests.support import births
from tests.support.births import ROOT, Born
from tests.support.catalogue import example_catalogue

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
    outbox = Outbox(database, clock)
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
        self._environment = {"PATH": os.environ["PATH"], **environment}
        self.alive: list[Born] = []

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        for worker in self.alive:
            await worker.end()

    def start(self) -> None:
        """Start one more."""
        started = births.start(
            "tests.support.reminder_workers",
            folder=ROOT,
            environment=self._environment,
        )
        self.alive.append(started)

    async def kill(self, index: int) -> int:
        """SIGKILL one; the number that its process had."""
        killed = self.alive.pop(index)
        await killed.end()
        return killed.number


if __name__ == "__main__":
    asyncio.run(work())
