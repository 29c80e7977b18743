"""What leaves the bot is sent at least once, and twice only where decision 005 says so."""

from collections import defaultdict
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.db.tables import OutboxRow
from tests.simulation.journal import Carried
from tests.simulation.registry import law

if TYPE_CHECKING:
    from tests.simulation.life import Life

_WAITING = frozenset({"due", "claimed"})


_REWRITTEN = ("card:", "confirmation:")
"""How the keys begin of what takes the place of a message, or of none where that is gone: nothing new arrives."""


@law("nothing is sent twice but over a death")
async def copies(life: "Life") -> list[str]:
    """A message or a mail arrives a second time only if who sent it died before it could note that; an event may."""
    by_row: defaultdict[tuple[int, str], list[Carried]] = defaultdict(list)
    for each in life.journal.carried:
        if each.arrived and each.channel != "event":
            by_row[each.row, each.key].append(each)  # SQLite gives the numbers of rows that are gone again
    deaths = life.journal.deaths
    return [
        f"{later.key} arrived again, though who sent it lived"
        for arrivals in by_row.values()
        for first, later in pairwise(arrivals)
        if not first.at < deaths.get(first.by, 0) < later.at
    ]


@law("an event has the same id whenever it comes")
async def events(life: "Life") -> list[str]:
    """So that who gets it twice knows."""
    first: dict[str, object] = {}
    for event_id, body in life.weather.told:
        if first.setdefault(event_id, body) != body:
            return [f"{event_id} says two things"]
    return []


@law("what is noted as sent has arrived, and nothing stays behind", needs_work=True)
async def outcomes(life: "Life") -> list[str]:
    """What the other side never had is not `sent`; what a process was told has arrived is not noted otherwise."""
    async with life.database.read() as session:
        rows = list(await session.scalars(select(OutboxRow).order_by(OutboxRow.id)))
    arrived = {each.row for each in life.journal.carried if each.arrived}
    tried = {each.row for each in life.journal.carried}
    now = life.clock.now()
    wrong = []
    for row in rows:
        if row.state == "sent" and row.id not in arrived and not row.key.startswith(_REWRITTEN):
            wrong.append(f"{row.key} is noted as sent and nobody has it")
        if row.state == "unknown" and row.id not in tried:
            wrong.append(f"{row.key} is noted as unknown and was never tried")
        if row.state in _WAITING and row.due_at < now - timedelta(hours=1):
            wrong.append(f"{row.key} is {row.state} since {row.due_at}")
    # What was sent to a chat goes with that chat's data, on demand; all else stays.
    lost = {each.row for each in life.journal.carried if each.channel != "telegram"} - {
        row.id for row in rows
    }
    return wrong + [f"row {number} was carried and is gone" for number in lost]
