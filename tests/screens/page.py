"""The page of `make screens`: one file, nothing loaded from elsewhere."""

from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Final

from aiogram.types import MessageEntity
from aiogram.utils.text_decorations import html_decoration

from bot.playground.messages import Content
from tests.screens.album import Album, Screens
from tests.screens.drawing import drawings

LANGUAGES: Final = ("it", "en")
_STYLE: Final = Path(__file__).with_suffix(".css")


def page(album: Album) -> str:
    """Every window with its screens side by side, and the drawing of the ways before them."""
    links = "".join(f'<a href="#{escape(state)}">{escape(state)}</a> ' for state in album.states)
    ways = "".join(f'<div class="ways">{svg}</div>' for svg in drawings(album.ways))
    windows = "".join(_window(album, state) for state in album.states)
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Rinnovo: every window</title>'
        f"<style>{_STYLE.read_text()}</style><h1>Every window</h1><nav>{links}</nav>"
        "<h2>Ways</h2><p>As they were gone by those who tap everything there is to tap; an arrow tells the button. "
        f"Blue leads on, grey back.</p>{ways}{windows}</html>"
    )


def _window(album: Album, state: str) -> str:
    shown = "".join(
        f'<h3>{escape(told)}</h3><div class="pair">{"".join(_in_both(screens))}</div>'
        for told, screens in album.of(state)
    )
    return f'<h2 id="{escape(state)}">{escape(state)}</h2>{shown}'


def _in_both(screens: Screens) -> Iterator[str]:
    for language in LANGUAGES:
        yield _screen(screens[language], language) if language in screens else "<div></div>"


def _screen(content: Content, language: str) -> str:
    entities = [MessageEntity.model_validate(entity.to_json()) for entity in content.text.entities]
    text = html_decoration.unparse(content.text.text, entities)
    rows = "".join(
        '<div class="row">'
        + "".join(f'<span class="{button.style or ""}">{escape(button.text)}</span>' for button in row)
        + "</div>"
        for row in content.keyboard
    )
    return f'<div lang="{language}"><div class="bubble">{text}</div><div class="keys">{rows}</div></div>'
