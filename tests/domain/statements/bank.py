"""A bank as it is: orders are paid, and their reasons come back cut, in capitals, without signs, glued and truncated.

Nothing is drawn from anywhere but the seed. Of each payment it is known which orders it was meant for.
"""

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import islice, pairwise
from typing import Final

from bot.domain.creditor_reference import creditor_reference, in_groups
from bot.domain.order_number import ALPHABET, format_number
from bot.domain.orders import OrderStatus
from bot.domain.statements.book import Book, PastPayment, Payable
from bot.domain.statements.entry import EntryKind, StatementEntry
from bot.domain.statements.judging import Heap, Proposal, judge

DAY: Final = date(2026, 11, 30)
PIECE: Final = 35
PRICES: Final = (3648, 3648, 3648, 3648, 4258, 4258, 8784, 2440, 7296, 10944, 12774, 17568)
"""What orders cost, the commonest more often: many orders ask for the same."""
_SYLLABLES: Final = re.findall("..", "BABECACEDADEFAFEGAGEMAMEMONANENIPAPERARERISASETATETIVAVEZALOLITO")
_ENDS: Final = ("RI", "NI", "TTI", "SSI", "LLO", "RA", "NE", "TA", "STA", "GA")
_FIRST_NAMES: Final = (
    "ANNA",
    "MARIA",
    "LUCIA",
    "PAOLA",
    "SARA",
    "ELENA",
    "MARTA",
    "MARCO",
    "LUCA",
    "PAOLO",
    "CARLO",
)
_TRADES: Final = (
    "IMPIANTI",
    "TRASPORTI",
    "EDILE",
    "SERVIZI",
    "AGRUMI",
    "STAMPE",
    "MECCANICA",
    "ARREDI",
    "MARMI",
)
_FORMS: Final = ("SRL", "S.R.L.", "SPA", "SNC", "SAS", "STUDIO ASSOCIATO")
_BEFORE: Final = (
    "",
    "",
    "",
    "RINNOVO PEC ",
    "ORDINE ",
    "ORD. N. ",
    "PAGAMENTO ORDINE ",
    "CAUSALE: ",
    "RINNOVO CASELLA {address} ORDINE ",
    "SALDO RINNOVO POSTA CERTIFICATA ",
    "BONIFICO DI {payer} PER ",
    "PEC {name} ",
)
_AFTER: Final = (
    "",
    "",
    "",
    " RINNOVO PEC",
    " DEL 12/11/2026",
    " {address}",
    " {name}",
    " GRAZIE",
    " - RINNOVO ANNUALE PEC {name} FATTURA A {payer}",
    " INTEGRAZIONE",
    " 2 ANNI",
)
_OTHER_TEXTS: Final = (
    "RINNOVO PEC",
    "RINNOVO PEC {name}",
    "PEC {address}",
    "RINNOVO CASELLA {address} PER DUE ANNI",
    "SALDO FATTURA {figures} DEL 12/11/2026",
    "FATT {figures}/{figure} RATA {figure}",
    "AFFITTO MESE DI DICEMBRE {name}",
    "PAGAMENTO CF {tax} PEC",
    "CF {letters} {figures}{letter}{figures}",
    "TRN {code}{code}{code} CAUSALE PEC",
    "CODICE {code} RINNOVO",
    "RIF {code} {code} ORD {letters}",
    "{letters} {letter} {code}",
    "CARTA {figures} {figures} {figures}",
    "STAGE TARGA {letters} SPESE {figure} SCHEDA",
    "QUOTA {figures}-{figure} MESE {letters}",
    "BONIFICO",
)


@dataclass(frozen=True, slots=True)
class Sample:
    """An entry, and what is known of it.

    Attributes:
        entry: as the statement has it.
        meant: the numbers of the orders that it pays; none where it is for others.
        has_number: whether its payer wrote a number.
        is_readable: it has the amount of the one order that it names, whose six characters survive in order with at
            most one blank or sign between them.
        stands_apart: and they stand between boundaries: it is readable, and glued to no other word.
    """

    entry: StatementEntry
    meant: frozenset[str]
    has_number: bool
    is_readable: bool
    stands_apart: bool


class Bank:
    """Orders that wait for payment, and what comes of it."""

    def __init__(self, seed: int, orders: int) -> None:
        """Draw `orders` that are open, and a fifth as many that are over."""
        self._random = random.Random(seed)  # noqa: S311 - no secrets
        self.orders: list[Payable] = []
        seen: set[str] = set()
        while len(self.orders) < orders * 6 // 5:
            number = format_number("".join(self._random.choices(ALPHABET, k=5)))
            if number not in seen:
                seen.add(number)
                self.orders.append(self._order(number, is_open=len(self.orders) < orders))
        self.open = self.orders[:orders]
        self.over = self.orders[orders:]
        self.book = Book(self.orders)

    def payments(self, count: int) -> Iterator[Sample]:
        """Payments as they appear in the operator's statement: four of ten without any number."""
        return islice(self._payments(), count)

    def _payments(self) -> Iterator[Sample]:
        draw = self._random
        while True:
            order = draw.choice(self.open)
            match draw.random():
                case part if part < 0.40:
                    yield self._without_number(order)
                case part if part < 0.47:
                    yield self._two(order)
                case part if part < 0.50:
                    yield self._by_reference(order)
                case _:
                    yield self._plain(order)

    # What was paid, and with which reason.

    def _plain(self, order: Payable) -> Sample:
        draw = self._random
        written = self._typed(order.number)
        text = f"{draw.choice(_BEFORE)}{written}{draw.choice(_AFTER)}"
        cents = order.missing if draw.random() < 0.97 else draw.choice(PRICES)
        return self._booked(text, order, cents, (order,), named=1)

    def _by_reference(self, order: Payable) -> Sample:
        reference = creditor_reference(order.number)
        text = self._random.choice((reference, in_groups(reference), f"PEC {reference} GRAZIE"))
        return self._booked(text, order, order.missing, (order,), named=1)

    def _two(self, order: Payable) -> Sample:
        draw = self._random
        other = draw.choice(self.open if draw.random() < 0.6 else self.over)
        first, second = self._typed(order.number), self._typed(other.number)
        if draw.random() < 0.5 and other.is_open:
            text = draw.choice((f"{first} {second}", f"ORDINI {first} E {second}", f"{first}+{second} PEC"))
            return self._booked(text, order, order.missing + other.missing, (order, other), named=2)
        text = draw.choice(
            (
                f"{second} GIA PAGATO ORA {first}",
                f"{first} SEGUE {second}",
                f"{first} (PRIMA {second})",
                f"PEC {second} {first}",
            )
        )
        return self._booked(text, order, order.missing, (order,), named=2)

    def _without_number(self, order: Payable) -> Sample:
        draw = self._random
        is_ours = draw.random() < 0.5
        text = draw.choice(_OTHER_TEXTS)
        cents = order.missing if draw.random() < 0.8 else draw.randrange(100, 100_000)
        return self._booked(text, order, cents, (order,) if is_ours else (), named=0)

    def _typed(self, number: str) -> str:
        """A number as a payer types it."""
        draw = self._random
        match draw.random():
            case part if part < 0.5:
                return number
            case part if part < 0.7:
                return number.replace("-", "")
            case part if part < 0.85:
                return number.replace("-", " ")
            case part if part < 0.95:
                return number.lower()
            case _:
                return number.replace("-", draw.choice("/._"))

    # What the bank makes of it.

    def _booked(
        self, text: str, order: Payable, cents: int, meant: Sequence[Payable], *, named: int
    ) -> Sample:
        draw = self._random
        own_name = 1 if named > 1 else 0.65  # what is left of a text with two may be the wrong one
        payer = order.names[0] if meant and draw.random() < own_name else self._name()
        pieces = self._pieces(self._mangled(self._filled(text, order, payer)))
        entry = StatementEntry(
            EntryKind.CREDIT,
            "IT60X0542811101000000123456",
            DAY - timedelta(days=draw.randrange(20)),
            cents,
            payer=self._payer(payer),
            pieces=pieces,
        )
        is_clear = named == 1 and cents == order.missing
        survives, apart = _survives(order.number, pieces) if is_clear else (False, False)
        return Sample(entry, frozenset(each.number for each in meant), named > 0, survives, apart)

    def _filled(self, text: str, order: Payable, payer: str) -> str:
        draw = self._random
        return (
            text.replace("{address}", order.addresses[0])
            .replace("{name}", order.names[0])
            .replace("{payer}", payer)
            .replace("{tax}", "RSSMRA85T10A562S")
            .replace("{figures}", "".join(draw.choices("23456789", k=draw.choice((4, 5, 6)))))
            .replace("{figure}", draw.choice("23456789"))
            .replace("{letters}", "".join(draw.choices("ABCDEFGHKMNPRSTUV", k=draw.choice((5, 6)))))
            .replace("{letter}", draw.choice("ABCDEHMPRST"))
            .replace("{code}", "".join(draw.choices("ABCDEFGHKMNPRSTUVXZ23456789", k=draw.choice((5, 6, 6)))))
        )

    def _mangled(self, text: str) -> str:
        draw = self._random
        if draw.random() < 0.9:
            text = text.upper()
        if draw.random() < 0.5:
            text = text.replace("-", draw.choice(("", " ")))
        if draw.random() < 0.6:
            text = re.sub(r"[@._]", draw.choice(("", " ")), text)
        if draw.random() < 0.15:  # a blank or two are lost, and words are glued
            blanks = [place for place, char in enumerate(text) if char == " "]
            for place in sorted(draw.sample(blanks, min(len(blanks), draw.choice((1, 1, 2)))), reverse=True):
                text = text[:place] + text[place + 1 :]
        if draw.random() < 0.1:
            text = text[: -draw.randrange(1, 12)] or text
        if draw.random() < 0.1:
            text = f"BONIFICO A VOSTRO FAVORE ID {self._code(11)} {text}"
        return text[:140]

    def _pieces(self, text: str) -> tuple[str, ...]:
        """In pieces of 35 that keep their blanks, or not; now and then whole."""
        draw = self._random
        if draw.random() < 0.2:
            return (text,)
        shift = draw.choice(
            (0, 0, 0, draw.randrange(PIECE))
        )  # other things stand before, in a field of their own
        bounds = (0, *range(PIECE - shift, len(text), PIECE), len(text))
        pieces = [text[start:end] for start, end in pairwise(bounds)]
        if draw.random() < 0.5:
            pieces = [piece.strip() for piece in pieces]
        return tuple(piece for piece in pieces if piece)

    # Who and what there is.

    def _order(self, number: str, *, is_open: bool) -> Payable:
        draw = self._random
        name = self._name()
        sign = draw.choice("._-")
        where = draw.choice(("pec.example.it", "pec.example.com", "legal-mail.example.it"))
        address = f"{sign.join(name.lower().replace('.', '').split())}@{where}"
        price = draw.choice(PRICES) if draw.random() < 0.8 else draw.randrange(2000, 60000)
        order = Payable(number, OrderStatus.AWAITING_PAYMENT, price, (name,), (address,))
        if is_open:
            return order
        status = draw.choice((OrderStatus.COMPLETED, OrderStatus.CANCELLED, OrderStatus.EXPIRED))
        paid = PastPayment(f"bank-{number}", price, "callback", DAY - timedelta(days=draw.randrange(60)))
        payments = (paid,) if status is OrderStatus.COMPLETED else ()
        return replace(order, status=status, missing=0, payments=payments)

    def _name(self) -> str:
        draw = self._random
        family = "".join(draw.choices(_SYLLABLES, k=draw.choice((1, 2, 2, 3)))) + draw.choice(_ENDS)
        if draw.random() < 0.3:
            return f"{family} {draw.choice(_TRADES)} {draw.choice(_FORMS)}"
        return f"{draw.choice(_FIRST_NAMES)} {family}".title()

    def _payer(self, name: str) -> str:
        """A name as banks write it: the family's first, in capitals, maybe with another person."""
        draw = self._random
        words = name.upper().split()
        turned = " ".join((*words[1:], words[0])) if draw.random() < 0.5 else " ".join(words)
        return f"{turned} E {self._name().upper()}" if draw.random() < 0.1 else turned

    def _code(self, length: int) -> str:
        return "".join(self._random.choices("ABCDEFGHKMNPRSTUVXZ0123456789", k=length))


def _survives(number: str, pieces: Sequence[str]) -> tuple[bool, bool]:
    """Whether the six characters stand in order with at most one blank or sign between them, and between boundaries."""
    plain = number.replace("-", "")
    texts = ("".join(pieces).upper(), " ".join(pieces).upper())
    ends = [found for text in texts for found in _occurrences(plain, f" {text} ")]
    return bool(ends), any(not before.isalnum() and not after.isalnum() for before, after in ends)


def _occurrences(plain: str, text: str) -> Iterator[tuple[str, str]]:
    """What stands before and behind each place of these characters, between two of which one sign may stand."""
    start = text.find(plain[0])
    while start >= 0:
        for at in range(1, len(plain) + 1):
            sign = 0 if at == len(plain) else 1
            end = start + len(plain) + sign
            inner = text[start:end]
            if inner[:at] + inner[at + sign :] == plain and not (sign and inner[at : at + 1].isalnum()):
                yield text[start - 1], text[end : end + 1]
        start = text.find(plain[0], start + 1)


@dataclass(slots=True)
class Tally:
    """How the payments of a bank were judged.

    `wrong` are those that were certain for an order that they were not meant for; `readable` are those that have the
    amount of the one order that they name between boundaries.
    """

    without_number: int = 0
    readable: int = 0
    certain_of_readable: int = 0
    glued: int = 0
    certain_of_glued: int = 0
    heaps: Counter[Heap] = field(default_factory=Counter)
    wrong: list[Sample] = field(default_factory=list)

    @classmethod
    def of(cls, bank: Bank, count: int) -> "Tally":
        """Judge so many payments."""
        tally = cls()
        for sample in bank.payments(count):
            tally.count(sample, judge(sample.entry, bank.book, "camt.053"))
        return tally

    def count(self, sample: Sample, proposal: Proposal) -> None:
        """Count one."""
        is_certain = proposal.heap is Heap.CERTAIN
        self.heaps[proposal.heap] += 1
        self.without_number += not sample.has_number
        if sample.stands_apart:
            self.readable += 1
            self.certain_of_readable += is_certain
        elif sample.is_readable:
            self.glued += 1
            self.certain_of_glued += is_certain
        if is_certain and (proposal.order is None or sample.meant != {proposal.order.number}):
            self.wrong.append(sample)
