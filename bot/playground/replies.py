"""Reply keyboards: buttons in place of the letters, of which one may share the person's own telephone number."""

from dataclasses import dataclass
from typing import Any

from bot.playground.errors import bad_request
from bot.playground.params import Fields

_ROW_LIMIT = 12
_KEYBOARD_LIMIT = 300
_PLACEHOLDER_LIMIT = 64
_SETTINGS = ("resize_keyboard", "is_persistent", "selective")
_REFUSED = (
    "request_users", "request_chat", "request_location", "request_poll", "web_app", "icon_custom_emoji_id", "style",
)  # fmt: skip
_BUTTON = "can't parse keyboard button: "


@dataclass(frozen=True, slots=True)
class ReplyButton:
    """A button that sends its words, or with `request_contact` the person's own number."""

    text: str
    request_contact: bool = False

    def to_json(self) -> dict[str, Any]:
        """Return the Bot API's KeyboardButton."""
        return {"text": self.text} | ({"request_contact": True} if self.request_contact else {})


@dataclass(frozen=True, slots=True)
class ReplyKeyboard:
    """What an app shows below the chat, until the bot takes it away or, with `one_time`, a button was used."""

    rows: tuple[tuple[ReplyButton, ...], ...]
    one_time: bool = False

    @property
    def labels(self) -> tuple[str, ...]:
        """The words on the buttons, in reading order."""
        return tuple(button.text for row in self.rows for button in row)

    @property
    def asks_contact(self) -> bool:
        """Whether one of them shares a number."""
        return any(button.request_contact for row in self.rows for button in row)

    def button(self, label: str) -> ReplyButton | None:
        """The button that says this, if any."""
        return next((button for row in self.rows for button in row if button.text == label), None)

    def to_json(self) -> dict[str, Any]:
        """Return what the page shows."""
        return {
            "rows": [[button.to_json() for button in row] for row in self.rows],
            "one_time": self.one_time,
        }


@dataclass(frozen=True, slots=True)
class Contact:
    """A telephone number with a name; `user_id` is the account that it belongs to, as far as the sender's app knows."""

    phone_number: str
    first_name: str
    user_id: int | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the Bot API's Contact."""
        found: dict[str, Any] = {"phone_number": self.phone_number, "first_name": self.first_name}
        return found if self.user_id is None else found | {"user_id": self.user_id}


def read_reply_keyboard(given: dict[str, Any]) -> ReplyKeyboard:
    """Read a ReplyKeyboardMarkup.

    Raises:
        BotApiError: worded as Telegram's where Telegram would refuse too.
    """
    fields = Fields(given, ("keyboard", "one_time_keyboard", "input_field_placeholder", *_SETTINGS))
    for name in _SETTINGS:
        fields.flag(name)
    if len(fields.text("input_field_placeholder")) > _PLACEHOLDER_LIMIT:
        raise bad_request("input field placeholder is too long")
    rows = []
    for row in fields.array("keyboard", required=True) or []:
        if not isinstance(row, list):
            raise bad_request('field "keyboard" must be an Array of Arrays')
        if len(row) > _ROW_LIMIT:
            raise bad_request("reply markup is too long")
        if row:
            rows.append(tuple(_read_button(button) for button in row))
    if sum(len(row) for row in rows) > _KEYBOARD_LIMIT:
        raise bad_request("reply markup is too long")
    return ReplyKeyboard(tuple(rows), fields.flag("one_time_keyboard"))


def _read_button(given: Any) -> ReplyButton:
    if isinstance(given, str):
        given = {"text": given}
    fields = Fields(given, ("text", "request_contact", *_REFUSED), _BUTTON)
    for name in _REFUSED:
        if name in fields:
            raise bad_request(f'{_BUTTON}Field "{name}" is not supported by the playground')
    text = fields.text("text", required=True).strip()
    if not text:
        raise bad_request("BUTTON_TEXT_INVALID")
    return ReplyButton(text, fields.flag("request_contact"))
