"""What left the database in a mail is read back from it, whatever a mail program did to its lines."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.evidence.document import SignedDay
from bot.domain.evidence.heads import heads_in, lines_of

DIGEST = st.binary(min_size=32, max_size=32)
DAYS = st.builds(
    SignedDay,
    day=st.dates(date(2026, 1, 1)),
    at=st.datetimes(datetime(2026, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - the zone is beside it
    count=st.integers(0, 10**9),
    root=DIGEST,
    before=DIGEST,
    public=DIGEST,
    signature=st.binary(min_size=64, max_size=64),
)
SHAPES = st.sampled_from(["{}: {}\n", "> {}: {}\r\n", "{}\t{}\n", "  {}:\n{}\n"])


@given(st.lists(DAYS, max_size=3), SHAPES, st.sampled_from([0, 60, 100]))
def test_every_day_is_found_again(days: list[SignedDay], shape: str, folded_at: int) -> None:
    def folded(value: str) -> str:
        return value if not folded_at else f"{value[:folded_at]}\n{value[folded_at:]}"

    text = "RINNOVO\n\n".join(
        "".join(shape.format(name, folded(value)) for name, value in lines_of(day)) for day in [*days]
    )
    assert list(heads_in(f"Keep this e-mail.\n\n{text}\n-- \nend")) == days


_ROOTS = (bytes(32), bytes(32), bytes(32))


def test_a_count_that_no_number_can_hold_is_damage() -> None:
    day = SignedDay(date(2026, 11, 29), datetime(2026, 11, 30, tzinfo=UTC), 1, *_ROOTS, bytes(64))
    text = "".join(f"{name}: {value}\n" for name, value in lines_of(day))
    assert list(heads_in(text)) == [day]
    assert list(heads_in(text.replace("count: 1", f"count: {'1' * 5000}"))) == []


def test_what_is_damaged_is_none() -> None:
    assert list(heads_in("day: 2026-13-40\nroot: abc")) == []
