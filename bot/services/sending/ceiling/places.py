"""The messages that this process may have said within any second: so many places, each taken by one message.

A message takes a place as it leaves, and gives it back a second after Telegram's answer. Telegram counts it at some
instant between the two, which nobody can know; so however late requests and answers are, of `held` places no more than
`held` messages fall into any one second of Telegram's. What the places of all processes add up to is `sharing`'s.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

CEILING: Final = 30
"""Messages a second over all chats, by Telegram's word (https://core.telegram.org/bots/faq)."""
LONGEST_WAIT: Final = 5.0
"""Seconds of a pause that are sat out; what comes in a longer one is told so, and comes again later."""
PRESSING: Final = 2
"""So many pushed messages that somebody waits for leave in each second, though people who talk would take all of it."""
HANDFUL: Final = 4
"""Pushed messages that leave together, to be noted together, while nobody is talking."""
STRICT_SECONDS: Final = 60.0
"""For how long conversations, too, keep to the places after Telegram has refused a message."""
TALK_SECONDS: Final = 3.0
"""For how long after somebody's message others are expected."""
_SECOND: Final = 1.002
"""A second of Telegram's, by a clock that may run a little fast."""
_AFTER_PAUSE: Final = 0.1
"""Telegram counts pauses in whole seconds, and its clock is not ours."""
_EVENLY: Final = 0.96
"""Pushed messages leave a little closer to each other than places come back, so as to catch up with a late one."""
_TOGETHER: Final = 0.01
"""Places that come free so close to each other are given away together."""
_KEPT_SECONDS: Final = 0.1
"""For so long a place that talking gives back is kept for it: who has tapped mostly taps again."""
_TICK: Final = 0.001
"""As exact as timers are."""
_MANY_CHATS: Final = 1000


class Paused(Exception):
    """Telegram wants nothing from this bot for longer than is waited here. Nothing was sent."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"Telegram asked for a pause of {seconds:.0f} s")
        self.seconds = seconds


def _nobody() -> int:
    return 0


@dataclass(frozen=True, slots=True, eq=False)
class _Push:
    """So many messages at most that wait to be pushed, and how many of them somebody waits for."""

    most: int
    pressing: Callable[[], int]
    granted: "asyncio.Future[int]"


class Places:
    """Who talks comes first; what is pushed takes what talking leaves, evenly, and leaves a place free for it.

    Of what is pushed somebody waits for some: a completion, a code. `PRESSING` of them in a second leave before all
    who talk, or they would not leave while many do.

    Somebody waits for what is said in a conversation, and Telegram lets bursts of answers pass. So conversations wait
    for a place only while something is pushed, here or elsewhere, or when Telegram has refused something of late;
    otherwise they take more than there are, and what is pushed waits until that is paid back.

    Attributes:
        others_push: whether another process pushes something, or might.
        crowded: whether what somebody waits for, in all processes, takes all places: nothing else is pushed.
        heard: set when Telegram has asked for a pause, for whoever tells the other processes.
        wanted: set when more places would be of use at once.
    """

    def __init__(self, held: int = CEILING, seconds: Callable[[], float] | None = None) -> None:
        """Begin with so many places.

        `seconds` is a clock that only grows, the running loop's without one. A loop that looks at the clock once in
        a turn, as uvloop does, is behind by as much as its turn is long: there the machine's own is better.
        """
        self._seconds = seconds
        self.heard = asyncio.Event()
        self.wanted = asyncio.Event()
        self.others_push = False
        self.crowded = False
        self._held = held
        self._used = 0
        self._coming: deque[float] = deque()
        self._most_talk = 0
        self._talking = 0
        self._talked_at = float("-inf")
        self._talkers: deque[asyncio.Future[None]] = deque()
        self._kept: deque[float] = deque()
        self._pushers: deque[_Push] = deque()
        self._pressed: deque[float] = deque()
        self._pushed_at = float("-inf")
        self._next_push = float("-inf")
        self._paused_until = float("-inf")
        self._strict_until = float("-inf")
        self._chats: dict[int, float] = {}
        self._timer: asyncio.Handle | None = None
        self._timer_at = float("-inf")

    def now(self) -> float:
        """Seconds of the clock that it goes by."""
        return asyncio.get_running_loop().time() if self._seconds is None else self._seconds()

    @property
    def held(self) -> int:
        """How many places this process has."""
        return self._held

    @property
    def used(self) -> int:
        """How many of them cannot be given away yet."""
        return self._used

    @property
    def pushing(self) -> bool:
        """Whether something is pushed, or waits to be."""
        return bool(self._pushers) or self.now() - self._pushed_at < TALK_SECONDS

    @property
    def pressing(self) -> int:
        """For how many places somebody waits whose message is pushed; no more than such messages have before talk."""
        return min(sum(each.pressing() for each in self._pushers), PRESSING)

    def talk_seen(self) -> int:
        """The most places that talking took or waited for since this was asked last; one for a while after it."""
        most = max(self._most_talk, self._talking + len(self._talkers), int(self._is_talking()))
        self._most_talk = self._talking + len(self._talkers)
        return most

    def hold(self, places: int) -> None:
        """Have so many places from now on; those in use beyond that are given back as they come free."""
        self._held = places
        self._hand_out()

    async def talk(self) -> None:
        """Take a place for a message that somebody waits for, or one that there is not; `talked` gives it back.

        Raises:
            Paused: Telegram wants nothing for longer than `LONGEST_WAIT`.
        """
        self._talked_at = self.now()
        await self.pause_over()
        if not self._talkers and (self._used < self._held or not self._is_strict()):
            self._used += 1
        else:
            await self._wait(self._talkers)
        if self._kept:
            self._kept.popleft()
        self._talking += 1
        self._most_talk = max(self._most_talk, self._talking + len(self._talkers))

    def talked(self, chat_id: int | None) -> None:
        """The message was answered, or nobody waits for the answer any more."""
        self._note(chat_id)
        self._comes_free(self._talk_over)

    async def push(self, most: int = 1, pressing: Callable[[], int] = _nobody) -> int:
        """Take up to `most` places for messages that are pushed; say how many. `pushed` gives each back.

        `pressing` says for how many of them somebody waits. It is asked whenever places are given away, as often it is
        only found out later that there are such; `look` has it asked at once.
        """
        if not self.pushing:
            self.wanted.set()
        granted: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._pushers.append(_Push(most, pressing, granted))
        self.look()
        try:
            return await granted
        except asyncio.CancelledError:
            self._pushers = deque(each for each in self._pushers if each.granted is not granted)
            if granted.done() and not granted.cancelled():
                self._used -= granted.result()
                self._hand_out()
            raise

    def look(self) -> None:
        """See whether somebody waits by now for what is to be pushed."""
        if self._used >= self._held and self.pressing:
            self.wanted.set()
        self._hand_out()

    def pushed(self, chat_id: int | None) -> None:
        """One of the messages was answered, or nobody waits for the answer any more."""
        self._note(chat_id)
        self._comes_free(self._come_free)

    def free_in(self, chat_id: int | None) -> float:
        """Seconds until something may be pushed to a chat: a second after the last message there."""
        return 0.0 if chat_id is None else max(self._chats.get(chat_id, 0.0) - self.now(), 0.0)

    def rest(self, chat_id: int | None, seconds: float) -> None:
        """Another process has just said something in a chat: nothing is pushed there for so long."""
        self._note(chat_id, seconds)

    def pause(self, seconds: float, *, heard: bool = True) -> None:
        """Telegram asks for silence; `heard` by this process, which tells the others."""
        ends = self.now() + seconds + (_AFTER_PAUSE if heard else 0.0)
        self._paused_until = max(self._paused_until, ends)
        self._strict_until = max(self._strict_until, ends + STRICT_SECONDS)
        if heard:
            self.heard.set()

    @property
    def pause_left(self) -> float:
        """Seconds for which nothing may be sent."""
        return max(self._paused_until - self.now(), 0.0)

    async def pause_over(self) -> None:
        """Wait for the end of a pause.

        Raises:
            Paused: it is longer than `LONGEST_WAIT`.
        """
        while (left := self.pause_left) > 0:
            if left > LONGEST_WAIT + _AFTER_PAUSE:
                raise Paused(left)
            await asyncio.sleep(left)

    async def _wait(self, row: "deque[asyncio.Future[None]]") -> None:
        self.wanted.set()
        granted: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        row.append(granted)
        self._most_talk = max(self._most_talk, self._talking + len(row))
        try:
            await granted
        except asyncio.CancelledError:
            if granted.done() and not granted.cancelled():
                self._come_free()
            else:
                row.remove(granted)
            raise

    def _comes_free(self, then: Callable[[], None]) -> None:
        at = self.now() + _SECOND
        self._coming.append(at)
        asyncio.get_running_loop().call_later(_SECOND, self._is_free, at, then)

    def _is_free(self, at: float, then: Callable[[], None]) -> None:
        if (early := at - self.now()) > _TICK:
            asyncio.get_running_loop().call_later(early + _TICK, self._is_free, at, then)
            return
        self._coming.remove(at)
        then()

    def _talk_over(self) -> None:
        self._talking -= 1
        self._kept.append(self.now() + _KEPT_SECONDS)
        self._come_free()

    def _come_free(self) -> None:
        self._used -= 1
        self._hand_out()

    def _is_strict(self) -> bool:
        return self.pushing or self.others_push or self.now() < self._strict_until

    def _is_talking(self) -> bool:
        return self.now() - self._talked_at < TALK_SECONDS

    def _hand_out(self) -> None:
        """Give the free places to those who wait."""
        if self._talkers or self._is_talking():
            while self._may_press():
                pass
        while self._talkers and self._used < self._held:
            granted = self._talkers.popleft()
            if not granted.done():
                self._used += 1
                granted.set_result(None)
        while self._pushers and self._may_push():
            pass

    def _may_press(self) -> bool:
        """Let one message leave that somebody waits for, before all who talk, if it may."""
        now = self.now()
        while self._pressed and self._pressed[0] <= now - _SECOND:
            self._pressed.popleft()
        if self._used >= self._held or len(self._pressed) >= PRESSING or now < self._paused_until:
            return False
        waiting = (each for each in self._pushers if not each.granted.done() and each.pressing())
        if (first := next(waiting, None)) is None:
            return False
        self._pressed.append(now)
        self._let_go(first, 1)
        return True

    def _may_push(self) -> bool:
        """Let the first who pushes go, if it may; otherwise see to it that this is asked again."""
        first = self._pushers[0]
        if self.crowded:
            first = next((each for each in self._pushers if each.pressing()), first)
        most = min(first.most, first.pressing()) if self.crowded else first.most
        now, talking = self.now(), self._is_talking()
        if not self._held or not most:
            return False
        if (wait := max(self._next_push, self._paused_until) - now) > 0:
            self._ask_again(wait)
            return False
        while self._kept and self._kept[0] <= now:
            self._kept.popleft()
        kept = min(max(len(self._kept), 1), self._held - 1) if talking else 0
        spare = self._held - self._used - kept
        handful = 1 if talking else min(most, HANDFUL, self._held)
        if spare < handful:
            if talking and not self._talkers:
                until = self._kept[0] if self._kept else self._talked_at + TALK_SECONDS
                self._ask_again(max(until - now, _TICK))
            return False
        if not talking and spare < min(most, 2 * HANDFUL):
            # What is left over joins the handful that comes free next, or it would never make one.
            if self._coming and (wait := self._coming[0] - now) < _TOGETHER:
                self._ask_again(max(wait, 0.001))
                return False
            handful = min(most, spare)
        self._let_go(first, handful)
        return True

    def _let_go(self, push: _Push, handful: int) -> None:
        """Let some of the messages leave that wait to be pushed."""
        self._pushers.remove(push)
        if push.granted.done():
            return  # who waited has given up
        self._used += handful
        self._pushed_at = now = self.now()
        self._next_push = now + handful * _SECOND / self._held * _EVENLY
        push.granted.set_result(handful)

    def _ask_again(self, seconds: float) -> None:
        now = self.now()
        if now < self._timer_at <= now + seconds:
            return
        if self._timer is not None:
            self._timer.cancel()
        self._timer_at = now + seconds
        self._timer = asyncio.get_running_loop().call_later(max(seconds, _TICK), self._asked_again)

    def _asked_again(self) -> None:
        self._timer, self._timer_at = None, float("-inf")
        self._hand_out()

    def _note(self, chat_id: int | None, seconds: float = _SECOND) -> None:
        if chat_id is None:
            return
        now = self.now()
        if len(self._chats) >= _MANY_CHATS:
            self._chats = {chat: at for chat, at in self._chats.items() if at > now}
        self._chats[chat_id] = max(now + seconds, self._chats.get(chat_id, 0.0))
