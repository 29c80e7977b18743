"""Reading an update: of the message that a tap comes from, what handlers ask.

With each tap Telegram sends the whole message that was tapped, which is ours: to make objects of its formats and of all
its buttons took twice as long as all else that is read of the tap.
"""

from typing import Any, Final

from aiogram import Bot
from aiogram.types import Update
from aiogram_dialog.utils import remove_intent_id

_OWN: Final = frozenset({"entities", "link_preview_options", "reply_markup"})
"""What of a message that was tapped nobody asks, or only in part."""


def read_update(raw: dict[str, Any], bot: Bot) -> Update:
    """Read an update as the Bot API has it, which stays as it is.

    A message that was tapped has no entities, and of the buttons of a window only the one that was tapped. A plain
    message has all of them: what kind of message it is, is told by its buttons.

    Raises:
        ValidationError: it is not an update.
    """
    return Update.model_validate(_asked(raw), context={"bot": bot})


def _asked(raw: dict[str, Any]) -> dict[str, Any]:
    tap = raw.get("callback_query")
    if not isinstance(tap, dict) or not isinstance(message := tap.get("message"), dict):
        return raw
    asked = {name: value for name, value in message.items() if name not in _OWN}
    if (markup := message.get("reply_markup")) is not None:
        asked["reply_markup"] = _tapped(markup, tap.get("data"))
    return {**raw, "callback_query": {**tap, "message": asked}}


def _tapped(markup: Any, data: Any) -> Any:
    """The buttons with what was tapped, if it is a window's; all of them in any other case."""
    if not isinstance(data, str) or remove_intent_id(data)[0] is None:
        return markup
    try:
        rows = [
            [each for each in row if each.get("callback_data") == data] for row in markup["inline_keyboard"]
        ]
    except (TypeError, KeyError, AttributeError):
        return markup  # whatever it is, it is read as it came
    return {"inline_keyboard": [row for row in rows if row]}
