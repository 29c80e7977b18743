"""What works whatever dialog is open: commands, and the buttons of plain messages.

All of it is asked before the dialogs, so that none of them can swallow it. A tap on a window of a dialog, which most
taps are, passes it by in one step: asking a dozen routers one by one costs as much as reading the chat's state.
"""

from typing import Any

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery
from aiogram_dialog.utils import remove_intent_id


class OfPlainMessage(Filter):
    """A button that is not one of a dialog's window: those carry the name of their dialog."""

    async def __call__(self, event: CallbackQuery, **_: Any) -> bool:
        """Whether it is."""
        intent_id, _rest = remove_intent_id(event.data or "")
        return intent_id is None


def plain_router(*routers: Router) -> Router:
    """These routers, none of which has to do with the buttons of dialogs."""
    router = Router(name="plain")
    router.callback_query.filter(OfPlainMessage())
    router.include_routers(*routers)
    return router
