"""What the operator is told of payments: why they need a person, what is to be done, and the command for it."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from bot.clock import rome_day
from bot.commands.office import Office
from bot.domain.money import amount
from bot.domain.payments import PaymentOutcome, ReviewReason

if TYPE_CHECKING:
    from bot.services.office.payment_cases import CaseDecided, Entry, NotPayable, PaymentCase

_COMMAND: Final = "python -m bot payments"

_WHY: Final[Mapping[ReviewReason, str]] = {
    ReviewReason.UNKNOWN_ORDER: "No order has this number.",
    ReviewReason.COLLECTIVE_CHANGED: "An order of the collective number is over: its part of the money waits.",
    ReviewReason.SEVERAL_ORDERS: "More than one order is named.",
    ReviewReason.OTHER_CURRENCY: "It is not in euros, so it does not count for the order.",
    ReviewReason.ORDER_CANCELLED: "The order had been cancelled.",
    ReviewReason.ORDER_WITHDRAWN: "The customer had withdrawn from the order: all of it is due back.",
    ReviewReason.ORDER_UNDECIDED: "What the order costs was not decided yet: `orders vat` decides.",
    ReviewReason.ORDER_EXPIRED: "The order expired: no payment can save its mailboxes any more.",
    ReviewReason.MAILBOX_DELETED: "A mailbox of the order was deleted meanwhile.",
    ReviewReason.TOLD_TWICE: "A bank's statement told of as much within three days: probably the same money.",
    ReviewReason.SURPLUS: "More than was due arrived: the renewal is complete, the rest belongs back.",
    ReviewReason.DUPLICATE: "The order was paid already: all of it belongs back.",
    ReviewReason.AFTER_REVERSAL: "An earlier payment of the completed order went back; this one fills the gap.",
    ReviewReason.REVERSED: "It went back: it does not count for the order any more. The expiry stays where it is.",
    ReviewReason.REVERSAL_UNFIT: (
        "It does not add up: more went back than was left of the payment, or more came again than had gone."
    ),
    ReviewReason.CONTRADICTED: "It was reported before, and otherwise: the ledger keeps what was said first.",
}


def registered(entry: "Entry") -> str:
    """What became of money that was registered for an order, or assigned to it."""
    sum_ = f"{amount(entry.amount)} {entry.currency}"
    match entry.outcome:
        case PaymentOutcome.COMPLETED | PaymentOutcome.PARTIAL | PaymentOutcome.DUPLICATE_PAYMENT if (
            entry.allotted
        ):
            text = _allotted(entry)
        case PaymentOutcome.COMPLETED:
            text = f"Order {entry.order} is paid, and the renewal is complete: the customer is told."
        case PaymentOutcome.PARTIAL:
            text = (
                f"{sum_} counts for order {entry.order}; {amount(entry.missing)} EUR is still missing: "
                "the customer is told."
            )
        case PaymentOutcome.DUPLICATE_PAYMENT if entry.counted:
            text = f"Order {entry.order} was complete; {amount(entry.counted)} EUR fills what had gone back."
        case PaymentOutcome.DUPLICATE_PAYMENT:
            text = f"Order {entry.order} was paid already: {sum_} is recorded, and nothing is renewed twice."
        case PaymentOutcome.REVERSED if entry.counted or entry.reason is None:
            text = f"{sum_} went back{_had_been(entry)}"
        case PaymentOutcome.REVIEW | PaymentOutcome.REVERSED:
            why = "" if entry.reason is None else f" {_WHY[entry.reason]}"
            text = f"{sum_} is recorded, and counts for no order.{why}"
    if entry.refund:
        text += f" {amount(entry.refund)} EUR belongs back."
    if entry.reason is not None:
        text += f" To be decided: {_COMMAND} review"
    return text


def _had_been(entry: "Entry") -> str:
    """What money that went back had been: what was to be refunded, or what paid an order."""
    if entry.reason is None:
        return ", as it belonged back: nothing of it is left to decide."
    return f": {amount(-entry.counted)} EUR of it had paid order {entry.order}."


def _allotted(entry: "Entry") -> str:
    """Where money for a collective number went."""
    parts = ", ".join(
        f"{amount(part.counted)} EUR for {part.order} ({part.outcome.value})" for part in entry.allotted
    )
    missing = f"; {amount(entry.missing)} EUR is still missing" if entry.missing else ""
    return f"Collective number {entry.order}: {parts}{missing}. The customers are told."


def case_lines(case: "PaymentCase", office: Office) -> Iterator[str]:
    """A case: what arrived, why it needs a person, what is to be done, and the commands for it."""
    waiting = case.waiting
    reversal = f"reversal {case.reversal_id}  " if case.reversal_id else ""
    yield (
        f"{case.id}  {amount(waiting.amount)} {waiting.currency}  payment {case.payment_id}  {reversal}"
        f"order {case.order!r}  {case.method}  {office.local(case.registered_at)}"
    )
    yield f"    {_WHY[waiting.reason]}"
    if 0 < waiting.went_back < waiting.amount:
        yield f"    {amount(waiting.went_back)} {waiting.currency} of it went back since."
    if case.same is not None:
        yield f"    Payment {case.same} was as much, told of by another source within three days."
        yield "    If it is the same money, nothing belongs back:"
        yield f'        {_COMMAND} settled {case.id} --note "…"'
    if waiting.assignable:
        yield f"    {amount(waiting.assignable)} EUR waits: find the order that it is meant for, or send it back."
        for guess in case.guesses:
            yield f"    Perhaps order {guess.number}, which awaits {amount(guess.missing)} EUR:"
            yield f"        {_COMMAND} assign {case.id} {guess.number}"
        if not case.guesses:
            yield f"        {_COMMAND} assign {case.id} ORDER"
        yield f'        {_COMMAND} refunded {case.id} --note "…"'
    elif waiting.refundable:
        yield (
            f"    {amount(waiting.refundable)} {waiting.currency} waits: send it back; or register the euros "
            "that it was changed to, and settle it."
        )
        yield f'        {_COMMAND} refunded {case.id} --note "…"'
        yield f'        {_COMMAND} settled {case.id} --note "…"'
    else:
        if waiting.reason is ReviewReason.REVERSED:
            yield "    Decide with the customer: another payment, or an earlier expiry by the mailbox file."
        elif waiting.reason is ReviewReason.REVERSAL_UNFIT:
            yield "    It took nothing. Compare it with what your bank says; what did go back and is not in the ledger:"
            yield f"        {_COMMAND} reversed {case.payment_id} --amount EUROS --reversal-id ANOTHER"
        else:
            yield "    Nothing of it is left to decide."
        yield f'        {_COMMAND} settled {case.id} --note "…"'


def why_not_payable(closed: "NotPayable") -> str:
    """Why an order cannot be paid with money that waits."""
    why = {
        None: "is paid already",
        ReviewReason.ORDER_CANCELLED: "was cancelled",
        ReviewReason.ORDER_EXPIRED: "has expired",
        ReviewReason.ORDER_WITHDRAWN: "was withdrawn from",
        ReviewReason.ORDER_UNDECIDED: "waits for `orders vat`",
        ReviewReason.MAILBOX_DELETED: "has a mailbox that was deleted meanwhile",
    }
    return f"Order {closed.number} {why.get(closed.reason, 'cannot be paid with it')}: nothing was changed."


def decided(done: "CaseDecided") -> str:
    """What was decided of a payment, and when."""
    return done.decision.value if done.at is None else f"{done.decision.value} on {rome_day(done.at)}"
