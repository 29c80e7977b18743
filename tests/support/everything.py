"""All that a database holds, opened: to look for words that ought to be there no more."""

from sqlalchemy import select

from bot.db.base import Base
from bot.db.engine import Database


async def everything(database: Database) -> dict[str, str]:
    """The values of all rows of each table, in one text."""
    found = {}
    async with database.read() as session:
        for name, table in Base.metadata.tables.items():
            rows = await session.execute(select(table))
            found[name] = "\n".join(repr(tuple(row)) for row in rows)
    return found


def where(found: dict[str, str], word: str) -> set[str]:
    """The tables in which a word stands."""
    return {name for name, text in found.items() if word in text}
