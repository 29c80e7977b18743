"""An in-memory Telegram, as one bot and the people around it see it.

`World.call` is the bot's only entrance. The other methods are what people do: they are plain functions, act
at once, and put into the queue the update that Telegram would.

Not here, on purpose: network faults (`World.call` is the seam for those), webhooks, Markdown, inline mode, channels.
Telegram's limits are, for whoever asks for them.
"""

import re
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from itertools import count
from typing import Any

from bot.playground.errors import PlaygroundError, bad_request, not_found
from bot.playground.events import CallbackAnswered, ChatChanged, Feed, MessageEdited
from bot.playground.files import StoredFile, Upload
from bot.playground.formatting import FormattedText, typed_text
from bot.playground.limits import Limits
from bot.playground.markup import CALLBACK_DATA_LIMIT
from bot.playground.messages import Account, Chat, Content, Message, member_change
from bot.playground.methods import METHODS
from bot.playground.methods.base import Call, CallbackQuery, Clock, State
from bot.playground.methods.updates import GET_UPDATES
from bot.playground.params import Params
from bot.playground.profile import Profile
from bot.playground.replies import Contact
from bot.playground.updates import UpdateQueue

__all__ = ["World"]

_MESSAGE_EPOCH = datetime(2024, 1, 1, tzinfo=UTC)
_START_PAYLOAD = re.compile(r"^[A-Za-z0-9_-]{1,64}$")


def _now() -> datetime:
    return datetime.now(UTC)


class World:
    """Telegram, for one bot.

    Arguments:
        token: the bot's token; its digits before the colon are the bot's account number.
        name: the bot's name in the chat list.
        username: the bot's user name, without the `@`; links to `t.me/<username>` open the bot.
        clock: says what time it is, with a time zone; message dates come from it.
        limits: how much the bot may say; as much as it likes without them.
    """

    def __init__(
        self,
        token: str,
        *,
        name: str = "Playground",
        username: str = "playground_bot",
        clock: Clock = _now,
        limits: Limits | None = None,
    ) -> None:
        self.token = token
        self.limits = limits
        account = Account(int(token.partition(":")[0]), name, is_bot=True, username=username)
        now = clock()
        self._state = State(
            clock=clock,
            profile=Profile(account),
            # A bot keeps what it knew when the playground is started again: numbers that begin at the present
            # moment never come back, so that an old message or update is not mistaken for a new one.
            updates=UpdateQueue(int(now.timestamp())),
            message_ids=count(max(1, int((now - _MESSAGE_EPOCH).total_seconds()))),
            query_ids=count(int(now.timestamp() * 1_000_000)),
        )

    # The bot's side

    async def call(
        self, method: str, params: Mapping[str, str], files: Mapping[str, Upload] | None = None
    ) -> Any:
        """Call a method of the Bot API.

        Arguments:
            method: its name, in any case.
            params: the parameters as text, as a form carries them; objects and lists as JSON.
            files: uploads by field name, or by the name that an `attach://` refers to.

        Returns:
            The `result` of the answer, ready for JSON.

        Raises:
            BotApiError: when Telegram would refuse the call, and for parameters that it would silently
            ignore.
        """
        if method.lower() == "getupdates":
            return await self._get_updates(Params(params, GET_UPDATES))
        found = METHODS.get(method.lower())
        if found is None:
            raise not_found()
        uploads = files or {}
        for name in uploads:
            if name not in found.files and not any(f"attach://{name}" in value for value in params.values()):
                raise bad_request(f'parameter "{name}" is not known to the playground')
        with (
            nullcontext() if self.limits is None else self.limits.counting(method, params.get("chat_id", ""))
        ):
            return found.run(Call(self._state, Params(params, found.params), uploads))

    async def _get_updates(self, params: Params) -> list[dict[str, Any]]:
        self._state.updates.allow(params.array("allowed_updates"))
        limit = params.integer("limit")
        return await self._state.updates.poll(
            offset=params.integer("offset") or 0,
            limit=100 if limit is None else limit,
            seconds=params.integer("timeout") or 0,
        )

    # What can be seen

    @property
    def bot(self) -> Account:
        """The bot's account."""
        return self._state.bot

    @property
    def profile(self) -> Profile:
        """What the bot set about itself."""
        return self._state.profile

    @property
    def chats(self) -> tuple[Chat, ...]:
        """All chats, in the order of their opening."""
        return tuple(self._state.chats.values())

    def chat(self, chat_id: int) -> Chat:
        """Return a chat.

        Raises:
            PlaygroundError: when there is none.
        """
        try:
            return self._state.chats[chat_id]
        except KeyError:
            raise PlaygroundError(f"there is no chat {chat_id}") from None

    def messages(self, chat_id: int) -> tuple[Message, ...]:
        """Return the messages of a chat, the oldest first."""
        return tuple(self.chat(chat_id).messages.values())

    def message(self, chat_id: int, message_id: int) -> Message:
        """Return one message.

        Raises:
            PlaygroundError: when it is not there, or not any more.
        """
        try:
            return self.chat(chat_id).messages[message_id]
        except KeyError:
            raise PlaygroundError(f"there is no message {message_id} in chat {chat_id}") from None

    def last_answer(self, chat_id: int) -> Message:
        """Return the newest message of the bot in a chat.

        Raises:
            PlaygroundError: when the bot has said nothing.
        """
        for message in reversed(self.messages(chat_id)):
            if message.sender == self.bot:
                return message
        raise PlaygroundError(f"the bot has said nothing in chat {chat_id}")

    def callback_answer(self, query_id: str) -> CallbackAnswered | None:
        """Return what the bot answered to a tap, if it has.

        Raises:
            PlaygroundError: when there was no such tap.
        """
        try:
            return self._state.queries[query_id].answer
        except KeyError:
            raise PlaygroundError(f"there is no callback query {query_id}") from None

    def file(self, path: str) -> StoredFile | None:
        """Return the file that a `file_path` names, if any."""
        return self._state.files.by_path(path)

    def subscribe(self) -> AbstractContextManager[Feed]:
        """Listen to everything that happens, for the length of a `with` block."""
        return self._state.events.subscribe()

    def drain_updates(self) -> list[dict[str, Any]]:
        """Take all waiting updates and confirm them: for tests that feed a dispatcher by hand."""
        return self._state.updates.drain()

    @property
    def waiting_updates(self) -> int:
        """How many updates the bot has not confirmed."""
        return len(self._state.updates)

    def close(self) -> None:
        """End every subscription and the poll that waits, so that a server can stop."""
        self._state.events.close()
        self._state.updates.close()

    # The people's side

    def open_chat(
        self, user_id: int, first_name: str, language_code: str | None = None, *, username: str | None = None
    ) -> Chat:
        """Let a person open the chat with the bot; the bot knows nothing of it until they write.

        Opening it again changes the name and language, and nothing else.
        """
        person = Account(user_id, first_name, username=username, language=language_code)
        chat = self._state.chats.setdefault(user_id, Chat(user_id))
        chat.person = person
        self._changed(chat)
        return chat

    def send_text(self, chat_id: int, text: str, *, sender_id: int | None = None) -> Message:
        """Send a text as a person would.

        Arguments:
            chat_id: a private chat or a group.
            text: up to 4096 characters; white space at both ends is dropped.
            sender_id: who writes, in a group.

        Raises:
            PlaygroundError: for an empty or too long text, or a blocked bot.
        """
        return self._send(chat_id, Content(typed_text(text)), sender_id)

    def send_photo(
        self, chat_id: int, data: bytes, *, caption: str = "", sender_id: int | None = None
    ) -> Message:
        """Send a PNG or JPEG picture as a person would."""
        photo = self._state.files.add(Upload("photo.jpg", data), photo=True)
        text = typed_text(caption) if caption else FormattedText()
        return self._send(chat_id, Content(text, photo=photo), sender_id)

    def send_document(self, chat_id: int, name: str, data: bytes, *, sender_id: int | None = None) -> Message:
        """Send a file as a person would."""
        document = self._state.files.add(Upload(name, data), photo=False)
        return self._send(chat_id, Content(document=document), sender_id)

    def reply(self, chat_id: int, label: str) -> Message:
        """Tap the button of the reply keyboard with this text: it sends the text, or the person's own number.

        Raises:
            PlaygroundError: when no button says so, or the bot is blocked.
        """
        button, person = self.chat(chat_id).use_reply(label), self._sender(self.chat(chat_id))
        own = Contact(person.phone, person.first_name, person.id)
        return self.send_contact(chat_id, own) if button.request_contact else self.send_text(chat_id, label)

    def send_contact(self, chat_id: int, contact: Contact) -> Message:
        """Send a number as a person would: one's own, or that of somebody in the address book."""
        return self._send(chat_id, Content(contact=contact), None)

    def edit_text(self, chat_id: int, message_id: int, text: str) -> Message:
        """Correct a text that a person sent.

        Raises:
            PlaygroundError: for a message that is not theirs, or has no text.
        """
        message = self.message(chat_id, message_id)
        if message.sender.is_bot or message.content.has_media:
            raise PlaygroundError("only a text of one's own can be corrected")
        message.past.append(message.content)
        message.content = Content(typed_text(text))
        message.edit_date = self._state.clock()
        self._state.updates.push("edited_message", message.to_json())
        self._state.events.publish(MessageEdited(chat_id, message))
        return message

    def deep_link(self, chat_id: int, payload: str) -> Message:
        """Open `t.me/<bot>?start=<payload>` and press Start: the bot receives `/start <payload>`.

        Raises:
            PlaygroundError: for a payload that is not 1 to 64 of `A-Z a-z 0-9 _ -`.
        """
        if not _START_PAYLOAD.match(payload):
            raise PlaygroundError("a deep link carries 1 to 64 of A-Z a-z 0-9 _ -")
        return self.send_text(chat_id, f"/start {payload}")

    def tap(self, chat_id: int, message_id: int, label: str) -> str:
        """Tap the inline button with this text, and return the callback query's identifier.

        Raises:
            PlaygroundError: when no button says so, or it opens a link or copies a text instead.
        """
        message = self.message(chat_id, message_id)
        for button in message.buttons:
            if button.text == label:
                if button.callback_data is None:
                    raise PlaygroundError(f"the button {label!r} does not call the bot")
                return self.press(chat_id, message_id, button.callback_data)
        raise PlaygroundError(f"no button says {label!r}; there are {message.labels}")

    def press(self, chat_id: int, message_id: int, data: str, *, sender_id: int | None = None) -> str:
        """Tap a button by its data, and return the callback query's identifier.

        The data need not be on the message any more: a phone may still show a keyboard that was since edited
        away, and Telegram lets the tap through.

        Raises:
            PlaygroundError: when the message is gone, or the bot is blocked.
        """
        message = self.message(chat_id, message_id)
        if not 0 < len(data.encode()) <= CALLBACK_DATA_LIMIT:
            raise PlaygroundError(f"callback data has 1 to {CALLBACK_DATA_LIMIT} bytes")
        sender = self._sender(message.chat, sender_id)
        state = self._state
        query = CallbackQuery(str(next(state.query_ids)), chat_id, message_id, state.clock())
        state.queries[query.id] = query
        state.updates.push(
            "callback_query",
            {
                "id": query.id,
                "from": sender.to_json(),
                "message": message.to_json(),
                "chat_instance": str(chat_id * 1_000_003),
                "data": data,
            },
        )
        return query.id

    def block(self, chat_id: int) -> None:
        """Block the bot: it may not write any more, and is told."""
        chat = self.chat(chat_id)
        if not chat.blocked:
            chat.blocked = True
            self._member_update(chat, self._sender(chat), "member", "kicked")

    def unblock(self, chat_id: int) -> None:
        """Unblock the bot; it is told."""
        chat = self.chat(chat_id)
        if chat.blocked:
            chat.blocked = False
            self._member_update(chat, self._sender(chat), "kicked", "member")

    def clear(self, chat_id: int) -> None:
        """Clear the history on the person's phone; the bot is not told."""
        chat = self.chat(chat_id)
        chat.messages.clear()
        self._changed(chat)

    def add_to_group(self, group_id: int, title: str, user_id: int) -> Chat:
        """Let a person add the bot to a group (its number is negative).

        The bot is told of its membership, and sees the service message about itself.
        """
        if group_id >= 0:
            raise PlaygroundError("the number of a group is negative")
        chat = self._state.chats.setdefault(group_id, Chat(group_id, title=title, started=True))
        chat.left = False
        sender = self._sender(chat, user_id)
        self._member_update(chat, sender, "left", "member")
        bot = self.bot.to_json()
        self._receive(self._state.post(chat, sender, Content(service=(("new_chat_members", [bot]),))))
        return chat

    def _send(self, chat_id: int, content: Content, sender_id: int | None) -> Message:
        chat = self.chat(chat_id)
        sender = self._sender(chat, sender_id)
        if chat.blocked:
            raise PlaygroundError("the bot is blocked")
        chat.started = True
        message = self._state.post(chat, sender, content)
        # In a group a bot with the usual privacy sees commands, and nothing else of what people say.
        if chat.is_private or (not chat.left and message.text.startswith("/")):
            self._receive(message)
        else:
            self._state.publish(message)
        return message

    def _receive(self, message: Message) -> None:
        self._state.updates.push("message", message.to_json())
        self._state.publish(message)

    def _sender(self, chat: Chat, sender_id: int | None = None) -> Account:
        if chat.person is not None:
            return chat.person
        known = self._state.chats.get(sender_id or 0)
        if known is None or known.person is None:
            raise PlaygroundError("in a group, say who acts: someone who has opened a chat")
        return known.person

    def _member_update(self, chat: Chat, sender: Account, old: str, new: str) -> None:
        change = member_change(chat, sender, self.bot, old, new, self._state.clock())
        self._state.updates.push("my_chat_member", change)
        self._changed(chat)

    def _changed(self, chat: Chat) -> None:
        self._state.events.publish(ChatChanged(chat.id))
