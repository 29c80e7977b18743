"""A CBI rendicontazione is read as the bank means it, and refused where a number in it does not agree."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.statements.entry import EntryKind, StatementEntry
from tests.services.statements.cbi_files import (
    ACCOUNT,
    closing,
    detail,
    file_of,
    flow,
    future,
    head,
    movement,
    opening,
    record,
    statement,
    tail,
)
from tests.services.statements.reading_files import only, read, refusal

TEXT = "PAGAMENTO ORDINE R7K2M-4 CASELLA STUDIO"
TRANSFER = (
    movement(reference="7781-2026"),
    detail("YYY", (17, "22112026"), (25, "RSSMRA85T10A562S"), (41, "STUDIO ESEMPIO"), (81, "ROMA")),
    detail("YY2", (17, "VIA DELL'ESEMPIO 1"), (67, "IT24F999999999900000ESEMPIO")),
    detail("ID1", (17, "MSG1"), (52, "E2E-1")),
    detail("RI1", (17, TEXT)),
)
READ = StatementEntry(
    EntryKind.CREDIT,
    ACCOUNT,
    date(2026, 11, 23),
    3648,
    reference="7781-2026",
    end_to_end="E2E-1",
    payer="STUDIO ESEMPIO",
    payer_iban="IT24F999999999900000ESEMPIO",
    pieces=(TEXT,),
    place="line 3",
)


def whole(*movements: str, cents: int = 3648) -> bytes:
    return file_of(flow(*statement(*movements, cents=cents)))


def test_a_transfer_is_read_with_payer_account_text_and_references() -> None:
    assert only(whole(*TRANSFER)) == READ


@pytest.mark.parametrize("end", ["\r\n", "\n", ""])
def test_lines_end_as_the_bank_left_them(end: str) -> None:
    assert only(file_of(flow(*statement(*TRANSFER)), end=end)) == READ


def test_lines_without_their_trailing_blanks_and_a_mark_of_dos_at_the_end_are_the_same() -> None:
    records = [text.rstrip() for text in flow(*statement(*TRANSFER))]
    assert only(file_of(records) + b"\x1a") == READ


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_accents_do_not_move_the_fields(encoding: str) -> None:
    records = flow(
        *statement(movement(), detail("YYY", (41, "CAFFÈ NICCOLÒ"), (81, "FORLÌ")), detail("DI PIÙ"))
    )
    found = only(file_of(records, encoding=encoding))
    assert (found.payer, found.pieces) == ("CAFFÈ NICCOLÒ", ("DI PIÙ",))


def test_the_least_that_a_movement_can_say() -> None:
    assert only(whole(movement())) == replace(
        READ, reference="", end_to_end="", payer="", payer_iban="", pieces=()
    )


def test_text_is_given_record_by_record_in_its_order() -> None:
    text = "A" * 104
    found = only(
        whole(
            movement(text="BONIFICO A VS FAVORE"),
            detail("RI1", (17, text)),
            detail("RI2", (17, "B" * 36)),
            detail("E ANCORA, SENZA STRUTTURA"),
        )
    )
    assert found.pieces == ("BONIFICO A VS FAVORE", text, "B" * 36, "E ANCORA, SENZA STRUTTURA")


def test_a_transfer_from_abroad_has_its_payer_and_its_reason_elsewhere() -> None:
    found = only(
        whole(
            movement(reason="ZI"),
            detail("ZZ1", (17, "000000000000036,48"), (35, "EUR")),
            detail("ZZ2", (17, "EXAMPLE OFFICE LTD, 1 EXAMPLE STREET")),
            detail("ZZ3", (17, "POSTA ESEMPIO"), (67, "ORDER R7K2M-4")),
        )
    )
    assert found.payer == "EXAMPLE OFFICE LTD, 1 EXAMPLE STREET"
    assert found.pieces == ("ORDER R7K2M-4",)


def test_a_clients_reference_is_no_text() -> None:
    found = only(whole(movement(kind_of_reference="PAYORDREF", text="PAY-77")))
    assert (found.end_to_end, found.pieces) == ("PAY-77", ())
    assert only(whole(movement(), detail("ID1", (52, "NOTPROVIDED")))).end_to_end == ""
    assert only(whole(movement(reference="0" * 16))).reference == ""


@pytest.mark.parametrize(
    ("cents", "reason", "kind"),
    [
        (3648, "48", EntryKind.CREDIT),
        (3648, "ZI", EntryKind.CREDIT),
        (-3648, "26", EntryKind.ASIDE),
        (-3648, "48", EntryKind.REVERSAL),  # a transfer received, taken back
        (-3648, "68", EntryKind.REVERSAL),  # storno scritture
        (3648, "68", EntryKind.ASIDE),  # of a debit: no customer's money
    ],
)
def test_what_a_movement_is_to_the_ledger(cents: int, reason: str, kind: EntryKind) -> None:
    found = only(whole(movement(cents, reason=reason), cents=cents))
    assert (found.kind, found.cents) == (kind, 3648)


@pytest.mark.parametrize("coordinates", ["IT60X", "    X", "IT60", ""])
def test_the_accounts_iban_is_whole_even_where_check_characters_are_left_out(coordinates: str) -> None:
    records = flow(opening(coordinates=coordinates), movement(), closing())
    assert only(file_of(records)).account == ACCOUNT


def test_an_account_that_is_not_named_is_none() -> None:
    nameless = opening()[:51] + " " * 23 + opening()[74:]
    assert only(file_of(flow(nameless, movement(), closing()))).account == ""


def test_days_accounts_and_flows_follow_one_another() -> None:
    day = [
        opening(10000, number=2, currency="USD"),
        movement(-5000, statement=2, reason="26"),
        movement(100, number=2, statement=2, day="241126"),
        closing(5100, statement=2),
        future(statement=2),
    ]
    found = read(file_of([*flow(*statement(*TRANSFER), future(), *day), *flow(*statement(movement()))]))
    assert [(entry.kind, entry.cents, entry.currency) for entry in found] == [
        (EntryKind.CREDIT, 3648, "EUR"),
        (EntryKind.ASIDE, 5000, "USD"),
        (EntryKind.CREDIT, 100, "USD"),
        (EntryKind.CREDIT, 3648, "EUR"),
    ]
    assert found[2].booked_on == date(2026, 11, 24)


def test_a_day_without_movements_is_none() -> None:
    assert read(file_of(flow(opening(100), closing(100)))) == []
    assert read(file_of(flow())) == []


def test_after_movement_999_the_count_begins_again() -> None:
    movements = [movement(1, number=number % 999 + 1) for number in range(1001)]
    assert len(read(whole(*movements, cents=1001))) == 1001


@pytest.mark.parametrize(
    ("records", "reason"),
    [
        ([head(), *statement(movement())], "the file ends without its EF record"),
        ([head(), opening()], "the file ends without its EF record"),
        (flow(opening(), movement(), closing(13647)), "line 4: the movements lead to a balance of 136.48"),
        ([head(), *statement(movement()), tail(2, 5)], "line 5: the EF record counts 2 statements, and 1"),
        ([head(), *statement(movement()), tail(1, 6)], "line 5: the EF record counts 6 records, and 5"),
        (flow(*statement(movement(number=2))), "line 3: movement 2 comes where 1 was expected"),
        (flow(*statement(movement(), detail("X", number=2))), "line 4: the record is of movement 2"),
        (flow(*statement(movement(statement=2))), "line 3: the record is of statement 2"),
        (flow(opening(), closing(10000), opening(number=3)), "line 4: statement 3 comes after 1"),
        (flow(opening(), detail("X"), closing()), "line 3: a record 63 cannot stand after 61"),
        ([head(), movement()], "line 2: a record 62 cannot stand after RH"),
        ([head(), record("10")], "line 2: the record '10' is none of a rendicontazione"),
        (flow(*statement(movement(day="311126"))), "line 3: positions 20-25 of the 62 record are '311126'"),
        (flow(*statement(movement()[:26] + "00000000003648 " + movement()[41:])), "line 3: positions 27-41"),
        (flow(*statement(movement()[:25] + "X" + movement()[26:])), "line 3: position 26 of the 62 record"),
        (
            flow(opening().replace("123456", "É23456"), closing(10000)),
            "line 2: positions 52-74 of the 61 record",
        ),
        ([head() + "X"], "line 1: the line has 121 characters, and a record has 120"),
    ],
)
def test_a_damaged_file_is_refused_with_line_and_reason(records: list[str], reason: str) -> None:
    assert refusal(file_of(records, encoding="cp1252")).startswith(reason)
