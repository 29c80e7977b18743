"""The drawing of `make screens` has every window and every way, whichever way round they lead."""

import re

from hypothesis import given
from hypothesis import strategies as st

from tests.screens.album import Way
from tests.screens.drawing import drawings

_NAMES = st.sampled_from([f"Group:{letter}" for letter in "abcdefg"])


@given(st.lists(st.builds(Way, _NAMES, _NAMES, st.just("Next & <on>")), max_size=14))
def test_every_way_is_an_arrow_between_two_boxes(ways: list[Way]) -> None:
    drawn = "".join(drawings(ways))
    led = {(way.begin, way.end) for way in ways if way.begin != way.end}
    told = re.findall(r"<title>(\S+) → (\S+): ", drawn)
    assert sorted(told) == sorted(led)
    boxes = re.findall(r'href="#(\S+?)"', drawn)
    assert sorted(boxes) == sorted({name for pair in led for name in pair})
    assert "<on>" not in drawn
