"""What an import is about to do at large, before it writes anything: expiries that move, mailboxes that vanish.

The rows are walked once more and set against the database by address and expiry alone; only those that would move
unusually are judged in full, since a row that is refused moves nothing, and neither does one that does not know of a
paid renewal yet.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any, Final

from sqlalchemy import Select, select

from bot.db.base import table_of
from bot.db.engine import Database
from bot.db.keys import KeyRing
from bot.db.lookups import Condition, Lookup
from bot.db.tables import MailboxRow
from bot.domain.moves import Move, move_of
from bot.services.importing.cell_readers import UsageReaders
from bot.services.importing.columns import Column
from bot.services.importing.findings import FileUnbelievable, Listener
from bot.services.importing.foreseen import Foresight, Moved
from bot.services.importing.judging import ImportRow, Judge
from bot.services.importing.mailbox_cells import BadCell, email
from bot.services.importing.measures import Measures
from bot.services.importing.named import Named
from bot.services.importing.raw_rows import RawRow
from bot.services.importing.stored import load
from bot.services.importing.vanished import find_vanished

_BATCH: Final = 500
_EXAMPLES: Final = 3


async def foresee(
    rows: Iterator[RawRow], database: Database, measures: Measures, listener: Listener, *, complete: bool
) -> Foresight:
    """Walk the rows, of which glances are enough, and look into the database.

    A complete file's vanished mailboxes are told to `listener`.

    Raises:
        FileUnbelievable: it is complete, and has no row.
    """
    foresight, named = Foresight(complete=complete), Named()
    look = _Look(database, measures, foresight, named)
    empty = True
    while batch := list(islice(rows, _BATCH)):
        empty = False
        await look.at(batch)
    if not complete:
        return foresight
    if empty:
        raise FileUnbelievable(
            "a complete file without a row would say that no mailbox is left: export it anew"
        )
    if not foresight.nameless:
        await find_vanished(database, measures, named, foresight, listener)
    return foresight


@dataclass(slots=True)
class _Look:
    """A look at the rows, batch by batch."""

    database: Database
    measures: Measures
    foresight: Foresight
    named: Named
    judge: Judge = field(init=False)
    readers: UsageReaders = field(init=False)

    def __post_init__(self) -> None:
        self.judge = Judge(self.measures)
        self.readers = UsageReaders(self.measures)

    async def at(self, batch: Sequence[RawRow]) -> None:
        keys, found = self.database.keys, dict[bytes, RawRow]()
        for raw in batch:
            index = _index(raw, keys)
            if index is None:
                self.foresight.nameless += self.foresight.complete
            else:
                found.setdefault(index, raw)
        if not found:
            return
        async with self.database.read() as session:
            moving: list[RawRow] = []
            for index, mailbox_id, has in await _EXPIRIES.rows(session, addresses=found):
                said = self.readers.expires_on.value(found[index])
                if not self.named.add(mailbox_id) or said is None or isinstance(said, BadCell):
                    continue
                self.foresight.compared += 1
                if move_of(has, said) is not None:
                    moving.append(found[index].whole())
            judged = [self.judge.row(raw) for raw in moving]
            if not any(row.good for row in judged):
                return
            stored = await load(session, keys, judged)
        for row in sorted((row.good for row in judged if row.good), key=lambda row: row.line):
            mailbox = stored.mailboxes.get(row.address)
            if mailbox is None or mailbox.customer != row.customer or stored.newer_renewal(row) is not None:
                continue
            self._note(row, mailbox.values.expires_on)

    def _note(self, row: ImportRow, has: date) -> None:
        said = row.mailbox.expires_on
        move = move_of(has, said)
        if move is None:
            return
        if move is Move.BACK:
            self.foresight.back += 1
        else:
            self.foresight.far += 1
        if len(self.foresight.examples) < _EXAMPLES:
            self.foresight.examples.append(Moved(row.line, row.address, has, said, move))


def _index(raw: RawRow, keys: KeyRing) -> bytes | None:
    """The blind index of the address that a row names, whatever else is wrong with it; None where it names none."""
    text = raw.cells.get(Column.ADDRESS)
    try:
        return None if text is None else keys.index(email(text))
    except BadCell:
        return None


def _expiries_of(among: Condition) -> Select[Any]:
    box = table_of(MailboxRow).c
    return select(box.address_index, box.id, box.expires_on).where(among(box.address_index, "addresses"))


_EXPIRIES: Final = Lookup(_expiries_of)
