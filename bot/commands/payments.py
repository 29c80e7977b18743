"""`payments`: money is registered by hand, and the payments that need a person are decided."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Annotated, Final

import typer

from bot.clock import ROME
from bot.commands.console import say
from bot.commands.office import Office, Refused, at_the_office
from bot.commands.tables import LARGEST, MOST_ROWS
from bot.domain.money import CURRENCY, amount, parse_amount

if TYPE_CHECKING:
    from bot.services.payments.ledger import PaymentKind

payments = typer.Typer(
    help="Register payments by hand, and decide those that need a person.", no_args_is_help=True
)

_SHOWN: Final = 50
_LONGEST_ID: Final = 128
_LONGEST_METHOD: Final = 64

Number = Annotated[
    str,
    typer.Argument(
        metavar="ORDER", help="The order's number, like R7K2M-4, or the whole reason that names it."
    ),
]
PaymentId = Annotated[
    str, typer.Argument(metavar="PAYMENT", help="The payment's own id, as it was registered.")
]
Case = Annotated[
    int, typer.Argument(metavar="ID", max=LARGEST, help="The number that `payments review` gives.")
]


@payments.command()
def register(
    order: Number,
    paid: Annotated[str, typer.Option("--amount", metavar="EUROS", help="What arrived, like 36.48.")],
    method: Annotated[str, typer.Option("--method", help="How it was paid, like bank_transfer.")],
    payment_id: Annotated[
        str | None,
        typer.Option(
            "--payment-id",
            metavar="ID",
            help="The payment's own id; else one is made of order, day and amount.",
        ),
    ] = None,
    day: Annotated[
        datetime | None,
        typer.Option("--date", formats=["%Y-%m-%d"], metavar="DATE", help="When it was paid; else today."),
    ] = None,
    currency: Annotated[str, typer.Option("--currency", help="ISO 4217.")] = CURRENCY,
    *,
    again: Annotated[
        bool, typer.Option("--again", help="It is another payment of the same amount on the same day.")
    ] = False,
) -> None:
    """Register a payment of an order; typed twice, it is one payment."""
    from bot.commands.payment_words import registered
    from bot.services.payments.ledger import PaymentKind, PaymentReport

    async def enter(office: Office) -> None:
        number = await _named(office, order)
        cents = _cents(paid)
        _check(method, currency, payment_id, again=again)
        on = _day(day, office)
        made = payment_id or await _made_id(office, f"manual-{number}-{on}-{amount(cents)}", again=again)
        known = await office.decisions.entry(made)
        if known is not None and (known.amount, known.currency, known.order) != (cents, currency, number):
            raise Refused(
                f"The ledger has payment {made} already, of {amount(known.amount)} {known.currency} "
                f"for {known.order}: nothing was changed"
            )
        if known is None:
            moment = _moment(on, office)
            await office.payments.register(
                PaymentReport(PaymentKind.REGISTERED, made, number, cents, currency, method, moment)
            )
        entry = await office.decisions.entry(made)
        if known is not None:
            hint = "" if payment_id else "; if it is another payment, add --again"
            say(f"Payment {made} was registered before: nothing was changed{hint}.")
        elif payment_id is None:
            say(f"Registered as {made}: typed again, it changes nothing.")
        if entry is not None:
            say(registered(entry))

    at_the_office(enter)


@payments.command("reversed")
def went_back(
    payment_id: PaymentId,
    back: Annotated[str, typer.Option("--amount", metavar="EUROS", help="What went back, like 36.48.")],
    reversal_id: Annotated[
        str,
        typer.Option("--reversal-id", metavar="ID", help="Where it goes back more than once: which time."),
    ] = "",
    day: Annotated[
        datetime | None,
        typer.Option("--date", formats=["%Y-%m-%d"], metavar="DATE", help="When it went; else today."),
    ] = None,
) -> None:
    """Note that money of a payment went back: a refund, a chargeback, a recalled transfer."""
    from bot.services.payments.ledger import PaymentKind

    _report_part(PaymentKind.REVERSED, payment_id, back, reversal_id, day)


@payments.command()
def won(
    payment_id: PaymentId,
    reversal_id: Annotated[
        str, typer.Option("--reversal-id", metavar="ID", help="The reversal whose money is here again.")
    ],
    again: Annotated[str, typer.Option("--amount", metavar="EUROS", help="What came again, like 36.48.")],
    day: Annotated[
        datetime | None,
        typer.Option("--date", formats=["%Y-%m-%d"], metavar="DATE", help="When it came; else today."),
    ] = None,
) -> None:
    """Note that money that had gone back is here again, as when a dispute was won."""
    from bot.services.payments.ledger import PaymentKind

    if not reversal_id:
        raise typer.BadParameter("it says which reversal was won", param_hint="--reversal-id")
    _report_part(PaymentKind.REGISTERED, payment_id, again, reversal_id, day)


@payments.command()
def review(
    limit: Annotated[int, typer.Option("--limit", min=1, max=MOST_ROWS, help="How many at most.")] = _SHOWN,
) -> None:
    """List the payments, and entries of statements, that need a person: why, what to do, and the command for it."""
    from bot.commands.payment_words import case_lines
    from bot.commands.statement_words import entry_lines

    async def look(office: Office) -> None:
        cases, total = await office.decisions.review(limit)
        waiting, of_statements = await office.proposals.waiting(limit)
        told = [*(case_lines(case, office) for case in cases), *(entry_lines(entry) for entry in waiting)]
        if not told:
            say("No payment needs a person.")
        for position, lines in enumerate(told):
            if position:
                say("")
            for line in lines:
                say(line)
        if (left := total + of_statements - len(told)) > 0:
            say(f"… and {left} more: --limit shows more of them.")

    at_the_office(look)


@payments.command()
def assign(case: Case, order: Number) -> None:
    """Count the money of a payment for another order, and complete that order if it suffices."""
    from bot.commands.payment_words import registered, why_not_payable
    from bot.services.office.payment_cases import NoSuchOrder, NotPayable

    async def give(office: Office) -> None:
        with _refusals(case):
            try:
                entry = await office.decisions.assign(case, order)
            except NoSuchOrder as nowhere:
                raise Refused(f"There is no order {nowhere.number}.") from nowhere
            except NotPayable as closed:
                raise Refused(why_not_payable(closed)) from closed
        say(f"Assigned: {amount(entry.amount)} {entry.currency} of payment {entry.payment_id}.")
        say(registered(entry))

    at_the_office(give)


@payments.command()
def refunded(
    case: Case,
    note: Annotated[
        str | None, typer.Option("--note", help="Such as when and how; kept encrypted in the ledger.")
    ] = None,
) -> None:
    """Note that the money of a payment was sent back. It is you who sends it: the bot moves no money."""

    async def close(office: Office) -> None:
        with _refusals(case):
            closed = await office.decisions.refunded(case, note)
        sent = f"{amount(closed.waiting.refundable)} {closed.waiting.currency}"
        say(f"Noted: {sent} of payment {closed.payment_id} went back.")

    at_the_office(close)


@payments.command()
def settled(
    case: Case,
    note: Annotated[str, typer.Option("--note", help="What was done; kept encrypted in the ledger.")],
) -> None:
    """Note that a payment was dealt with in another way."""

    async def close(office: Office) -> None:
        if not note.strip():
            raise Refused("--note is empty: it should say what was done.")
        with _refusals(case):
            closed = await office.decisions.settled(case, note)
        say(f"Noted: payment {closed.payment_id} is settled.")

    at_the_office(close)


def _report_part(
    kind: "PaymentKind", payment_id: str, text: str, reversal_id: str, day: datetime | None
) -> None:
    """Register that a part of a payment went back, or came again; typed twice, it is once."""
    from bot.commands.payment_words import registered
    from bot.services.payments.ledger import PaymentKind, PaymentReport

    async def enter(office: Office) -> None:
        cents = _cents(text)
        if reversal_id:
            _check_text("--reversal-id", reversal_id, _LONGEST_ID)
        payment = await office.decisions.entry(payment_id)
        if payment is None:
            raise Refused(
                f"The ledger has no payment {payment_id}: nothing was registered. `orders show ORDER` lists an order's."
            )
        known = await office.decisions.entry(payment_id, kind, reversal_id)
        if known is not None and known.amount != cents:
            raise Refused(
                f"The ledger has this already, of {amount(known.amount)} {known.currency}: nothing was changed; "
                f"if it is another one, give it {'another' if reversal_id else 'a'} --reversal-id."
            )
        if kind is PaymentKind.REGISTERED:
            await _check_went_back(office, payment_id, reversal_id)
        if known is None:
            await office.payments.register(
                PaymentReport(
                    kind,
                    payment_id,
                    payment.order,
                    cents,
                    payment.currency,
                    payment.method,
                    _moment(_day(day, office), office),
                    reversal_id,
                )
            )
        else:
            say("It was registered before: nothing was changed.")
        entry = await office.decisions.entry(payment_id, kind, reversal_id)
        if entry is not None:
            say(registered(entry))

    at_the_office(enter)


async def _check_went_back(office: Office, payment_id: str, reversal_id: str) -> None:
    from bot.services.payments.ledger import PaymentKind

    if await office.decisions.entry(payment_id, PaymentKind.REVERSED, reversal_id) is None:
        raise Refused(
            f"Payment {payment_id} has no reversal {reversal_id}: nothing was registered. "
            "`orders show ORDER` lists them; what is missing there is registered by `payments reversed` first."
        )


def _cents(text: str) -> int:
    try:
        cents = parse_amount(text)
    except ValueError as wrong:
        raise Refused(str(wrong)) from wrong
    if cents == 0:
        raise Refused("The amount is zero: a payment has one.")
    return cents


def _check(method: str, currency: str, payment_id: str | None, *, again: bool) -> None:
    if again and payment_id is not None:
        raise Refused("--again and --payment-id contradict each other: another payment has another id.")
    if not (len(currency) == len(CURRENCY) and currency.isascii() and currency.isupper()):
        raise Refused(f"{currency!r} is not a currency: write its three letters, like EUR.")
    for name, text, most in (
        ("--method", method, _LONGEST_METHOD),
        ("--payment-id", payment_id, _LONGEST_ID),
    ):
        if text is not None:
            _check_text(name, text, most)


def _check_text(name: str, text: str, most: int) -> None:
    if not (0 < len(text) <= most and text.isprintable() and text.strip()):
        raise Refused(f"{name} should be 1 to {most} printable characters.")


def _moment(on: date, office: Office) -> datetime:
    """When something of that day is said to have been: now, or at noon of a day that is over."""
    if on < office.surroundings.today():
        return datetime.combine(on, time(12), ROME)
    return office.surroundings.now()


def _day(day: datetime | None, office: Office) -> date:
    today = office.surroundings.today()
    if day is None:
        return today
    if day.date() > today:
        raise Refused(f"{day.date()} is still to come: a payment is registered when it has arrived.")
    return day.date()


async def _named(office: Office, text: str) -> str:
    """The number of the only order that a reason names, as a payer may have written it."""
    from bot.domain.order_number import one_number_in

    found = await office.order_book.named(text)
    if len(found) > 1:
        raise Refused(f"More than one order is named ({', '.join(found)}): nothing was registered.")
    if not found:
        raise Refused(f"There is no order {one_number_in(text)}: nothing was registered.")
    return found[0]


async def _made_id(office: Office, first: str, *, again: bool) -> str:
    """The id of a payment that has none: the same for the same payment, the next free one with `again`."""
    if not again:
        return first
    count = 2
    while await office.decisions.entry(f"{first}-{count}") is not None:
        count += 1
    return f"{first}-{count}"


@contextmanager
def _refusals(case: int) -> Iterator[None]:
    """Say in one line why a decision is refused."""
    from bot.commands.payment_words import decided
    from bot.services.office.payment_cases import CaseDecided, NoSuchPayment, NothingWaiting

    try:
        yield
    except NoSuchPayment as unknown:
        raise Refused(f"{case} is not a payment that needs a person: see `payments review`.") from unknown
    except CaseDecided as done:
        raise Refused(f"Payment {case} was decided before: {decided(done)}.") from done
    except NothingWaiting as nothing:
        raise Refused(
            f"Nothing of payment {case} can be {'assigned' if nothing.waiting.refundable else 'sent back'}: "
            f"close it with `payments settled {case} --note …`."
        ) from nothing
