"""What a CAMT statement says that its entries add up to: balances, counts and sums."""

from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import Element

from bot.domain.money import Cents
from bot.domain.statements.entry import Fault, UnreadableStatement
from bot.services.statements.camt_elements import Elements
from bot.services.statements.figures import cents_of, shown

_OPENING: Final = ("OPBD", "PRCD")
_CLOSING: Final = ("CLBD",)


@dataclass(slots=True)
class _Sums:
    """Entries of one direction: all of them, those booked, and the payments that they are made of."""

    count: int = 0
    cents: Cents = 0
    booked_count: int = 0
    booked_cents: Cents = 0
    payments: int = 0

    def add(self, cents: Cents, payments: int, *, is_booked: bool) -> None:
        self.count += 1
        self.payments += payments
        self.cents += cents
        self.booked_count += is_booked
        self.booked_cents += cents if is_booked else 0

    def __add__(self, other: "_Sums") -> "_Sums":
        return _Sums(
            self.count + other.count,
            self.cents + other.cents,
            self.booked_count + other.booked_count,
            self.booked_cents + other.booked_cents,
            self.payments + other.payments,
        )


@dataclass(slots=True)
class StatementTotals:
    """The totals of one statement, as it gives them and as its entries make them.

    Attributes:
        place: which statement of the file, for a person.
        is_page: whether it is a page of a longer one, whose balances may be those of the whole.
    """

    place: str
    is_page: bool = False
    _balances: dict[str, tuple[Cents, str]] = field(default_factory=dict)
    _summary: Element | None = None
    _credits: _Sums = field(default_factory=_Sums)
    _debits: _Sums = field(default_factory=_Sums)
    _currencies: set[str] = field(default_factory=set)

    def balance(self, of: Elements, node: Element) -> None:
        """Take a balance.

        Raises:
            UnreadableStatement: its sum cannot be read.
        """
        kind = of.text(node, "Tp/CdOrPrtry/Cd")
        found = of.first(node, "Amt")
        cents = self._read(found, f"the balance {kind}")
        currency = "" if found is None else found.get("Ccy", "")
        sign = -1 if of.text(node, "CdtDbtInd") == "DBIT" else 1
        self._balances.setdefault(kind, (sign * cents, currency))

    def summary(self, node: Element) -> None:
        """Take the summary of the entries."""
        self._summary = node

    def entry(self, cents: Cents, currency: str, payments: int, *, is_credit: bool, is_booked: bool) -> None:
        """Count an entry, of so many payments."""
        (self._credits if is_credit else self._debits).add(cents, payments, is_booked=is_booked)
        self._currencies.add(currency)

    def check(self, of: Elements) -> None:
        """Compare what the statement says with its entries.

        Raises:
            UnreadableStatement: they differ.
        """
        self._check_balances()
        if self._summary is not None:
            both = self._credits + self._debits
            for path, sums in (
                ("TtlNtries", both),
                ("TtlCdtNtries", self._credits),
                ("TtlDbtNtries", self._debits),
            ):
                total = of.first(self._summary, path)
                if total is not None:
                    self._check_total(of, total, path, sums)

    def _check_balances(self) -> None:
        opening = next((self._balances[kind] for kind in _OPENING if kind in self._balances), None)
        closing = next((self._balances[kind] for kind in _CLOSING if kind in self._balances), None)
        if opening is None or closing is None or self.is_page:
            return
        if self._currencies - {opening[1]} or opening[1] != closing[1]:
            return  # sums of several currencies add up to nothing
        expected = closing[0] - opening[0]
        found = self._credits.booked_cents - self._debits.booked_cents
        if found != expected:
            raise UnreadableStatement(
                Fault.TOTALS,
                f"the entries add up to {shown(found)}, and from the opening balance {shown(opening[0])} to the "
                f"closing one {shown(closing[0])} it is {shown(expected)}: ask the bank for the file again",
                place=self.place,
            )

    def _check_total(self, of: Elements, total: Element, name: str, sums: _Sums) -> None:
        count = of.text(total, "NbOfNtries")
        # Some banks count the payments of a batch one by one.
        if count and count not in {str(sums.count), str(sums.booked_count), str(sums.payments)}:
            raise UnreadableStatement(
                Fault.TOTALS,
                f"{name} counts {count} entries, and {sums.count} are there: ask the bank for the file again",
                place=self.place,
            )
        found = of.first(total, "Sum")
        if found is None or len(self._currencies) > 1:
            return
        cents = self._read(found, f"the sum of {name}")
        if cents not in {sums.cents, sums.booked_cents}:
            raise UnreadableStatement(
                Fault.TOTALS,
                f"{name} says {shown(cents)}, and its entries add up to {shown(sums.cents)}: "
                "ask the bank for the file again",
                place=self.place,
            )

    def _read(self, found: Element | None, name: str) -> Cents:
        text = "" if found is None else (found.text or "").strip()
        try:
            return cents_of(text)
        except ValueError as failure:
            raise UnreadableStatement(
                Fault.DAMAGED, f"{name} is {text!r}, where a sum such as 36.48 was expected", place=self.place
            ) from failure
