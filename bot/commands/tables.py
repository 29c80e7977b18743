"""Tables: drawn on a terminal, tab-separated anywhere else, so that other programs can take them."""

from collections.abc import Iterable, Sequence
from typing import Final

import typer
from rich.table import Table
from rich.text import Text

from bot.commands.console import out, say

LARGEST: Final = 2**63 - 1
"""The largest number that a row can have: nothing has a larger one, and a database refuses to be asked for it."""
MOST_ROWS: Final = 1_000_000
"""More than this nobody reads in one list."""
_ANY_WIDTH = 100_000


def show_table(
    columns: Sequence[str], rows: Iterable[Sequence[str]], *, right: Iterable[str] = (), title: str = ""
) -> None:
    """Print rows under the names of their columns; those in `right` are aligned to the right.

    A row is a line, whatever the width of the terminal: a number that is cut in two cannot be copied.
    """
    if title:
        say(title)
    if not out.is_terminal:
        for row in (columns, *rows):
            typer.echo("\t".join(" ".join(cell.split()) for cell in row))  # Rich would turn tabs into spaces
        return
    table = Table()
    for column in columns:
        table.add_column(column, no_wrap=True, justify="right" if column in right else "left")
    for row in rows:
        table.add_row(*(Text(" ".join(cell.split())) for cell in row))
    table.width = out.measure(table, options=out.options.update(max_width=_ANY_WIDTH)).maximum
    out.print(table, crop=False, markup=False, no_wrap=True, overflow="ignore")
