"""A file says by its content what it is; what is no statement is refused with what to do about it."""

import gzip
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from bot.domain.statements.entry import UnreadableStatement
from bot.services.statements.reading import open_statement
from tests.services.statements import camt_files, cbi_files, mt940_files
from tests.services.statements.profiles import BANCOPOSTA
from tests.services.statements.reading_files import refusal
from tests.services.statements.test_tables import LIST, ROWS, workbook

CAMT = camt_files.document(camt_files.statement(camt_files.entry()), version="08")
CBI = cbi_files.file_of(cbi_files.flow(*cbi_files.statement(cbi_files.movement())))
MT940 = mt940_files.file_of(mt940_files.statement(mt940_files.transfer()))


def archive(**files: bytes) -> bytes:
    content = BytesIO()
    with ZipFile(content, "w") as made:
        for name, data in files.items():
            made.writestr(name, data)
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (CAMT, "CAMT.053 (version 08)"),
        (CBI, "CBI rendicontazione (RH)"),
        (MT940, "MT940"),
        (LIST, "CSV, profile bancoposta"),
        (workbook(ROWS), "XLSX, sheet Foglio1, profile bancoposta"),
    ],
)
@pytest.mark.parametrize("name", ["movimenti.pdf", "estratto"])
def test_a_files_name_says_nothing(tmp_path: Path, content: bytes, named: str, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with open_statement(path, profiles=[BANCOPOSTA]) as statement:
        first = list(statement.entries())
        assert statement.format == named
        assert statement.size == len(content)
        assert 0 < statement.position() <= len(content)
        assert list(statement.entries()) == first  # as often as needed


@pytest.mark.parametrize("content", [CAMT, CBI, MT940, LIST, workbook(ROWS)])
def test_a_reading_that_is_given_up_leaves_nothing_open(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    with open_statement(path, profiles=[BANCOPOSTA]) as statement:
        entries = statement.entries()
        next(entries)
    del entries  # what goes wrong here becomes a warning, which is an error


SIGNED = bytes.fromhex("3082012306092a864886f70d010702a0820114")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "the file is empty: export"),
        (b"\xef\xbb\xbf \r\n", "the file is empty: export"),
        (b"%PDF-1.7", "this is a PDF, made to be read by people: export the account's movements as CAMT.053"),
        (SIGNED, "this is a signed envelope (.p7m): open it with a program for digital signatures"),
        (b"-----BEGIN PKCS7-----\nMIAG", "this is a signed envelope (.p7m)"),
        (b"MIIBIwYJKoZIhvcNAQcCoIIBFA==", "this is a signed envelope (.p7m)"),
        (
            archive(a=CAMT, b=CBI),
            "this is an archive (ZIP) with 2 files: unpack it, and import them one by one",
        ),
        (archive(mimetype=b"x", **{"content.xml": b"x"}), "this is an OpenDocument sheet: save it as .xlsx"),
        (b"PK\x03\x04 broken", "the file is a damaged archive"),
        (gzip.compress(CAMT), "this is a compressed file (gzip): unpack it"),
        (b"7z\xbc\xaf\x27\x1c", "this is an archive (7-Zip)"),
        (b"Rar!\x1a", "this is an archive (RAR)"),
        (b"\xd0\xcf\x11\xe0\xa1", "this is an old or a protected Excel file"),
        (b"OFXHEADER:100", "this is an OFX file"),
        (b"!Type:Bank", "this is a QIF file"),
        (b'{"movimenti": []}', "this is JSON"),
        (b"<html><table>", "this is a web page, whatever its name says"),
        (b"<!DOCTYPE html>", "this is a web page, whatever its name says"),
        (b"\x01\0\x02\0\x03", "this is no text"),
        (CBI.replace(b" RH", b" EC"), "this is a periodic statement in CBI's records (EC)"),
        (CBI.replace(b" RH", b" IB"), "this is an order of Ri.Ba. in CBI's records (IB)"),
        (b"Data;Importo\n", "a CSV or XLSX file is read by a profile of the catalogue"),
    ],
)
def test_what_is_no_statement_is_named(content: bytes, reason: str) -> None:
    assert refusal(content).startswith(reason)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    for path in (tmp_path / "none.xml", tmp_path):
        with pytest.raises(UnreadableStatement, match="the file cannot be opened: "), open_statement(path):
            pass
