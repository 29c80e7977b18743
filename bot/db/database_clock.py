"""The clock of the database: one for all processes, whatever theirs show."""

from datetime import datetime
from typing import Any

from sqlalchemy import FunctionElement, func, select, type_coerce
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.base import UtcDateTime

_FORMAT = "%Y-%m-%d %H:%M:%f000"
"""As SQLite's moments are stored: with millionths."""


async def database_now(session: AsyncSession) -> datetime:
    """This instant by the clock of the database's machine, whatever the clock of this process shows."""
    shown = type_coerce(clock(session.get_bind().dialect.name), UtcDateTime())
    moment: datetime = (await session.execute(select(shown))).scalar_one()
    return moment


def clock(dialect: str) -> FunctionElement[Any]:
    """The same as a part of a statement, which gives it as moments are stored."""
    return func.clock_timestamp() if dialect == "postgresql" else func.strftime(_FORMAT, "now")
