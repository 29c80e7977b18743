"""`orders`: the orders of all customers, listed, shown one by one, and exported."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from bot.commands.console import say
from bot.commands.demo import Language
from bot.commands.evidence import InLanguage, Out, write_papers
from bot.commands.exporting import ORDER_COLUMNS, order_cells, whole_file
from bot.commands.office import Office, Refused, at_the_office
from bot.commands.tables import MOST_ROWS, show_table
from bot.domain.money import CURRENCY, amount
from bot.domain.orders import OrderStatus

if TYPE_CHECKING:
    from bot.domain.evidence.document import Document
    from bot.services.office.order_book import OrderFilter, OrderSummary

orders = typer.Typer(
    help="Look at orders: list, show, export; decide on VAT; say when a kit came.",
    invoke_without_command=True,
)

_SHOWN: Final = 50

Status = Annotated[
    list[OrderStatus] | None, typer.Option("--status", help="Only orders in this state; may be repeated.")
]
Customer = Annotated[
    str | None, typer.Option("--customer", metavar="CODE", help="Only orders of this customer.")
]
Since = Annotated[
    datetime | None,
    typer.Option("--since", formats=["%Y-%m-%d"], metavar="DATE", help="Placed on this day or later."),
]
Until = Annotated[
    datetime | None,
    typer.Option("--until", formats=["%Y-%m-%d"], metavar="DATE", help="Placed on this day or before."),
]
Number = Annotated[str, typer.Argument(metavar="NUMBER", help="The order's number, like R7K2M-4.")]


@orders.callback()
def begin(context: typer.Context) -> None:
    """Look at orders. Without a command, the latest ones are listed."""
    if context.invoked_subcommand is None:
        list_orders()


@orders.command("list")
def list_orders(
    status: Status = None,
    customer: Customer = None,
    since: Since = None,
    until: Until = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=MOST_ROWS, help="How many at most.")] = _SHOWN,
) -> None:
    """List the latest orders, the newest first."""

    async def look(office: Office) -> tuple[tuple["OrderSummary", ...], list[list[str]]]:
        with _customer_known(customer):
            found = await office.order_book.latest(_filter(status, customer, since, until), limit + 1)
        return found, [_cells(order, office) for order in found[:limit]]

    found, rows = at_the_office(look)
    columns = ("order", "status", "placed", "customer", "mailboxes", "due", "paid", "missing", "pay by")
    show_table(columns, rows, right=("mailboxes", "due", "paid", "missing"))
    if len(found) > limit:
        from bot.commands.console import problem

        problem(f"There are more than {limit}: --limit shows more of them, `orders export` all.")


@orders.command()
def show(
    number: Number,
    *,
    personal: Annotated[
        bool,
        typer.Option(
            "--personal", help="Also the holder's data, and where a kit is sent, as the customer confirmed."
        ),
    ] = False,
) -> None:
    """Show one order, or one collective number: lines, payments, evidence, and what was sent about it."""
    from bot.commands.order_sheet import print_collective, print_order
    from bot.services.office.payment_cases import NoSuchOrder

    async def look(office: Office) -> None:
        try:
            print_order(await office.order_book.show(number, personal=personal), office)
        except NoSuchOrder:
            try:
                collective = await office.order_book.collective(number)
            except NoSuchOrder as nowhere:
                raise Refused(f"There is no order {nowhere.number}.") from nowhere
            if personal:
                raise Refused("--personal is for one order: a collective number has nobody's data.") from None
            print_collective(collective, office)

    at_the_office(look)


@orders.command("evidence")
def evidence_of_order(number: Number, out: Out, language: InLanguage = Language.IT) -> None:
    """Write all the evidence of an order to a PDF: pages for people, and inside the same for a program."""

    async def ask(office: Office) -> "list[Document]":
        return [await office.papers.of_order(number, language.value)]

    write_papers(ask, out, language)
    say(f"The evidence of order {number} is in {out}. Verify it with: python -m bot evidence verify {out}")


@orders.command()
def vat(
    number: Number,
    *,
    charge: Annotated[
        bool,
        typer.Option("--charge/--without", help="Whether VAT is charged; --without, its receiver owes it."),
    ],
    mention: Annotated[
        str | None,
        typer.Option(
            "--mention",
            help="What the invoice says instead; by the holder's country unless it is given, needed for hardware.",
        ),
    ] = None,
    note: Annotated[str, typer.Option("--note", help="Why; kept encrypted with the decision.")] = "",
) -> None:
    """Decide on the VAT of an order that waits for it: its customer is told what it costs and how to pay it."""
    from bot.domain.vat import LONGEST_MENTION
    from bot.services.office.payment_cases import NoSuchOrder
    from bot.services.office.vat_decisions import MentionNeeded, NotUndecided

    if mention is not None:
        mention = " ".join(mention.split())
        if charge or not 0 < len(mention) <= LONGEST_MENTION:
            raise typer.BadParameter(
                f"it goes with --without, and has up to {LONGEST_MENTION} characters", param_hint="--mention"
            )

    async def decide(office: Office) -> None:
        try:
            if charge:
                decided = await office.vat_decisions.charge(number, note)
            else:
                decided = await office.vat_decisions.waive(number, note, mention)
        except NoSuchOrder as nowhere:
            raise Refused(f"There is no order {nowhere.number}.") from nowhere
        except MentionNeeded as goods:
            raise Refused("Hardware is sent with it: --mention has to say why no VAT is charged.") from goods
        except NotUndecided as other:
            raise Refused(
                f"Order {other.number} does not wait for a decision: {other.status.value}, VAT {other.treatment.value}."
            ) from other
        why = "" if decided.mention is None else f" ({decided.mention})"
        say(
            f"Order {decided.number}: VAT {decided.treatment.value}{why}, {amount(decided.due)} {CURRENCY} due."
        )
        say("The customer is told, with how to pay. Money that came before waits: `payments review`.")

    at_the_office(decide)


@orders.command()
def delivered(
    number: Number,
    on: Annotated[
        datetime,
        typer.Option(
            "--on", formats=["%Y-%m-%d"], metavar="DATE", help="The day on which the customer got it."
        ),
    ],
) -> None:
    """Register when the hardware of an order's signature kit was delivered: its days of withdrawal run from there."""
    from bot.services.office.kit_deliveries import NoDayOfDelivery, NoHardware, NotPaid
    from bot.services.office.payment_cases import NoSuchOrder

    async def register(office: Office) -> None:
        try:
            done = await office.kit_deliveries.register(number, on.date())
        except NoSuchOrder as nowhere:
            raise Refused(f"There is no order {nowhere.number}.") from nowhere
        except NoHardware as nothing:
            raise Refused("No hardware is sent with it: nothing of it is delivered.") from nothing
        except NotPaid as unpaid:
            raise Refused(
                f"Order {unpaid.number} is {unpaid.status.value}, and never was complete: nothing was sent."
            ) from unpaid
        except NoDayOfDelivery as impossible:
            raise Refused("--on has to lie between the day of the order and today.") from impossible
        until = "its holder is no consumer" if done.until is None else f"withdrawal until {done.until}"
        say(f"Order {done.number}: kit delivered on {done.on}, {until}.")

    at_the_office(register)


@orders.command()
def export(
    file: Annotated[
        Path, typer.Argument(metavar="FILE.csv", help="Where to write; replaced if it is there.")
    ],
    status: Status = None,
    customer: Customer = None,
    since: Since = None,
    until: Until = None,
) -> None:
    """Write orders to a CSV file, the oldest first: an order a row, amounts with a point, dates in ISO 8601."""

    async def write(office: Office) -> int:
        count = 0
        with _customer_known(customer), whole_file(file) as rows:
            rows.write(ORDER_COLUMNS)
            async for order in office.order_book.each(_filter(status, customer, since, until)):
                rows.write(order_cells(order, office))
                count += 1
        return count

    say(f"Orders written to {file}: {at_the_office(write)}")


def _cells(order: "OrderSummary", office: Office) -> list[str]:
    return [
        order.number,
        order.status.value,
        office.day(order.placed_at).isoformat(),
        order.customer,
        str(order.mailboxes),
        amount(order.due),
        amount(order.paid),
        amount(order.missing),
        order.pay_by.isoformat(),
    ]


def _filter(
    status: list[OrderStatus] | None, customer: str | None, since: datetime | None, until: datetime | None
) -> "OrderFilter":
    from bot.services.office.order_book import OrderFilter

    return OrderFilter(
        statuses=frozenset(status or ()),
        customer=customer,
        since=None if since is None else since.date(),
        until=None if until is None else until.date(),
    )


@contextmanager
def _customer_known(customer: str | None) -> Iterator[None]:
    from bot.services.errors import NoSuchCustomer

    try:
        yield
    except NoSuchCustomer as nobody:
        raise Refused(f"There is no customer {customer}.") from nobody
