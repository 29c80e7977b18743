"""Locks for what has no row yet."""

from typing import Final

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

_IMPORTS: Final = 0x494D504F
"""The advisory lock of the imports on PostgreSQL."""


async def wait_for_other_imports(session: AsyncSession) -> None:
    """Let the batches of two imports follow each other: what one reads, the other has written or will read.

    Whoever deletes what an import may bring waits here too. SQLite has one writer anyway.
    """
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(select(func.pg_advisory_xact_lock(_IMPORTS)))


async def hold(session: AsyncSession, name: str) -> None:
    """Hold `name` until the transaction ends; whoever else asks for the same name waits until then.

    SQLite has one writer at a time anyway. On PostgreSQL the name is hashed to 64 bits: should two names ever share
    a hash, one waits for the other without need, and nothing worse.
    """
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))
