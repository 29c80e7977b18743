"""The mailbox file as CSV: headers, delimiters, quotes, encodings, and what a broken line costs."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.services.importing import FileUnreadable, open_mailbox_file
from bot.services.importing.columns import GLANCED, NEEDED, Column
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
        (HEADER.replace("plan,", ""), ["the header misses plan: add it"]),
        (
            HEADER.replace("plan,", "").replace("kind,", "").replace("cup,", ""),
            ["misses plan, kind: add them"],
        ),
        (HEADER + ",note", ["unknown column 'note': remove it"]),
        (HEADER.replace("town,", ","), ["column 23 of the header has no name: remove it"]),
        (HEADER.replace("vat_number", "vat number"), ["unknown column 'vat number': is it vat_number?"]),
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


def test_columns_that_may_be_empty_may_be_missing(tmp_path: Path) -> None:
    short = [{name: COMPANY[name] for name in NEEDED}]
    rows = read_text(tmp_path, ",".join(NEEDED) + "\n" + ",".join(short[0].values()))
    assert rows[0].cells == dict.fromkeys(Column, "") | short[0]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_ghost_columns_are_nothing(tmp_path: Path, delimiter: str) -> None:
    lines = as_csv([COMPANY, company(2)], delimiter).splitlines()
    rows = read_text(tmp_path, "\n".join(line + 3 * delimiter for line in lines))
    assert [row.cells for row in rows] == [COMPANY, company(2)]
    assert reasons(rows) == []


def test_something_in_a_ghost_column_is_named(tmp_path: Path) -> None:
    lines = as_csv([COMPANY, company(2)]).splitlines()
    rows = read_text(tmp_path, f"{lines[0]},,\n{lines[1]},,nota\n{lines[2]},,")
    assert reasons(rows) == [
        (2, "", "the row has 33 cells, the header has 31: a cell that contains ',' must stand in quotes")
    ]


def test_cells_that_a_spreadsheet_leaves_out_at_the_end_are_empty(tmp_path: Path) -> None:
    lines = as_csv([COMPANY, company(2)], ";").splitlines()
    rows = read_text(tmp_path, "\n".join([*lines[:2], lines[2].rstrip(";")]))
    assert [row.cells for row in rows] == [COMPANY, company(2)]


@pytest.mark.parametrize("declared", ["sep=;", "SEP=;", '"sep=;"'])
def test_the_line_that_declares_the_separator_is_no_header(tmp_path: Path, declared: str) -> None:
    rows = read_text(tmp_path, f"{declared}\r\n" + as_csv([COMPANY], ";", "\r\n"))
    assert [(row.line, row.cells) for row in rows] == [(3, COMPANY)]


def test_a_separator_that_is_none_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable, match=r"separates cells with '\|': use , ; or tab"):
        read_text(tmp_path, "sep=|\n" + as_csv([COMPANY]))


def test_windows_1252_is_read(tmp_path: Path) -> None:
    town, name = "Forlì", "L\u2019Officina \u201cPerù\u201d \u2013 € 5"
    text = as_csv([COMPANY | {"town": town, "business_name": name}, company(2)])
    rows = read_text(tmp_path, text.encode("cp1252"))
    assert (rows[0].cells[Column.TOWN], rows[0].cells[Column.BUSINESS_NAME]) == (town, name)
    assert reasons(rows) == []


@pytest.mark.parametrize("encoding", ["cp850", "mac_roman"])
def test_text_of_other_systems_is_named(tmp_path: Path, encoding: str) -> None:
    rows = [COMPANY | {"town": town} for town in ("Forlì", "Nardò è", "Cantù")]
    with pytest.raises(FileUnreadable, match="neither UTF-8 nor Windows-1252"):
        read_text(tmp_path, as_csv(rows).encode(encoding))


_WINDOWS_1252 = [
    each for each in bytes(range(256)).decode("cp1252", "ignore") if unicodedata.category(each) != "Cc"
]


@given(st.text(st.sampled_from(_WINDOWS_1252), max_size=40))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_of_windows_1252_comes_back(tmp_path: Path, text: str) -> None:
    # One byte that can be nothing but Windows-1252, so that no text is UTF-8 by chance.
    rows = read_text(tmp_path, as_csv([COMPANY | {"street": text, "town": "à"}]).encode("cp1252"))
    assert rows[0].cells[Column.STREET] == text.strip()


_ODD_LINES = st.lists(
    st.sampled_from(
        [
            as_csv([COMPANY]).split("\n")[1],
            as_csv([company(2, used_mailbox_gb=" 0.5 ", plan="pro\u00a0")]).split("\n")[1],
            as_csv([company(3, street='Via "A"\n1', plan="à")]).split("\n", 1)[1],
            as_csv([company(4, promo="\x1c", split_payment="true ")]).split("\n")[1],
            as_csv([company(5)]).split("\n")[1] + ",one more",
            "C-6,too,short",
            "," * 30,
            "",
            'C-7,"never closed',
            as_csv([company(8, plan="\udce0")]).split("\n")[1],
            as_csv([company(9)]).split("\n")[1] + "\r",
        ]
    ),
    max_size=6,
)


@given(_ODD_LINES, st.sampled_from(["\n", "\r\n"]), st.sampled_from([HEADER, f"{HEADER},,"]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_glanced_at_is_what_will_be_read(
    tmp_path: Path, lines: list[str], end: str, header: str
) -> None:
    path = tmp_path / "mailboxes.csv"
    path.write_bytes(end.join([header, *lines]).encode("utf-8", "surrogateescape"))

    def glanced(rows: list[RawRow]) -> list[tuple[int, dict[Column, str]]]:
        told = [
            (row.line, {column: row.cells[column] for column in GLANCED & set(row.cells)}) for row in rows
        ]
        return [row for row in told if any(row[1].values())]

    with open_mailbox_file(path) as file:
        glances, rows = list(file.glances), list(file.rows)
    assert glanced(glances) == glanced(rows)
    whole = {row.line: row for row in rows}
    assert all(row.whole() == whole[row.line] for row in glances if any(row.cells.values()))
