"""The fixed records of a CBI *rendicontazione*: where each field stands (standard CBI-RND-001 6.05, function RH).

Positions are counted from 1 and include the last one, as in the standard.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import BinaryIO, Final

from bot.domain.money import Cents
from bot.domain.statements.entry import Fault, UnreadableStatement
from bot.services.statements.accounts import italian_iban
from bot.services.statements.figures import cents_with_comma

LENGTH: Final = 120
_LONGEST_LINE: Final = 1024
_END_OF_FILE: Final = b"\x1a"
"""What DOS wrote at the end of a text, and some banks still do."""
_ACCOUNT: Final = re.compile(r"[A-Z ][0-9]{5}[0-9]{5} *[0-9A-Z]+ *")
_CHECKED: Final = re.compile(r"(?:[A-Z]{2}|  )(?:[0-9]{2}|  )")
"""Letter, bank, branch, number; country and check digits."""
_CENTURY: Final = 2000


@dataclass(frozen=True, slots=True)
class Record:
    """One record.

    Attributes:
        line: its number in the file, from 1.
        text: its characters, as many as the standard wants.
    """

    line: int
    text: str

    @property
    def kind(self) -> str:
        """What it is: `RH`, `61` to `65`, `EF`."""
        return self.text[1:3]

    def field(self, first: int, last: int) -> str:
        """What stands from one position to another, without blanks around it."""
        return self.text[first - 1 : last].strip()

    def number(self, first: int, last: int) -> int:
        """A count.

        Raises:
            UnreadableStatement: it is none.
        """
        text = self.field(first, last)
        if not (text.isascii() and text.isdigit()):
            raise self.wrong(first, last, "a number")
        return int(text)

    def cents(self, first: int, last: int) -> Cents:
        """A sum with a decimal comma.

        Raises:
            UnreadableStatement: it is none.
        """
        text = self.field(first, last)
        try:
            return cents_with_comma(text)
        except ValueError as failure:
            raise self.wrong(first, last, "a sum with a comma, such as 000000000036,48") from failure

    def signed_cents(self, sign: int, first: int, last: int) -> Cents:
        """A balance, whose sign stands at a position of its own: `C` is in the owner's favour.

        Raises:
            UnreadableStatement: it is none.
        """
        return self.cents(first, last) if self.is_credit(sign) else -self.cents(first, last)

    def is_credit(self, sign: int) -> bool:
        """Whether the sign is `C`.

        Raises:
            UnreadableStatement: it is neither that nor `D`.
        """
        text = self.field(sign, sign)
        if text not in {"C", "D"}:
            raise self.wrong(sign, sign, "C or D")
        return text == "C"

    def day(self, first: int, last: int) -> date:
        """A day, written as day, month and the last two digits of the year.

        Raises:
            UnreadableStatement: it is none.
        """
        text = self.field(first, last)
        try:
            return date(_CENTURY + int(text[4:6]), int(text[2:4]), int(text[0:2]))
        except ValueError as failure:
            raise self.wrong(first, last, "a day such as 231126") from failure

    def wrong(self, first: int, last: int, wanted: str) -> UnreadableStatement:
        """The refusal of a field."""
        where = f"positions {first}-{last}" if first != last else f"position {first}"
        text = self.field(first, last)
        reason = f"{where} of the {self.kind} record are {text!r}, not {wanted}"
        return self.refusal(Fault.DAMAGED, reason, text)

    def refusal(self, fault: Fault, reason: str, about: str = "") -> UnreadableStatement:
        """The refusal of the file because of this record."""
        return UnreadableStatement(fault, reason, place=f"line {self.line}", about=about)


def records(file: BinaryIO) -> Iterator[Record]:
    """The records of a file, one a line or one after the other without any line's end; trailing blanks may be missing.

    Raises:
        UnreadableStatement: a line is longer than a record.
    """
    file.seek(0)
    has_lines = b"\n" in file.read(_LONGEST_LINE)
    file.seek(0)
    pieces = _lines(file) if has_lines else _blocks(file)
    for number, piece in enumerate(pieces, 1):
        line = piece.rstrip(b"\r\n").removesuffix(_END_OF_FILE)
        if not line.strip():
            continue
        text = _decoded(line)
        if len(text) > LENGTH and text[LENGTH:].strip():
            raise UnreadableStatement(
                Fault.DAMAGED,
                f"the line has {len(text)} characters, and a record has {LENGTH}",
                place=f"line {number}",
            )
        yield Record(number, text[:LENGTH].ljust(LENGTH))


def _lines(file: BinaryIO) -> Iterator[bytes]:
    while line := file.readline(_LONGEST_LINE):
        yield line


def _blocks(file: BinaryIO) -> Iterator[bytes]:
    while block := file.read(LENGTH):
        yield block


def _decoded(line: bytes) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")


def account_of_record(record: Record) -> str:
    """The IBAN of the account of a 61 record, whose check digits, and the letter before the bank's, may be left out.

    Empty where it does not name the account by bank, branch and number.

    Raises:
        UnreadableStatement: what stands there can be no account.
    """
    if not (record.field(53, 57) and record.field(58, 62) and record.field(63, 74)):
        return ""
    if not (_ACCOUNT.fullmatch(record.text[51:74]) and _CHECKED.fullmatch(record.text[99:103])):
        raise record.wrong(52, 74, "an account")
    bank, branch, number = record.field(53, 57), record.field(58, 62), record.field(63, 74)
    return italian_iban(
        bank,
        branch,
        number,
        letter=record.field(52, 52),
        country=record.field(100, 101) or "IT",
        digits=record.field(102, 103),
    )


@dataclass(slots=True)
class Details:
    """What the 63 records of a movement say: the standard's structures by their flag, anything else is text.

    Attributes:
        payer: who paid.
        payer_iban: from which account.
        end_to_end: the payer's own reference.
        pieces: the text, record by record.
    """

    payer: str = ""
    payer_iban: str = ""
    end_to_end: str = ""
    pieces: list[str] = field(default_factory=list)

    def add(self, record: Record) -> None:
        """Take one more record."""
        match record.field(14, 16):
            case "YYY":  # a transfer: date of the order, tax code, name, town
                self.payer = record.field(41, 80)
            case "YY2":  # the same transfer: address, IBAN
                self.payer_iban = record.field(67, 100)
            case "ID1":  # the message's identifier and the payer's
                self.end_to_end = record.field(52, 86)
            case "RI1" | "RI2":  # the payer's text, of 140 characters in two records
                self._add(record.field(17, 120))
            case "ZZ2":  # a transfer from abroad: who ordered it
                self.payer = record.field(17, 120)
            case "ZZ3":  # the same: who is paid, and the reason
                self._add(record.field(67, 120))
            case "KKK" | "ZZ1":  # the account of a pool; sums in other currencies
                pass
            case _:
                self._add(record.field(14, 120))

    def _add(self, text: str) -> None:
        if text:
            self.pieces.append(text)
