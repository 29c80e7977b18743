"""What an XML file is, told before anything of it is read: a document type is refused, and whatever is not CAMT.

Entities are declared in a document type alone, and one can stand before the root alone: a file in which it was not
found until there has none, and nothing in it can be expanded.
"""

import codecs
import re
from dataclasses import dataclass
from typing import BinaryIO, Final
from xml.etree.ElementTree import ParseError
from xml.parsers import expat

from bot.domain.statements.entry import Fault, UnreadableStatement

_CAMT: Final = re.compile(r"urn:iso:std:iso:20022:tech:xsd:camt\.(05[234])\.001\.([0-9]{2})")
_VERSIONS: Final = range(2, 14)
_LOOKED_AT: Final = 1 << 16
_SEPARATOR: Final = "\n"
_BODIES: Final = {"BkToCstmrStmt": "053", "BkToCstmrDbtCdtNtfctn": "054", "BkToCstmrAcctRpt": "052"}
_WANTED: Final = "export the account's movements as CAMT.053"


@dataclass(frozen=True, slots=True)
class CamtDocument:
    """What a file says that it is.

    Attributes:
        message: `053`, a statement, or `054`, a notification.
        version: `02` to `13`.
        namespace: of its elements.
    """

    message: str
    version: str
    namespace: str

    @property
    def named(self) -> str:
        """Its name for people."""
        return f"CAMT.{self.message} (version {self.version})"


class _Found(Exception):
    """The element with the statements has begun: enough was seen."""


def look_at_document(file: BinaryIO) -> CamtDocument:
    """See what the XML file is.

    Raises:
        UnreadableStatement: it has a document type, is no XML, or is not CAMT.053 or .054 of a known version.
    """
    root: list[str] = []
    parser = expat.ParserCreate(namespace_separator=_SEPARATOR)

    def refuse(*_: object) -> None:
        reason = "the file has a document type (DOCTYPE), which no bank's statement has: it is not read"
        raise UnreadableStatement(Fault.FOREIGN, reason, place=f"line {parser.CurrentLineNumber}")

    def started(name: str, _: object) -> None:
        root.append(name)
        if name.rpartition(_SEPARATOR)[2] in _BODIES:
            raise _Found

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = started
    to_begin(file)
    try:
        start = file.read(_LOOKED_AT)
        parser.Parse(start, len(start) < _LOOKED_AT)
    except _Found:
        return _document(root[-1])
    except expat.ExpatError as failure:
        raise broken(failure) from failure
    except (LookupError, ValueError) as failure:
        raise UnreadableStatement(
            Fault.DAMAGED, "the encoding that the file names is not known", place="line 1"
        ) from failure
    namespace, _, name = root[0].rpartition(_SEPARATOR) if root else ("", "", "")
    what = f"{name} ({namespace})" if namespace else name
    raise UnreadableStatement(
        Fault.FOREIGN, f"this XML is no statement of a bank but {what or 'cut short'}: {_WANTED}"
    )


def to_begin(file: BinaryIO) -> None:
    """Go to where the XML begins: blanks before it, which no reader of XML allows, are the bank's."""
    file.seek(0)
    start = file.read(_LOOKED_AT)
    blank = start.removeprefix(codecs.BOM_UTF8)
    file.seek(len(start) - len(blank.lstrip()) if blank[:1].isspace() else 0)


def _document(name: str) -> CamtDocument:
    namespace, _, body = name.rpartition(_SEPARATOR)
    found = _CAMT.fullmatch(namespace)
    if found is None or found[1] != _BODIES[body]:
        raise UnreadableStatement(
            Fault.FOREIGN,
            f"the namespace of {body} is {namespace or 'missing'}, where "
            f"urn:iso:std:iso:20022:tech:xsd:camt.{_BODIES[body]}.001.NN was expected: {_WANTED}",
        )
    message, version = found[1], found[2]
    if message == "052":
        raise UnreadableStatement(
            Fault.RUNNING_DAY,
            "this is a report of the running day (CAMT.052), whose entries may still change: "
            "import the statement of the closed day, CAMT.053",
        )
    if int(version) not in _VERSIONS:
        raise UnreadableStatement(
            Fault.FOREIGN,
            f"this is CAMT.{message} of version {version}, and those from "
            f"{_VERSIONS[0]:02d} to {_VERSIONS[-1]} are known: ask the bank for one of them",
        )
    return CamtDocument(message, version, namespace)


def broken(failure: expat.ExpatError | ParseError) -> UnreadableStatement:
    """The refusal of a file that is no well-formed XML from some line on."""
    # What a `SyntaxError` calls its line is not set where XML is read.
    line = failure.lineno if isinstance(failure, expat.ExpatError) else failure.position[0]
    code = failure.code
    if code in _CUT_SHORT:
        fault, reason = (
            Fault.CUT_SHORT,
            "the file ends before its XML does: it was cut short; download it from the bank again",
        )
    else:
        fault, reason = (
            Fault.DAMAGED,
            f"this is no XML ({expat.ErrorString(code) if code else failure}): download it again",
        )
    return UnreadableStatement(fault, reason, place=f"line {line}")


_CUT_SHORT: Final = frozenset(
    expat.errors.codes[name]
    for name in (
        expat.errors.XML_ERROR_NO_ELEMENTS,
        expat.errors.XML_ERROR_UNCLOSED_TOKEN,
        expat.errors.XML_ERROR_PARTIAL_CHAR,
        expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
    )
)
"""How the reader says that the file ended within something. NO_ELEMENTS is what it says of elements left open, too."""
