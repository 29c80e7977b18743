"""Methods that put a new message into a chat."""

from typing import Any

from bot.playground.errors import bad_request
from bot.playground.events import ChatAction
from bot.playground.formatting import caption_text, message_text
from bot.playground.links import LinkError, check_link
from bot.playground.markup import read_markup
from bot.playground.messages import Chat, Content, Message
from bot.playground.methods.base import Call, Method
from bot.playground.params import Fields, Params

_COMMON = (
    "business_connection_id", "chat_id", "disable_notification", "message_effect_id", "message_thread_id",
    "protect_content", "reply_markup", "reply_parameters",
)  # fmt: skip
_CAPTION = ("caption", "caption_entities", "parse_mode")
_PREVIEW_FLAGS = ("is_disabled", "prefer_small_media", "prefer_large_media", "show_above_text")
_REPLY_IGNORED = ("chat_id", "quote", "quote_parse_mode", "quote_entities", "quote_position")
_UPLOADS = ("photo", "video", "voice", "document", "video_note")
_RECORDINGS = ("video", "voice", "video_note")
_ACTIONS = frozenset(
    {
        "typing",
        "choose_sticker",
        "find_location",
        *(f"upload_{kind}" for kind in _UPLOADS),
        *(f"record_{kind}" for kind in _RECORDINGS),
    }
)
PREVIEW = ("link_preview_options", "disable_web_page_preview")
"""The parameters about the preview of a link; aiogram still sends the second, an older name of the first."""


def link_preview(params: Params) -> tuple[tuple[str, Any], ...]:
    """Read `link_preview_options`, or its older name.

    Raises:
        BotApiError: for a wrong field, or an address that is none.
    """
    given = params.mapping("link_preview_options")
    if not given:
        return (("is_disabled", True),) if params.flag("disable_web_page_preview") else ()
    fields = Fields(given, (*_PREVIEW_FLAGS, "url"))
    if url := fields.text("url"):
        try:
            check_link(url)
        except LinkError:
            raise bad_request("WEBPAGE_URL_INVALID") from None
    for name in _PREVIEW_FLAGS:
        fields.flag(name)
    return tuple(sorted(given.items()))


def _send_message(call: Call) -> dict[str, Any]:
    params = call.params
    text = message_text(params.text("text"), params.text("parse_mode"), params.array("entities"))
    return _deliver(call, Content(text, link_preview=link_preview(params)))


def _send_photo(call: Call) -> dict[str, Any]:
    photo = call.state.files.take("photo", call.params.text("photo"), call.uploads, photo=True)
    return _deliver(
        call,
        Content(
            _caption(call.params),
            photo=photo,
            caption_above=call.params.flag("show_caption_above_media"),
            spoiler=call.params.flag("has_spoiler"),
        ),
    )


def _send_document(call: Call) -> dict[str, Any]:
    document = call.state.files.take("document", call.params.text("document"), call.uploads, photo=False)
    return _deliver(call, Content(_caption(call.params), document=document))


def _send_chat_action(call: Call) -> bool:
    chat = call.open_chat()
    action = call.params.text("action")
    if action not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    call.state.events.publish(ChatAction(chat.id, action))
    return True


def _caption(params: Params) -> Any:
    return caption_text(params.text("caption"), params.text("parse_mode"), params.array("caption_entities"))


def _deliver(call: Call, content: Content) -> dict[str, Any]:
    params = call.params
    chat = call.open_chat()
    if params.integer("message_thread_id"):
        raise bad_request("message thread not found")
    if params.text("business_connection_id"):
        raise bad_request("business connection not found")
    markup = read_markup(params.mapping("reply_markup"))
    if markup.reply_keyboard is not None and not chat.is_private and markup.reply_keyboard.asks_contact:
        raise bad_request("phone number can be requested in private chats only")
    replied = _replied(call, chat)
    message = call.state.post(
        chat,
        call.state.bot,
        Content(
            content.text,
            markup.keyboard,
            content.photo,
            content.document,
            content.link_preview,
            content.caption_above,
            content.spoiler,
        ),
        replied,
    )
    message.protected = params.flag("protect_content")
    message.silent = params.flag("disable_notification")
    message.effect_id = params.text("message_effect_id")
    message.force_reply = markup.force_reply
    message.reply_keyboard, message.removes_keyboard = markup.reply_keyboard, markup.removes
    if markup.reply_keyboard is not None or markup.removes:
        chat.reply_keyboard = markup.reply_keyboard
    call.state.publish(message)
    return message.to_json()


def _replied(call: Call, chat: Chat) -> Message | None:
    given = call.params.mapping("reply_parameters")
    if not given:
        return None
    fields = Fields(given, ("message_id", "allow_sending_without_reply", *_REPLY_IGNORED))
    found = chat.messages.get(fields.integer("message_id", required=True) or 0)
    if found is None and not fields.flag("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    return found


METHODS = (
    Method("sendMessage", _send_message, (*_COMMON, *PREVIEW, "text", "parse_mode", "entities")),
    Method(
        "sendPhoto",
        _send_photo,
        (*_COMMON, *_CAPTION, "photo", "has_spoiler", "show_caption_above_media"),
        files=("photo",),
    ),
    Method(
        "sendDocument",
        _send_document,
        (*_COMMON, *_CAPTION, "document", "disable_content_type_detection", "thumbnail"),
        files=("document", "thumbnail"),
    ),
    Method(
        "sendChatAction",
        _send_chat_action,
        ("action", "business_connection_id", "chat_id", "message_thread_id"),
    ),
)
