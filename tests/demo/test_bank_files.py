"""What the demo's bank writes is read as the files of banks are, in both of its forms."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO

import pytest

from bot.demo.bank_files import Line, camt, cbi
from bot.domain.statements.entry import EntryKind
from bot.services.statements.reading import open_statement
from tests.support.bank import OWN_IBAN

DAY = date(2026, 11, 23)
LINES = (
    Line(3648, "Maria Esempio", "RINNOVO PEC R7K2M-4 della casella maria.esempio@pec.example", "DEMO1-1"),
    Line(65_000, "Bar Centrale <Esempio> & C.", "affitto", "DEMOR1"),
    Line(-1_250, "", "commissioni", "DEMOF1"),
)
KINDS = (EntryKind.CREDIT, EntryKind.CREDIT, EntryKind.ASIDE)


def in_capitals(texts: Sequence[str]) -> str:
    return "".join(texts).upper()


@pytest.mark.parametrize(
    "content", [camt(OWN_IBAN, DAY, LINES, 1), cbi(OWN_IBAN, DAY, LINES)], ids=["camt", "cbi"]
)
@pytest.mark.parametrize("count", [0, len(LINES)])
def test_both_forms_say_the_same(content: bytes, count: int) -> None:
    if count == 0:
        content = camt(OWN_IBAN, DAY, (), 1) if content.startswith(b"<?xml") else cbi(OWN_IBAN, DAY, ())
    with open_statement(BytesIO(content)) as statement:
        entries = list(statement.entries())
    assert [
        (each.kind, each.account, each.booked_on, each.cents, each.reference, in_capitals(each.pieces))
        for each in entries
    ] == [
        (kind, OWN_IBAN, DAY, abs(line.cents), line.reference, line.text.upper())
        for kind, line in list(zip(KINDS, LINES, strict=True))[:count]
    ]
    assert [each.payer.upper() for each in entries] == [line.payer.upper() for line in LINES][:count]
