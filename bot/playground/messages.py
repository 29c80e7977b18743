"""People, chats and messages, and how the Bot API writes them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.playground.errors import PlaygroundError
from bot.playground.files import StoredFile
from bot.playground.formatting import FormattedText
from bot.playground.markup import Button, ForceReply, Keyboard, keyboard_json
from bot.playground.replies import Contact, ReplyButton, ReplyKeyboard

_NO_TEXT = FormattedText()
_MEMBER_STATES: Mapping[str, Mapping[str, Any]] = {
    "left": {"status": "left"},
    "member": {"status": "member"},
    "kicked": {"status": "kicked", "until_date": 0},
}


@dataclass(frozen=True, slots=True)
class Account:
    """A person or the bot; `language` is the IETF tag of the person's app, `phone` the number they would share."""

    id: int
    first_name: str
    is_bot: bool = False
    username: str | None = None
    language: str | None = None
    phone: str = "393331234567"

    def to_json(self) -> dict[str, Any]:
        """Return the Bot API's User."""
        found: dict[str, Any] = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        if self.username is not None:
            found["username"] = self.username
        if self.language is not None:
            found["language_code"] = self.language
        return found


@dataclass(frozen=True, slots=True)
class Content:
    """What a message shows; an edit puts another in its place.

    `text` is the caption when there is a `photo` or a `document`. `service` holds the fields of a service
    message, such as the news of a member.
    """

    text: FormattedText = _NO_TEXT
    keyboard: Keyboard = ()
    photo: StoredFile | None = None
    document: StoredFile | None = None
    link_preview: tuple[tuple[str, Any], ...] = ()
    caption_above: bool = False
    spoiler: bool = False
    service: tuple[tuple[str, Any], ...] = ()
    contact: Contact | None = None

    @property
    def has_media(self) -> bool:
        """Whether the text is a caption."""
        return self.photo is not None or self.document is not None

    def to_json(self) -> dict[str, Any]:
        """Return the content's part of the Bot API's Message."""
        found: dict[str, Any] = dict(self.service)
        if self.photo is not None:
            found["photo"] = self.photo.photo_json()
        if self.document is not None:
            found["document"] = self.document.document_json()
        if self.contact is not None:
            found["contact"] = self.contact.to_json()
        if self.text.text:
            found["caption" if self.has_media else "text"] = self.text.text
        if self.text.entities:
            key = "caption_entities" if self.has_media else "entities"
            found[key] = [entity.to_json() for entity in self.text.entities]
        if self.link_preview:
            found["link_preview_options"] = dict(self.link_preview)
        if self.caption_above:
            found["show_caption_above_media"] = True
        if self.spoiler:
            found["has_media_spoiler"] = True
        if self.keyboard:
            found["reply_markup"] = keyboard_json(self.keyboard)
        return found


@dataclass(slots=True)
class Message:
    """A message of a chat. `past` keeps every content that an edit replaced, the oldest first."""

    message_id: int
    chat: "Chat"
    sender: Account
    date: datetime
    content: Content
    edit_date: datetime | None = None
    reply_to: "Message | None" = None
    protected: bool = False
    silent: bool = False
    effect_id: str = ""
    force_reply: ForceReply | None = None
    reply_keyboard: ReplyKeyboard | None = None
    removes_keyboard: bool = False
    past: list[Content] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The plain text, or the caption."""
        return self.content.text.text

    @property
    def buttons(self) -> tuple[Button, ...]:
        """The inline buttons, in reading order."""
        return tuple(button for row in self.content.keyboard for button in row)

    @property
    def labels(self) -> tuple[tuple[str, ...], ...]:
        """The words on the inline keyboard, row by row."""
        return tuple(tuple(button.text for button in row) for row in self.content.keyboard)

    @property
    def edits(self) -> int:
        """How many times it was edited."""
        return len(self.past)

    def to_json(self, *, with_reply: bool = True) -> dict[str, Any]:
        """Return the Bot API's Message; the one replied to is given without its own reply."""
        found: dict[str, Any] = {
            "message_id": self.message_id,
            "from": self.sender.to_json(),
            "chat": self.chat.to_json(),
            "date": int(self.date.timestamp()),
        }
        if self.edit_date is not None:
            found["edit_date"] = int(self.edit_date.timestamp())
        if with_reply and self.reply_to is not None:
            found["reply_to_message"] = self.reply_to.to_json(with_reply=False)
        if self.protected:
            found["has_protected_content"] = True
        if self.effect_id:
            found["effect_id"] = self.effect_id
        return found | self.content.to_json()


@dataclass(slots=True)
class Chat:
    """A private chat (`person` is the other side) or a group (`title` names it)."""

    id: int
    person: Account | None = None
    title: str = ""
    messages: dict[int, Message] = field(default_factory=dict)
    started: bool = False
    blocked: bool = False
    left: bool = False
    pinned: int | None = None
    reply_keyboard: ReplyKeyboard | None = None

    @property
    def is_private(self) -> bool:
        """Whether it is a chat with one person."""
        return self.person is not None

    def use_reply(self, label: str) -> ReplyButton:
        """Tap a button of the reply keyboard, which is gone if it was for one use.

        Raises:
            PlaygroundError: when no button says so.
        """
        keyboard = self.reply_keyboard
        button = None if keyboard is None else keyboard.button(label)
        if keyboard is None or button is None:
            raise PlaygroundError(f"no button of a reply keyboard says {label!r}")
        if keyboard.one_time:
            self.reply_keyboard = None
        return button

    def to_json(self) -> dict[str, Any]:
        """Return the Bot API's Chat."""
        if self.person is None:
            return {"id": self.id, "type": "group", "title": self.title}
        found: dict[str, Any] = {"id": self.id, "type": "private", "first_name": self.person.first_name}
        if self.person.username is not None:
            found["username"] = self.person.username
        return found


def member_change(
    chat: Chat, sender: Account, bot: Account, old: str, new: str, at: datetime
) -> dict[str, Any]:
    """Return the Bot API's ChatMemberUpdated of the bot: `left`, `member` or `kicked` before, and from now on."""
    return {
        "chat": chat.to_json(),
        "from": sender.to_json(),
        "date": int(at.timestamp()),
        "old_chat_member": {"user": bot.to_json(), **_MEMBER_STATES[old]},
        "new_chat_member": {"user": bot.to_json(), **_MEMBER_STATES[new]},
    }
