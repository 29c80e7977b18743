"""Reading MT940, the statement of SWIFT, by the library mt-940: its fields, days, sums and balances.

What the library would join or lose is read here from what it leaves alone: the pieces of field 86 (`mt940_details`),
and the mark of a credit that was reversed. It keeps all of what it is given: it is given one statement at a time.
"""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, BinaryIO, Final

from bot.domain.money import Cents
from bot.domain.statements.entry import EntryKind, Fault, StatementEntry, UnreadableStatement
from bot.services.statements.accounts import account_of
from bot.services.statements.figures import cents_of, reference_of, shown
from bot.services.statements.mt940_details import details_of

if TYPE_CHECKING:
    from mt940.models import Transaction, Transactions

_LONGEST_LINE: Final = 1 << 16
_BEGIN, _ENTRY, _CLOSING = ":20:", ":61:", re.compile(r":62[FM]?:")
_INTERIM: Final = (":34F:", ":13D:")
_TAG: Final = re.compile(r":[0-9]{2}[A-Z]?:")
_KINDS: Final = {"C": EntryKind.CREDIT, "RC": EntryKind.REVERSAL}
"""Marks by what they are to the ledger: a debit, and one reversed (`RD`), are the owner's own money."""
_OPENINGS: Final = ("final_opening_balance", "intermediate_opening_balance", "opening_balance")
_CLOSINGS: Final = ("final_closing_balance", "intermediate_closing_balance", "closing_balance")


@dataclass(slots=True)
class _Block:
    """The lines of one statement, from its reference to its closing balance."""

    line: int
    lines: list[str]
    entries: list[int]
    is_closed: bool = False


class Mt940File:
    """A statement in SWIFT's fields."""

    named: Final = "MT940"

    def __init__(self, file: BinaryIO) -> None:
        """Read it from this file."""
        self._file = file

    def position(self) -> int:
        """How many bytes were read."""
        return self._file.tell()

    def entries(self) -> Iterator[StatementEntry]:
        """The entries, in their order.

        Raises:
            UnreadableStatement: at the first damaged statement, or where one does not add up.
        """
        for block in _blocks(self._file):
            yield from _entries(block)


def _blocks(file: BinaryIO) -> Iterator[_Block]:
    file.seek(0)
    block: _Block | None = None
    number = 0
    while line := file.readline(_LONGEST_LINE):
        number += 1
        text = _decoded(line).rstrip("\r\n")
        if number == 1:
            text = text.removeprefix("\ufeff")
        begin = text.find(_BEGIN) if block is None or text.startswith(_BEGIN) or "{4:" in text else -1
        if begin >= 0:
            if block is not None:
                yield block
            block = _Block(number, [text[begin:]], [])
        elif block is not None and not block.is_closed:
            block.lines.append(text)
            if text.startswith(_ENTRY):
                block.entries.append(number)
            # What stands behind the closing balance is of the whole, and the library would add it to the last entry.
            block.is_closed = _CLOSING.match(text) is not None
    if block is not None:
        yield block


def _decoded(line: bytes) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")


def _entries(block: _Block) -> Iterator[StatementEntry]:
    place = f"line {block.line}"
    if any(line.startswith(_INTERIM) for line in block.lines):
        raise UnreadableStatement(
            Fault.RUNNING_DAY,
            "this is MT942, a report of the running day, whose entries may still change: export the closed day, MT940",
            place=place,
        )
    if not block.is_closed:
        raise UnreadableStatement(
            Fault.CUT_SHORT,
            "the statement that begins here ends without its closing balance (field 62): the file was cut short; "
            "download it from the bank again",
            place=place,
        )
    statement = _read(block, place)
    found = statement.transactions if block.entries else []
    if len(found) != len(block.entries):
        raise UnreadableStatement(
            Fault.DAMAGED,
            f"the statement has {len(block.entries)} entries (field 61), of which {len(found)} can be told apart: one "
            "of them lacks its type",
            place=place,
        )
    account = account_of(str(statement.data.get("account_identification") or ""))
    total = 0
    for line, transaction in zip(block.entries, found, strict=True):
        entry = _entry(transaction, account, statement.currency or "EUR", f"line {line}")
        total += entry.cents if transaction.data["status"].upper() in {"C", "RD"} else -entry.cents
        yield entry
    _check(statement, total, place)


def _read(block: _Block, place: str) -> "Transactions":
    from mt940 import Options
    from mt940.models import Transactions

    # It logs each field that it cannot read, with what stands in it.
    logging.getLogger("mt940").setLevel(logging.CRITICAL + 1)
    statement = Transactions(processors={"post_transaction_details": []}, options=Options.all())
    try:
        statement.parse("\n".join(block.lines))
    except (RuntimeError, ValueError, KeyError, TypeError, ArithmeticError, AttributeError) as failure:
        raise UnreadableStatement(Fault.DAMAGED, _reason(failure, block), place=place) from failure
    return statement


def _reason(failure: Exception, block: _Block) -> str:
    tag = next((getattr(part, "id", None) for part in failure.args if hasattr(part, "id")), None)
    if tag is not None:
        return f"field {tag} of the statement that begins here cannot be read"
    fields = sum(_TAG.match(line) is not None for line in block.lines)
    return f"one of the {fields} fields of the statement that begins here cannot be read"


def _entry(transaction: "Transaction", account: str, currency: str, place: str) -> StatementEntry:
    data = transaction.data
    details = details_of(data.get("transaction_details") or "")
    day: date = data.get("entry_date") or data["date"]
    try:
        cents = cents_of(str(abs(data["amount"].amount)))
    except ValueError as failure:
        raise UnreadableStatement(
            Fault.DAMAGED, f"the sum {data['amount'].amount} has parts of a cent", place=place
        ) from failure
    return StatementEntry(
        _KINDS.get(data["status"].upper(), EntryKind.ASIDE),
        account,
        date(day.year, day.month, day.day),
        cents,
        currency,
        reference=reference_of((data.get("bank_reference") or "").strip()),
        end_to_end=details.end_to_end or reference_of((data.get("customer_reference") or "").strip()),
        payer=details.payer,
        payer_iban=details.payer_iban,
        pieces=details.pieces,
        place=place,
    )


def _check(statement: "Transactions", total: Cents, place: str) -> None:
    opening, closing = (_balance(statement, names) for names in (_OPENINGS, _CLOSINGS))
    if opening is None or closing is None:
        raise UnreadableStatement(
            Fault.INCOMPLETE,
            "the statement that begins here has no opening balance (field 60): download it from the bank again",
            place=place,
        )
    if closing - opening != total:
        raise UnreadableStatement(
            Fault.TOTALS,
            f"the entries add up to {shown(total)}, and from the opening balance {shown(opening)} to the closing one "
            f"{shown(closing)} it is {shown(closing - opening)}: ask the bank for the file again",
            place=place,
        )


def _balance(statement: "Transactions", names: tuple[str, ...]) -> Cents | None:
    for name in names:
        balance = statement.data.get(name)
        if balance is not None:
            return int(balance.amount.amount.scaleb(2))
    return None
