"""Both languages, the shipped catalogue, and a Telegram that is strict about its HTML."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.domain.catalogue import Catalogue
from bot.messages import ChatButton, ChatMessage, MailMessage, render_chat, render_mail
from bot.playground.messages import Message
from bot.playground.world import World
from bot.texts import Locale, Texts, Translator
from tests.support.catalogue import example_catalogue

READER = 7

Chat = Callable[..., ChatMessage]
Mail = Callable[..., MailMessage]
Read = Callable[[ChatMessage], Awaitable[str]]
Show = Callable[[ChatMessage], Awaitable[Message]]


@pytest.fixture(params=list(Locale), ids=str)
def translator(request: pytest.FixtureRequest, texts: Texts) -> Translator:
    """Each language."""
    return texts.translator(request.param)


@pytest.fixture
def texts_it(texts: Texts) -> Translator:
    """Italian."""
    return texts.translator("it")


@pytest.fixture
def chat(texts: Texts) -> Chat:
    """Render for a chat; Italian and the shipped catalogue unless told otherwise."""

    def render(
        payload: dict[str, Any], language: str = "it", catalogue: Catalogue | None = None
    ) -> ChatMessage:
        return render_chat(payload, texts.translator(language), catalogue or example_catalogue())

    return render


@pytest.fixture
def mail(texts: Texts) -> Mail:
    """Render as an e-mail; Italian and the shipped catalogue unless told otherwise."""

    def render(
        payload: dict[str, Any], language: str = "it", catalogue: Catalogue | None = None
    ) -> MailMessage:
        return render_mail(payload, texts.translator(language), catalogue or example_catalogue())

    return render


@pytest.fixture
def show() -> Show:
    """Send a message to the strict playground, and return it as it stands in the chat."""
    world = World("42:TEST")
    world.open_chat(READER, "Ada", "it")
    world.send_text(READER, "/start")

    async def send(message: ChatMessage) -> Message:
        params = {"chat_id": str(READER), "text": message.html, "parse_mode": "HTML"}
        if message.rows:
            params["reply_markup"] = keyboard_json(message)
        await world.call("sendMessage", params)
        return world.last_answer(READER)

    return send


@pytest.fixture
def read(show: Show) -> Read:
    """Send a message to the strict playground, and return its text as a person reads it."""

    async def text_of(message: ChatMessage) -> str:
        return (await show(message)).text

    return text_of


def _action(button: ChatButton) -> dict[str, Any]:
    if button.url:
        return {"url": button.url}
    return {"copy_text": {"text": button.copied}} if button.copied else {"callback_data": button.data}


def keyboard_json(message: ChatMessage) -> str:
    """The keyboard as the Bot API takes it."""
    rows = [[{"text": button.label, **_action(button)} for button in row] for row in message.rows]
    return json.dumps({"inline_keyboard": rows})
