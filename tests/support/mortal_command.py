"""`python -m bot` that dies by SIGKILL between two of its transactions, once so many rows are counted.

``python -m tests.support.mortal_command words`` runs it with these words. Its environment says what is counted
(`DIES_COUNTING`, a query), in which SQLite file (`DIES_IN`), and how many are enough (`DIES_AT`).
"""

import os
import runpy
import signal
import sqlite3
from contextlib import closing

from sqlalchemy import Engine, event


def look(_connection: object) -> None:
    """A transaction begins: end here, if what the one before it has written is enough."""
    with closing(sqlite3.connect(os.environ["DIES_IN"])) as looking:
        (rows,) = looking.execute(os.environ["DIES_COUNTING"]).fetchone()
    if rows >= int(os.environ["DIES_AT"]):
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    event.listen(Engine, "begin", look)
    runpy.run_module("bot", run_name="__main__", alter_sys=True)
