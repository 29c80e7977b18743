"""`import FILE` of files that a spreadsheet has spoilt: what cannot be true is not believed."""

import csv
import io
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.commands.test_import_file import Operator, counts, newcomer, operator
from tests.services.importing.files import as_csv, company

__all__ = ["newcomer", "operator"]

SAMPLE = Path(__file__).parents[2] / "samples" / "mailboxes.csv"
GB = ("used_mailbox_gb", "used_archive_gb")


def saved_once_in_an_italian_spreadsheet(text: str) -> str:
    """What is left when points were taken for marks of thousands: 0.350 is 350."""
    rows = list(csv.DictReader(io.StringIO(text)))
    for row in rows:
        for column in GB:
            if "." in row[column]:
                row[column] = str(int(f"{float(row[column]):.3f}".replace(".", "")))
    return as_csv(rows)


def written(operator: Operator, table: str) -> int:
    """How many rows the table has."""
    with closing(sqlite3.connect(operator.folder / "data" / "rinnovo.db")) as database:
        return int(database.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


@pytest.mark.parametrize("option", [(), ("--dry-run",)], ids=["import", "dry run"])
def test_the_sample_without_its_decimal_marks_is_refused_as_a_whole(
    operator: Operator, option: tuple[str, ...]
) -> None:
    path = operator.write(saved_once_in_an_italian_spreadsheet(SAMPLE.read_text(encoding="utf-8")))
    result = operator.imports(path, *option)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "rows with usage use more than one and a half times the space that there is" in result.stderr
    assert "line 2 first (350 GB used of 1), so nothing was imported" in result.stderr
    assert "a spreadsheet has probably taken the decimal points for marks of thousands" in result.stderr
    assert (written(operator, "customer"), written(operator, "holder"), written(operator, "mailbox")) == (
        0,
        0,
        0,
    )


def test_the_impossible_is_seen_before_anything_is_written_however_late_it_comes(operator: Operator) -> None:
    rows = [company(number) for number in range(600)]
    rows += [company(number, used_mailbox_gb="2400") for number in range(600, 800)]
    result = operator.imports(operator.write(as_csv(rows)))
    assert result.exit_code == 2
    assert "200 of 800 rows with usage" in result.stderr
    assert "line 602 first (2400 GB used of 3)" in result.stderr
    assert written(operator, "mailbox") == 0


def test_a_few_impossible_rows_are_refused_one_by_one(operator: Operator) -> None:
    rows = [company(number) for number in range(40)]
    rows[3] |= {"used_mailbox_gb": "2400"}
    rows[7] |= {"used_archive_gb": "1250"}
    result = operator.imports(operator.write(as_csv(rows)))
    assert result.exit_code == 1
    assert (counts(result)["Created"], counts(result)["Refused"]) == (38, 2)
    assert (
        "line 5, used_mailbox_gb: '2400' cannot be: it is more than one and a half times the 3 GB"
        in result.stdout
    )
    assert (
        "line 9, used_archive_gb: '1250' cannot be: it is more than one and a half times the 3 GB"
        in result.stdout
    )


def test_the_sample_says_gb_with_two_decimals_at_most() -> None:
    for row in csv.DictReader(io.StringIO(SAMPLE.read_text(encoding="utf-8"))):
        assert all(len(row[column].partition(".")[2]) <= 2 for column in GB)
