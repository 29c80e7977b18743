"""A CAMT file is read as the bank means it, in every version, and refused where it does not add up."""

import re
from dataclasses import replace
from datetime import date

import pytest

from bot.domain.statements.entry import EntryKind, StatementEntry
from tests.services.statements.camt_files import (
    ACCOUNT,
    balance,
    document,
    entry,
    payment,
    statement,
    sum_of,
)
from tests.services.statements.reading_files import only, read, refusal

VERSIONS = [f"{number:02d}" for number in range(2, 14)]
READ = StatementEntry(
    EntryKind.CREDIT,
    ACCOUNT,
    date(2026, 11, 23),
    3648,
    reference="REF1",
    payer="Studio Esempio",
    pieces=("ORDINE R7K2M-4",),
    place="entry 1",
)


def one(*parts: str, message: str = "053", version: str = "02") -> bytes:
    name = "Stmt" if message == "053" else "Ntfctn"
    return document(statement(*parts, name=name), message=message, version=version)


@pytest.mark.parametrize("message", ["053", "054"])
@pytest.mark.parametrize("version", VERSIONS)
def test_every_version_of_both_messages_is_read(message: str, version: str) -> None:
    """From version 8 on a status is a code of its own, and a party has one element more."""
    content = one(entry(3648, payment()), message=message, version=version)
    if int(version) >= 8:
        content = content.replace(b"<Sts>BOOK</Sts>", b"<Sts><Cd>BOOK</Cd></Sts>")
        content = content.replace(
            b"<Dbtr><Nm>Studio Esempio</Nm></Dbtr>", b"<Dbtr><Pty><Nm>Studio Esempio</Nm></Pty></Dbtr>"
        )
    assert only(content) == READ


def test_the_prefix_of_the_namespace_and_an_envelope_around_it_do_not_matter() -> None:
    content = one(entry(3648, payment())).decode()
    prefixed = re.sub(r"<(/?)(?=[A-Z])", r"<\1bank:", content.split("\n", 1)[1]).replace(
        " xmlns=", " xmlns:bank="
    )
    assert only(prefixed.encode()) == READ
    head, rest = content.split("\n", 1)
    envelope = f'{head}\n<x:Envelope xmlns:x="urn:example"><x:Header>1</x:Header>{rest}</x:Envelope>'
    assert only(envelope.encode()) == READ


@pytest.mark.parametrize("encoding", ["UTF-8", "ISO-8859-1", "windows-1252", "UTF-16"])
def test_the_encoding_is_the_one_that_the_file_names(encoding: str) -> None:
    content = one(entry(3648, payment("CAFFÈ"))).decode().replace("UTF-8", encoding)
    assert only(content.encode(encoding)).pieces == ("CAFFÈ",)


def test_a_mark_and_blanks_before_the_xml_are_passed_over() -> None:
    assert only(b"\xef\xbb\xbf" + one(entry(3648, payment()))) == READ
    assert only(b"\r\n  " + one(entry(3648, payment()))) == READ


def test_the_least_that_an_entry_can_say() -> None:
    bare = replace(READ, reference="", payer="", pieces=())
    assert only(one(entry(own=""))) == bare
    assert only(one(entry(3648, "<TxDtls></TxDtls>", own=""))) == bare


def test_a_payer_is_named_in_any_of_the_places_for_it() -> None:
    def payer_of(parties: str) -> tuple[str, str]:
        found = only(one(entry(3648, f"<TxDtls><RltdPties>{parties}</RltdPties></TxDtls>")))
        return found.payer, found.payer_iban

    iban = "<DbtrAcct><Id><IBAN>IT24F999999999900000ESEMPIO</IBAN></Id></DbtrAcct>"
    debtor, ultimate = "<Dbtr><Nm>Anna</Nm></Dbtr>", "<UltmtDbtr><Nm>Bice</Nm></UltmtDbtr>"
    assert payer_of(debtor + iban + ultimate) == ("Anna", "IT24F999999999900000ESEMPIO")
    assert payer_of(ultimate) == ("Bice", "")
    assert payer_of("<UltmtDbtr><Pty><Nm>Bice</Nm></Pty></UltmtDbtr>") == ("Bice", "")
    assert payer_of(debtor + "<DbtrAcct><Id><Othr><Id>7</Id></Othr></Id></DbtrAcct>") == ("Anna", "")


def test_the_text_is_given_piece_by_piece_and_references_apart() -> None:
    remittance = (
        "<RmtInf><Ustrd>PAGAMENTO ORDINE R7K2M-4 CASELLA PE</Ustrd><Ustrd> C STUDIO </Ustrd><Ustrd/>"
        "<Strd><RfrdDocInf><Nb>FATT-12</Nb></RfrdDocInf>"
        "<CdtrRefInf><Ref>RF18539007547034</Ref></CdtrRefInf><AddtlRmtInf>e altro</AddtlRmtInf></Strd>"
        "<Strd><CdtrRefInf><Ref>123456789</Ref></CdtrRefInf></Strd></RmtInf>"
    )
    found = only(one(entry(3648, f"<TxDtls>{remittance}</TxDtls>")))
    assert found.pieces == ("PAGAMENTO ORDINE R7K2M-4 CASELLA PE", "C STUDIO", "e altro")
    assert found.structured == ("RF18539007547034", "123456789", "FATT-12")


def test_where_the_payers_words_are_missing_the_banks_are_given() -> None:
    additional = "<AddtlNtryInf>BONIFICO DA STUDIO ESEMPIO</AddtlNtryInf>"
    transaction = "<TxDtls><AddtlTxInf>DA STUDIO, ORDINE R7K2M-4</AddtlTxInf></TxDtls>"
    assert only(one(entry(after=additional))).pieces == ("BONIFICO DA STUDIO ESEMPIO",)
    assert only(one(entry(3648, "<TxDtls/>", after=additional))).pieces == ("BONIFICO DA STUDIO ESEMPIO",)
    assert only(one(entry(3648, transaction, after=additional))).pieces == ("DA STUDIO, ORDINE R7K2M-4",)
    assert only(one(entry(3648, payment(), after=additional))).pieces == ("ORDINE R7K2M-4",)


def test_the_banks_reference_of_the_payment_comes_before_that_of_the_entry() -> None:
    references = "<Refs><AcctSvcrRef>TX1</AcctSvcrRef><EndToEndId>E2E-1</EndToEndId></Refs>"
    found = only(one(entry(3648, payment(own=references))))
    assert (found.reference, found.end_to_end) == ("TX1", "E2E-1")
    found = only(one(entry(3648, payment(own="<Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs>"))))
    assert (found.reference, found.end_to_end) == ("REF1", "")
    assert only(one(entry(own="<AcctSvcrRef>NONREF</AcctSvcrRef>"))).reference == ""


TRANSACTION = "<TxDtls></TxDtls>"
RETURNED = "<TxDtls><RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf></TxDtls>"
RECALLED = "<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>RPCR</SubFmlyCd></Fmly></Domn></BkTxCd>"
REVERSED = "<RvslInd>true</RvslInd>"


@pytest.mark.parametrize(
    ("kind", "direction", "status", "reversal", "transaction"),
    [
        (EntryKind.CREDIT, "CRDT", "BOOK", "", TRANSACTION),
        (EntryKind.CREDIT, "CRDT", "BOOK", "<RvslInd>false</RvslInd>", TRANSACTION),
        (EntryKind.ASIDE, "CRDT", "PDNG", "", TRANSACTION),
        (EntryKind.ASIDE, "CRDT", "INFO", "", TRANSACTION),
        (EntryKind.ASIDE, "CRDT", "FUTR", "", TRANSACTION),
        (EntryKind.ASIDE, "DBIT", "BOOK", "", TRANSACTION),
        (EntryKind.REVERSAL, "DBIT", "BOOK", REVERSED, TRANSACTION),
        (EntryKind.REVERSAL, "DBIT", "BOOK", "", RETURNED),
        (EntryKind.REVERSAL, "DBIT", "BOOK", "", f"<TxDtls>{RECALLED}</TxDtls>"),
        (EntryKind.ASIDE, "DBIT", "PDNG", REVERSED, TRANSACTION),
        # What comes back of what the operator had paid is no customer's money.
        (EntryKind.ASIDE, "CRDT", "BOOK", REVERSED, TRANSACTION),
        (EntryKind.ASIDE, "CRDT", "BOOK", "", RETURNED),
    ],
)
def test_what_an_entry_is_to_the_ledger(
    kind: EntryKind, direction: str, status: str, reversal: str, transaction: str
) -> None:
    for written in (f"<Sts>{status}</Sts>", f"<Sts><Cd>{status}</Cd></Sts>"):
        content = one(entry(3648, transaction, direction=direction, status=written, reversal=reversal))
        found = only(content)
        assert (found.kind, found.cents) == (kind, 3648)


def test_of_money_that_went_back_the_payer_is_who_gets_it() -> None:
    parties = (
        f"<RltdPties><Dbtr><Nm>Posta Esempio</Nm></Dbtr><DbtrAcct><Id><IBAN>{ACCOUNT}</IBAN></Id></DbtrAcct>"
        "<Cdtr><Nm>Studio Esempio</Nm></Cdtr>"
        "<CdtrAcct><Id><IBAN>IT24F999999999900000ESEMPIO</IBAN></Id></CdtrAcct></RltdPties>"
    )
    found = only(one(entry(3648, f"<TxDtls>{parties}</TxDtls>", direction="DBIT", reversal=REVERSED)))
    assert (found.payer, found.payer_iban) == ("Studio Esempio", "IT24F999999999900000ESEMPIO")


def test_several_payments_of_one_entry_are_several_with_their_own_sums_and_references() -> None:
    first = payment("ORDINE A", payer="Anna", own=sum_of(3648), more="")
    second = payment("ORDINE B", payer="Bice", own=f"<AmtDtls><TxAmt>{sum_of(1000)}</TxAmt></AmtDtls>")
    third = payment("ORDINE C", payer="Carla", own=f"<Refs><AcctSvcrRef>TX3</AcctSvcrRef></Refs>{sum_of(52)}")
    found = read(one(entry(4700, first, second, third)))
    assert [(part.cents, part.payer, part.pieces, part.reference) for part in found] == [
        (3648, "Anna", ("ORDINE A",), ""),  # the entry's reference is of all of them
        (1000, "Bice", ("ORDINE B",), ""),
        (52, "Carla", ("ORDINE C",), "TX3"),
    ]


def test_payments_in_groups_of_details_are_read_as_well() -> None:
    content = one(entry(2000, payment(own=sum_of(1500)), "</NtryDtls><NtryDtls>", payment(own=sum_of(500))))
    assert [part.cents for part in read(content)] == [1500, 500]


def test_what_the_bank_does_not_divide_is_one_entry_with_all_the_words() -> None:
    found = only(one(entry(4648, payment("ORDINE A"), payment("ORDINE B"))))
    assert (found.cents, found.pieces, found.payer) == (4648, ("ORDINE A", "ORDINE B"), "")
    parts = read(
        one(entry(4648, payment("ORDINE A", own=sum_of(1000)), payment("ORDINE B"), payment("ORDINE C")))
    )
    assert [(part.cents, part.pieces) for part in parts] == [
        (1000, ("ORDINE A",)),
        (3648, ("ORDINE B", "ORDINE C")),
    ]


def test_of_an_entry_in_both_directions_each_payment_keeps_its_own() -> None:
    credit = payment("ORDINE A", own=f"{sum_of(4000)}<CdtDbtInd>CRDT</CdtDbtInd>")
    debit = payment("COMMISSIONI", own=f"{sum_of(352)}<CdtDbtInd>DBIT</CdtDbtInd>")
    found = read(one(entry(3648, credit, debit)))
    assert [(part.kind, part.cents) for part in found] == [(EntryKind.CREDIT, 4000), (EntryKind.ASIDE, 352)]
    found = read(one(entry(3648, debit.replace("3.52", "76.48"), credit, direction="DBIT")))
    assert [(part.kind, part.cents) for part in found] == [(EntryKind.ASIDE, 7648), (EntryKind.CREDIT, 4000)]


def test_what_the_payer_sent_counts_and_not_what_the_bank_left_of_it() -> None:
    charges = f"<Chrgs><Rcrd>{sum_of(152)}<CdtDbtInd>DBIT</CdtDbtInd></Rcrd></Chrgs>"
    old_charges = f"<Chrgs>{sum_of(152)}</Chrgs>"
    for written in (charges, old_charges):
        assert only(one(entry(3496, payment(own=sum_of(3648)), own=written))).cents == 3648
        assert only(one(entry(3496, payment(own=sum_of(3648) + written)))).cents == 3648
        parts = (payment(own=sum_of(3000)), payment(own=sum_of(648)))
        assert [part.cents for part in read(one(entry(3496, *parts, own=written)))] == [3000, 648]


def test_a_sum_of_the_payment_that_nothing_explains_is_not_taken() -> None:
    assert only(one(entry(3496, payment(own=sum_of(3648))))).cents == 3496
    instructed = f"<AmtDtls><InstdAmt>{sum_of(4000, currency='USD')}</InstdAmt></AmtDtls>"
    assert only(one(entry(3648, payment(own=instructed)))).cents == 3648
    assert only(one(entry(3648, payment(own=sum_of(4000, currency="USD"))))).cents == 3648


def test_other_currencies_and_accounts_stay_what_they_are() -> None:
    assert only(one(entry(3648, currency="CHF"))).currency == "CHF"
    other = document(statement(entry(), account="<Othr><Id>0012 34x</Id></Othr>"))
    assert only(other).account == "001234X"


def test_days_are_the_banks_own() -> None:
    def day_of(written: str) -> date:
        return only(one(entry(day=written))).booked_on

    assert day_of("<BookgDt><DtTm>2026-11-24T23:30:00+01:00</DtTm></BookgDt>") == date(2026, 11, 24)
    assert day_of("<BookgDt><Dt>2026-11-24Z</Dt></BookgDt>") == date(2026, 11, 24)
    assert day_of("<ValDt><Dt>2026-11-25</Dt></ValDt>") == date(2026, 11, 25)
    assert day_of("") == date(2026, 11, 23)  # of the statement


def test_statements_of_several_accounts_are_read_one_after_the_other() -> None:
    found = read(
        document(statement(entry()), statement(entry(), account="<IBAN>DE02120300000000202051</IBAN>"))
    )
    assert [(part.account, part.place) for part in found] == [
        (ACCOUNT, "entry 1"),
        ("DE02120300000000202051", "entry 2"),
    ]


BALANCES = balance("OPBD", 10000) + balance("CLBD", 12296)
DEBIT = {"direction": "DBIT", "own": ""}


def test_balances_that_the_entries_lead_to_are_right() -> None:
    right = (BALANCES, entry(3648), entry(1352, **DEBIT), entry(9999, status="<Sts>PDNG</Sts>"))
    assert len(read(one(*right))) == 3
    assert len(read(one(balance("PRCD", -100), balance("CLBD", 3548), entry(3648)))) == 1
    # A page of a longer statement may repeat the balances of the whole.
    page = "<StmtPgntn><PgNb>1</PgNb><LastPgInd>false</LastPgInd></StmtPgntn>"
    assert len(read(one(page, BALANCES, entry(3648)))) == 1
    last = "<StmtPgntn><PgNb>1</PgNb><LastPgInd>true</LastPgInd></StmtPgntn>"
    assert "the entries add up to 36.48" in refusal(one(last, BALANCES, entry(3648)))


def summary(path: str, count: int, cents: int) -> str:
    total = f"<NbOfNtries>{count}</NbOfNtries><Sum>{cents / 100:.2f}</Sum>"
    return f"<TxsSummry><{path}>{total}</{path}></TxsSummry>"


def test_a_summary_counts_all_entries_or_those_booked() -> None:
    entries = (entry(3648), entry(1000, **DEBIT), entry(500, status="<Sts>PDNG</Sts>"))
    for path, count, cents in (
        ("TtlNtries", 3, 5148),
        ("TtlNtries", 2, 4648),
        ("TtlCdtNtries", 2, 4148),
        ("TtlCdtNtries", 1, 3648),
        ("TtlDbtNtries", 1, 1000),
    ):
        assert len(read(one(summary(path, count, cents), *entries, message="054"))) == 3
        assert "TtlNtries" in path or refusal(one(summary(path, count, cents + 1), *entries))


def test_a_summary_may_count_the_payments_of_a_batch() -> None:
    batch = entry(3648, payment(own=sum_of(3000)), payment(own=sum_of(648)))
    for count in (2, 3):
        assert len(read(one(summary("TtlCdtNtries", count, 7296), batch, entry(3648)))) == 3
    assert refusal(one(summary("TtlCdtNtries", 4, 7296), batch, entry(3648)))


BAD_DAY = "<BookgDt><Dt>23/11/2026</Dt></BookgDt>"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (
            one(BALANCES, entry(3648)),
            "statement 1: the entries add up to 36.48, and from the opening balance 100.00",
        ),
        (
            one(summary("TtlCdtNtries", 2, 3648), entry()),
            "statement 1: TtlCdtNtries counts 2 entries, and 1 are there",
        ),
        (
            one(summary("TtlDbtNtries", 0, 100), entry()),
            "statement 1: TtlDbtNtries says 1.00, and its entries add up",
        ),
        (
            one(entry(1, payment(own=sum_of(2)), payment(own=sum_of(3)))),
            "entry 1: the 2 payments of the entry add up",
        ),
        (
            one(entry(1, payment(own=sum_of(2)), payment())),
            "entry 1: the 2 payments of the entry add up to 0.02",
        ),
        (
            one(entry(day=BAD_DAY)),
            "entry 1: BookgDt is '23/11/2026', where a day such as 2026-11-23 was expected",
        ),
        (
            one(entry().replace("36.48", "36,48")),
            "entry 1: Amt is '36,48', where a sum such as 36.48 was expected",
        ),
        (one(entry().replace("36.48", "-36.48")), "entry 1: Amt is '-36.48'"),
        (one(entry().replace("36.48", "36.485")), "entry 1: Amt is '36.485'"),
        (one(entry().replace(' Ccy="EUR"', "")), "entry 1: Amt Ccy is missing"),
        (one(entry(), entry(direction="C")), "entry 2: CdtDbtInd is 'C', where CRDT or DBIT was expected"),
        (one(entry(status="")), "entry 1: Sts is missing"),
        (one(BALANCES.replace("100.00", "100,00")), "statement 1: the balance OPBD is '100,00'"),
        (document(statement(entry(day=""), created="yesterday")), "entry 1: BookgDt is missing"),
        (document(), "there is no statement in the file"),
    ],
)
def test_what_does_not_agree_is_refused_with_place_and_reason(content: bytes, reason: str) -> None:
    assert refusal(content).startswith(reason)


def test_a_file_that_was_cut_short_anywhere_is_refused() -> None:
    content = one(BALANCES, entry(3648, payment()), entry(1352, **DEBIT))
    assert len(read(content)) == 2
    for length in range(40, len(content.rstrip()), 7):
        said = refusal(content[:length])
        assert "cut short" in said, content[:length]
        assert not said.startswith("line 0"), "a file is read from line 1 on"


BOMB = '<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
OUTSIDE = '<!DOCTYPE Document [<!ENTITY secret SYSTEM "file:///etc/hostname">]>'
REMOTE = '<!DOCTYPE Document SYSTEM "http://127.0.0.1:9/statement.dtd">'


@pytest.mark.parametrize("doctype", [BOMB, OUTSIDE, REMOTE, "<!DOCTYPE Document>"])
def test_a_document_type_is_refused_before_anything_of_it_is_used(doctype: str) -> None:
    content = one(entry(3648, payment("&secret;&c;"))).decode()
    for text in (content.replace("\n<Doc", f"\n{doctype}\n<Doc"), doctype + content.split("\n", 1)[1]):
        assert "the file has a document type (DOCTYPE)" in refusal(text.encode())
        wide = text.replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")
        assert "the file has a document type (DOCTYPE)" in refusal(wide)


def test_an_entity_that_nobody_declared_is_damage() -> None:
    assert "undefined entity" in refusal(one(entry(3648, payment("&secret;"))))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (
            document(statement(entry(), name="Rpt"), message="052"),
            "this is a report of the running day (CAMT.052)",
        ),
        (one(version="01"), "this is CAMT.053 of version 01, and those from 02 to 13 are known"),
        (one(version="14"), "this is CAMT.053 of version 14"),
        (
            one().replace(b"camt.053", b"camt.054"),
            "the namespace of BkToCstmrStmt is urn:iso:std:iso:20022:tech:xsd",
        ),
        (b"<Document><BkToCstmrStmt/></Document>", "the namespace of BkToCstmrStmt is missing"),
        (b'<p:Fattura xmlns:p="urn:x"/>', "this XML is no statement of a bank but Fattura (urn:x)"),
        (b"<Document>", "line 1: the file ends before its XML does"),
        (b"<a></b>", "line 1: this is no XML (mismatched tag)"),
        (b'<?xml version="1.0" encoding="x-none"?><a/>', "line 1: "),
    ],
)
def test_other_xml_is_named(content: bytes, reason: str) -> None:
    assert refusal(content).startswith(reason)
