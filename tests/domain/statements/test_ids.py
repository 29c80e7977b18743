"""The id of a payment that a statement tells of (DOMAIN.md 8)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from bot.domain.statements.entry import EntryKind, StatementEntry
from bot.domain.statements.ids import alike, payment_id

DAY = date(2026, 11, 30)
ACCOUNT = "IT60X0542811101000000123456"
ENTRY = StatementEntry(
    EntryKind.CREDIT, ACCOUNT, DAY, 3648, reference="CRO 77", payer="ROSSI MARIA", pieces=("RINNOVO", "PEC")
)
BARE = replace(ENTRY, reference="")


def ids(entries: Sequence[StatementEntry]) -> list[str]:
    """The ids of the entries of one file."""
    seen: Counter[bytes] = Counter()
    found = []
    for entry in entries:
        seen[alike(entry)] += 1
        found.append(payment_id(entry, seen[alike(entry)]))
    return found


def test_it_is_the_banks_own_reference_with_account_day_and_amount() -> None:
    assert payment_id(ENTRY) == f"{ACCOUNT}/2026-11-30/CRO77/36.48"
    told_again = replace(
        ENTRY, payer="Maria Rossi", pieces=("rinnovo pec",), place="line 7", reference="cro77"
    )
    assert payment_id(told_again) == payment_id(ENTRY)


@pytest.mark.parametrize("none", ["", "NONREF", "NOTPROVIDED", "000000", " ", "--"])
def test_without_a_reference_it_is_a_digest_of_what_was_said(none: str) -> None:
    entry = replace(ENTRY, reference=none)
    assert payment_id(entry) == payment_id(BARE)
    assert payment_id(replace(entry, pieces=("RINNOVOP", "EC"))) == payment_id(BARE)  # cut otherwise
    for other in (
        replace(entry, payer="ROSSI MARIO"),
        replace(entry, pieces=("RINNOVO", "PEC 2")),
        replace(entry, cents=3649),
        replace(entry, booked_on=date(2026, 12, 1)),
        replace(entry, account="IT"),
        replace(entry, currency="USD"),
        replace(entry, kind=EntryKind.REVERSAL),
    ):
        assert payment_id(other) != payment_id(BARE)


def test_two_alike_entries_of_one_day_are_two_and_the_same_in_each_file() -> None:
    other_day = replace(BARE, booked_on=date(2026, 12, 1))
    first = ids([BARE, BARE, other_day])
    assert len(set(first)) == 3
    assert ids([BARE, BARE]) == first[:2]
    assert ids([other_day]) == first[2:]


def test_the_transactions_of_a_batch_share_a_reference_and_no_id() -> None:
    batch = [ENTRY, replace(ENTRY, cents=4258), replace(ENTRY, payer="VERDI ANNA"), ENTRY]
    assert len(set(ids(batch))) == 4


def test_a_payment_and_its_reversal_on_one_day_are_two_of_which_neither_is_the_second() -> None:
    found = ids([ENTRY, replace(ENTRY, kind=EntryKind.REVERSAL)])
    assert found == [f"{ACCOUNT}/2026-11-30/CRO77/36.48", f"{ACCOUNT}/2026-11-30/CRO77/-36.48"]


def test_a_reference_without_end_is_known_by_its_digest() -> None:
    long = replace(ENTRY, reference="A" * 300, account="IT" + "9" * 32)
    assert len(payment_id(long, 100_000)) <= 128
    assert payment_id(long) != payment_id(replace(long, reference="A" * 299))
