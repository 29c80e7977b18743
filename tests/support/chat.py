"""A person at a phone: what they send and tap goes through the real dispatcher, what they see is asserted on."""

import asyncio
from collections.abc import Sequence
from typing import Any

from aiogram import Bot

from bot.app import Conversation
from bot.playground.messages import Message
from bot.playground.world import World


def labels_of(message: Message) -> list[str]:
    """The labels of a message's buttons, row after row."""
    return [label for row in message.labels for label in row]


class Chat:
    """One private chat with the bot, in a playground world."""

    def __init__(self, world: World, bot: Bot, conversation: Conversation, chat_id: int) -> None:
        """Sit down at `chat_id`, which `world` has open already."""
        self.world = world
        self.id = chat_id
        self._bot = bot
        self._conversation = conversation
        self._last_query: str | None = None

    def restart(self, bot: Bot, conversation: Conversation) -> None:
        """Let another process of the bot answer from now on."""
        self._bot = bot
        self._conversation = conversation

    async def send(self, text: str) -> None:
        """Write something and wait until the bot is done with it."""
        self.world.send_text(self.id, text)
        await self.deliver()

    async def send_photo(self, data: bytes) -> None:
        """Send a picture."""
        self.world.send_photo(self.id, data)
        await self.deliver()

    async def reply(self, label: str) -> None:
        """Tap a button of the keyboard that stands in place of the letters."""
        self.world.reply(self.id, label)
        await self.deliver()

    @property
    def replies(self) -> tuple[str, ...]:
        """What stands on it; nothing while there is none."""
        keyboard = self.world.chat(self.id).reply_keyboard
        return () if keyboard is None else keyboard.labels

    async def follow(self, token: str) -> None:
        """Open a deep link with this token."""
        self.world.deep_link(self.id, token)
        await self.deliver()

    async def tap(self, label: str, *, on: Message | None = None) -> None:
        """Tap a button of the live screen (or of the message `on`): by its label, or the only one containing it."""
        message = on or self.screen
        self._last_query = self.world.tap(self.id, message.message_id, self._exact(message, label))
        await self.deliver()

    async def tap_together(self, labels: Sequence[str]) -> None:
        """Tap several buttons of the live screen at once: the updates are processed concurrently."""
        message = self.screen
        for label in labels:
            self._last_query = self.world.tap(self.id, message.message_id, self._exact(message, label))
        await self.deliver_together()

    async def press(self, data: str, *, on: Message | None = None) -> None:
        """Send callback data that no button need carry, as a tampered or outdated client would."""
        self._last_query = self.world.press(self.id, (on or self.screen).message_id, data)
        await self.deliver()

    async def deliver(self) -> None:
        """Process what waits, one update after the other."""
        for update in self.world.drain_updates():
            await self.feed(update)

    async def deliver_together(self) -> None:
        """Process what waits, all at once."""
        await asyncio.gather(*(self.feed(update) for update in self.world.drain_updates()))

    @property
    def newest(self) -> Message:
        """The bot's newest message."""
        return self.world.last_answer(self.id)

    @property
    def screen(self) -> Message:
        """The newest message of the bot that has buttons."""
        for message in reversed(self.world.messages(self.id)):
            if message.sender == self.world.bot and message.content.keyboard:
                return message
        raise AssertionError(f"no message of the bot has buttons; the newest says {self.text!r}")

    @property
    def text(self) -> str:
        """The plain text (or caption) of the bot's newest message."""
        return self.newest.content.text.text

    @property
    def screen_text(self) -> str:
        """The plain text of the message whose buttons are live."""
        return self.screen.content.text.text

    @property
    def texts(self) -> list[str]:
        """The plain texts of all messages of the bot, the oldest first."""
        return [
            message.content.text.text
            for message in self.world.messages(self.id)
            if message.sender == self.world.bot
        ]

    @property
    def buttons(self) -> list[str]:
        """The labels of the live keyboard."""
        return labels_of(self.screen)

    @property
    def toast(self) -> str | None:
        """What the bot answered to the last tap: a toast or an alert; None when it said nothing."""
        if self._last_query is None:
            return None
        answer = self.world.callback_answer(self._last_query)
        return None if answer is None else answer.text

    def button(self, part: str) -> str:
        """The label of the only live button that contains `part`."""
        return self._exact(self.screen, part)

    def has(self, part: str) -> bool:
        """Whether any live button contains `part`."""
        return any(part in label for label in self.buttons)

    def _exact(self, message: Message, label: str) -> str:
        shown_labels = labels_of(message)
        if label in shown_labels:
            return label
        found = [shown for shown in shown_labels if label in shown]
        if len(found) != 1:
            raise AssertionError(
                f"{len(found)} buttons contain {label!r}: {shown_labels}\n{message.content.text.text}"
            )
        return found[0]

    async def feed(self, update: dict[str, Any]) -> None:
        """Give the bot one update, as Telegram sends it."""
        await self._conversation.dispatcher.feed_raw_update(self._bot, update)
