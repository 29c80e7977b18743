"""The mailbox file as an Excel workbook: the types of its cells, its sheets, and what cannot be read in it."""

import zipfile
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import pytest

from bot.services.importing import FileUnreadable, open_mailbox_file
from bot.services.importing.columns import Column
from bot.services.importing.judging import Judge, JudgedRow
from bot.services.importing.measures import Measures
from bot.services.importing.raw_rows import RawRow
from tests.services.importing.files import COMPANY, MEASURES, company, judged, read
from tests.services.importing.workbooks import typed_row, workbook, write_xlsx
from tests.support.long_runs import long

SAVED = "mailboxes.xlsx"


def row_of(folder: Path, **changes: Any) -> RawRow:
    """The row of a workbook that has these values instead of the usual ones."""
    (row,) = read(write_xlsx(folder / SAVED, [typed_row(COMPANY) | changes]))
    return row


def judged_workbook(path: Path) -> list[JudgedRow]:
    """The rows of a workbook, judged by its form."""
    with open_mailbox_file(path) as file:
        measures = Measures(MEASURES.catalogue, MEASURES.now, MEASURES.today, UTC, file.form)
        judge = Judge(measures)
        return [judge.row(raw) for raw in file.rows]


def fault(folder: Path, **changes: Any) -> tuple[str, str, str]:
    """Column, value and reason of the only fault of such a row."""
    row = row_of(folder, **changes)
    ((line, column, value, reason),) = [
        (each.line, each.column, each.value, each.reason) for each in row.faults
    ]
    assert line == 2
    assert column not in row.cells
    return column, value, reason


def test_cells_of_their_own_types_say_what_the_contract_says(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / SAVED, [typed_row(COMPANY | {"usage_at": "2026-11-23T05:00:00+00:00"})])
    (row,) = judged_workbook(path)
    assert row.findings == ()
    assert row.good is not None
    expected = judged(COMPANY).good
    assert expected is not None
    assert (row.good.mailbox, row.good.holder) == (expected.mailbox, expected.holder)


def test_texts_are_read_as_in_any_other_file(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / SAVED, [COMPANY, company(2, used_mailbox_gb="1,5", expires_on="25/12/2026")])
    good, mixed = judged_workbook(path)
    assert good.findings == ()
    assert [found.column for found in mixed.findings] == ["expires_on", "used_mailbox_gb"]


@pytest.mark.parametrize(
    ("column", "value", "text"),
    [
        ("used_mailbox_gb", 0.1 + 0.2, "0.3"),
        ("extra_mailbox_gb", 1.5, "1.5"),
        ("expires_on", datetime(2026, 12, 5), "2026-12-05"),  # noqa: DTZ001 - a spreadsheet knows no zones
        ("usage_at", datetime(2026, 11, 23, 6, 30), "2026-11-23T06:30:00"),  # noqa: DTZ001
        ("auto_renew", True, "true"),
        ("postcode", (100, "00000"), "00100"),
        ("postcode", 20121, "20121"),
        ("customer", (17, "00000"), "00017"),
        *long(
            ("used_mailbox_gb", 2, "2"),
            ("used_mailbox_gb", 0.3484375, "0.348"),
            ("used_mailbox_gb", 0, "0"),
            ("extra_mailbox_gb", 1.0, "1"),
            ("extra_mailbox_gb", 10, "10"),
            ("expires_on", 46361, "46361"),
            ("postcode", (100, "[$-410]00000"), "00100"),
            ("vat_number", (1234567897, "00000000000"), "01234567897"),
            ("tax_code", 99000019994, "99000019994"),
            ("customer", (1001, "0"), "1001"),
            ("phone", 390600000001, "390600000001"),
            ("street", "  Via dell'Esempio 12 ", "Via dell'Esempio 12"),
        ),
    ],
)
def test_each_type_is_taken_where_it_tells_all(tmp_path: Path, column: str, value: Any, text: str) -> None:
    row = row_of(tmp_path, **{column: value})
    assert row.faults == ()
    assert row.cells[Column(column)] == text


@pytest.mark.parametrize(
    ("column", "value", "shown", "reason"),
    [
        ("postcode", 100, "100", "is a number of 3 digits instead of 5"),
        ("customer", 1001, "1001", "format the cell as text"),
        ("plan", True, "True", "is a truth value"),
        ("auto_renew", 1, "1", "is a number"),
        ("used_mailbox_gb", datetime(2026, 1, 25), "2026-01-25", "a spreadsheet has made one of it"),  # noqa: DTZ001
        ("used_mailbox_gb", "=1+1", "=1+1", "is a formula: put its value in its place"),
        ("town", "#N/A", "#N/A", "is a spreadsheet's error"),
        *long(
            ("vat_number", 1234567897, "1234567897", "of 10 digits instead of 11"),
            ("tax_code", 1234567897, "1234567897", "no zeros before it"),
            ("recipient_code", 0, "0", "of 1 digits instead of 7"),
            ("tax_code", 99000019994.5, "99000019994.5", "is a number: format the cell as text"),
            ("town", 5, "5", "is a number"),
            ("usage_at", time(6, 0), "06:00:00", "is a time or a duration"),
        ),
    ],
)
def test_what_a_type_does_not_tell_is_refused_with_the_reason(
    tmp_path: Path, column: str, value: Any, shown: str, reason: str
) -> None:
    named, text, said = fault(tmp_path, **{column: value})
    assert (named, text) == (column, shown)
    assert reason in said


def test_a_line_break_in_an_address_is_a_blank_and_no_escape(tmp_path: Path) -> None:
    """``Via Esempio 1_x000D_`` would have stood on an invoice."""
    row = row_of(tmp_path, street="Via Esempio 1_x000D_\nscala B")
    assert row.cells[Column.STREET] == "Via Esempio 1 scala B"


def test_a_date_without_a_time_is_no_moment(tmp_path: Path) -> None:
    row = typed_row(COMPANY) | {"usage_at": datetime(2026, 11, 23)}  # noqa: DTZ001
    row["usage_at"] = (row["usage_at"], "dd/mm/yyyy")
    (verdict,) = judged_workbook(write_xlsx(tmp_path / SAVED, [row]))
    assert ["a date without a time" in found.reason for found in verdict.findings] == [True]


def test_rows_have_the_numbers_of_the_sheet_and_empty_ones_are_none(tmp_path: Path) -> None:
    rows = read(write_xlsx(tmp_path / SAVED, [typed_row(COMPANY), {}, {}, typed_row(company(2))]))
    assert [row.line for row in rows] == [2, 5]


def test_the_sheet_with_the_header_is_read_and_named(tmp_path: Path) -> None:
    book = workbook([typed_row(COMPANY)])
    book.create_sheet("Note", 0).append(["Da rivedere"])
    book.create_sheet("Vuoto")
    book.save(tmp_path / SAVED)
    with open_mailbox_file(tmp_path / SAVED) as file:
        assert len(list(file.rows)) == 1
        assert len(list(file.rows)) == 1  # as often as one likes
        assert file.form.container == "XLSX, sheet Caselle"
        assert file.position() == file.size


def test_columns_in_any_order_some_missing_and_ghosts_are_no_matter(tmp_path: Path) -> None:
    names = [name for name in sorted(Column, reverse=True) if name not in {"cig", "cup", "town"}]
    book = workbook([typed_row(COMPANY)], names=names)
    book.active.cell(row=1, column=40).number_format = "0.00"
    book.active.cell(row=2, column=41).number_format = "0.00"
    book.save(tmp_path / SAVED)
    (row,) = read(tmp_path / SAVED)
    assert (row.cells[Column.TOWN], row.cells[Column.STREET]) == ("", COMPANY["street"])


def test_something_beside_the_columns_refuses_the_row(tmp_path: Path) -> None:
    book = workbook([typed_row(COMPANY), typed_row(company(2))])
    book.active.cell(row=3, column=35).value = "nota"
    book.save(tmp_path / SAVED)
    good, bad = read(tmp_path / SAVED)
    assert good.faults == ()
    assert [each.reason for each in bad.faults] == ["the row has 35 cells, the header has 31"]


def refused(path: Path) -> str:
    """Why the file is refused as a whole."""
    with pytest.raises(FileUnreadable) as why:
        read(path)
    return "; ".join(why.value.problems)


def test_sheets_and_cells_that_leave_a_doubt_are_named(tmp_path: Path) -> None:
    path = tmp_path / SAVED
    two = workbook([typed_row(COMPANY)])
    two.copy_worksheet(two.active).title = "Copia"
    two.save(path)
    assert "the sheets 'Caselle', 'Copia' all begin with a header" in refused(path)
    merged = workbook([typed_row(COMPANY), typed_row(company(2))])
    merged.active.merge_cells("A2:A3")
    merged.save(path)
    assert "the cells A2:A3 of the sheet Caselle are merged" in refused(path)
    workbook([], names=["cliente", "casella"]).save(path)
    assert "no sheet begins with the header" in refused(path)
    workbook([], names=["customer", "address", "plan"]).save(path)
    assert "the header misses reference_email" in refused(path)


def test_files_that_are_no_workbooks_are_named(tmp_path: Path) -> None:
    path = tmp_path / SAVED
    path.write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 600)
    assert "an old or a protected Excel file: save it as .xlsx" in refused(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    assert "this is an OpenDocument sheet" in refused(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("anything", "else")
    assert "this is no workbook that can be read" in refused(path)
    whole = write_xlsx(path, [typed_row(COMPANY)]).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert "this is no workbook that can be read" in refused(path)
