"""What went back before its payment is known, as it is kept: a credit that may be it is not certain (DOMAIN.md 8)."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final, Self

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.keys import KeyRing
from bot.db.tables import StatementEntryRow, StatementRow
from bot.domain.statements.entry import EntryKind, StatementEntry
from bot.domain.statements.going_back import Marks, WentBack, doubted, marks_of
from bot.domain.statements.proposal import Heap, Proposal, Reason
from bot.services.statements.kept import Kept, State

_TAKEN_BACK_BY_ITSELF: Final = frozenset({Reason.NUMBER, Reason.REFERENCE})
"""What names its order is taken back as soon as its payment is there."""


class GoneBack:
    """Money that went back, and of which it is not decided which payment it was."""

    def __init__(self, keys: KeyRing, found: Iterable[WentBack]) -> None:
        """Compare by blind indexes that `keys` make; what was `found` has its marks blinded by them."""
        self._keys = keys
        self._found = list(found)

    @classmethod
    async def load(cls, session: AsyncSession, keys: KeyRing) -> Self:
        """Whatever waits for a person, is of a file that is being registered, or is known by its marks alone."""
        rows = await session.execute(
            select(
                StatementEntryRow.state,
                StatementEntryRow.heap,
                StatementEntryRow.booked_on,
                StatementEntryRow.content,
            )
            .join(StatementRow, StatementRow.id == StatementEntryRow.statement_id)
            .where(
                StatementEntryRow.kind == EntryKind.REVERSAL.value,
                StatementEntryRow.state.in_([State.CERTAIN.value, State.PROPOSED.value, State.COUNTED.value]),
                StatementEntryRow.content.is_not(None),
                StatementRow.read_at.is_not(None),
            )
            .order_by(StatementEntryRow.id)
        )
        backs = cls(keys, ())
        for state, heap, booked_on, content in rows:
            if state == State.COUNTED.value:
                backs._found.append(known_by_marks(content, booked_on))
            else:
                backs.note(Heap(heap), Kept.read(content))
        return backs

    def note(self, heap: Heap, kept: Kept) -> None:
        """Money went back, and was judged so: nobody knows yet which payment it was, unless that is plain."""
        if heap in {Heap.CERTAIN, Heap.PROBABLY_SAME} or not _TAKEN_BACK_BY_ITSELF.isdisjoint(kept.reasons):
            return
        meant = [*([] if kept.order is None else [kept.order]), *kept.candidates]
        self._found.append(self._went_back(kept.entry, frozenset(each.number for each in meant)))

    def looked_at(self, entry: StatementEntry, proposal: Proposal) -> Proposal:
        """What is made of money that came: where it may have gone back already, it is not certain, and says so."""
        if proposal.heap not in {Heap.CERTAIN, Heap.LIKELY} or proposal.order is None or not self._found:
            return proposal
        if entry.kind is not EntryKind.CREDIT:
            return proposal
        marks = blinded(self._keys, marks_of(entry))
        number = proposal.order.number
        if any(each.may_be(entry, marks, number) for each in self._found):
            return doubted(proposal)
        return proposal

    def _went_back(self, entry: StatementEntry, meant: frozenset[str]) -> WentBack:
        marks = blinded(self._keys, marks_of(entry))
        return WentBack(entry.cents, entry.currency, entry.booked_on, marks, meant)


def blinded(keys: KeyRing, marks: Marks) -> Marks:
    """The marks as blind indexes."""

    def blind(plain: frozenset[str]) -> frozenset[str]:
        return frozenset(keys.index(f"went back:{each}").hex() for each in plain)

    return Marks(blind(marks.references), blind(marks.people))


def marks_kept(keys: KeyRing, kept: Kept) -> dict[str, Any]:
    """What is kept of money that went back and has nothing to do with any order: nothing that names anybody."""
    marks = blinded(keys, marks_of(kept.entry))
    return {
        "payment_id": kept.payment_id,
        "cents": kept.entry.cents,
        "currency": kept.entry.currency,
        "place": kept.entry.place,
        "references": sorted(marks.references),
        "people": sorted(marks.people),
    }


def known_by_marks(stored: Mapping[str, Any], booked_on: date) -> WentBack:
    """What `marks_kept` wrote."""
    marks = Marks(frozenset(stored["references"]), frozenset(stored["people"]))
    return WentBack(stored["cents"], stored["currency"], booked_on, marks)
