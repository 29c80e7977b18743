"""Where a measure writes, and how its tables look."""

from rich.console import Console
from rich.table import Column, Table

_WIDTH = 120


def paper() -> Console:
    """Standard output; wide enough for the tables where it is no terminal."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=_WIDTH)


def figures(title: str, *columns: str, caption: str | None = None) -> Table:
    """A table of figures, each row with a name."""
    right = (Column(column, justify="right", no_wrap=True) for column in columns)
    return Table(Column("", no_wrap=True), *right, title=title, caption=caption)
