"""The sender of the channel `telegram`: a row of the outbox becomes a message in a chat."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from types import TracebackType
from typing import Any, Self

import structlog
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from telegram import LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, TelegramError
from telegram.ext import Application, ApplicationBuilder, JobQueue

from bot.db.engine import Database
from bot.db.tables import ChatRow
from bot.domain.catalogue import Catalogue
from bot.messages import ChatMessage, with_phrase
from bot.services.sending.ceiling import Places
from bot.services.sending.notifier.answers import judge
from bot.services.sending.notifier.sending_bot import SendingBot, keyboard
from bot.services.sending.outbox import Claimed, Outcome, Ready, Result
from bot.services.sending.owed import Said
from bot.services.surroundings import Surroundings
from bot.texts import Locale, Texts, Translator

_log = structlog.get_logger(__name__)

CONNECTIONS = 16
"""As many as there are messages in flight on this channel."""

Render = Callable[[Mapping[str, Any], Translator, Catalogue], ChatMessage]
"""`bot.messages.render_chat`: the payload in one language; what it raises is tried again later."""


class Notifier:
    """Sends to chats, and ticks. Use it in an `async with` block, which opens and closes its connections.

    Telegram is asked for nothing until there is something to send.
    """

    def __init__(
        self,
        token: str,
        api_url: str,
        database: Database,
        surroundings: Surroundings,
        texts: Texts,
        render: Render,
        *,
        places: Places | None = None,
    ) -> None:
        """Speak with the bot's `token`, in the language that `database` knows of each chat.

        `api_url` is a Bot API server's, without a slash at its end. `places` are those of this process under the
        bot's ceiling; without them, all that there are.
        """
        self._places = places or Places()
        self._database = database
        self._surroundings = surroundings
        self._texts = texts
        self._render = render
        self._bot = SendingBot(token, api_url, places=self._places, connections=CONNECTIONS)
        self._ticks: JobQueue[Any] = JobQueue()
        self._application: Application[Any, Any, Any, Any, Any, Any] = (
            ApplicationBuilder().bot(self._bot).updater(None).job_queue(self._ticks).build()
        )

    async def __aenter__(self) -> Self:
        await self._application.initialize()
        await (
            self._ticks.start()
        )  # and not the application, which would wait for updates that never come to it
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._ticks.stop()
        await self._application.shutdown()

    def every(self, interval: timedelta, act: Callable[[], None]) -> None:
        """Call `act` again and again, late rather than never, and once for all that was missed.

        The times are not kept: the database says what is due, the tick only makes somebody look.
        """

        async def tick(_context: object) -> None:
            act()

        self._ticks.run_repeating(tick, interval, job_kwargs={"coalesce": True, "misfire_grace_time": None})

    async def send(self, claimed: Claimed) -> Outcome:
        """Send a message in the language that its chat has now, under the bot's ceiling.

        A chat that cannot be written to is marked; its user's next message takes the mark away.
        """
        (ready,) = await self.judge([claimed])
        if isinstance(ready.leave, Outcome):
            return ready.leave
        await self._places.push(pressing=lambda: not claimed.bulk)
        try:
            return await ready.leave()
        finally:
            self._places.pushed(claimed.chat_id)

    async def judge(self, rows: Sequence[Claimed]) -> list[Ready]:
        """Read who hears these rows, all at once. Whoever lets them leave takes their places under the ceiling."""
        async with self._database.read() as session:
            return await self.word(session, rows)

    async def word(self, session: AsyncSession, rows: Sequence[Claimed]) -> list[Ready]:
        """Read who hears these rows within a reading that there is already."""
        readers = await self._readers(
            session, {row.chat_id: row.payload for row in rows if row.chat_id is not None}
        )
        return [
            Ready(row, Outcome(Result.FAILED, "the row names no chat"))
            if row.chat_id is None
            else Ready(row, partial(self._leave, row, row.chat_id, *readers[row.chat_id]))
            for row in rows
        ]

    async def _leave(
        self, claimed: Claimed, chat_id: int, translator: Translator, phrase: str | None
    ) -> Outcome:
        message = with_phrase(
            self._render(claimed.payload, translator, self._surroundings.catalogue), translator, phrase
        )
        try:
            await self._send(chat_id, message)
        except TelegramError as error:
            outcome = judge(error)
            if message.replaces and outcome.result is Result.UNKNOWN:
                # To unpin and to edit are done once however often they are asked for; and perhaps only half was done.
                outcome = replace(outcome, result=Result.RETRY)
        except Exception:  # noqa: BLE001 - whatever it is, it comes after the message was sent
            # The answer was there and was not what the library expects: the message has most likely arrived.
            _log.exception("answer_not_understood", row=claimed.id)
            outcome = Outcome(Result.UNKNOWN, "an answer that cannot be understood")
        else:
            outcome = Outcome(Result.SENT)
        said = Said(
            message.html, language=translator.locale.value, catalogue=self._surroundings.catalogue.version
        )
        outcome = replace(outcome, said=said)
        if outcome.result is Result.UNREACHABLE:
            await self._mark_unreachable(chat_id)
        return outcome

    async def _send(self, chat_id: int, message: ChatMessage) -> None:
        if message.replaces:
            await self._take_down(chat_id, message)
            return
        try:
            await self._bot.send_message(
                chat_id,
                message.html,
                parse_mode=ParseMode.HTML,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
                reply_markup=keyboard(message),
            )
        except ChatMigrated as moved:
            # Only a group moves: the operator's. Its alerts go on until the setting follows.
            _log.warning("chat_moved", setting="OPERATOR_CHAT_ID", should_be=moved.new_chat_id)
            await self._send(moved.new_chat_id, message)

    async def _take_down(self, chat_id: int, message: ChatMessage) -> None:
        """Unpin the message that this one replaces, and say so in its place; one that is gone needs neither.

        One that is not pinned, since its reader or Telegram would not have it so, has to say it all the same.
        """
        try:
            await self._bot.unpin_chat_message(chat_id, message.replaces)
        except BadRequest as error:
            _log.info("card_not_unpinned", reason=error.message)
        try:
            await self._bot.edit_message_text(
                message.html,
                chat_id,
                message.replaces,
                parse_mode=ParseMode.HTML,
                reply_markup=keyboard(message),
            )
        except BadRequest as error:
            _log.info("card_not_replaced", reason=error.message)

    async def _readers(
        self, session: AsyncSession, told: Mapping[int, Mapping[str, Any]]
    ) -> Mapping[int, tuple[Translator, str | None]]:
        """The language of each chat, and the phrase by which its user knows genuine messages.

        Of a chat of which nothing is kept any more the message that is `told` may know the language.
        """
        found = await session.execute(
            select(ChatRow.id, ChatRow.language, ChatRow.security_phrase).where(ChatRow.id.in_(told))
        )
        known = {chat_id: (self._texts.translator(language), phrase) for chat_id, language, phrase in found}
        unknown = {
            chat_id: (self._texts.translator(payload.get("language", Locale.IT)), None)
            for chat_id, payload in told.items()
            if chat_id not in known
        }
        return unknown | known

    async def _mark_unreachable(self, chat_id: int) -> None:
        async with self._database.write() as session:
            await session.execute(
                update(ChatRow)
                .where(ChatRow.id == chat_id, ChatRow.unreachable_at.is_(None))
                .values(unreachable_at=self._surroundings.now())
            )
