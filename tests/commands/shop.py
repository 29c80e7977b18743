"""An operator who types commands, and a bot whose customers order meanwhile, on one database."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

import pytest
import structlog
from typer.testing import CliRunner, Result

from bot.app import build_services
from bot.cli import app
from bot.clock import SystemClock
from bot.db.engine import Database
from bot.db.keys import KeyRing
from bot.services.orders.rows import Order
from bot.services.surroundings import Surroundings
from tests.support.catalogue import example_catalogue
from tests.support.seed import Seed
from tests.support.till import EVERYBODY, Till

T = TypeVar("T")


class Shop:
    """One SQLite file, on which the bot and the operator's commands work one after the other."""

    def __init__(self, url: str, key: str, folder: Path) -> None:
        """Work on the migrated database at `url`; commands are typed in `folder`."""
        self._url = url
        self.folder = folder
        self.key = key
        self.surroundings = Surroundings(example_catalogue(), SystemClock(), ZoneInfo("Europe/Rome"))

    @property
    def today(self) -> str:
        """This day, as commands write it."""
        return self.surroundings.today().isoformat()

    def day(self, days: int) -> str:
        """The day so many days from now, as commands write it."""
        return (self.surroundings.today() + timedelta(days=days)).isoformat()

    def types(self, *words: str) -> Result:
        """The operator types a command."""
        return CliRunner().invoke(app, words)

    def does(self, *words: str) -> list[str]:
        """A command that succeeds; the lines that it prints, and nothing among the errors."""
        result = self.types(*words)
        assert (result.exit_code, result.stderr) == (0, ""), result.output
        return result.stdout.splitlines()

    def is_refused(self, *words: str) -> str:
        """A command that is refused; the one line that says why."""
        result = self.types(*words)
        assert (result.exit_code, result.stdout) == (1, ""), result.output
        (line,) = result.stderr.splitlines()
        return line

    def order(self, customer: str = "rossi", *, chat: int = 7) -> Order:
        """A customer orders."""
        return self.bot(lambda till: till.order(customer, chats=(chat,)))

    def bot(self, work: Callable[[Till], Awaitable[T]]) -> T:
        """The bot does something meanwhile."""

        async def do() -> T:
            database = Database(self._url, KeyRing([self.key]))
            await database.start()
            try:
                services = build_services(database, self.surroundings, EVERYBODY)
                return await work(Till(database, services, Seed(database, self.surroundings)))
            finally:
                await database.dispose()

        return asyncio.run(do())


@contextmanager
def open_shop(
    url: str, folder: Path, monkeypatch: pytest.MonkeyPatch, key: str | None = None
) -> Iterator[Shop]:
    """Let commands find the database by their environment; what they do to logging is undone.

    `key` is the one of a database that has something in it.
    """
    key = key or KeyRing.new_key()
    monkeypatch.chdir(folder)
    for name, value in {
        "DATABASE_URL": url,
        "DATA_KEYS": key,
        "TIMEZONE": "Europe/Rome",
        "OPERATOR_CHAT_ID": "99",
        "SMTP_URL": "smtp://localhost:2525",
        "MAIL_FROM": "rinnovi@example.com",
    }.items():
        monkeypatch.setenv(name, value)
    root = logging.getLogger()
    before = root.handlers, root.level
    yield Shop(url, key, folder)
    root.handlers, root.level = before
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()
