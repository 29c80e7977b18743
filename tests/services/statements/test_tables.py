"""A bank's list of movements in CSV and XLSX is read by the profile that it fits, and refused where it fits none."""

from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook

from bot.domain.statements.entry import EntryKind, StatementEntry
from tests.services.statements.profiles import BANCOPOSTA, BARE, FULL, with_form
from tests.services.statements.reading_files import only, read, refusal

HEADER = ["Data Contabile", "Data Valuta", "Addebiti (euro)", "Accrediti (euro)", "Descrizione operazioni"]
TRANSFER = ["23/11/2026", "23/11/2026", "", "1.036,48", "BONIFICO DA STUDIO ESEMPIO PER ORDINE R7K2M-4"]
FEE = ["24/11/2026", "24/11/2026", "1,50", "", "COMMISSIONE"]
RECALLED = ["25/11/2026", "25/11/2026", "1.036,48", "", "STORNO BONIFICO STUDIO ESEMPIO"]
ABOVE = [["Lista movimenti"], [], ["Intestato a:", "Posta Esempio S.r.l."]]
BELOW = [["Saldo contabile", "", "", "2.000,00"], ["Stampato il 30/11/2026"], []]
READ = StatementEntry(
    EntryKind.CREDIT, "", date(2026, 11, 23), 103648, pieces=(TRANSFER[-1],), place="line 5"
)


def csv_of(
    rows: list[list[str]], *, delimiter: str = ";", end: str = "\r\n", encoding: str = "utf-8"
) -> bytes:
    return "".join(delimiter.join(cells) + end for cells in rows).encode(encoding)


def workbook(*sheets: list[list[Any]]) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for number, rows in enumerate(sheets, 1):
        sheet = book.create_sheet(f"Foglio{number}")
        for cells in rows:
            sheet.append(cells)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


ROWS = [*ABOVE, HEADER, TRANSFER, FEE, RECALLED, *BELOW]
LIST = csv_of(ROWS)


def test_the_shipped_profile_reads_a_list_of_bancoposta() -> None:
    found = read(LIST, BANCOPOSTA)
    assert found[0] == READ
    assert [(entry.kind, entry.cents) for entry in found[1:]] == [
        (EntryKind.ASIDE, 150),
        (EntryKind.REVERSAL, 103648),
    ]


def test_the_same_list_as_a_workbook_has_numbers_and_days_of_their_own() -> None:
    typed = [datetime(2026, 11, 23), date(2026, 11, 23), None, 1036.48, TRANSFER[-1]]  # noqa: DTZ001
    content = workbook([*ABOVE, HEADER, typed, FEE, RECALLED, *BELOW])
    assert read(content, BANCOPOSTA) == read(LIST, BANCOPOSTA)
    assert read(workbook([["Altro"]], ROWS), BANCOPOSTA) == read(LIST, BANCOPOSTA)


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_how_a_list_was_saved_is_seen_from_it(delimiter: str, encoding: str) -> None:
    rows = [HEADER, [*TRANSFER[:3], '"1.036,48"', '"PERCHÉ ""NO""; ORDINE, R7K2M-4"']]
    found = only(csv_of(rows, delimiter=delimiter, encoding=encoding), BANCOPOSTA)
    assert found == replace(READ, pieces=('PERCHÉ "NO"; ORDINE, R7K2M-4',), place="line 2")


def test_what_the_profile_says_of_the_file_is_believed() -> None:
    profile = replace(BANCOPOSTA, delimiter="|", encoding="cp1252")
    rows = [HEADER, [*TRANSFER[:4], "PERCHÉ; NO"]]
    assert only(csv_of(rows, delimiter="|", encoding="cp1252"), profile).pieces == ("PERCHÉ; NO",)
    assert "line 2: the line has characters that are not utf-8" in refusal(
        csv_of(rows, encoding="cp1252"), replace(profile, delimiter=";", encoding="utf-8-sig")
    )


def test_every_column_that_a_profile_can_name() -> None:
    header = [
        "Data", "Causale", "Descrizione", "Importo", "Ordinante", "IBAN ordinante", "Riferimento", "Conto", "Divisa",
        "Stato",
    ]  # fmt: skip
    row = [
        "23/11/2026", "BONIFICO", "ORDINE R7K2M-4", "36,48", "Studio Esempio", "it24 f999 9999 9990 0000 ESEM PIO",
        "TRN-7781", "05428/11101/000000123456", "chf", "contabilizzato",
    ]  # fmt: skip
    assert only(csv_of([header, row]), FULL) == StatementEntry(
        EntryKind.CREDIT,
        "IT60X0542811101000000123456",
        date(2026, 11, 23),
        3648,
        "CHF",
        reference="TRN-7781",
        payer="Studio Esempio",
        payer_iban="IT24F999999999900000ESEMPIO",
        pieces=("BONIFICO", "ORDINE R7K2M-4"),
        place="line 2",
    )
    assert only(csv_of([header, [*row[:-1], "In corso"]]), FULL).kind is EntryKind.ASIDE
    assert only(csv_of([header, [*row[:3], "-36,48", *row[4:]]]), FULL).kind is EntryKind.ASIDE
    reversed_debit = only(csv_of([header, [row[0], "Storno addebito", *row[2:]]]), FULL)
    assert reversed_debit.kind is EntryKind.ASIDE  # the owner's own money


def test_headers_are_found_whatever_their_case_and_blanks() -> None:
    header = [
        "DATA  CONTABILE",
        " data valuta",
        "addebiti (euro)",
        "Accrediti  (EURO) ",
        "Descrizione operazioni",
        "Note",
    ]
    assert only(csv_of([header, TRANSFER]), BANCOPOSTA) == replace(READ, place="line 2")


@pytest.mark.parametrize(
    ("decimal", "thousands", "text", "cents"),
    [
        (",", ".", "36,48", 3648),
        (",", ".", "+1.234.567,8", 123456780),
        (",", ".", "12", 1200),
        (",", ".", ",5", 50),
        (",", ".", "36,480", 3648),
        (",", ".", "€ 36,48", 3648),
        (",", ".", "36,48 EUR", 3648),
        (",", ".", "-36,48", -3648),
        (",", ".", "\u2212 36,48", -3648),
        (",", ".", "36,48-", -3648),
        (",", " ", "1\u00a0036,48", 103648),
        (".", ",", "1,036.48", 103648),
        (".", "'", "1\u2019036.48", 103648),
        (".", "", "1036.48", 103648),
    ],
)
def test_sums_are_read_in_the_form_of_the_profile(
    decimal: str, thousands: str, text: str, cents: int
) -> None:
    profile = with_form(decimal=decimal, thousands=thousands)
    found = only(csv_of([["Data", "Testo", "Importo"], ["23/11/2026", "", text]]), profile)
    assert (found.cents, found.kind) == (abs(cents), EntryKind.CREDIT if cents > 0 else EntryKind.ASIDE)


@pytest.mark.parametrize(
    "text", ["36.48", "1.23,00", "1,234", "36 48", "--1", "1e3", "uno", "-1-", "1,00 USD", "."]
)
def test_sums_in_another_form_are_refused(text: str) -> None:
    content = csv_of([["Data", "Testo", "Importo"], ["23/11/2026", "", text]])
    reason = refusal(content, with_form())
    assert reason == f"line 2: 'Importo' is {text!r}, where a sum such as 1.036,48 was expected"


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("dd/mm/yyyy", "23/11/2026"),
        ("dd/mm/yyyy", "23/11/2026 18:30:00"),
        ("dd/mm/yy", "23/11/26"),
        ("dd.mm.yyyy", "23.11.2026"),
        ("yyyy-mm-dd", "2026-11-23T18:30"),
        ("mm/dd/yyyy", "11/23/2026"),
    ],
)
def test_days_are_read_in_the_form_of_the_profile(form: str, text: str) -> None:
    content = csv_of([["Data", "Testo", "Importo"], [text, "", "1,00"]])
    assert only(content, with_form(date_form=form)).booked_on == date(2026, 11, 23)


def test_a_workbook_that_lost_the_form_of_its_days_and_rounded_its_sums() -> None:
    rows: list[list[Any]] = [
        ["Data", "Testo", "Importo"],
        [46349, 7781, 36.480000000000004],
        ["23/11/2026", None, "36,48"],
    ]
    first, second = read(workbook(rows), with_form())
    assert (first.booked_on, first.cents, first.pieces) == (date(2026, 11, 23), 3648, ("7781",))
    assert (second.booked_on, second.cents, second.pieces) == (date(2026, 11, 23), 3648, ())


def test_a_payers_text_that_begins_like_a_balance_is_an_entry() -> None:
    profile = replace(BANCOPOSTA, skip=("Saldo", "Saldo iniziale"))
    payment = [*TRANSFER[:4], "Saldo ordine R7K2M-4"]
    balance = [*TRANSFER[:4], "SALDO INIZIALE"]
    assert [entry.pieces for entry in read(csv_of([HEADER, balance, payment]), profile)] == [(payment[-1],)]


def test_of_several_profiles_the_one_is_taken_whose_columns_are_there() -> None:
    assert read(LIST, FULL, BANCOPOSTA, BARE) == read(LIST, BANCOPOSTA)
    less = replace(BANCOPOSTA, id="less", debit="")
    assert read(LIST, less, BANCOPOSTA) == read(LIST, BANCOPOSTA)
    assert refusal(LIST, BANCOPOSTA, replace(BANCOPOSTA, id="other")) == (
        "line 4: the header fits several profiles (bancoposta, other): name one"
    )


def row(*cells: str) -> bytes:
    return csv_of([HEADER, TRANSFER, list(cells)])


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (row("23/11/2026", "", "", "", "X"), "line 3: 'Accrediti (euro)' is empty, where a sum was expected"),
        (
            row("23/11/2026", "", "1,00", "2,00", "X"),
            "line 3: there is a sum both in 'Accrediti (euro)' and in 'Adde",
        ),
        (
            row("23/11/2026", "", "", "-2,00", "X"),
            "line 3: 'Accrediti (euro)' is '-2,00', where a sum without a sign",
        ),
        (
            row("", "", "", "2,00", "X"),
            "line 3: 'Data Contabile' is empty, where a day as dd/mm/yyyy was expected",
        ),
        (
            row("2026-11-23", "", "", "2,00"),
            "line 3: 'Data Contabile' is '2026-11-23', where a day as dd/mm/yyyy",
        ),
        (row("31/11/2026", "", "", "2,00"), "line 3: 'Data Contabile' is '31/11/2026'"),
        (row(*TRANSFER[:4], '"BONIFICO'), "line 3: a quote is never closed, or stands in a quoted cell"),
        (row(*TRANSFER[:4], '"BONIFICO"A"'), "line 3: a quote is never closed, or stands in a quoted cell"),
        (
            row(*TRANSFER)[: -len(TRANSFER[-1]) - 3],
            "line 3: the last row has 4 cells of 5, and no end: the file was cut short",
        ),
        (
            b"Data;Importo\n1;2\n",
            "no row among the first 60 names the columns of a profile (bancoposta: Data Con",
        ),
        (csv_of([["x"]] * 60 + ROWS), "no row among the first 60 names the columns of a profile"),
        (workbook([["Data", "Importo"]]), "no row among the first 60 names the columns of a profile"),
        (
            workbook(ROWS, ROWS),
            "the sheets 'Foglio1', 'Foglio2' all have the header of a profile: keep one of them",
        ),
        (
            workbook([HEADER, [46349, None, None, 0.001, ""]]),
            "line 2: 'Accrediti (euro)' is '0.001', where a sum such",
        ),
        (
            workbook([HEADER, [7, None, None, 1, ""]]),
            "line 2: 'Data Contabile' is '7', where a day as dd/mm/yyyy",
        ),
        (
            workbook([HEADER, ["23/11/2026", None, None, "=D1", ""]]),
            "line 2: 'Accrediti (euro)' is '=D1', where a sum",
        ),
        (workbook([HEADER, TRANSFER])[:400], "the file is a damaged archive"),
    ],
)
def test_a_damaged_list_is_refused_with_line_and_reason(content: bytes, reason: str) -> None:
    assert refusal(content, BANCOPOSTA).startswith(reason)


def test_without_a_profile_it_is_said_what_to_do() -> None:
    for content in (LIST, workbook(ROWS)):
        assert refusal(content) == (
            "a CSV or XLSX file is read by a profile of the catalogue, and there is none: write a table "
            "[statement_profiles.<id>], or export the movements as CAMT.053 or CBI"
        )
