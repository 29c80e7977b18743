"""Mailbox files for tests: a good row, and files made of variants of it."""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from datetime import UTC
from pathlib import Path
from typing import Any, TextIO

from stdnum import luhn

from bot.services.importing import Finding, Severity, open_mailbox_file
from bot.services.importing.columns import Column
from bot.services.importing.judging import Judge, JudgedRow
from bot.services.importing.measures import Measures
from bot.services.importing.raw_rows import RawRow
from tests.support.builders import NOW, TODAY
from tests.support.catalogue import example_catalogue

MEASURES = Measures(example_catalogue(), NOW, TODAY, UTC)

COMPANY = {
    "customer": "ESEMPIO-01",
    "reference_email": "esempio@example.com",
    "language": "it",
    "address": "esempio@pec.example",
    "plan": "pro",
    "expires_on": "2026-12-20",
    "extra_mailbox_gb": "1",
    "extra_archive_gb": "0",
    "used_mailbox_gb": "2.4",
    "used_archive_gb": "1.25",
    "usage_at": "2026-11-23T06:00:00+01:00",
    "auto_renew": "false",
    "promo": "welcome",
    "kind": "company",
    "first_name": "",
    "last_name": "",
    "business_name": "Esempio S.r.l.",
    "tax_code": "99000019994",
    "vat_number": "99000019994",
    "legal_rep": "Maria Esempio",
    "street": "Via dell'Esempio 12",
    "postcode": "00100",
    "town": "Roma",
    "province": "RM",
    "country": "IT",
    "phone": "+390600000001",
    "recipient_code": "ESEMPI0",
    "recipient_pec": "",
    "cig": "",
    "cup": "",
    "split_payment": "",
}
"""A row without a fault."""

PERSON = COMPANY | {
    "kind": "natural_person",
    "first_name": "Maria",
    "last_name": "Esempio",
    "business_name": "",
    "tax_code": "SMPMRA85D52Z999I",
    "vat_number": "",
    "legal_rep": "",
    "recipient_code": "",
}
FREELANCER = PERSON | {"kind": "freelancer", "vat_number": "99000029993"}
PUBLIC_BODY = COMPANY | {
    "kind": "public_administration",
    "vat_number": "",
    "recipient_code": "ESEMP1",
    "cig": "Z000000000",
    "cup": "A00A00000000000",
    "split_payment": "true",
}
ABROAD = COMPANY | {
    "tax_code": "DE999999995",
    "vat_number": "DE999999995",
    "postcode": "10115",
    "town": "Berlin",
    "province": "",
    "country": "DE",
    "phone": "+4930000001",
    "recipient_code": "XXXXXXX",
}


def company(number: int, **changes: str) -> dict[str, str]:
    """The row of another customer's mailbox, each number another one."""
    code = f"{9_000_000 + number:07d}999"
    code += luhn.calc_check_digit(code)
    return (
        COMPANY
        | {
            "customer": f"C-{number}",
            "reference_email": f"cliente{number}@example.com",
            "address": f"casella{number}@pec.example",
            "tax_code": code,
            "vat_number": code,
        }
        | changes
    )


def judged(row: Mapping[str, str]) -> JudgedRow:
    """Judge a row that stands on line 2."""
    return Judge(MEASURES).row(RawRow(2, {Column(name): text for name, text in row.items()}))


def as_csv(rows: Iterable[Mapping[str, str]], delimiter: str = ",", end: str = "\n") -> str:
    """The rows as CSV, with the contract's header."""
    text = io.StringIO()
    write_csv(text, rows, delimiter, end)
    return text.getvalue()


def write_csv(file: TextIO, rows: Iterable[Mapping[str, str]], delimiter: str = ",", end: str = "\n") -> None:
    """Write the rows to an open file as they come."""
    names = [column.value for column in Column]
    writer = csv.DictWriter(file, names, delimiter=delimiter, lineterminator=end)
    writer.writeheader()
    writer.writerows(rows)


def as_json(rows: Iterable[Mapping[str, Any]]) -> str:
    """The rows as a list of JSON objects, one a line; the first is on line 2."""
    return "[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]\n"


def read(path: Path) -> list[RawRow]:
    """The rows of a file."""
    with open_mailbox_file(path) as file:
        return list(file.rows)


def read_text(folder: Path, text: str | bytes, name: str = "mailboxes.csv") -> list[RawRow]:
    """The rows of a file with this content."""
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read(path)


class Recorder:
    """Listens to an import."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.positions: list[int] = []

    def found(self, finding: Finding) -> None:
        """Keep the finding."""
        self.findings.append(finding)

    def advanced(self, bytes_read: int) -> None:
        """Keep how far the file was read."""
        self.positions.append(bytes_read)

    @property
    def errors(self) -> list[Finding]:
        """The findings that refuse a row."""
        return [finding for finding in self.findings if finding.severity is Severity.ERROR]
