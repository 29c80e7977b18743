"""Sealing and opening many values at once: the same Fernet tokens, in less than half the time.

Most of what sealing a short value costs is what comes before it: a cipher with its key and its start, random bytes,
objects for padding and signing. Here one cipher seals them all, in one go.
"""

import binascii
import os
from base64 import urlsafe_b64decode
from collections.abc import Sequence
from hmac import compare_digest, digest
from typing import Final

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_VERSION: Final = b"\x80"
_BLOCK: Final = 16
_PADDINGS: Final = [bytes([left]) * left for left in range(_BLOCK + 1)]
_HEAD: Final = 9
"""Version and time before the start of the cipher."""
_SIGNATURE: Final = 32
_TO_URL: Final = bytes.maketrans(b"+/", b"-_")
_FROM_URL: Final = bytes.maketrans(b"-_", b"+/")


def sealed_together(key: str, several: Sequence[bytes], at: int) -> list[bytes]:
    """A Fernet token for each value.

    They are sealed as one text, in which a random block stands before each of them. What becomes of that block is as
    random, and no one else's; the cipher (CBC) goes on from it, so it is where the token says that its value begins.

    Args:
        key: 32 bytes in URL-safe base64, as Fernet has them: the first half signs, the second encrypts.
        several: the values.
        at: when, in seconds since 1970; it stands in each token.
    """
    secret = urlsafe_b64decode(key)
    signing = secret[:_BLOCK]
    cipher = Cipher(algorithms.AES(secret[_BLOCK:]), modes.CBC(os.urandom(_BLOCK))).encryptor()
    random = os.urandom(_BLOCK * len(several))
    plain: list[bytes] = []
    ends, end = [], 0
    for at_block, value in zip(range(0, len(random), _BLOCK), several, strict=True):
        missing = _BLOCK - len(value) % _BLOCK
        plain += random[at_block : at_block + _BLOCK], value, _PADDINGS[missing]
        end += _BLOCK + len(value) + missing
        ends.append(end)
    sealed = cipher.update(b"".join(plain)) + cipher.finalize()
    head = _VERSION + at.to_bytes(8, "big")
    tokens, begin = [], 0
    for end in ends:
        body = head + sealed[begin:end]
        signed = binascii.b2a_base64(body + digest(signing, body, "sha256"), newline=False)
        tokens.append(signed.translate(_TO_URL))
        begin = end
    return tokens


def opened_together(key: str, several: Sequence[bytes]) -> list[bytes]:
    """What is in Fernet tokens; empty where one of them was sealed with another key, or damaged.

    Each is checked by its own signature. They are opened as one text: what a block becomes depends on the one before it
    alone, so that behind each start comes its value, and what the starts become is left out.

    Args:
        key: as for `sealed_together`.
        several: the tokens.
    """
    secret = urlsafe_b64decode(key)
    signing = secret[:_BLOCK]
    parts: list[bytes] = []
    for token in several:
        try:
            whole = binascii.a2b_base64(token.translate(_FROM_URL))
        except binascii.Error:
            return []
        body, signature = whole[:-_SIGNATURE], whole[-_SIGNATURE:]
        if body[:1] != _VERSION or not compare_digest(digest(signing, body, "sha256"), signature):
            return []
        parts.append(body[_HEAD:])
    cipher = Cipher(algorithms.AES(secret[_BLOCK:]), modes.CBC(bytes(_BLOCK))).decryptor()
    plain = cipher.update(b"".join(parts)) + cipher.finalize()
    values, begin = [], 0
    for part in parts:
        end = begin + len(part)
        values.append(plain[begin + _BLOCK : end - plain[end - 1]])
        begin = end
    return values
