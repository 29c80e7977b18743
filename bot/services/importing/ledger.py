"""What the rows read so far have said, so that a later row that contradicts them is found.

A million addresses in a Python set take over a hundred megabytes. Here each takes a few dozen bytes in a
temporary SQLite file, which the system removes when it is closed, behind a cache of fixed size. Only keyed
digests stand in it: the key dies with the process, and with it any way to tell whom they were made from.
"""

import hashlib
import secrets
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import TracebackType
from typing import Final, Self

_KEY_BYTES: Final = 12
_FACT_BYTES: Final = 6
_NOTHING: Final = bytes(_FACT_BYTES)
_CACHE_KIB: Final = 8192


class Subject(StrEnum):
    """What a row speaks of."""

    MAILBOX = "mailbox"
    CUSTOMER = "customer"
    HOLDER = "holder"


@dataclass(frozen=True, slots=True)
class Claim:
    """What a row says of a subject, in digests: which one it is (`key`), and a digest for each fact of it."""

    key: bytes
    facts: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Earlier:
    """The first row that made a claim on a subject: its line, and the places of the facts that differ there."""

    line: int
    differing: tuple[int, ...]


class Ledger:
    """Remembers, for each subject, the line that named it first and what was said of it."""

    def __init__(self) -> None:
        """Open an empty ledger; use it as a context manager."""
        self._secret = secrets.token_bytes(32)
        self._file = sqlite3.connect("", isolation_level=None)
        self._file.execute("PRAGMA journal_mode=OFF")
        self._file.execute(f"PRAGMA cache_size=-{_CACHE_KIB}")
        self._file.execute(
            "CREATE TABLE first (key BLOB PRIMARY KEY, line INTEGER, facts BLOB) WITHOUT ROWID"
        )
        self._file.execute("BEGIN")  # one transaction to the end, or each row would be written out on its own

    def __enter__(self) -> Self:
        """Return the ledger."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Throw everything away."""
        self._file.close()

    def claim(self, subject: Subject, name: Sequence[str], facts: Sequence[str] = ()) -> Claim:
        """The claim that something of this name has these facts; the facts of a subject always come alike."""
        return Claim(
            self._digest("\0".join((subject, *name)), _KEY_BYTES),
            tuple(self._digest(fact, _FACT_BYTES) if fact else _NOTHING for fact in facts),
        )

    def earlier(self, claim: Claim) -> Earlier | None:
        """The row that was recorded for the claim's subject; None if there is none."""
        found = self._file.execute("SELECT line, facts FROM first WHERE key = ?", (claim.key,)).fetchone()
        if found is None:
            return None
        line, said = found
        places = range(len(claim.facts))
        return Earlier(line, tuple(at for at in places if claim.facts[at] != _part(said, at)))

    def record(self, claim: Claim, line: int) -> bool:
        """Remember that this line makes the claim; False, and nothing is done, if its subject is known."""
        known = "INSERT OR IGNORE INTO first VALUES (?, ?, ?)"
        return self._file.execute(known, (claim.key, line, b"".join(claim.facts))).rowcount > 0

    def _digest(self, text: str, size: int) -> bytes:
        return hashlib.blake2b(text.encode(), digest_size=size, key=self._secret).digest()


def _part(said: bytes, place: int) -> bytes:
    return said[place * _FACT_BYTES : (place + 1) * _FACT_BYTES]
