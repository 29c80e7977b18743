"""A whole bot in one process: strict playground, real dispatcher, SQL storage, the shipped catalogue."""

from collections.abc import Awaitable, Callable
from itertools import count
from zoneinfo import ZoneInfo

import pytest
from aiogram import Bot
from aiogram.types import Update

from bot.app import Conversation, Told, build_bot
from bot.db.engine import Database
from bot.domain.catalogue import Catalogue
from bot.playground.session import WorldSession
from bot.playground.world import World
from bot.services.services import Services
from bot.services.surroundings import Surroundings
from bot.texts import Texts
from tests.support.catalogue import example_catalogue
from tests.support.chat import Chat
from tests.support.clock import FrozenClock
from tests.support.conversations import ReusedRouters
from tests.support.seed import Seed

TOKEN = "4200000000:playground-token-of-the-tests"

Talk = Callable[..., Awaitable[Chat]]


@pytest.fixture
def catalogue() -> Catalogue:
    """The shipped catalogue; a test module may override it."""
    return example_catalogue()


@pytest.fixture
def surroundings(catalogue: Catalogue, clock: FrozenClock) -> Surroundings:
    """The catalogue and the frozen clock, in Rome."""
    return Surroundings(catalogue, clock, ZoneInfo("Europe/Rome"))


@pytest.fixture(scope="session")
def texts() -> Texts:
    """The project's own texts."""
    return Texts.load()


@pytest.fixture
def world(clock: FrozenClock) -> World:
    """An empty Telegram."""
    return World(TOKEN, name="Rinnovo", username="rinnovo_bot", clock=clock.now)


@pytest.fixture(scope="session")
def routers() -> ReusedRouters:
    """The routers that the tests of this process lend to one bot after the other."""
    return ReusedRouters()


@pytest.fixture
def who_is_told() -> Told:
    """Who else is told of what happens; nobody, unless a test module overrides it."""
    return Told()


@pytest.fixture
def conversation(
    routers: ReusedRouters,
    database: Database,
    surroundings: Surroundings,
    texts: Texts,
    clock: FrozenClock,
    who_is_told: Told,
) -> Conversation:
    """The bot's dispatcher over the database."""
    return routers.conversation(database, surroundings, texts, clock, who_is_told)


@pytest.fixture
def services(conversation: Conversation) -> Services:
    """The services that the bot runs on."""
    return conversation.services


@pytest.fixture
async def bot(world: World, conversation: Conversation) -> Bot:
    """The bot's account, started as a running bot is."""
    # aiogram keeps the last updates with their kinds. Those of earlier tests differ in their bot alone, which their
    # hashes do not know: each would be compared, field by field, with every new one like it.
    Update.event_type.fget.cache_clear()  # type: ignore[attr-defined] # a property over a cache
    speaker = build_bot(TOKEN, WorldSession(world))
    await conversation.dispatcher.emit_startup(bot=speaker)
    return speaker


@pytest.fixture
def seed(database: Database, surroundings: Surroundings) -> Seed:
    """Puts people and mailboxes in the database."""
    return Seed(database, surroundings)


@pytest.fixture
def talk(world: World, bot: Bot, conversation: Conversation) -> Talk:
    """Open a chat, bound to a customer through a deep link when one is named."""
    ids = count(1001)

    async def open_chat(customer: str | None = None, *, language: str = "it") -> Chat:
        chat_id = next(ids)
        world.open_chat(chat_id, "Prova", language)
        chat = Chat(world, bot, conversation, chat_id)
        if customer is not None:
            invitation = await conversation.services.linking.invite(customer)
            await chat.follow(invitation.token)
        return chat

    return open_chat
