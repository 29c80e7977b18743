"""`payments import` is killed (SIGKILL) while it reads, and while it registers: run again, nothing counts twice."""

import os
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from tests.commands.shop import Shop, open_shop
from tests.support import births
from tests.support.bank import Bank, Credit

pytestmark = pytest.mark.soak

ORDERS = 6
STRANGERS = 1500


@pytest.fixture
def shop(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shop]:
    """An operator's shop, whose commands are processes of their own too."""
    with open_shop(database_url, tmp_path, monkeypatch) as opened:
        yield opened


def die(shop: Shop, file: Path, counted: str, least: int) -> int:
    """Take the file with a process that dies when so many rows are counted; how many there are."""
    database = shop.folder / "rinnovo.db"
    mortal = {"DIES_IN": str(database), "DIES_COUNTING": counted, "DIES_AT": str(least)}
    with (shop.folder / "out.txt").open("ab") as out:
        born = births.start(
            *("tests.support.mortal_command", "payments", "import", str(file)),
            folder=shop.folder,
            environment={**os.environ, **mortal},
            out=out.fileno(),
        )
    assert born.wait() == -signal.SIGKILL, (shop.folder / "out.txt").read_text()
    with closing(sqlite3.connect(database)) as looking:
        (rows,) = looking.execute(counted).fetchone()
    return int(rows)


def test_a_run_that_is_killed_is_gone_on_with_and_counts_nothing_twice(shop: Shop) -> None:
    orders = [shop.order(f"c{number}", chat=number + 1) for number in range(ORDERS)]
    file = Bank(shop.folder, date.fromisoformat(shop.today)).camt(
        *(Credit(f"affitto {number}", 100, reference=f"S{number}") for number in range(STRANGERS)),
        *(Credit(order.number, 3648, reference=order.number) for order in orders),
    )
    staged = die(shop, file, "SELECT count(*) FROM statement_entry", 1)
    assert staged < STRANGERS + ORDERS
    assert shop.bot(lambda till: till.ledger()) == []
    registered = die(shop, file, "SELECT count(*) FROM payment", 2)
    assert registered < ORDERS
    assert shop.does("payments", "import", str(file))[-1] == (
        f"Registered: {ORDERS} completed; {36.48 * ORDERS:.2f} EUR came in."
    )
    assert len(shop.bot(lambda till: till.ledger())) == ORDERS
    assert len(shop.bot(lambda till: till.told("renewal-completed"))) == 2 * ORDERS
    assert len(shop.bot(lambda till: till.told("operator-statement"))) == 1
