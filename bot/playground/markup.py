"""Reply markups: the inline keyboard under a message, and those that act on the composer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.playground.errors import bad_request
from bot.playground.links import LinkError, check_link
from bot.playground.params import Fields
from bot.playground.replies import ReplyKeyboard, read_reply_keyboard

CALLBACK_DATA_LIMIT = 64
"""Bytes of UTF-8 in a button's `callback_data`."""

_COPY_LIMIT = 256
_ROW_LIMIT = 8
_KEYBOARD_LIMIT = 100
_PLACEHOLDER_LIMIT = 64
_ACTIONS = ("url", "callback_data", "copy_text")
_REFUSED = (
    "web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat", "callback_game", "pay", "disabled", "icon_custom_emoji_id",
)  # fmt: skip
_STYLES = frozenset({"danger", "success", "primary"})
_BUTTON = "can't parse inline keyboard button: "


@dataclass(frozen=True, slots=True)
class Button:
    """An inline button with its one action; `style` colours it."""

    text: str
    callback_data: str | None = None
    url: str | None = None
    copy_text: str | None = None
    style: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the Bot API's InlineKeyboardButton."""
        found: dict[str, Any] = {"text": self.text}
        if self.style is not None:
            found["style"] = self.style
        if self.callback_data is not None:
            found["callback_data"] = self.callback_data
        if self.url is not None:
            found["url"] = self.url
        if self.copy_text is not None:
            found["copy_text"] = {"text": self.copy_text}
        return found


Keyboard = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class ForceReply:
    """The composer is focused, with a placeholder."""

    placeholder: str = ""


@dataclass(frozen=True, slots=True)
class Markup:
    """What a `reply_markup` asks for: a keyboard, a forced reply, or neither.

    `removes` takes the reply keyboard away that an earlier message brought.
    """

    keyboard: Keyboard = ()
    force_reply: ForceReply | None = None
    reply_keyboard: ReplyKeyboard | None = None
    removes: bool = False


def keyboard_json(keyboard: Keyboard) -> dict[str, Any]:
    """Return the Bot API's InlineKeyboardMarkup."""
    return {"inline_keyboard": [[button.to_json() for button in row] for row in keyboard]}


def read_markup(given: dict[str, Any] | None, *, inline_only: bool = False) -> Markup:
    """Read a `reply_markup`.

    Arguments:
        given: the decoded object, or nothing.
        inline_only: true where only an inline keyboard may stand, as in edits.

    Raises:
        BotApiError: worded as Telegram's where Telegram would refuse too.
    """
    if not given:
        return Markup()
    if "inline_keyboard" in given:
        fields = Fields(given, ("inline_keyboard",))
        return Markup(keyboard=_read_keyboard(fields.array("inline_keyboard", required=True) or []))
    if inline_only:
        raise bad_request("inline keyboard expected")
    if "remove_keyboard" in given:
        fields = Fields(given, ("remove_keyboard", "selective"))
        fields.flag("selective")
        if not fields.flag("remove_keyboard"):
            raise bad_request("object expected as reply markup")
        return Markup(removes=True)
    if "force_reply" in given:
        fields = Fields(given, ("force_reply", "input_field_placeholder", "selective"))
        fields.flag("selective")
        placeholder = fields.text("input_field_placeholder")
        if len(placeholder) > _PLACEHOLDER_LIMIT:
            raise bad_request("input field placeholder is too long")
        return Markup(force_reply=ForceReply(placeholder) if fields.flag("force_reply") else None)
    if "keyboard" in given:
        return Markup(reply_keyboard=read_reply_keyboard(given))
    raise bad_request("object expected as reply markup")


def _read_keyboard(rows: list[Any]) -> Keyboard:
    found: list[tuple[Button, ...]] = []
    for row in rows:
        if not isinstance(row, list):
            raise bad_request('field "inline_keyboard" must be an Array of Arrays')
        if len(row) > _ROW_LIMIT:
            raise bad_request("reply markup is too long")
        if row:
            found.append(tuple(_read_button(button) for button in row))
    if sum(len(row) for row in found) > _KEYBOARD_LIMIT:
        raise bad_request("reply markup is too long")
    return tuple(found)


def _read_button(given: Any) -> Button:
    fields = Fields(given, ("text", "style", *_ACTIONS, *_REFUSED), _BUTTON)
    text = fields.text("text", required=True).strip()
    if not text:
        raise bad_request("BUTTON_TEXT_INVALID")
    for name in _REFUSED:
        if name in fields:
            raise bad_request(f'{_BUTTON}Field "{name}" is not supported by the playground')
    style = fields.text("style") or None
    if style is not None and style not in _STYLES:
        raise bad_request(f"{_BUTTON}Invalid button style specified")
    actions = [name for name in _ACTIONS if name in fields and fields.value(name) not in ("", None)]
    if not actions:
        raise bad_request(f"{_BUTTON}Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise bad_request(f"{_BUTTON}Exactly one of the fields {actions[0]} and {actions[1]} must be used")
    return replace(_READERS[actions[0]](fields), text=text, style=style)


def _url_button(fields: Fields) -> Button:
    url = fields.text("url")
    try:
        return Button("", url=check_link(url))
    except LinkError as error:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: {error}") from error


def _callback_button(fields: Fields) -> Button:
    data = fields.text("callback_data")
    if len(data.encode()) > CALLBACK_DATA_LIMIT:
        raise bad_request("BUTTON_DATA_INVALID")
    return Button("", callback_data=data)


def _copy_button(fields: Fields) -> Button:
    copied = Fields(fields.value("copy_text"), ("text",), _BUTTON).text("text", required=True)
    if not 0 < len(copied) <= _COPY_LIMIT:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    return Button("", copy_text=copied)


_READERS: Mapping[str, Callable[[Fields], Button]] = {
    "url": _url_button,
    "callback_data": _callback_button,
    "copy_text": _copy_button,
}
