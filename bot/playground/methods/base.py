"""What every method works on: the call, and the state behind the world."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.playground.errors import bad_request, forbidden
from bot.playground.events import CallbackAnswered, MessageSent, Publisher
from bot.playground.files import FileStore, Upload
from bot.playground.messages import Account, Chat, Content, Message
from bot.playground.params import Params
from bot.playground.profile import Profile
from bot.playground.updates import UpdateQueue

Clock = Callable[[], datetime]
"""Says what time it is, with a time zone."""


@dataclass(slots=True)
class CallbackQuery:
    """A tap, and what the bot answered to it, once it has."""

    id: str
    chat_id: int
    message_id: int
    asked_at: datetime
    answer: CallbackAnswered | None = None


@dataclass(slots=True)
class State:
    """Everything that a world holds. Only the world and the methods touch it."""

    clock: Clock
    profile: Profile
    updates: UpdateQueue
    message_ids: Iterator[int]
    query_ids: Iterator[int]
    events: Publisher = field(default_factory=Publisher)
    files: FileStore = field(default_factory=FileStore)
    chats: dict[int, Chat] = field(default_factory=dict)
    queries: dict[str, CallbackQuery] = field(default_factory=dict)

    @property
    def bot(self) -> Account:
        """The bot's own account."""
        return self.profile.account

    def post(self, chat: Chat, sender: Account, content: Content, reply_to: Message | None = None) -> Message:
        """Put a new message into a chat; `publish` it once it is complete."""
        message = Message(next(self.message_ids), chat, sender, self.clock(), content, reply_to=reply_to)
        chat.messages[message.message_id] = message
        return message

    def publish(self, message: Message) -> None:
        """Tell the listeners of a new message."""
        self.events.publish(MessageSent(message.chat.id, message))


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a method: its parameters, its files, and the state that it acts on."""

    state: State
    params: Params
    uploads: Mapping[str, Upload]

    def chat(self) -> Chat:
        """Return the chat that `chat_id` means.

        Raises:
            BotApiError: when there is none.
        """
        given = self.params.text("chat_id")
        if not given:
            raise bad_request("chat_id is empty")
        try:
            return self.state.chats[int(given)]
        except (KeyError, ValueError):
            raise bad_request("chat not found") from None

    def open_chat(self) -> Chat:
        """Return the chat that `chat_id` means, if the bot may write there.

        Raises:
            BotApiError: also when the person blocked the bot or never started it, or the bot is not in the
            group.
        """
        chat = self.chat()
        if chat.left:
            raise forbidden("bot is not a member of the group chat")
        if chat.blocked:
            raise forbidden("bot was blocked by the user")
        if chat.is_private and not chat.started:
            raise forbidden("bot can't initiate conversation with a user")
        return chat


@dataclass(frozen=True, slots=True)
class Method:
    """A method: its name, the parameters that it takes, and what it does.

    `files` names the parameters that may come as uploads of their own.
    """

    name: str
    run: Callable[[Call], Any]
    params: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
