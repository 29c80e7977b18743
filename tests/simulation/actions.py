"""The actions of a life as data: drawn from a seed alone, so that they can be kept, played again, and left out.

What an action does is decided by its salt and by what there is when its turn comes: any list of actions is a life, and
so is any part of one.
"""

import json
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo

T = TypeVar("T")

ROME: Final = ZoneInfo("Europe/Rome")
BEGINNINGS: Final = (
    datetime(2026, 11, 23, 8, tzinfo=ROME),
    datetime(2026, 12, 14, 8, tzinfo=ROME),  # Christmas and Epiphany
    datetime(2027, 3, 8, 8, tzinfo=ROME),  # Easter, and the hour that is left out
    datetime(2027, 4, 12, 8, tzinfo=ROME),  # 25 April, 1 May
    datetime(2027, 10, 11, 8, tzinfo=ROME),  # the hour that comes twice
    datetime(2028, 2, 7, 8, tzinfo=ROME),  # 29 February
)
"""Days on which lives begin."""
_FEWEST, _MOST = 4, 12
"""Actions of a day."""
_DIES_PERCENT: Final = 5
_TOGETHER_PERCENT: Final = 12


@dataclass(frozen=True, slots=True)
class Action:
    """Something that happens on a day of a life.

    Attributes:
        day: counted from 0.
        minute: of the day, in Rome.
        actor: what happens, by the name of its actor.
        salt: decides everything else about it.
        process: which of the processes has to do with it.
        dies_after: after how many turns of the loop that process is killed; None where it lives.
        together: whether it happens at the same time as the next one of its day.
    """

    day: int
    minute: int
    actor: str
    salt: int
    process: int = 0
    dies_after: int | None = None
    together: bool = False

    @property
    def lot(self) -> "Lot":
        """What decides about its details, from the start each time."""
        return Lot(self.salt)


class Lot(random.Random):
    """Draws what an action leaves open."""

    def percent(self, chance: int) -> bool:
        """Whether something happens that happens so many times in a hundred."""
        return self.randrange(100) < chance

    def one_of(self, found: Sequence[T]) -> T | None:
        """One of these; None of none."""
        return self.choice(found) if found else None


def beginning(seed: int) -> datetime:
    """When the life of a seed begins."""
    return BEGINNINGS[seed % len(BEGINNINGS)]


def draw(seed: int, days: int, weights: Mapping[str, int]) -> list[Action]:
    """The actions of a seed; `weights` says how often each actor acts."""
    lot = Lot(f"actions of {seed}")
    names, shares = list(weights), list(weights.values())
    actions: list[Action] = []
    for day in range(days):
        minutes = sorted(lot.randrange(6 * 60, 24 * 60) for _ in range(lot.randint(_FEWEST, _MOST)))
        actions += [
            Action(
                day=day,
                minute=minute,
                actor=lot.choices(names, shares)[0],
                salt=lot.randrange(1 << 32),
                process=lot.randrange(2),
                dies_after=lot.randrange(160) if lot.percent(_DIES_PERCENT) else None,
                together=lot.percent(_TOGETHER_PERCENT),
            )
            for minute in minutes
        ]
    return actions


def to_json(actions: Iterable[Action]) -> str:
    """The actions as text, one a line."""
    return "\n".join(json.dumps(asdict(action)) for action in actions)


def from_json(text: str) -> list[Action]:
    """The actions that `to_json` wrote."""
    read: list[dict[str, Any]] = [json.loads(line) for line in text.splitlines() if line.strip()]
    return [Action(**each) for each in read]
