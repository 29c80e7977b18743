"""Reading a statement batch by batch, each entry judged: beside the event loop, in a thread of its own.

The rest of the process goes on meanwhile; nothing here asks the database.
"""

from collections import Counter
from collections.abc import Collection, Iterator
from itertools import islice
from typing import Final

from bot.db.keys import KeyRing
from bot.domain.statements.book import Book
from bot.domain.statements.entry import EntryKind, Fault, StatementEntry, UnreadableStatement
from bot.domain.statements.ids import alike, payment_id
from bot.domain.statements.judging import is_own_account, judge
from bot.domain.statements.proposal import Heap
from bot.services.statements.gone_back import GoneBack
from bot.services.statements.kept import Kept
from bot.services.statements.staging import Staged

BATCH: Final = 500
"""Entries of one transaction: long enough to be quick, short enough that no chat notices the wait."""


class JudgedEntries:
    """The entries of a file, read once."""

    def __init__(
        self,
        entries: Iterator[StatementEntry],
        book: Book,
        keys: KeyRing,
        gone: GoneBack,
        *,
        source: str,
        ibans: Collection[str],
    ) -> None:
        """Judge them by this book.

        Args:
            entries: as they are read.
            book: what may be paid.
            keys: make the blind indexes.
            gone: what went back before its payment is known; what this file tells of it is noted there.
            source: what the statement is called as a source of payments.
            ibans: of the accounts that the operator is paid on.
        """
        self._entries = entries
        self._book = book
        self._keys = keys
        self._gone = gone
        self._source = source
        self._ibans = ibans
        self._accounts: set[str] = set()
        self._alike: Counter[bytes] = Counter()
        self._position = 0
        self.aside = 0

    def batch(self) -> list[Staged] | None:
        """The next ones that are money; None when the file was read to its end, and adds up.

        Raises:
            UnreadableStatement: it is damaged, does not add up, or is of another account.
        """
        read = list(islice(self._entries, BATCH))
        return [self._judged(entry) for entry in read if self._is_money(entry)] if read else None

    def _is_money(self, entry: StatementEntry) -> bool:
        if entry.account not in self._accounts:
            if not is_own_account(entry.account, self._ibans):
                raise UnreadableStatement(
                    Fault.ACCOUNT, self._foreign(entry.account), place=entry.place, about=entry.account
                )
            self._accounts.add(entry.account)
        if entry.kind is EntryKind.ASIDE or entry.cents == 0:
            self.aside += 1
            return False
        return True

    def _foreign(self, account: str) -> str:
        if not self._ibans:
            return f"it is of the account {account}, and no payment method of the catalogue has an IBAN: add it there"
        own = " or ".join(sorted(self._ibans))
        return (
            f"it is of the account {account}, and the catalogue's is {own}: export the movements of that one"
        )

    def _judged(self, entry: StatementEntry) -> Staged:
        twin = alike(entry)
        self._alike[twin] += 1
        known_as = payment_id(entry, self._alike[twin])
        proposal = self._gone.looked_at(entry, judge(entry, self._book, self._source))
        self._position += 1
        forgotten = proposal.heap is Heap.NOT_OURS and entry.kind is EntryKind.CREDIT
        kept = None if forgotten else Kept.of(entry, known_as, proposal)
        if kept is not None and entry.kind is EntryKind.REVERSAL:
            self._gone.note(proposal.heap, kept)
        return Staged(
            position=self._position,
            known_by=self._keys.index(f"{entry.kind.value}:{known_as}"),
            kind=entry.kind,
            heap=proposal.heap,
            booked_on=entry.booked_on,
            payment_id=known_as,
            kept=kept,
        )
