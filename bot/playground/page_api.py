"""What the chat page asks of the server: a stream of what happens, and the things that a person does.

The stream begins with the whole state and goes on with single events, so that a page which lost its
connection only has to listen again. Whatever changes more than one message sends the whole state anew.
"""

import secrets
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import nullcontext
from functools import partial
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from bot.playground.events import (
    CallbackAnswered,
    ChatAction,
    Event,
    MailArrived,
    MessageEdited,
    MessagesDeleted,
    MessageSent,
    TimePassed,
)
from bot.playground.mail import MailRoom
from bot.playground.markup import CALLBACK_DATA_LIMIT
from bot.playground.messages import Chat, Message
from bot.playground.people import Persona
from bot.playground.streaming import event_stream, told
from bot.playground.travels import Travels
from bot.playground.world import World

_Single = MessageSent | MessageEdited | MessagesDeleted | CallbackAnswered | ChatAction | MailArrived
"""What is told as an event of its own; the other events are told by the whole state."""

_HISTORY = 300


class TextBody(BaseModel):
    """A text to send."""

    text: str


class ReplyBody(BaseModel):
    """A tap on a button of the reply keyboard, by its words."""

    label: str


class TapBody(BaseModel):
    """A tap on an inline button."""

    message_id: int
    data: Annotated[str, Field(max_length=CALLBACK_DATA_LIMIT)]


class StartBody(BaseModel):
    """A press of Start, with the payload of a deep link or without."""

    payload: str | None = None
    language: Annotated[str | None, Field(pattern="^[a-z]{2}$")] = None


class BlockBody(BaseModel):
    """Whether the person blocks the bot from now on."""

    blocked: bool


def page_router(
    world: World,
    people: Sequence[Persona],
    room: MailRoom | None = None,
    travels: Travels | None = None,
    *,
    payments: bool = False,
    bank: bool = False,
) -> APIRouter:
    """Return the routes that the chat page uses.

    It counts the mails of `room`, if there is one, and shows the time of `travels`; `payments` tells it that there is
    a panel of payments, and `bank` that it offers statements.
    """
    router = APIRouter(prefix="/playground")
    # The identifier tells a page that the world is another one than before: what it remembered of it is void.
    state = partial(
        state_json, world, people, secrets.token_hex(8), room, travels, payments=payments, bank=bank
    )
    _add_watching(router, world, state, room, travels)
    _add_acting(router, world, people)
    return router


def _add_watching(
    router: APIRouter,
    world: World,
    state: Callable[[], dict[str, Any]],
    room: MailRoom | None,
    travels: Travels | None,
) -> None:
    @router.get("/events")
    async def events() -> Response:
        return event_stream(_stream(world, state, room, travels))

    @router.get("/files/{folder}/{file_id}")
    async def file(folder: str, file_id: str) -> Response:
        found = world.file(f"{folder}/{file_id}")
        if found is None:
            return Response(status_code=HTTPStatus.NOT_FOUND)
        if found.width:
            return Response(found.data, media_type=found.mime_type)
        # Never shown in place: a page of somebody's document would be a page of the playground.
        return Response(
            found.data,
            media_type="application/octet-stream",
            headers={"Content-Disposition": "attachment"},
        )


def _add_acting(router: APIRouter, world: World, people: Sequence[Persona]) -> None:
    polyglots = {persona.user_id: persona for persona in people if persona.polyglot}

    @router.post("/chats/{chat_id}/messages")
    async def send(chat_id: int, body: TextBody) -> dict[str, int]:
        return {"message_id": world.send_text(chat_id, body.text).message_id}

    @router.post("/chats/{chat_id}/replies")
    async def reply(chat_id: int, body: ReplyBody) -> dict[str, int]:
        return {"message_id": world.reply(chat_id, body.label).message_id}

    @router.post("/chats/{chat_id}/taps")
    async def tap(chat_id: int, body: TapBody) -> dict[str, str]:
        return {"query_id": world.press(chat_id, body.message_id, body.data)}

    @router.post("/chats/{chat_id}/start")
    async def start(chat_id: int, body: StartBody) -> dict[str, int]:
        world.unblock(chat_id)
        persona = polyglots.get(chat_id)
        if persona is not None and body.language:
            world.open_chat(chat_id, persona.name, body.language)
        started = (
            world.deep_link(chat_id, body.payload) if body.payload else world.send_text(chat_id, "/start")
        )
        return {"message_id": started.message_id}

    @router.post("/chats/{chat_id}/clear")
    async def clear(chat_id: int) -> dict[str, bool]:
        world.clear(chat_id)
        return {"ok": True}

    @router.post("/chats/{chat_id}/block")
    async def block(chat_id: int, body: BlockBody) -> dict[str, bool]:
        if body.blocked:
            world.block(chat_id)
        else:
            world.unblock(chat_id)
        return {"ok": True}


async def refuse(_request: Request, error: Exception) -> Response:
    """Answer a `PlaygroundError`: the page shows its words."""
    return JSONResponse({"detail": str(error)}, HTTPStatus.CONFLICT)


def state_json(
    world: World,
    people: Sequence[Persona],
    world_id: str,
    room: MailRoom | None = None,
    travels: Travels | None = None,
    *,
    payments: bool = False,
    bank: bool = False,
) -> dict[str, Any]:
    """Return everything that the page shows."""
    return {
        "type": "state",
        "world": world_id,
        "mail": None if room is None else {"room": room.id, "numbers": room.numbers},
        "payments": payments,
        "bank": bank,
        "clock": None if travels is None else travels.clock_json(),
        "bot": {"name": world.bot.first_name, "username": world.bot.username},
        "people": [
            {
                "key": persona.key,
                "chat_id": persona.user_id,
                "name": persona.name,
                "note": persona.note,
                "language": persona.language,
                "payload": persona.payload,
                "notice": persona.notice,
                "at_home": persona.at_home,
                "polyglot": persona.polyglot,
                "words": {
                    language: {"name": name, "note": note}
                    for language, (name, note) in persona.in_other_words.items()
                },
            }
            for persona in people
        ],
        "chats": [_chat_json(world, chat, travels) for chat in world.chats if chat.is_private],
    }


def _chat_json(world: World, chat: Chat, travels: Travels | None) -> dict[str, Any]:
    language = (chat.person.language if chat.person is not None else None) or ""
    return {
        "id": chat.id,
        "name": chat.person.first_name if chat.person is not None else chat.title,
        "language": language,
        "blocked": chat.blocked,
        "pinned": chat.pinned,
        "reply_keyboard": None if chat.reply_keyboard is None else chat.reply_keyboard.to_json(),
        "commands": [command.to_json() for command in world.profile.menu_for(chat.id, language)],
        "descriptions": dict(world.profile.descriptions),
        "messages": [_message_json(message) for message in tuple(chat.messages.values())[-_HISTORY:]],
        "leaps": [] if travels is None else [leap.to_json() for leap in travels.leaps(chat.id)],
    }


def _message_json(message: Message) -> dict[str, Any]:
    """Return the Bot API's Message, with what only an app knows."""
    found = message.to_json() | {"edits": message.edits, "silent": message.silent}
    if message.force_reply is not None:
        found["force_reply"] = {"placeholder": message.force_reply.placeholder}
    if message.reply_keyboard is not None:
        found["reply_keyboard"] = message.reply_keyboard.to_json()
    if message.removes_keyboard:
        found["removes_keyboard"] = True
    return found


def _event_json(event: _Single) -> dict[str, Any]:
    match event:
        case MessageSent():
            return {"type": "sent", "chat_id": event.chat_id, "message": _message_json(event.message)}
        case MessageEdited():
            return {"type": "edited", "chat_id": event.chat_id, "message": _message_json(event.message)}
        case MessagesDeleted():
            return {"type": "deleted", "chat_id": event.chat_id, "message_ids": event.message_ids}
        case CallbackAnswered():
            return {
                "type": "answered",
                "chat_id": event.chat_id,
                "query_id": event.query_id,
                "message_id": event.message_id,
                "text": event.text,
                "show_alert": event.show_alert,
                "url": event.url,
            }
        case ChatAction():
            return {"type": "action", "chat_id": event.chat_id, "action": event.action}
        case MailArrived():
            return {"type": "mail", "numbers": event.numbers}


def _time_json(event: TimePassed, travels: Travels) -> dict[str, Any]:
    leap = event.leap
    return {
        "type": "time",
        "clock": travels.clock_json(),
        "chat_id": None if leap is None else leap.chat_id,
        "leap": None if leap is None else leap.to_json(),
    }


async def _stream(
    world: World, state: Callable[[], dict[str, Any]], room: MailRoom | None, travels: Travels | None
) -> AsyncIterator[str]:
    def write(event: Event) -> dict[str, Any]:
        if isinstance(event, TimePassed) and travels is not None:
            return _time_json(event, travels)
        return _event_json(event) if isinstance(event, _Single) else state()

    with (
        world.subscribe() as feed,
        nullcontext() if room is None else room.telling(feed),
        nullcontext() if travels is None else travels.telling(feed),
    ):
        async for line in told(feed, state(), write):
            yield line
