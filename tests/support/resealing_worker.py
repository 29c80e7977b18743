"""`keys rotate` as a process of its own, which is killed in the middle of what it writes.

``python -m tests.support.resealing_worker``, with all it needs in its environment: `DIE_AFTER` is the number of the
changing statement after which it ends by SIGKILL, inside of the transaction; without it, it comes to its end.
"""

import asyncio
import os
import signal
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine, event

from bot.db import sealed_columns
from bot.db.engine import Database
from bot.db.keys import KeyRing
from bot.db.resealing import Resealing

_CHANGES = ("INSERT", "UPDATE", "DELETE")


def die_after(statements: int) -> None:
    """End by SIGKILL once so many changing statements were carried out, before they are committed."""
    left = statements

    def count(_: Any, __: Any, statement: str, *___: Any) -> None:
        nonlocal left
        left -= statement.lstrip().upper().startswith(_CHANGES)
        if left <= 0:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "after_cursor_execute", count)


async def main() -> None:
    """Seal anew, two rows in a transaction."""
    sealed_columns.BATCH = 2  # type: ignore[misc] # so that few rows are many transactions
    database = Database(os.environ["DATABASE_URL"], KeyRing.parse(os.environ["DATA_KEYS"]))
    await database.start()
    if "DIE_AFTER" in os.environ:
        die_after(int(os.environ["DIE_AFTER"]))
    await Resealing(database, None).run(datetime.now(UTC))
    await database.dispose()


if __name__ == "__main__":
    asyncio.run(main())
