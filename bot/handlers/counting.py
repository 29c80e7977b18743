"""Counts the updates that are processed, for `/metrics`."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import TelegramObject, Update
from aiogram.types.update import UpdateTypeLookupError
from aiogram_dialog.api.entities import DialogUpdate

from bot.services.vitals import Vitals


class CountUpdates(BaseMiddleware):
    """An outer middleware of updates. What fails is counted as failed, though an error handler may take it."""

    def __init__(self, vitals: Vitals) -> None:
        """Count in `vitals`."""
        self._vitals = vitals

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        """Let the update pass, and count it."""
        failed = True
        try:
            result = await handler(event, data)
            failed = False
        finally:
            self._vitals.updated(_kind(event), failed=failed)
        return result


def _kind(event: TelegramObject) -> str:
    if isinstance(event, DialogUpdate) or not isinstance(event, Update):
        return "background"
    try:
        return event.event_type
    except UpdateTypeLookupError:
        return "other"
