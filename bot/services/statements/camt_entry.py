"""One entry of a CAMT statement, and the payments that it is made of.

An entry may stand for several payments that came together. Each is given by itself, with its own sum, as soon as it
was read: an entry of ten thousand of them takes no more memory than one of two. What their sums do not say is known at
the end of the entry alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from xml.etree.ElementTree import Element

from bot.domain.money import Cents
from bot.domain.statements.entry import EntryKind, Fault, StatementEntry, UnreadableStatement
from bot.services.statements.camt_elements import Elements
from bot.services.statements.figures import cents_of, day_of, iban_of, reference_of, shown

_BOOKED: Final = "BOOK"
_TAKEN_BACK: Final = frozenset({"RRTN", "RPCR"})
"""Sub-families of a movement that takes an earlier one back: returned, recalled."""
_RETURN: Final = ("BkTxCd/Domn/Fmly/SubFmlyCd",)


@dataclass(frozen=True, slots=True)
class Whole:
    """What an entry says before its payments.

    Attributes:
        entry: what is known of each of them: day, account, sum and currency of the whole entry, place.
        is_credit: whether money came in.
        is_booked: whether it is booked.
        is_reversal: whether it takes back an earlier movement.
        charges: what the bank kept of the sum, in cents.
        reference: the bank's, of the whole entry.
        node: the element.
    """

    entry: StatementEntry
    is_credit: bool
    is_booked: bool
    is_reversal: bool
    charges: Cents
    reference: str
    node: Element

    def kind(self, *, is_credit: bool, taken_back: bool) -> EntryKind:
        """What a payment of the entry is; `taken_back` is whether the payment says so of itself.

        A debit that was taken back is money that the account's owner had sent, and never a customer's.
        """
        if not self.is_booked:
            return EntryKind.ASIDE
        is_reversal = taken_back or self.is_reversal
        if is_credit:
            return EntryKind.ASIDE if is_reversal else EntryKind.CREDIT
        return EntryKind.REVERSAL if is_reversal else EntryKind.ASIDE


@dataclass(slots=True)
class _Payment:
    """A payment: `entry` with the sum of the whole; `taken_back` and `is_credit` are what it says of itself."""

    entry: StatementEntry
    own_cents: Cents | None
    charges: Cents
    is_credit: bool
    taken_back: bool


class EntryReader:
    """Reads the entries of one file."""

    def __init__(self, elements: Elements) -> None:
        """Find what they are made of among these elements."""
        self._of = elements

    def whole(self, node: Element, account: str, day: date | None, place: str) -> Whole:
        """What the entry says of itself; `day` is the statement's, for an entry that has none.

        Raises:
            UnreadableStatement: sum, direction, status or day are missing, or cannot be read.
        """
        of = self._of
        cents, currency = self._sum(node, "Amt", place)
        direction = of.text(node, "CdtDbtInd")
        if direction not in {"CRDT", "DBIT"}:
            raise UnreadableStatement(
                Fault.DAMAGED, _says("CdtDbtInd", direction, "CRDT or DBIT"), place=place
            )
        status = of.text(node, "Sts/Cd", "Sts/Prtry", "Sts")
        if not status:
            raise UnreadableStatement(Fault.DAMAGED, _says("Sts", "", "BOOK"), place=place)
        booked_on = self._day(node, ("BookgDt/Dt", "BookgDt/DtTm", "ValDt/Dt", "ValDt/DtTm"), place) or day
        if booked_on is None:
            raise UnreadableStatement(
                Fault.DAMAGED, _says("BookgDt", "", "a day such as 2026-11-23"), place=place
            )
        return Whole(
            StatementEntry(EntryKind.ASIDE, account, booked_on, cents, currency, place=place),
            is_credit=direction == "CRDT",
            is_booked=status == _BOOKED,
            is_reversal=of.text(node, "RvslInd") in {"true", "1"} or self._is_return(node),
            charges=self._charges(node, currency, place),
            reference=reference_of(of.text(node, "AcctSvcrRef")),
            node=node,
        )

    def payment(self, node: Element, whole: Whole) -> _Payment:
        """One of the payments of the entry, whose kind `Parts` knows.

        Raises:
            UnreadableStatement: its sum cannot be read.
        """
        of, place = self._of, whole.entry.place
        payer, payer_iban = self._payer(node, whole.entry.account)
        return _Payment(
            replace(
                whole.entry,
                reference=reference_of(of.text(node, "Refs/AcctSvcrRef")),
                end_to_end=reference_of(of.text(node, "Refs/EndToEndId")),
                payer=payer,
                payer_iban=payer_iban,
                pieces=self._pieces(node),
                structured=(
                    *of.texts(node, "RmtInf/Strd/CdtrRefInf/Ref"),
                    *of.texts(node, "RmtInf/Strd/RfrdDocInf/Nb"),
                ),
            ),
            self._own_sum(node, whole.entry.currency, place),
            self._charges(node, whole.entry.currency, place),
            is_credit=of.text(node, "CdtDbtInd") in ({"CRDT"} if not whole.is_credit else {"CRDT", ""}),
            taken_back=self._is_return(node) or of.first(node, "RtrInf") is not None,
        )

    def description(self, node: Element) -> tuple[str, ...]:
        """What the bank says of the whole entry, for one whose payer's words it does not give."""
        return tuple(self._of.texts(node, "AddtlNtryInf"))

    def _pieces(self, node: Element) -> tuple[str, ...]:
        written = (
            *self._of.texts(node, "RmtInf/Ustrd"),
            *self._of.texts(node, "RmtInf/Strd/AddtlRmtInf"),
        )
        return written or tuple(self._of.texts(node, "AddtlTxInf"))

    def _payer(self, node: Element, account: str) -> tuple[str, str]:
        of = self._of
        iban = iban_of(of.text(node, "RltdPties/DbtrAcct/Id/IBAN"))
        if iban and iban == account:  # the money went back: who had paid is now who is paid
            name = of.text(node, "RltdPties/Cdtr/Nm", "RltdPties/Cdtr/Pty/Nm", "RltdPties/UltmtCdtr/Nm")
            return name, iban_of(of.text(node, "RltdPties/CdtrAcct/Id/IBAN"))
        name = of.text(
            node,
            "RltdPties/Dbtr/Nm",
            "RltdPties/Dbtr/Pty/Nm",
            "RltdPties/UltmtDbtr/Nm",
            "RltdPties/UltmtDbtr/Pty/Nm",
        )
        return name, iban

    def _own_sum(self, node: Element, currency: str, place: str) -> Cents | None:
        for path in ("Amt", "AmtDtls/TxAmt/Amt"):
            found = self._of.first(node, path)
            if found is not None and found.get("Ccy") == currency:
                return self._sum(node, path, place)[0]
        return None

    def _sum(self, node: Element, path: str, place: str) -> tuple[Cents, str]:
        found = self._of.first(node, path)
        text = "" if found is None else (found.text or "").strip()
        try:
            cents = cents_of(text)
        except ValueError as failure:
            raise UnreadableStatement(
                Fault.DAMAGED, _says(path, text, "a sum such as 36.48"), place=place
            ) from failure
        currency = "" if found is None else found.get("Ccy", "")
        if not currency:
            raise UnreadableStatement(
                Fault.DAMAGED, _says(f"{path} Ccy", "", "a currency such as EUR"), place=place
            )
        return cents, currency

    def _charges(self, node: Element, currency: str, place: str) -> Cents:
        """What the bank kept, which the sum that the payer sent has and the booked one has not."""
        total = 0
        for path in ("Chrgs/Rcrd", "Chrgs"):
            for charge in self._of.each(node, path):
                found = self._of.first(charge, "Amt")
                if found is None or found.get("Ccy") != currency:
                    continue
                cents, _ = self._sum(charge, "Amt", place)
                total += -cents if self._of.text(charge, "CdtDbtInd") == "CRDT" else cents
        return total

    def _is_return(self, node: Element) -> bool:
        return self._of.text(node, *_RETURN) in _TAKEN_BACK

    def _day(self, node: Element, paths: tuple[str, ...], place: str) -> date | None:
        text = self._of.text(node, *paths)
        if not text:
            return None
        try:
            return day_of(text)
        except ValueError as failure:
            raise UnreadableStatement(
                Fault.DAMAGED, _says("BookgDt", text, "a day such as 2026-11-23"), place=place
            ) from failure


class Parts:
    """The payments of one entry, one after the other, and what they add up to."""

    def __init__(self, reader: EntryReader, whole: Whole) -> None:
        """None of them was read yet."""
        self._reader = reader
        self._whole = whole
        self._first: _Payment | None = None
        self._without_sum: list[_Payment] = []
        self._count = 0
        self._total = 0
        self._charges = 0

    @property
    def count(self) -> int:
        """How many there are; an entry that names none is one itself."""
        return max(self._count, 1)

    def add(self, node: Element) -> Iterator[StatementEntry]:
        """Take one more; gives what is certain by now.

        Raises:
            UnreadableStatement: it cannot be read.
        """
        payment = self._reader.payment(node, self._whole)
        self._count += 1
        if self._count == 1:
            self._first = payment  # alone it may be told in the words of the whole entry
            return
        if self._first is not None:
            first, self._first = self._first, None
            yield from self._one_of_several(first)
        yield from self._one_of_several(payment)

    def end(self) -> Iterator[StatementEntry]:
        """The entry has ended; gives what was not given yet.

        Raises:
            UnreadableStatement: the payments do not add up to the entry.
        """
        whole = self._whole
        if self._count == 0:
            yield replace(
                whole.entry,
                kind=whole.kind(is_credit=whole.is_credit, taken_back=False),
                reference=whole.reference,
                pieces=self._reader.description(whole.node),
            )
        elif self._first is not None:
            yield self._alone(self._first)
        elif self._without_sum:
            yield self._undivided()
        elif whole.entry.cents not in {self._total, self._total - self._charges - whole.charges}:
            raise self._do_not_add_up()

    def _one_of_several(self, payment: _Payment) -> Iterator[StatementEntry]:
        if payment.own_cents is None:
            self._without_sum.append(payment)
            return
        whole = self._whole
        is_credit = whole.is_credit if whole.is_reversal else payment.is_credit
        self._total += payment.own_cents if is_credit == whole.is_credit else -payment.own_cents
        self._charges += payment.charges
        kind = whole.kind(is_credit=is_credit, taken_back=payment.taken_back)
        yield replace(payment.entry, kind=kind, cents=payment.own_cents)

    def _alone(self, payment: _Payment) -> StatementEntry:
        """The only payment: what the payer sent counts, where it is the entry and what the bank kept of it."""
        whole, own = self._whole, payment.own_cents
        is_explained = own is not None and own - whole.charges - payment.charges == whole.entry.cents
        return replace(
            payment.entry,
            kind=whole.kind(is_credit=whole.is_credit, taken_back=payment.taken_back),
            cents=own if own is not None and is_explained else whole.entry.cents,
            reference=payment.entry.reference or whole.reference,
            pieces=payment.entry.pieces or self._reader.description(whole.node),
        )

    def _undivided(self) -> StatementEntry:
        """What the bank does not divide: the rest of the sum, with the words of all those without their own."""
        whole, parts = self._whole, self._without_sum
        rest = whole.entry.cents - self._total
        if rest < 0:
            raise self._do_not_add_up()
        return replace(
            whole.entry,
            kind=whole.kind(
                is_credit=whole.is_credit, taken_back=all(payment.taken_back for payment in parts)
            ),
            cents=rest,
            pieces=tuple(piece for payment in parts for piece in payment.entry.pieces),
            structured=tuple(number for payment in parts for number in payment.entry.structured),
        )

    def _do_not_add_up(self) -> UnreadableStatement:
        entry = self._whole.entry
        return UnreadableStatement(
            Fault.TOTALS,
            f"the {self._count} payments of the entry add up to {shown(self._total)}, and the entry is of "
            f"{shown(entry.cents)} {entry.currency}: ask the bank for the file again",
            place=entry.place,
        )


def _says(name: str, text: str, wanted: str) -> str:
    found = f"is {text!r}" if text else "is missing"
    return f"{name} {found}, where {wanted} was expected"
