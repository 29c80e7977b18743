"""Write the next migration from what the tables say: `python -m bot.db.migrations "add a column"`.

The draft is made against a throw-away SQLite file that holds all earlier steps. Read it before keeping it.
"""

import asyncio
import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from bot.db.engine import sqlite_engine
from bot.db.upgrade import MIGRATIONS, alembic_config, upgrade
from bot.db.url import parse_database_url


async def draft(message: str) -> None:
    """Write the step that leads from the migrations there are to the tables there are."""
    number = len(list(ScriptDirectory(str(MIGRATIONS)).walk_revisions())) + 1
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'draft.db'}"
        await upgrade(url)
        engine = sqlite_engine(parse_database_url(url), begin="BEGIN IMMEDIATE", foreign_keys=False)

        def write(connection: Connection) -> None:
            command.revision(alembic_config(connection), message, autogenerate=True, rev_id=f"{number:04d}")

        async with engine.begin() as connection:
            await connection.run_sync(write)
        await engine.dispose()


asyncio.run(draft(sys.argv[1]))
