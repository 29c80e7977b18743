"""Money that went back before its payment is known: by what it is recognised when that comes (DOMAIN.md 8).

A bank's files come in any order, and a transfer that was taken back may be told of before the transfer itself. Until
somebody knows which payment it was, a credit that may be it completes nothing by itself.
"""

from dataclasses import dataclass, replace
from datetime import date

from bot.domain.money import Cents
from bot.domain.statements.entry import StatementEntry
from bot.domain.statements.ids import bank_reference
from bot.domain.statements.names import name_words
from bot.domain.statements.proposal import Heap, Proposal, Reason

_SHORTEST = 3
"""Letters of a word that tells one person from another."""


@dataclass(frozen=True, slots=True)
class Marks:
    """By what two entries of one payment are alike, as they are or blinded.

    Attributes:
        references: the bank's and the payer's.
        people: the account that paid, and the words of its holder's name.
    """

    references: frozenset[str]
    people: frozenset[str]


@dataclass(frozen=True, slots=True)
class WentBack:
    """Money that was taken back, and of which nobody knows yet which payment it was.

    Attributes:
        cents: how much, in `currency`.
        currency: ISO 4217.
        day: on which it was booked: its payment was booked no later.
        marks: by what its payment may be recognised.
        meant: the numbers of what it may have been paid for, as far as its text says.
    """

    cents: Cents
    currency: str
    day: date
    marks: Marks
    meant: frozenset[str] = frozenset()

    def may_be(self, entry: StatementEntry, marks: Marks, number: str) -> bool:
        """Whether it may be this very money that went back.

        A reference, or what was paid, suffices where it is no more than came; a name or an account suffices where it is
        as much; and so does the sum alone where nobody is named.

        Args:
            entry: money that came.
            marks: of the entry, blinded where these are.
            number: what it pays.
        """
        if self.currency != entry.currency or entry.booked_on > self.day:
            return False
        if self.cents <= entry.cents and (
            number in self.meant or not self.marks.references.isdisjoint(marks.references)
        ):
            return True
        people = self.marks.people
        return self.cents == entry.cents and (not people or not people.isdisjoint(marks.people))


def marks_of(entry: StatementEntry) -> Marks:
    """The marks of an entry, as they are."""
    references = {f"bank:{bank_reference(entry)}", f"payer:{entry.end_to_end.upper()}"}
    words = {word for word in name_words(entry.payer) if len(word) >= _SHORTEST}
    people = {f"name:{word}" for word in words} | {f"iban:{entry.payer_iban}"}
    return Marks(frozenset(references - {"bank:", "payer:"}), frozenset(people - {"iban:"}))


def doubted(proposal: Proposal) -> Proposal:
    """What is made of an entry that was certain, or likely, but whose money may have gone back already."""
    return replace(proposal, heap=Heap.LIKELY, reasons=(*proposal.reasons, Reason.TAKEN_BACK))
