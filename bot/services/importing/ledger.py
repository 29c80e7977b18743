"""What the rows read so far have said, so that a later row that contradicts them is found.

A million addresses in a Python set take over a hundred megabytes. Here each takes a few dozen bytes in a
temporary SQLite file, which the system removes when it is closed, behind a cache of fixed size. Only keyed
digests stand in it: the key dies with the process, and with it any way to tell whom they were made from.
"""

import hashlib
import secrets
import sqlite3
from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import lru_cache
from types import TracebackType
from typing import Final, NamedTuple, Self

_KEY_BYTES: Final = 12
_FACT_BYTES: Final = 6
_NOTHING: Final = bytes(_FACT_BYTES)
_CACHE_KIB: Final = 8192
_AT_ONCE: Final = 500
"""Subjects that one statement looks up."""
_NEAR: Final = 4096
"""Subjects that are held in memory: more than those of one batch."""
_REMEMBERED: Final = 512
"""So many claims are remembered: the rows of one customer and holder mostly stand together; and so many facts, since
kinds, towns and countries come again."""


class Subject(StrEnum):
    """What a row speaks of."""

    MAILBOX = "mailbox"
    CUSTOMER = "customer"
    HOLDER = "holder"


class Claim(NamedTuple):
    """What a row says of a subject, in digests: which one it is (`key`), and one of each fact, all in a row."""

    key: bytes
    facts: bytes


class Earlier(NamedTuple):
    """The first row that made a claim on a subject: its line, and the places of the facts that differ there."""

    line: int
    differing: tuple[int, ...]


class Ledger:
    """Remembers, for each subject, the line that named it first and what was said of it."""

    def __init__(self) -> None:
        """Open an empty ledger; use it as a context manager."""
        secret = secrets.token_bytes(32)
        self._keyed = {
            size: hashlib.blake2b(digest_size=size, key=secret) for size in (_KEY_BYTES, _FACT_BYTES)
        }
        self._file = sqlite3.connect("", isolation_level=None)
        self._file.execute("PRAGMA journal_mode=OFF")
        self._file.execute(f"PRAGMA cache_size=-{_CACHE_KIB}")
        self._file.execute(
            "CREATE TABLE first (key BLOB PRIMARY KEY, line INTEGER, facts BLOB) WITHOUT ROWID"
        )
        self._file.execute("BEGIN")  # one transaction to the end, or each row would be written out on its own
        self._near: dict[bytes, tuple[int, bytes] | None] = {}
        self._fresh: list[tuple[bytes, int, bytes]] = []
        self._claims = lru_cache(maxsize=_REMEMBERED)(self._claim)
        self._facts = lru_cache(maxsize=_REMEMBERED)(self._fact)

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
        if not facts:  # a mailbox has no second row
            return Claim(self._digest("\0".join((subject, *name)), _KEY_BYTES), b"")
        return self._claims((subject, *name), tuple(facts))

    def recall(self, claims: Iterable[Claim]) -> None:
        """Look all of these up at once, before they are asked for one by one."""
        self._write()
        self._near = dict.fromkeys((claim.key for claim in claims), None)
        asked = list(self._near)
        for first in range(0, len(asked), _AT_ONCE):
            keys = asked[first : first + _AT_ONCE]
            marks = ",".join("?" * len(keys))
            found = self._file.execute(f"SELECT key, line, facts FROM first WHERE key IN ({marks})", keys)  # noqa: S608
            self._near.update((key, (line, facts)) for key, line, facts in found)

    def earlier(self, claim: Claim) -> Earlier | None:
        """The row that was recorded for the claim's subject; None if there is none."""
        found = self._said(claim.key)
        if found is None:
            return None
        line, said = found
        if said == claim.facts:
            return Earlier(line, ())
        places = range(len(claim.facts) // _FACT_BYTES)
        return Earlier(line, tuple(at for at in places if _part(claim.facts, at) != _part(said, at)))

    def record(self, claim: Claim, line: int) -> bool:
        """Remember that this line makes the claim; False, and nothing is done, if its subject is known."""
        if self._said(claim.key) is not None:
            return False
        self._near[claim.key] = line, claim.facts
        self._fresh.append((claim.key, line, claim.facts))
        return True

    def _said(self, key: bytes) -> tuple[int, bytes] | None:
        """Line and facts of the first claim on a subject."""
        if key not in self._near:
            if len(self._near) >= _NEAR:
                self._write()
                self._near.clear()
            self._near[key] = self._file.execute(
                "SELECT line, facts FROM first WHERE key = ?", (key,)
            ).fetchone()
        return self._near[key]

    def _write(self) -> None:
        """Write down what is new, which makes room for what is near next."""
        self._fresh.sort()  # what stands together in the file is written together
        self._file.executemany("INSERT INTO first VALUES (?, ?, ?)", self._fresh)
        self._fresh.clear()

    def _claim(self, name: tuple[str, ...], facts: tuple[str, ...]) -> Claim:
        return Claim(
            self._digest("\0".join(name), _KEY_BYTES),
            b"".join(map(self._facts, facts)),
        )

    def _fact(self, fact: str) -> bytes:
        return self._digest(fact, _FACT_BYTES) if fact else _NOTHING

    def _digest(self, text: str, size: int) -> bytes:
        keyed = self._keyed[size].copy()
        keyed.update(text.encode())
        return keyed.digest()


def _part(said: bytes, place: int) -> bytes:
    return said[place * _FACT_BYTES : (place + 1) * _FACT_BYTES]
