"""The operator's bank, played: it gives statements of what awaits payment, and they are imported as an operator would.

Who knows the orders, and can import, is handed in: the playground itself reaches the bot over HTTP alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Form(StrEnum):
    """The forms in which the bank gives statements."""

    CAMT = "camt"
    CBI = "cbi"


@dataclass(frozen=True, slots=True)
class StatementFile:
    """A statement that was written.

    Attributes:
        name: of the file, by which it is imported.
        path: where it is.
        orders: how many waiting orders it pays.
    """

    name: str
    path: str
    orders: int


@dataclass(frozen=True, slots=True)
class StatementTaken:
    """What became of a statement that was imported.

    Attributes:
        heaps: how many entries there are of each kind, those of which there is none left out.
        registered: payments that were registered of it.
        waiting: entries that wait for the operator.
        again: it had been imported before, and changed nothing.
    """

    heaps: Mapping[str, int]
    registered: int
    waiting: int
    again: bool


class Bank(Protocol):
    """Writes statements, and imports them."""

    async def write(self, form: Form) -> StatementFile:
        """Write a statement in which every order that awaits payment is paid, among other things."""
        ...

    async def awaited(self) -> Mapping[str, int]:
        """The cents that each order asks for now, by its number; collective numbers among them."""
        ...

    async def take(self, name: str) -> StatementTaken:
        """Import a statement that was written.

        Raises:
            PlaygroundError: there is none of that name, or it cannot be read.
        """
        ...
