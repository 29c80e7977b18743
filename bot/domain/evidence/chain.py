"""Chains of salted digests: one for each order, each mailbox, and each customer's requests (DOMAIN.md 7).

A record has two parts. The *content* says what happened, and is kept encrypted beside its *salt*; the *record* proves
that nothing else was said: its digest is made of salt and content, and its link of the digest, of what stands around
it, and of the link before. So a content can be sealed anew with another key, or be erased with its salt, and the chain
still holds: who has neither can guess nothing from the digest.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, Final

SALT_BYTES: Final = 16
DIGEST_BYTES: Final = 32
_FORM: Final = "rinnovo evidence 1"
"""Stands in every chain: another way to make links gets another name."""


class Subject(StrEnum):
    """What a chain is about. The values are stored."""

    ORDER = "order"
    MAILBOX = "mailbox"
    CUSTOMER = "customer"


class Kind(StrEnum):
    """What a record says. The values are stored.

    Of an order: `PLACED` with its lines, documents and acceptances; `SHOWN`, a screen in its words; `METHOD`, another
    method of payment; `VAT`, what the operator decided of it; `PAYMENT`, `REVERSAL` and `GIVEN_BACK`, money;
    `INVOICED`; `DELIVERED`, the hardware of a kit; `COMPLETED`, `CANCELLED`, `EXPIRED` and `WITHDRAWN`, how it ended.
    Of a mailbox: `SWITCHED` (automatic renewal), `DECIDED` (to renew or not). Of both: `TOLD`, a message with its words
    and what became of it. Of a customer: `REQUESTED`, a request about data; in earlier releases it stood in the chain
    of a mailbox. Of all: `ERASED` says of earlier records of the same chain that their contents were erased, and why.
    """

    PLACED = "placed"
    SHOWN = "shown"
    METHOD = "method"
    PAYMENT = "payment"
    REVERSAL = "reversal"
    GIVEN_BACK = "given_back"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    VAT = "vat"
    INVOICED = "invoiced"
    DELIVERED = "delivered"
    TOLD = "told"
    SWITCHED = "switched"
    DECIDED = "decided"
    REQUESTED = "requested"
    ERASED = "erased"


@dataclass(frozen=True, slots=True)
class Chain:
    """Names a chain: the kind of its subject, and the subject's number in the database."""

    subject: Subject
    id: int

    def __str__(self) -> str:
        """`order 12`."""
        return f"{self.subject.value} {self.id}"


@dataclass(frozen=True, slots=True)
class Content:
    """What happened, with the salt that its digest was made with."""

    salt: bytes
    value: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Erased:
    """A content that is no more: since when, and why."""

    on: date
    reason: str


@dataclass(frozen=True, slots=True)
class Record:
    """What proves a content: its place in the chain (from 1), when it was written (UTC), its kind, digest and link."""

    sequence: int
    at: datetime
    kind: Kind
    digest: bytes
    link: bytes


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a chain: how many records it has, and the link of the last one."""

    sequence: int
    link: bytes


def beginning(chain: Chain) -> Head:
    """The head of a chain that has no record yet; no two chains begin alike, so that none passes for another."""
    return Head(0, _digest(_FORM, chain.subject.value, str(chain.id)))


def written(value: Mapping[str, Any]) -> bytes:
    """A content as it is digested: JSON in UTF-8 with its keys in order and without blanks.

    Raises:
        TypeError: something in it is not JSON.
        ValueError: a number is not finite.
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def digest_of(content: Content) -> bytes:
    """The salted digest of a content."""
    return hmac.digest(content.salt, written(content.value), "sha256")


def following(head: Head, at: datetime, kind: Kind, digest: bytes) -> Record:
    """The record that follows a head.

    Args:
        head: of the chain so far.
        at: when it is written, aware.
        kind: of its content.
        digest: of its content.
    """
    sequence = head.sequence + 1
    return Record(sequence, at, kind, digest, link_of(head.link, sequence, at, kind, digest))


def link_of(before: bytes, sequence: int, at: datetime, kind: Kind, digest: bytes) -> bytes:
    """What binds a record to all those before it."""
    return _digest(_FORM, before.hex(), str(sequence), moment(at), kind.value, digest.hex())


def moment(at: datetime) -> str:
    """A moment as links have it: UTC, to the microsecond."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _digest(*parts: str) -> bytes:
    """None of the parts has a line break, so that no two lists of parts read alike."""
    return hashlib.sha256("\n".join(parts).encode()).digest()
