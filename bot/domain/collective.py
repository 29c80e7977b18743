"""Collective numbers: one number for a fixed list of orders, and how money for it is allotted (DOMAIN.md 4)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.money import CURRENCY, Cents
from bot.domain.orders import OrderStatus
from bot.domain.payments import Judgement, PaymentOutcome, ReviewReason, Standing


@dataclass(frozen=True, slots=True)
class Member:
    """An order of the list: its id, how it stands, and the soonest expiry among its mailboxes when it was placed."""

    order: int
    standing: Standing
    expires_on: date

    @property
    def is_payable(self) -> bool:
        """Whether it awaits money, and money still saves its mailboxes."""
        return self.standing.status is OrderStatus.AWAITING_PAYMENT and not self.standing.mailbox_deleted


@dataclass(frozen=True, slots=True)
class Part:
    """Cents, above zero, of a payment that go to one order."""

    order: int
    cents: Cents


@dataclass(frozen=True, slots=True)
class Allotment:
    """A payment, divided: the parts in the order in which they were given, and what no order needs."""

    parts: tuple[Part, ...]
    rest: Cents


@dataclass(frozen=True, slots=True)
class CollectiveJudgement:
    """What to do with a payment for a collective number: what it is answered, and where its money goes."""

    judgement: Judgement
    parts: tuple[Part, ...]


def allot(cents: Cents, owed: Iterable[tuple[int, Cents, date]]) -> Allotment:
    """Divide money among orders: whole orders first, soonest expiry first (DOMAIN.md 4).

    Every order that what is left covers whole is paid, the soonest expiry first; what is left then begins to pay the
    one that expires soonest among the others. A reversal takes back in the opposite order.

    Args:
        cents: what arrived.
        owed: for each order its id, the cents that it lacks, and its expiry; two of one day go by their ids.
    """
    waiting = sorted((each for each in owed if each[1] > 0), key=lambda each: (each[2], each[0]))
    whole: list[Part] = []
    begun: list[Part] = []
    unpaid: list[tuple[int, Cents]] = []
    left = cents
    for order, lacks, _ in waiting:
        if lacks <= left:
            whole.append(Part(order, lacks))
            left -= lacks
        else:
            unpaid.append((order, lacks))
    if unpaid and left:
        begun.append(
            Part(unpaid[0][0], left)
        )  # less than each of these lacks, or it would have been paid whole
        left = 0
    return Allotment((*whole, *begun), left)


def due_of(members: Sequence[Member]) -> Cents:
    """What is still asked for: the sum of what its orders lack, without those that are over."""
    return sum(member.standing.missing for member in members if member.is_payable)


def judge_collective(
    members: Sequence[Member],
    cents: Cents,
    currency: str,
    *,
    reversed_before: bool = False,
    told_before: bool = False,
) -> CollectiveJudgement:
    """Judge money for a collective number, as the table of DOMAIN.md 5 does for one order.

    Orders that were cancelled, expired, or paid otherwise meanwhile take nothing; what would have been theirs goes to
    a person, and so does all that is left.

    Args:
        members: the orders of the list.
        cents: what arrived, above zero.
        currency: ISO 4217; only euros pay an order.
        reversed_before: this very payment is known to have gone back.
        told_before: another source has told of as much for the number lately.
    """
    due = due_of(members)
    # 1. What cannot count at all is for a person.
    why = None
    if reversed_before:
        why = ReviewReason.REVERSED
    elif currency != CURRENCY:
        why = ReviewReason.OTHER_CURRENCY
    elif told_before and due:
        why = ReviewReason.TOLD_TWICE
    if why is not None:
        return CollectiveJudgement(Judgement(PaymentOutcome.REVIEW, 0, 0, due, why), ())
    # 2. The orders that wait, and then those that are complete and whose money went back since.
    paid = allot(
        cents,
        [(each.order, each.standing.missing, each.expires_on) for each in members if each.is_payable],
    )
    completed = [each for each in members if each.standing.status is OrderStatus.COMPLETED]
    filled = allot(paid.rest, [(each.order, each.standing.gap, each.expires_on) for each in completed])
    parts, rest = (*paid.parts, *filled.parts), filled.rest
    missing = due - sum(part.cents for part in paid.parts)
    # 3. What is left belongs back, unless it may be meant for an order of the list that is over.
    all_good = all(each.is_payable or each in completed for each in members)
    if paid.parts:
        outcome = PaymentOutcome.PARTIAL if missing else PaymentOutcome.COMPLETED
        reason: ReviewReason | None = None
        if filled.parts:
            reason = ReviewReason.AFTER_REVERSAL
        elif rest:
            reason = ReviewReason.SURPLUS if all_good else ReviewReason.COLLECTIVE_CHANGED
    elif all_good:
        outcome = PaymentOutcome.DUPLICATE_PAYMENT
        reason = ReviewReason.AFTER_REVERSAL if filled.parts else ReviewReason.DUPLICATE
    else:
        outcome, reason = PaymentOutcome.REVIEW, ReviewReason.COLLECTIVE_CHANGED
    refund = rest if all_good else 0
    return CollectiveJudgement(Judgement(outcome, 0, refund, missing, reason), parts)
