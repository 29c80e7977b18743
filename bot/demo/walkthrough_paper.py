"""Draws a conversation of the playground in the terminal: bubbles, keyboards, and the button that was tapped."""

import json
from collections.abc import Sequence

from rich import box
from rich.align import Align
from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from bot.playground.entities import utf16_length
from bot.playground.formatting import FormattedText
from bot.playground.mail import ReceivedMail
from bot.playground.messages import Message
from bot.playground.payments_panel import Sent

_WIDTH = 72
_STYLES = {
    "bold": "bold",
    "italic": "italic",
    "code": "cyan",
    "text_link": "underline",
    "url": "underline",
    "underline": "underline",
    "strikethrough": "strike",
}


class Paper:
    """Where a conversation is written down, message after message."""

    def __init__(self, console: Console) -> None:
        """Write on `console`."""
        self._console = console
        self._shown: tuple[int, FormattedText] | None = None

    def title(self, words: str) -> None:
        """Write a line above the conversation."""
        self._console.rule(words)

    def person_writes(self, name: str, words: str) -> None:
        """Draw what the person wrote, on the right."""
        bubble = Panel(
            Text(words, overflow="fold"), title=name, title_align="right", style="green", expand=False
        )
        self._console.print(Align.right(bubble, width=_WIDTH))

    def bot_shows(self, screen: Message, tapped: str | None = None) -> None:
        """Draw a message of the bot, on the left, with its keyboard; the button `tapped` is marked.

        Of a message that says what it said when it was drawn last, only the keyboard is drawn again.
        """
        shown = (screen.message_id, screen.content.text)
        if shown != self._shown:
            self._shown = shown
            self._console.print(_bubble(screen))
        for row in screen.labels:
            self._console.print(_row(row, tapped))
        self._console.print()

    def bot_says(self, words: str) -> None:
        """Draw a toast or an alert."""
        self._console.print(Panel(Text(words), style="yellow", box=box.SQUARE, width=_WIDTH))

    def call(self, sent: Sent) -> None:
        """Draw a call of the operator's system, and what the bot answered."""
        asked = Text(f"POST {sent.url}\n{sent.body}", overflow="fold")
        answered = Text(f"{sent.status}  {json.dumps(sent.answer)}", style="bold", overflow="fold")
        self._console.print(
            Panel(
                Group(asked, answered),
                title="the operator's system",
                style="blue",
                box=box.SQUARE,
                width=_WIDTH,
            )
        )

    def statement(self, name: str, lines: Sequence[str]) -> None:
        """Draw a file of the bank's, and what became of it."""
        self._console.print(
            Panel(
                Text("\n".join(lines), overflow="fold"),
                title=f"the bank's statement: {name}",
                style="blue",
                box=box.SQUARE,
                width=_WIDTH,
            )
        )

    def mail(self, mail: ReceivedMail) -> None:
        """Draw an e-mail that arrived: to whom, and its subject."""
        words = Text(f"to {', '.join(mail.recipients)}\n{mail.message['Subject']}", overflow="fold")
        self._console.print(Panel(words, title="e-mail", title_align="left", style="magenta", width=_WIDTH))

    def line(self, words: str, *, good: bool) -> None:
        """Write the closing line."""
        self._console.print(Text(words, style="bold green" if good else "bold red"), soft_wrap=True)


def styled(text: FormattedText) -> Text:
    """The text as the terminal can show it: bold, italic, links underlined."""
    written = Text(text.text, overflow="fold")
    for entity in text.entities:
        style = _STYLES.get(entity.type)
        if style is not None:
            written.stylize(style, _index(text.text, entity.offset), _index(text.text, entity.end))
    return written


def _bubble(screen: Message) -> Panel:
    parts: list[RenderableType] = []
    if screen.content.photo is not None:
        photo = screen.content.photo
        parts.append(Text(f"[picture, {photo.width} x {photo.height}]", style="dim"))
    parts.append(styled(screen.content.text))
    return Panel(
        Group(*parts), title=screen.sender.first_name, title_align="left", box=box.ROUNDED, width=_WIDTH
    )


def _index(text: str, units: int) -> int:
    """The position in `text` of an offset in UTF-16 units."""
    passed = 0
    for index, character in enumerate(text):
        if passed >= units:
            return index
        passed += utf16_length(character)
    return len(text)


def _row(labels: tuple[str, ...], tapped: str | None) -> Table:
    row = Table.grid(padding=0)
    width = _WIDTH // len(labels)
    cells = []
    for label in labels:
        row.add_column(width=width)
        is_tapped = label == tapped
        cells.append(
            Panel(
                Text(f"▶ {label}" if is_tapped else label, justify="center"),
                box=box.HEAVY if is_tapped else box.SQUARE,
                style="bold green" if is_tapped else "dim",
                width=width,
                padding=0,
            )
        )
    row.add_row(*cells)
    return row
