"""`/calendar`: the deadlines of the chat's mailboxes as a file for any calendar."""

from aiogram import Bot, Router
from aiogram.filters import Command
from aiogram.types import BufferedInputFile, Message
from aiogram_dialog import DialogManager

from bot.dialogs.context import actor_of, services_of, translator_of
from bot.dialogs.rewriting import say_below
from bot.handlers.entering import link_keyboard
from bot.messages.calendar_file import Issue, calendar_file


def calendar_router() -> Router:
    """The command."""
    router = Router(name="calendar")
    router.message.register(calendar, Command("calendar", "calendario", ignore_case=True))
    return router


async def calendar(message: Message, bot: Bot, dialog_manager: DialogManager) -> None:
    """Send the file; where there is nothing to put in it, say so."""
    services, translator = services_of(dialog_manager), translator_of(dialog_manager)
    deadlines = await services.renewals.deadlines(actor_of(dialog_manager))
    if not deadlines:
        await say_below(message, translator.html("calendar-none"), reply_markup=link_keyboard(dialog_manager))
        return
    surroundings = services.surroundings
    issue = Issue(
        bot_id=bot.id,
        link=f"https://t.me/{(await bot.me()).username}",
        now=surroundings.now(),
        today=surroundings.today(),
        zone=surroundings.zone,
    )
    file = calendar_file(deadlines, translator, surroundings.catalogue, issue)
    await message.answer_document(
        BufferedInputFile(file, translator.plain("calendar-file")),
        caption=translator.html("calendar-caption", count=len(deadlines)),
    )
