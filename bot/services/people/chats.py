"""The chats that speak with the bot, and the language of each."""

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.engine import Database
from bot.db.tables import ChatRow
from bot.services.actor import Actor
from bot.services.at_hand import at_hand
from bot.services.sending.outbox import send_again
from bot.services.surroundings import Surroundings
from bot.services.watching import look_again_for_chat


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
        known = (await at_hand(self._database, chat_id)).chat
        if known is None:
            async with self._database.write() as session:
                row = await session.get(ChatRow, chat_id)
                if row is None:
                    row = ChatRow(id=chat_id, language=first_language, created_at=self._surroundings.now())
                    session.add(row)
            return Actor(chat_id, row.language)
        if known.unreachable:
            await self._welcome_back(chat_id)
        return Actor(chat_id, known.language)

    async def leave(self, chat_id: int, first_language: str) -> Actor:
        """The user has blocked the bot: the chat cannot be written to until they come back (DOMAIN.md 6)."""
        actor = await self.arrive(chat_id, first_language)
        async with self._database.write() as session:
            row = await session.get_one(ChatRow, chat_id)
            row.unreachable_at = self._surroundings.now()
            await session.flush()
            await self._look_again(session, chat_id)
        return actor

    async def _welcome_back(self, chat_id: int) -> None:
        """Tell the user what could not be told meanwhile, and remind in this chat again."""
        async with self._database.write() as session:
            await session.execute(update(ChatRow).where(ChatRow.id == chat_id).values(unreachable_at=None))
            await send_again(session, chat_id, self._surroundings.now())
            await self._look_again(session, chat_id)

    async def _look_again(self, session: AsyncSession, chat_id: int) -> None:
        catalogue, today = self._surroundings.catalogue, self._surroundings.today()
        await look_again_for_chat(session, catalogue, today, chat_id)

    async def set_language(self, actor: Actor, language: str) -> Actor:
        """Speak this language in the chat from now on."""
        async with self._database.write() as session:
            row = await session.get(ChatRow, actor.chat_id)
            if row is not None:
                row.language = language
        return Actor(actor.chat_id, language)
