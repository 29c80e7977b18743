"""Moving the playground's time to what happens next: the machine is handed in, the leaps are remembered here."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Protocol

from bot.playground.events import Feed, Publisher, TimePassed
from bot.playground.leaps import Happening, Leap
from bot.playground.world import World

_REMEMBERED = 200


class StillBusyError(Exception):
    """Something is still being done or sent: the time cannot be moved now."""


class TimeMachine(Protocol):
    """Knows what comes next for a person, and moves the clock of everything there."""

    @property
    def zone(self) -> str:
        """The time zone in which times are shown, such as `Europe/Rome`."""
        ...

    def now(self) -> datetime:
        """What time it is, with a time zone."""
        ...

    async def on_to_next(self, chat_id: int, moved: Callable[[], None]) -> tuple[Happening, ...]:
        """Go on to the next thing that happens to the person of a chat, and do what is due then.

        Args:
            chat_id: the chat.
            moved: called each time the clock was moved.

        Returns:
            What happened; nothing when nothing more will.

        Raises:
            StillBusyError: the clock was not moved, since something does not come to rest.
        """
        ...


class Travels:
    """The leaps in time of a playground, and who is told of them."""

    def __init__(self, world: World, machine: TimeMachine) -> None:
        """Move the time of `world`, which has to have the clock of `machine`."""
        self._world = world
        self._machine = machine
        self._leaps: dict[int, list[Leap]] = defaultdict(list)
        self._events = Publisher()

    async def on_to_next(self, chat_id: int) -> Leap | None:
        """Go on to the next event of a chat's person; nothing when there is none any more.

        Raises:
            PlaygroundError: there is no such chat.
            StillBusyError: as `TimeMachine.on_to_next`.
        """
        after = max(self._world.chat(chat_id).messages, default=0)
        happenings = await self._machine.on_to_next(chat_id, self._tell)
        if not happenings:
            return None
        leap = Leap(chat_id, self._machine.now(), happenings, after)
        self._leaps[chat_id] = [*self._leaps[chat_id], leap][-_REMEMBERED:]
        self._events.publish(TimePassed(leap))
        return leap

    def leaps(self, chat_id: int) -> tuple[Leap, ...]:
        """The leaps of a chat, without those above which its history was cleared; the oldest first."""
        first = min(self._world.chat(chat_id).messages, default=0)
        return tuple(leap for leap in self._leaps[chat_id] if leap.after == 0 or leap.after >= first > 0)

    def clock_json(self) -> dict[str, Any]:
        """What a page needs to show the time: the moment in milliseconds, and the zone."""
        return {"now": int(self._machine.now().timestamp() * 1000), "zone": self._machine.zone}

    @contextmanager
    def telling(self, feed: Feed) -> Iterator[None]:
        """Tell `feed` too of what happens, for the length of a `with` block."""
        with self._events.attach(feed):
            yield

    def _tell(self) -> None:
        self._events.publish(TimePassed(None))
