"""What a file is, by how it begins: banks name their files as they like, and people rename them.

What is no statement, or is wrapped in something else, is refused with what to do about it.
"""

import re
from enum import Enum, auto
from typing import BinaryIO, Final
from zipfile import BadZipFile, ZipFile

from bot.domain.statements.entry import Fault, UnreadableStatement

_LOOKED_AT: Final = 4096
_WANTED: Final = "export the account's movements as CAMT.053, CBI, MT940, CSV or XLSX"
_ZIP: Final = b"PK\x03\x04"
_WORKBOOK: Final = "xl/workbook.xml"
_XML: Final = re.compile(rb"\s*<(?:\?xml\b|!DOCTYPE|!--|[A-Za-z_][\w.:-]*[\s/>])")
_HTML: Final = re.compile(rb"\s*<(?:!DOCTYPE\s+html|html|head|body|table|meta)\b", re.IGNORECASE)
_MT940: Final = re.compile(rb"(?:^|[\r\n}]|\{4:)\s*:20:[^\r\n]*[\r\n]+(?:[^\r\n]*[\r\n]+){0,3}?:25P?:")
_CBI: Final = re.compile(rb"\s?([A-Z]{2})[0-9A-Z ]{5}[0-9A-Z ]{5}[0-9]{6}")
_CBI_FLOWS: Final = {
    b"EC": "a periodic statement",
    b"RA": "a statement of deposits",
    b"DT": "a statement of securities",
    b"RP": "a statement of bills",
    b"PC": "an order of transfers",
    b"IB": "an order of Ri.Ba.",
    b"IM": "an order of MAV",
}
_SIGNED: Final = re.compile(rb"\x30[\x80-\x84].{0,8}\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02", re.DOTALL)
_SIGNED_TEXT: Final = re.compile(
    rb"-----BEGIN (?:PKCS7|CMS)-----|MI[\w+/]{4}YJKoZIhvcNAQcC|MIAGCSqGSIb3DQEHA"
)
_FOREIGN: Final = (
    (b"%PDF-", Fault.FOREIGN, "this is a PDF, made to be read by people"),
    (
        b"\xd0\xcf\x11\xe0",
        Fault.SAVE_AGAIN,
        "this is an old or a protected Excel file: save it as .xlsx without a password",
    ),
    (b"\x1f\x8b", Fault.ARCHIVE, "this is a compressed file (gzip): unpack it, and import what is in it"),
    (
        b"7z\xbc\xaf\x27\x1c",
        Fault.ARCHIVE,
        "this is an archive (7-Zip): unpack it, and import the files in it one by one",
    ),
    (b"Rar!", Fault.ARCHIVE, "this is an archive (RAR): unpack it, and import the files in it one by one"),
    (b"OFXHEADER", Fault.FOREIGN, "this is an OFX file, a format that is not read"),
    (b"!Type:", Fault.FOREIGN, "this is a QIF file, a format that is not read"),
)
_JSON: Final = re.compile(rb"\s*[\[{]\s*[\"{]")


class Kind(Enum):
    """A format that is read."""

    CAMT = auto()
    CBI = auto()
    MT940 = auto()
    WORKBOOK = auto()
    TABLE = auto()


def kind_of(file: BinaryIO) -> Kind:
    """What the file is.

    Raises:
        UnreadableStatement: it is empty, or of no format that is read.
    """
    file.seek(0)
    start = file.read(_LOOKED_AT)
    text = start.removeprefix(b"\xef\xbb\xbf")
    if not text.strip():
        raise UnreadableStatement(Fault.EMPTY, f"the file is empty: {_WANTED}")
    if start.startswith(_ZIP):
        _refuse_archive(file)
        return Kind.WORKBOOK
    _refuse_foreign(text)
    if _XML.match(text) or _is_wide_xml(start):
        return Kind.CAMT
    if _MT940.search(text):
        return Kind.MT940
    if found := _CBI.match(text):
        if found[1] == b"RH":
            return Kind.CBI
        if what := _CBI_FLOWS.get(found[1]):
            raise UnreadableStatement(
                Fault.FOREIGN,
                f"this is {what} in CBI's records ({found[1].decode()}): export the 'rendicontazione' (RH)",
            )
    if b"\0" in start and not start.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableStatement(Fault.FOREIGN, f"this is no text: {_WANTED}")
    return Kind.TABLE


def _refuse_archive(file: BinaryIO) -> None:
    try:
        with ZipFile(file) as archive:
            names = archive.namelist()
    except (BadZipFile, RuntimeError, ValueError) as failure:
        raise UnreadableStatement(
            Fault.CUT_SHORT, "the file is a damaged archive: download it from the bank again"
        ) from failure
    if _WORKBOOK in names:
        return
    if "mimetype" in names and "content.xml" in names:
        raise UnreadableStatement(
            Fault.SAVE_AGAIN, "this is an OpenDocument sheet: save it as .xlsx, or as 'CSV UTF-8'"
        )
    raise UnreadableStatement(
        Fault.ARCHIVE,
        f"this is an archive (ZIP) with {len(names)} files: unpack it, and import them one by one",
    )


def _refuse_foreign(text: bytes) -> None:
    if _SIGNED.match(text) or _SIGNED_TEXT.match(text):
        raise UnreadableStatement(
            Fault.SIGNED,
            "this is a signed envelope (.p7m): open it with a program for digital signatures, and import what is in it",
        )
    for mark, fault, what in _FOREIGN:
        if text.lstrip().startswith(mark):
            raise UnreadableStatement(fault, what if ":" in what else f"{what}: {_WANTED}")
    if _JSON.match(text):
        raise UnreadableStatement(Fault.FOREIGN, f"this is JSON, a format that is not read: {_WANTED}")
    if _HTML.match(text):
        raise UnreadableStatement(Fault.FOREIGN, f"this is a web page, whatever its name says: {_WANTED}")


def _is_wide_xml(start: bytes) -> bool:
    return start.startswith((b"\xff\xfe<\0", b"\xfe\xff\0<"))
