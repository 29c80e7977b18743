"""The places of one process under the ceiling, on a clock that jumps: who talks comes first, no second has 31."""

import asyncio
import random
from bisect import bisect_left
from collections.abc import Callable, Coroutine
from itertools import pairwise
from typing import Any

import pytest

from bot.services.sending.ceiling import CEILING, LONGEST_WAIT, Paused, Places
from bot.services.sending.ceiling.places import HANDFUL, PRESSING
from tests.support.loops import JumpingLoop, run_on

SECONDS = 30
RTT = 0.01


class Telegram:
    """Counts what it is told, at some instant between the request and the answer."""

    def __init__(self, slowest: float = RTT) -> None:
        """Answer within `slowest` seconds."""
        self.counted: list[float] = []
        self._slowest = slowest
        self._random = random.Random(1)  # noqa: S311 (not a secret)

    async def hear(self) -> None:
        """Take a message, and answer."""
        await asyncio.sleep(self._random.uniform(0, self._slowest))
        self.counted.append(asyncio.get_running_loop().time())
        await asyncio.sleep(self._random.uniform(0, self._slowest))

    def most_in_a_second(self) -> int:
        """The most messages within any 1.0 s."""
        times = sorted(self.counted)
        return max(bisect_left(times, begin + 1.0) - index for index, begin in enumerate(times))


class Speakers:
    """Messages that are pushed as fast as may be, and people who tap."""

    def __init__(self, places: Places, telegram: Telegram) -> None:
        """Begin with nobody."""
        self.places = places
        self.telegram = telegram
        self.pushed = 0
        self.waits: list[float] = []
        self._sending: set[asyncio.Task[None]] = set()

    async def push(self) -> None:
        """Push without end."""
        while True:
            for _ in range(await self.places.push(8)):
                task = asyncio.create_task(self._one())
                self._sending.add(task)
                task.add_done_callback(self._sending.discard)

    async def _one(self) -> None:
        await self.telegram.hear()
        self.places.pushed(None)
        self.pushed += 1

    async def tap(self, pause: float, begin: float) -> None:
        """Somebody who taps again `pause` seconds after the answer."""
        loop = asyncio.get_running_loop()
        await asyncio.sleep(begin)
        while True:
            asked = loop.time()
            await self.places.talk()
            self.waits.append(loop.time() - asked)
            await self.telegram.hear()
            self.places.talked(None)
            await asyncio.sleep(pause)

    async def for_a_while(self, *speaking: Coroutine[Any, Any, None]) -> None:
        """Let these speak for half a minute."""
        tasks = [asyncio.create_task(each) for each in speaking]
        await asyncio.sleep(SECONDS)
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)


def play(scenario: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Play on a loop whose clock jumps."""
    run_on(JumpingLoop, scenario)


@pytest.mark.parametrize(("slowest", "share"), [(0.002, 0.98), (RTT, 0.98), (0.3, 0.92)])
def test_nobody_talks_and_nearly_all_is_pushed_yet_no_second_has_31(slowest: float, share: float) -> None:
    async def scenario() -> None:
        speakers = Speakers(Places(), Telegram(slowest))
        await speakers.for_a_while(speakers.push())
        assert speakers.telegram.most_in_a_second() <= CEILING
        # A place is away for a second and a round trip: nobody can know when in it Telegram counts.
        assert speakers.pushed / SECONDS >= share * CEILING / (1 + slowest)

    play(scenario)


def test_what_is_pushed_is_even(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.services.sending.ceiling.places.HANDFUL", 1)

    async def scenario() -> None:
        speakers = Speakers(Places(), Telegram(0.0))
        await speakers.for_a_while(speakers.push())
        gaps = [later - earlier for earlier, later in pairwise(speakers.telegram.counted)]
        assert min(gaps) >= 0.9 / CEILING

    play(scenario)


@pytest.mark.parametrize("pause", [1.0, 2.0])
def test_twenty_people_tap_and_hardly_wait_while_the_rest_is_pushed(pause: float) -> None:
    async def scenario() -> None:
        speakers = Speakers(Places(), Telegram())
        people = [speakers.tap(pause, begin=number * (1 + pause) / 20) for number in range(20)]
        await speakers.for_a_while(speakers.push(), *people)
        said = len(speakers.telegram.counted)
        assert speakers.telegram.most_in_a_second() <= CEILING
        assert said / SECONDS >= 0.95 * CEILING
        waits = sorted(speakers.waits)
        assert len(waits) >= 0.9 * 20 * SECONDS / (1 + pause) - 20
        assert waits[len(waits) * 95 // 100] <= 0.06

    play(scenario)


def test_more_people_than_there_are_places_leave_nothing_to_be_pushed() -> None:
    async def scenario() -> None:
        speakers = Speakers(Places(), Telegram())
        people = [speakers.tap(0.1, begin=number / 60) for number in range(60)]
        await speakers.for_a_while(speakers.push(), *people)
        assert speakers.telegram.most_in_a_second() <= CEILING
        assert speakers.pushed <= 2 * CEILING
        assert len(speakers.telegram.counted) / SECONDS >= 0.97 * CEILING

    play(scenario)


@pytest.mark.parametrize("due", [1, 60])
def test_a_completion_leaves_in_its_second_while_more_people_tap_than_there_are_places(due: int) -> None:
    """It used to leave when they had tapped enough: after 273 seconds, in one soak."""

    async def scenario() -> None:
        places, loop, waits = Places(), asyncio.get_running_loop(), list[float]()
        speakers = Speakers(places, Telegram())

        async def complete() -> None:
            await asyncio.sleep(5)
            for _ in range(due):
                asked = loop.time()
                assert await places.push(8, lambda: 1) == 1
                waits.append(loop.time() - asked)
                await speakers.telegram.hear()
                places.pushed(None)

        people = [speakers.tap(0.1, begin=number / 60) for number in range(60)]
        # What nobody waits for stands in the row before it all the time.
        await speakers.for_a_while(speakers.push(), complete(), *people)
        assert speakers.telegram.most_in_a_second() <= CEILING
        assert len(speakers.telegram.counted) / SECONDS >= 0.97 * CEILING
        assert speakers.pushed <= 2 * CEILING
        assert len(waits) >= min(due, 0.9 * PRESSING * (SECONDS - 5))
        assert waits[0] < 0.1
        assert max(waits) <= 1.1
        # More than their part they do not take from those who tap.
        assert len(waits) <= PRESSING * (SECONDS - 5) + PRESSING

    play(scenario)


def test_a_completion_keeps_to_a_pause_while_people_tap() -> None:
    async def scenario() -> None:
        places, loop = Places(), asyncio.get_running_loop()
        await places.talk()
        places.pause(2.0)
        assert await places.push(1, lambda: 1) == 1
        assert loop.time() >= 2

    play(scenario)


def test_what_turns_out_to_be_waited_for_leaves_though_people_elsewhere_take_all_places() -> None:
    async def scenario() -> None:
        places, waited_for = Places(2), 0
        places.crowded = places.others_push = True
        pushing = asyncio.create_task(places.push(8, lambda: waited_for))
        await asyncio.sleep(5)
        assert not pushing.done()
        waited_for = 1
        places.look()
        assert await pushing == 1

    play(scenario)


@pytest.mark.soak
def test_while_nothing_is_pushed_people_who_tap_are_not_held_back_until_telegram_refuses() -> None:
    async def scenario() -> None:
        places = Places()
        speakers = Speakers(places, Telegram())
        await speakers.for_a_while(*(speakers.tap(0.1, begin=0.0) for _ in range(20)))
        assert max(speakers.waits) == 0
        assert len(speakers.telegram.counted) / SECONDS > 4 * CEILING

        places.pause(1.0)
        speakers.telegram.counted.clear()
        await speakers.for_a_while(*(speakers.tap(0.1, begin=2.0) for _ in range(20)))
        assert speakers.telegram.most_in_a_second() <= CEILING
        assert len(speakers.telegram.counted) >= 0.9 * CEILING * (SECONDS - 3)

    play(scenario)


def test_what_is_pushed_waits_until_talk_beyond_the_ceiling_is_paid_back() -> None:
    async def scenario() -> None:
        places = Places()
        for _ in range(2 * CEILING):
            await places.talk()
        assert places.used == 2 * CEILING
        pushing = asyncio.create_task(places.push())
        for _ in range(CEILING):
            places.talked(None)
        await asyncio.sleep(5)
        assert not pushing.done()
        talking = asyncio.create_task(places.talk())
        await asyncio.sleep(5)
        assert not talking.done()  # from now on something is waiting to be pushed
        for _ in range(CEILING):
            places.talked(None)
        await asyncio.sleep(5)
        assert talking.done()
        assert pushing.done()

    play(scenario)


def test_while_another_process_pushes_who_talks_keeps_to_the_places() -> None:
    async def scenario() -> None:
        places = Places(held=1)
        places.others_push = True
        await places.talk()
        talking = asyncio.create_task(places.talk())
        await asyncio.sleep(1)
        assert not talking.done()
        places.hold(2)
        await talking

    play(scenario)


def test_handfuls_leave_together_while_nobody_talks() -> None:
    async def scenario() -> None:
        places = Places()
        assert await places.push(8) == HANDFUL
        assert await places.push(2) == 2
        await places.talk()
        assert await places.push(8) == 1

    play(scenario)


def test_a_pause_holds_for_all_and_a_long_one_is_told_to_who_talks() -> None:
    async def scenario() -> None:
        places, loop = Places(), asyncio.get_running_loop()
        places.pause(2.0)
        assert places.heard.is_set()
        pushing = asyncio.create_task(places.push())
        await places.talk()
        assert loop.time() >= 2
        await pushing
        assert loop.time() >= 2
        places.pause(LONGEST_WAIT + 30)
        with pytest.raises(Paused) as paused:
            await places.talk()
        assert paused.value.seconds > LONGEST_WAIT + 29

    play(scenario)


def test_a_pause_that_another_process_heard_is_not_told_on() -> None:
    async def scenario() -> None:
        places = Places()
        places.pause(1.0, heard=False)
        assert places.pause_left > 0.9
        assert not places.heard.is_set()

    play(scenario)


def test_places_that_are_taken_away_are_given_back_as_they_come_free() -> None:
    async def scenario() -> None:
        places, telegram = Places(4), Telegram()
        speakers = Speakers(places, telegram)
        pushing = asyncio.create_task(speakers.push())
        await asyncio.sleep(3)
        places.hold(1)
        assert places.used > 1
        await asyncio.sleep(1.1)
        assert places.used <= 1
        pushed = len(telegram.counted)
        await asyncio.sleep(10)
        assert 8 <= len(telegram.counted) - pushed <= 10
        places.hold(0)
        await asyncio.sleep(2)
        pushed = len(telegram.counted)
        await asyncio.sleep(5)
        assert len(telegram.counted) == pushed
        assert places.wanted.is_set()
        pushing.cancel()

    play(scenario)


def test_who_gives_up_waiting_takes_no_place_with_him() -> None:
    async def scenario() -> None:
        places = Places(1)
        places.others_push = True
        await places.talk()
        waiting = [asyncio.create_task(places.talk()), asyncio.create_task(places.talk())]
        pushing = asyncio.create_task(places.push())
        await asyncio.sleep(0.1)
        for task in (waiting[0], pushing):
            task.cancel()
        places.talked(None)
        await waiting[1]
        places.talked(None)
        await asyncio.sleep(2)
        assert places.used == 0

    play(scenario)


def test_a_chat_is_free_a_second_after_its_last_message() -> None:
    async def scenario() -> None:
        places = Places()
        await places.talk()
        places.talked(7)
        assert 0.99 < places.free_in(7) < 1.01
        assert places.free_in(8) == 0
        await asyncio.sleep(1.01)
        assert places.free_in(7) == 0

    play(scenario)


def test_in_a_loop_that_looks_at_the_clock_once_in_a_turn_a_second_is_a_second() -> None:
    """Such as uvloop's: its timers come early by as much as a turn has taken."""

    async def scenario() -> None:
        loop = asyncio.get_running_loop()
        behind, places, later = 0.005, Places(1, seconds=loop.time), loop.call_later

        def early(seconds: float, *call: Any) -> asyncio.TimerHandle:
            return later(max(seconds - behind, 0), *call)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(loop, "call_later", early)
            for _ in range(2):
                await places.push()
                places.pushed(7)
                answered = loop.time()
                await places.talk()
                assert 1.0 <= loop.time() - answered < 1.01
                places.talked(7)

    play(scenario)
