"""Methods about chats and files."""

from typing import Any

from bot.playground.errors import bad_request
from bot.playground.events import ChatChanged
from bot.playground.methods.base import Call, Method


def _get_chat(call: Call) -> dict[str, Any]:
    chat = call.chat()
    found = chat.to_json() | {
        "accent_color_id": chat.id % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": False,
            "limited_gifts": False,
            "unique_gifts": False,
            "premium_subscription": False,
            "gifts_from_channels": False,
        },
    }
    if chat.pinned in chat.messages:
        found["pinned_message"] = chat.messages[chat.pinned].to_json(with_reply=False)
    return found


def _leave_chat(call: Call) -> bool:
    chat = call.chat()
    if chat.is_private:
        raise bad_request("chat member status can't be changed in private chats")
    chat.left = True
    call.state.events.publish(ChatChanged(chat.id))
    return True


def _pin_chat_message(call: Call) -> bool:
    chat = call.open_chat()
    number = call.params.integer("message_id")
    if number not in chat.messages:
        raise bad_request("message to pin not found")
    chat.pinned = number
    call.state.events.publish(ChatChanged(chat.id))
    return True


def _unpin_chat_message(call: Call) -> bool:
    """Unpin a message; without a number the one that is pinned. Telegram says yes also where none was."""
    chat = call.open_chat()
    number = call.params.integer("message_id")
    if number is not None and number not in chat.messages:
        raise bad_request("message to unpin not found")
    if number is None or number == chat.pinned:
        chat.pinned = None
        call.state.events.publish(ChatChanged(chat.id))
    return True


def _get_file(call: Call) -> dict[str, Any]:
    try:
        return call.state.files[call.params.text("file_id")].file_json()
    except KeyError:
        raise bad_request("invalid file_id") from None


METHODS = (
    Method("getChat", _get_chat, ("chat_id",)),
    Method("leaveChat", _leave_chat, ("chat_id",)),
    Method(
        "pinChatMessage",
        _pin_chat_message,
        ("business_connection_id", "chat_id", "message_id", "disable_notification"),
    ),
    Method("unpinChatMessage", _unpin_chat_message, ("business_connection_id", "chat_id", "message_id")),
    Method("getFile", _get_file, ("file_id",)),
)
