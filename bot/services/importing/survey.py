"""A look at all rows before any is judged: can what the file says be true?

One row that contradicts itself is a bad row. Many of them have one cause, and the same cause has spoilt the values of
the other rows as well, where nothing shows it: then the file is refused as a whole, before anything is written.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.domain.used_space import discredits_the_file, is_impossible
from bot.services.importing.cell_readers import UsageReaders
from bot.services.importing.columns import Column
from bot.services.importing.findings import FileUnbelievable
from bot.services.importing.mailbox_cells import BadCell
from bot.services.importing.measures import Measures
from bot.services.importing.raw_rows import RawRow
from bot.services.importing.terms import TermsReader


@dataclass(frozen=True, slots=True)
class _Example:
    """A row that cannot be, as it stands in the file."""

    line: int
    text: str
    room_gb: int


def survey(rows: Iterable[RawRow], measures: Measures) -> Iterator[RawRow]:
    """Pass the rows on, and say at the end if they cannot be believed; nothing of them is kept but counts.

    Raises:
        FileUnbelievable: at least five rows, and a fifth of those with usage, use space that they cannot have.
    """
    with_usage = impossible = 0
    first: _Example | None = None
    readers, terms = UsageReaders(measures), TermsReader(measures)
    for raw in rows:
        yield raw
        used = _used(raw, readers)
        if used is None:
            continue
        with_usage += 1
        example = _contradiction(raw, used, terms)
        if example is not None:
            impossible += 1
            first = first or example
    if first is not None and discredits_the_file(impossible, with_usage):
        raise FileUnbelievable(
            f"{impossible:,} of {with_usage:,} rows with usage use more than one and a half times the space that "
            f"there is, line {first.line} first ({first.text} GB used of {first.room_gb}), so nothing was imported: a "
            "spreadsheet has probably taken the decimal points for marks of thousands (0.350 became 350), and the "
            "numbers of the other rows are no better. Export the file anew and import it as it is, or open it as "
            "text columns"
        )


def _used(raw: RawRow, readers: UsageReaders) -> tuple[int | None, int | None] | None:
    """The thousandths of GB that the row says are used in mailbox and archive; None where it says nothing."""
    mailbox, archive = readers.used_mailbox.value(raw), readers.used_archive.value(raw)
    if isinstance(mailbox, BadCell) or isinstance(archive, BadCell):
        return None
    return None if mailbox is None and archive is None else (mailbox, archive)


def _contradiction(raw: RawRow, used: tuple[int | None, int | None], terms: TermsReader) -> _Example | None:
    """Where the row uses space that it cannot have; None where it does not, or does not say what it has."""
    room = terms.of(raw).room
    if room is None:
        return None
    for column, milli_gb, room_gb in (
        (Column.USED_MAILBOX_GB, used[0], room.mailbox_gb),
        (Column.USED_ARCHIVE_GB, used[1], room.archive_gb),
    ):
        if milli_gb is not None and is_impossible(milli_gb, room_gb):
            return _Example(raw.line, raw.cells[column], room_gb)
    return None
