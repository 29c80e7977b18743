"""Telling a database that is away for a moment from one that refuses: the first is worth another try."""

import socket
from collections.abc import Iterator
from typing import Final

from aiogram.exceptions import AiogramError
from aiohttp import ClientError
from sqlalchemy.exc import DBAPIError, InterfaceError
from sqlalchemy.exc import TimeoutError as NoneFree

_AWAY: Final = ("08", "57P01", "57P02", "57P03", "53300", "25P03")
"""What PostgreSQL says of connections: lost, ended by an administrator, crashed, not up yet, too many of them, and that
this process has stood still in the middle of a transaction (`bot.db.postgresql.STILL_FOR`)."""
_LOCKED: Final = "database is locked"
"""What SQLite says when another process has written for longer than we wait."""
_OF_TELEGRAM: Final = (AiogramError, ClientError)
"""It, too, may time out or refuse connections; what had been sent before would be sent again."""


def is_away(error: BaseException) -> bool:
    """Whether the work failed because the database could not be reached, or no connection was left.

    Nothing is wrong with what it was asked: done again later it may well succeed. What was to be committed may have
    been, or not.
    """
    return any(_says_away(each) for each in _causes(error))


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None and not isinstance(error, _OF_TELEGRAM):
        yield error
        if isinstance(error, DBAPIError) and error.orig is not None:
            yield error.orig
            if error.orig.__cause__ is not None:  # the driver's own, which SQLAlchemy has translated
                yield error.orig.__cause__
        error = error.__cause__


def _says_away(error: BaseException) -> bool:
    if isinstance(error, DBAPIError):
        return error.connection_invalidated or isinstance(error, InterfaceError) or _LOCKED in str(error.orig)
    if isinstance(error, NoneFree | ConnectionError | TimeoutError | socket.gaierror):
        return True
    state = getattr(error, "sqlstate", None)  # of asyncpg's errors
    return isinstance(state, str) and state.startswith(_AWAY)
