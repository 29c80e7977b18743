"""What happens in a world, told to whoever listens: the chat page, and tests."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bot.playground.leaps import Leap
from bot.playground.messages import Message

_BACKLOG = 10_000


@dataclass(frozen=True, slots=True)
class MessageSent:
    """A message appeared, whoever sent it."""

    chat_id: int
    message: Message


@dataclass(frozen=True, slots=True)
class MessageEdited:
    """A message shows something else now."""

    chat_id: int
    message: Message


@dataclass(frozen=True, slots=True)
class MessagesDeleted:
    """Messages are gone."""

    chat_id: int
    message_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CallbackAnswered:
    """The bot answered a tap: the spinner ends, `text` is a toast, or a window to close when `show_alert`."""

    chat_id: int
    query_id: str
    message_id: int
    text: str
    show_alert: bool
    url: str


@dataclass(frozen=True, slots=True)
class ChatAction:
    """The bot is doing something, such as `typing`; it fades after five seconds."""

    chat_id: int
    action: str


@dataclass(frozen=True, slots=True)
class ChatChanged:
    """A chat was opened, cleared, blocked, left: look at it again."""

    chat_id: int


@dataclass(frozen=True, slots=True)
class ProfileChanged:
    """The bot changed its commands, descriptions or menu button."""


@dataclass(frozen=True, slots=True)
class MailArrived:
    """The mails that are kept changed: these are their numbers now."""

    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TimePassed:
    """The clock was moved; `leap` says for whom and what happened, once that is known."""

    leap: Leap | None


Event = (
    MessageSent
    | MessageEdited
    | MessagesDeleted
    | CallbackAnswered
    | ChatAction
    | ChatChanged
    | ProfileChanged
    | MailArrived
    | TimePassed
)


class Feed:
    """The events from the moment of subscribing on; iterating ends when the world closes."""

    def __init__(self) -> None:
        self._queue: asyncio.Queue[Event | None] = asyncio.Queue()
        self._open = True

    def put(self, event: Event) -> None:
        """Add an event; a listener that is far behind is cut off, and must look at the whole state again."""
        if not self._open:
            return
        if self._queue.qsize() >= _BACKLOG:
            self.close()
        else:
            self._queue.put_nowait(event)

    def close(self) -> None:
        """End the iteration after the events that are already there."""
        if self._open:
            self._open = False
            self._queue.put_nowait(None)

    async def next(self) -> Event | None:
        """Wait for the next event; nothing when the feed has ended."""
        return await self._queue.get()

    async def __aiter__(self) -> AsyncIterator[Event]:
        """Iterate over the events as they come."""
        while (event := await self.next()) is not None:
            yield event


class Publisher:
    """Hands every event to every feed."""

    def __init__(self) -> None:
        self._feeds: set[Feed] = set()
        self._closed = False

    @contextmanager
    def subscribe(self) -> Iterator[Feed]:
        """Listen for the length of a `with` block."""
        feed = Feed()
        if self._closed:
            feed.close()
        with self.attach(feed):
            yield feed

    @contextmanager
    def attach(self, feed: Feed) -> Iterator[None]:
        """Let a feed that listens elsewhere listen here too, for the length of a `with` block."""
        self._feeds.add(feed)
        try:
            yield
        finally:
            self._feeds.discard(feed)

    def publish(self, event: Event) -> None:
        """Tell all listeners."""
        for feed in tuple(self._feeds):
            feed.put(event)

    def close(self) -> None:
        """End all feeds, those of later listeners too."""
        self._closed = True
        for feed in tuple(self._feeds):
            feed.close()
