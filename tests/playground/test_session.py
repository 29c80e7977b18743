"""The in-process session: aiogram cannot tell it from HTTP."""

from collections.abc import AsyncIterator

import pytest
from aiogram import Bot, Dispatcher, F
from aiogram.client.default import DefaultBotProperties
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNotFound,
    TelegramUnauthorizedError,
)
from aiogram.methods import SetMyName
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BufferedInputFile,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    MenuButtonCommands,
    Message,
)

from bot.playground.session import WorldSession
from bot.playground.world import World
from tests.playground.conftest import ADA, TOKEN, png


@pytest.fixture
async def bot(world: World) -> AsyncIterator[Bot]:
    """A bot of aiogram over the session, with the defaults that a real one has."""
    defaults = DefaultBotProperties(parse_mode="HTML", link_preview_is_disabled=True)
    async with Bot(TOKEN, session=WorldSession(world), default=defaults).context() as bot:
        yield bot


def a_button(text: str, data: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text=text, callback_data=data)]])


async def test_a_conversation(world: World, bot: Bot) -> None:
    dispatcher = Dispatcher()

    @dispatcher.message(F.text)
    async def ask(message: Message) -> None:
        assert message.from_user is not None
        await message.answer(
            f"<b>Ciao</b> {message.from_user.first_name}", reply_markup=a_button("Avanti", "go")
        )

    @dispatcher.callback_query(F.data == "go")
    async def go(query: CallbackQuery) -> None:
        assert isinstance(query.message, Message)
        await query.answer("Fatto")
        await query.message.edit_text("<i>Finito</i>")

    async def settle() -> None:
        for update in world.drain_updates():
            await dispatcher.feed_raw_update(bot, update)

    world.send_text(ADA, "/start")
    await settle()
    shown = world.last_answer(ADA)
    assert (shown.text, shown.labels) == ("Ciao Ada", (("Avanti",),))
    query = world.tap(ADA, shown.message_id, "Avanti")
    await settle()
    answer = world.callback_answer(query)
    assert answer is not None
    assert answer.text == "Fatto"
    assert (shown.text, shown.labels) == ("Finito", ())


async def test_files_go_and_come(bot: Bot, world: World) -> None:
    sent = await bot.send_photo(ADA, BufferedInputFile(png(), "qr.png"), caption="<b>QR</b>")
    assert sent.photo is not None
    content = await bot.download(sent.photo[0])
    assert content is not None
    assert content.read() == png()
    media = InputMediaPhoto(media=BufferedInputFile(png(10, 10), "b.png"), caption="nuovo")
    await bot.edit_message_media(media, chat_id=ADA, message_id=sent.message_id)
    assert world.message(ADA, sent.message_id).text == "nuovo"
    document = await bot.send_document(ADA, BufferedInputFile(b"%PDF", "ordine.pdf"))
    assert document.document is not None
    assert document.document.file_name == "ordine.pdf"
    with pytest.raises(FileNotFoundError):
        await bot.download_file("photos/none")


async def test_refusals_become_aiograms_exceptions(bot: Bot, world: World) -> None:
    with pytest.raises(TelegramBadRequest, match="message text is empty"):
        await bot.send_message(ADA, "")
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await bot.send_message(99, "x")
    with pytest.raises(TelegramNotFound, match="Not Found"):
        await bot(SetMyName(name="x"))
    world.block(ADA)
    with pytest.raises(TelegramForbiddenError, match="blocked by the user"):
        await bot.send_message(ADA, "x")


async def test_another_token_is_unauthorized(world: World) -> None:
    async with Bot("42:OTHER", session=WorldSession(world)).context() as other:
        with pytest.raises(TelegramUnauthorizedError, match="Unauthorized"):
            await other.get_me()


async def test_what_a_bot_sets_up_at_its_start(bot: Bot, world: World) -> None:
    assert (await bot.get_me()).username == "rinnovo_bot"
    commands = [BotCommand(command="start", description="Comincia")]
    await bot.set_my_commands(commands, BotCommandScopeAllPrivateChats(), "it")
    await bot.set_my_description("Rinnova la PEC")
    await bot.set_my_short_description("PEC")
    await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    await bot.delete_webhook(drop_pending_updates=True)
    assert (await bot.get_chat(ADA)).first_name == "Ada"
    assert [each.command for each in world.profile.menu_for(ADA, "it")] == ["start"]


async def test_everything_that_aiogram_may_add_is_accepted(bot: Bot) -> None:
    first = await bot.send_message(ADA, "x", disable_notification=True, protect_content=True)
    reply = await first.reply("y", message_effect_id="5104841245755180586", link_preview_options=None)
    assert reply.reply_to_message is not None
    await first.edit_reply_markup(reply_markup=a_button("z", "z"))
    await bot.send_chat_action(ADA, "typing")
    await first.pin(disable_notification=True)
    await reply.delete()
