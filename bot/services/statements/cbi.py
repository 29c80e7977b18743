"""Reading a CBI *rendicontazione*: the day's movements of an account in fixed records, as Italian banks give them.

A flow is `RH`, then for each account and day `61` (opening balance), the movements `62` with their `63`, `64` (closing
balance) and `65` (what will be available), then `EF`. A file may hold several flows. Every number that the standard
gives for checking is checked: counters of statements, of movements and of records, and each day's balances.
"""

from collections.abc import Iterator
from typing import BinaryIO, Final

from bot.domain.statements.entry import EntryKind, Fault, StatementEntry, UnreadableStatement
from bot.services.statements.cbi_records import Details, Record, account_of_record, records
from bot.services.statements.figures import iban_of, reference_of, shown

_MOST_MOVEMENTS: Final = 999
"""After the movement with this number the count begins again at 1."""
_RECEIVED: Final = "48"
"""The CBI reason of a transfer received: where it is a debit, the transfer was taken back."""
_CORRECTED: Final = "68"
"""The CBI reason *storno scritture*: an entry made by mistake is taken back."""

_FOLLOWS: Final = {
    "RH": frozenset({"", "EF"}),
    "61": frozenset({"RH", "64", "65"}),
    "62": frozenset({"61", "62", "63"}),
    "63": frozenset({"62", "63"}),
    "64": frozenset({"61", "62", "63"}),
    "65": frozenset({"64", "65"}),
    "EF": frozenset({"RH", "64", "65"}),
}
"""After which records each may come."""


class CbiFile:
    """A statement in CBI's fixed records."""

    named: Final = "CBI rendicontazione (RH)"

    def __init__(self, file: BinaryIO) -> None:
        """Read it from this file."""
        self._file = file

    def position(self) -> int:
        """How many bytes were read."""
        return self._file.tell()

    def entries(self) -> Iterator[StatementEntry]:
        """The movements, in their order.

        Raises:
            UnreadableStatement: at the first damaged record, or where counters or balances do not agree.
        """
        walk = _Walk()
        for record in records(self._file):
            yield from walk.on(record)
        walk.end()


class _Walk:
    def __init__(self) -> None:
        self._before = ""
        self._records = self._statements = 0
        self._number: int | None = None
        self._movement = 0
        self._balance = 0
        self._account = self._currency = ""
        self._entry: Record | None = None
        self._details = Details()

    def on(self, record: Record) -> Iterator[StatementEntry]:
        """Take the next record; gives the movement that ended with the one before it."""
        if self._before not in _FOLLOWS.get(record.kind, frozenset()):
            raise record.refusal(Fault.INCOMPLETE, self._misplaced(record))
        if record.kind != "63":
            yield from self._ended()
        self._records += 1
        match record.kind:
            case "RH":
                self._records, self._statements, self._number = 1, 0, None
            case "61":
                self._opened(record)
            case "62":
                self._moved(record)
            case "63":
                self._check_numbers(record, record.number(11, 13))
                self._details.add(record)
            case "64":
                self._closed(record)
            case "EF":
                self._checked(record)
        self._before = record.kind

    def end(self) -> None:
        """The file has ended.

        Raises:
            UnreadableStatement: in the middle of a flow.
        """
        if self._before != "EF":
            raise UnreadableStatement(
                Fault.CUT_SHORT,
                "the file ends without its EF record: it was cut short; download it from the bank again",
            )

    def _misplaced(self, record: Record) -> str:
        if record.kind not in _FOLLOWS:
            return f"the record {record.kind!r} is none of a rendicontazione (RH, 61 to 65, EF)"
        before = f"after {self._before}" if self._before else "at the beginning"
        return f"a record {record.kind} cannot stand {before}: records are missing"

    def _opened(self, record: Record) -> None:
        number = record.number(4, 10)
        if self._number is not None and number != self._number + 1:
            raise record.refusal(
                Fault.INCOMPLETE, f"statement {number} comes after {self._number}: statements are missing"
            )
        self._number, self._movement = number, 0
        self._statements += 1
        self._account = account_of_record(record)
        self._currency = record.field(75, 77) or "EUR"
        self._balance = record.signed_cents(84, 85, 99)

    def _moved(self, record: Record) -> None:
        number = record.number(11, 13)
        self._check_numbers(record)
        expected = self._movement % _MOST_MOVEMENTS + 1
        if number != expected and not (number == 0 and self._movement == 0 and self._before == "61"):
            raise record.refusal(
                Fault.INCOMPLETE,
                f"movement {number} comes where {expected} was expected: movements are missing",
            )
        self._movement = number
        self._balance += record.signed_cents(26, 27, 41)
        self._entry, self._details = record, Details()
        kind_of_reference, text = record.field(78, 86), record.field(87, 120)
        if text and not kind_of_reference:
            self._details.pieces.append(text)
        elif text:
            self._details.end_to_end = text

    def _check_numbers(self, record: Record, movement: int | None = None) -> None:
        number = record.number(4, 10)
        if number != self._number:
            raise record.refusal(
                Fault.INCOMPLETE, f"the record is of statement {number}, among those of {self._number}"
            )
        if movement is not None and movement != self._movement:
            raise record.refusal(
                Fault.INCOMPLETE, f"the record is of movement {movement}, among those of {self._movement}"
            )

    def _closed(self, record: Record) -> None:
        self._check_numbers(record)
        closing = record.signed_cents(20, 21, 35)
        if closing != self._balance:
            raise record.refusal(
                Fault.TOTALS,
                f"the movements lead to a balance of {shown(self._balance)}, and the closing balance is "
                f"{shown(closing)}: download the file from the bank again",
            )

    def _checked(self, record: Record) -> None:
        for first, last, found, what in (
            (46, 52, self._statements, "statements"),
            (83, 89, self._records, "records"),
        ):
            counted = record.number(first, last)
            if counted != found:
                raise record.refusal(
                    Fault.TOTALS,
                    f"the EF record counts {counted} {what}, and {found} are there: "
                    "download the file from the bank again",
                )

    def _ended(self) -> Iterator[StatementEntry]:
        record, details = self._entry, self._details
        if record is None:
            return
        self._entry = None
        yield StatementEntry(
            _kind(record),
            self._account,
            record.day(20, 25),
            record.cents(27, 41),
            self._currency,
            reference=reference_of(record.field(62, 77)),
            end_to_end=reference_of(details.end_to_end),
            payer=details.payer,
            payer_iban=iban_of(details.payer_iban),
            pieces=tuple(details.pieces),
            place=f"line {record.line}",
        )


def _kind(record: Record) -> EntryKind:
    reason = record.field(42, 43)
    if record.is_credit(26):
        return EntryKind.ASIDE if reason == _CORRECTED else EntryKind.CREDIT
    return EntryKind.REVERSAL if reason in {_RECEIVED, _CORRECTED} else EntryKind.ASIDE
