"""Delivers what the bot pushes: the real notifier, over HTTP, into the world of a test."""

from collections.abc import Awaitable, Callable

import pytest

from bot.db.engine import Database
from bot.messages import render_chat
from bot.playground.runner import serve_playground
from bot.playground.world import World
from bot.services.notifier import Notifier
from bot.services.outbox import Channel, Outbox, Result
from bot.services.surroundings import Surroundings
from bot.texts import Texts
from tests.support.clock import FrozenClock

_AT_ONCE = 50

Push = Callable[[], Awaitable[int]]


@pytest.fixture
def push(
    world: World, database: Database, surroundings: Surroundings, texts: Texts, clock: FrozenClock
) -> Push:
    """Send all messages that are due, once; every one must arrive. Gives their number, and ends the world's HTTP."""

    async def deliver() -> int:
        outbox, count = Outbox(database, clock), 0
        async with (
            serve_playground(world) as address,
            Notifier(world.token, address, database, surroundings, texts, render_chat) as notifier,
        ):
            while claimed := await outbox.claim(Channel.TELEGRAM, _AT_ONCE):
                for row in claimed:
                    outcome = await notifier.send(row)
                    assert outcome.result is Result.SENT, outcome.reason
                    await outbox.settle(row, outcome)
                    count += 1
        return count

    return deliver
