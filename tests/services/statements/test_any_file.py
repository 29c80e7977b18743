"""Whatever a file holds, it is read or refused: what was written comes back, and no damage is a surprise."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.statements.entry import EntryKind, UnreadableStatement
from tests.services.statements import camt_files, cbi_files, mt940_files
from tests.services.statements.profiles import BANCOPOSTA
from tests.services.statements.reading_files import read
from tests.services.statements.test_tables import FEE, HEADER, TRANSFER, csv_of, workbook

WORD = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-./' ", min_size=1, max_size=34).filter(
    lambda text: (
        text == text.strip() and text[:3] not in {"KKK", "YYY", "YY2", "ZZ1", "ZZ2", "ZZ3", "ID1", "RI1"}
    )
)
TRANSFERS = st.lists(
    st.tuples(st.integers(1, 10**9), WORD, st.lists(WORD, min_size=1, max_size=4), st.integers(0, 400)),
    max_size=8,
)
FIRST_DAY = date(2026, 1, 1)


@given(TRANSFERS)
@settings(max_examples=10)
def test_what_is_written_is_read_in_camt_cbi_and_a_table_alike(
    transfers: list[tuple[int, str, list[str], int]],
) -> None:
    reads_alike(transfers)


@pytest.mark.soak
@given(TRANSFERS)
def test_whatever_is_written_is_read_alike(transfers: list[tuple[int, str, list[str], int]]) -> None:
    reads_alike(transfers)


def reads_alike(transfers: list[tuple[int, str, list[str], int]]) -> None:
    """These transfers come back from a file of each form."""
    total = sum(cents for cents, *_ in transfers)
    entries, movements, rows = [], [], []
    for number, (cents, payer, pieces, days) in enumerate(transfers, 1):
        day = FIRST_DAY + timedelta(days=days)
        texts = "".join(f"<Ustrd>{piece.replace('&', '')}</Ustrd>" for piece in pieces)
        details = (
            f"<TxDtls><RltdPties><Dbtr><Nm>{payer}</Nm></Dbtr></RltdPties><RmtInf>{texts}</RmtInf></TxDtls>"
        )
        booked = f"<BookgDt><Dt>{day}</Dt></BookgDt>"
        entries.append(
            camt_files.entry(cents, details, day=booked, own=f"<AcctSvcrRef>R{number}</AcctSvcrRef>")
        )
        movements += [
            cbi_files.movement(cents, number=number, day=f"{day:%d%m%y}", reference=f"R{number}"),
            cbi_files.detail("YYY", (41, payer), number=number),
            *(cbi_files.detail(piece, number=number) for piece in pieces),
        ]
        rows.append([f"{day:%d/%m/%Y}", "", "", f"{cents // 100},{cents % 100:02d}", " ".join(pieces)])
    balances = camt_files.balance("OPBD", 10000) + camt_files.balance("CLBD", 10000 + total)
    camt = read(camt_files.document(camt_files.statement(balances, *entries)))
    cbi = read(cbi_files.file_of(cbi_files.flow(*cbi_files.statement(*movements, cents=total))))
    assert [(entry.cents, entry.payer, list(entry.pieces)) for entry in camt] == [
        (cents, payer, pieces) for cents, payer, pieces, _ in transfers
    ]
    for one, other in zip(camt, cbi, strict=True):
        for name in ("kind", "account", "booked_on", "cents", "payer", "reference", "pieces"):
            assert getattr(one, name) == getattr(other, name)
    table = read(csv_of([HEADER, *rows]), BANCOPOSTA)
    assert [(entry.booked_on, entry.cents) for entry in table] == [
        (entry.booked_on, entry.cents) for entry in camt
    ]
    assert all(entry.kind is EntryKind.CREDIT for entry in camt)


WHOLE = (
    camt_files.document(
        camt_files.statement(
            camt_files.balance("OPBD", 100),
            camt_files.balance("CLBD", 3748),
            camt_files.entry(3648, camt_files.payment("ORDINE R7K2M-4")),
        )
    ),
    cbi_files.file_of(
        cbi_files.flow(*cbi_files.statement(cbi_files.movement(), cbi_files.detail("YYY", (41, "STUDIO"))))
    ),
    mt940_files.file_of(
        mt940_files.statement(mt940_files.transfer(details="166?00X?20ORDINE R7K2M-4?32ANNA"))
    ),
    csv_of([HEADER, TRANSFER, FEE]),
    workbook([HEADER, TRANSFER, FEE]),
)


DAMAGES = st.lists(
    st.tuples(st.integers(0, 1 << 16), st.integers(0, 40), st.binary(max_size=8)), min_size=1, max_size=4
)


@given(st.sampled_from(WHOLE), DAMAGES)
@example(WHOLE[2], [(0, 0, b"\n")])
@settings(max_examples=20)
def test_damage_is_refused_and_never_surprises(content: bytes, damages: list[tuple[int, int, bytes]]) -> None:
    read_or_refused(content, damages)


@pytest.mark.soak
@given(st.sampled_from(WHOLE), DAMAGES)
def test_no_damage_ever_surprises(content: bytes, damages: list[tuple[int, int, bytes]]) -> None:
    read_or_refused(content, damages)


def read_or_refused(content: bytes, damages: list[tuple[int, int, bytes]]) -> None:
    """A few bytes anywhere are left out or replaced."""
    for at, length, instead in damages:
        place = at % (len(content) + 1)
        content = content[:place] + instead + content[place + length :]
    said = ""
    try:
        read(content, BANCOPOSTA)
    except UnreadableStatement as refused:
        said = str(refused)
    assert "\n" not in said
