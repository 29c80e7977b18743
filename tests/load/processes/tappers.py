"""People who add a GB and take it off again: each tap counts, and what the phone shows says how many counted."""

import asyncio
import time
from contextlib import suppress
from dataclasses import dataclass, field

from tests.load.stage.phones import Phone, Phones

WAY = ("Rinnova", "Spazio e kit")
"""From the invitation to the window of the space."""
MORE, LESS, MOST = "+1 casella", "−1 casella", 3  # noqa: RUF001 - the minus that the button has
_LOST_AFTER = 90.0
"""Seconds: what is not answered by then is lost."""
_PAUSE = 2.0
"""Seconds between an answer and the next tap: people look. Together they stay below Telegram's ceiling, which leaves
places to what workers push."""


@dataclass(slots=True)
class Counts:
    """What came of all taps so far; `waits` has for each when it was made, and how many seconds it took."""

    waits: list[tuple[float, float]] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)

    def longest(self, since: float) -> float:
        """The longest wait of a tap that was made after `since`, 0 without any."""
        return max((seconds for begun, seconds in self.waits if begun >= since), default=0.0)


class Tapper:
    """One of them."""

    def __init__(self, phones: Phones, phone: Phone, counts: Counts) -> None:
        """Tap on `phone`, and count in `counts`."""
        self._phones = phones
        self.phone = phone
        self._counts = counts
        self._screens: list[str] = []
        self.gb = 0
        """What has to be chosen now."""
        self.under_way_since: float | None = None
        self._unclear: tuple[str, int] | None = None

    async def sit_down(self, token: str) -> None:
        """Come to the window of the space, and see what it says for each choice."""
        await self._phones.write(self.phone, f"/start {token}")
        for label in (*WAY, MORE):
            # A window may come below the one that was tapped, whose buttons go first.
            until = time.monotonic() + _LOST_AFTER
            while not self._shows(label):
                if time.monotonic() > until:
                    raise RuntimeError(f"nothing says {label!r} on: {self.phone.now}")
                await asyncio.sleep(0.05)
            if label is not MORE:
                await self._phones.tap(self.phone, label)
        self._screens = [self.phone.now.text]
        for _ in range(MOST):
            await self._phones.tap(self.phone, MORE)
            self._screens.append(self.phone.now.text)
        self.gb = MOST
        if len(set(self._screens)) != MOST + 1:
            raise RuntimeError(f"the window does not tell what is chosen: {self._screens}")

    def _shows(self, label: str) -> bool:
        return any(label in button["text"] for row in self.phone.now.keyboard for button in row)

    async def tap_until(self, stop: asyncio.Event, pause: float = _PAUSE) -> None:
        """Tap up and down."""
        up = self.gb == 0
        while not stop.is_set():
            if self.gb in {0, MOST}:
                up = self.gb == 0
            await self._tap(MORE if up else LESS, self.gb + (1 if up else -1))
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), pause)

    async def _tap(self, label: str, wanted: int) -> None:
        begun = self.under_way_since = time.monotonic()
        self.phone.answered.clear()
        self._phones.press(self.phone, label)
        try:
            async with asyncio.timeout(_LOST_AFTER):
                await self.phone.answered.wait()
        except TimeoutError:
            self._counts.lost.append(f"chat {self.phone.chat_id}: no answer to {label}")
        self._counts.waits.append((begun, time.monotonic() - begun))
        self.under_way_since = None
        self._judge(label, wanted)

    def _judge(self, label: str, wanted: int) -> None:
        shown = self.phone.now.text
        if shown not in self._screens:
            self._counts.strange.append(f"chat {self.phone.chat_id}, {label}: {shown}")
            return
        found, before = self._screens.index(shown), self.gb
        said = f"chat {self.phone.chat_id}: {label} made {found} of {before}, and not {wanted}"
        if self._unclear is not None:
            # The tap before was not seen to count; if it did, this one is seen to have made a step from there.
            of_late, missing = self._unclear
            (self._counts.late if found == wanted + missing else self._counts.lost).append(of_late)
            self._unclear, wanted = None, found if found == wanted + missing else wanted
        if found == before != wanted:
            self._unclear = (said, wanted - before)
        elif found != wanted:
            self._counts.twice.append(said)
        self.gb = found

    def rest(self) -> None:
        """Nobody taps any more: what is not clear now is lost."""
        if self._unclear is not None:
            self._counts.lost.append(self._unclear[0])
            self._unclear = None
