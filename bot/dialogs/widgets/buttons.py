"""Buttons that look and are named alike in every window."""

from collections.abc import Callable, Mapping
from typing import Any

from aiogram.types import InlineKeyboardButton
from aiogram_dialog.api.internal import RawKeyboard, StyleWidget, TextWidget
from aiogram_dialog.api.protocols import DialogManager
from aiogram_dialog.widgets.common import WhenCondition
from aiogram_dialog.widgets.kbd import Button, Keyboard, Row, Url
from aiogram_dialog.widgets.kbd.button import OnClick
from aiogram_dialog.widgets.style import EMPTY_STYLE
from aiogram_dialog.widgets.text import Text

from bot.dialogs.widgets.texts import Label


def nav_row(
    prefix: str,
    *,
    back: OnClick | None = None,
    cancel: OnClick | None = None,
    close: OnClick | None = None,
    back_when: WhenCondition = None,
    instead: Keyboard | None = None,
    when: WhenCondition = None,
) -> Row:
    """Return one row of Back, Cancel, Close: a button for each handler that is given.

    Back is there only `back_when` it leads somewhere; `instead` is a button that stands in its place.

    `prefix` is the window's own: widget ids (`<prefix>_back`…) must be unique within a dialog, or a second
    tap acts on the next window.

    Raises:
        ValueError: no handler is given.
    """
    kinds = (
        ("back", "nav-back", back),
        ("cancel", "nav-cancel", cancel),
        ("close", "nav-close", close),
    )
    buttons: list[Keyboard] = [
        Button(
            Label(key),
            id=f"{prefix}_{name}",
            on_click=on_click,
            when=back_when if name == "back" else None,
        )
        for name, key, on_click in kinds
        if on_click is not None
    ]
    if not buttons:
        raise ValueError("a row of navigation needs at least one handler")
    return Row(*((instead, *buttons) if instead else buttons), when=when)


class UrlButton(Url):
    """A button that opens a link which comes from the window's data."""

    def __init__(
        self,
        text: TextWidget,
        url: str | Callable[[Mapping[str, Any]], str],
        when: WhenCondition = None,
        style: StyleWidget = EMPTY_STYLE,
    ) -> None:
        """Open `data[url]`, or what the function `url` makes of the data."""
        super().__init__(text, _FromData(url), when=when, style=style)


class UrlButtons(Keyboard):
    """A row for each link of `data[name]`, pairs of a label and where it leads."""

    def __init__(self, name: str, when: WhenCondition = None) -> None:
        """Open what `data[name]` lists."""
        super().__init__(when=when)
        self.name = name

    async def _render_keyboard(
        self,
        data: dict[str, Any],
        manager: DialogManager,  # noqa: ARG002 - the signature is aiogram-dialog's
    ) -> RawKeyboard:
        return [[InlineKeyboardButton(text=label, url=url)] for label, url in data[self.name]]


class _FromData(Text):
    def __init__(self, source: str | Callable[[Mapping[str, Any]], str]) -> None:
        super().__init__()
        self.source = source

    async def _render_text(
        self,
        data: dict[str, Any],
        manager: DialogManager,  # noqa: ARG002 - the signature is aiogram-dialog's
    ) -> str:
        return str(data[self.source]) if isinstance(self.source, str) else self.source(data)
