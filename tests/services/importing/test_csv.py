"""The mailbox file as CSV: headers, delimiters, quotes, encodings, and what a broken line costs."""

from pathlib import Path

import pytest

from bot.services.importing import FileUnreadable
from bot.services.importing.columns import Column
from bot.services.importing.raw_rows import MAX_ROW, RawRow
from tests.services.importing.files import COMPANY, as_csv, company, read, read_text

HEADER = ",".join(Column)


def towns(rows: list[RawRow]) -> list[str | None]:
    """The town of each row, None where it could not be read."""
    return [row.cells.get(Column.TOWN) for row in rows]


def reasons(rows: list[RawRow]) -> list[tuple[int, str, str]]:
    """Line, column and reason of every fault."""
    return [(fault.line, fault.column, fault.reason) for row in rows for fault in row.faults]


def test_rows_come_with_their_lines_and_cells(tmp_path: Path) -> None:
    rows = read_text(tmp_path, as_csv([COMPANY, company(2)]))
    assert [row.line for row in rows] == [2, 3]
    assert rows[0].cells == COMPANY
    assert rows[1].cells == company(2)
    assert reasons(rows) == []


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["bare", "byte-order mark"])
def test_every_usual_dialect_is_understood(tmp_path: Path, delimiter: str, end: str, mark: bytes) -> None:
    text = as_csv([COMPANY | {"town": f'Città "del{delimiter}Sole"'}], delimiter, end)
    rows = read_text(tmp_path, mark + text.encode())
    assert towns(rows) == [f'Città "del{delimiter}Sole"']
    assert rows[0].cells[Column.CUSTOMER] == COMPANY["customer"]


def test_columns_may_come_in_any_order_and_case(tmp_path: Path) -> None:
    names = sorted(Column, reverse=True)
    header = ", ".join(name.upper() for name in names)
    rows = read_text(tmp_path, f"{header}\n" + ",".join(COMPANY[name] for name in names))
    assert rows[0].cells == COMPANY


def test_blank_lines_and_rows_of_empty_cells_are_no_rows(tmp_path: Path) -> None:
    text = "\n\n" + as_csv([COMPANY]) + "\n" + "," * 30 + "\n \n" + as_csv([company(2)]).split("\n", 1)[1]
    rows = read_text(tmp_path, text)
    assert [row.line for row in rows] == [4, 8]


def test_line_breaks_in_quotes_are_counted(tmp_path: Path) -> None:
    rows = read_text(tmp_path, as_csv([COMPANY | {"street": "Via dell'Esempio\n12"}, company(2)]))
    assert rows[0].cells[Column.STREET] == "Via dell'Esempio\n12"
    assert [row.line for row in rows] == [2, 4]


def test_a_quote_that_is_never_closed_costs_one_row(tmp_path: Path) -> None:
    lines = as_csv([COMPANY, *(company(number) for number in range(100))]).splitlines()
    lines[1] = lines[1].replace(",Roma,", ',"Roma,')
    rows = read_text(tmp_path, "\n".join(lines))
    assert len(rows) == 101
    assert reasons(rows) == [
        (2, "", "a quote is never closed, or stands in a quoted cell without being doubled")
    ]
    assert [row.line for row in rows] == list(range(2, 103))


def test_a_stray_quote_inside_a_cell_is_text(tmp_path: Path) -> None:
    text = as_csv([COMPANY, company(2)]).replace(",Roma,", ',Roma 5",', 1)
    assert towns(read_text(tmp_path, text)) == ['Roma 5"', "Roma"]


def test_a_row_with_cells_too_few_or_too_many_is_named(tmp_path: Path) -> None:
    lines = as_csv([COMPANY, company(2), company(3)]).splitlines()
    lines[1] = lines[1].replace(",Roma,", ",Roma, Lazio,")
    lines[2] = "C-2,solo"
    rows = read_text(tmp_path, "\n".join(lines))
    assert towns(rows) == [None, None, "Roma"]
    assert reasons(rows) == [
        (2, "", "the row has 32 cells, the header has 31: a cell that contains ',' must stand in quotes"),
        (3, "", "the row has 2 cells, the header has 31: a cell that contains ',' must stand in quotes"),
    ]


def test_a_line_without_end_costs_one_row_and_little_memory(tmp_path: Path) -> None:
    lines = as_csv([COMPANY, company(2)]).splitlines()
    lines.insert(2, "x" * (3 * MAX_ROW))
    rows = read_text(tmp_path, "\n".join(lines))
    assert towns(rows) == ["Roma", None, "Roma"]
    assert [row.line for row in rows] == [2, 3, 4]
    assert "bytes or more" in rows[1].faults[0].reason


def test_bytes_that_are_not_utf8_spoil_their_own_cell(tmp_path: Path) -> None:
    text = as_csv([COMPANY | {"town": "Forlì"}, company(2, town="Forlì")])
    first, second = text.encode().split("Forlì".encode(), 1)
    rows = read_text(tmp_path, first + "Forlì".encode("latin-1") + second)
    assert towns(rows) == [None, "Forlì"]
    assert reasons(rows) == [(2, "town", "holds characters that are not UTF-8: save the file as 'CSV UTF-8'")]
    assert rows[0].faults[0].value == "Forl?"


@pytest.mark.parametrize(
    ("header", "problems"),
    [
        (HEADER.replace("town,", ""), ["the header misses town: add it"]),
        (HEADER.replace("town,", "").replace("cup,", ""), ["the header misses town, cup: add them"]),
        (HEADER + ",note", ["unknown column 'note': remove it"]),
        (HEADER + ",", ["column 32 of the header has no name: remove it"]),
        (HEADER + ",town", ["the header names town 2 times: keep one"]),
        (
            HEADER.replace("tax_code", "taxcode"),
            ["unknown column 'taxcode': is it tax_code?", "the header misses tax_code"],
        ),
        ("cliente;casella", ["the first line is not the header"]),
        ('"customer', ["the first line is not the header"]),
        ("", ["the file is empty"]),
        ("\n \n", ["the file is empty"]),
    ],
)
def test_a_wrong_header_stops_everything_and_says_all_that_is_wrong(
    tmp_path: Path, header: str, problems: list[str]
) -> None:
    with pytest.raises(FileUnreadable) as stopped:
        read_text(tmp_path, header)
    assert len(stopped.value.problems) == len(problems)
    for said, expected in zip(stopped.value.problems, problems, strict=True):
        assert expected in said


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_other_encodings_are_named(tmp_path: Path, encoding: str) -> None:
    with pytest.raises(FileUnreadable, match="save it as 'CSV UTF-8'"):
        read_text(tmp_path, as_csv([COMPANY]).encode(encoding))


def test_bare_carriage_returns_are_named(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable, match="LF or CRLF"):
        read_text(tmp_path, as_csv([COMPANY], end="\r"))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable, match="cannot be opened: No such file"):
        read(tmp_path / "nowhere.csv")
    with pytest.raises(FileUnreadable, match="cannot be opened: Is a directory"):
        read(tmp_path)


def test_a_header_alone_is_a_file_without_rows(tmp_path: Path) -> None:
    assert read_text(tmp_path, HEADER) == []
