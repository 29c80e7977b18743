"""Which payment an entry takes back: a transfer that was recalled or returned (DOMAIN.md 5 and 8)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.domain.money import CURRENCY
from bot.domain.statements.addresses import is_written_in
from bot.domain.statements.book import SAME_WITHIN, Book, PastPayment, Payable, Told
from bot.domain.statements.entry import StatementEntry
from bot.domain.statements.ids import bank_reference
from bot.domain.statements.proposal import MOST_CANDIDATES, Heap, Proposal, Reason
from bot.domain.statements.reading import Said


@dataclass(frozen=True, slots=True)
class _Clue:
    """Payments that something in the entry belongs to, with their orders; whether that alone is enough."""

    reason: Reason
    found: Sequence[tuple[Payable, PastPayment]]
    is_enough: bool = False
    """Whether the one payment of exactly as much is the one meant."""


def judge_reversal(entry: StatementEntry, said: Said, told: Told, book: Book) -> Proposal:
    """Find the payment that went back.

    For certain it is the one payment of exactly as much that the bank's own reference belongs to, or the one that was
    paid for the order which the text names. Payers use one reference of theirs again and again: that, the address
    and the name are proposals.

    Args:
        entry: booked money that was taken back.
        said: what its text says.
        told: its amount, source and day.
        book: what was paid, the credits of its own file included.
    """
    named = book.find(said.numbers)
    clues = _clues(entry, said, named, book)
    if found := _contradicting(clues[0], named, told) or _told_already(clues, told) or _undone(clues, told):
        return found
    if len(named) == 1 and not named[0].payments:
        return Proposal(Heap.UNKNOWN, (Reason.NUMBER,), candidates=tuple(named))
    if named or any(clue.found for clue in clues[:2]):
        return Proposal(Heap.UNKNOWN, (Reason.SEVERAL_ORDERS,), candidates=tuple(named))
    if said.numbers:
        return Proposal(Heap.UNKNOWN, (Reason.NO_SUCH_ORDER,))
    return _not_paid_yet(entry, said, told, book)


def _not_paid_yet(entry: StatementEntry, said: Said, told: Told, book: Book) -> Proposal:
    """No payment is known: it may come by a later file, and what the text or the sum points to waits for it."""
    if addressed := book.addresses.in_words(said.words):
        known = tuple(book.find(addressed))[:MOST_CANDIDATES]
        return Proposal(Heap.UNKNOWN, (Reason.ADDRESS,), candidates=known)
    if is_written_in(said.text):
        return Proposal(Heap.UNKNOWN, (Reason.FOREIGN_ADDRESS,))
    if entry.currency == CURRENCY and (book.was_paid(told.cents) or book.is_asked(told.cents)):
        named = book.names.of_payer(entry.payer) | book.names.in_text(said.text)
        asking = tuple(each for each in book.find(named) if each.asks_for(told.cents))[:MOST_CANDIDATES]
        return Proposal(Heap.UNKNOWN, (Reason.OPEN_AMOUNT,), candidates=asking)
    return Proposal(Heap.NOT_OURS)


def _clues(entry: StatementEntry, said: Said, named: Sequence[Payable], book: Book) -> Sequence[_Clue]:
    """All that may tell the payment, the strongest first."""
    sure_number = len(named) == 1 and not said.may_be_a_word(named[0].number)
    by_payer = [each for each in book.payments_of(entry.end_to_end) if not named or each[0] in named]
    by_name = book.names.of_payer(entry.payer) | book.names.in_text(said.text)
    return (
        _Clue(Reason.SAME_REFERENCE, book.payments_of(bank_reference(entry)), is_enough=True),
        _Clue(Reason.NUMBER, _payments(named), is_enough=sure_number),
        _Clue(Reason.SAME_REFERENCE, by_payer),
        _Clue(Reason.NUMBER, _payments(all_ for each in named for all_ in book.together(each))),
        _Clue(Reason.ADDRESS, _payments(book.find(book.addresses.in_words(said.words)))),
        _Clue(Reason.PAYER, _payments(book.find(by_name))),
    )


def _contradicting(by_bank: _Clue, named: Sequence[Payable], told: Told) -> Proposal | None:
    """What the text names and what the bank's reference belongs to, where these are not the same: for a person.

    Some banks number each day anew, and some give one reference to all of a batch.
    """
    meant = [order for order, payment in by_bank.found if payment.cents >= told.cents]
    numbers = {each.number for each in named}
    if not named or not meant or any(numbers & {order.number, *order.members} for order in meant):
        return None
    return Proposal(Heap.UNKNOWN, (Reason.SEVERAL_ORDERS,), candidates=(*named, *meant))


def _told_already(clues: Iterable[_Clue], told: Told) -> Proposal | None:
    """Another source has told that a payment went back."""
    for clue in clues:
        for order, payment in clue.found:
            if any(each.is_probably(told) for each in payment.returns):
                reasons = (clue.reason, Reason.OTHER_SOURCE)
                return Proposal(Heap.PROBABLY_SAME, reasons, order, payment=payment)
    return None


def _undone(clues: Sequence[_Clue], told: Told) -> Proposal | None:
    """The one payment of exactly as much; where there is none, the one that was of more."""
    several: Sequence[tuple[Payable, PastPayment]] = ()
    for clue in clues:
        whole = _by_then([each for each in clue.found if each[1].cents == told.cents], told)
        if len(whole) == 1:
            return _whole(whole[0], clue, clues, told)
        several = several or whole
    if several:
        return _several(several)
    for clue in clues:
        more = _by_then([each for each in clue.found if each[1].cents > told.cents], told)
        if len(more) == 1:
            order, payment = more[0]
            return Proposal(Heap.LIKELY, (clue.reason, Reason.AMOUNT_DIFFERS), order, payment=payment)
    return None


def _whole(found: tuple[Payable, PastPayment], clue: _Clue, clues: Sequence[_Clue], told: Told) -> Proposal:
    """The payment is the only one of as much to which this clue leads: certain, unless another clue leads elsewhere.

    Some banks use a reference again, so that it alone may lead to another payment than the one that is meant.
    """
    order, payment = found
    if clue.reason is Reason.SAME_REFERENCE and clue.is_enough:
        others = [
            each
            for other in clues
            if not other.is_enough and not any(payment is known for _, known in other.found)
            for each in _by_then([each for each in other.found if each[1].cents == told.cents], told)
        ]
        if others:
            return _several([found, *others])
    is_certain = clue.is_enough and payment.day <= told.day
    heap = Heap.CERTAIN if is_certain else Heap.LIKELY
    return Proposal(heap, (clue.reason, Reason.AMOUNT), order, payment=payment)


def _by_then(
    found: Sequence[tuple[Payable, PastPayment]], told: Told
) -> Sequence[tuple[Payable, PastPayment]]:
    """Those that had come when the money went back; where there is none, those that another source told of soon after.

    Of one source the days are the bank's: what it booked later is not what went back before.
    """
    return [each for each in found if each[1].day <= told.day] or [
        each for each in found if each[1].source != told.source and each[1].day - told.day <= SAME_WITHIN
    ]


def _several(found: Sequence[tuple[Payable, PastPayment]]) -> Proposal:
    orders = tuple(dict.fromkeys(order for order, _ in found))
    return Proposal(Heap.UNKNOWN, (Reason.SEVERAL_PAYMENTS,), candidates=orders[:MOST_CANDIDATES])


def _payments(orders: Iterable[Payable]) -> Sequence[tuple[Payable, PastPayment]]:
    """What was paid for these, each once."""
    return [(order, payment) for order in dict.fromkeys(orders) for payment in order.payments]
