"""What the processes of one bot say of themselves to each other about the messages that they send.

Each has a row, good for a lease that is counted by the clock of whoever keeps the rows, so that the clocks of the
processes need not agree. All of it is read and one's own row is written in one step, one process after the other.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import delete, select

from bot.db.database_clock import database_now
from bot.db.engine import Database
from bot.db.named_locks import hold
from bot.db.tables_ground import SpeakerRow
from bot.db.upsert import upsert

_LOCK = "ceiling"


@dataclass(frozen=True, slots=True)
class Share:
    """One process.

    Attributes:
        process: its name, unlike any other's.
        held: places that it uses, or may use.
        talking: places that it needs for what somebody waits for: for conversations, and for some of what it pushes.
        pushing: whether it has something to push.
        pause: seconds for which Telegram wants to hear nothing, as far as it knows.
    """

    process: str
    held: int
    talking: int
    pushing: bool
    pause: float = 0.0


class Shares(Protocol):
    """Where the rows are kept."""

    async def exchange(self, decide: Callable[[Sequence[Share]], Share], lease: timedelta) -> None:
        """Give `decide` the rows of all processes whose lease runs, one's own among them, and keep what it returns."""
        ...

    async def leave(self, process: str) -> None:
        """Forget a process that ends."""
        ...

    async def close(self) -> None:
        """Close what was opened."""
        ...


class SqlShares:
    """The rows in the bot's own database."""

    def __init__(self, database: Database) -> None:
        """Use a started database."""
        self._database = database

    async def exchange(self, decide: Callable[[Sequence[Share]], Share], lease: timedelta) -> None:
        """As `Shares`; the lease is counted by the database's clock."""
        async with self._database.write() as session:
            await hold(session, _LOCK)
            now = await database_now(session)
            rows = (await session.execute(select(SpeakerRow))).scalars().all()
            alive = [row for row in rows if row.good_until > now]
            mine = decide([_share(row, now) for row in alive])
            await upsert(
                session,
                SpeakerRow,
                [
                    {
                        "process": mine.process,
                        "held": mine.held,
                        "talking": mine.talking,
                        "pushing": mine.pushing,
                        "paused_until": now + timedelta(seconds=mine.pause),
                        "good_until": now + lease,
                    }
                ],
            )
            if len(alive) < len(rows):
                await session.execute(delete(SpeakerRow).where(SpeakerRow.good_until <= now))

    async def leave(self, process: str) -> None:
        """As `Shares`."""
        async with self._database.write() as session:
            await session.execute(delete(SpeakerRow).where(SpeakerRow.process == process))

    async def close(self) -> None:
        """The database is whoever's opened it."""


def _share(row: SpeakerRow, now: datetime) -> Share:
    pause = max((row.paused_until - now).total_seconds(), 0.0)
    return Share(row.process, row.held, row.talking, row.pushing, pause)
