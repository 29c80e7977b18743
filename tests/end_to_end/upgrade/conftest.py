"""A database as the first release wrote it, on SQLite and on PostgreSQL, brought up to date; and its open chats.

`first_release.sql` is its SQLite file in statements, at its last migration, with keys, chats, and the numbers of orders
beside it in `first_release.json`: people who do not exist had renewals and orders under way when it was stopped, and
much was still to be sent. It was written by that release itself, through its chats and services, and is never written
anew: rows like these are in use.
"""

import asyncio
import json
import shutil
import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from aiogram import Bot
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from sqlalchemy import (
    Boolean,
    Connection,
    Date,
    DateTime,
    LargeBinary,
    MetaData,
    Table,
    create_engine,
    make_url,
    text,
)
from sqlalchemy.ext.asyncio import create_async_engine

from bot.app import Conversation, Told
from bot.db.keys import KeyRing
from bot.db.upgrade import upgrade
from bot.db.url import parse_database_url
from bot.playground.updates import UpdateQueue
from bot.playground.world import World
from tests.support.chat import Chat
from tests.support.databases import PostgresqlDatabases
from tests.support.long_runs import long
from tests.support.till import EVERYBODY

LEFT_BEHIND: dict[str, Any] = json.loads(
    Path(__file__).with_name("first_release.json").read_text(encoding="utf-8")
)
_SQL = Path(__file__).with_name("first_release.sql")
_LAST_MIGRATION = "0003"
_LATER = 1_900_000_000
"""Numbers of updates and messages that come after all that the first release saw."""


@pytest.fixture
def keys() -> KeyRing:
    """The keys of the first release."""
    return KeyRing([LEFT_BEHIND["key"]])


@pytest.fixture
def who_is_told() -> Told:
    """Everybody, as then."""
    return EVERYBODY


@pytest.fixture(scope="session")
def left_behind(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The SQLite file that the first release left behind."""
    path = tmp_path_factory.mktemp("first_release") / "left.db"
    file = sqlite3.connect(path)
    file.executescript(_SQL.read_text(encoding="utf-8"))
    file.close()
    return path


@pytest.fixture(scope="session")
def up_to_date(left_behind: Path) -> Path:
    """The same, brought up to date."""
    path = left_behind.with_name("up_to_date.db")
    shutil.copy(left_behind, path)
    asyncio.run(upgrade(f"sqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def moved_up_to_date(postgresql_databases: PostgresqlDatabases, left_behind: Path) -> Iterator[str]:
    """The name of a PostgreSQL database with the same, for others to be copied from."""
    with postgresql_databases.new(empty=True) as url:
        asyncio.run(_moved(left_behind, url))
        yield str(make_url(url).database)


@pytest.fixture(params=["sqlite", *long("postgresql")])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of what the first release left behind, brought up to date."""
    if request.param == "sqlite":
        path = tmp_path / "left.db"
        shutil.copy(request.getfixturevalue("up_to_date"), path)
        yield f"sqlite:///{path}"
        return
    databases: PostgresqlDatabases = request.getfixturevalue("postgresql_databases")
    with databases.copied(request.getfixturevalue("moved_up_to_date")) as url:
        yield url


async def _moved(path: Path, url: str) -> None:
    """Take the rows of an SQLite file over into an empty PostgreSQL database, as they are, and bring it up to date."""
    await upgrade(url, _LAST_MIGRATION)
    engine = create_async_engine(parse_database_url(url))
    async with engine.begin() as connection:
        await connection.run_sync(lambda each: _copy(path, each))
    await engine.dispose()
    await upgrade(url)


def _copy(path: Path, there: Connection) -> None:
    tables = MetaData()
    tables.reflect(there)
    file = create_engine(f"sqlite:///{path}")
    with file.connect() as here:
        for table in tables.sorted_tables:
            if table.name == "alembic_version":
                continue
            rows = here.execute(text(f'SELECT * FROM "{table.name}"')).mappings()
            records = [{name: _value(table, name, value) for name, value in row.items()} for row in rows]
            if records:
                there.execute(table.insert(), records)
            if "id" in table.c and table.c.id.autoincrement and there.scalar(_SEQUENCE, {"name": table.name}):
                there.execute(_COUNT_ON, {"name": table.name, "id": max(each["id"] for each in records)})
    file.dispose()


_SEQUENCE = text("SELECT pg_get_serial_sequence(:name, 'id')")
_COUNT_ON = text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :id)")


def _value(table: Table, name: str, value: Any) -> Any:
    """A value of SQLite as PostgreSQL's driver wants it."""
    kind = table.c[name].type
    if value is None or isinstance(kind, LargeBinary):
        return value
    if isinstance(kind, DateTime):
        return datetime.fromisoformat(value).replace(tzinfo=UTC)
    if isinstance(kind, Date):
        return date.fromisoformat(value)
    if isinstance(kind, Boolean):
        return bool(value)
    return json.loads(value) if kind.__class__.__name__ in {"JSON", "JSONB"} else value


@pytest.fixture
async def chats(world: World, bot: Bot, conversation: Conversation) -> dict[str, Chat]:
    """The chats, in which the screens of the first release still stand."""
    found = {}
    for name, chat_id in LEFT_BEHIND["chats"].items():
        world.open_chat(chat_id, "Prova", "it")
        world.chat(chat_id).started = True
        for screen in LEFT_BEHIND["screens"][str(chat_id)]:
            world._state.message_ids = count(screen["id"])
            rows = [
                [InlineKeyboardButton(text=each["text"], callback_data=each.get("data", "-")) for each in row]
                for row in screen["buttons"]
            ]
            await bot.send_message(
                chat_id,
                screen["text"],
                parse_mode=None,
                reply_markup=InlineKeyboardMarkup(inline_keyboard=rows) if rows else None,
            )
        found[name] = Chat(world, bot, conversation, chat_id)
    world._state.message_ids = count(_LATER)
    world._state.updates = UpdateQueue(_LATER)
    return found
