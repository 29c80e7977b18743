"""An instant transfer, where it meets a date that an ordinary one misses (DOMAIN.md 3.6)."""

from dataclasses import replace
from datetime import date, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import registered
from bot.domain.instant import Rescue, Saved, rescue, ways_to_transfer
from tests.support.catalogue import example_catalogue

CATALOGUE = example_catalogue()
METHODS = tuple(CATALOGUE.methods.values())
THURSDAY = date(2027, 3, 25)  # before Easter: an ordinary transfer is registered on Tuesday the 30th

days = st.dates(date(2026, 1, 1), date(2030, 12, 31))


def found(by: date, *, until: date | None = None, at: time = time(11)) -> Rescue | None:
    """What an instant transfer saves on the Thursday."""
    last = until or by + timedelta(days=90)
    return rescue(METHODS, by=by, until=last, today=THURSDAY, at=at)


def test_the_expiry_is_saved_where_an_ordinary_transfer_comes_after_it() -> None:
    assert found(date(2027, 3, 29)) == Rescue(Saved.EXPIRY, None)
    assert found(date(2027, 3, 30)) == Rescue(Saved.EXPIRY, time(15))
    assert found(date(2027, 3, 30), at=time(15)) == Rescue(Saved.EXPIRY, None)
    assert found(date(2027, 3, 31)) is None


def test_the_mailbox_is_saved_where_an_ordinary_transfer_comes_after_the_deletion() -> None:
    assert found(date(2027, 1, 1), until=date(2027, 3, 29)) == Rescue(Saved.DELETION, None)
    assert found(date(2027, 3, 26), until=date(2027, 3, 28)) == Rescue(Saved.DELETION, None)


def test_nothing_is_said_where_both_are_late_or_one_kind_is_not_offered() -> None:
    assert found(date(2027, 3, 1)) is None, "expired already, and far from the deletion"
    assert found(date(2027, 3, 1), until=date(2027, 3, 24)) is None
    for some in ([m for m in METHODS if m.instant], [m for m in METHODS if not m.instant]):
        assert rescue(some, by=THURSDAY, until=THURSDAY, today=THURSDAY, at=time(11)) is None


@given(today=days, ahead=st.integers(-100, 20), at=st.times())
def test_what_is_said_to_be_saved_is_met_and_would_be_missed(today: date, ahead: int, at: time) -> None:
    by = today + timedelta(days=ahead)
    until = by + timedelta(days=90)
    ordinary, instant = CATALOGUE.methods["bank_transfer"], CATALOGUE.methods["instant_transfer"]
    saved = rescue(METHODS, by=by, until=until, today=today, at=at)
    slow = registered(ordinary, today, at).latest
    if saved is None:
        assert slow <= by or today > by
    else:
        limit = by if saved.saves is Saved.EXPIRY else until
        hour = at if saved.after is None else saved.after
        assert registered(instant, today, hour).latest <= limit < registered(ordinary, today, hour).latest


def test_an_order_can_be_paid_instantly_to_its_own_account_alone() -> None:
    ordinary, instant = CATALOGUE.methods["bank_transfer"], CATALOGUE.methods["instant_transfer"]
    assert ways_to_transfer(CATALOGUE, ordinary) == (ordinary, instant)
    assert ways_to_transfer(CATALOGUE, CATALOGUE.methods["pa_transfer"]) == (
        CATALOGUE.methods["pa_transfer"],
    )
    elsewhere = replace(instant, iban="DE89370400440532013000")
    other = replace(CATALOGUE, methods={**CATALOGUE.methods, "instant_transfer": elsewhere})
    assert ways_to_transfer(other, ordinary) == (ordinary,)
