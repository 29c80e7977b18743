"""SQLite without waiting for the disk: the files of tests need not outlive a failure of the power.

What a killed process has committed is kept all the same, for the machine has it. How the bot itself opens its files is
looked at in tests/db/test_engine.py.
"""

from typing import Any

from bot.db import engine

as_the_bot_does = engine.configure_sqlite
"""Set up a connection as it is set up in earnest."""


def hasten() -> None:
    """Let every engine that this process makes from now on wait for no disk."""
    engine.configure_sqlite = _configure


def _configure(connection: Any, *, foreign_keys: bool = True) -> None:
    as_the_bot_does(connection, foreign_keys=foreign_keys)
    cursor = connection.cursor()
    cursor.execute("PRAGMA synchronous=OFF")
    cursor.close()
