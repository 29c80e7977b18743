"""People and their phones: what they send and tap goes to whichever process has its turn."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from bot.playground.markup import Button
from bot.playground.messages import Message
from tests.support.chat import Chat

if TYPE_CHECKING:
    from tests.simulation.life import Life
    from tests.simulation.process import Process

SEPARATOR = "\x1d"
"""Between the number of a dialog and the widget in a button's data: aiogram-dialog's own."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a chat, invited for some customers."""

    chat_id: int
    language: str
    customers: tuple[str, ...]


class Phone(Chat):
    """A chat whose updates go to one process of a life."""

    def __init__(self, life: "Life", process: "Process", chat_id: int) -> None:
        """Take the phone of `chat_id` into the hand."""
        super().__init__(life.world, cast("Any", None), cast("Any", None), chat_id)
        self._life = life
        self._process = process

    async def deliver(self) -> None:
        """Bring the process what was just done here, after what waits from before."""
        self._life.undelivered[self.id].extend(self.world.drain_updates())
        await self._life.deliver(self._process, self.id)

    async def agree(self) -> None:
        """Say yes where it is asked whether another customer may be added to this chat."""
        live = self.live()
        for button in calling(live) if live is not None else ():
            data = button.callback_data or ""
            if data.startswith("link:") and data.endswith(":1"):
                await self.press(data, on=live)

    @property
    def blocked(self) -> bool:
        """Whether the person has blocked the bot."""
        return self.world.chat(self.id).blocked

    def messages_with_buttons(self) -> list[Message]:
        """Every message of the bot with a button that calls it."""
        return [
            message
            for message in self.world.messages(self.id)
            if message.sender == self.world.bot and calling(message)
        ]

    def live(self) -> Message | None:
        """The newest of them, None where there is none."""
        found = self.messages_with_buttons()
        return found[-1] if found else None


def calling(message: Message) -> list[Button]:
    """The buttons of a message that call the bot."""
    return [button for button in message.buttons if button.callback_data]


def widget_of(button: Button) -> str:
    """The widget of a dialog's button, or the kind of a plain one."""
    return (button.callback_data or "").rpartition(SEPARATOR)[2].partition(":")[0]


def is_plain(button: Button) -> bool:
    """Whether a button belongs to no dialog."""
    return SEPARATOR not in (button.callback_data or "")


def going_on(buttons: Sequence[Button]) -> list[Button]:
    """The buttons of a screen that lead on, most of all those that order."""
    for wanted in ("success", "primary"):
        found = [button for button in buttons if button.style == wanted]
        if found:
            return found
    away = ("_back", "_cancel", "_discard", "_keep", "_close", "_edit", "_return")
    onward = [button for button in buttons if not widget_of(button).endswith(away)]
    return onward or list(buttons)


def shown(phone: Phone) -> str:
    """What came of it, as a person sees it."""
    messages = [each for each in phone.world.messages(phone.id) if each.sender == phone.world.bot]
    return (
        f"chat {phone.id} has {len(messages)}: {messages[-1].text[:60]!r}" if messages else f"chat {phone.id}"
    )
