"""STATEMENTS_DIR: a file is taken once, when nobody has written to it for a minute; nothing there is ever changed."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.domain.cases import CaseKind
from bot.services.statements.folder import StatementFolder
from bot.services.statements.kept import KEEP_WAITING
from bot.services.statements.standing import statement_standing
from tests.support.bank import Bank, Credit
from tests.support.clock import FrozenClock
from tests.support.till import Till

MINUTE = timedelta(minutes=1)


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    folder = tmp_path / "bank"
    folder.mkdir()
    return folder


@pytest.fixture
def bank(till: Till, shelf: Path) -> Bank:
    return Bank(shelf, till.services.surroundings.today())


def watcher(till: Till, shelf: Path) -> StatementFolder:
    """Another life of the worker: it remembers nothing by itself."""
    return StatementFolder(shelf, till.services.statements, till.services.surroundings)


def written_now(path: Path, clock: FrozenClock) -> None:
    moment = clock.now().timestamp()
    os.utime(path, (moment, moment))


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def moved(folder: Path, name: str) -> Path:
    return folder.rename(folder.with_name(name))


async def looks(folder: StatementFolder, clock: FrozenClock, times: int = 2) -> int:
    """The worker looks, and again after a minute each time."""
    taken = 0
    for _ in range(times):
        taken += await folder.look()
        clock.advance(MINUTE)
    return taken


async def test_a_file_is_taken_once_also_by_the_next_life_and_under_another_name(
    till: Till, bank: Bank, shelf: Path, clock: FrozenClock
) -> None:
    order = await till.order()
    file = bank.camt(
        Credit(order.number, 3648, reference="A1"), Credit(f"{order.number} x", 1, reference="A2")
    )
    written_now(file, clock)
    before = file.read_bytes()
    folder = watcher(till, shelf)
    assert await folder.look() == 0, "somebody may still be writing to it"
    clock.advance(MINUTE)
    assert await folder.look() == 1
    assert await looks(folder, clock) == 0
    (shelf / "copy.xml").write_bytes(before)
    written_now(shelf / "copy.xml", clock)
    assert await looks(watcher(till, shelf), clock) == 0
    assert [(row.amount, row.outcome) for row in await till.ledger()] == [(3648, "completed")]
    assert (await till.services.proposals.waiting(10))[1] == 1, "only what is certain is registered"
    assert file.read_bytes() == before
    assert names_in(shelf) == ["copy.xml", file.name]


async def test_a_file_that_is_still_being_written_is_waited_for(
    till: Till, bank: Bank, shelf: Path, clock: FrozenClock
) -> None:
    order = await till.order()
    file = bank.camt(Credit(order.number, 3648, reference="A1"))
    content = file.read_bytes()
    folder = watcher(till, shelf)
    for part in (300, 600, 900):
        file.write_bytes(content[:part])
        written_now(file, clock)
        assert await folder.look() == 0
        clock.advance(MINUTE)
    file.write_bytes(content)
    written_now(file, clock)
    assert await looks(folder, clock) == 1
    assert await till.told("operator-statement-refused") == []


async def test_what_is_hidden_temporary_old_empty_or_deeper_is_left_alone(
    till: Till, bank: Bank, shelf: Path, clock: FrozenClock
) -> None:
    order = await till.order()
    content = bank.camt(Credit(order.number, 3648, reference="A1"), name="old.xml").read_bytes()
    (shelf / "deeper").mkdir()
    for name in (".hidden.xml", "a.xml.part", "b.tmp", "~c.xml", "d.xml~", "e.crdownload", "deeper/f.xml"):
        (shelf / name).write_bytes(content)
        written_now(shelf / name, clock)
    (shelf / "empty.xml").touch()
    written_now(shelf / "empty.xml", clock)
    old = (clock.now() - KEEP_WAITING - MINUTE).timestamp()
    os.utime(shelf / "old.xml", (old, old))
    assert await looks(watcher(till, shelf), clock, 3) == 0
    assert await till.ledger() == []


async def test_an_unreadable_file_is_told_once_until_somebody_closes_its_case(
    till: Till, shelf: Path, clock: FrozenClock
) -> None:
    (shelf / "broken.xml").write_text("<Document>", encoding="utf-8")
    written_now(shelf / "broken.xml", clock)
    assert await looks(watcher(till, shelf), clock, 4) == 0
    assert await looks(watcher(till, shelf), clock, 4) == 0
    (told,) = await till.told("operator-statement-refused")
    assert told.payload["name"] == "broken.xml"
    assert await till.services.announcements.run() == 0, "it was told in words of its own"
    assert (await statement_standing(till.database)).unreadable == 1
    ((item,), _) = await till.services.worklist.items(limit=10, kind=CaseKind.STATEMENT)
    await till.services.worklist.close(item.number, "exported anew")
    assert (await statement_standing(till.database)).unreadable == 0
    assert await looks(watcher(till, shelf), clock, 4) == 0
    assert len(await till.told("operator-statement-refused")) == 1


async def test_a_file_that_may_not_be_opened_keeps_no_other_from_being_taken(
    till: Till, bank: Bank, shelf: Path, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    orders = [await till.order(f"c{n}", chats=(n,)) for n in (1, 2)]
    for order, name in zip(orders, ("a.xml", "b.xml"), strict=True):
        written_now(bank.camt(Credit(order.number, 3648, reference=name), name=name), clock)
    opened, closed = Path.open, {"a.xml"}

    def open_(path: Path, *arguments: Any) -> Any:
        if path.name in closed:
            raise PermissionError(13, "Permission denied")
        return opened(path, *arguments)

    monkeypatch.setattr(Path, "open", open_)
    folder = watcher(till, shelf)
    assert await looks(folder, clock, 3) == 1
    closed.clear()
    assert await looks(folder, clock) == 1
    assert [row.outcome for row in await till.ledger()] == ["completed"] * 2


async def test_a_folder_that_is_away_is_looked_for_again(
    till: Till, bank: Bank, shelf: Path, clock: FrozenClock
) -> None:
    order = await till.order()
    file = bank.camt(Credit(order.number, 3648, reference="A1"))
    written_now(file, clock)
    folder = watcher(till, shelf)
    away = moved(shelf, "away")
    assert await looks(folder, clock) == 0
    moved(away, shelf.name)
    assert await looks(folder, clock) == 1
