"""Invoices of orders, as the operator's own system issues them: the bot shows and tells them, and makes none."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit

LONGEST_NUMBER: Final = 64
LONGEST_URL: Final = 1024


class DocumentKind(StrEnum):
    """What was issued. The values are stored, and are variants in the texts."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"


@dataclass(frozen=True, slots=True)
class Invoice:
    """An invoice or a credit note of an order.

    Attributes:
        number: as its issuer writes it, up to `LONGEST_NUMBER` characters; with the order it says which one is meant.
        issued_on: its own date.
        document: which of the two it is.
        url: where it can be read, one that `is_safe_link` lets pass; empty where it is nowhere to be read.
    """

    number: str
    issued_on: date
    document: DocumentKind = DocumentKind.INVOICE
    url: str = ""


def is_safe_link(text: str) -> bool:
    """Whether a link may become a button: https, a host with a dot, no name or password in it, nothing to be encoded.

    Telegram refuses a whole message for a button that leads to no such host.
    """
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return False
    return (
        0 < len(text) <= LONGEST_URL
        and all("!" <= character <= "~" for character in text)
        and parts.scheme == "https"
        and "." in (parts.hostname or "").strip(".")
        and "@" not in parts.netloc
        and not set(text) & set('<>"\\^`{|}')
    )
