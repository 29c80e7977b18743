"""The bench of taps at a small scale: what it compares is the same, and its main path runs. Nothing is timed here."""

import asyncio
import io
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from tests.load.stage.contenders import PEERS, Cast, contender
from tests.load.stage.preparing import Ground, new_sqlite, prepare
from tests.load.stage.screens import Screen
from tests.load.stage.shown import BACK, OPEN, Asked
from tests.load.taps.measuring import Wanted, measure
from tests.support import births
from tests.support.long_runs import some

EVERYBODY = ("rinnovo", *PEERS)


@pytest.mark.soak
async def test_all_bots_show_the_same_screens_with_the_same_calls_of_the_bot_api(tmp_path: Path) -> None:
    paper = io.StringIO()
    wanted = Wanted(EVERYBODY, (2,), taps=10, rounds=1, memory=60)
    found = await measure(
        wanted, Console(file=paper, width=150), tmp_path, births.start
    )  # it compares every screen
    for name, (one,) in found[2].items():
        calls = {call: number for call, number in one.calls.items() if call != "getupdates"}
        assert (name, calls) == (name, {"editmessagetext": 1.0, "answercallbackquery": 1.0})
        assert one.cpu > 0
    for words in ("A tap, 2 people at once", "rinnovo / aiogram_dialog", "Memory"):
        assert words in paper.getvalue()


@pytest.fixture(scope="module")
def cast(tmp_path_factory: pytest.TempPathFactory) -> Cast:
    """What one person is shown, who is there in a database of her own."""
    return asyncio.run(prepare(Ground(new_sqlite(tmp_path_factory.mktemp("ground"))), 1))


@pytest.mark.parametrize("name", some(PEERS, 1))
async def test_a_reference_that_shows_a_letter_more_ends_the_measure(
    name: str, cast: Cast, tmp_path: Path
) -> None:
    first, plans = cast.captured.asked
    longer = replace(cast.captured, asked=(first, Asked(plans.html + "a", plans.keyboard)))
    async with AsyncExitStack() as stack:
        bot = await stack.enter_async_context(
            contender(name, tmp_path, replace(cast, captured=longer), {}, births.start)
        )
        phone = await bot.sit_down(0)
        with pytest.raises(RuntimeError, match=f"{name} shows"):
            await bot.to_and_fro(0, phone)


async def test_the_screens_are_those_of_a_renewal_and_told_apart_to_the_last_button(cast: Cast) -> None:
    first, plans = cast.captured.seen
    assert first.data_of(OPEN)
    assert plans.data_of(BACK)
    assert cast.captured.address in first.text
    assert all(name in str(plans.keyboard) for name in ("Standard", "Pro", "Premium"))
    others = (
        plans,
        Screen(f"{first.text} ", first.entities, first.keyboard),
        Screen(first.text, first.entities[1:], first.keyboard),
        Screen(first.text, first.entities, first.keyboard[:-1]),
    )
    assert not any(other.same_as(first) for other in others)
    assert first.same_as(first.for_(cast.captured.address, cast.captured.address))
