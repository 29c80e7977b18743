"""Memory does not grow with a statement: what was read is gone, within an entry of many payments too."""

import gc
import tracemalloc
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import pytest

from bot.services.statements.reading import open_statement
from tests.services.statements import camt_files, cbi_files, mt940_files
from tests.services.statements.profiles import BANCOPOSTA
from tests.services.statements.test_tables import FEE, HEADER, TRANSFER, csv_of
from tests.support.long_runs import long

KIB = 1024


def camt(number: int) -> bytes:
    entries = (camt_files.entry(3648, camt_files.payment(f"ORDINE {n}")) for n in range(number))
    return camt_files.document(camt_files.statement(*entries))


def camt_batch(number: int) -> bytes:
    payments = [camt_files.payment(f"ORDINE {n}", own=camt_files.sum_of(1)) for n in range(number)]
    return camt_files.document(camt_files.statement(camt_files.entry(number, *payments)))


def cbi(number: int) -> bytes:
    movements = [cbi_files.movement(1, number=n % 999 + 1, text=f"ORDINE {n}") for n in range(number)]
    return cbi_files.file_of(cbi_files.flow(*cbi_files.statement(*movements, cents=number)))


def mt940(number: int) -> bytes:
    return mt940_files.file_of(*(mt940_files.statement(mt940_files.transfer()) for _ in range(number)))


def csv(number: int) -> bytes:
    return csv_of([HEADER, *([TRANSFER, FEE] * (number // 2))])


def held(path: Path, number: int) -> int:
    """The memory that is held when the last of this many entries is at hand."""
    gc.collect()
    tracemalloc.start()
    try:
        with open_statement(path, profiles=[BANCOPOSTA]) as statement:
            entries = statement.entries()
            assert sum(1 for _ in islice(entries, number - 1)) == number - 1
            assert next(entries).cents
            gc.collect()
            return tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()


def holds_no_more(folder: Path, made: Callable[[int], bytes], first: int, last: int) -> None:
    few, many = folder / "few", folder / "many"
    few.write_bytes(made(first))
    many.write_bytes(made(last))
    held(few, first)  # what is loaded and remembered once
    # Of XML, the elements of the piece that is being read are held: more or fewer, as it happens to be cut.
    assert held(many, last) - held(few, first) < 128 * KIB


@pytest.mark.parametrize("made", [csv, *long(camt_batch)])
def test_as_much_is_held_after_a_few_entries_as_after_many(
    tmp_path: Path, made: Callable[[int], bytes]
) -> None:
    holds_no_more(tmp_path, made, 100, 1000)


@pytest.mark.soak
@pytest.mark.parametrize("made", [camt, camt_batch, cbi, mt940, csv])
def test_as_much_is_held_after_five_times_as_many_entries(
    tmp_path: Path, made: Callable[[int], bytes]
) -> None:
    holds_no_more(tmp_path, made, 800, 4000)
