"""Telegram's limits on how much a bot says: what is above them is answered 429, and counts for nothing.

Telegram names 30 messages a second over all chats and one a second in each (https://core.telegram.org/bots/faq), and
lets short bursts pass; here nothing passes, so that what keeps to these limits keeps to Telegram's. New messages count,
and edits that change something; answers to taps and what removes messages do not.
"""

import math
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot.playground.errors import BotApiError

OVERALL = 30
"""Messages within any second, over all chats."""
OF_A_CHAT = 1
"""Messages within any second, in one chat."""
_SECOND = 1.0
_TOO_MANY = 429
_COUNTED = ("send", "copymessage", "forwardmessage", "editmessage")
_NOT_COUNTED = frozenset({"sendchataction"})


class Limits:
    """Counts what a bot says, over seconds that begin at any instant.

    Attributes:
        refused: how many calls were answered 429.
        said: how many messages and edits there were.
    """

    def __init__(
        self,
        *,
        overall: int = OVERALL,
        of_a_chat: int = OF_A_CHAT,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take so many messages within any second, over all chats and in each; `seconds` is a clock that only grows."""
        self.refused = 0
        self.said = 0
        self._overall = overall
        self._of_a_chat = of_a_chat
        self._seconds = seconds
        self._all: deque[float] = deque()
        self._chats: dict[str, deque[float]] = {}

    @contextmanager
    def counting(self, method: str, chat_id: str) -> Iterator[None]:
        """Run a call inside; what is refused for another reason has said nothing.

        Raises:
            BotApiError: 429, with the whole seconds to wait.
        """
        name = method.lower()
        if not name.startswith(_COUNTED) or name in _NOT_COUNTED:
            yield
            return
        now, chat = self._seconds(), self._chats.setdefault(chat_id, deque())
        wait = max(_left(self._all, self._overall, now), _left(chat, self._of_a_chat, now))
        if wait > 0:
            self.refused += 1
            after = math.ceil(wait)
            raise BotApiError(_TOO_MANY, f"Too Many Requests: retry after {after}", {"retry_after": after})
        self._all.append(now)
        chat.append(now)
        try:
            yield
        except BotApiError:
            self._all.pop()
            chat.pop()
            raise
        self.said += 1


def _left(said: deque[float], most: int, now: float) -> float:
    """Seconds until one more may be said; what is a second old is forgotten."""
    while said and now - said[0] >= _SECOND:
        said.popleft()
    return said[0] + _SECOND - now if len(said) >= most else 0.0
