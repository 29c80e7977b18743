"""What is kept of an entry: enough to decide it while it waits, almost nothing afterwards (DOMAIN.md 8).

How an entry of a statement lives::

    certain ──▶ registered          by itself; had its order been paid meanwhile, it is proposed instead
    proposed ──▶ registered         a person confirmed it
             ──▶ dismissed          a person said that it is no payment of an order's, or is one already
             ──▶ (none)             nobody decided in time: the file may be imported again
    counted                         it has nothing to do with any order

A reversal is looked at again, as what is certain is, once the credits of its own file are registered.

What waits has its content, sealed. What was registered keeps the two references by which a later reversal names it;
of all others only the blind index is left, by which the same entry of another file is known. Money that went back and
is not ours keeps its sum and its marks, blinded (`gone_back`): the payment that it was may still come.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final, Self

from bot.db.tables import StatementEntryRow
from bot.domain.money import Cents
from bot.domain.statements.entry import EntryKind, StatementEntry
from bot.domain.statements.ids import bank_reference
from bot.domain.statements.proposal import Heap, Proposal, Reason

KEEP_WAITING: Final = timedelta(days=90)
"""How long what strangers wrote to the bank may wait here for somebody to decide (docs/decisions/041)."""
KEEP_KNOWN: Final = timedelta(days=400)
"""How long an entry is known by its blind index: longer than the longest statement that banks give, of a year."""


class State(StrEnum):
    """What became of an entry. The values are stored."""

    CERTAIN = "certain"
    PROPOSED = "proposed"
    REGISTERED = "registered"
    DISMISSED = "dismissed"
    COUNTED = "counted"


@dataclass(frozen=True, slots=True)
class Meant:
    """What an entry may pay: the number of an order or a collective payment, and the cents that it asked for."""

    number: str
    missing: Cents


@dataclass(frozen=True, slots=True)
class Kept:
    """An entry that waits, and what is proposed.

    Attributes:
        entry: as the bank gave it.
        payment_id: under which the ledger would know it.
        reasons: what speaks for the proposal, the strongest first.
        order: what is proposed, None where nothing is.
        candidates: what it may mean, where that is not one.
        payment: the id of the payment that it may be, or may take back.
    """

    entry: StatementEntry
    payment_id: str
    reasons: tuple[Reason, ...]
    order: Meant | None
    candidates: tuple[Meant, ...]
    payment: str | None

    @classmethod
    def of(cls, entry: StatementEntry, payment_id: str, proposal: Proposal) -> Self:
        """What is kept of an entry that was judged."""
        return cls(
            entry=entry,
            payment_id=payment_id,
            reasons=proposal.reasons,
            order=None if proposal.order is None else Meant(proposal.order.number, proposal.order.missing),
            candidates=tuple(Meant(each.number, each.missing) for each in proposal.candidates),
            payment=None if proposal.payment is None else proposal.payment.payment_id,
        )

    def to_json(self) -> dict[str, Any]:
        """What `read` reads."""
        entry = self.entry
        return {
            "kind": entry.kind.value,
            "account": entry.account,
            "booked_on": entry.booked_on.isoformat(),
            "cents": entry.cents,
            "currency": entry.currency,
            "reference": entry.reference,
            "end_to_end": entry.end_to_end,
            "payer": entry.payer,
            "payer_iban": entry.payer_iban,
            "pieces": list(entry.pieces),
            "structured": list(entry.structured),
            "place": entry.place,
            "payment_id": self.payment_id,
            "reasons": [each.value for each in self.reasons],
            "order": None if self.order is None else _meant_to_json(self.order),
            "candidates": [_meant_to_json(each) for each in self.candidates],
            "payment": self.payment,
        }

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Self:
        """Read what `to_json` wrote."""
        return cls(
            entry=StatementEntry(
                kind=EntryKind(stored["kind"]),
                account=stored["account"],
                booked_on=date.fromisoformat(stored["booked_on"]),
                cents=stored["cents"],
                currency=stored["currency"],
                reference=stored["reference"],
                end_to_end=stored["end_to_end"],
                payer=stored["payer"],
                payer_iban=stored["payer_iban"],
                pieces=tuple(stored["pieces"]),
                structured=tuple(stored["structured"]),
                place=stored["place"],
            ),
            payment_id=stored["payment_id"],
            reasons=tuple(Reason(each) for each in stored["reasons"]),
            order=None if stored["order"] is None else _meant(stored["order"]),
            candidates=tuple(_meant(each) for each in stored["candidates"]),
            payment=stored["payment"],
        )

    def references(self) -> dict[str, Any]:
        """What is kept once it is registered: by what its bank, and its payer's, will call it again."""
        return {"reference": bank_reference(self.entry), "end_to_end": self.entry.end_to_end}


def kept_of(row: StatementEntryRow) -> Kept:
    """What is kept of an entry that waits.

    Raises:
        ValueError: it does not wait, and so nothing is.
    """
    if row.content is None or row.state not in {State.CERTAIN.value, State.PROPOSED.value}:
        raise ValueError(f"nothing is kept of an entry that is {row.state}")
    return Kept.read(row.content)


def state_of(heap: Heap, kind: EntryKind) -> State:
    """What becomes of an entry at first."""
    if heap is Heap.CERTAIN or kind is EntryKind.REVERSAL:
        return State.CERTAIN
    return State.COUNTED if heap is Heap.NOT_OURS else State.PROPOSED


def _meant_to_json(meant: Meant) -> Sequence[Any]:
    return [meant.number, meant.missing]


def _meant(stored: Sequence[Any]) -> Meant:
    number, missing = stored
    return Meant(number, missing)
