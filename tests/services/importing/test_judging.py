"""Each column of the mailbox file: what is taken, what is refused, and with which words."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.registrant import Caution, Context, ErrorCode, Field, FieldError, clean
from bot.services.importing import Severity, holder_cells, reasons
from bot.services.importing.columns import Column
from bot.services.importing.findings import error
from bot.services.importing.judging import Judge, MailboxValues
from bot.services.importing.mailbox_cells import used_milli_gb
from bot.services.importing.raw_rows import RawRow
from tests.services.importing.files import (
    ABROAD,
    COMPANY,
    FREELANCER,
    MEASURES,
    PERSON,
    PUBLIC_BODY,
    judged,
)
from tests.support.catalogue import example_catalogue
from tests.support.long_runs import long


def only_finding(row: dict[str, str], severity: Severity) -> tuple[str, str, str]:
    """Column, value and reason of the single finding of a row, which has this severity."""
    verdict = judged(row)
    assert [finding.severity for finding in verdict.findings] == [severity], verdict.findings
    assert (verdict.good is None) is (severity is Severity.ERROR)
    found = verdict.findings[0]
    assert found.line == 2
    return found.column, found.value, found.reason


def test_a_good_row_has_all_its_values() -> None:
    row = judged(COMPANY).good
    assert row is not None
    assert (row.line, row.customer, row.language) == (2, "ESEMPIO-01", "it")
    assert (row.reference_email, row.address) == ("esempio@example.com", "esempio@pec.example")
    assert row.mailbox == MailboxValues(
        plan_id="pro",
        expires_on=date(2026, 12, 20),
        extra_mailbox_gb=1,
        extra_archive_gb=0,
        used_mailbox_milli_gb=2400,
        used_archive_milli_gb=1250,
        usage_at=datetime(2026, 11, 23, 5, tzinfo=UTC),
        auto_renew=False,
        promotion_id="welcome",
    )
    assert row.holder.data["kind"] == "company"
    assert row.holder.data["street"] == "Via dell'Esempio 12"
    assert row.holder.data["reference_email"] == "esempio@example.com"


@pytest.mark.parametrize(
    "row", [COMPANY, PERSON, FREELANCER, PUBLIC_BODY, ABROAD], ids=lambda row: row["kind"]
)
def test_good_rows_of_every_kind_have_no_findings(row: dict[str, str]) -> None:
    assert judged(row).findings == ()


def test_an_association_and_a_sole_trader_are_taken() -> None:
    assert judged(COMPANY | {"kind": "association", "vat_number": ""}).findings == ()
    assert judged(FREELANCER | {"kind": "sole_trader", "business_name": "Esempio"}).findings == ()


@pytest.mark.parametrize(
    ("column", "text", "reason"),
    [
        ("customer", "", "write your own code"),
        ("customer", "C" * 65, "at most 64"),
        ("customer", "C\x001", "printable"),
        ("reference_email", "", "is not an e-mail address"),
        ("reference_email", "esempio.example.com", "is not an e-mail address"),
        ("language", "", "it or en"),
        ("language", "fr", "it or en"),
        ("address", "", "is not an e-mail address"),
        ("address", "esempio@@pec.example", "is not an e-mail address"),
        ("plan", "", "write one of standard, pro, premium, domain, light"),
        ("plan", "gold", "is not a plan of the catalogue"),
        ("plan", "Pro", "is not a plan of the catalogue"),
        ("expires_on", "", "year, month, day"),
        ("expires_on", "20/12/2026", "write for example 2026-11-23"),
        ("expires_on", "20261220", "year, month, day"),
        ("expires_on", "2026-W51-7", "year, month, day"),
        ("expires_on", "2026-12-20T00:00:00", "write 2026-12-20"),
        ("expires_on", "2026-02-30", "is not a day of the calendar"),
        ("expires_on", "0206-12-20", "between 2000 and 2056"),
        ("expires_on", "9999-12-31", "between 2000 and 2056"),
        ("expires_on", "46361", "format the column as a date (it would be 2026-12-05)"),
        ("customer", "1,23457E+11", "a spreadsheet has rounded"),
        ("vat_number", "9.90E+10", "a spreadsheet has rounded"),
        ("phone", "3,90600E+11", "a spreadsheet has rounded"),
        ("town", "#N/D", "is a spreadsheet's error"),
        ("used_mailbox_gb", "#VALORE!", "is a spreadsheet's error"),
        ("cig", "########", "is a spreadsheet's error"),
        ("extra_mailbox_gb", "1.5", "whole number"),
        ("extra_mailbox_gb", "-1", "whole number"),
        ("extra_mailbox_gb", "201", "at most 200"),
        ("extra_archive_gb", "due", "whole number"),
        ("extra_archive_gb", "201", "at most 200"),
        ("used_mailbox_gb", "2,4", "decimal point"),
        ("used_mailbox_gb", "1.2345", "at most three decimals"),
        ("used_mailbox_gb", "1e3", "decimal point"),
        ("used_mailbox_gb", "-0.1", "decimal point"),
        ("used_mailbox_gb", "NaN", "decimal point"),
        ("used_mailbox_gb", "", "is empty although used_archive_gb is not"),
        ("used_archive_gb", "1.", "decimal point"),
        ("used_mailbox_gb", "2400", "lost the decimal mark"),
        ("used_mailbox_gb", "4.501", "more than one and a half times the 3 GB"),
        ("used_archive_gb", "4.501", "more than one and a half times the 3 GB"),
        ("used_archive_gb", "", "is empty although used_mailbox_gb is not"),
        ("usage_at", "", "is empty although used_mailbox_gb is not"),
        ("usage_at", "2026-11-23", "is a date without a time"),
        ("usage_at", "2026-11-23T06:00:00", "has no offset from UTC"),
        ("usage_at", "2026-11-23 06:00", "write 2026-11-23 06:00+01:00"),
        ("usage_at", "ieri", "a moment with its offset"),
        ("usage_at", "2026-11-31T06:00:00Z", "is not a day of the calendar"),
        ("usage_at", "2026-11-23T26:00:00Z", "is not a time that exists"),
        ("usage_at", "2026-11-23T06:00:00+99:00", "is not a time that exists"),
        ("usage_at", "2026-11-24T06:00:00Z", "lies in the future"),
        ("usage_at", "1900-01-01T00:00:00Z", "a year from 2000 on"),
        ("auto_renew", "", "true or false"),
        ("auto_renew", "sì", "true or false"),
        ("promo", "summer", "write one of welcome"),
        ("kind", "", "should be one of natural_person"),
        ("kind", "srl", "public_administration"),
        ("business_name", "", "is missing"),
        ("business_name", "Esempio 😀", "cannot stand on an invoice (😀)"),
        ("tax_code", "", "is missing"),
        ("tax_code", "99000019995", "wrong check digit"),
        ("tax_code", "SMPMRA85D52Z999I", "11 digits"),
        ("vat_number", "", "is missing"),
        ("vat_number", "99000019995", "is not a VAT number"),
        ("vat_number", "9900001999", "11 digits"),
        ("country", "", "is missing"),
        ("country", "Atlantide", "is not a country"),
    ],
)
def test_a_bad_cell_refuses_the_row_and_says_what_to_write(column: str, text: str, reason: str) -> None:
    named, value, said = only_finding(COMPANY | {column: text}, Severity.ERROR)
    assert named == column
    assert value == text or value.endswith("…")
    assert reason in said


@pytest.mark.parametrize(
    ("row", "column", "text", "reason"),
    [
        (PERSON, "first_name", "", "is missing"),
        (PERSON, "first_name", "Maria7", "is not a name"),
        (PERSON, "last_name", "", "is missing"),
        (PERSON, "tax_code", "9900001999", "16 characters"),
        (PERSON, "tax_code", "99000019995", "11 digits of a provisional tax code, but a wrong check digit"),
        (PERSON, "tax_code", "SMPMRA85D52Z999X", "wrong check character"),
        (FREELANCER, "vat_number", "", "is missing"),
        (PUBLIC_BODY, "split_payment", "forse", "true or false"),
        (ABROAD, "vat_number", "DE999999990", "of that country"),
        (ABROAD, "tax_code", "?", "2 to 20"),
    ],
)
def test_who_the_holder_is_must_be_right(row: dict[str, str], column: str, text: str, reason: str) -> None:
    named, _, said = only_finding(row | {column: text}, Severity.ERROR)
    assert named == column
    assert reason in said


@pytest.mark.parametrize(
    ("row", "column", "text", "reason"),
    [
        (COMPANY, "expires_on", "2037-01-01", "more than ten years away"),
        (COMPANY, "legal_rep", "", "the customer will be asked for it"),
        (COMPANY, "legal_rep", "007", "asked to correct it"),
        (COMPANY, "street", "", "the customer will be asked for it"),
        (COMPANY, "street", "Via senza fine", "has no street number"),
        (COMPANY, "postcode", "", "the customer will be asked for it"),
        (COMPANY, "postcode", "100", "5 digits"),
        (COMPANY, "town", "", "the customer will be asked for it"),
        (COMPANY, "province", "ZZ", "is not an Italian province"),
        (COMPANY, "phone", "", "the customer will be asked for it"),
        (COMPANY, "phone", "12", "is not a telephone number"),
        (COMPANY, "recipient_code", "ABC", "7 letters and digits"),
        (COMPANY, "recipient_pec", "fatture", "is not an e-mail address"),
        (PUBLIC_BODY, "recipient_code", "", "the customer will be asked for it"),
        (PUBLIC_BODY, "recipient_code", "ESEMPI0", "6 letters and digits"),
        (PUBLIC_BODY, "cig", "Z0", "10 letters and digits"),
        (PUBLIC_BODY, "cup", "A0", "15 letters and digits"),
        (ABROAD, "recipient_code", "ESEMPI0", "has no such field"),
        (PERSON, "vat_number", "99000019994", "has no such field"),
        (COMPANY, "split_payment", "true", "has no such field"),
        (COMPANY, "cig", "Z000000000", "has no such field"),
        (COMPANY, "reference_email", "esempio@pec.example", "is the mailbox itself"),
        (COMPANY, "business_name", "\u201cEsempio\u201d \u2013 S.r.l.", "is read as '\"Esempio\" - S.r.l.'"),
        (COMPANY, "town", "\u0141\u00f3d\u017a", "cannot stand on an invoice (\u0141 \u017a) is replaced"),
        (PERSON, "first_name", "Bruno", ""),
        (PERSON, "tax_code", "99000019994", "provisional tax code of 11 digits"),
        (FREELANCER, "tax_code", "99000019994", "provisional tax code of 11 digits"),
        (FREELANCER, "tax_code", "99000029993", "is the VAT number"),
        (COMPANY, "recipient_pec", ".fatture@pec.example", "begins with a dot"),
    ],
)
def test_what_the_customer_can_complete_is_a_warning(
    row: dict[str, str], column: str, text: str, reason: str
) -> None:
    named, _, said = only_finding(row | {column: text}, Severity.WARNING)
    assert named == ("tax_code" if column == "first_name" else column)
    assert reason in said


def test_a_wrong_value_is_kept_for_the_customer_to_correct_unless_it_is_endless() -> None:
    kept = judged(COMPANY | {"phone": "12"}).good
    assert kept is not None
    assert kept.holder.data["phone"] == "12"
    endless = judged(COMPANY | {"town": "Roma " * 100}).good
    assert endless is not None
    assert endless.holder.data["town"] == ""


def test_a_field_that_the_holder_does_not_have_is_left_out() -> None:
    row = judged(PERSON | {"vat_number": "99000019994"}).good
    assert row is not None
    assert row.holder.data["vat_number"] == ""


@pytest.mark.parametrize("code", ["0000000", "XXXXXXX", "xxxxxxx"])
def test_codes_that_say_nothing_are_no_news(code: str) -> None:
    assert judged(PERSON | {"recipient_code": code, "split_payment": "FALSE"}).findings == ()


def test_all_that_is_wrong_with_a_row_is_said_at_once() -> None:
    row = COMPANY | {
        "customer": "",
        "plan": "gold",
        "expires_on": "domani",
        "tax_code": "1",
        "phone": "?",
        "promo": "x",
    }
    findings = judged(row).findings
    assert [(finding.column, finding.severity.value) for finding in findings] == [
        ("customer", "error"),
        ("plan", "error"),
        ("expires_on", "error"),
        ("promo", "error"),
        ("tax_code", "error"),
        ("phone", "warning"),
    ]


def test_without_kind_or_country_nothing_else_of_the_holder_is_judged() -> None:
    row = COMPANY | {"tax_code": "1", "phone": "?"}
    assert {found.column for found in judged(row | {"kind": "x", "country": "x"}).findings} == {
        "kind",
        "country",
    }


def test_values_are_normalised_before_they_are_judged() -> None:
    row = judged(
        COMPANY
        | {
            "reference_email": "Esempio@Example.COM",
            "language": "IT",
            "address": "ESEMPIO@pec.example",
            "auto_renew": "TRUE",
            "kind": "Company",
            "tax_code": "IT 99000 019994",
            "province": "rm",
            "country": "Italia",
            "phone": "06 0000 0001",
            "recipient_code": "esempi0",
        }
    )
    assert row.findings == ()
    assert row.good is not None
    assert row.good.mailbox.auto_renew
    assert (row.good.reference_email, row.good.address) == ("esempio@example.com", "esempio@pec.example")
    assert row.holder == judged(COMPANY).holder


@pytest.mark.parametrize(("written", "meant"), [("VERO", True), ("falso", False), ("True", True)])
def test_truths_are_taken_as_spreadsheets_write_them(written: str, meant: bool) -> None:
    row = judged(COMPANY | {"auto_renew": written}).good
    assert row is not None
    assert row.mailbox.auto_renew is meant
    assert judged(COMPANY | {"split_payment": "FALSO"}).findings == ()


def test_empty_extra_space_is_none_and_empty_usage_is_unknown() -> None:
    empty = dict.fromkeys(
        ["extra_mailbox_gb", "extra_archive_gb", "used_mailbox_gb", "used_archive_gb", "usage_at", "promo"],
        "",
    )
    row = judged(COMPANY | empty).good
    assert row is not None
    mailbox = row.mailbox
    assert (mailbox.extra_mailbox_gb, mailbox.extra_archive_gb, mailbox.promotion_id) == (0, 0, None)
    assert (mailbox.used_mailbox_milli_gb, mailbox.used_archive_milli_gb, mailbox.usage_at) == (
        None,
        None,
        None,
    )


def test_the_caps_are_those_of_the_plan() -> None:
    standard = COMPANY | {"plan": "standard", "used_archive_gb": "0"}
    assert judged(standard).findings == ()
    assert only_finding(standard | {"extra_mailbox_gb": "2"}, Severity.ERROR)[0] == "extra_mailbox_gb"
    column, _, reason = only_finding(standard | {"extra_archive_gb": "1"}, Severity.ERROR)
    assert column == "extra_archive_gb"
    assert "no extra GB" in reason


def test_a_plan_without_archive_needs_no_figure_for_it() -> None:
    row = judged(COMPANY | {"plan": "standard", "used_archive_gb": ""}).good
    assert row is not None
    assert row.mailbox.used_archive_milli_gb == 0
    column, _, reason = only_finding(
        COMPANY | {"plan": "standard", "used_archive_gb": "0.5"}, Severity.WARNING
    )
    assert column == "used_archive_gb"
    assert "standard does not have" in reason


def test_the_archive_of_a_plan_without_one_is_impossible_beyond_the_largest_of_all_plans() -> None:
    row = judged(COMPANY | {"plan": "standard", "used_archive_gb": "350"})
    assert [(found.column, found.severity) for found in row.findings] == [
        ("used_archive_gb", Severity.WARNING),
        ("used_archive_gb", Severity.ERROR),
    ]
    assert "more than one and a half times the 8 GB" in row.findings[1].reason


def test_a_promotion_is_refused_where_the_catalogue_has_none() -> None:
    bare = replace(MEASURES, catalogue=replace(example_catalogue(), promotions={}))
    row = Judge(bare).row(RawRow(2, {Column(name): text for name, text in COMPANY.items()}))
    assert [finding.reason for finding in row.findings] == [
        "is not a promotion of the catalogue: write one of (it has none)"
    ]


def test_a_cell_that_could_not_be_read_is_not_spoken_of_twice() -> None:
    cells = {Column(name): text for name, text in COMPANY.items()}
    for column in (Column.TAX_CODE, Column.USED_MAILBOX_GB, Column.KIND):
        rest = {name: text for name, text in cells.items() if name is not column}
        fault = error(2, column, "?", "could not be read")
        verdict = Judge(MEASURES).row(RawRow(2, rest, (fault,)))
        assert verdict.findings == (fault,)
        assert verdict.good is None


@pytest.mark.parametrize("row", [COMPANY, *long(PERSON, PUBLIC_BODY, ABROAD)])
@given(st.sampled_from(list(Column)), st.text(max_size=80))
def test_no_text_in_any_column_breaks_the_judgement(row: dict[str, str], column: Column, text: str) -> None:
    verdict = judged(row | {column.value: text})
    refused = any(finding.severity is Severity.ERROR for finding in verdict.findings)
    assert (verdict.good is None) is refused


@given(st.integers(0, 999_999_999))
def test_used_space_is_exact_to_the_thousandth(milli_gb: int) -> None:
    assert used_milli_gb(f"{milli_gb // 1000}.{milli_gb % 1000:03d}") == milli_gb


@pytest.mark.parametrize("code", list(ErrorCode))
def test_every_verdict_has_the_operators_words(code: ErrorCode) -> None:
    assert reasons.reason(FieldError(Field.PHONE, code, example="X")).endswith("; for example X")


@pytest.mark.parametrize("caution", list(Caution))
def test_every_caution_has_the_operators_words(caution: Caution) -> None:
    assert reasons.caution(caution)


def test_long_values_are_cut_for_the_terminal() -> None:
    finding = judged(COMPANY | {"plan": "x" * 1000}).findings[0]
    assert finding.value == "x" * 59 + "…"


def test_what_comes_again_is_judged_once(monkeypatch: pytest.MonkeyPatch) -> None:
    judged: list[str] = []

    def counting(field: Field, text: str, *context: Context) -> str:
        judged.append(text)
        return clean(field, text, *context)

    monkeypatch.setattr(holder_cells, "clean", counting)
    judge = Judge(MEASURES)
    texts = COMPANY | {"business_name": "Ditta nuova", "phone": "nessun numero"}
    rows = [
        judge.row(RawRow(line, {Column(name): text for name, text in (texts | {"address": address}).items()}))
        for line, address in enumerate(("a@pec.example", "b@pec.example", "c@pec.example"), 2)
    ]
    assert judged.count("Ditta nuova") == judged.count("nessun numero") == 1
    assert [row.address for row in rows] == ["a@pec.example", "b@pec.example", "c@pec.example"]
    # What is wrong with it is said of each row.
    assert [[(found.line, found.column) for found in row.findings] for row in rows] == [
        [(line, "phone")] for line in (2, 3, 4)
    ]


def test_the_mailbox_itself_as_reference_is_said_of_its_own_row_only() -> None:
    judge = Judge(MEASURES)
    texts = COMPANY | {"reference_email": "b@pec.example"}
    rows = [
        judge.row(RawRow(line, {Column(name): text for name, text in (texts | {"address": address}).items()}))
        for line, address in enumerate(("a@pec.example", "b@pec.example", "a@pec.example"), 2)
    ]
    assert [[found.line for found in row.findings] for row in rows] == [[], [3], []]
