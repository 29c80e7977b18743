"""`payments import` is killed (SIGKILL) while it reads, and while it registers: run again, nothing counts twice."""

import asyncio
import os
import signal
import sqlite3
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.commands.shop import Shop, open_shop
from tests.support import births
from tests.support.bank import Bank, Credit

ORDERS = 6
STRANGERS = 1500
PATIENCE = 60.0


@pytest.fixture
def shop(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shop]:
    """An operator's shop, whose commands are processes of their own too."""
    with open_shop(database_url, tmp_path, monkeypatch) as opened:
        yield opened


def take(shop: Shop, file: Path) -> births.Born:
    with (shop.folder / "out.txt").open("ab") as out:
        return births.start(
            *("bot", "payments", "import", str(file)),
            folder=shop.folder,
            environment=dict(os.environ),
            out=out.fileno(),
        )


def kill_once(shop: Shop, born: births.Born, counted: str, least: int) -> int:
    """SIGKILL it in the moment in which so many rows are counted, and it can write none; how many there are then."""
    until = time.monotonic() + PATIENCE
    with sqlite3.connect(shop.folder / "rinnovo.db", isolation_level=None, timeout=0) as looking:
        while time.monotonic() < until:
            try:
                looking.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError:
                continue  # it is writing: between two of its transactions there is hardly a moment
            (rows,) = looking.execute(counted).fetchone()
            if rows >= least:
                asyncio.run(born.end(signal.SIGKILL))
                return int(rows)
            looking.execute("ROLLBACK")
            time.sleep(0.0005)
    raise AssertionError(f"{counted} never counted {least}: {(shop.folder / 'out.txt').read_text()}")


def test_a_run_that_is_killed_is_gone_on_with_and_counts_nothing_twice(shop: Shop) -> None:
    orders = [shop.order(f"c{number}", chat=number + 1) for number in range(ORDERS)]
    file = Bank(shop.folder, date.fromisoformat(shop.today)).camt(
        *(Credit(f"affitto {number}", 100, reference=f"S{number}") for number in range(STRANGERS)),
        *(Credit(order.number, 3648, reference=order.number) for order in orders),
    )
    staged = kill_once(shop, take(shop, file), "SELECT count(*) FROM statement_entry", 1)
    assert staged < STRANGERS + ORDERS
    assert shop.bot(lambda till: till.ledger()) == []
    registered = kill_once(shop, take(shop, file), "SELECT count(*) FROM payment", 2)
    assert registered < ORDERS
    assert shop.does("payments", "import", str(file))[-1] == (
        f"Registered: {ORDERS} completed; {36.48 * ORDERS:.2f} EUR came in."
    )
    assert len(shop.bot(lambda till: till.ledger())) == ORDERS
    assert len(shop.bot(lambda till: till.told("renewal-completed"))) == 2 * ORDERS
    assert len(shop.bot(lambda till: till.told("operator-statement"))) == 1
