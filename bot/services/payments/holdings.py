"""Where the money of a payment is now: what of it pays orders, went back, was moved, or waits (DOMAIN.md 5).

Nothing of it is stored: it follows from the movements of the payment, which are only ever added to. A reversal says how
much went back, and its rows what of that had been counted; the rest was taken from money that waited, first from what
was exactly as much, since that is how a refund of it looks, else from the oldest.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.db.tables import PaymentRow
from bot.domain.money import Cents
from bot.domain.payments import PaymentOutcome, ReviewReason
from bot.domain.review import Waiting
from bot.services.payments.ledger import PaymentKind

_REVERSED = PaymentKind.REVERSED.value
_CAME = frozenset({PaymentKind.REGISTERED.value, PaymentKind.ASSIGNED.value})
_TAKEN_AWAY = frozenset({PaymentKind.RELEASED.value, _REVERSED})


@dataclass(slots=True)
class Holding:
    """Money that came by one movement, in cents.

    Attributes:
        row: the movement: as it was registered, or assigned by a person.
        counted: what of it pays orders.
        gone: what of it went back.
        moved: what of it a person assigned to another order, which is a holding of its own.
    """

    row: PaymentRow
    counted: Cents
    gone: Cents
    moved: Cents

    @property
    def waiting(self) -> Cents:
        """What of it is here, and pays nothing."""
        return max(self.row.amount - self.counted - self.gone - self.moved, 0)


def is_reversal(row: PaymentRow) -> bool:
    """Whether a movement is a reversal as it was reported, and is believed."""
    return row.kind == _REVERSED and row.origin_id is None and row.outcome == PaymentOutcome.REVERSED.value


def original_of(movements: Sequence[PaymentRow]) -> PaymentRow | None:
    """The payment itself, as it was registered."""
    return next(
        (row for row in movements if row.kind == PaymentKind.REGISTERED.value and not row.reversal_id), None
    )


def still_counted(row: PaymentRow, movements: Sequence[PaymentRow]) -> Cents:
    """The cents of a movement that count for its order, without what was released or went back since."""
    return row.counted + sum(each.counted for each in _taken_from(row, movements))


def allotted(row: PaymentRow, movements: Sequence[PaymentRow]) -> Cents:
    """The cents of a movement for a collective number that orders take now."""
    return sum(still_counted(part, movements) for part in _parts(row, movements))


def holdings_of(movements: Sequence[PaymentRow]) -> dict[int, Holding]:
    """Where the money of one payment is, by the ids of the movements by which it came.

    `movements` are all of that payment, the oldest first.
    """
    found = {row.id: _holding(row, movements) for row in movements if row.kind in _CAME}
    for reversal in movements:
        if is_reversal(reversal):
            _take_from_waiting(reversal, movements, found)
    return found


def waiting_of(row: PaymentRow, movements: Sequence[PaymentRow]) -> Waiting | None:
    """What of a movement waits for a person, None when it needs nobody.

    `movements` are all of its payment. Of a reversal nothing waits: its money is not here.
    """
    if row.reason is None:
        return None
    holding = holdings_of(movements).get(row.id)
    return Waiting(
        reason=ReviewReason(row.reason),
        currency=row.currency,
        amount=row.amount,
        counted=row.counted if holding is None else holding.counted,
        went_back=row.amount if holding is None else holding.gone,
    )


def _holding(row: PaymentRow, movements: Sequence[PaymentRow]) -> Holding:
    undone = -sum(
        each.counted
        for source in (row, *_parts(row, movements))
        for each in _taken_from(source, movements)
        if each.kind == _REVERSED
    )
    moved = sum(
        each.amount
        for each in movements
        if each.origin_id == row.id and each.kind == PaymentKind.ASSIGNED.value
    )
    return Holding(row, still_counted(row, movements) + allotted(row, movements), undone, moved)


def _parts(row: PaymentRow, movements: Sequence[PaymentRow]) -> Iterator[PaymentRow]:
    """What orders took of money for a collective number."""
    return (
        each for each in movements if each.origin_id == row.id and each.kind == PaymentKind.ALLOTTED.value
    )


def _taken_from(row: PaymentRow, movements: Sequence[PaymentRow]) -> Iterator[PaymentRow]:
    """What took away of that which a movement had counted: a reversal as reported stands for the payment itself."""
    is_original = row.kind == PaymentKind.REGISTERED.value and not row.reversal_id
    return (
        each
        for each in movements
        if (each.origin_id == row.id and each.kind in _TAKEN_AWAY) or (is_original and is_reversal(each))
    )


def _take_from_waiting(
    reversal: PaymentRow, movements: Sequence[PaymentRow], holdings: dict[int, Holding]
) -> None:
    """Attribute what a reversal took from money that waited."""
    follow_ups = (
        each
        for each in movements
        if each.kind == _REVERSED and each.origin_id is not None and each.reversal_id == reversal.reversal_id
    )
    left = reversal.amount + reversal.counted + sum(each.counted for each in follow_ups)
    # A reversal may have overtaken its payment: money that came later is the last to be taken from.
    for holding in sorted(
        holdings.values(), key=lambda each: (each.row.id > reversal.id, each.waiting != left, each.row.id)
    ):
        taken = min(left, holding.waiting)
        holding.gone += taken
        left -= taken
