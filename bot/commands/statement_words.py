"""What the operator is told of a statement: its heaps, the entries that wait, why, and the command for each."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Final

from bot.clock import rome_day
from bot.domain.money import CURRENCY, amount
from bot.domain.payments import PaymentOutcome
from bot.domain.statements.entry import EntryKind, StatementEntry
from bot.domain.statements.proposal import Heap, Reason

if TYPE_CHECKING:
    from bot.services.statements.proposals import EntryDecided, NotForAnOrder, Waiting
    from bot.services.statements.registering import Entered
    from bot.services.statements.report import StatementReport

_COMMAND: Final = "python -m bot payments"
_SHOW: Final = "python -m bot orders show"

HEAPS: Final[Mapping[Heap, str]] = {
    Heap.CERTAIN: "certain",
    Heap.LIKELY: "likely",
    Heap.PROBABLY_SAME: "probably the same",
    Heap.UNKNOWN: "unknown",
    Heap.NOT_OURS: "not ours",
}

WHY: Final[Mapping[Reason, str]] = {
    Reason.NUMBER: "the order's number is in the text",
    Reason.REFERENCE: "the order's RF reference is given",
    Reason.GUESSED_NUMBER: "the order's number is in the text, if its words are glued",
    Reason.ADDRESS: "the address of a mailbox of the order is in the text",
    Reason.PAYER: "the payer's name fits",
    Reason.NAME_IN_TEXT: "a name in the text fits",
    Reason.AMOUNT: "the amount is what the order awaits",
    Reason.AMOUNT_DIFFERS: "the amount is not what the order awaits",
    Reason.OTHER_CURRENCY: "it is not in euros",
    Reason.NOT_OPEN: "the order awaits no payment",
    Reason.MAY_BE_A_WORD: "what looks like the number may be a word, or plain figures",
    Reason.MAY_NAME_ANOTHER: "the text was cut, or may name another order",
    Reason.OTHERS_ADDRESS: "it names the mailbox of another order",
    Reason.OTHERS_PAYER: "the payer's name fits another order of this amount",
    Reason.SEVERAL_NUMBERS: "several orders are named",
    Reason.SEVERAL_ORDERS: "several orders fit",
    Reason.SUM_OF_ALL: "the amount is what they await together",
    Reason.PAID_TOGETHER: "the order that is named is paid together with others, by this collective number",
    Reason.NO_SUCH_ORDER: "it names a number that no order has",
    Reason.FOREIGN_ADDRESS: "it names an address, and no open order of that mailbox fits",
    Reason.OPEN_AMOUNT: "some order awaits this very amount",
    Reason.NOT_BOOKED_CREDIT: "it is no money that came",
    Reason.OTHER_SOURCE: "another source told of this amount for the order within three days",
    Reason.TAKEN_BACK: "money that went back may have been this very payment",
    Reason.SEVERAL_PAYMENTS: "several payments fit",
    Reason.SAME_REFERENCE: "a payment with this reference is registered",
}


def again_line(taken_before: datetime, *, confirmed: int) -> str:
    """On which day in Rome the very same file had been taken, at this instant, and what this run did beside that."""
    done = "what was likely is registered now" if confirmed else "nothing was changed"
    return f"This very file was taken before, on {rome_day(taken_before)}: {done}."


def report_rows(report: "StatementReport") -> Iterator[tuple[str, str, str]]:
    """The heaps of a file, with their entries and what they add up to."""
    for heap, pile in report.counts.heaps.items():
        sum_ = "" if heap is Heap.NOT_OURS else amount(pile.cents)
        yield HEAPS[heap], str(pile.entries), sum_
    yield "known before", str(report.counts.known), ""
    yield "debits, not booked", str(report.counts.aside), ""


def report_lines(report: "StatementReport") -> Iterator[str]:
    """What was registered of a file, and what is to be done."""
    registered = report.registered
    if registered.payments:
        outcomes = ", ".join(f"{count} {outcome.value}" for outcome, count in registered.outcomes.items())
        when = "Registered" if report.taken_before is None else "Registered of it so far"
        yield f"{when}: {outcomes}; {amount(registered.cents)} {CURRENCY} came in."
    if report.dry_run and report.taken_before is None:
        return
    if report.waiting:
        some = "1 entry waits" if report.waiting == 1 else f"{report.waiting} entries wait"
        yield f"{some} for you: {_COMMAND} review"
    if set(registered.outcomes) - {PaymentOutcome.COMPLETED, PaymentOutcome.PARTIAL}:
        yield f"Not all of what was registered completes an order: {_COMMAND} review lists what is to be decided."


def entry_lines(waiting: "Waiting") -> Iterator[str]:
    """An entry that waits: what the bank says, what is proposed and why, and the commands for it."""
    kept, name = waiting.kept, f"S{waiting.id}"
    entry = kept.entry
    back = "went back  " if entry.kind is EntryKind.REVERSAL else ""
    yield (
        f"{name}  {amount(entry.cents)} {entry.currency}  {back}{entry.booked_on}  {HEAPS[waiting.heap]}  "
        f"{_in_one_line(waiting.file)}, {entry.place}"
    )
    if said := _said(entry):
        yield f"    {said}"
    # Nothing is left of what spoke for it where another payment has meanwhile paid what it meant.
    why = ", ".join(WHY[reason] for reason in kept.reasons) or "nothing in it fits an open order any more"
    yield f"    {why[:1].upper()}{why[1:]}."
    if entry.kind is EntryKind.REVERSAL:
        yield from _went_back(waiting)
    elif waiting.heap is Heap.PROBABLY_SAME and kept.order is not None:
        yield f"    Order {kept.order.number} has payment {kept.payment}. Dismiss it if it is that money; else:"
        yield f"        {_COMMAND} dismiss {name}"
        yield f"        {_COMMAND} confirm {name}"
        yield from _perhaps(waiting)
    else:
        if kept.order is not None:
            yield f"    Order {kept.order.number}, which {_awaits(kept.order.missing)}:"
            yield f"        {_COMMAND} confirm {name}"
        yield from _perhaps(waiting)
        if kept.order is None and not kept.candidates:
            yield f"        {_COMMAND} confirm {name} ORDER"
        yield f"        {_COMMAND} dismiss {name}"


def _perhaps(waiting: "Waiting") -> Iterator[str]:
    for each in waiting.kept.candidates:
        yield f"    Perhaps {each.number}, which {_awaits(each.missing)}:"
        yield f"        {_COMMAND} confirm S{waiting.id} {each.number}"


def _went_back(waiting: "Waiting") -> Iterator[str]:
    name, kept = f"S{waiting.id}", waiting.kept
    if kept.payment is not None and waiting.heap is Heap.PROBABLY_SAME:
        yield f"    Of payment {kept.payment} as much went back already. Dismiss it if it is that; else:"
        yield f"        {_COMMAND} dismiss {name}"
        yield f"        {_COMMAND} confirm {name}"
        return
    if kept.payment is not None:
        yield f"    It would be taken back from payment {kept.payment}:"
        yield f"        {_COMMAND} confirm {name}"
    else:
        for each in kept.candidates:
            yield f"    Perhaps it was paid for {each.number}:"
            yield f"        {_SHOW} {each.number}"
        yield "    Where it belongs to a payment of the ledger, register it there, then dismiss it:"
        yield f"        {_COMMAND} reversed PAYMENT --amount {amount(kept.entry.cents)}"
    yield f"        {_COMMAND} dismiss {name}"


def confirmed(entered: "Entered") -> str:
    """What became of an entry that was confirmed."""
    match entered.outcome:
        case PaymentOutcome.COMPLETED:
            return f"Order {entered.order} is paid, and the renewal is complete: the customer is told."
        case PaymentOutcome.PARTIAL:
            return (
                f"It counts for order {entered.order}; {amount(entered.missing)} {CURRENCY} is still missing."
            )
        case PaymentOutcome.REVERSED:
            return "It is registered as money that went back."
        case _:
            return f"It is registered, and completes nothing ({entered.outcome.value}): {_COMMAND} review"


def decided(done: "EntryDecided") -> str:
    """What was decided of an entry, and when."""
    when = "" if done.at is None else f" on {rome_day(done.at)}"
    return f"was {done.state.value}{when}: nothing was changed."


def not_for_an_order(back: "NotForAnOrder") -> str:
    """What to do with money that went back."""
    sum_ = amount(back.kept.entry.cents)
    return f"went back: register it with its payment, `payments reversed PAYMENT --amount {sum_}`, then dismiss it."


def _said(entry: StatementEntry) -> str:
    payer = _in_one_line(" ".join(part for part in (entry.payer, entry.payer_iban) if part))
    text = " ".join((*entry.pieces, *entry.structured)).strip()
    return ": ".join(part for part in (payer, repr(text) if text else "") if part)


def _in_one_line(text: str) -> str:
    """What others wrote, without what would begin a line of its own, or speak to the terminal."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)


def _awaits(missing: int) -> str:
    return f"awaits {amount(missing)} {CURRENCY}" if missing else "awaits nothing"
