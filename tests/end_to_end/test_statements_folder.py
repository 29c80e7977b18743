"""STATEMENTS_DIR in a real `run`: what lies still for a minute is taken once, what grows is waited for."""

import asyncio
import os
import signal
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.commands.shop import Shop, open_shop
from tests.support import births
from tests.support.bank import Bank, Credit
from tests.support.process import free_port

pytestmark = pytest.mark.soak

PATIENCE = 60.0
HALF_A_MINUTE = timedelta(seconds=31)
"""Two of them are more than the minute for which a file has to lie still, and one is less."""


@pytest.fixture
def shop(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shop]:
    """An operator's shop."""
    with open_shop(database_url, tmp_path, monkeypatch) as opened:
        yield opened


class Watching:
    """A `run` that looks into a folder, on a clock that the test moves on."""

    def __init__(self, shop: Shop, shelf: Path) -> None:
        self._shop = shop
        self._clock_file = shop.folder / "clock"
        self._now = shop.surroundings.now()
        self._move(timedelta(0))
        self._environment = os.environ | {
            "BOT_TOKEN": "4200000000:playground-token-of-the-tests",
            "BOT_API_URL": "http://127.0.0.1:9",
            "HOST": "127.0.0.1",
            "STATEMENTS_DIR": str(shelf),
            "CLOCK_FILE": str(self._clock_file),
        }

    def start(self) -> births.Born:
        with (self._shop.folder / "run.log").open("ab") as log:
            return births.start(
                *("tests.support.folder_runner", "run"),
                folder=self._shop.folder,
                environment=self._environment | {"PORT": str(free_port())},
                out=log.fileno(),
            )

    def until_taken(self, files: int, meanwhile: Callable[[], object] = lambda: None) -> None:
        """Let half a minute go by, again and again, until so many files are taken to their end, by all runs so far.

        A payment is in the ledger before its file is done with, and of that one the operator is told only then: the
        log says it last of all.
        """
        log = self._shop.folder / "run.log"
        until = time.monotonic() + PATIENCE
        while (written := log.read_text(encoding="utf-8")).count("statement_taken") < files:
            assert time.monotonic() < until, written
            meanwhile()
            self._move(HALF_A_MINUTE)
            time.sleep(0.3)

    def _move(self, by: timedelta) -> None:
        self._now += by
        new = self._clock_file.with_suffix(".new")
        new.write_text(self._now.isoformat(), encoding="ascii")
        new.replace(self._clock_file)


def ledger(shop: Shop) -> list[int]:
    return [row.amount for row in shop.bot(lambda till: till.ledger())]


def told(shop: Shop) -> list[object]:
    return sorted(each.payload["name"] for each in shop.bot(lambda till: till.told("operator-statement")))


def test_a_run_takes_what_lies_still_for_a_minute_once_and_never_what_still_grows(shop: Shop) -> None:
    orders = [shop.order(f"c{number}", chat=number + 1) for number in range(3)]
    shelf = shop.folder / "bank"
    shelf.mkdir()
    bank = Bank(shelf, date.fromisoformat(shop.today))
    still = bank.camt(Credit(orders[0].number, 3648, reference="A1"), name="still.xml")
    growing = bank.camt(Credit(orders[1].number, 3648, reference="A2"), name="growing.xml")
    whole = growing.read_bytes()
    growing.write_bytes(whole[:100])

    def grow() -> None:
        with growing.open("ab") as file:
            file.write(b" ")  # one that is never whole, were it read

    watching = Watching(shop, shelf)
    born = watching.start()
    watching.until_taken(1, meanwhile=grow)
    assert (ledger(shop), told(shop)) == ([3648], ["still.xml"])
    assert shop.bot(lambda till: till.told("operator-statement-refused")) == []
    growing.write_bytes(whole)
    watching.until_taken(2)
    assert (ledger(shop), told(shop)) == ([3648] * 2, ["growing.xml", "still.xml"])
    asyncio.run(born.end(signal.SIGTERM))

    before = {path.name: path.read_bytes() for path in shelf.iterdir()}
    (shelf / "again.xml").write_bytes(still.read_bytes())
    last = bank.camt(Credit(orders[2].number, 3648, reference="A3"), name="the-last.xml")
    born = watching.start()
    watching.until_taken(3)  # a look takes files by their names: "again" comes before the last one
    asyncio.run(born.end(signal.SIGTERM))
    left = {path.name: path.read_bytes() for path in shelf.iterdir()}
    assert left == before | {"again.xml": before["still.xml"], last.name: last.read_bytes()}
    assert (ledger(shop), told(shop)) == ([3648] * 3, ["growing.xml", "still.xml", "the-last.xml"])
