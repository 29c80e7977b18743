"""Which order an entry of a statement pays, and how sure that is (DOMAIN.md 8).

Only what is `CERTAIN` may be registered by a program. Everything else is a proposal, or left to a person.
"""

from collections.abc import Collection, Sequence
from typing import Final

from bot.domain.money import CURRENCY
from bot.domain.statements.addresses import is_written_in
from bot.domain.statements.book import Book, PastPayment, Payable, Told
from bot.domain.statements.entry import EntryKind, StatementEntry
from bot.domain.statements.proposal import MOST_CANDIDATES, Heap, Proposal, Reason
from bot.domain.statements.reading import Said, read
from bot.domain.statements.reversing import judge_reversal

__all__ = ["Heap", "Proposal", "Reason", "is_own_account", "judge", "told_before"]

_POINTING: Final = frozenset({Reason.ADDRESS, Reason.GUESSED_NUMBER})
"""What tells one order of a payer from another of his, as his name does not."""


def is_own_account(account: str, ibans: Collection[str]) -> bool:
    """Whether a movement is of an account that the operator is paid on; one that names no account may be.

    Args:
        account: of the entry.
        ibans: of the catalogue's methods of payment.
    """
    return not account or account in {"".join(iban.split()).upper() for iban in ibans}


def judge(entry: StatementEntry, book: Book, source: str) -> Proposal:
    """Find what an entry pays, or takes back.

    Args:
        entry: of the operator's own account (`is_own_account`).
        book: what may be paid, and what was paid for it. Reversals are judged by one that knows the credits of their
            own file.
        source: what this statement is called as a source of payments (`Told.source`).
    """
    if entry.kind is EntryKind.ASIDE:
        return Proposal(Heap.NOT_OURS, (Reason.NOT_BOOKED_CREDIT,))
    told = Told(entry.cents, source, entry.booked_on)
    said = read(entry)
    if entry.kind is EntryKind.REVERSAL:
        return judge_reversal(entry, said, told, book)
    match book.find(said.numbers):
        case []:
            return _of_unnamed(entry, said, told, book)
        case [order]:
            return _of_named(entry, order, said, told, book)
        case orders:
            return _of_several(orders, said, told, book)


def _of_named(entry: StatementEntry, order: Payable, said: Said, told: Told, book: Book) -> Proposal:
    """The text names one order."""
    by = _by(order, said)
    if same := told_before(order, told, book):
        return Proposal(Heap.PROBABLY_SAME, (by, Reason.OTHER_SOURCE), same[0], payment=same[1])
    if unlike := _unlike(entry, order):
        together = [each for each in book.together(order) if _asks(each, entry)]
        if len(together) == 1:
            reasons = (by, Reason.AMOUNT, Reason.PAID_TOGETHER)
            return Proposal(Heap.LIKELY, reasons, together[0], (order,))
        return Proposal(Heap.LIKELY, (by, unlike), order)
    return _second_look(entry, order, by, said, book)


def _second_look(entry: StatementEntry, order: Payable, by: Reason, said: Said, book: Book) -> Proposal:
    """Number and amount are of one open order: certain, but for the accidents that were seen to meet this rule."""
    addressed = book.addresses.in_words(said.words)
    if addressed and order.number not in addressed:
        others = tuple(book.find(addressed))[:MOST_CANDIDATES]
        return Proposal(Heap.LIKELY, (by, Reason.AMOUNT, Reason.OTHERS_ADDRESS), order, others)
    guessed = tuple(each for each in book.among(said.windows()) if each is not order)
    if guessed:
        reasons = (by, Reason.AMOUNT, Reason.MAY_NAME_ANOTHER)
        return Proposal(Heap.LIKELY, reasons, order, guessed[:MOST_CANDIDATES])
    # A name or an address that agrees with the number does away with what is left to doubt.
    of_payer = book.names.of_payer(entry.payer)
    if order.number in addressed or order.number in of_payer or order.number in book.names.in_text(said.text):
        return Proposal(Heap.CERTAIN, (by, Reason.AMOUNT), order)
    others = tuple(
        each
        for each in book.find(of_payer)
        if each.asks_for(entry.cents) and order.number not in each.members
    )
    if others:
        reasons = (by, Reason.AMOUNT, Reason.OTHERS_PAYER)
        return Proposal(Heap.LIKELY, reasons, order, others[:MOST_CANDIDATES])
    if doubt := _doubt(order, said):
        return Proposal(Heap.LIKELY, (by, Reason.AMOUNT, doubt), order)
    return Proposal(Heap.CERTAIN, (by, Reason.AMOUNT), order)


def _asks(order: Payable, entry: StatementEntry) -> bool:
    return entry.currency == CURRENCY and order.asks_for(entry.cents)


def _unlike(entry: StatementEntry, order: Payable) -> Reason | None:
    """How the money is not what the order asks for."""
    if entry.currency != CURRENCY:
        return Reason.OTHER_CURRENCY
    if not order.is_open:
        return Reason.NOT_OPEN
    return None if entry.cents == order.missing else Reason.AMOUNT_DIFFERS


def _doubt(order: Payable, said: Said) -> Reason | None:
    """Why the number may be none, or not the only one, unless something else agrees with it."""
    if said.may_be_a_word(order.number):
        return Reason.MAY_BE_A_WORD
    return Reason.MAY_NAME_ANOTHER if said.may_name_another(order.number) else None


def _of_several(orders: Sequence[Payable], said: Said, told: Told, book: Book) -> Proposal:
    """The text names several orders: one of them is proposed where the amount tells which, and never more than that.

    Where they have a collective number together, that is one of them too.
    """
    named = [*orders, *(each for each in _of_all(orders, book) if each not in orders)]
    asking = [each for each in named if each.asks_for(told.cents)]
    paid = {same[1].payment_id: same for each in named if (same := told_before(each, told, book))}
    if len(paid) == 1 and not asking:
        ((order, payment),) = paid.values()
        others = tuple(each for each in orders if each is not order)
        reasons = (_by(order, said), Reason.OTHER_SOURCE, Reason.SEVERAL_NUMBERS)
        return Proposal(Heap.PROBABLY_SAME, reasons, order, others, payment)
    if len(asking) == 1 and not paid:
        order = asking[0]
        others = tuple(each for each in orders if each is not order)
        is_sum = order not in orders
        reasons = (
            _by(order, said),
            Reason.AMOUNT,
            Reason.PAID_TOGETHER if is_sum else Reason.SEVERAL_NUMBERS,
        )
        return Proposal(Heap.LIKELY, reasons, order, others[:MOST_CANDIDATES])
    is_sum = sum(each.missing for each in orders if each.is_open) == told.cents
    why = (Reason.SEVERAL_NUMBERS, Reason.SUM_OF_ALL) if is_sum else (Reason.SEVERAL_NUMBERS,)
    return Proposal(Heap.UNKNOWN, why, candidates=tuple(orders)[:MOST_CANDIDATES])


def _of_all(orders: Sequence[Payable], book: Book) -> Sequence[Payable]:
    """The collective numbers of which all of these orders are."""
    numbers = {each.number for each in orders}
    return [each for each in book.together(orders[0]) if numbers <= set(each.members)]


def _of_unnamed(entry: StatementEntry, said: Said, told: Told, book: Book) -> Proposal:
    """The text names no order: what else fits is proposed, where it is one."""
    addressed = book.addresses.in_words(said.words)
    euros = entry.currency == CURRENCY
    fitting: dict[str, list[Reason]] = {number: [Reason.ADDRESS] for number in addressed}
    if euros and (book.is_asked(told.cents) or book.was_paid(told.cents)):
        for guess in book.among(said.windows()):
            fitting.setdefault(guess.number, []).append(Reason.GUESSED_NUMBER)
        for number in book.names.of_payer(entry.payer):
            fitting.setdefault(number, []).append(Reason.PAYER)
        for number in book.names.in_text(said.text):
            fitting.setdefault(number, []).append(Reason.NAME_IN_TEXT)
    orders = book.find(fitting) if euros else []
    paid = {same[1].payment_id: same for each in orders if (same := told_before(each, told, book))}
    asking = _each_once([each for each in orders if each.asks_for(told.cents)])
    if paid:
        order, payment = next(iter(paid.values()))
        if len(paid) == 1:
            found = fitting.get(order.number) or next(
                fitting[each] for each in order.members if each in fitting
            )
            reasons = (*found, Reason.OTHER_SOURCE)
            return Proposal(Heap.PROBABLY_SAME, reasons, order, tuple(asking[:MOST_CANDIDATES]), payment)
        asking = [each for each, _ in paid.values()] + asking
    elif asking:
        pointed = [each for each in asking if _POINTING.intersection(fitting[each.number])]
        best = pointed or asking
        if len(best) == 1:
            reasons = (*fitting[best[0].number], Reason.AMOUNT)
            others = tuple(each for each in asking if each is not best[0])
            return Proposal(Heap.LIKELY, reasons, best[0], others[:MOST_CANDIDATES])
    if asking:
        return Proposal(Heap.UNKNOWN, (Reason.SEVERAL_ORDERS,), candidates=tuple(asking[:MOST_CANDIDATES]))
    return _of_nothing(entry, said, book, addressed)


def _each_once(asking: Sequence[Payable]) -> list[Payable]:
    """Without the collective numbers that ask for what one of their orders asks for, which is there itself."""
    numbers = {each.number for each in asking}
    return [each for each in asking if numbers.isdisjoint(each.members)]


def _of_nothing(entry: StatementEntry, said: Said, book: Book, addressed: Collection[str]) -> Proposal:
    """No order is to be proposed: for the office where the text or the amount is of our kind, else not ours."""
    if any(not said.may_be_a_word(number) for number in said.numbers):
        return Proposal(Heap.UNKNOWN, (Reason.NO_SUCH_ORDER,))
    if addressed or is_written_in(said.text):
        known = tuple(book.find(addressed))
        return Proposal(Heap.UNKNOWN, (Reason.FOREIGN_ADDRESS,), candidates=known[:MOST_CANDIDATES])
    if entry.currency == CURRENCY and book.is_asked(entry.cents):
        return Proposal(Heap.UNKNOWN, (Reason.OPEN_AMOUNT,))
    return Proposal(Heap.NOT_OURS)


def told_before(order: Payable, told: Told, book: Book) -> tuple[Payable, PastPayment] | None:
    """What another source told of this money, and what it was paid for.

    That is the order, or a collective number by which it was paid together with others.
    """
    for each in (order, *book.together(order)):
        for payment in each.payments:
            if payment.told.is_probably(told):
                return each, payment
    return None


def _by(order: Payable, said: Said) -> Reason:
    return Reason.REFERENCE if order.number in said.references else Reason.NUMBER
