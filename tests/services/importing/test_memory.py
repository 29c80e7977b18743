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

KIB = 1024


def rows(number: int) -> Iterator[dict[str, str]]:
    return (company(each) for each in range(number))


def write(path: Path, form: str, number: int) -> Path:
    text = as_json(rows(number)) if form.startswith("json") else as_csv(rows(number))
    if form == "italian":
        text = as_csv(
            ({**row, "used_mailbox_gb": "2,4", "expires_on": "25/12/2026"} for row in rows(number)), ";"
        )
    if form == "jsonl":
        text = text.removeprefix("[\n").removesuffix("\n]\n").replace(",\n", "\n")
    path.write_text(text)
    return path


def held_at_the_end(path: Path, look_at: Callable[[list[RawRow], Judge, Ledger], None], number: int) -> int:
    """The bytes of memory that are held when the last of this many rows was looked at."""
    gc.collect()
    tracemalloc.start()
    try:
        with open_mailbox_file(path) as file, Ledger() as ledger:
            judge, seen = Judge(MEASURES), 0
            rows = file.rows
            while batch := list(islice(rows, BATCH)):
                assert not any(row.faults for row in batch)
                look_at(batch, judge, ledger)
                seen += len(batch)
            gc.collect()
            assert seen == number
            return tracemalloc.get_traced_memory()[0]
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


@pytest.mark.parametrize("form", ["csv", "italian", "json", "jsonl"])
def test_reading_four_times_the_rows_holds_the_same_memory(tmp_path: Path, form: str) -> None:
    short, long = write(tmp_path / "short.txt", form, 1_000), write(tmp_path / "long.txt", form, 4_000)
    held_at_the_end(short, read_only, 1_000)  # what is made once, at the first use, is no growth
    grown = held_at_the_end(long, read_only, 4_000) - held_at_the_end(short, read_only, 1_000)
    # The window on the text may stand at any place of it; 3,000 rows are more than ten of it.
    assert grown < 100 * KIB


def test_the_texts_of_four_times_the_rows_of_a_workbook_hold_eight_bytes_each() -> None:
    def held(number: int) -> int:
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

    held(2_000)  # what is made once, at the first use, is no growth
    assert held(8_000) - held(2_000) < 6_000 * 8 * 1.25 + 10 * KIB


def test_judging_four_times_the_rows_holds_the_same_memory(tmp_path: Path) -> None:
    short, long = write(tmp_path / "short.csv", "csv", 1_100), write(tmp_path / "long.csv", "csv", 2_100)
    held_at_the_end(short, judge_and_keep, 1_100)  # beyond the thousand values that are remembered
    grown = held_at_the_end(long, judge_and_keep, 2_100) - held_at_the_end(short, judge_and_keep, 1_100)
    # Fifty bytes kept of each row would be seen.
    assert grown < 45 * KIB
