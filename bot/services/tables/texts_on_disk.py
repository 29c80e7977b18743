"""The texts of a workbook, which lie in a table of their own, on disk instead of in memory.

A workbook names each text by its place in that table; a million addresses in a list of Python's take over a hundred
megabytes. Here each takes the eight bytes that say where it ends.
"""

from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from tempfile import TemporaryFile
from typing import IO, Final, Self
from xml.etree.ElementTree import iterparse

_REMEMBERED: Final = 4096
"""Texts that are kept at hand: plans, towns and the like come again all over a sheet."""


class TextsOnDisk:
    """Texts by their place, in a file that the system removes when it is closed."""

    def __init__(self, file: IO[bytes]) -> None:
        """Keep them in `file`, which is empty."""
        self._file = file
        self._ends = array("Q", [0])
        self._remembered = lru_cache(maxsize=_REMEMBERED)(self._read)

    @classmethod
    @contextmanager
    def opened(cls) -> Iterator[Self]:
        """No texts yet; they are gone at the end of the `with` block."""
        with TemporaryFile() as file:
            yield cls(file)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._ends) - 1

    def __getitem__(self, place: int) -> str:
        """The text at a place, counted from 0.

        Raises:
            IndexError: there is none.
        """
        if not 0 <= place < len(self):
            raise IndexError(place)
        return self._remembered(place)

    def take(self, table: IO[bytes]) -> None:
        """Append what stands in a workbook's table of texts.

        Raises:
            ParseError: it is no XML.
        """
        from openpyxl.cell.text import Text
        from openpyxl.xml.constants import SHEET_MAIN_NS

        item, end = f"{{{SHEET_MAIN_NS}}}si", 0
        root = None
        for event, node in iterparse(table, ("start", "end")):  # noqa: S314 - expat resolves nothing external
            root = node if root is None else root
            if event == "end" and node.tag == item:
                text = Text.from_tree(node).content.replace("x005F_", "")
                end += self._file.write(text.encode("utf-8", "surrogatepass"))
                self._ends.append(end)
                root.clear()  # or the tree would hold on to what is done with

    def _read(self, place: int) -> str:
        start, end = self._ends[place], self._ends[place + 1]
        self._file.seek(start)
        return self._file.read(end - start).decode("utf-8", "surrogatepass")
