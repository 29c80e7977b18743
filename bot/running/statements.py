"""What a worker does with the bank's statements: it takes those sent in the chat, and those put into the folder."""

from datetime import timedelta
from pathlib import Path
from typing import Final

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiohttp import ClientError

from bot.runtime import Running
from bot.services.statements.folder import StatementFolder
from bot.services.statements.uploads import Fetch, NotFetched

UPLOADS_TICK: Final = timedelta(seconds=3)
"""Somebody waits in the chat."""
FOLDER_TICK: Final = timedelta(seconds=15)


def fetching(bot: Bot) -> Fetch:
    """How files are fetched from Telegram, as this bot."""

    async def fetch(file_id: str, path: Path) -> None:
        try:
            await bot.download(file_id, path)
        except (TelegramAPIError, ClientError, OSError, TimeoutError) as error:
            raise NotFetched from error

    return fetch


class Inbox:
    """Takes what comes without a command."""

    def __init__(self, running: Running) -> None:
        """Take it for this bot."""
        services, folder = running.conversation.services, running.settings.statements_dir
        self._uploads = services.statement_uploads
        self._fetch = fetching(running.bot)
        self._folder = (
            None if folder is None else StatementFolder(folder, services.statements, services.surroundings)
        )

    async def take_uploads(self) -> None:
        """Take the files that were sent in the chat."""
        await self._uploads.take_all(self._fetch)

    async def look_into_folder(self) -> None:
        """Take the files that were put into STATEMENTS_DIR, if there is one."""
        if self._folder is not None:
            await self._folder.look()
