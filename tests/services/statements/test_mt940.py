"""An MT940 statement is read with what its banks put into field 86, and refused where it does not add up."""

import logging
from dataclasses import replace
from datetime import date

import pytest

from bot.domain.statements.entry import EntryKind, StatementEntry
from tests.services.statements.mt940_files import ACCOUNT, file_of, statement, transfer
from tests.services.statements.reading_files import only, read, refusal

READ = StatementEntry(
    EntryKind.CREDIT,
    ACCOUNT,
    date(2026, 11, 23),
    3648,
    reference="TRN-7781",
    pieces=("ORDINE R7K2M-4",),
    place="line 5",
)


def of(details: str) -> StatementEntry:
    return only(file_of(statement(transfer(details=details))))


def test_a_transfer_is_read() -> None:
    assert only(file_of(statement(transfer()))) == READ
    bare = transfer(details="", reference="", days="261123")
    assert only(file_of(statement(bare))) == replace(READ, reference="", pieces=())


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_envelopes_marks_and_lines_of_swift_do_not_matter(end: str) -> None:
    lines = statement(transfer())
    assert only(b"\xef\xbb\xbf" + file_of(lines, end=end)) == READ
    envelope = ["{1:F01BANKITMMAXXX0000000000}{2:I940BANKITMMXXXXN}{4:", *lines[:-1], "-}"]
    assert only(file_of(envelope, end=end)) == replace(READ, place="line 6")
    joined = [envelope[0] + lines[0], *envelope[2:]]
    assert only(file_of(joined, end=end)) == READ
    assert only(file_of(statement(transfer(details="CAFFÈ")), encoding="cp1252")).pieces == ("CAFFÈ",)


def test_numbered_pieces_keep_their_seams() -> None:
    found = of(
        "166?00GUTSCHRIFT?109310?20EREF+E2E-1?21SVWZ+PAGAMENTO ORDINE R7?22K2M-4 CASELLA\r\n"
        "?30BANKITMM?31IT24F999999999900000ESEMPIO?32STUDIO ESEMPIO DI ANNA?33 ROSSI?60E ALTRO?34000"
    )
    assert found.pieces == ("EREF+E2E-1", "SVWZ+PAGAMENTO ORDINE R7", "K2M-4 CASELLA", "E ALTRO")
    assert (found.payer, found.payer_iban) == ("STUDIO ESEMPIO DI ANNA ROSSI", "IT24F999999999900000ESEMPIO")
    assert found.end_to_end == "E2E-1"
    assert of("166?20SVWZ+CHI? IO?32ANNA").pieces == ("SVWZ+CHI? IO",)
    assert of("166?20EREF+NOTPROVIDED?21SVWZ+X").end_to_end == ""


def test_parts_by_code_words() -> None:
    found = of("/EREF/E2E-1/ORDP//NAME/STUDIO ESEMPIO/REMI/USTD//ORDINE R7K2M-4\r\n CASELLA/")
    assert (found.payer, found.end_to_end) == ("STUDIO ESEMPIO", "E2E-1")
    assert found.pieces == ("ORDINE R7K2M-4 CASELLA",)
    found = of("/ORDP/STUDIO ESEMPIO/REMI/ORDINE R7K2M-4/IBAN/IT24F999999999900000ESEMPIO")
    assert (found.payer, found.payer_iban) == ("STUDIO ESEMPIO", "IT24F999999999900000ESEMPIO")
    found = of("/CNTP/IT24F999999999900000ESEMPIO/BANKITMM/STUDIO ESEMPIO///REMI/USTD//R7K2M-4/")
    assert (found.payer, found.payer_iban) == ("STUDIO ESEMPIO", "IT24F999999999900000ESEMPIO")
    assert found.pieces == ("R7K2M-4",)

    found = of(
        "/TRTP/SEPA/IBAN/IT24F999999999900000ESEMPIO/BIC/BANKITMM/NAME/STUDIO/REMI/FT 12/ABCD/26/EREF/E2"
    )
    assert (found.payer, found.payer_iban) == ("STUDIO", "IT24F999999999900000ESEMPIO")
    assert (found.pieces, found.end_to_end) == (("FT 12/ABCD/26",), "E2")


def test_free_text_is_given_line_by_line() -> None:
    assert of("BONIFICO DA STUDIO ESEMPIO\r\nORDINE R7K2M\r\n-4").pieces == (
        "BONIFICO DA STUDIO ESEMPIO",
        "ORDINE R7K2M",
        "-4",
    )
    assert of("PAGAMENTO /EREF/ NON SO").pieces == ("PAGAMENTO /EREF/ NON SO",)
    assert of("FATTURA 12/2026").pieces == ("FATTURA 12/2026",)


@pytest.mark.parametrize(
    ("mark", "kind", "closing"),
    [
        ("C", EntryKind.CREDIT, 13648),
        ("RC", EntryKind.REVERSAL, 6352),
        ("D", EntryKind.ASIDE, 6352),
        ("RD", EntryKind.ASIDE, 13648),
    ],
)
def test_what_an_entry_is_to_the_ledger(mark: str, kind: EntryKind, closing: int) -> None:
    found = only(file_of(statement(transfer(mark=mark), closing=closing)))
    assert (found.kind, found.cents) == (kind, 3648)


@pytest.mark.parametrize(
    "account",
    [
        ACCOUNT,
        f"{ACCOUNT}EUR",
        "IT60 X054 2811 1010 0000 0123 456",
        "05428/11101/000000123456",
        "X0542811101000000123456",
    ],
)
def test_an_account_is_an_iban_however_it_is_written(account: str) -> None:
    assert only(file_of(statement(transfer(), account=account))).account == ACCOUNT


def test_other_accounts_stay_what_they_are() -> None:
    assert only(file_of(statement(transfer(), account="20050550/1234567890"))).account == "200505501234567890"


def test_the_payers_reference_and_the_year_of_an_entry() -> None:
    assert only(file_of(statement(transfer(own="PAY-7")))).end_to_end == "PAY-7"
    assert only(file_of(statement(transfer(days="2701021231")))).booked_on == date(2026, 12, 31)


def test_statements_follow_one_another_and_what_stands_behind_a_balance_is_of_none() -> None:
    first = statement(
        transfer(), transfer(1000, details="ALTRO"), closing=14648, after=":86:SALDO DISPONIBILE"
    )
    second = statement(transfer(52), closing=10052, account="DE02120300000000202051")
    empty = statement(closing=10000)
    found = read(file_of(first, empty, second))
    assert [(entry.cents, entry.pieces, entry.place) for entry in found] == [
        (3648, ("ORDINE R7K2M-4",), "line 5"),
        (1000, ("ALTRO",), "line 7"),
        (52, ("ORDINE R7K2M-4",), "line 22"),
    ]
    assert found[2].account == "DE02120300000000202051"


def edited(old: str, new: str) -> bytes:
    return file_of(statement(transfer())).replace(old.encode(), new.encode())


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (
            edited("136,48", "136,47"),
            "line 1: the entries add up to 36.48, and from the opening balance 100.00 to the",
        ),
        (
            edited(":62F:C261123EUR136,48", ""),
            "line 1: the statement that begins here ends without its closing",
        ),
        (
            file_of(statement(transfer()))[:90],
            "line 1: the statement that begins here ends without its closing",
        ),
        (
            edited(":60F:C261122EUR100,00\r\n", ""),
            "line 1: the statement that begins here has no opening balance",
        ),
        (edited(":60F:C261122EUR100,00", ":34F:EUR0,"), "line 1: this is MT942, a report of the running day"),
        (edited("C36,48N", "X36,48N"), "line 1: field 61 of the statement that begins here cannot be read"),
        (
            edited("2611241123C", "2613241123C"),
            "line 1: one of the 7 fields of the statement that begins here cannot",
        ),
        (edited("C36,48N", "C36,485N"), "line 5: the sum 36.485 has parts of a cent"),
        (
            file_of(statement([":61:2611231123C18,24"], [":61:2611231123C18,24"])),
            "line 1: the statement has 2 entries",
        ),
    ],
)
def test_a_damaged_statement_is_refused_with_line_and_reason(content: bytes, reason: str) -> None:
    assert refusal(content).startswith(reason)


def test_nothing_of_a_damaged_statement_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        refusal(edited("C36,48N", "X36,48N"))
    assert not caplog.records
