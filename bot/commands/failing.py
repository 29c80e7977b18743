"""What ends a command is said in one line: which neighbour is away, or what is wrong with what was set."""

import errno
import sys
from typing import Final, NamedTuple

REFUSED: Final = 1
WRONG_SETTINGS: Final = 2


class Told(NamedTuple):
    """The line, and the code with which the command exits."""

    line: str
    code: int


def in_one_line(error: BaseException) -> Told | None:
    """Say what an error means to an operator; None for one that nobody foresaw, which is worth its traceback.

    Only libraries that were loaded already are looked into: an error of another cannot have come.
    """
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    if isinstance(error, BrokenPipeError):
        return None  # whoever read what is printed has read enough, as `head` does: no neighbour's fault
    return _of_ours(error) or _of_redis(error) or _of_telegram(error) or _of_the_database(error)


def _of_ours(error: BaseException) -> Told | None:
    from bot.db.engine import SchemaMissing
    from bot.db.keys import KeyRingError
    from bot.db.postgresql import CertificateUnreadable
    from bot.db.upgrade import BrokenReferences, TableHeld
    from bot.services.catalogue.file import CatalogueError

    if isinstance(error, CatalogueError | SchemaMissing | KeyRingError | CertificateUnreadable):
        return Told(str(error), WRONG_SETTINGS)
    if isinstance(error, BrokenReferences | TableHeld):
        return Told(str(error), REFUSED)
    return None


def _of_redis(error: BaseException) -> Told | None:
    if "redis.exceptions" not in sys.modules:
        return None
    from redis.exceptions import RedisError

    if isinstance(error, RedisError):
        return Told(f"Redis does not answer ({_said(error)}): check REDIS_URL, or try again later", REFUSED)
    return None


def _of_telegram(error: BaseException) -> Told | None:
    if "aiogram" not in sys.modules:
        return None
    from aiogram.exceptions import TelegramAPIError, TelegramNotFound, TelegramUnauthorizedError

    if isinstance(error, TelegramUnauthorizedError | TelegramNotFound):
        return Told("Telegram does not know BOT_TOKEN: take it from @BotFather once more", WRONG_SETTINGS)
    if isinstance(error, TelegramAPIError):
        return Told(f"Telegram does not answer ({error.message}): try again later", REFUSED)
    return None


def _of_the_database(error: BaseException) -> Told | None:
    from sqlalchemy.exc import DBAPIError, SQLAlchemyError

    if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
        return Told("The port is taken: another process listens there, or choose another with PORT", REFUSED)
    if not isinstance(error, SQLAlchemyError | OSError):
        return None
    # SQLAlchemy's own message would add the values of the statement.
    cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    return Told(f"The database does not answer: {_said(cause)}", REFUSED)


def _said(error: BaseException) -> str:
    return " ".join(str(error).split()) or type(error).__name__
