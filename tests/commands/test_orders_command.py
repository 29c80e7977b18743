"""`orders` as an operator types it: what is printed, what is written, and the exit codes."""

import csv
import io
import os
import stat
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import pytest
from rich.console import Console

from bot.commands import tables
from bot.db.keys import KeyRing
from bot.domain.withdrawal import last_day
from bot.services.actor import Actor
from bot.services.orders.rows import Order
from tests.commands.shop import Shop
from tests.support.ordering import chosen, give_kit_to, place
from tests.support.till import Till

PROJECT = Path(__file__).parents[2]
HEAD = "order\tstatus\tplaced\tcustomer\tmailboxes\tdue\tpaid\tmissing\tpay by"


def test_orders_alone_lists_them_and_other_programs_can_read_it(shop: Shop) -> None:
    assert shop.does("orders") == [HEAD]
    first, second = shop.order("a"), shop.order("b", chat=8)
    shop.bot(lambda till: till.receive(till.paid(first, 1000)))
    listed = shop.does("orders")
    assert listed == shop.does("orders", "list")
    assert listed == [
        HEAD,
        f"{second.number}\tawaiting_payment\t{shop.today}\tb\t1\t36.48\t0.00\t36.48\t{second.pay_by}",
        f"{first.number}\tawaiting_payment\t{shop.today}\ta\t1\t36.48\t10.00\t26.48\t{first.pay_by}",
    ]


def test_filters_and_limit(shop: Shop) -> None:
    first, second = shop.order("a"), shop.order("b", chat=8)
    shop.bot(lambda till: till.receive(till.paid(first)))

    def listed(*options: str) -> list[str]:
        return [line.split("\t")[0] for line in shop.does("orders", "list", *options)[1:]]

    assert listed("--status", "completed") == [first.number]
    assert listed("--status", "completed", "--status", "awaiting_payment") == [second.number, first.number]
    assert listed("--customer", "b") == [second.number]
    assert listed("--since", shop.today, "--until", shop.today) == [second.number, first.number]
    assert listed("--until", "2020-01-01") == []
    cut = shop.types("orders", "list", "--limit", "1")
    assert (cut.exit_code, len(cut.stdout.splitlines())) == (0, 2)
    assert "more than 1" in cut.stderr
    assert shop.is_refused("orders", "list", "--customer", "c") == "There is no customer c."
    assert shop.types("orders", "list", "--status", "paid").exit_code == 2
    assert shop.types("orders", "list", "--since", "23/11/2026").exit_code == 2


def test_on_a_terminal_no_number_is_cut_however_narrow_it_is(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = shop.order("un-[/b]-codice-[red]-davvero-molto-lungo")
    screen = io.StringIO()
    monkeypatch.setattr(
        tables, "out", Console(file=screen, force_terminal=True, width=40, color_system=None, highlight=False)
    )
    shop.does("orders")
    row = next(line for line in screen.getvalue().splitlines() if order.number in line)
    assert "un-[/b]-codice-[red]-davvero-molto-lungo" in row
    assert "…" not in screen.getvalue()


def test_an_order_is_shown_with_lines_payments_evidence_and_messages(shop: Shop) -> None:
    order = shop.order()
    shop.bot(lambda till: till.receive(till.paid(order, 4000, "bank-7781")))
    shown = shop.does("orders", "show", order.number.lower())
    facts = dict(line.split("\t") for line in shown if line.count("\t") == 1)
    assert (facts["status"], facts["customer"]) == ("completed", "rossi")
    assert (facts["due"], facts["paid"], facts["missing"]) == ("36.48 EUR", "36.48 EUR", "0.00 EUR")
    assert datetime.fromisoformat(facts["placed"]).utcoffset() is not None
    item = order.items[0]
    assert f"{item.address}\tpro\t0\t0\t{item.old_expiry}\t{item.new_expiry}" in shown
    assert any(line.startswith("plan\tpro\t1\t1\t29.90\t22\t6.58") for line in shown)
    (payment,) = (line.split("\t") for line in shown if "\tbank-7781\t" in line)
    assert payment[2:6] == ["registered", "40.00 EUR", "36.48", "3.52"]
    assert payment[-1] == "surplus"
    (evidence,) = (line for line in shown if line.startswith("Ordered in chat 7 "))
    assert evidence.endswith("by the button: Ordine di prova")
    assert {line.split("\t")[0] for line in shown} >= {"conditions", "clauses", "privacy"}
    messages = [line.split("\t")[:3] for line in shown[shown.index("Messages") + 2 :]]
    assert ["completed", "chat 7", "due"] in messages
    assert ["review", "operator", "due"] in messages


def test_personal_data_comes_on_request(shop: Shop) -> None:
    order = shop.order()
    assert "Maria" not in "".join(shop.does("orders", "show", order.number))
    asked = "".join(shop.does("orders", "show", order.number, "--personal"))
    assert "Maria" in asked
    assert "Via dell'Esempio 1" in asked


def test_a_mistyped_number_is_told_from_one_that_nothing_has(shop: Shop) -> None:
    assert "check character does not agree" in shop.is_refused("orders", "show", "R7K2M-5")
    assert "one looks like" in shop.is_refused("orders", "show", "12")
    assert shop.is_refused("orders", "show", "R7K2M-4") == "There is no order R7K2M-4."


def test_an_export_is_a_file_for_other_programs(shop: Shop, tmp_path: Path) -> None:
    first, second = shop.order("a"), shop.order("b", chat=8)
    shop.bot(lambda till: till.receive(till.paid(first)))
    shop.bot(lambda till: till.services.orders.cancel(Actor(8, "it"), second.number))
    path = tmp_path / "orders.csv"
    path.write_text("what was there before")
    path.chmod(0o644)
    assert shop.does("orders", "export", str(path)) == [f"Orders written to {path}: 2"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600, "its owner alone reads it"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["order"] for row in rows] == [first.number, second.number]
    paid, cancelled = rows
    assert (paid["status"], paid["customer"], paid["mailboxes"], paid["years"]) == (
        "completed",
        "a",
        "1",
        "1",
    )
    assert (paid["net"], paid["vat"], paid["due"], paid["paid"], paid["missing"]) == (
        "29.90",
        "6.58",
        "36.48",
        "36.48",
        "0.00",
    )
    assert (paid["currency"], paid["split_payment"], paid["kit"]) == ("EUR", "false", "")
    assert paid["pay_by"] == first.pay_by.isoformat()
    for moment in (paid["placed_at"], paid["completed_at"], cancelled["cancelled_at"]):
        assert datetime.fromisoformat(moment).utcoffset() is not None
    assert (cancelled["status"], cancelled["completed_at"], cancelled["missing"]) == ("cancelled", "", "0.00")
    assert "pec.example" not in path.read_text()
    assert shop.does("orders", "export", str(path), "--customer", "b")[-1].endswith(": 1")
    assert [each.name for each in tmp_path.glob("*orders*")] == ["orders.csv"]


def test_a_customer_whose_code_looks_like_a_formula_is_not_calculated(shop: Shop, tmp_path: Path) -> None:
    shop.order("=1+1")
    path = tmp_path / "orders.csv"
    shop.does("orders", "export", str(path))
    with path.open(encoding="utf-8", newline="") as file:
        assert [row["customer"] for row in csv.DictReader(file)] == ["'=1+1"]


def test_an_export_that_fails_leaves_what_was_there(shop: Shop, tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_text("what was there before")
    assert shop.is_refused("orders", "export", str(path), "--customer", "c") == "There is no customer c."
    assert path.read_text() == "what was there before"
    nowhere = tmp_path / "missing" / "orders.csv"
    assert "cannot be written" in shop.is_refused("orders", "export", str(nowhere))
    assert not list(tmp_path.glob("*unfinished*"))


def test_settings_and_tables_that_are_not_as_they_should_be(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.order()
    with monkeypatch.context() as wrong:
        wrong.setenv("DATA_KEYS", KeyRing.new_key())
        result = shop.types("orders")
        assert (result.exit_code, result.stdout, len(result.stderr.splitlines())) == (2, "", 1)
    with monkeypatch.context() as wrong:
        wrong.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'empty.db'}")
        result = shop.types("orders")
        assert result.exit_code == 2
        assert "python -m bot migrate" in result.stderr


@pytest.mark.soak
def test_it_ends_by_itself_without_aiogram_and_names_a_missing_setting(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from bot.__main__ import main\n"
        "try:\n    main()\n"
        "finally:\n    assert 'aiogram' not in sys.modules\n"
    )
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", code, "orders"],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(PROJECT)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("DATA_KEYS is missing")


@pytest.mark.soak
def test_the_delivery_of_a_kit_is_registered_and_its_last_day_said(shop: Shop) -> None:
    plain = shop.order("a")
    order = shop.bot(with_a_kit)
    assert shop.is_refused("orders", "delivered", plain.number, "--on", shop.today) == (
        "No hardware is sent with it: nothing of it is delivered."
    )
    assert shop.is_refused("orders", "delivered", order.number, "--on", shop.today) == (
        f"Order {order.number} is awaiting_payment, and never was complete: nothing was sent."
    )
    shop.bot(lambda till: till.receive(till.paid(order)))
    assert shop.is_refused("orders", "delivered", order.number, "--on", shop.day(1)) == (
        "--on has to lie between the day of the order and today."
    )
    assert (
        shop.is_refused("orders", "delivered", "R7K2M-4", "--on", shop.today) == "There is no order R7K2M-4."
    )
    (said,) = shop.does("orders", "delivered", order.number, "--on", shop.today)
    until = last_day(date.fromisoformat(shop.today), shop.surroundings.catalogue.rules)
    assert said == f"Order {order.number}: kit delivered on {shop.today}, withdrawal until {until}."
    assert any(
        line.split() == ["kit", "delivered", shop.today] for line in shop.does("orders", "show", order.number)
    )


async def with_a_kit(till: Till) -> Order:
    """An order of a consumer's that has a smart card."""
    services, actor = till.services, Actor(8, "it")
    mailbox = await till.seed.mailbox("b", plan="pro")
    await services.linking.redeem(actor, (await services.linking.invite("b")).token)
    renewal = await chosen(services, actor, [mailbox])
    await give_kit_to(services, actor, renewal.draft.id, "smart_card")
    return await place(services, actor, await services.renewals.read(actor, renewal.draft.id))
