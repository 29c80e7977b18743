"""What the entries of a statement may pay, so kept that each question about an entry is one look (DOMAIN.md 8)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bot.domain.money import Cents
from bot.domain.orders import OrderStatus
from bot.domain.statements.addresses import AddressIndex
from bot.domain.statements.names import NameIndex

SAME_WITHIN: Final = timedelta(days=3)
"""Two sources that tell of the same amount for one order within so many days probably tell of one payment."""


@dataclass(frozen=True, slots=True)
class Told:
    """Money that a source has told of: `cents` of it, and the day on which it was booked, or registered.

    Attributes:
        source: where the report of it came from: `callback`, `command`, or a statement with its format, `camt.053`.
    """

    cents: Cents
    source: str
    day: date

    def is_probably(self, other: "Told") -> bool:
        """Whether another source tells of the same money: as much, within a few days."""
        return (
            self.cents == other.cents
            and self.source != other.source
            and abs(self.day - other.day) <= SAME_WITHIN
        )


@dataclass(frozen=True, slots=True)
class PastPayment:
    """Money for an order that the ledger holds already.

    Attributes:
        payment_id: its id in the ledger.
        cents: what of it is here: what came, without what went back since.
        source: which source told of it (`Told.source`).
        day: the day on which it was booked, or registered.
        reference: the bank's own reference, empty where none is known.
        end_to_end: the reference that its payer gave, empty where none is known.
        returns: what of it went back since.
    """

    payment_id: str
    cents: Cents
    source: str
    day: date
    reference: str = ""
    end_to_end: str = ""
    returns: tuple[Told, ...] = ()

    @property
    def told(self) -> Told:
        """What came of it, all of it, as its source told."""
        return Told(self.cents + sum(each.cents for each in self.returns), self.source, self.day)


@dataclass(frozen=True, slots=True)
class Payable:
    """What a payer may mean: an order, or a collective number.

    Attributes:
        number: as it is stored.
        status: how it stands today. A collective number awaits payment while any of its orders does. What can no
            longer save its mailboxes has expired, whether or not that was stored already (`progress_of`).
        missing: cents that are asked for now; 0 once nothing is.
        names: of whoever may pay it, as they are written: its holder, the customer; of all its orders', where it is a
            collective number.
        addresses: of its mailboxes.
        members: the numbers of its orders, where it is a collective number.
        payments: what was paid for it so far, by whatever source.
    """

    number: str
    status: OrderStatus
    missing: Cents
    names: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    payments: tuple[PastPayment, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether money is asked for."""
        return self.status is OrderStatus.AWAITING_PAYMENT and self.missing > 0

    def asks_for(self, cents: Cents) -> bool:
        """Whether exactly this is asked for."""
        return self.is_open and self.missing == cents


class Book:
    """All that may be paid, or was lately, with its indexes. Built once for many entries; it does not change.

    What it holds of an order is about a KiB.
    """

    def __init__(self, payables: Iterable[Payable]) -> None:
        """Index orders and collective numbers: the open ones, and those over that a payer may still name."""
        self._by_plain = {_plain(each.number): each for each in payables}
        everything: Sequence[Payable] = tuple(self._by_plain.values())
        self._asked = frozenset(each.missing for each in everything if each.is_open)
        self._paid = frozenset(payment.told.cents for each in everything for payment in each.payments)
        self.names = NameIndex((name, each.number) for each in everything for name in each.names)
        self.addresses = AddressIndex(
            (address, each.number) for each in everything for address in each.addresses
        )
        self._together: dict[str, list[Payable]] = {}
        for each in everything:
            for member in each.members:
                self._together.setdefault(member, []).append(each)
        self._by_reference: dict[str, list[tuple[Payable, PastPayment]]] = {}
        for each in everything:
            for payment in each.payments:
                for reference in {payment.reference, payment.end_to_end} - {""}:
                    self._by_reference.setdefault(reference, []).append((each, payment))

    def find(self, numbers: Iterable[str]) -> list[Payable]:
        """What has these numbers, in their order; those that nothing in the book has are left out."""
        return [found for number in sorted(numbers) if (found := self._by_plain.get(_plain(number)))]

    def together(self, order: Payable) -> Sequence[Payable]:
        """The collective numbers by which an order may be paid together with others."""
        return self._together.get(order.number, ())

    def among(self, windows: Collection[str]) -> list[Payable]:
        """What has numbers among these, which are written without dash; each once."""
        by_plain = self._by_plain
        return [by_plain[plain] for plain in dict.fromkeys([each for each in windows if each in by_plain])]

    def is_asked(self, cents: Cents) -> bool:
        """Whether anything open asks for exactly this."""
        return cents in self._asked

    def was_paid(self, cents: Cents) -> bool:
        """Whether exactly this was paid before for anything in the book."""
        return cents in self._paid

    def payments_of(self, reference: str) -> Sequence[tuple[Payable, PastPayment]]:
        """The payments that a bank's or a payer's reference belongs to, with what they were paid for."""
        return self._by_reference.get(reference, ()) if reference else ()


def _plain(number: str) -> str:
    return number.replace("-", "")
