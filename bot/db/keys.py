"""The keys of the personal data: sealing, opening, and looking up without opening.

`DATA_KEYS` holds one or more keys, separated by commas: the first seals, all of them open, so that a new
key is put in front and the old one is taken away once nothing is sealed with it any more (DOMAIN.md, section
7).

Errors::

    KeyRingError
    ├── InvalidKeys      DATA_KEYS cannot be used
    ├── CannotOpen       sealed with a key that is not in the ring, or damaged
    └── NotBound         a sealed column, or the blind index, is used before the database was started

None of them ever shows a key or the data.
"""

import hmac
import time
from base64 import urlsafe_b64decode
from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock
from typing import Final, Self
from weakref import WeakKeyDictionary

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from sqlalchemy import Dialect

from bot.db.sealing import opened_together, sealed_together

_REMEMBERED: Final = 2048
"""How many sealed values are remembered with what is in them: some of them have a kilobyte, most a line."""

INDEX_BYTES: Final = 32
"""So long is a blind index."""

_SIGNING_BYTES: Final = 16
"""The first half of a key of Fernet signs."""
_SIGNATURE_BYTES: Final = 32


class KeyRingError(Exception):
    """Something is wrong with the keys of the data."""


class InvalidKeys(KeyRingError):
    """`DATA_KEYS` is empty, or one of its keys is not 32 bytes in URL-safe base64."""


class CannotOpen(KeyRingError):
    """The sealed bytes were made with a key that is not in the ring, or were damaged."""


class NotBound(KeyRingError):
    """The key ring was asked for before `Database.start()` had prepared it."""


class KeyRing:
    """The keys in `DATA_KEYS`, and the key of the blind index once the database has been started."""

    def __init__(self, keys: Sequence[str]) -> None:
        """Build the ring from its keys, newest first.

        Raises:
            InvalidKeys: no key, or one that is not a key; says which by its position.
        """
        if not keys:
            raise InvalidKeys("at least one key is needed")
        self._fernets = [_fernet(key, position) for position, key in enumerate(keys, start=1)]
        self._newest = keys[0]
        self._signing = [urlsafe_b64decode(key)[:_SIGNING_BYTES] for key in keys]
        self._ring = MultiFernet(self._fernets)
        self._index_key: bytes | None = None
        self._opened: OrderedDict[bytes, bytes] = OrderedDict()
        self._opening = Lock()  # one thread reads while another one writes

    @classmethod
    def parse(cls, text: str) -> Self:
        """Build the ring from keys separated by commas, as `DATA_KEYS` holds them.

        Raises:
            InvalidKeys: as for the constructor.
        """
        return cls([part.strip() for part in text.split(",") if part.strip()])

    @staticmethod
    def new_key() -> str:
        """Return a new random key, as it is written in `DATA_KEYS`."""
        return Fernet.generate_key().decode()

    def seal(self, data: bytes) -> bytes:
        """Seal `data` with the first key."""
        sealed = self._ring.encrypt(data)
        self._remember(sealed, data)
        return sealed

    def seal_all(self, several: Sequence[bytes]) -> list[bytes]:
        """Seal many values with the first key, at less than half the cost; they are not remembered."""
        return sealed_together(self._newest, several, int(time.time()))

    def open(self, sealed: bytes) -> bytes:
        """Open what was sealed with any of the keys.

        What was opened or sealed last is remembered: a tap reads what the one before has read, and what it has written.

        Raises:
            CannotOpen: none of the keys fits, or the bytes were damaged.
        """
        data = self._opened.get(sealed)
        if data is None:
            try:
                data = self._ring.decrypt(sealed)
            except InvalidToken:
                raise CannotOpen("sealed with a key that DATA_KEYS does not hold, or damaged") from None
        self._remember(sealed, data)
        return data

    def open_all(self, several: Sequence[bytes]) -> list[bytes]:
        """Open many values, at less than half the cost where they were sealed with the first key; none is remembered.

        Raises:
            CannotOpen: as `open`, for any of them.
        """
        return opened_together(self._newest, several) or [self.open(sealed) for sealed in several]

    def _remember(self, sealed: bytes, data: bytes) -> None:
        """Keep it; of the least used the place goes to a new one."""
        with self._opening:
            self._opened[sealed] = data
            self._opened.move_to_end(sealed)
            if len(self._opened) > _REMEMBERED:
                self._opened.popitem(last=False)

    def is_current(self, sealed: bytes) -> bool:
        """Say whether `sealed` was made with the first key, and so survives the removal of the others."""
        try:
            self._fernets[0].decrypt(sealed)
        except InvalidToken:
            return False
        return True

    def position(self, sealed: bytes) -> int | None:
        """Say which key sealed it, 1 for the first; None for none of them, or what was damaged.

        It is not opened: only the signature at its end is looked at, which takes a part of the time.
        """
        try:
            token = urlsafe_b64decode(sealed)
        except ValueError:
            return None
        body, signature = token[:-_SIGNATURE_BYTES], token[-_SIGNATURE_BYTES:]
        for position, key in enumerate(self._signing, start=1):
            if hmac.compare_digest(hmac.digest(key, body, "sha256"), signature):
                return position
        return None

    def __len__(self) -> int:
        """How many keys there are."""
        return len(self._fernets)

    @property
    def fingerprint(self) -> str:
        """What tells the first key from others, and nothing else of it."""
        return hmac.digest(self._newest.encode(), b"fingerprint", "sha256").hex()[:16]

    def index(self, value: str) -> bytes:
        """Return the blind index of `value`: 32 bytes, equal when the values are, that tell nothing else.

        The value is taken as it is: whoever looks up by it normalises it first (spaces, case). The key of the
        index is a secret of the database and stays the same when `DATA_KEYS` changes.

        Raises:
            NotBound: the database was not started yet.
        """
        if self._index_key is None:
            raise NotBound("the blind index is known only once the database has been started")
        return hmac.digest(self._index_key, value.encode(), "sha256")

    def adopt_index_key(self, secret: bytes) -> None:
        """Take the key of the blind index from the database that was started.

        Raises:
            KeyRingError: the ring already serves a database with another secret; its look-ups would find
            nothing.
        """
        if self._index_key is not None and not hmac.compare_digest(self._index_key, secret):
            raise KeyRingError("one key ring cannot serve two databases: each has an index secret of its own")
        self._index_key = secret

    def __repr__(self) -> str:
        """Show how many keys there are, never the keys."""
        return f"<KeyRing of {len(self._fernets)}>"


def _fernet(key: str, position: int) -> Fernet:
    try:
        return Fernet(key)
    except (ValueError, UnicodeError):
        raise InvalidKeys(f"key {position} is not 32 bytes in URL-safe base64") from None


_rings: WeakKeyDictionary[Dialect, KeyRing] = WeakKeyDictionary()
"""Which ring serves which engine: two databases in one process never share keys by accident."""


def bind_ring(dialect: Dialect, ring: KeyRing) -> None:
    """Let the sealed columns of the engine that owns `dialect` use `ring`."""
    _rings[dialect] = ring


def ring_of(dialect: Dialect) -> KeyRing:
    """Return the ring of the engine that owns `dialect`.

    Raises:
        NotBound: the engine was not made by `bot.db.engine.Database`.
    """
    try:
        return _rings[dialect]
    except KeyError:
        raise NotBound("this engine has no key ring: sealed columns need bot.db.engine.Database") from None
