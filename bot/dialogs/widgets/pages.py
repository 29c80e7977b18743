"""Turning the pages of a text that is too long for one message."""

from collections.abc import Sequence
from typing import Any, Final, TypeVar

from aiogram.types import CallbackQuery, InlineKeyboardButton
from aiogram_dialog.api.internal import RawKeyboard
from aiogram_dialog.api.protocols import DialogManager, DialogProtocol
from aiogram_dialog.widgets.kbd import StubScroll

from bot.dialogs.widgets.texts import translator_of

PAGES: Final = "pages"
"""The field of the window's data that says how many pages there are."""

T = TypeVar("T")


class PageTurner(StubScroll):
    """A row of three buttons (previous, 2/5, next) for the pages of the window's text; beyond the last is the first.

    The getter asks `shown_page` which page it is to write, and says in `pages` how many there are. With one page
    there is no row.
    """

    def __init__(self, id: str) -> None:  # noqa: A002 - what aiogram-dialog calls it in every widget
        """Keep the page under `id`, unique within the dialog."""
        super().__init__(id=id, pages=PAGES)

    async def _render_keyboard(self, data: dict[str, Any], manager: DialogManager) -> RawKeyboard:
        pages = await self.get_page_count(data, manager)
        if pages <= 1:
            return []
        page = _within(await self.get_page(manager), pages)
        translator = translator_of(manager)
        turns = (
            (translator.plain("pager-previous"), (page - 1) % pages),
            (translator.plain("pager-position", page=page + 1, pages=pages), page),
            (translator.plain("pager-next"), (page + 1) % pages),
        )
        return [
            [
                InlineKeyboardButton(text=text, callback_data=self._item_callback_data(target))
                for text, target in turns
            ]
        ]

    async def _process_item_callback(
        self,
        callback: CallbackQuery,
        data: str,
        dialog: DialogProtocol,  # noqa: ARG002 - the signature is aiogram-dialog's
        manager: DialogManager,
    ) -> bool:
        await self.set_page(callback, int(data), manager)
        return True


async def shown_page(manager: DialogManager, scroll_id: str, items: Sequence[T], size: int) -> Sequence[T]:
    """The items on the page at which the scroll `scroll_id` stands, `size` to a page; its last page if it is beyond.

    `scroll_id` is a `PageTurner`'s, or `<id>_page` of paged `Choices`.
    """
    scroll = manager.find(scroll_id)
    page = 0 if scroll is None else _within(await scroll.get_page(), page_count(items, size))
    return items[page * size : (page + 1) * size]


def page_count(items: Sequence[object], size: int) -> int:
    """How many pages of `size` items there are; one at least."""
    return max(1, -(-len(items) // size))


def _within(page: int, pages: int) -> int:
    return max(0, min(pages - 1, page))
