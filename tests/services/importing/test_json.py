"""The mailbox file as JSON: a list of objects or JSON Lines, in a window that is smaller than the file."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.services.importing import FileUnreadable
from bot.services.importing.columns import Column
from bot.services.importing.raw_rows import MAX_ROW, RawRow
from tests.services.importing.files import COMPANY, as_json, company, read_text


def read_json(folder: Path, text: str | bytes) -> list[RawRow]:
    return read_text(folder, text, "mailboxes.json")


def faults(rows: list[RawRow]) -> list[tuple[int, str, str]]:
    return [(fault.line, fault.column, fault.reason) for row in rows for fault in row.faults]


def test_a_list_gives_the_cells_that_csv_gives(tmp_path: Path) -> None:
    rows = read_json(tmp_path, as_json([COMPANY, company(2)]))
    assert [dict(row.cells) for row in rows] == [COMPANY, company(2)]
    assert [row.line for row in rows] == [2, 3]


def test_json_lines_give_them_too(tmp_path: Path) -> None:
    text = "\n".join(json.dumps(row) for row in (COMPANY, company(2)))
    rows = read_json(tmp_path, b"\xef\xbb\xbf" + text.encode())
    assert [dict(row.cells) for row in rows] == [COMPANY, company(2)]
    assert [row.line for row in rows] == [1, 2]


@pytest.mark.parametrize("name", ["mailboxes.json", "mailboxes.jsonl", "mailboxes.txt"])
def test_the_form_is_seen_from_the_content(tmp_path: Path, name: str) -> None:
    assert len(read_text(tmp_path, as_json([COMPANY]), name)) == 1


@pytest.mark.parametrize("indent", [None, 4])
def test_files_larger_than_the_window_are_read_whole(tmp_path: Path, indent: int | None) -> None:
    wanted = [company(number, town="Forlì" * (number % 7)) for number in range(1500)]
    rows = read_json(tmp_path, json.dumps(wanted, indent=indent, ensure_ascii=False))
    assert [dict(row.cells) for row in rows] == wanted
    assert faults(rows) == []
    if indent:
        assert [row.line for row in rows] == [2 + 33 * number for number in range(1500)]


def test_json_has_its_own_types(tmp_path: Path) -> None:
    row: dict[str, Any] = COMPANY | {
        "extra_mailbox_gb": 1,
        "used_mailbox_gb": 2.4,
        "auto_renew": False,
        "split_payment": None,
        "cig": None,
    }
    (read,) = read_json(tmp_path, json.dumps([row]).replace("2.4", "2.400"))
    assert read.faults == ()
    assert read.cells == COMPANY | {"used_mailbox_gb": "2.400"}


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("postcode", 100, 'is a number: write text, in quotes, "100"'),
        ("tax_code", 99000019994, "is a number"),
        ("town", True, "is a truth value"),
        ("town", ["Roma"], "is a list or an object"),
        ("town", {"name": "Roma"}, "is a list or an object"),
        ("auto_renew", 1, "is a number"),
    ],
)
def test_a_value_of_the_wrong_type_is_named(tmp_path: Path, column: str, value: object, reason: str) -> None:
    rows = read_json(tmp_path, as_json([COMPANY, COMPANY | {column: value}]))
    ((line, named, said),) = faults(rows)
    assert (line, named) == (3, column)
    assert reason in said
    assert Column(column) not in rows[1].cells


def test_unknown_missing_and_doubled_keys_are_named(tmp_path: Path) -> None:
    whole = json.dumps(COMPANY)
    short = json.dumps({key: value for key, value in COMPANY.items() if key not in {"town", "plan"}})
    shorter = json.dumps({"customer": "C-1"})
    doubled = whole.replace('"town"', '"town": "Milano", "town"')
    rows = read_json(tmp_path, f"[{json.dumps(COMPANY | {'note': 'x'})},\n{short},\n{shorter},\n{doubled}]")
    (unknown, missing, many, twice) = faults(rows)
    assert unknown == (1, "note", "is not a column of the mailbox file: remove it")
    assert missing == (2, "plan", "plan missing (only what may be empty may be missing)")
    assert rows[1].cells[Column.TOWN] == ""
    assert many[:2] == (3, "")
    assert twice == (4, "town", "the key comes twice: keep one")


@pytest.mark.parametrize("element", ["null", "12", '"testo"', "[]"])
def test_an_element_that_is_no_object_is_a_bad_row(tmp_path: Path, element: str) -> None:
    rows = read_json(tmp_path, f"[{element},\n{json.dumps(COMPANY)}]")
    assert [(line, column) for line, column, _ in faults(rows)] == [(1, "")]
    assert dict(rows[1].cells) == COMPANY


@pytest.mark.parametrize(
    ("end", "line", "reason"),
    [
        ("", 4, "no comma between two rows, or no ] at the end"),
        (',\n{"customer": "C-1"', 4, "the file ends in the middle of a row"),
        (',\n{"customer": }]', 4, "Expecting value"),
        (",\n]", 4, "Expecting value"),
        ("\n{}]", 4, "no comma between two rows"),
        ("]\n[]", 4, "after the end of the list"),
        (",\n" + '{"a":' * 100_000, 4, ""),
    ],
)
def test_where_a_list_breaks_is_said_and_what_stands_before_is_kept(
    tmp_path: Path, end: str, line: int, reason: str
) -> None:
    start = f"[\n{json.dumps(COMPANY)},\n{json.dumps(company(2))}"
    rows = read_json(tmp_path, start + end)
    assert [dict(row.cells) for row in rows[:2]] == [COMPANY, company(2)]
    ((where, column, said),) = faults(rows)
    assert (where, column) == (line if end else 3, "")
    assert reason in said
    assert said.endswith("so nothing from here on was read: correct it and import again")


def test_a_string_that_is_never_closed_does_not_take_the_memory(tmp_path: Path) -> None:
    rows = read_json(tmp_path, f"[\n{json.dumps(COMPANY)},\n" + '{"customer": "' + "x" * (4 * MAX_ROW))
    assert dict(rows[0].cells) == COMPANY
    assert [(line, column) for line, column, _ in faults(rows)] == [(3, "")]


def test_a_broken_line_of_json_lines_is_a_bad_row(tmp_path: Path) -> None:
    lines = [json.dumps(COMPANY), '{"customer": ', "x" * (3 * MAX_ROW), "[" * 100_000, json.dumps(company(2))]
    rows = read_json(tmp_path, "\n\n".join(lines))
    assert [(line, column) for line, column, _ in faults(rows)] == [(3, ""), (5, ""), (7, "")]
    assert dict(rows[-1].cells) == company(2)
    assert rows[-1].line == 9


def test_stray_bytes_spoil_their_own_value(tmp_path: Path) -> None:
    text = as_json([COMPANY | {"town": "TOWN", "street": "STREET"}])
    stray = text.encode().replace(b"TOWN", "Forlì".encode("latin-1")).replace(b"STREET", rb"\ud83d")
    reason = "holds characters that are not UTF-8: save the file as UTF-8"
    assert faults(read_json(tmp_path, stray)) == [(2, "street", reason), (2, "town", reason)]


@pytest.mark.parametrize(
    "text", ["", "null", '{"mailboxes": [\n]}', "{", '"mailboxes"', "customer,town", as_json([COMPANY])[1:30]]
)
def test_json_that_is_no_list_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(FileUnreadable, match="not a list of mailboxes"):
        read_json(tmp_path, text)


def test_an_empty_list_is_a_file_without_rows(tmp_path: Path) -> None:
    assert read_json(tmp_path, " [ ] \n") == []
