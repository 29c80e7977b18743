"""In which encoding a text file was saved: UTF-8, or the Windows-1252 of Italian offices.

Text in Windows-1252 with an accent in it is hardly ever UTF-8 by chance, so a file with stray bytes and nowhere a
character of UTF-8 was saved in Windows-1252. One that has both was put together from two: it stays UTF-8, and the
cells with stray bytes are refused one by one.
"""

import codecs
from enum import Enum
from typing import BinaryIO, Final

_PIECE: Final = 64 * 1024
"""How much of a line is looked at at once."""
_UNDEFINED: Final = frozenset(b"\x81\x8d\x8f\x90\x9d")
"""Bytes that stand for nothing in Windows-1252: text of DOS or of a Mac has them in place of accented letters."""


class UnknownEncoding(Exception):
    """The text is in none of the encodings that are read."""


class Encoding(Enum):
    """An encoding that is read; the value is how Python calls it."""

    UTF_8 = "utf-8"
    WINDOWS_1252 = "cp1252"

    @property
    def shown(self) -> str:
        """Its name for people."""
        return "UTF-8" if self is Encoding.UTF_8 else "Windows-1252"

    def text(self, data: bytes) -> str:
        """The bytes as text; what is not UTF-8 becomes lone surrogates, so that it spoils its own cell only."""
        return data.decode(self.value, "surrogateescape")


def encoding_of(file: BinaryIO) -> Encoding:
    """The encoding of the file from where it stands to its end.

    Raises:
        UnknownEncoding: it is neither of the two.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    has_utf8 = has_stray = has_undefined = False
    while line := file.readline(_PIECE):
        if line.isascii():
            continue
        try:
            # A line may be longer than what is read at once, and be cut within a character.
            decoder.decode(line, final=line.endswith(b"\n") or len(line) < _PIECE)
            has_utf8 = True
        except UnicodeDecodeError:
            decoder.reset()
            has_stray = True
            has_undefined = has_undefined or not _UNDEFINED.isdisjoint(line)
    if not has_stray or has_utf8:
        return Encoding.UTF_8
    if has_undefined:
        raise UnknownEncoding
    return Encoding.WINDOWS_1252
