"""Memory does not grow with the file: a row that is done with leaves nothing behind but its line in the ledger."""

import gc
import tracemalloc
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import islice
from pathlib import Path

import pytest
from openpyxl.xml.constants import SHEET_MAIN_NS

from bot.services.importing import open_mailbox_file
from bot.services.importing.contradictions import Claims
from bot.services.importing.judging import Judge
from bot.services.importing.ledger import Ledger
from bot.services.importing.raw_rows import RawRow
from bot.services.importing.run import BATCH
from bot.services.tables.texts_on_disk import TextsOnDisk
from tests.services.importing.files import MEASURES, as_csv, as_json, company
from tests.support.long_runs import long

KIB = 1024


def rows(number: int, first: int = 0) -> Iterator[dict[str, str]]:
    return (company(each) for each in range(first, first + number))


def write(path: Path, form: str, number: int, first: int = 0) -> Path:
    text = as_json(rows(number)) if form.startswith("json") else as_csv(rows(number, first))
    if form == "italian":
        text = as_csv(
            ({**row, "used_mailbox_gb": "2,4", "expires_on": "25/12/2026"} for row in rows(number)), ";"
        )
    if form == "jsonl":
        text = text.removeprefix("[\n").removesuffix("\n]\n").replace(",\n", "\n")
    path.write_text(text)
    return path


def held_after(
    path: Path, look_at: Callable[[list[RawRow], Judge, Ledger], None], *numbers: int
) -> list[int]:
    """The bytes of memory that are held when so many rows were looked at, for each of these numbers.

    The file has more rows than that: each time one stands in the middle of it. What is made once, at the first use, is
    there by the first number already.
    """
    held, seen = [], 0
    gc.collect()
    tracemalloc.start()
    try:
        with open_mailbox_file(path) as file, Ledger() as ledger:
            judge, rows = Judge(MEASURES), file.rows
            for number in numbers:
                while batch := list(islice(rows, min(BATCH, number - seen))):
                    assert not any(row.faults for row in batch)
                    look_at(batch, judge, ledger)
                    seen += len(batch)
                assert seen == number
                gc.collect()
                held.append(tracemalloc.get_traced_memory()[0])
            assert next(rows, None), "it was the end of the file"
            return held
    finally:
        tracemalloc.stop()


def read_only(_batch: list[RawRow], _judge: Judge, _ledger: Ledger) -> None:
    """Nothing more than reading."""


def judge_and_keep(batch: list[RawRow], judge: Judge, ledger: Ledger) -> None:
    """All that happens to rows before the database."""
    judged = [judge.row(raw) for raw in batch]
    assert all(row.good for row in judged)
    claimed = [Claims(row, ledger) for row in judged]
    ledger.recall(claim for claims in claimed for claim in claims.of())
    for claims in claimed:
        assert not list(claims.contradictions())
        claims.keep()


@pytest.mark.parametrize(
    ("form", "number"),
    [("json", 300), *long(("json", 600), ("csv", 600), ("italian", 600), ("jsonl", 600))],
)
def test_reading_four_times_the_rows_holds_the_same_memory(tmp_path: Path, form: str, number: int) -> None:
    path = write(tmp_path / "rows.txt", form, 4 * number + 100)
    once, more = held_after(path, read_only, number, 4 * number)
    # The window on the text may stand at any place of it; 900 rows are more than five of it.
    assert more - once < 60 * KIB


@pytest.mark.soak
@pytest.mark.parametrize("form", ["csv", "italian", "json", "jsonl"])
def test_reading_ten_times_the_rows_holds_the_same_memory(tmp_path: Path, form: str) -> None:
    once, more = held_after(write(tmp_path / "rows.txt", form, 10_100), read_only, 1_000, 10_000)
    assert more - once < 60 * KIB


def texts_held(number: int) -> int:
    """The bytes of memory that the texts of so many rows of a workbook hold."""
    names = (f"<si><t>casella{each}@pec.example</t></si>".encode() for each in range(number))
    table = BytesIO(b"<sst xmlns='%s'>" % SHEET_MAIN_NS.encode() + b"".join(names) + b"</sst>")
    gc.collect()
    tracemalloc.start()
    try:
        with TextsOnDisk.opened() as texts:
            texts.take(table)
            table.close()
            gc.collect()
            assert texts[number - 1] == f"casella{number - 1}@pec.example"
            return tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()


@pytest.mark.soak
@pytest.mark.parametrize("number", [100, *long(500, 2_000)])
def test_the_texts_of_four_times_the_rows_of_a_workbook_hold_eight_bytes_each(number: int) -> None:
    texts_held(number)  # what is made once, at the first use, is no growth
    assert texts_held(4 * number) - texts_held(number) < 3 * number * 8 * 1.25 + 10 * KIB


def judging_holds_no_more(path: Path, once: int, more: int, kib: int, first: int = 0) -> None:
    assert once % BATCH == (more - once) % BATCH, (
        "the ledger remembers the claims of one batch, which is as long then"
    )
    before, after = held_after(write(path, "csv", more + 100, first), judge_and_keep, once, more)
    assert after - before < kib * KIB


@pytest.mark.soak
def test_judging_twice_the_rows_holds_the_same_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With values that were seen before, as those which are remembered for all files are not filled with so few."""
    monkeypatch.setattr("bot.services.importing.ledger._REMEMBERED", 100)
    first = 100_000  # no row of another test's: what is remembered already is not counted
    with open_mailbox_file(write(tmp_path / "seen.csv", "csv", 400, first)) as file, Ledger() as ledger:
        judge_and_keep(list(file.rows), Judge(MEASURES), ledger)
    # Fifty bytes kept of each row would be seen.
    judging_holds_no_more(tmp_path / "rows.csv", 150, 300, 7, first)


@pytest.mark.soak
def test_judging_beyond_all_that_is_remembered_holds_the_same_memory(tmp_path: Path) -> None:
    # Beyond the thousand values that are remembered. Fifty bytes kept of each row would be seen.
    judging_holds_no_more(tmp_path / "rows.csv", 1_100, 1_700, 27)


@pytest.mark.soak
def test_judging_five_times_the_rows_holds_the_same_memory(tmp_path: Path) -> None:
    # Twenty-five bytes kept of each row would be seen.
    judging_holds_no_more(tmp_path / "rows.csv", 1_100, 5_200, 90)
