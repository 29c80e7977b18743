"""The dispatcher: an update is one unit of its chat's state, from the first filter to the last error handler.

aiogram's own isolation is released before error handlers run, is not taken at all for the dialog library's
background events, and never frees its locks. Here the whole of an update runs inside `ChatUnits.open`.
"""

from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from aiogram import BaseMiddleware, Bot, Dispatcher
from aiogram.dispatcher.event.bases import UNHANDLED, CancelHandler
from aiogram.dispatcher.middlewares.user_context import UserContextMiddleware
from aiogram.methods import (
    AnswerCallbackQuery,
    DeleteMessage,
    EditMessageMedia,
    EditMessageText,
    SendMessage,
    SendPhoto,
)
from aiogram.methods.base import Response
from aiogram.types import TelegramObject, Update
from aiogram_dialog.api.entities import DialogUpdate

from bot.db.away import is_away
from bot.db.chat_units import ChatKey, ChatUnits, Unit
from bot.db.turns import ChatBusy, LostRace, StateUnavailable
from bot.services.giving_way import Answering
from bot.telegram.reading import read_update

NO_CHAT = 0
"""Stands for the chat of an update that has neither chat nor user."""

TRIES = 3
"""How often an update is done when another process is quicker each time; then Telegram brings it again."""

_KEPT = tuple(
    Response[method.__returning__]  # type: ignore[name-defined]
    for method in (
        AnswerCallbackQuery,
        DeleteMessage,
        EditMessageMedia,
        EditMessageText,
        SendMessage,
        SendPhoto,
    )
)
"""aiogram asks for these types at every call, and pydantic forgets them when nobody holds them: 4 ms to build anew."""

_NOT_STORED = "it comes again; if that goes on, 'doctor' says whether the database or Redis is away"

_log = structlog.get_logger(__name__)


class RinnovoDispatcher(Dispatcher):
    """A dispatcher whose updates are serial within a chat, and leave all of their state or none.

    Handlers of errors start from the state as it was before the update: what the failed handler changed is
    gone. What they change themselves is kept. An update that was processed already is ignored; one that lost the race
    against another process is done again from the start. Handlers find the unit in the argument `unit`.

    Give `DisabledEventIsolation()` to `setup_dialogs`: the chat is held already.
    """

    def __init__(self, units: ChatUnits, answering: Answering | None = None, **workflow_data: Any) -> None:
        """Keep the state in `units`, note in `answering` who is answered; `workflow_data` reaches handlers by name."""
        super().__init__(storage=units.storage, **workflow_data)
        self.answering = answering or Answering()
        self._units = units
        self.update.outer_middleware(ForgetOnFailure())

    async def feed_update(self, bot: Bot, update: Update, **kwargs: Any) -> Any:
        """Process one update that came from Telegram, and return what its handler returned.

        When this returns, what the update changed is stored.

        Raises:
            StateUnavailable: nothing was stored, and the update must be delivered again; it is logged here.
            Exception: what the handlers raised and no error handler took; the update counts as processed.
        """
        chat = ChatKey(bot.id, chat_of(update))
        try:
            # Also while it is done again: its window may be drawn, and a tap on that be waiting behind it.
            async with self._units.hold(chat):
                with self.answering.one():
                    return await self._until_stored(chat, bot, update, **kwargs)
        except ChatBusy as busy:
            _log.info("update_put_off", update_id=update.update_id, reason=str(busy))
            raise
        except StateUnavailable as error:
            reason = repr(error.__cause__ or error)
            _log.error("update_not_stored", update_id=update.update_id, reason=reason, hint=_NOT_STORED)
            raise

    async def feed_raw_update(self, bot: Bot, update: dict[str, Any], **kwargs: Any) -> Any:
        """Process one update as the Bot API has it.

        Raises:
            ValidationError: it is not an update.
            StateUnavailable, Exception: as `feed_update`.
        """
        return await self.feed_update(bot, read_update(update, bot), **kwargs)

    async def _until_stored(self, chat: ChatKey, bot: Bot, update: Update, **kwargs: Any) -> Any:
        for _ in range(TRIES - 1):
            try:
                return await self._process(chat, bot, update, **kwargs)
            except LostRace as lost:
                _log.info("update_again", update_id=update.update_id, reason=str(lost))
        return await self._process(chat, bot, update, **kwargs)

    async def _process(self, chat: ChatKey, bot: Bot, update: Update, **kwargs: Any) -> Any:
        async with self._units.open(chat, update.update_id, held=True) as unit:
            if unit.repeated:
                _log.info("update_repeated", update_id=update.update_id)
                return UNHANDLED
            try:
                return await super().feed_update(bot, update, **{**kwargs, "unit": unit})
            except NotProcessed as undone:
                raise undone.reason from undone.reason.__cause__

    async def propagate_event(self, update_type: str, event: TelegramObject, **kwargs: Any) -> Any:
        """Process an event; one that the dialog library made itself becomes a unit too."""
        if not isinstance(event, DialogUpdate) or update_type != "update":
            return await super().propagate_event(update_type, event, **kwargs)
        bot: Bot = kwargs["bot"]
        async with self._units.open(ChatKey(bot.id, event.event.chat.id)) as unit:
            try:
                return await super().propagate_event(update_type, event, **{**kwargs, "unit": unit})
            except NotProcessed as undone:
                raise undone.reason from undone.reason.__cause__


class NotProcessed(CancelHandler):
    """Carries an error past all error handlers: the update is not processed, and nobody is told of it."""

    def __init__(self, reason: StateUnavailable) -> None:
        """Carry `reason`."""
        super().__init__(str(reason))
        self.reason = reason


class ForgetOnFailure(BaseMiddleware):
    """Throws away what a handler changed when it fails, before the error handlers look at the state.

    Where the database was away there is nothing to look at: the update is not processed, and comes again.
    """

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        """Let the event pass, and forget its changes if it raises."""
        unit: Unit = data["unit"]
        try:
            return await handler(event, data)
        except StateUnavailable as error:
            raise NotProcessed(error) from error
        except Exception as error:
            if is_away(error):
                away = StateUnavailable("the database is away")
                away.__cause__ = error
                raise NotProcessed(away) from error
            unit.discard()
            raise


def chat_of(update: Update) -> int:
    """Return the chat that an update belongs to: its chat, or the private chat of its user."""
    context = UserContextMiddleware.resolve_event_context(update)
    if context.chat_id is not None:
        return context.chat_id
    return NO_CHAT if context.user_id is None else context.user_id
