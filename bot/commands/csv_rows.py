"""The rows of the CSV files that commands write, which people open in a spreadsheet."""

import csv
import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final, TextIO

_BEGINS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What makes a spreadsheet calculate a cell instead of showing it, the full-width forms included."""
_PARTED: Final = re.compile(r"(?<=[;|\t\r\n])(?=[\s\"]*[=+\-@\uff1d\uff0b\uff0d\uff20])")
"""Where another cell begins for a spreadsheet that does not part the file at commas, as an Italian one at `;`."""
_NUMBER: Final = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?")
_OWNERS_ALONE: Final = 0o600


class CsvRows:
    """Writes rows in which no cell is a formula, whatever somebody else wrote into it."""

    def __init__(self, file: TextIO) -> None:
        """Write to `file`, which was opened with `newline=""`."""
        self._writer = csv.writer(file)

    def write(self, cells: Iterable[object]) -> None:
        """Write one row; None is an empty cell."""
        self._writer.writerow(["" if each is None else cell(str(each)) for each in cells])


def cell(text: str) -> str:
    """The text as it may stand in a cell: with an apostrophe before what would be calculated; a plain number stays.

    The files are written with commas, and an Italian spreadsheet that is given one by a double click parts it at
    semicolons instead: what follows one in the text is a cell of its own there, and a line of its own what follows a
    break.
    """
    if _NUMBER.fullmatch(text):
        return text
    text = _PARTED.sub("'", text)
    return f"'{text}" if text.startswith(_BEGINS_A_FORMULA) else text


def private_file(path: Path) -> TextIO:
    """Open a file for rows, empty, that its owner alone reads, as the database's: there are customers' data in it.

    Raises:
        OSError: it cannot be written.
    """
    make_private(path)
    return path.open("w", encoding="utf-8", newline="")


def make_private(path: Path) -> None:
    """Let a file's owner alone read it, before anything is written to it.

    Raises:
        OSError: it cannot be written.
    """
    path.touch(mode=_OWNERS_ALONE)
    if path.is_file():  # no terminal or pipe; one that was there may be open to others, or be somebody else's
        with suppress(PermissionError):
            path.chmod(_OWNERS_ALONE)
