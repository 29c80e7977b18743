"""A bot with e-mail set up, and the worker that sends its reminders."""

from collections.abc import AsyncIterator

import pytest

from bot.app import Told
from bot.db.engine import Database
from bot.playground.world import World
from bot.services.services import Services
from bot.texts import Texts
from tests.support.clock import FrozenClock
from tests.support.post_office import PostOffice
from tests.support.seed import Seed
from tests.support.till import EVERYBODY, Till


@pytest.fixture
def who_is_told() -> Told:
    """This bot has e-mail set up."""
    return EVERYBODY


@pytest.fixture
async def office(
    world: World, database: Database, services: Services, texts: Texts, clock: FrozenClock
) -> AsyncIterator[PostOffice]:
    """The worker, with a Telegram and a mail server."""
    async with PostOffice.enter(world, database, services, texts, clock) as opened:
        yield opened


@pytest.fixture
def till(database: Database, services: Services, seed: Seed) -> Till:
    """The till of the same bot."""
    return Till(database, services, seed)
