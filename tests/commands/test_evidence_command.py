"""`orders evidence` and `evidence verify` as an operator, or a stranger with nothing but the file, types them."""

import stat
from pathlib import Path

from sqlalchemy import update

from bot.db.tables import ContentRow
from bot.services.evidence.signing import sign_heads
from tests.commands.shop import Shop
from tests.support.till import Till


async def sign(till: Till) -> None:
    surroundings = till.services.surroundings
    async with till.database.write() as session:
        await sign_heads(session, surroundings.today(), surroundings.now())


def given(shop: Shop, *options: str) -> tuple[str, Path]:
    """An order that was paid and signed, and its document."""
    order = shop.order()
    shop.bot(lambda till: till.receive(till.paid(order)))
    shop.bot(sign)
    file = shop.folder / "order.pdf"
    (line,) = shop.does("orders", "evidence", order.number, "--out", str(file), *options)
    assert line.startswith(f"The evidence of order {order.number} is in ")
    return order.number, file


def test_a_document_is_verified_by_who_has_only_the_document(shop: Shop) -> None:
    number, file = given(shop)
    told = "\n".join(shop.does("evidence", "verify", str(file)))
    assert f"order {number}, 3 records" in told
    assert "Signed up to record 3" in told
    assert "It cannot prove" in told


def test_it_agrees_with_the_database_that_it_came_from(shop: Shop) -> None:
    _, file = given(shop, "--locale", "en")
    shop.does("evidence", "verify", str(file), "--database")


def test_only_its_owner_reads_the_file(shop: Shop) -> None:
    _, file = given(shop)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_file_that_is_no_document_is_refused_in_a_line(shop: Shop) -> None:
    file = shop.folder / "other.pdf"
    file.write_bytes(b"%PDF-1.7 nothing")
    assert "is no document of evidence" in shop.is_refused("evidence", "verify", str(file))


def test_an_order_that_does_not_exist_is_refused_in_a_line(shop: Shop) -> None:
    other = shop.order().number
    shop.bot(_forget_everything)
    refused = shop.types("orders", "evidence", other, "--out", str(shop.folder / "order.pdf"))
    assert refused.exit_code == 0, "the order is there"
    nothing = shop.is_refused("evidence", "notices", "nobody@pec.example", "--out", "nobody.pdf")
    assert nothing.startswith("Nothing was recorded of it")
    assert not Path("nobody.pdf").exists()


async def _forget_everything(till: Till) -> None:
    """Erase all contents without a record of it."""
    async with till.database.write() as session:
        await session.execute(update(ContentRow).values(salt=None, content=None, erased_why="retention"))


def test_the_database_is_checked_as_a_whole(shop: Shop) -> None:
    shop.order()
    assert shop.does("evidence", "verify")[-1] == "Every record is as it was written."
    shop.bot(_forget_everything)
    refused = shop.types("evidence", "verify")
    assert refused.exit_code == 1
    assert "no record says that it was erased" in refused.stderr
