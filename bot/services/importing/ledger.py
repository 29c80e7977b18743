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
_CACHE_KIB: Final = 8192


class Subject(StrEnum):
    """What a row speaks of."""

    MAILBOX = "mailbox"
    CUSTOMER = "customer"
    HOLDER = "holder"


@dataclass(frozen=True, slots=True)
class Earlier:
    """The first row that spoke of a subject: its line, and the places of the facts that differ there."""

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

    def earlier(self, subject: Subject, name: Sequence[str], facts: Sequence[str] = ()) -> Earlier | None:
        """The row that was recorded for this subject, compared with `facts`; None if there is none."""
        found = self._file.execute(
            "SELECT line, facts FROM first WHERE key = ?", (self._key(subject, name),)
        ).fetchone()
        if found is None:
            return None
        line, recorded = found
        parts = [self._digest([fact], _FACT_BYTES) for fact in facts]
        starts = range(0, len(recorded), _FACT_BYTES)
        differing = tuple(
            place
            for place, (start, part) in enumerate(zip(starts, parts, strict=True))
            if recorded[start : start + _FACT_BYTES] != part
        )
        return Earlier(line, differing)

    def record(self, subject: Subject, name: Sequence[str], line: int, facts: Sequence[str] = ()) -> None:
        """Remember that this line speaks of the subject, unless an earlier one does."""
        said = b"".join(self._digest([fact], _FACT_BYTES) for fact in facts)
        self._file.execute(
            "INSERT OR IGNORE INTO first VALUES (?, ?, ?)", (self._key(subject, name), line, said)
        )

    def _key(self, subject: Subject, name: Sequence[str]) -> bytes:
        return self._digest([subject, *name], _KEY_BYTES)

    def _digest(self, parts: Sequence[str], size: int) -> bytes:
        # None of the parts can hold a NUL, so that joining them is unambiguous.
        return hashlib.blake2b("\0".join(parts).encode(), digest_size=size, key=self._secret).digest()
