"""Methods that change or remove what is there, and the answer to a tap."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.playground.errors import bad_request
from bot.playground.events import CallbackAnswered, MessageEdited, MessagesDeleted
from bot.playground.formatting import caption_text, message_text
from bot.playground.links import LinkError, check_link
from bot.playground.markup import read_markup
from bot.playground.messages import Chat, Content, Message
from bot.playground.methods.base import Call, Method
from bot.playground.methods.sending import PREVIEW, link_preview
from bot.playground.params import Fields

ANSWER_WITHIN = timedelta(seconds=60)
"""A tap that is older cannot be answered any more."""

DELETE_WITHIN = timedelta(hours=48)
"""A message that is older cannot be deleted any more."""

_ANSWER_LIMIT = 200
_BATCH_LIMIT = 100
_TARGET = ("business_connection_id", "chat_id", "inline_message_id", "message_id", "reply_markup")
_MEDIA_FIELDS = (
    "type", "media", "caption", "parse_mode", "caption_entities", "show_caption_above_media", "has_spoiler",
    "thumbnail", "disable_content_type_detection",
)  # fmt: skip


def _target(call: Call) -> Message:
    if call.params.text("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    chat = call.open_chat()
    number = call.params.integer("message_id")
    if not number:
        raise bad_request("message identifier is not specified")
    message = chat.messages.get(number)
    if message is None:
        raise bad_request("message to edit not found")
    if message.sender != call.state.bot or message.content.service:
        raise bad_request("message can't be edited")
    return message


def _edit(call: Call, message: Message, content: Content) -> dict[str, Any]:
    content = replace(
        content, keyboard=read_markup(call.params.mapping("reply_markup"), inline_only=True).keyboard
    )
    if content == message.content:
        raise bad_request(
            "message is not modified: specified new message content and reply markup are exactly the same "
            "as a current content and reply markup of the message"
        )
    message.past.append(message.content)
    message.content = content
    message.edit_date = call.state.clock()
    call.state.events.publish(MessageEdited(message.chat.id, message))
    return message.to_json()


def _edit_text(call: Call) -> dict[str, Any]:
    params = call.params
    text = message_text(params.text("text"), params.text("parse_mode"), params.array("entities"))
    message = _target(call)
    if message.content.has_media:
        raise bad_request("there is no text in the message to edit")
    return _edit(call, message, Content(text, link_preview=link_preview(params)))


def _edit_caption(call: Call) -> dict[str, Any]:
    params = call.params
    caption = caption_text(
        params.text("caption"), params.text("parse_mode"), params.array("caption_entities")
    )
    message = _target(call)
    if not message.content.has_media:
        raise bad_request("there is no caption in the message to edit")
    above = params.flag("show_caption_above_media")
    return _edit(call, message, replace(message.content, text=caption, caption_above=above))


def _edit_markup(call: Call) -> dict[str, Any]:
    message = _target(call)
    return _edit(call, message, message.content)


def _edit_media(call: Call) -> dict[str, Any]:
    given = call.params.mapping("media")
    if given is None:
        raise bad_request("input media is not specified")
    fields = Fields(given, _MEDIA_FIELDS, "can't parse InputMedia: ")
    kind = fields.text("type", required=True)
    if kind not in ("photo", "document"):
        raise bad_request(f'can\'t parse InputMedia: Type "{kind}" is not supported by the playground')
    reference = fields.text("media", required=True)
    message = _target(call)
    file = call.state.files.take("media", reference, call.uploads, photo=kind == "photo")
    content = Content(
        caption_text(fields.text("caption"), fields.text("parse_mode"), fields.array("caption_entities")),
        photo=file if kind == "photo" else None,
        document=file if kind == "document" else None,
        caption_above=fields.flag("show_caption_above_media"),
        spoiler=fields.flag("has_spoiler"),
    )
    return _edit(call, message, content)


def _delete_message(call: Call) -> bool:
    chat = call.open_chat()
    message = chat.messages.get(call.params.integer("message_id") or 0)
    if message is None:
        raise bad_request("message to delete not found")
    _check_deletable(call, message)
    _remove(call, chat, (message.message_id,))
    return True


def _delete_messages(call: Call) -> bool:
    chat = call.open_chat()
    numbers = call.params.array("message_ids") or []
    if not numbers:
        raise bad_request("message identifiers are not specified")
    if len(numbers) > _BATCH_LIMIT:
        raise bad_request("too many message identifiers specified")
    if not all(isinstance(number, int) for number in numbers):
        raise bad_request("invalid message identifiers specified")
    found = tuple(number for number in numbers if number in chat.messages)
    for number in found:
        _check_deletable(call, chat.messages[number])
    _remove(call, chat, found)
    return True


def _check_deletable(call: Call, message: Message) -> None:
    if call.state.clock() - message.date > DELETE_WITHIN:
        raise bad_request("message can't be deleted for everyone")
    if not message.chat.is_private and message.sender != call.state.bot:
        raise bad_request("message can't be deleted")


def _remove(call: Call, chat: Chat, numbers: tuple[int, ...]) -> None:
    for number in numbers:
        del chat.messages[number]
    if numbers:
        call.state.events.publish(MessagesDeleted(chat.id, numbers))


def _answer_callback_query(call: Call) -> bool:
    params, state = call.params, call.state
    query = state.queries.get(params.text("callback_query_id"))
    if query is None or state.clock() - query.asked_at > ANSWER_WITHIN:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    text = params.text("text")
    if len(text) > _ANSWER_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    if url := params.text("url"):
        try:
            url = check_link(url)
        except LinkError:
            raise bad_request("URL_INVALID") from None
    # Answering again is allowed and shows nothing: the app took the first answer.
    if query.answer is None:
        show_alert = params.flag("show_alert")
        query.answer = CallbackAnswered(query.chat_id, query.id, query.message_id, text, show_alert, url)
        state.events.publish(query.answer)
    return True


METHODS = (
    Method("editMessageText", _edit_text, (*_TARGET, *PREVIEW, "text", "parse_mode", "entities")),
    Method(
        "editMessageCaption",
        _edit_caption,
        (*_TARGET, "caption", "caption_entities", "parse_mode", "show_caption_above_media"),
    ),
    Method("editMessageReplyMarkup", _edit_markup, _TARGET),
    Method("editMessageMedia", _edit_media, (*_TARGET, "media")),
    Method("deleteMessage", _delete_message, ("chat_id", "message_id")),
    Method("deleteMessages", _delete_messages, ("chat_id", "message_ids")),
    Method(
        "answerCallbackQuery",
        _answer_callback_query,
        ("callback_query_id", "text", "show_alert", "url", "cache_time"),
    ),
)
