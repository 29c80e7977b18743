"""Reading CAMT.053 and CAMT.054, the bank's statement and its notification in the XML of ISO 20022, versions 2 to 13.

Every version has its own namespace, and parts of some elements moved: a party's name into `Pty`, an entry's status
into `Cd`. Both places are looked at, whatever the version: banks mix them.

What was read is thrown away element by element. Balances and totals are checked statement by statement, at its end.
"""

from collections.abc import Iterator
from datetime import date
from typing import BinaryIO, Final, TypeAlias, cast
from xml.etree.ElementTree import Element, ParseError, XMLPullParser

from bot.domain.statements.entry import Fault, StatementEntry, UnreadableStatement
from bot.services.statements.accounts import account_of
from bot.services.statements.camt_document import broken, look_at_document, to_begin
from bot.services.statements.camt_elements import Elements
from bot.services.statements.camt_entry import EntryReader, Parts, Whole
from bot.services.statements.camt_totals import StatementTotals
from bot.services.statements.figures import day_of

_PIECE: Final = 1 << 16
_STATEMENTS: Final = {"053": "Stmt", "054": "Ntfctn"}
_IN_ENTRY, _IN_DETAILS = 1, 2
"""How many elements inside a statement are open around those of an entry, and of its details."""
_Event: TypeAlias = tuple[str, Element]


class CamtFile:
    """A statement in XML."""

    def __init__(self, file: BinaryIO) -> None:
        """See what the file is.

        Raises:
            UnreadableStatement: it is not CAMT.053 or .054 of a known version, or has a document type.
        """
        self._file = file
        self._document = look_at_document(file)

    @property
    def named(self) -> str:
        """What it is, for people."""
        return self._document.named

    def position(self) -> int:
        """How many bytes were read."""
        return self._file.tell()

    def entries(self) -> Iterator[StatementEntry]:
        """The entries, in their order.

        Raises:
            UnreadableStatement: at the first damaged place, or where totals do not add up.
        """
        elements = Elements(self._document.namespace)
        walk = _Walk(elements, _STATEMENTS[self._document.message])
        parser: XMLPullParser[Element] = XMLPullParser(("start", "end"))
        to_begin(self._file)
        try:
            while piece := self._file.read(_PIECE):
                parser.feed(piece)
                yield from walk.on(cast("Iterator[_Event]", parser.read_events()))
            parser.close()
        except ParseError as failure:
            raise broken(failure) from failure
        yield from walk.on(cast("Iterator[_Event]", parser.read_events()))
        walk.end()


class _Walk:
    """Goes through the elements as they are read, and holds those alone that are not done with."""

    def __init__(self, elements: Elements, statement: str) -> None:
        self._of = elements
        self._reader = EntryReader(elements)
        self._statement_tag = elements.tag(statement)
        self._entry_tag, self._payment_tag = elements.tag("Ntry"), elements.tag("TxDtls")
        self._details_tag = elements.tag("NtryDtls")
        self._open: list[Element] = []
        self._depth = 0
        """How many elements are open around what a statement consists of; 0 outside of one."""
        self._statements = self._entries = 0
        self._account = ""
        self._day: date | None = None
        self._totals = StatementTotals("")
        self._whole: Whole | None = None
        self._parts: Parts | None = None

    def on(self, events: Iterator[_Event]) -> Iterator[StatementEntry]:
        """Go on with what was read since."""
        for event, node in events:
            if event == "start":
                self._open.append(node)
                if node.tag == self._statement_tag and not self._depth:
                    self._begin()
                continue
            self._open.pop()
            if not self._depth:
                if self._open:
                    self._open[-1].remove(node)
                continue
            inside = len(self._open) - self._depth
            if inside == 0:
                yield from self._part(node)
                self._open[-1].remove(node)
            elif inside == _IN_DETAILS and node.tag == self._payment_tag:
                yield from self._payment(node)
                self._open[-1].remove(node)
            elif inside == _IN_ENTRY and node.tag == self._details_tag:
                self._open[-1].remove(node)
            elif inside < 0:
                self._totals.check(self._of)
                self._depth = 0
                self._open[-1].remove(node)

    def end(self) -> None:
        """The file has ended.

        Raises:
            UnreadableStatement: there was no statement in it.
        """
        if not self._statements:
            raise UnreadableStatement(
                Fault.EMPTY, "there is no statement in the file: export the movements again"
            )

    def _begin(self) -> None:
        self._depth = len(self._open)
        self._statements += 1
        self._account, self._day = "", None
        self._totals = StatementTotals(f"statement {self._statements}")

    def _part(self, node: Element) -> Iterator[StatementEntry]:
        name = node.tag.rpartition("}")[2]
        if name == "Ntry":
            yield from self._entry(node)
        elif name == "Acct":
            self._account = account_of(self._of.text(node, "Id/IBAN", "Id/Othr/Id"))
        elif name == "Bal":
            self._totals.balance(self._of, node)
        elif name == "TxsSummry":
            self._totals.summary(node)
        elif name == "CreDtTm":
            self._day = self._created(node)
        elif name == "StmtPgntn":
            is_only = self._of.text(node, "PgNb") == "1" and self._of.text(node, "LastPgInd") in {"true", "1"}
            self._totals.is_page = not is_only

    def _created(self, node: Element) -> date | None:
        try:
            return day_of((node.text or "").strip())
        except ValueError:
            return None

    def _payment(self, node: Element) -> Iterator[StatementEntry]:
        entry, details = self._open[-2], self._open[-1]
        if entry.tag == self._entry_tag and details.tag == self._details_tag:
            yield from self._parts_of(entry).add(node)

    def _entry(self, node: Element) -> Iterator[StatementEntry]:
        parts, whole = self._parts_of(node), self._whole
        yield from parts.end()
        if whole is not None:
            self._totals.entry(
                whole.entry.cents,
                whole.entry.currency,
                parts.count,
                is_credit=whole.is_credit,
                is_booked=whole.is_booked,
            )
        self._whole = self._parts = None

    def _parts_of(self, node: Element) -> Parts:
        """The payments of the entry, whose own words all stand before the first of them."""
        if self._parts is None:
            self._entries += 1
            place = f"entry {self._entries}"
            self._whole = self._reader.whole(node, self._account, self._day, place)
            self._parts = Parts(self._reader, self._whole)
        return self._parts
