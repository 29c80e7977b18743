"""Which order an entry of a statement pays, and how sure that is (DOMAIN.md 8).

Only what is `CERTAIN` may be registered by a program. Everything else is a proposal, or left to a person.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

from bot.domain.money import CURRENCY
from bot.domain.statements.book import Book, PastPayment, Payable
from bot.domain.statements.entry import EntryKind, StatementEntry
from bot.domain.statements.reading import Said, read

SAME_WITHIN: Final = timedelta(days=3)
"""Two sources that tell of the same amount for one order within so many days probably tell of one payment."""
MOST_CANDIDATES: Final = 10
"""So many orders that an entry may mean are named; of more, none helps."""


class Heap(StrEnum):
    """Where an entry goes.

    `CERTAIN`: registered by the ledger of the callback. `LIKELY`: one order is proposed, and a person confirms it.
    `PROBABLY_SAME`: another source has told of this very money already; whoever confirms that registers nothing.
    `UNKNOWN`: a person in the office has to find out. `NOT_OURS`: counted, and only its digest is kept.
    """

    CERTAIN = "certain"
    LIKELY = "likely"
    PROBABLY_SAME = "probably_same"
    UNKNOWN = "unknown"
    NOT_OURS = "not_ours"


class Reason(StrEnum):
    """What speaks for a proposal, or against taking it for certain."""

    NUMBER = "number"
    REFERENCE = "reference"
    ADDRESS = "address"
    PAYER = "payer"
    NAME_IN_TEXT = "name_in_text"
    AMOUNT = "amount"
    AMOUNT_DIFFERS = "amount_differs"
    OTHER_CURRENCY = "other_currency"
    NOT_OPEN = "not_open"
    SEVERAL_NUMBERS = "several_numbers"
    SEVERAL_ORDERS = "several_orders"
    SUM_OF_ALL = "sum_of_all"
    NO_SUCH_ORDER = "no_such_order"
    FOREIGN_ADDRESS = "foreign_address"
    OPEN_AMOUNT = "open_amount"
    NOT_BOOKED_CREDIT = "not_booked_credit"
    OTHER_SOURCE = "other_source"
    SAME_REFERENCE = "same_reference"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is made of an entry.

    Attributes:
        heap: where it goes.
        reasons: why, the strongest first.
        order: what it pays for certain, or what is proposed: exactly one where the heap is `CERTAIN`, `LIKELY` or
            `PROBABLY_SAME`, else None.
        candidates: what it may mean, where that is not one.
        payment: what another source told of this money, where it is `PROBABLY_SAME`; of a reversal, the payment that
            went back, where one is known or proposed.
    """

    heap: Heap
    reasons: tuple[Reason, ...]
    order: Payable | None = None
    candidates: tuple[Payable, ...] = ()
    payment: PastPayment | None = None


def is_own_account(account: str, ibans: Collection[str]) -> bool:
    """Whether a movement is of an account that the operator is paid on; one that names no account may be.

    Args:
        account: of the entry.
        ibans: of the catalogue's methods of payment, and of those that orders were told of and may still be paid on.
    """
    return not account or account in {"".join(iban.split()).upper() for iban in ibans}


def judge(entry: StatementEntry, book: Book, source: str) -> Proposal:
    """Find what an entry pays.

    Args:
        entry: of the operator's own account (`is_own_account`).
        book: what may be paid.
        source: what this statement is called as a source of payments (`PastPayment.source`).
    """
    if entry.kind is not EntryKind.CREDIT:
        return Proposal(Heap.NOT_OURS, (Reason.NOT_BOOKED_CREDIT,))
    said = read(entry, book.addresses)
    named = [found for number in sorted(said.numbers) if (found := book.find(number)) is not None]
    if len(named) == 1:
        return _of_named(entry, named[0], said, source)
    if named:
        return Proposal(Heap.UNKNOWN, (Reason.SEVERAL_NUMBERS,), candidates=tuple(named))
    return _of_unnamed(entry, book, said)


def _of_named(entry: StatementEntry, order: Payable, said: Said, source: str) -> Proposal:
    by = Reason.REFERENCE if order.number in said.references else Reason.NUMBER
    told = _told_by_another(entry, order, source)
    if told is not None:
        return Proposal(Heap.PROBABLY_SAME, (by, Reason.OTHER_SOURCE), order, payment=told)
    if entry.currency != CURRENCY:
        return Proposal(Heap.LIKELY, (by, Reason.OTHER_CURRENCY), order)
    if not order.is_open:
        return Proposal(Heap.LIKELY, (by, Reason.NOT_OPEN), order)
    if entry.cents != order.missing:
        return Proposal(Heap.LIKELY, (by, Reason.AMOUNT_DIFFERS), order)
    return Proposal(Heap.CERTAIN, (by, Reason.AMOUNT), order)


def _told_by_another(entry: StatementEntry, order: Payable, source: str) -> PastPayment | None:
    return next(
        (
            payment
            for payment in order.payments
            if payment.cents == entry.cents
            and payment.source != source
            and abs(payment.day - entry.booked_on) <= SAME_WITHIN
        ),
        None,
    )


def _of_unnamed(entry: StatementEntry, book: Book, said: Said) -> Proposal:
    fitting = dict.fromkeys(book.names.of_payer(entry.payer), Reason.PAYER)
    fitting |= dict.fromkeys(said.addresses, Reason.ADDRESS)
    fits = [
        order
        for number in sorted(fitting)
        if (order := book.find(number)) is not None and order.is_open and order.missing == entry.cents
    ]
    if len(fits) == 1:
        return Proposal(Heap.LIKELY, (fitting[fits[0].number], Reason.AMOUNT), fits[0])
    if fits:
        return Proposal(Heap.UNKNOWN, (Reason.SEVERAL_ORDERS,), candidates=tuple(fits[:MOST_CANDIDATES]))
    if said.numbers:
        return Proposal(Heap.UNKNOWN, (Reason.NO_SUCH_ORDER,))
    if said.addresses or said.foreign_address:
        return Proposal(Heap.UNKNOWN, (Reason.FOREIGN_ADDRESS,))
    if book.is_open_amount(entry.cents):
        return Proposal(Heap.UNKNOWN, (Reason.OPEN_AMOUNT,))
    return Proposal(Heap.NOT_OURS, ())
