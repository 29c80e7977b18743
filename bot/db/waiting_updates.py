"""Updates in progress that the bot keeps itself, since Telegram was told that they are received."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, select

from bot.clock import Clock
from bot.db.engine import Database
from bot.db.tables_ground import WaitingUpdateRow
from bot.db.upsert import insert_all_absent


class WaitingUpdates:
    """Those of one bot, as Telegram sent them, in `waiting_update`."""

    def __init__(self, database: Database, clock: Clock, bot_id: int) -> None:
        """Use a started database."""
        self._database = database
        self._clock = clock
        self._bot_id = bot_id

    async def put(self, updates: Sequence[dict[str, Any]]) -> None:
        """Keep these, all or none; one that is there already stays as it is."""
        now = self._clock.now()
        rows = [
            {"bot_id": self._bot_id, "update_id": update["update_id"], "data": update, "received_at": now}
            for update in updates
        ]
        async with self._database.write() as session:
            await insert_all_absent(session, WaitingUpdateRow, rows)

    async def read(self) -> list[dict[str, Any]]:
        """Return those that are kept, the oldest first."""
        wanted = (
            select(WaitingUpdateRow.data)
            .where(WaitingUpdateRow.bot_id == self._bot_id)
            .order_by(WaitingUpdateRow.update_id)
        )
        async with self._database.read() as session:
            return list(await session.scalars(wanted))

    async def drop(self, update_ids: Sequence[int]) -> None:
        """Forget these: they were processed."""
        gone = delete(WaitingUpdateRow).where(
            WaitingUpdateRow.bot_id == self._bot_id, WaitingUpdateRow.update_id.in_(update_ids)
        )
        async with self._database.write() as session:
            await session.execute(gone)
