"""What the entries of a statement may pay, so kept that each question about an entry is one look (DOMAIN.md 8)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.money import Cents
from bot.domain.orders import OrderStatus
from bot.domain.statements.names import NameIndex
from bot.domain.statements.reading import AddressIndex


@dataclass(frozen=True, slots=True)
class PastPayment:
    """Money for an order that the ledger holds already.

    Attributes:
        payment_id: its id in the ledger.
        cents: what came, without what went back since.
        source: where the report of it came from, like `callback`, `command`, or a statement with its format,
            `camt.053`: what another source reports within a few days may be the same money.
        day: the day on which it was booked, or registered.
        reference: the bank's own reference, empty where none is known.
        end_to_end: the reference that its payer gave, empty where none is known.
    """

    payment_id: str
    cents: Cents
    source: str
    day: date
    reference: str = ""
    end_to_end: str = ""


@dataclass(frozen=True, slots=True)
class Payable:
    """What a payer may mean: an order, or a collective number.

    Attributes:
        number: as it is stored.
        status: how it stands today. A collective number awaits payment while any of its orders does. What can no
            longer save its mailboxes has expired, whether or not that was stored already (`progress_of`).
        missing: cents that are asked for now; 0 once nothing is.
        names: of whoever may pay it, as they are written: its holder, the customer.
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


class Book:
    """All that may be paid, or was lately, with its indexes. Built once for many entries; it does not change.

    What it holds of an order is small: 50,000 open ones and some that are over are tens of MiB.
    """

    def __init__(self, payables: Iterable[Payable]) -> None:
        """Index orders and collective numbers: the open ones, and those over that a payer may still name."""
        self._by_number = {each.number: each for each in payables}
        everything: Sequence[Payable] = tuple(self._by_number.values())
        self._open_cents = frozenset(each.missing for each in everything if each.is_open)
        self.names = NameIndex((name, each.number) for each in everything for name in each.names)
        self.addresses = AddressIndex(
            (address, each.number) for each in everything for address in each.addresses
        )
        self._payments_by_reference: dict[str, list[tuple[Payable, PastPayment]]] = {}
        for each in everything:
            for payment in each.payments:
                for reference in {payment.reference, payment.end_to_end} - {""}:
                    self._payments_by_reference.setdefault(reference, []).append((each, payment))

    def find(self, number: str) -> Payable | None:
        """What has this number; None where nothing in the book has."""
        return self._by_number.get(number)

    def is_open_amount(self, cents: Cents) -> bool:
        """Whether anything open asks for exactly this."""
        return cents in self._open_cents

    def payments_of(self, reference: str) -> Sequence[tuple[Payable, PastPayment]]:
        """The payments that a bank's or a payer's reference belongs to, with what they were paid for."""
        return self._payments_by_reference.get(reference, ())
