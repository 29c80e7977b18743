"""What is foreseen of an import before it writes anything: expiries that would move, mailboxes that would vanish."""

from array import array
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from bot.domain.moves import Move, is_mass


@dataclass(frozen=True, slots=True)
class Moved:
    """A row that would move the expiry of its mailbox unusually: from `has` to `said`. The address is personal data."""

    line: int
    address: str
    has: date
    said: date
    move: Move


@dataclass(frozen=True, slots=True)
class Vanished:
    """A mailbox that a complete file does not name, and what hangs on it. The address is personal data.

    Attributes:
        id: the mailbox's.
        address: its PEC address.
        customer: the operator's code of its owner.
        plan_id: its plan.
        expires_on: its expiry.
        automatic: whether it renews itself.
        order: the number of the order that awaits payment for it.
        unseen: the number of the order by which it was renewed and paid, where no file has shown that yet.
    """

    id: int
    address: str
    customer: str
    plan_id: str
    expires_on: date
    automatic: bool
    order: str | None
    unseen: str | None

    @property
    def at_stake(self) -> bool:
        """Whether somebody may still pay for it, or has."""
        return self.automatic or self.order is not None or self.unseen is not None


@dataclass(slots=True)
class Foresight:
    """What an import would do at large.

    Attributes:
        compared: mailboxes of the database whose expiry the file gives.
        back: those whose expiry would move back; `far` those where it would move forward by over a year.
        examples: the first three of both.
        complete: whether the file names all mailboxes that there are, by the operator's word.
        nameless: rows of a complete file whose address cannot be read, so that nobody knows what vanishes.
        living: mailboxes that are named, or could be: neither deleted by their dates nor marked gone.
        vanished: the ids of those that a complete file does not name; `first_vanished` the first of them.
    """

    complete: bool = False
    compared: int = 0
    back: int = 0
    far: int = 0
    examples: list[Moved] = field(default_factory=list)
    nameless: int = 0
    living: int = 0
    vanished: "array[int]" = field(default_factory=lambda: array("q"))
    first_vanished: list[Vanished] = field(default_factory=list)

    @property
    def moves_many(self) -> bool:
        """Whether so many expiries would move unusually that a person has to say so."""
        return is_mass(self.back + self.far, self.compared)

    @property
    def many_vanish(self) -> bool:
        """Whether so many mailboxes would vanish that the file is hardly all there is."""
        return is_mass(len(self.vanished), self.living)

    @property
    def needs_consent(self) -> bool:
        """Whether nothing is done before a person has agreed."""
        return self.moves_many or bool(self.vanished)


Consent = Callable[[Foresight], bool]
"""Asks a person whether the import shall do what is foreseen."""
