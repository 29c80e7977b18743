"""`import FILE` of files as an office has them: Excel, Windows-1252, semicolons, Italian numbers and dates."""

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.commands.test_import_file import Operator, counts, newcomer, operator
from tests.services.importing.files import COMPANY, PUBLIC_BODY, as_csv, company
from tests.services.importing.workbooks import typed_row, write_xlsx

__all__ = ["newcomer", "operator"]

OFFICE = {
    "expires_on": "05/12/2026",
    "used_mailbox_gb": "0,350",
    "used_archive_gb": "1,25",
    "usage_at": "23/11/2026 06:00",
    "auto_renew": "FALSO",
    "town": "Forlì",
}


def stored(operator: Operator) -> list[tuple[object, ...]]:
    """Expiry, use and its moment of each mailbox, as the database has them."""
    with closing(sqlite3.connect(operator.folder / "data" / "rinnovo.db")) as database:
        return database.execute(
            "SELECT expires_on, used_mailbox_milli_gb, used_archive_milli_gb, usage_at, auto_renew "
            "FROM mailbox ORDER BY id"
        ).fetchall()


def test_what_an_italian_spreadsheet_saves_is_read(operator: Operator) -> None:
    rows = [
        COMPANY | OFFICE,
        company(2, **OFFICE | {"expires_on": "31/01/2027", "auto_renew": "vero"}),
        PUBLIC_BODY | OFFICE | {"customer": "P", "address": "p@pec.example", "split_payment": "VERO"},
    ]
    lines = as_csv(rows, ";", "\r\n").splitlines()
    text = "\r\n".join(["sep=;", *(f"{line};;" for line in lines), ""])
    result = operator.imports(operator.write(text.encode("cp1252")))
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines()[0] == (
        "Read as: Windows-1252, semicolons, Italian numbers and dates, times without an offset as of Europe/Rome"
    )
    assert stored(operator) == [
        ("2026-12-05", 350, 1250, "2026-11-23 05:00:00.000000", 0),
        ("2027-01-31", 350, 1250, "2026-11-23 05:00:00.000000", 1),
        ("2026-12-05", 350, 1250, "2026-11-23 05:00:00.000000", 0),
    ]


def test_the_same_mailboxes_in_any_form_are_the_same(operator: Operator) -> None:
    rows = [COMPANY, company(2, used_mailbox_gb="0.35")]
    assert operator.imports(operator.write(as_csv(rows))).exit_code == 0
    before = stored(operator)
    local = [row | {"usage_at": "2026-11-23T06:00:00+01:00"} for row in rows]
    book = operator.imports(write_xlsx(operator.folder / "mailboxes.xlsx", map(typed_row, local)))
    assert (book.exit_code, counts(book)["Unchanged"]) == (0, 2), book.output
    assert book.stdout.splitlines()[0] == (
        "Read as: XLSX, sheet Caselle, numbers with a decimal point, dates as year-month-day, "
        "times without an offset as of Europe/Rome"
    )
    assert stored(operator) == before


def test_what_is_ambiguous_is_refused_row_by_row(operator: Operator) -> None:
    rows = [company(1), company(2, expires_on="05/12/2026"), company(3, expires_on="06/12/2026")]
    result = operator.imports(operator.write(as_csv(rows)))
    assert (result.exit_code, counts(result)["Created"], counts(result)["Refused"]) == (1, 1, 2)
    assert "line 3, expires_on: '05/12/2026' could begin with the day or with the month" in result.stdout


def test_an_ordinary_file_says_its_form_too(operator: Operator) -> None:
    result = operator.imports(operator.write(as_csv([COMPANY])), "--dry-run")
    first, second = result.stdout.splitlines()[:2]
    assert first == "Read as: UTF-8, commas, numbers with a decimal point, dates as year-month-day"
    assert second == "Dry run: nothing was written."


def test_leading_zeros_that_a_spreadsheet_dropped_are_named(operator: Operator) -> None:
    path = write_xlsx(Path(operator.folder / "m.xlsx"), [typed_row(COMPANY) | {"postcode": 100}])
    result = operator.imports(path)
    assert result.exit_code == 1
    assert "line 2, postcode: '100' is a number of 3 digits instead of 5" in result.stdout
