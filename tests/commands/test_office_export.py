"""`office export --month`: what happened in a month, as files that the books are compared with."""

import csv
import stat
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from bot.db.tables import OrderRow, PaymentRow
from bot.domain.invoices import DocumentKind, Invoice
from bot.services.actor import Actor
from bot.services.orders.invoicing import InvoiceReport
from bot.services.orders.rows import Order
from bot.services.payments.ledger import PaymentKind
from tests.commands.shop import Shop
from tests.support.long_runs import some
from tests.support.till import Till

NOVEMBER = datetime(2026, 11, 30, 22, 59, 59, tzinfo=UTC)
"""The last second of November in Rome."""
DECEMBER = datetime(2026, 11, 30, 23, 0, tzinfo=UTC)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def at(shop: Shop, row: type[Any], column: str, moment: datetime, **which: object) -> None:
    """It happened then."""

    async def move(till: Till) -> None:
        async with till.database.write() as session:
            await session.execute(update(row).filter_by(**which).values({column: moment}))

    shop.bot(move)


def placed(shop: Shop, customer: str, chat: int, moment: datetime) -> Order:
    order = shop.order(customer, chat=chat)
    at(shop, OrderRow, "placed_at", moment, number=order.number)
    return order


def paid(shop: Shop, order: Order, cents: int, payment_id: str, moment: datetime) -> None:
    shop.bot(lambda till: till.receive(till.paid(order, cents, payment_id)))
    at(shop, PaymentRow, "registered_at", moment, payment_id=payment_id)
    at(shop, OrderRow, "completed_at", moment, number=order.number)


def test_a_month_of_rome_has_its_orders_lines_payments_and_refunds(shop: Shop, tmp_path: Path) -> None:
    first = placed(shop, "a", 7, NOVEMBER)
    second = placed(shop, "b", 8, DECEMBER)
    paid(shop, first, 4000, "bank-1", DECEMBER)
    paid(shop, second, 3648, "bank-2", DECEMBER)
    shop.does("payments", "refunded", "1", "--note", "by transfer")
    at(shop, PaymentRow, "resolved_at", DECEMBER, id=1)
    november, december = tmp_path / "november", tmp_path / "december"
    sums = shop.does("office", "export", "--month", "2026-11", "--to", str(november))
    assert sums == [
        "what\tsum",
        *("orders\t1", "lines\t1", "payments\t0", "refunds\t0", "invoices\t0"),
        *("net of the lines\t29.90", "VAT of the lines\t6.58"),
        *("received, EUR\t0.00", "reversed, EUR\t0.00", "noted as refunded, EUR\t0.00"),
        f"Written to {november}.",
    ]
    sums = shop.does("office", "export", "--month", "2026-12", "--to", str(december))
    assert sums[1:5] == ["orders\t2", "lines\t2", "payments\t2", "refunds\t1"]
    assert sums[8:11] == ["received, EUR\t76.48", "reversed, EUR\t0.00", "noted as refunded, EUR\t3.52"]
    assert {stat.S_IMODE(each.stat().st_mode) for each in november.iterdir()} == {0o600}, "its owner alone"
    assert [row["order"] for row in rows(november / "orders.csv")] == [first.number]
    assert [row["order"] for row in rows(december / "orders.csv")] == [first.number, second.number]
    line = rows(november / "lines.csv")[0]
    assert (line["order"], line["line"], line["of"], line["mailbox"]) == (
        *(first.number, "plan", "pro"),
        first.items[0].address,
    )
    assert (line["net"], line["vat_percent"], line["vat"], line["total"]) == ("29.90", "22", "6.58", "36.48")
    payment = rows(december / "payments.csv")[0]
    assert (payment["payment_id"], payment["kind"], payment["order"]) == (
        "bank-1",
        "registered",
        first.number,
    )
    assert (payment["amount"], payment["counted"], payment["belongs_back"]) == ("40.00", "36.48", "3.52")
    assert payment["registered_at"] == "2026-12-01T00:00+01:00"
    (refund,) = rows(december / "refunds.csv")
    assert (refund["payment_id"], refund["order"], refund["amount"]) == ("bank-1", first.number, "3.52")


@pytest.mark.soak
def test_what_went_back_is_summed_once_however_many_orders_it_paid(shop: Shop, tmp_path: Path) -> None:
    order = placed(shop, "a", 7, NOVEMBER)
    paid(shop, order, 3648, "bank-1", NOVEMBER)
    shop.bot(lambda till: till.receive(till.paid(order, 3648, "bank-1", kind=PaymentKind.REVERSED)))
    month = shop.today[:7]
    at(shop, PaymentRow, "registered_at", datetime.fromisoformat(f"{month}-02T12:00:00+00:00"))
    sums = shop.does("office", "export", "--month", month, "--to", str(tmp_path / "m"))
    assert sums[8:10] == ["received, EUR\t36.48", "reversed, EUR\t36.48"]
    counted = [row["counted"] for row in rows(tmp_path / "m" / "payments.csv")]
    assert counted[0] == "36.48"
    assert sum(map(Decimal, counted)) == 0


def test_a_month_has_its_invoices_and_orders_name_theirs(shop: Shop, tmp_path: Path) -> None:
    order = placed(shop, "a", 7, NOVEMBER)
    notes = (
        Invoice("2026/1042", date(2026, 11, 30), url="https://fatture.example.com/d/8fJ2kQ"),
        Invoice("2026/1043", date(2026, 12, 1), DocumentKind.CREDIT_NOTE),
    )
    for invoice in notes:
        report = InvoiceReport(order.number, invoice)
        shop.bot(lambda till, r=report: till.services.invoices.receive(r.invoice.number, "{}", r))  # type: ignore[misc]
    sums = shop.does("office", "export", "--month", "2026-11", "--to", str(tmp_path / "m"))
    assert "invoices\t1" in sums
    (row,) = rows(tmp_path / "m" / "orders.csv")
    assert row["invoices"] == "2026/1042; 2026/1043"
    (issued,) = rows(tmp_path / "m" / "invoices.csv")
    assert (issued["order"], issued["number"], issued["document"], issued["issued_on"]) == (
        *(order.number, "2026/1042", "invoice"),
        "2026-11-30",
    )
    assert "invoices\t2026/1042; 2026/1043" in shop.does("orders", "show", order.number)


def test_an_invoice_of_no_order_is_shown_to_the_office(shop: Shop) -> None:
    report = InvoiceReport("R7K2M-5", Invoice("2026/1042", date(2026, 11, 30)))
    shop.bot(lambda till: till.services.invoices.receive("call-1", "{}", report))
    told = shop.does("office", "show", "C1")
    assert told[0].startswith("C1  invoice  2026/1042")
    assert "for order 'R7K2M-5'" in told[1]
    assert told[-1].endswith('office close C1 --note "…"')


def test_a_cancelled_order_is_in_the_month_in_which_it_was_placed(shop: Shop, tmp_path: Path) -> None:
    order = placed(shop, "a", 7, NOVEMBER)
    shop.bot(lambda till: till.services.orders.cancel(Actor(7, "it"), order.number))
    shop.does("office", "export", "--month", "2026-11", "--to", str(tmp_path / "m"))
    (row,) = rows(tmp_path / "m" / "orders.csv")
    assert (row["status"], row["paid"]) == ("cancelled", "0.00")


@pytest.mark.parametrize("month", some(["2026", "2026-13", "11-2026", "2026-11-01"], 2))
def test_what_is_no_month_is_said(shop: Shop, month: str) -> None:
    result = shop.types("office", "export", "--month", month)
    assert result.exit_code == 2
    assert "a year and a month" in result.output


def test_a_folder_that_cannot_be_made_is_said_and_nothing_is_written(shop: Shop, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("here")
    where = tmp_path / "file" / "below"
    assert "cannot be made" in shop.is_refused("office", "export", "--month", "2026-11", "--to", str(where))
