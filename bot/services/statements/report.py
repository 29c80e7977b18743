"""What became of a statement, in numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.domain.money import CURRENCY, Cents
from bot.domain.payments import PaymentOutcome
from bot.domain.statements.entry import StatementEntry
from bot.domain.statements.proposal import Heap


@dataclass(slots=True)
class Pile:
    """A heap: how many entries, and what those in euros add up to, in cents."""

    entries: int = 0
    cents: Cents = 0

    def add(self, entry: StatementEntry) -> None:
        """Put an entry on it."""
        self.entries += 1
        self.cents += entry.cents if entry.currency == CURRENCY else 0

    def take(self, entry: StatementEntry) -> None:
        """Take an entry from it."""
        self.entries -= 1
        self.cents -= entry.cents if entry.currency == CURRENCY else 0


@dataclass(slots=True)
class Counts:
    """What was found in a file.

    Attributes:
        heaps: each with what was put on it; entries that were known are on none.
        known: entries that were known before, from another file or another source of the same payment id.
        aside: debits, and what is not booked.
    """

    heaps: dict[Heap, Pile] = field(default_factory=lambda: {heap: Pile() for heap in Heap})
    known: int = 0
    aside: int = 0

    @property
    def entries(self) -> int:
        """How many entries the file has."""
        return sum(pile.entries for pile in self.heaps.values()) + self.known + self.aside

    @property
    def waiting(self) -> int:
        """How many of them are for a person."""
        for_a_person = (Heap.LIKELY, Heap.PROBABLY_SAME, Heap.UNKNOWN)
        return sum(self.heaps[heap].entries for heap in for_a_person)

    def to_json(self) -> dict[str, Any]:
        """What `read` reads."""
        heaps = {heap.value: [pile.entries, pile.cents] for heap, pile in self.heaps.items()}
        return {"heaps": heaps, "known": self.known, "aside": self.aside}

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> "Counts":
        """Read what `to_json` wrote; of a file that was not read yet there is nothing."""
        if not stored:
            return cls()
        heaps = {heap: Pile(*stored["heaps"].get(heap.value, (0, 0))) for heap in Heap}
        return cls(heaps, stored["known"], stored["aside"])


@dataclass(frozen=True, slots=True)
class Registered:
    """Payments that were registered from a statement: how many by their outcome, and their sum in cents."""

    outcomes: Mapping[PaymentOutcome, int]
    cents: Cents

    @property
    def payments(self) -> int:
        """How many there are."""
        return sum(self.outcomes.values())


@dataclass(frozen=True, slots=True)
class StatementReport:
    """What a run made of a file.

    Attributes:
        statement_id: its number, None after a dry run.
        name: of the file.
        format: of the file, for people.
        dry_run: nothing was written.
        taken_before: when it had been taken already, an instant in UTC; then this run changed nothing, unless it was
            told to register what is likely. None where this run took it.
        counts: what is in it.
        registered: what was registered of it, by whichever run.
        confirmed: how many likely entries this run registered, as it was told to.
        waiting: how many of its entries wait for a person now.
    """

    statement_id: int | None
    name: str
    format: str
    dry_run: bool
    taken_before: datetime | None
    counts: Counts
    registered: Registered
    confirmed: int
    waiting: int
