"""`people`, as an operator types it who is asked what is kept, is to delete it, or has to tell everybody."""

import stat
from pathlib import Path

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from bot.cli import app
from bot.db.tables import CustomerRow
from bot.services.actor import Actor
from tests.commands.shop import Shop
from tests.services.people.opening import unzipped
from tests.support.letterbox import last_code
from tests.support.till import Till


def test_what_is_kept_of_a_customer_is_written_for_its_owner_alone(shop: Shop, tmp_path: Path) -> None:
    order = shop.order()
    shop.order("bianchi", chat=8)
    file = tmp_path / "rossi.zip"
    assert shop.does("people", "export", "rossi", "--out", str(file)) == [
        f"What is kept of rossi is in {file}"
    ]
    page, values = unzipped(file.read_bytes())
    assert order.number in page
    assert order.number in values
    assert "bianchi" not in page + values
    assert stat.S_IMODE(file.stat().st_mode) == 0o600

    shop.does("people", "export", "rossi", "--out", str(file), "--locale", "en")
    page, values = unzipped(file.read_bytes())
    assert "Requests about the data" in page
    assert "data by the operator" in values, "that it was handed out before"


def test_an_unknown_customer_is_refused_in_a_line(shop: Shop, tmp_path: Path) -> None:
    said = shop.is_refused("people", "export", "nobody", "--out", str(tmp_path / "nobody.zip"))
    assert said == "There is no customer nobody."


def test_everybody_is_listed_for_who_has_to_tell_them(shop: Shop, tmp_path: Path) -> None:
    shop.order()
    shop.order("bianchi", chat=8)
    file = tmp_path / "all.csv"
    assert shop.does("people", "list", "--out", str(file)) == [f"2 customers are in {file}"]
    assert file.read_text(encoding="utf-8-sig").splitlines()[1:] == [
        "bianchi,bianchi@example.com,it,1,1",
        "rossi,rossi@example.com,it,1,1",
    ]


@pytest.mark.soak
def test_the_list_of_everybody_without_a_file_to_write_it_to_is_a_table(shop: Shop) -> None:
    shop.order()
    shop.order("bianchi", chat=8)
    assert [line.split("\t") for line in shop.does("people", "list")] == [
        ["customer", "reference_email", "language", "mailboxes", "chats"],
        ["bianchi", "bianchi@example.com", "it", "1", "1"],
        ["rossi", "rossi@example.com", "it", "1", "1"],
    ]
    some = shop.types("people", "list", "--limit", "1")
    assert some.exit_code == 0
    assert len(some.stdout.splitlines()) == 2
    assert some.stderr.strip() == "There are 2: --limit shows more of them, --out writes all."


def a_customer(shop: Shop, code: str = "rossi") -> None:
    """A customer with a mailbox, of whom nothing is open."""
    shop.bot(lambda till: till.seed.mailbox(code, address=f"{code}@pec.example"))


def test_a_customer_is_deleted_once_somebody_has_read_what_goes_and_stays(shop: Shop, tmp_path: Path) -> None:
    a_customer(shop)
    result = CliRunner().invoke(app, ["people", "forget", "rossi"], input="n\n")
    assert result.exit_code == 1
    assert "Goes: reference e-mail, 1 holder, 1 mailbox, all that 0 chats chose" in result.stdout
    assert "Stays: 0 orders with payments and invoices" in result.stdout
    assert "10 years each (art. 2220 Civil Code), the last until" in result.stdout
    assert "Nothing was deleted." in result.stderr

    said = shop.does("people", "forget", "rossi", "--yes")
    assert said[-2].startswith("Customer rossi is deleted; what is kept until ")
    now_called = said[-2].rpartition(" ")[2].rstrip(".")
    again = f"Customer rossi was deleted on {shop.today}; what is kept is called {now_called}."
    assert shop.is_refused("people", "forget", "rossi", "--yes") == again
    assert shop.is_refused("people", "export", "rossi", "--out", str(tmp_path / "x.zip")) == again
    assert shop.does("people", "list", "--out", str(tmp_path / "all.csv"))[0].startswith("0 customers")
    assert "Every record is as it was written." in shop.does("evidence", "verify")
    assert shop.is_refused("people", "forget", "nobody", "--yes") == "There is no customer nobody."


def test_what_stands_against_deleting_is_said_with_what_to_do(shop: Shop) -> None:
    order = shop.order()
    said = shop.is_refused("people", "forget", "rossi", "--yes")
    assert said == (
        f"Customer rossi cannot be deleted yet: order {order.number} is open: "
        "it has to be paid, cancelled, or to expire."
    )


@pytest.mark.soak
def test_who_came_back_is_let_in_again(shop: Shop) -> None:
    a_customer(shop)
    shop.does("people", "forget", "rossi", "--yes")
    assert shop.does("people", "readmit", "rossi@pec.example") == [
        "The next import may bring rossi@pec.example in again."
    ]
    assert "was let in again before" in shop.is_refused("people", "readmit", "rossi")


@pytest.mark.soak
def test_the_case_of_a_customer_that_left_names_it_until_it_is_closed(shop: Shop) -> None:
    async def leaves(till: Till) -> None:
        await till.seed.mailbox("rossi")
        actor = Actor(7, "it")
        await till.services.linking.redeem(actor, (await till.services.linking.invite("rossi")).token)
        async with till.database.read() as session:
            customer_id = await session.scalar(select(CustomerRow.id))
        assert customer_id is not None
        await till.services.leaving.ask(actor, customer_id)
        await till.services.leaving.enter(actor, await last_code(till.database, "rossi@example.com"))

    shop.bot(leaves)
    assert any("rossi" in line and "forgotten" in line for line in shop.does("office", "list"))
    shown = shop.does("office", "show", "C1")
    assert "Customer rossi (1 mailbox) deleted everything in the chat" in shown[1]
    assert "art. 19 GDPR" in "".join(shown)
    shop.does("office", "close", "C1", "--note", "taken out")
    assert "rossi" not in "".join(shop.does("office", "list", "--all") + shop.does("office", "show", "C1"))
