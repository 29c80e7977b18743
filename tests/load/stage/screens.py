"""The two screens that everybody shows: the first of a renewal, and the list of plans that *Cambia piano* leads to.

They are captured from the product's own dialogs, before anything is measured. The reference bots are given what the
product asked Telegram to show; what every phone then shows is compared with what a phone showed here.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.app import Told, build_bot, build_conversation
from bot.clock import Clock
from bot.db.engine import Database
from bot.playground.files import Upload
from bot.playground.session import WorldSession
from bot.playground.world import World
from bot.services.surroundings import Surroundings
from bot.texts import Texts
from tests.load.stage.shown import BACK, OPEN, Asked, own_data
from tests.support.chat import Chat

_CHAT = 9_999_999
"""Nobody else's."""


@dataclass(frozen=True, slots=True)
class Screen:
    """What a phone shows, as the Bot API writes it: a text with its entities, and an inline keyboard."""

    text: str
    entities: list[dict[str, Any]]
    keyboard: list[list[dict[str, Any]]]

    def data_of(self, label: str) -> str:
        """What the only button with `label` in its words sends when it is tapped.

        Raises:
            LookupError: there is no such button, or more than one.
        """
        found = [b for row in self.keyboard for b in row if label in b["text"] and "callback_data" in b]
        if len(found) != 1:
            raise LookupError(f"{len(found)} buttons say {label!r} on {self.text!r}: {self.keyboard}")
        return str(found[0]["callback_data"])

    def for_(self, address: str, other: str) -> "Screen":
        """The same for another mailbox, whose address is as long: then every byte count is the same too.

        Raises:
            ValueError: it is not as long.
        """
        if len(address) != len(other):
            raise ValueError(f"{address} is not as long as {other}")
        return Screen(self.text.replace(address, other), self.entities, self.keyboard)

    def same_as(self, other: "Screen") -> bool:
        """Whether a person sees the same, and the data behind the buttons is as long.

        The data itself begins with a random name of the conversation.
        """
        return (self.text, self.entities, _measured(self.keyboard)) == (
            other.text,
            other.entities,
            _measured(other.keyboard),
        )


@dataclass(frozen=True, slots=True)
class Captured:
    """The two screens: as they were asked for, and as a phone showed them. `address` is the mailbox on them."""

    address: str
    asked: tuple[Asked, Asked]
    seen: tuple[Screen, Screen]


class _Listening(World):
    """A Telegram that remembers what it was last asked to show."""

    asked: Asked

    async def call(
        self, method: str, params: Mapping[str, str], files: Mapping[str, Upload] | None = None
    ) -> Any:
        if "reply_markup" in params:
            self.asked = Asked(params["text"], json.loads(params["reply_markup"])["inline_keyboard"])
        return await super().call(method, params, files)


async def capture(
    database: Database, surroundings: Surroundings, clock: Clock, customer: str, address: str
) -> Captured:
    """Let one customer open a renewal and the list of plans, in this process, and see what is shown."""
    conversation = build_conversation(database, surroundings, Texts.load(), clock, told=Told())
    world = _Listening("42:captured")
    bot = build_bot(world.token, WorldSession(world))
    await conversation.dispatcher.emit_startup(bot=bot)
    world.open_chat(_CHAT, "Prova", "it")
    chat = Chat(world, bot, conversation, _CHAT)
    await chat.follow((await conversation.services.linking.invite(customer)).token)
    await chat.tap("Rinnova")
    await chat.tap(OPEN)
    second = world.asked, _seen(chat)
    await chat.tap(BACK)
    first = world.asked, _seen(chat)
    return Captured(address, (first[0], second[0]), (first[1], second[1]))


def _seen(chat: Chat) -> Screen:
    content = chat.screen.content
    return Screen(
        content.text.text,
        [entity.to_json() for entity in content.text.entities],
        [[button.to_json() for button in row] for row in content.keyboard],
    )


def _measured(keyboard: list[list[dict[str, Any]]]) -> list[list[dict[str, Any]]]:
    return [
        [
            {**button, "callback_data": len(own_data(button["callback_data"]))}
            if "callback_data" in button
            else button
            for button in row
        ]
        for row in keyboard
    ]
