"""Two workers plan and send the reminders of one database, and are killed at random moments (DOMAIN.md 6).

No reminder is lost; one arrives twice only where its worker died between Telegram's answer and the note of it.
"""

import asyncio
import random
import time
from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import func, or_, select

from bot.app import Told, build_services
from bot.db.engine import Database
from bot.db.keys import KeyRing
from bot.db.tables import MailboxRow, OutboxRow, ReminderRow
from bot.playground.files import Upload
from bot.playground.runner import serve_playground
from bot.playground.world import World
from bot.services.actor import Actor
from bot.services.sending.ceiling.places import HANDFUL
from bot.services.surroundings import Surroundings
from tests.support.clock import FrozenClock
from tests.support.reminder_workers import LEASE, Workers
from tests.support.running_bot import TOKEN
from tests.support.seed import Seed

CUSTOMERS = 40
KILLS = 8
MOMENT = datetime(2026, 11, 23, 10, tzinfo=UTC)
PATIENCE_SECONDS = 120


@pytest.fixture
def key() -> str:
    """The key of the personal data, which the workers need too."""
    return KeyRing.new_key()


@pytest.fixture
def keys(key: str) -> KeyRing:
    """The ring with that key."""
    return KeyRing.parse(key)


class Witness(World):
    """A Telegram that notes when each chat received something."""

    def __init__(self) -> None:
        super().__init__(TOKEN)
        self.received: dict[int, list[float]] = defaultdict(list)

    async def call(
        self, method: str, params: Mapping[str, str], files: Mapping[str, Upload] | None = None
    ) -> Any:
        """Answer as Telegram does."""
        result = await super().call(method, params, files)
        if method.lower() == "sendmessage":
            self.received[int(params["chat_id"])].append(time.monotonic())
        return result


async def test_no_reminder_is_lost_and_none_doubled_but_where_an_answer_was_lost(
    each_database: Database, each_database_url: str, key: str, surroundings: Surroundings, clock: FrozenClock
) -> None:
    clock.moment = MOMENT
    services, seed = build_services(each_database, surroundings, Told()), Seed(each_database, surroundings)
    world = Witness()
    for number in range(CUSTOMERS):
        chat = 1001 + number
        customer = f"cliente{number}"
        await seed.mailbox(customer, expires_in=number % 90)
        world.open_chat(chat, "Prova", "it")
        world.send_text(chat, "/start")
        token = (await services.linking.invite(customer)).token
        await services.linking.redeem(Actor(chat, "it"), token)
    moments = random.Random(each_database_url.partition(":")[0])  # noqa: S311 - the moments need not be secret
    killed: list[float] = []
    async with (
        asyncio.timeout(PATIENCE_SECONDS),
        serve_playground(world) as address,
        Workers(
            BOT_TOKEN=TOKEN,
            BOT_API_URL=address,
            DATABASE_URL=each_database_url,
            DATA_KEYS=key,
            MOMENT=MOMENT.isoformat(),
            BEGAN=datetime.now(UTC).isoformat(),
        ) as workers,
    ):
        workers.start()
        workers.start()
        while not world.received:
            await asyncio.sleep(0.02)
        for _ in range(KILLS):
            await asyncio.sleep(moments.uniform(0.02, 0.4))
            await workers.kill(moments.randrange(2))
            killed.append(time.monotonic())
            workers.start()
        while await still_waiting(each_database):
            await asyncio.sleep(0.1)

    assert len(killed) == KILLS
    assert sorted(world.received) == [1001 + number for number in range(CUSTOMERS)], "a reminder was lost"
    for chat, times in world.received.items():
        for first, second in pairwise(times):
            # Who sends the second copy has waited for the end of the dead one's lease.
            deaths = [death for death in killed if first - 0.1 <= death <= second]
            assert deaths, f"chat {chat}: nobody had died"
            assert second - deaths[0] < LEASE.total_seconds() * 3, f"chat {chat}: an old message came again"
    doubled = sum(len(times) - 1 for times in world.received.values())
    # What a handful has sent is noted together: so much of one may be unknown to who comes after (decision 020).
    assert doubled <= KILLS * HANDFUL
    async with each_database.read() as session:
        assert await session.scalar(select(func.count()).select_from(ReminderRow)) == CUSTOMERS


async def still_waiting(database: Database) -> bool:
    """Whether something is not planned, or not sent."""
    async with database.read() as session:
        planned = await session.scalar(
            select(func.count()).select_from(MailboxRow).where(MailboxRow.remind_on <= MOMENT.date())
        )
        waiting = await session.scalar(
            select(func.count())
            .select_from(OutboxRow)
            .where(or_(OutboxRow.state == "due", OutboxRow.state == "claimed"))
        )
    return bool(planned or waiting)
