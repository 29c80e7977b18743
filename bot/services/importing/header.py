"""The header of the mailbox file: which column stands where, and everything that is wrong with it."""

import difflib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.services.importing.columns import COLUMNS, NEEDED, Column
from bot.services.importing.findings import FileUnreadable

_EMPTY: Final[Mapping[Column, str]] = dict.fromkeys(Column, "")


class Misfit(Exception):
    """A row does not fit the header; the message is the reason."""


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of the file, in their order.

    Columns without a name after the last one that has one are ghosts, which spreadsheets leave behind: there is
    nothing in them.

    Attributes:
        columns: those that have a name.
        width: how many cells the header has, ghosts included.
    """

    columns: tuple[Column, ...]
    width: int

    @classmethod
    def of(cls, names: Sequence[str]) -> "Header":
        """The header that these cells make.

        Raises:
            FileUnreadable: it is not the contract's; says everything that is wrong with it.
        """
        width, names = len(names), list(names)
        while names and not names[-1]:
            names.pop()
        problems = _problems(names)
        if problems:
            raise FileUnreadable(*problems)
        return cls(tuple(Column(name) for name in names), width)

    def cells(self, texts: Sequence[str], *, whole: bool) -> dict[Column, str]:
        """The cells of a row by their columns; those of columns that the file does not have are empty.

        Args:
            texts: the cells, in the order of the file.
            whole: the row must have as many cells as the header. Where a separator in a cell makes two of it, that is
                the only sign; else empty cells at its end may be left out, or put in, as spreadsheets do.

        Raises:
            Misfit: the row has cells too many or too few.
        """
        named = len(self.columns)
        found = len(texts)
        if found == named == len(_EMPTY):  # as nearly every row of a program's file
            return dict(zip(self.columns, texts, strict=True))
        while found > named and not texts[found - 1]:
            found -= 1
        is_short = found < named and any(column in NEEDED for column in self.columns[found:])
        if found > named or is_short or (whole and not named <= len(texts) <= self.width):
            raise Misfit(f"the row has {len(texts) if whole else found} cells, the header has {named}")
        there = dict(zip(self.columns, texts, strict=False))
        return there if len(there) == len(_EMPTY) else {**_EMPTY, **there}


def known(names: Sequence[str]) -> int:
    """How many of these are names of columns."""
    return sum(name in COLUMNS for name in names)


def _problems(names: Sequence[str]) -> list[str]:
    if not known(names):
        return [
            "the first line is not the header: it should name the columns, separated by commas: "
            + ", ".join(Column)
        ]
    absent = [column for column in Column if column not in names]
    problems = [
        _unknown(name, position, absent) for position, name in enumerate(names, 1) if name not in COLUMNS
    ]
    missing = [column for column in NEEDED if column in absent]
    if missing:
        problems.append(
            f"the header misses {', '.join(missing)}: add {'it' if len(missing) == 1 else 'them'} "
            "(only columns that may be empty may be missing)"
        )
    doubled = [name for name, times in Counter(names).items() if times > 1 and name in COLUMNS]
    problems += [f"the header names {name} {names.count(name)} times: keep one" for name in doubled]
    return problems


def _unknown(name: str, position: int, absent: Sequence[str]) -> str:
    if not name:
        return f"column {position} of the header has no name: remove it"
    shown = name.encode("utf-8", "replace").decode()
    close = difflib.get_close_matches(name, absent, n=1)
    return f"the header has an unknown column {shown!r}: " + (f"is it {close[0]}?" if close else "remove it")
