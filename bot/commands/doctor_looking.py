"""How checks of the `doctor` look into the database."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

from bot.commands.doctor_outcomes import Off

if TYPE_CHECKING:
    from bot.db.engine import Database
    from bot.services.surroundings import Surroundings
    from bot.settings import Settings

T = TypeVar("T")


async def looking(settings: "Settings", look: "Callable[[Database, Surroundings], Awaitable[T]]") -> "T":
    """Look into the database; whether it can be read at all is said by its own check."""
    from sqlalchemy.exc import SQLAlchemyError

    from bot.clock import SystemClock
    from bot.db.engine import Database, SchemaMissing
    from bot.db.keys import KeyRingError
    from bot.db.upgrade import needs_upgrade
    from bot.services.catalogue.file import CatalogueError, load_catalogue
    from bot.services.surroundings import Surroundings

    url = settings.database_url.get_secret_value()
    if settings.data_keys is None:
        raise Off("not opened without DATA_KEYS")
    try:
        surroundings = Surroundings(load_catalogue(settings.catalogue), SystemClock(), settings.timezone)
        if await needs_upgrade(url):
            raise Off("not opened before the database is up to date")
        database = Database(url, settings.key_ring())
        try:
            await database.start()
            return await look(database, surroundings)
        finally:
            await database.dispose()
    except (CatalogueError, SchemaMissing, KeyRingError, SQLAlchemyError, OSError) as error:
        raise Off("not opened without catalogue and database") from error
