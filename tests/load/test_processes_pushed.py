"""How the soak judges what workers push: what is missing, and which copy has an excuse."""

import pytest

from tests.load.processes.pushed import COMPLETION, Found, Written, compare

CHAT = 7
PAID = {CHAT: 100.0}
KILLED = (105.0, 108.0)


def judged(*times: float, written: int = 1, severed: tuple[tuple[float, float], ...] = ()) -> Found:
    """What is found where a completion was shown at these times, and so many of it were written."""
    found = Found()
    rows = [Written(CHAT, f"key-{number}", COMPLETION, "sent") for number in range(written)]
    arrived = {(CHAT, "🎉 Rinnovata"): times} if times else {}
    compare(rows, arrived, PAID, severed, found)
    return found


@pytest.mark.parametrize(
    ("times", "written", "severed", "lost", "twice", "copies"),
    [
        ((101.0,), 1, (), 0, 0, 0),
        ((), 1, (), 1, 0, 0),
        ((), 0, (), 1, 0, 0),
        ((106.0, 167.0), 1, (KILLED,), 0, 0, 1),
        ((104.0, 165.0), 1, (KILLED,), 0, 1, 0),
        ((106.0, 167.0), 1, (), 0, 1, 0),
        ((106.0, 167.0, 168.0), 1, (KILLED,), 0, 1, 1),
        ((101.0,), 2, (), 2, 1, 0),
    ],
    ids=[
        "once", "not at all", "not even written", "again after its worker was killed", "again, long before a kill",
        "again for no reason", "a third time", "two of them written",
    ],
)  # fmt: skip
def test_messages_are_counted_by_what_arrives(
    times: tuple[float, ...],
    written: int,
    severed: tuple[tuple[float, float], ...],
    lost: int,
    twice: int,
    copies: int,
) -> None:
    found = judged(*times, written=written, severed=severed)
    assert (len(found.lost), len(found.twice), len(found.copies)) == (lost, twice, copies)


def test_the_latest_completion_is_told_from_its_first_copy() -> None:
    assert judged(103.5, 170.0, severed=(KILLED,)).longest == 3.5
