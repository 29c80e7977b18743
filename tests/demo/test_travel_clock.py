"""The demo's clock goes as fast as the machine's, can be moved forward, and never goes back."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bot.demo.travel_clock import TravelClock
from tests.support.clock import FrozenClock

YEAR = timedelta(days=365)


def test_it_follows_the_machine_and_what_it_was_moved_by(clock: FrozenClock) -> None:
    travel = TravelClock(clock)
    assert travel.now() == clock.now()
    travel.reach(clock.now() + YEAR)
    clock.advance(timedelta(hours=1))
    assert travel.now() == clock.now() + YEAR


def test_what_was_travelled_has_passed_by_its_seconds_too(clock: FrozenClock) -> None:
    travel = TravelClock(clock, starts_at=clock.now() - YEAR)
    before = travel.seconds()
    assert before >= 0
    travel.reach(travel.now() + timedelta(hours=1))
    assert 3600 <= travel.seconds() - before < 3660


def test_it_can_begin_on_another_day(clock: FrozenClock) -> None:
    christmas = datetime(2025, 12, 24, 21, tzinfo=UTC)
    travel = TravelClock(clock, starts_at=christmas)
    clock.advance(timedelta(minutes=5))
    assert travel.now() == christmas + timedelta(minutes=5)


@given(st.lists(st.tuples(st.booleans(), st.integers(-10_000, 10_000))))
def test_whatever_happens_it_never_goes_back(moves: list[tuple[bool, int]]) -> None:
    machine = FrozenClock()
    travel = TravelClock(machine)
    seen = [travel.now()]
    for travelled, seconds in moves:
        if travelled:
            travel.reach(seen[-1] + timedelta(seconds=seconds))
        else:
            machine.advance(timedelta(seconds=seconds))
        seen.append(travel.now())
    assert seen == sorted(seen)


def test_a_demo_that_goes_on_goes_on_with_its_time(clock: FrozenClock, tmp_path: Path) -> None:
    kept = tmp_path / "clock"
    TravelClock(clock, kept_in=kept).reach(clock.now() + YEAR)
    clock.advance(timedelta(days=1))
    assert TravelClock(clock, kept_in=kept).now() == clock.now() + YEAR
    assert TravelClock(clock, kept_in=kept, starts_at=clock.now()).now() == clock.now() + YEAR


def test_a_demo_that_began_in_the_past_goes_on_there(clock: FrozenClock, tmp_path: Path) -> None:
    kept = tmp_path / "clock"
    TravelClock(clock, kept_in=kept, starts_at=clock.now() - YEAR)
    clock.advance(timedelta(days=1))
    assert TravelClock(clock, kept_in=kept).now() == clock.now() - YEAR
    assert TravelClock(clock, kept_in=kept, starts_at=clock.now() - 2 * YEAR).now() == clock.now() - YEAR
    assert TravelClock(clock, kept_in=kept, starts_at=clock.now()).now() == clock.now()
