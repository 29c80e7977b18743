"""The operator's account: what came into it and what went back, and the bank's files that tell of it.

Here it is known what no file says: for which order a payer's money was meant, and which movements the operator's
system tells of, too.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import chain
from pathlib import Path
from typing import Final

from bot.domain.statements.entry import EntryKind
from tests.services.statements import cbi_files, mt940_files
from tests.simulation.actions import Lot
from tests.support.bank import OWN_IBAN, Bank, Credit

FORMS: Final = ("camt.053", "camt.054", "cbi", "mt940")
REFERENCE: Final = "BR"
"""Begins the bank's own references."""
_OPENING: Final = 10_000_000
_PIECE: Final = 27
"""MT940 cuts the payer's text into pieces of so many characters."""
_LONGEST: Final = 90
"""Characters of a text that each of the formats has room for."""


@dataclass(frozen=True, slots=True)
class Movement:
    """Money that came, or went back, as the bank booked it.

    Attributes:
        number: in the order in which the bank booked it, from 1 on.
        day: of the booking.
        cents: how much.
        payer: who paid.
        text: what the bank has left of the payer's reason.
        reference: the bank's own; empty where it gives none.
        meant: the number that the payer meant, of an order or a collective one; empty where it is for nobody of ours.
        called: the id by which the operator's system tells of it as well, or of what it takes back; else empty.
        of: the movement that it takes back, None where it is money that came.
    """

    number: int
    day: date
    cents: int
    payer: str
    text: str
    reference: str
    meant: str
    called: str = ""
    of: "Movement | None" = None

    @property
    def kind(self) -> EntryKind:
        """Whether it came or went back."""
        return EntryKind.CREDIT if self.of is None else EntryKind.REVERSAL

    @property
    def money(self) -> str:
        """How much, with the sign of its direction, as ids of payments have it."""
        return f"{'-' if self.of else ''}{self.cents // 100}.{self.cents % 100:02}"

    @property
    def key(self) -> tuple[str, ...]:
        """What its id begins with in the ledger; movements without the bank's reference may share it."""
        return self.day.isoformat(), self.reference, self.money


def key_of(payment_id: str) -> tuple[str, ...] | None:
    """The key of the movement that an id of the ledger is of; None where no statement told of it."""
    if not payment_id.startswith(f"{OWN_IBAN}/"):
        return None
    _, day, reference, money = payment_id.split("/")[:4]
    return day, reference if reference.startswith(REFERENCE) else "", money


@dataclass(slots=True)
class StatementFile:
    """A file of the bank's: what it tells of, and whether it was taken to its end."""

    path: Path
    form: str
    movements: tuple[Movement, ...]
    is_whole: bool = True
    taken: bool = False

    @property
    def digest(self) -> str:
        """By which the bot knows it."""
        return hashlib.sha256(self.path.read_bytes()).hexdigest()


@dataclass(slots=True)
class Account:
    """What the bank has booked, and the files that it has given."""

    folder: Path
    movements: list[Movement] = field(default_factory=list)
    files: list[StatementFile] = field(default_factory=list)

    def book(self, day: date, cents: int, payer: str, text: str, **more: str) -> Movement:
        """Book money that came; `more` as in `Movement`."""
        return self._book(day, cents, payer, text, None, more)

    def take_back(self, movement: Movement, day: date, cents: int, **more: str) -> Movement:
        """Book that money of a movement went back."""
        values = {"meant": movement.meant, **more}
        return self._book(day, cents, movement.payer, movement.text, movement, values)

    def _book(
        self, day: date, cents: int, payer: str, text: str, of: Movement | None, more: dict[str, str]
    ) -> Movement:
        values = {"reference": "", "meant": "", "called": ""} | more
        booked = Movement(
            len(self.movements) + 1, day, cents, payer, text[:_LONGEST].strip(), of=of, **values
        )
        self.movements.append(booked)
        return booked

    def write(self, lot: Lot, today: date, *, spoilt: bool = False) -> StatementFile:
        """Give a file of the last days, whole ones but for the present: files overlap."""
        since = today - timedelta(days=lot.choice((0, 0, 1, 3, 7)))
        told = tuple(each for each in self.movements if each.day >= since)
        form = lot.choice(FORMS)
        path = self.folder / f"statement-{len(self.files) + 1}.txt"
        path.write_bytes(_content(form, told, today, path))
        if spoilt:
            content = path.read_bytes()
            path.write_bytes(content[: len(content) * 2 // 3])
        file = StatementFile(path, form, told, is_whole=not spoilt)
        self.files.append(file)
        return file

    def is_of(self, payment_id: str, movement: Movement) -> bool:
        """Whether a payment of the ledger is this money, or as much for the same order: no file tells them apart."""
        return any(
            (each.cents, each.meant) == (movement.cents, movement.meant)
            for each in self.movements
            if each.of is None and (payment_id == each.called or key_of(payment_id) == each.key)
        )

    @property
    def told(self) -> list[Movement]:
        """The movements of which a file tells that was read to its end."""
        numbers = {each.number for file in self.files if file.taken for each in file.movements}
        return [each for each in self.movements if each.number in numbers]


def _content(form: str, told: Sequence[Movement], today: date, path: Path) -> bytes:
    match form:
        case "cbi":
            return _cbi(told)
        case "mt940":
            return _mt940(told)
        case _:
            credits_ = [
                Credit(
                    each.text,
                    each.cents,
                    each.payer,
                    each.reference,
                    day=each.day.isoformat(),
                    back=each.of is not None,
                )
                for each in told
            ]
            bank = Bank(path.parent, today, OWN_IBAN)
            return bank.camt(*credits_, name=path.name, message=form.partition(".")[2]).read_bytes()


def _cbi(told: Sequence[Movement]) -> bytes:
    total = sum(_signed(each) for each in told)
    opening = cbi_files.record(
        "61",
        *((4, "0000001"), (29, "93001"), (50, "CC"), (52, OWN_IBAN[4]), (53, OWN_IBAN[5:10])),
        *((58, OWN_IBAN[10:15]), (63, OWN_IBAN[15:]), (75, "EUR"), (78, "231126")),
        *((84, cbi_files.signed(_OPENING)), (100, OWN_IBAN[:2]), (102, OWN_IBAN[2:4])),
    )
    records = [opening]
    for number, each in enumerate(told, 1):
        records += [
            cbi_files.movement(
                _signed(each), number=number, day=f"{each.day:%d%m%y}", reference=each.reference
            ),
            cbi_files.detail("YYY", (17, f"{each.day:%d%m%Y}"), (41, each.payer.upper()), number=number),
            cbi_files.detail("RI1", (17, each.text), number=number),
        ]
    return cbi_files.file_of(cbi_files.flow(*records, cbi_files.closing(_OPENING + total)))


def _mt940(told: Sequence[Movement]) -> bytes:
    entries = []
    for each in told:
        cut = (each.text[start : start + _PIECE] for start in range(0, len(each.text), _PIECE))
        said = "".join(f"?{number}{piece}" for number, piece in enumerate(cut, 20))
        entries.append(
            mt940_files.transfer(
                each.cents,
                mark="C" if each.of is None else "RC",
                details=f"166?00BONIFICO{said}?32{each.payer.upper()}",
                reference=f"//{each.reference}" if each.reference else "",
                days=f"{each.day:%y%m%d%m%d}",
            )
        )
    balances = [_OPENING, _OPENING + sum(_signed(each) for each in told)]
    opening, closing = (f"C261122EUR{cents // 100},{cents % 100:02}" for cents in balances)
    lines = [":20:STATEMENT", f":25:{OWN_IBAN}", ":28C:1/1", f":60F:{opening}"]
    return mt940_files.file_of([*lines, *chain.from_iterable(entries), f":62F:{closing}", "-"])


def _signed(movement: Movement) -> int:
    return movement.cents if movement.of is None else -movement.cents
