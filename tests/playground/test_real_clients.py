"""The real libraries over real HTTP on the loopback: what they send must be understood, and what they get too."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import telegram
from aiogram import Bot, Dispatcher, F
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramConflictError
from aiogram.types import (
    BufferedInputFile,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    Message,
)

from bot.playground.errors import PlaygroundError
from bot.playground.events import CallbackAnswered, Event, Feed, MessageEdited, MessageSent
from bot.playground.runner import serve_playground
from bot.playground.world import World
from tests.playground.conftest import ADA, TOKEN, png

HANGS = 60
"""Seconds after which something hangs, on however busy a machine."""


@pytest.fixture
async def base(world: World) -> AsyncIterator[str]:
    """The address of the served world."""
    async with serve_playground(world) as base:
        yield base


@pytest.fixture
async def bot(base: str) -> AsyncIterator[Bot]:
    """A bot of aiogram, as one with ``BOT_API_URL`` is made."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(base))
    defaults = DefaultBotProperties(parse_mode="HTML", link_preview_is_disabled=True)
    async with Bot(TOKEN, session=session, default=defaults).context() as bot:
        yield bot


async def waits(world: World) -> None:
    """Wait until somebody waits for updates."""
    async with asyncio.timeout(HANGS):
        while world._state.updates._poll is None:
            await asyncio.sleep(0.01)


async def next_of(feed: Feed, *kinds: type[Event]) -> Event:
    """Wait for the next event of some kinds."""
    async with asyncio.timeout(HANGS):
        async for event in feed:
            if isinstance(event, kinds):
                return event
    raise AssertionError("the world closed")


async def test_a_polling_bot_talks_edits_answers_and_shows_a_picture(world: World, bot: Bot) -> None:
    dispatcher = Dispatcher()

    @dispatcher.message(F.text == "/start")
    async def start(message: Message) -> None:
        button = InlineKeyboardButton(text="Avanti", callback_data="go")
        await message.answer("<b>Ciao</b>", reply_markup=InlineKeyboardMarkup(inline_keyboard=[[button]]))

    @dispatcher.callback_query(F.data == "go")
    async def go(query: CallbackQuery) -> None:
        assert isinstance(query.message, Message)
        await query.answer("Fatto", show_alert=True)
        await query.message.edit_text("Ecco il QR")
        media = InputMediaPhoto(media=BufferedInputFile(png(), "qr.png"), caption="<b>QR</b>")
        await query.message.edit_media(media)
        await query.message.answer_photo(BufferedInputFile(png(), "qr.png"), caption="di nuovo")

    polling = asyncio.create_task(
        dispatcher.start_polling(bot, handle_signals=False, polling_timeout=5, close_bot_session=False)
    )
    with world.subscribe() as feed:
        world.send_text(ADA, "/start")
        await next_of(feed, MessageSent)
        await next_of(feed, MessageSent)
        shown = world.last_answer(ADA)
        assert (shown.text, shown.labels) == ("Ciao", (("Avanti",),))
        world.tap(ADA, shown.message_id, "Avanti")
        answered = await next_of(feed, CallbackAnswered)
        assert isinstance(answered, CallbackAnswered)
        assert (answered.text, answered.show_alert) == ("Fatto", True)
        await next_of(feed, MessageEdited)
        await next_of(feed, MessageEdited)
        assert (shown.text, shown.content.has_media, shown.edits) == ("QR", True, 2)
        await next_of(feed, MessageSent)
        assert world.last_answer(ADA).text == "di nuovo"
    await dispatcher.stop_polling()
    await polling


async def test_a_second_bot_on_the_same_token_is_told(world: World, bot: Bot) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=HANGS, request_timeout=2 * HANGS))
    await waits(world)
    second = asyncio.create_task(bot.get_updates(timeout=HANGS, request_timeout=2 * HANGS))
    with pytest.raises(TelegramConflictError, match="terminated by other getUpdates request"):
        await first
    second.cancel()


async def test_python_telegram_bot_sends_beside_it(world: World, base: str) -> None:
    async with telegram.Bot(TOKEN, base_url=f"{base}/bot", base_file_url=f"{base}/file/bot") as sender:
        assert sender.username == "rinnovo_bot"
        markup = telegram.InlineKeyboardMarkup(
            [[telegram.InlineKeyboardButton("Rinnova", callback_data="r")]]
        )
        sent = await sender.send_message(
            ADA,
            "<b>Scade</b> tra 14 giorni",
            parse_mode="HTML",
            reply_markup=markup,
            disable_notification=True,
            link_preview_options=telegram.LinkPreviewOptions(is_disabled=True),
            protect_content=True,
        )
        assert sent.text == "Scade tra 14 giorni"
        shown = world.last_answer(ADA)
        assert (shown.message_id, shown.labels, shown.silent) == (sent.message_id, (("Rinnova",),), True)
        await sender.edit_message_text("Fatto", ADA, sent.message_id)
        photo = await sender.send_photo(ADA, png(), caption="QR", filename="qr.png")
        file = await sender.get_file(photo.photo[-1])
        assert bytes(await file.download_as_bytearray()) == png()
        await sender.send_document(ADA, b"%PDF", filename="ordine.pdf")
        assert await sender.delete_message(ADA, photo.message_id)
        chat = await sender.get_chat(ADA)
        assert chat.first_name == "Ada"
        with pytest.raises(telegram.error.BadRequest, match="Chat not found"):
            await sender.send_message(99, "x")
        world.block(ADA)
        with pytest.raises(telegram.error.Forbidden, match="bot was blocked by the user"):
            await sender.send_message(ADA, "x")


async def test_the_port_is_free_again_after_a_stop_with_a_poll_waiting(world: World) -> None:
    async with serve_playground(world) as base:
        port = int(base.rpartition(":")[2])
        session = AiohttpSession(api=TelegramAPIServer.from_base(base))
        async with Bot(TOKEN, session=session).context() as bot:
            poll = asyncio.create_task(bot.get_updates(timeout=2 * HANGS, request_timeout=3 * HANGS))
            await waits(world)
            world.close()
            async with asyncio.timeout(HANGS):
                assert await poll == []
    async with serve_playground(World(TOKEN), port=port) as again:
        assert again == base


async def test_the_playground_is_for_this_machine_only(world: World) -> None:
    with pytest.raises(PlaygroundError, match="on this machine only"):
        async with serve_playground(world, host="0.0.0.0"):  # noqa: S104 - this is what must be refused
            pass


async def test_a_taken_port_is_said(world: World) -> None:
    async with serve_playground(world) as base:
        with pytest.raises(OSError, match=r"[Aa]ddress already in use"):
            async with serve_playground(World(TOKEN), port=int(base.rpartition(":")[2])):
                pass
