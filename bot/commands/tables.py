"""Tables: drawn on a terminal, tab-separated anywhere else, so that other programs can take them."""

from collections.abc import Iterable, Sequence

from rich.table import Table

from bot.commands.console import out, say

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
        say("\t".join(columns))
        for row in rows:
            say("\t".join(" ".join(cell.split()) for cell in row))
        return
    table = Table()
    for column in columns:
        table.add_column(column, no_wrap=True, justify="right" if column in right else "left")
    for row in rows:
        table.add_row(*(" ".join(cell.split()) for cell in row))
    natural = out.measure(table, options=out.options.update(max_width=_ANY_WIDTH)).maximum
    out.print(table, width=max(natural, out.width), crop=False, markup=False, no_wrap=True)
