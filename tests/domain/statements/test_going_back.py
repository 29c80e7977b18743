"""What went back before its payment is known: which later credit it may be (DOMAIN.md 8)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.statements.entry import EntryKind, StatementEntry
from bot.domain.statements.going_back import WentBack, doubted, marks_of
from bot.domain.statements.proposal import Heap, Proposal, Reason

DAY = date(2026, 11, 30)
PAID = StatementEntry(
    EntryKind.CREDIT,
    "",
    DAY,
    3648,
    reference="CRO 77",
    end_to_end="e2e-9",
    payer="Dott. Maria Rossi",
    payer_iban="IT60X0542811101000000123456",
)

entries = st.builds(
    StatementEntry,
    st.just(EntryKind.CREDIT),
    st.just(""),
    st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    st.integers(1, 10_000),
    reference=st.sampled_from(["", "A1", "B2"]),
    end_to_end=st.sampled_from(["", "E1", "E2"]),
    payer=st.sampled_from(["", "Maria Rossi", "Rossi Srl", "Anna Verdi"]),
    payer_iban=st.sampled_from(["", "IT1", "IT2"]),
)


def back(entry: StatementEntry, *meant: str) -> WentBack:
    return WentBack(entry.cents, entry.currency, entry.booked_on, marks_of(entry), frozenset(meant))


def may_be(went: StatementEntry, came: StatementEntry = PAID, *meant: str) -> bool:
    return back(went, *meant).may_be(came, marks_of(came), "R7K2M-4")


NOBODY = replace(PAID, reference="", end_to_end="", payer="", payer_iban="")


@pytest.mark.parametrize(
    "went",
    [
        replace(NOBODY, reference="cro77"),
        replace(NOBODY, end_to_end="E2E-9", payer="Altri"),
        replace(NOBODY, payer="ROSSI MARIA E PAOLO"),
        replace(NOBODY, payer_iban=PAID.payer_iban, payer="Altri"),
        replace(NOBODY, reference="S1"),
        replace(NOBODY, reference="CRO77", cents=1000),
    ],
)
def test_what_shares_a_reference_a_payer_or_names_nobody_may_be_the_payment(went: StatementEntry) -> None:
    assert may_be(went)


@pytest.mark.parametrize(
    "went",
    [
        replace(NOBODY, payer="Bar Centrale"),
        replace(NOBODY, payer="Dott. Anna Verdi"),
        replace(NOBODY, payer="ROSSI MARIA", cents=3000),
        replace(NOBODY, cents=5000, reference="CRO77"),
        replace(NOBODY, currency="USD"),
        replace(NOBODY, booked_on=DAY - timedelta(days=1)),
    ],
)
def test_another_payer_sum_currency_or_an_earlier_day_is_another_payment(went: StatementEntry) -> None:
    assert not may_be(went)


def test_what_says_what_was_paid_may_be_its_payment_whoever_is_named() -> None:
    assert may_be(replace(NOBODY, payer="Bar Centrale"), PAID, "R7K2M-4")
    assert not may_be(replace(NOBODY, payer="Bar Centrale"), PAID, "H3KPA-X")


@given(entries, st.integers(0, 30))
def test_a_payment_that_went_back_is_always_recognised_as_itself(came: StatementEntry, days: int) -> None:
    assert may_be(replace(came, booked_on=came.booked_on + timedelta(days)), came)


@given(entries, entries)
def test_no_payment_goes_back_before_it_came_or_for_more_than_it_was(
    went: StatementEntry, came: StatementEntry
) -> None:
    if may_be(went, came):
        assert came.booked_on <= went.booked_on
        assert went.cents <= came.cents


def test_what_may_have_gone_back_is_not_certain_any_more_and_says_why() -> None:
    found = doubted(Proposal(Heap.CERTAIN, (Reason.NUMBER, Reason.AMOUNT)))
    assert (found.heap, found.reasons[-1]) == (Heap.LIKELY, Reason.TAKEN_BACK)
