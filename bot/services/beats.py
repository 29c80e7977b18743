"""That the workers are alive, as any process of the bot can see it: what they do again and again, they note.

It is noted by the clock of the database, and its age is counted by the same one.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import Clock
from bot.db.database_clock import database_now
from bot.db.engine import Database
from bot.db.tables_ground import NoteRow
from bot.db.upsert import upsert

BEAT_EVERY: Final = timedelta(seconds=10)
"""How often a worker notes that it looks for work."""
_TICK, _PLANNING = "worker-tick", "worker-planning"


@dataclass(frozen=True, slots=True)
class Life:
    """What the newest notes of all workers say.

    Attributes:
        now: this instant, by the clock that they were noted by.
        tick: when one last looked for work; None before the first time.
        planning: when one last planned reminders, which happens in their hours.
    """

    now: datetime
    tick: datetime | None
    planning: datetime | None


class Beats:
    """Notes and reads them."""

    def __init__(self, database: Database, clock: Clock | None = None) -> None:
        """Keep them in `database`; its own clock counts, unless another is given."""
        self._database = database
        self._clock = clock

    async def tick(self) -> None:
        """A worker looks for work."""
        await self._note(_TICK)

    async def planned(self) -> None:
        """A worker has planned the reminders that are due."""
        await self._note(_PLANNING)

    async def newest(self) -> Life:
        """What was noted last."""
        async with self._database.read() as session:
            rows = await session.execute(
                select(NoteRow.name, NoteRow.text).where(NoteRow.name.in_((_TICK, _PLANNING)))
            )
            noted = {name: datetime.fromisoformat(text) for name, text in rows}
            return Life(await self._now(session), noted.get(_TICK), noted.get(_PLANNING))

    async def _note(self, name: str) -> None:
        async with self._database.write() as session:
            now = await self._now(session)
            await upsert(session, NoteRow, [{"name": name, "text": now.isoformat()}])

    async def _now(self, session: AsyncSession) -> datetime:
        return await database_now(session) if self._clock is None else self._clock.now()
