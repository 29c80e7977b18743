"""Reading a bank's list of movements from a table, as a profile of the catalogue describes it.

The header is looked for in the first rows, by the names of the profile's columns: banks write their name, the account
and the period above it. Of several profiles the one is taken whose columns are all there.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Final, Protocol

from bot.domain.statements.entry import EntryKind, Fault, StatementEntry, UnreadableStatement
from bot.domain.statements.profile import StatementProfile
from bot.services.statements.accounts import account_of
from bot.services.statements.figures import reference_of
from bot.services.statements.table_cells import Cell, CellReader, words_of

_HEADER_ROWS: Final = 60
"""Rows in which the header is looked for."""


class Rows(Protocol):
    """The rows of a table."""

    @property
    def named(self) -> str:
        """What kind of table it is, for people."""

    def position(self) -> int:
        """How many bytes were read."""

    def rows(self) -> Iterator[tuple[int, Sequence[Cell]]]:
        """The rows from the first one on, with their numbers in the file."""

    def ends_open(self) -> bool:
        """Whether the file ends within a line, as one that was cut short does."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a table's header stands, and which profile it is of.

    Attributes:
        profile: the profile.
        line: the header's number.
        width: how many cells it has.
        columns: where each of the profile's columns stands.
    """

    profile: StatementProfile
    line: int
    width: int
    columns: dict[str, int]


class TableFile:
    """A table whose header was found."""

    def __init__(self, rows: Rows, layout: Layout) -> None:
        """Read these rows in this layout."""
        self._rows = rows
        self._layout = layout
        self.named = f"{rows.named}, profile {layout.profile.id}"

    def position(self) -> int:
        """How many bytes were read."""
        return self._rows.position()

    def entries(self) -> Iterator[StatementEntry]:
        """The entries, in their order.

        Raises:
            UnreadableStatement: at the first row that cannot be read.
        """
        reader, line, width = _RowReader(self._layout), 0, 0
        for line, cells in self._rows.rows():
            width = len(cells)
            entry = reader.entry(line, cells) if line > self._layout.line else None
            if entry is not None:
                yield entry
        if width < self._layout.width and self._rows.ends_open():
            raise UnreadableStatement(
                Fault.CUT_SHORT,
                f"the last row has {width} cells of {self._layout.width}, and no end: the file was cut short; "
                "download it from the bank again",
                place=f"line {line}",
            )


def layout_of(
    rows: Iterator[tuple[int, Sequence[Cell]]], profiles: Collection[StatementProfile]
) -> Layout | None:
    """The header among the first of these rows; None where there is none.

    Raises:
        UnreadableStatement: it is one of several profiles.
    """
    for line, cells in islice(rows, _HEADER_ROWS):
        names = [_plain(words_of(cell)) for cell in cells]
        found = [profile for profile in profiles if all(_plain(name) in names for name in profile.columns)]
        most = max((len(profile.columns) for profile in found), default=0)
        found = [profile for profile in found if len(profile.columns) == most]
        if len(found) > 1:
            ids = ", ".join(profile.id for profile in found)
            raise UnreadableStatement(
                Fault.PROFILE, f"the header fits several profiles ({ids}): name one", place=f"line {line}"
            )
        for profile in found:
            return Layout(
                profile, line, len(cells), {name: names.index(_plain(name)) for name in profile.columns}
            )
    return None


def no_header(profiles: Collection[StatementProfile]) -> UnreadableStatement:
    """The refusal of a table whose header is of no profile."""
    if not profiles:
        return UnreadableStatement(
            Fault.PROFILE,
            "a CSV or XLSX file is read by a profile of the catalogue, and there is none: write a table "
            "[statement_profiles.<id>], or export the movements as CAMT.053 or CBI",
        )
    wanted = "; ".join(f"{profile.id}: {', '.join(profile.columns)}" for profile in profiles)
    return UnreadableStatement(
        Fault.PROFILE, f"no row among the first {_HEADER_ROWS} names the columns of a profile ({wanted})"
    )


def _plain(text: str) -> str:
    return text.casefold().removeprefix("\ufeff")


class _RowReader:
    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._profile = layout.profile
        self._read = CellReader(layout.profile)
        self._skip = tuple(map(_plain, layout.profile.skip))
        self._reversal = tuple(map(_plain, layout.profile.reversal))
        self._booked = frozenset(map(_plain, layout.profile.booked))

    def entry(self, line: int, cells: Sequence[Cell]) -> StatementEntry | None:
        """The entry of a row; None for a row that is none: empty, a balance, a note.

        Raises:
            UnreadableStatement: a cell cannot be read.
        """
        if self._is_none(cells):
            return None
        profile = self._profile
        cents, is_credit = self._sum(line, cells)
        if cents is None:
            if not self._is_day(self._cell(cells, profile.booked_on)):
                return None  # a note below the table
            raise _wrong(line, profile.credit or profile.amount, "", "a sum")
        pieces = tuple(text for name in profile.texts if (text := words_of(self._cell(cells, name))))
        return StatementEntry(
            self._kind(cells, pieces, is_credit=is_credit and cents > 0),
            account_of(self._words(cells, profile.account)),
            self._day(line, cells),
            cents,
            self._words(cells, profile.currency).upper() or "EUR",
            reference=reference_of(self._words(cells, profile.reference)),
            payer=self._words(cells, profile.payer),
            payer_iban=account_of(self._words(cells, profile.payer_iban)),
            pieces=pieces,
            place=f"line {line}",
        )

    def _is_none(self, cells: Sequence[Cell]) -> bool:
        """Whether the row is empty, or begins as those that are no entries, or has no other text than theirs.

        A payer's text may begin in the same way: a row with a day is left out only where the text is nothing else.
        """
        words = [text for text in map(words_of, cells) if text]
        if not words:
            return True
        texts = {_plain(self._words(cells, name)) for name in self._profile.texts}
        return bool(self._skip) and (
            _plain(words[0]).startswith(self._skip) or not texts.isdisjoint(self._skip)
        )

    def _sum(self, line: int, cells: Sequence[Cell]) -> tuple[int | None, bool]:
        """What was moved, and whether it came in."""
        profile = self._profile
        if profile.amount:
            cents = self._cents(line, cells, profile.amount)
            return (None if cents is None else abs(cents)), bool(cents and cents > 0)
        credit, debit = self._cents(line, cells, profile.credit), self._cents(line, cells, profile.debit)
        if credit and debit:
            raise UnreadableStatement(
                Fault.DAMAGED,
                f"there is a sum both in {profile.credit!r} and in {profile.debit!r}",
                place=f"line {line}",
            )
        if credit and credit < 0:
            raise _wrong(
                line, profile.credit, words_of(self._cell(cells, profile.credit)), "a sum without a sign"
            )
        if debit:
            return abs(debit), False
        return (debit if credit is None else credit), True

    def _cents(self, line: int, cells: Sequence[Cell], name: str) -> int | None:
        cell = self._cell(cells, name)
        try:
            return self._read.cents(cell)
        except ValueError as failure:
            example = f"a sum such as 1{self._profile.thousands}036{self._profile.decimal}48"
            raise _wrong(line, name, words_of(cell), example) from failure

    def _day(self, line: int, cells: Sequence[Cell]) -> date:
        cell = self._cell(cells, self._profile.booked_on)
        try:
            return self._read.day(cell)
        except ValueError as failure:
            wanted = f"a day as {self._profile.date_form}"
            raise _wrong(line, self._profile.booked_on, words_of(cell), wanted) from failure

    def _is_day(self, cell: Cell) -> bool:
        try:
            self._read.day(cell)
        except ValueError:
            return False
        return True

    def _kind(self, cells: Sequence[Cell], pieces: tuple[str, ...], *, is_credit: bool) -> EntryKind:
        if self._profile.status and _plain(self._words(cells, self._profile.status)) not in self._booked:
            return EntryKind.ASIDE
        is_reversal = bool(self._reversal) and any(_plain(text).startswith(self._reversal) for text in pieces)
        if is_credit:
            return EntryKind.ASIDE if is_reversal else EntryKind.CREDIT
        return EntryKind.REVERSAL if is_reversal else EntryKind.ASIDE

    def _words(self, cells: Sequence[Cell], name: str) -> str:
        return words_of(self._cell(cells, name))

    def _cell(self, cells: Sequence[Cell], name: str) -> Cell:
        """The cell of a column; empty where the profile has none, or the row ends before."""
        at = self._layout.columns.get(name)
        return "" if at is None or at >= len(cells) else cells[at]


def _wrong(line: int, name: str, text: str, wanted: str) -> UnreadableStatement:
    found = f"is {text!r}" if text else "is empty"
    return UnreadableStatement(
        Fault.DAMAGED,
        f"{name!r} {found}, where {wanted} was expected",
        place=f"line {line}",
        about=f"{name} {text}".strip(),
    )
