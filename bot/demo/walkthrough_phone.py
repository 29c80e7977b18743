"""A person's phone in the playground: taps buttons, and waits until the bot has answered."""

import asyncio
from collections.abc import Callable

from bot.playground.events import CallbackAnswered, Feed
from bot.playground.messages import Message
from bot.playground.world import World

PATIENCE_SECONDS = 60.0


class NotAsExpected(Exception):
    """The conversation went another way: says what was expected, with the screen that was there instead."""

    def __init__(self, expected: str, screen: Message | None) -> None:
        seen = "nothing" if screen is None else f"{screen.text}\n{[list(row) for row in screen.labels]}"
        super().__init__(f"expected {expected}, and saw:\n{seen}")
        self.expected = expected
        self.screen = screen


class Phone:
    """One private chat with a bot that answers by itself, in its own time."""

    def __init__(self, world: World, chat_id: int, *, patience: float = PATIENCE_SECONDS) -> None:
        """Hold the chat `chat_id`, which `world` has open already; wait `patience` seconds for each answer."""
        self.world = world
        self.chat_id = chat_id
        self._patience = patience

    @property
    def screen(self) -> Message | None:
        """The bot's newest message with buttons."""
        for message in reversed(self.world.messages(self.chat_id)):
            if message.sender == self.world.bot and message.buttons:
                return message
        return None

    @property
    def newest(self) -> Message | None:
        """The newest message of the bot."""
        for message in reversed(self.world.messages(self.chat_id)):
            if message.sender == self.world.bot:
                return message
        return None

    @property
    def words(self) -> str:
        """What the screen says, without its buttons."""
        return "" if self.screen is None else self.screen.text

    def messages_after(self, message: Message) -> list[Message]:
        """The messages of the bot below this one, the oldest first."""
        return [
            other
            for other in self.world.messages(self.chat_id)
            if other.message_id > message.message_id and other.sender == self.world.bot
        ]

    def label(self, words: str) -> str:
        """The label of the live button that says `words`, or of the only one that contains them.

        Raises:
            NotAsExpected: there is none, or more than one.
        """
        screen = self.screen
        labels = [] if screen is None else [button.text for button in screen.buttons]
        if words in labels:
            return words
        found = [label for label in labels if words in label]
        if len(found) != 1:
            raise NotAsExpected(f"one button with {words!r}", screen)
        return found[0]

    def has(self, words: str) -> bool:
        """Whether a live button contains `words`."""
        screen = self.screen
        return screen is not None and any(words in button.text for button in screen.buttons)

    async def follow(self, payload: str) -> Message:
        """Open a deep link, and return the screen that comes.

        Raises:
            NotAsExpected: none came in time.
        """
        with self.world.subscribe() as feed:
            mine = self.world.deep_link(self.chat_id, payload)
            await self._until(feed, lambda: self._has_screen_after(mine), "a first screen")
        return self._seen()

    async def write(self, text: str) -> Message:
        """Write something, and return the screen that comes below it.

        Raises:
            NotAsExpected: none came in time.
        """
        with self.world.subscribe() as feed:
            mine = self.world.send_text(self.chat_id, text)
            await self._until(feed, lambda: self._has_screen_after(mine), f"an answer to {text!r}")
        return self._seen()

    async def tap(self, words: str) -> CallbackAnswered:
        """Tap the live button with these words, as soon as it is there, and wait until the bot has answered the tap.

        What is returned is the toast or alert that came with the answer; the new screen is in `screen` by then.

        Raises:
            NotAsExpected: the button did not appear, or no answer came in time.
        """
        return await self.answer(await self.start_tap(words))

    async def start_tap(self, words: str) -> str:
        """Tap the live button with these words, as soon as it is there; return the tap's identifier at once.

        Raises:
            NotAsExpected: the button did not appear in time.
        """
        await self.wait_for(words)
        screen = self._seen()
        return self.world.tap(self.chat_id, screen.message_id, self.label(words))

    async def answer(self, query: str) -> CallbackAnswered:
        """Wait until the bot has answered a tap, and return its answer.

        Raises:
            NotAsExpected: no answer came in time.
        """
        with self.world.subscribe() as feed:
            await self._until(
                feed, lambda: self.world.callback_answer(query) is not None, "an answer to a tap"
            )
        found = self.world.callback_answer(query)
        if found is None:
            raise NotAsExpected("an answer to a tap", self.screen)
        return found

    async def wait_for(self, words: str) -> None:
        """Wait until one live button says or contains these words.

        Raises:
            NotAsExpected: that did not happen in time.
        """
        with self.world.subscribe() as feed:
            await self._until(feed, lambda: self._is_there(words), f"one button with {words!r}")

    async def hear(self, words: str, after: Message) -> Message:
        """Wait until the bot says `words` by itself in a message below `after`, and return that message.

        Raises:
            NotAsExpected: that did not happen in time.
        """
        with self.world.subscribe() as feed:
            await self._until(feed, lambda: self._said(words, after) is not None, f"a message with {words!r}")
        found = self._said(words, after)
        if found is None:
            raise NotAsExpected(f"a message with {words!r}", self.newest)
        return found

    def _said(self, words: str, after: Message) -> Message | None:
        return next((message for message in self.messages_after(after) if words in message.text), None)

    def _is_there(self, words: str) -> bool:
        try:
            self.label(words)
        except NotAsExpected:
            return False
        return True

    def _has_screen_after(self, mine: Message) -> bool:
        screen = self.screen
        return screen is not None and screen.message_id > mine.message_id

    def _seen(self) -> Message:
        screen = self.screen
        if screen is None:
            raise NotAsExpected("a screen with buttons", self.newest)
        return screen

    async def _until(self, feed: Feed, holds: Callable[[], bool], expected: str) -> None:
        try:
            async with asyncio.timeout(self._patience):
                while not holds():
                    if await feed.next() is None:
                        break
        except TimeoutError:
            raise NotAsExpected(f"{expected} within {self._patience:g} seconds", self.newest) from None
        if not holds():
            raise NotAsExpected(expected, self.newest)
