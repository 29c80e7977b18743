"""Locks for what has no row yet."""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession


async def hold(session: AsyncSession, name: str) -> None:
    """Hold `name` until the transaction ends; whoever else asks for the same name waits until then.

    SQLite has one writer at a time anyway. On PostgreSQL the name is hashed to 64 bits: should two names ever share
    a hash, one waits for the other without need, and nothing worse.
    """
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))
