"""The clock of the database: one for all processes, whatever theirs show."""

from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

_FORMAT = "%Y-%m-%d %H:%M:%f"


async def database_now(session: AsyncSession) -> datetime:
    """This instant by the clock of the database's machine, whatever the clock of this process shows."""
    if session.get_bind().dialect.name == "postgresql":
        moment: datetime = (await session.execute(select(func.clock_timestamp()))).scalar_one()
        return moment.astimezone(UTC)
    text: str = (await session.execute(select(func.strftime(_FORMAT, "now")))).scalar_one()
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
