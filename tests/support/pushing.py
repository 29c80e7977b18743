"""Delivers what the bot pushes: the real notifier, over HTTP, into the world of a test; plans reminders before it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack

import pytest
from fastapi import FastAPI

from bot.db.engine import Database
from bot.messages import render_chat
from bot.playground.bot_api import bot_api_router
from bot.playground.world import World
from bot.services.reminders.space_telling import SpaceSender
from bot.services.reminders.telling import Addresses, ReminderSender
from bot.services.sending.notifier import Notifier
from bot.services.sending.outbox import Channel, Outbox, Result
from bot.services.services import Services
from bot.services.surroundings import Surroundings
from bot.texts import Texts
from tests.support import loopback
from tests.support.clock import FrozenClock

_AT_ONCE = 50
_WELL = {Result.SENT, Result.OBSOLETE, Result.RETRY}

Push = Callable[[], Awaitable[int]]


@pytest.fixture
async def push(
    world: World, database: Database, surroundings: Surroundings, texts: Texts, clock: FrozenClock
) -> AsyncIterator[Push]:
    """Send all messages that are due, once; every one must arrive, or be obsolete or wait for its hour.

    Gives the number of those that arrived. The world is served from the first time on until the test ends.
    """
    served = AsyncExitStack()
    addresses: list[str] = []

    async def deliver() -> int:
        outbox, count = Outbox(database, clock), 0
        claimed = await outbox.claim(Channel.TELEGRAM, _AT_ONCE)
        if not claimed:  # as on most days of a year
            return 0
        if not addresses:
            addresses.append(await served.enter_async_context(loopback.served(_bot_api(world))))
        # A new one each time: it would let a second pass between two messages to one chat.
        async with Notifier(
            world.token, addresses[0], database, surroundings, texts, render_chat
        ) as notifier:
            addressed = Addresses(_name, None)
            reminders = ReminderSender(notifier, database, surroundings, addressed, mail=False)
            sender = SpaceSender(reminders, database, surroundings, addressed)
            while claimed:
                for row in claimed:
                    outcome = await sender.send(row)
                    assert outcome.result in _WELL, outcome.reason
                    await outbox.settle(row, outcome)
                    count += outcome.result is Result.SENT
                claimed = await outbox.claim(Channel.TELEGRAM, _AT_ONCE)
        return count

    async with served:
        yield deliver


@pytest.fixture
def remind(services: Services, push: Push) -> Push:
    """Plan the reminders that are due by now, and push them; gives how many arrived."""

    async def plan_and_deliver() -> int:
        await services.reminders.run()
        return await push()

    return plan_and_deliver


def _bot_api(world: World) -> FastAPI:
    """Of the playground what a bot speaks to: nobody looks at its pages, which take longer to build than to push."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.include_router(bot_api_router(world))
    return app


async def _name() -> str:
    return "rinnovo_bot"
