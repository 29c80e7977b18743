"""The bench of whole renewals at a small scale: reminders come, and orders are placed. Nothing is timed here."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.db.tables import OrderRow
from tests.load.renewals import measure
from tests.load.stage.preparing import Ground, catalogue_of_all_hours, new_sqlite
from tests.load.stage.ways import LONG_WAY, SHORT_WAY
from tests.support import births

pytestmark = pytest.mark.soak


async def test_everybody_who_is_reminded_renews(tmp_path: Path) -> None:
    ground = Ground(new_sqlite(tmp_path), catalogue_of_all_hours(tmp_path))
    found = await measure("rinnovo", ground, tmp_path, at_once=2, alone=1, starter=births.start)
    assert (found.at_once.taps, found.alone.taps) == (len(SHORT_WAY), len(LONG_WAY))
    assert min(found.reminded, found.at_once.cpu, found.alone.cpu) > 0
    async with ground.open() as (database, _), database.read() as session:
        assert await session.scalar(select(func.count()).select_from(OrderRow)) == 3
