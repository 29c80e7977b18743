"""A whole bot as a process runs it: database, conversation, the connection to Telegram; opened and closed in order."""

import asyncio
import gc
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import structlog
from aiogram import Bot
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramAPIError, TelegramUnauthorizedError

from bot.app import Conversation, Told, build_bot, build_conversation, redis_backing
from bot.clock import Clock, SystemClock
from bot.db.chat_units_redis import RedisBacking
from bot.db.engine import Database
from bot.db.waiting_updates import WaitingUpdates
from bot.domain.calendar import load_holidays
from bot.services.catalogue.file import load_catalogue
from bot.services.catalogue.needs import missing_setting
from bot.services.sending.ceiling import Places
from bot.services.surroundings import Surroundings
from bot.settings import Settings, SettingsError
from bot.telegram.ceiling import UnderTheCeiling
from bot.telegram.in_between import SomebodyInBetween
from bot.telegram.polling import Poller
from bot.telegram.profile import publish_profile
from bot.telegram.session import Session
from bot.texts import Texts

_log = structlog.get_logger(__name__)

PROFILE_RETRY_SECONDS = 60
BUSY_SECONDS = 4.0
"""How long an update that a webhook brought waits for its turn in the chat: Telegram has few connections for us."""


@dataclass(frozen=True, slots=True)
class Running:
    """The open parts of a process.

    `redis` keeps the conversations where several processes share them, None where the database does.
    `public_address` is where the bot's own pages are reached from outside, None where nobody can reach them.
    `places` are those that this process has under the bot's ceiling: what conversations say and what is pushed.
    """

    settings: Settings
    clock: Clock
    database: Database
    conversation: Conversation
    bot: Bot
    texts: Texts
    redis: RedisBacking | None = None
    public_address: str | None = None
    places: Places = field(default_factory=Places)


@asynccontextmanager
async def open_bot(
    settings: Settings,
    clock: Clock | None = None,
    *,
    public_address: str | None = None,
    seconds: Callable[[], float] = time.monotonic,
) -> AsyncIterator[Running]:
    """Open everything that a chat needs, for the length of an `async with` block.

    Telegram is not asked for anything yet: a bot starts also while Telegram cannot be reached.

    Args:
        settings: what the operator has set.
        clock: the machine's own, unless another is given.
        public_address: where the bot's pages are reached, where that is not PUBLIC_URL.
        seconds: a clock that only grows, by which the ceiling on messages counts its seconds.

    Raises:
        SettingsError: the token or the keys are missing, or what the catalogue needs.
        CatalogueError: the catalogue has wrong values.
        SchemaMissing: the tables were not made yet.
    """
    clock = clock or SystemClock()
    texts = Texts.load(timezone=settings.timezone.key)
    catalogue = load_catalogue(settings.catalogue)
    if (missing := missing_setting(catalogue, mail=settings.smtp_url is not None)) is not None:
        raise SettingsError([missing])
    surroundings = Surroundings(catalogue, clock, settings.timezone)
    keys = settings.key_ring()
    database = Database(settings.database_url.get_secret_value(), keys)
    redis: RedisBacking | None = None
    if settings.redis_url is not None:
        redis = redis_backing(settings.redis_url.get_secret_value(), database, clock)
    api = TelegramAPIServer.from_base(settings.bot_api_url)
    bot, places = build_bot(settings.token(), Session(api=api)), Places(seconds=seconds)
    bot.session.middleware(UnderTheCeiling(places))
    bot.session.middleware(SomebodyInBetween())
    try:
        await database.start()
        address = public_address or settings.public_url
        told = Told(
            operator_chat_id=settings.operator_chat_id,
            operators=settings.operator_user_ids,
            mail=settings.smtp_url is not None,
            events=settings.events_url is not None,
            web=address,
        )
        patience = None if settings.public_url is None else BUSY_SECONDS
        conversation = build_conversation(database, surroundings, texts, clock, redis, told, patience)
        await conversation.dispatcher.emit_startup(bot=bot)
        load_holidays(surroundings.today())
        # What was imported and built so far never becomes garbage: the collector need not look at it again.
        gc.collect()
        gc.freeze()
        yield Running(settings, clock, database, conversation, bot, texts, redis, address, places)
        await conversation.dispatcher.emit_shutdown(bot=bot)
    finally:
        await bot.session.close()
        if redis is not None:
            await redis.close()
        await database.dispose()


def poller_of(running: Running) -> Poller:
    """What fetches the bot's updates where no webhook brings them."""
    waiting = WaitingUpdates(running.database, running.clock, running.bot.id)
    return Poller(running.bot, running.conversation.dispatcher, waiting)


async def keep_profile(running: Running) -> None:
    """Publish the commands and descriptions, again and again until Telegram has taken them."""
    while True:
        try:
            await publish_profile(running.bot, running.texts, running.conversation.services.surroundings)
        except TelegramUnauthorizedError:
            raise
        except TelegramAPIError as error:
            _log.warning("profile_not_published", reason=type(error).__name__, retry_in=PROFILE_RETRY_SECONDS)
            await asyncio.sleep(PROFILE_RETRY_SECONDS)
        else:
            return
