"""`office export`: a month for the books, as files that a spreadsheet or an accounting program takes."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from bot.commands.console import say
from bot.commands.exporting import ORDER_COLUMNS, order_cells, whole_file
from bot.commands.office import Office, Refused, at_the_office
from bot.commands.tables import show_table
from bot.domain.money import CURRENCY, Cents, amount, signed_amount

if TYPE_CHECKING:
    from bot.services.office.month import Month, MonthBook

_MONTH: Final = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")
_LINES: Final = (
    *("order", "line", "of", "mailbox", "quantity", "years", "currency"),
    *("unit_net", "net", "vat_percent", "vat", "total"),
)
_PAYMENTS: Final = (
    *("id", "payment_id", "reversal_id", "kind", "order", "registered_at", "method", "currency"),
    *("amount", "counted", "belongs_back", "outcome"),
)
_REFUNDS: Final = ("id", "payment_id", "order", "refunded_at", "currency", "amount")
_INVOICES: Final = ("order", "number", "document", "issued_on", "told_at")


class _Sums:
    """What the files add up to, to be compared with the books. Cents."""

    def __init__(self) -> None:
        self.rows = {"orders": 0, "lines": 0, "payments": 0, "refunds": 0, "invoices": 0}
        self.net: Cents = 0
        self.vat: Cents = 0
        self.received: Cents = 0
        self.reversed: Cents = 0
        self.refunded: Cents = 0

    def lines(self) -> Iterator[tuple[str, str]]:
        """Their names and values."""
        yield from ((name, str(count)) for name, count in self.rows.items())
        yield "net of the lines", amount(self.net)
        yield "VAT of the lines", amount(self.vat)
        yield f"received, {CURRENCY}", amount(self.received)
        yield f"reversed, {CURRENCY}", amount(self.reversed)
        yield f"noted as refunded, {CURRENCY}", amount(self.refunded)


def export_month(
    month: Annotated[str, typer.Option("--month", metavar="YYYY-MM", help="The month, counted in Rome.")],
    folder: Annotated[
        Path | None,
        typer.Option("--to", metavar="FOLDER", help="Where to write; `office-YYYY-MM` unless it is given."),
    ] = None,
) -> None:
    """Write a month as CSV files: orders (placed or completed in it), lines with VAT, payments, refunds, invoices."""
    wanted = _month(month)
    place = Path(f"office-{month}") if folder is None else folder

    async def write(at: Office) -> _Sums:
        try:
            place.mkdir(parents=True, exist_ok=True)
        except OSError as failure:
            raise Refused(f"{place} cannot be made: {failure.strerror}") from failure
        async with at.books.of(wanted) as happened:
            return await _write(at, happened, place)

    show_table(("what", "sum"), at_the_office(write).lines(), right=("sum",))
    say(f"Written to {place}.")


async def _write(at: Office, month: "MonthBook", folder: Path) -> _Sums:
    """Write the five files, each whole, and all of them or none."""
    sums = _Sums()
    with ExitStack() as files:
        names = ("orders", "lines", "payments", "refunds", "invoices")
        orders, lines, payments, refunds, invoices = (
            files.enter_context(whole_file(folder / f"{name}.csv")) for name in names
        )
        orders.write(ORDER_COLUMNS)
        async for order in month.orders():
            orders.write(order_cells(order, at))
            sums.rows["orders"] += 1
        lines.write(_LINES)
        async for line in month.lines():
            lines.write(
                (
                    *(line.order, line.kind, line.code, line.mailbox, line.quantity, line.years, CURRENCY),
                    *(amount(line.unit_net), amount(line.net), line.vat_percent, amount(line.vat)),
                    amount(line.net + line.vat),
                )
            )
            sums.rows["lines"] += 1
            sums.net, sums.vat = sums.net + line.net, sums.vat + line.vat
        payments.write(_PAYMENTS)
        async for move in month.movements():
            payments.write(
                (
                    *(move.id, move.payment_id, move.reversal_id, move.kind, move.order),
                    *(at.local(move.registered_at), move.method, move.currency),
                    *(amount(move.amount), signed_amount(move.counted), amount(move.refund), move.outcome),
                )
            )
            sums.rows["payments"] += 1
            if move.currency == CURRENCY and move.kind == "registered":
                sums.received += move.amount
            elif move.currency == CURRENCY and move.kind == "reversed" and move.is_reported:
                sums.reversed += move.amount
        refunds.write(_REFUNDS)
        for back in await month.refunds():
            cells = (back.id, back.payment_id, back.order, at.local(back.refunded_at), back.currency)
            refunds.write((*cells, amount(back.amount)))
            sums.rows["refunds"] += 1
            if back.currency == CURRENCY:
                sums.refunded += back.amount
        invoices.write(_INVOICES)
        async for issued in month.invoices():
            invoices.write(
                (
                    *(issued.order, issued.number, issued.document, issued.issued_on.isoformat()),
                    at.local(issued.told_at),
                )
            )
            sums.rows["invoices"] += 1
    return sums


def _month(text: str) -> "Month":
    from bot.services.office.month import Month

    found = _MONTH.fullmatch(text)
    if found is None:
        raise typer.BadParameter(f"{text!r} should be a year and a month, like 2026-11", param_hint="--month")
    return Month(int(found[1]), int(found[2]))
