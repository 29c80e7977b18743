"""One process of the bot: what it runs side by side, and how it ends when it is asked to."""

import asyncio
import signal
from collections.abc import Callable
from datetime import timedelta

import structlog

from bot.db.chat_units_sql import SqlBacking
from bot.db.shares import Shares, SqlShares
from bot.db.shares_redis import RedisShares
from bot.db.upgrade import require_tables, upgrade_own_file
from bot.running.delivering import deliver
from bot.running.ending import ending_in_time
from bot.running.one_poller import poll_alone
from bot.runtime import Running, keep_profile, open_bot, poller_of
from bot.services.evidence.erasing import erase_what_is_over
from bot.services.leaving.removing import remove_what_is_over
from bot.services.reminders.outlook import forget_told
from bot.services.reminders.owed import forget_notices
from bot.services.sending.ceiling import shared_ceiling
from bot.services.sending.outbox import Outbox
from bot.services.statements.forgetting import forget_entries
from bot.settings import Settings
from bot.web.server import serve_watching, serve_web
from bot.web.webhook import register_webhook

_log = structlog.get_logger(__name__)

HOUSEKEEPING_SECONDS = 3600
KEEP_UPDATES = timedelta(days=2)
"""Telegram delivers an update again for a day at most."""
KEEP_SENT = timedelta(days=90)
"""Long enough to answer who was told what; the evidence of orders and notices is kept elsewhere, and longer."""
KEEP_CODES = timedelta(days=2)
"""Longer than the longest cool-down that the catalogue allows after wrong codes, of a day."""
KEEP_STATES = timedelta(days=180)
"""A window nobody has touched for longer is forgotten; the draft behind it is not."""


class Process:
    """What `run`, `web` and `worker` start."""

    def __init__(self, settings: Settings, *, web: bool, work: bool) -> None:
        """Prepare to serve HTTP (`web`), to do what needs no caller (`work`), or both."""
        self._settings = settings
        self._web = web
        self._work = work

    async def run(self) -> None:
        """Run until SIGINT or SIGTERM; what is in progress may finish, if it does within seconds (see `ending`).

        Raises:
            SettingsError, CatalogueError, SchemaMissing: as `open_bot`; the last one for tables that are too old, too.
            TelegramUnauthorizedError: Telegram does not know the token.
        """
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, stop.set)
        async with ending_in_time(stop) as may_be_cut:  # from the first: a database may let a question wait
            url = self._settings.database_url.get_secret_value()
            await upgrade_own_file(url)
            await require_tables(url)
            await self._serve(stop, may_be_cut)
        _log.info("stopped")

    async def _serve(self, stop: asyncio.Event, may_be_cut: set[asyncio.Task[None]]) -> None:
        async with (
            open_bot(self._settings) as running,
            shared_ceiling(running.places, _shares(running)),
            asyncio.TaskGroup() as tasks,
        ):
            if self._web:
                may_be_cut.add(tasks.create_task(serve_web(running, stop), name="web"))
            if self._settings.metrics_port is not None:
                watched = serve_watching(running, self._settings.metrics_port, stop)
                may_be_cut.add(tasks.create_task(watched, name="metrics"))
            if self._work:
                may_be_cut.update(self._begin_work(running, tasks, stop))
            _log.info(
                "started", web=self._web, work=self._work, webhook=self._settings.public_url is not None
            )

    def _begin_work(
        self, running: Running, tasks: asyncio.TaskGroup, stop: asyncio.Event
    ) -> list[asyncio.Task[None]]:
        """Begin with what needs no caller; what of it is asked to end by `stop`."""
        working = [tasks.create_task(deliver(running, stop), name="delivery")]
        background = [
            tasks.create_task(_keep_house(running)),
            tasks.create_task(keep_profile(running)),
        ]
        if self._settings.public_url is None:
            polling = poll_alone(running, stop, at_once=self._web)
            working.append(tasks.create_task(polling, name="polling"))
        else:
            background.append(tasks.create_task(register_webhook(running)))
            background.append(tasks.create_task(poller_of(running).catch_up()))
        tasks.create_task(_when(stop, lambda: [task.cancel() for task in background]))
        return working


def _shares(running: Running) -> Shares:
    """Where the processes of this bot share what they may send."""
    redis_url = running.settings.redis_url
    if redis_url is None:
        return SqlShares(running.database)
    return RedisShares(redis_url.get_secret_value(), running.bot.id)


async def _when(stop: asyncio.Event, act: Callable[[], object]) -> None:
    await stop.wait()
    act()


async def _keep_house(running: Running) -> None:
    """Forget what nothing comes back to: conversations, update numbers, codes, what was sent or told long ago."""
    backing = SqlBacking(running.database, running.clock)
    outbox = Outbox(running.database, running.clock)
    while True:
        now = running.clock.now()
        try:
            await backing.purge(states_before=now - KEEP_STATES, updates_before=now - KEEP_UPDATES)
            await outbox.purge(settled_before=now - KEEP_SENT)
            await running.conversation.services.login_codes.purge(asked_before=now - KEEP_CODES)
            await running.conversation.services.reference_emails.purge()
            surroundings = running.conversation.services.surroundings
            await forget_told(running.database, surroundings.today())
            await forget_notices(running.database, surroundings.catalogue, surroundings.today())
            await forget_entries(running.database, now)
            rules = surroundings.catalogue.rules
            await erase_what_is_over(running.database, rules, surroundings.today(), now)
            await remove_what_is_over(running.database, rules, surroundings.today(), now)
        except Exception:  # noqa: BLE001 - the database may be away for a while: the next hour is as good
            _log.exception("housekeeping_failed")
        await asyncio.sleep(HOUSEKEEPING_SECONDS)
