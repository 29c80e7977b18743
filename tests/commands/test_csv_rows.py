"""What commands write as CSV is calculated by no spreadsheet, whichever way it parts the cells."""

import csv
import io
import re
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from bot.commands.csv_rows import CsvRows, cell

CALCULATED = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]")
NUMBER = re.compile(r"[+-]?[0-9]+([.,][0-9]+)?")
WRITTEN = st.text(alphabet="=+-@;|,\t\r\n\"' aA1.\uff1d", max_size=12)


def calculated(cells: list[str]) -> list[str]:
    """Those that a spreadsheet would calculate."""
    return [each for each in cells if CALCULATED.match(each) and not NUMBER.fullmatch(each)]


def written(*cells: str) -> str:
    file = io.StringIO(newline="")
    CsvRows(file).write(cells)
    return file.getvalue()


def test_what_begins_a_formula_has_an_apostrophe_and_a_number_has_none() -> None:
    assert [cell(each) for each in ("=1+1", "@SUM(1)", "+1+1", "-3,5", "+39", "Rossi - Bianchi", "")] == [
        "'=1+1", "'@SUM(1)", "'+1+1", "-3,5", "+39", "Rossi - Bianchi", "",
    ]  # fmt: skip


def test_a_formula_behind_a_semicolon_is_not_calculated_by_an_italian_spreadsheet() -> None:
    file = written("R7K2M-4", 'Rossi;=HYPERLINK("https://example.com")', "via Roma 1;+3", "due\n@SUM(1)")
    parted = [piece for line in file.splitlines() for piece in line.split(";")]
    assert not calculated(parted)
    assert "Rossi;'=HYPERLINK" in file


@given(st.lists(WRITTEN, min_size=1, max_size=3))
@example(["a", ';"=1+1"'])
def test_no_cell_is_calculated_whether_it_is_parted_at_commas_or_at_semicolons(cells: list[str]) -> None:
    file = written(*cells)
    (row,) = csv.reader(io.StringIO(file, newline=""))
    assert not [
        each for each in row if each.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) and calculated([each])
    ]
    for sign in ";|\t":
        pieces = [piece for line in re.split(r"[\r\n]+", file) for piece in line.split(sign)]
        assert not calculated([piece.strip('"') for piece in pieces[1:]]), (sign, file)


def test_nothing_else_writes_csv_but_the_sample_that_is_there_to_be_imported() -> None:
    bot = Path(__file__).parents[2] / "bot"
    writers = {
        str(path.relative_to(bot))
        for path in bot.rglob("*.py")
        if re.search(r"csv\.(writer|DictWriter)\(", path.read_text(encoding="utf-8"))
    }
    assert writers == {"commands/csv_rows.py", "demo/sample.py"}
