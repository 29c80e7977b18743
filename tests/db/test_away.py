"""A database that is away is told from one that refuses, and who stands still keeps no row from the others."""

import asyncio
import sqlite3

import asyncpg
import pytest
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import GetMe
from aiohttp import ClientConnectionError, ServerTimeoutError
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from bot.db import postgresql
from bot.db.away import is_away
from bot.db.postgresql import postgresql_engine
from bot.db.url import parse_database_url
from tests.support.databases import PostgresqlDatabases


def caused(error: Exception, cause: BaseException) -> Exception:
    """The one error, which came of the other."""
    error.__cause__ = cause
    return error


def of_telegram(cause: BaseException) -> Exception:
    """Telegram could not be reached."""
    return caused(TelegramNetworkError(GetMe(), "it does not answer"), cause)


@pytest.mark.parametrize(
    "error",
    [
        ConnectionRefusedError(),
        TimeoutError(),
        asyncpg.CannotConnectNowError("the database system is starting up"),
        asyncpg.TooManyConnectionsError("sorry, too many clients already"),
        OperationalError("SELECT 1", {}, sqlite3.OperationalError("database is locked")),
        DBAPIError("SELECT 1", {}, Exception(), connection_invalidated=True),
        caused(LookupError("of ours"), ConnectionResetError()),
    ],
)
def test_a_database_that_is_away_may_be_asked_again(error: Exception) -> None:
    assert is_away(error)


@pytest.mark.parametrize(
    "error",
    [
        LookupError("of ours"),
        FileNotFoundError("a picture"),
        IntegrityError("INSERT", {}, sqlite3.IntegrityError("UNIQUE constraint failed")),
        OperationalError("SELECT 1", {}, sqlite3.OperationalError("no such table: away")),
        asyncpg.UndefinedColumnError("column away does not exist"),
        of_telegram(TimeoutError()),
        of_telegram(caused(ClientConnectionError(), ConnectionRefusedError())),
        caused(LookupError("of ours"), of_telegram(ConnectionResetError())),
        ServerTimeoutError(),
    ],
)
def test_what_would_fail_again_is_not_asked_again(error: Exception) -> None:
    assert not is_away(error)


def test_who_stands_still_in_a_transaction_loses_what_it_has_locked(
    postgresql_databases: PostgresqlDatabases,
) -> None:
    async def two(url: str) -> None:
        engine = postgresql_engine(parse_database_url(url))
        lock = text("SELECT pg_advisory_xact_lock(1)")
        async with asyncio.timeout(60):
            still = await engine.connect()
            assert await still.scalar(text(f"SHOW {postgresql.STILL}")) == "8s"
            await still.execute(lock)
            await still.execute(
                text(f"SET LOCAL {postgresql.STILL} = 100")
            )  # so long it has stood still already
            async with engine.begin() as other:
                await other.execute(lock)
            with pytest.raises(DBAPIError) as lost:
                await still.execute(text("SELECT 1"))
            assert is_away(lost.value)
            await still.invalidate()
            await still.close()
        await engine.dispose()

    with postgresql_databases.new() as url:
        asyncio.run(two(url))
