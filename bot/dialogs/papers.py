"""The evidence of an order as a file, sent to its customer who asks for it (DOMAIN.md 7)."""

import asyncio

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiogram.types import BufferedInputFile
from aiogram_dialog import DialogManager, ShowMode

from bot.dialogs.context import actor_of, answered_below, services_of, translator_of

_log = structlog.get_logger(__name__)


async def send_papers(manager: DialogManager, number: str) -> None:
    """Send the papers of an order below the screen, which stays as it is.

    A failure of Telegram is logged: they can be asked for again.

    Raises:
        NotYours: no such order, or not this chat's.
        NothingRecorded: the order is from before evidence was kept in chains.
    """
    from bot.messages.paper import paper

    translator = translator_of(manager)
    document = await services_of(manager).papers.of_own_order(actor_of(manager), number)
    manager.show_mode = ShowMode.NO_UPDATE
    await manager.answer_callback()  # a long order takes a moment
    file = await asyncio.to_thread(paper, document, translator)
    bot: Bot = manager.middleware_data["bot"]
    try:
        await bot.send_document(
            actor_of(manager).chat_id,
            BufferedInputFile(file, filename=translator.plain("evidence-file", name=document.name)),
            caption=translator.html("evidence-caption", name=document.name),
        )
    except TelegramAPIError as error:
        _log.warning("papers_not_sent", order=document.name, reason=type(error).__name__)
    else:
        answered_below(manager)
