"""The queue of updates, with the Bot API's long polling."""

import asyncio
from collections.abc import Iterable
from typing import Any

from bot.playground.errors import conflict

_LIMIT = 100
# What Telegram sends to a bot that has not asked for anything in particular, of what happens in the
# playground.
_DEFAULT = frozenset({"message", "edited_message", "callback_query", "my_chat_member"})


class UpdateQueue:
    """Updates that the bot has not confirmed yet.

    An update is confirmed by asking for a higher offset; until then it is delivered again and again, so that
    a bot that is killed loses nothing.
    """

    def __init__(self, first_id: int) -> None:
        self._next_id = first_id
        self._pending: list[dict[str, Any]] = []
        self._allowed = _DEFAULT
        self._poll: asyncio.Future[None] | None = None
        self._closed = False

    def __len__(self) -> int:
        """Return how many updates wait for confirmation."""
        return len(self._pending)

    def allow(self, kinds: Iterable[str] | None) -> None:
        """Keep only updates of these kinds from now on; none means the usual ones, `None` no change."""
        if kinds is not None:
            self._allowed = frozenset(kinds) or _DEFAULT

    def push(self, kind: str, payload: dict[str, Any]) -> None:
        """Add an update, unless the bot does not want its kind, and wake who waits."""
        if kind not in self._allowed:
            return
        self._pending.append({"update_id": self._next_id, kind: payload})
        self._next_id += 1
        self._wake()

    def clear(self) -> None:
        """Forget all updates."""
        self._pending.clear()

    def drain(self) -> list[dict[str, Any]]:
        """Take all updates and confirm them at once, for tests that feed a dispatcher by hand."""
        taken, self._pending = self._pending, []
        return taken

    async def poll(self, *, offset: int, limit: int, seconds: float) -> list[dict[str, Any]]:
        """Answer one `getUpdates`.

        Arguments:
            offset: the first update wanted; earlier ones are confirmed. Negative: count from the end.
            limit: at most this many, 1 to 100.
            seconds: how long to wait when there is none.

        Raises:
            BotApiError: 409, when another poll begins before this one is over.
        """
        if self._poll is not None and not self._poll.done():
            self._poll.set_exception(conflict())
        self._confirm(offset)
        if not self._pending and seconds > 0 and not self._closed:
            await self._wait(seconds)
        return self._pending[: min(max(limit, 1), _LIMIT)]

    def close(self) -> None:
        """End the poll that waits, as if its time were over, and let none wait any more."""
        self._closed = True
        self._wake()

    async def _wait(self, seconds: float) -> None:
        waiting: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._poll = waiting
        try:
            async with asyncio.timeout(seconds):
                await waiting
        except TimeoutError:
            pass
        finally:
            if self._poll is waiting:
                self._poll = None

    def _wake(self) -> None:
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            self._pending = self._pending[offset:]
        elif offset > 0:
            self._pending = [update for update in self._pending if update["update_id"] >= offset]
