"""The chats that speak with the bot, and the language of each."""

from dataclasses import dataclass

from sqlalchemy import update

from bot.db.engine import Database
from bot.db.tables import ChatRow
from bot.services.surroundings import Surroundings


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks: a private chat. `chat_id` is Telegram's, `language` is ``it`` or ``en``."""

    chat_id: int
    language: str


class Chats:
    """Knows each chat from its first message on."""

    def __init__(self, database: Database, surroundings: Surroundings) -> None:
        """Keep the chats in `database`."""
        self._database = database
        self._surroundings = surroundings

    async def arrive(self, chat_id: int, first_language: str) -> Actor:
        """The actor of this chat, made at its first appearance with the language Telegram reports.

        A chat that was marked unreachable is so no longer: its user is here.
        """
        async with self._database.read() as session:
            row = await session.get(ChatRow, chat_id)
        if row is None:
            async with self._database.write() as session:
                row = await session.get(ChatRow, chat_id)
                if row is None:
                    row = ChatRow(id=chat_id, language=first_language, created_at=self._surroundings.now())
                    session.add(row)
        elif row.unreachable_at is not None:
            async with self._database.write() as session:
                await session.execute(
                    update(ChatRow).where(ChatRow.id == chat_id).values(unreachable_at=None)
                )
        return Actor(chat_id, row.language)

    async def set_language(self, actor: Actor, language: str) -> Actor:
        """Speak this language in the chat from now on."""
        async with self._database.write() as session:
            row = await session.get(ChatRow, actor.chat_id)
            if row is not None:
                row.language = language
        return Actor(actor.chat_id, language)
