"""Lists to choose from: one button for each item, in columns, paged when there are many."""

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any

from aiogram.types import CallbackQuery, InlineKeyboardButton
from aiogram_dialog.api.internal import RawKeyboard, StyleWidget
from aiogram_dialog.api.protocols import DialogManager
from aiogram_dialog.widgets.common import WhenCondition
from aiogram_dialog.widgets.kbd import Group, Keyboard, ScrollingGroup, Select
from aiogram_dialog.widgets.style import EMPTY_STYLE

from bot.dialogs.widgets.texts import ItemLabel, translator_of
from bot.texts import Translator

MAX_ITEM_ID_BYTES = 20
MAX_WIDGET_ID_BYTES = 32
"""With the item's id, a colon and the library's own intent id of 7 bytes this stays below Telegram's 64."""

YES = "yes"
NO = "no"

OnChoice = Callable[[CallbackQuery, Any, DialogManager, str], Coroutine[Any, Any, None]]


@dataclass(frozen=True, slots=True)
class Choice:
    """One item of a list.

    Attributes:
        id: short and meaningless to others, at most 20 bytes: never an address or a name.
        label: what the button says, translated already.
    """

    id: str
    label: str

    @classmethod
    def one_of(cls, id: str, label: str, *, chosen: bool) -> "Choice":  # noqa: A002 - the attribute's name
        """Return an item of a list where one can be chosen, marked by a filled or an empty circle."""
        return cls(id, f"{'●' if chosen else '○'} {label}")

    @classmethod
    def tick(cls, id: str, label: str, *, chosen: bool) -> "Choice":  # noqa: A002 - the attribute's name
        """Return an item of a list where several can be chosen, marked by a filled or an empty square."""
        return cls(id, f"{'■' if chosen else '□'} {label}")

    @classmethod
    def flag(cls, id: str, label: str, *, chosen: bool) -> "Choice":  # noqa: A002 - the attribute's name
        """As `tick`, with what a tap is to do in the id (see `flag_wanted`).

        A second quick tap, or one that is delivered again after a crash, then sets what is set already.
        """
        return cls.tick(f"{'-' if chosen else '+'}{id}", label, chosen=chosen)


def flag_wanted(item_id: str) -> tuple[str, bool]:
    """Of a tapped `Choice.flag`: its id, and whether it is to be set or cleared, as the button was drawn."""
    return item_id.removeprefix("+").removeprefix("-"), not item_id.startswith("-")


def yes_or_no(translator: Translator, *, chosen: bool | None) -> tuple[Choice, Choice]:
    """Return Yes and No, ids `YES` and `NO`, alike in weight; with None neither is marked."""
    return (
        Choice.one_of(YES, translator.plain("choice-yes"), chosen=chosen is True),
        Choice.one_of(NO, translator.plain("choice-no"), chosen=chosen is False),
    )


class Choices(Group):
    """A list of `Choice` from the window's data, as buttons.

    The handler gets the id of the tapped item, as a string: also one that is not in the list any more, since
    a tap may come from an old screen. The service it calls has to judge the id.
    """

    def __init__(
        self,
        id: str,  # noqa: A002 - what aiogram-dialog calls it in every widget
        items: str | Callable[[dict[str, Any]], Sequence[Choice]],
        on_click: OnChoice,
        *,
        width: int = 1,
        scroll: int | str | None = None,
        when: WhenCondition = None,
        style: StyleWidget = EMPTY_STYLE,
    ) -> None:
        """Show `data[items]` in `width` columns.

        Args:
            id: widget id, unique within the dialog, at most 32 bytes; `<id>_page` is taken too if paged.
            items: field of the window's data, or a function of the data.
            on_click: `async (callback, widget, manager, item_id)`.
            width: buttons in a row.
            scroll: rows on a page, or the field of the window's data that says how many; with more, a row to turn
                pages is added. None never pages.
            when: condition, as for every widget.
            style: the colour of every item; what is compared has none (see `colours`).

        Raises:
            ValueError: the widget id is too long; while rendering, an item's id is.
        """
        if len(id.encode()) > MAX_WIDGET_ID_BYTES:
            raise ValueError(f"widget id {id!r} is longer than {MAX_WIDGET_ID_BYTES} bytes")
        select: Select[str] = Select(
            text=ItemLabel(_label),
            id=id,
            item_id_getter=_checked_id,
            items=items,
            on_click=on_click,
            style=style,
        )
        body: Keyboard = Group(select, width=width)
        if scroll is not None:
            body = _Pages(select, id=f"{id}_page", width=width, rows=scroll)
        super().__init__(body, when=when)


class _Pages(ScrollingGroup):
    """Pages with one row to turn them (previous, 2/5, next); beyond the last page comes the first."""

    def __init__(self, *buttons: Keyboard, id: str, width: int, rows: int | str) -> None:  # noqa: A002 - as above
        super().__init__(*buttons, id=id, width=width)
        self._rows = rows

    async def _render_keyboard(self, data: dict[str, Any], manager: DialogManager) -> RawKeyboard:
        keyboard = await self._render_contents(data, manager)
        rows, pages = self._rows_in(data), self._pages_of(keyboard, data)
        page = max(0, min(pages - 1, await self.get_page(manager)))
        return [*keyboard[page * rows : (page + 1) * rows], *await self._render_pager(pages, manager)]

    async def get_page_count(self, data: dict[str, Any], manager: DialogManager) -> int:
        return self._pages_of(await self._render_contents(data, manager), data)

    def _rows_in(self, data: dict[str, Any]) -> int:
        return self._rows if isinstance(self._rows, int) else int(data[self._rows])

    def _pages_of(self, keyboard: RawKeyboard, data: dict[str, Any]) -> int:
        return -(-len(keyboard) // self._rows_in(data))

    async def _render_pager(self, pages: int, manager: DialogManager) -> RawKeyboard:
        if pages <= 1:
            return []
        page = min(pages - 1, await self.get_page(manager))
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


def _label(item: Choice) -> str:
    return item.label


def _checked_id(item: Choice) -> str:
    if not 0 < len(item.id.encode()) <= MAX_ITEM_ID_BYTES:
        raise ValueError(f"the id {item.id!r} of a choice must have 1 to {MAX_ITEM_ID_BYTES} bytes")
    return item.id
