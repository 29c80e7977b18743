"""Files that commands write for other programs: whole or not at all, and the columns of an order."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.commands.csv_rows import CsvRows, private_file
from bot.commands.office import Office, Refused
from bot.domain.money import CURRENCY, amount

if TYPE_CHECKING:
    from bot.services.office.order_book import OrderSummary

ORDER_COLUMNS: Final = (
    "order",
    "status",
    "customer",
    "placed_at",
    "mailboxes",
    "years",
    "method",
    "currency",
    "net",
    "vat",
    "due",
    "paid",
    "missing",
    "split_payment",
    "auto_renew",
    "kit",
    "pay_by",
    "payable_until",
    "completed_at",
    "cancelled_at",
    "expired_at",
    "invoices",
    "withdrawn_at",
    "vat_treatment",
    "vat_mention",
)


def order_cells(order: "OrderSummary", office: Office) -> Sequence[str | int]:
    """The row of an order: amounts with a point, dates in ISO 8601."""
    return (
        order.number,
        order.status.value,
        order.customer,
        office.local(order.placed_at),
        order.mailboxes,
        order.years,
        order.method,
        CURRENCY,
        amount(order.net),
        amount(order.vat),
        amount(order.due),
        amount(order.paid),
        amount(order.missing),
        str(order.split_payment).lower(),
        str(order.auto_renew).lower(),
        order.kit or "",
        order.pay_by.isoformat(),
        order.payable_until.isoformat(),
        office.local(order.completed_at),
        office.local(order.cancelled_at),
        office.local(order.expired_at),
        order.invoices or "",
        office.local(order.withdrawn_at),
        order.vat_treatment,
        order.vat_mention or "",
    )


@contextmanager
def whole_file(path: Path) -> Iterator[CsvRows]:
    """A CSV file that is there when it is whole, and not before: what was there stays until then.

    Its owner alone reads it.

    Raises:
        Refused: it cannot be written.
    """
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        with private_file(unfinished) as file:
            yield CsvRows(file)
        unfinished.replace(path)
    except OSError as failure:
        raise Refused(f"{path} cannot be written: {failure.strerror}") from failure
    finally:
        unfinished.unlink(missing_ok=True)
