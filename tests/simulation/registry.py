"""The lists of actors and of laws, which modules of `actors` and `laws` add themselves to."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.simulation.actions import Lot
    from tests.simulation.life import Life
    from tests.simulation.process import Process

Act = Callable[["Life", "Process", "Lot"], Awaitable[str]]
Judge = Callable[["Life"], Awaitable[list[str]]]


@dataclass(frozen=True, slots=True)
class Actor:
    """Something that happens in a life: `weight` says how often, and `act` tells in words what came of it."""

    name: str
    weight: int
    act: Act


@dataclass(frozen=True, slots=True)
class Law:
    """Something that holds every evening, or the words that say where it does not.

    `needs_work` is true for what cannot hold while no worker works.
    """

    name: str
    judge: Judge
    needs_work: bool


ACTORS: dict[str, Actor] = {}
LAWS: dict[str, Law] = {}


def actor(name: str, weight: int) -> Callable[[Act], Act]:
    """Add a function to the actors; one of weight 0 is only called by name."""

    def add(act: Act) -> Act:
        ACTORS[name] = Actor(name, weight, act)
        return act

    return add


def law(name: str, *, needs_work: bool = False) -> Callable[[Judge], Judge]:
    """Add a function to the laws."""

    def add(judge: Judge) -> Judge:
        LAWS[name] = Law(name, judge, needs_work)
        return judge

    return add


def weights() -> dict[str, int]:
    """How often each actor acts."""
    return {each.name: each.weight for each in ACTORS.values() if each.weight}
