"""A window that slides over JSON text, so that a file of any size is read in the memory of one row."""

import codecs
import json
import re
from typing import Any, BinaryIO, Final, NoReturn

from bot.services.importing.raw_rows import MAX_ROW

_CHUNK: Final = 64 * 1024
_SPACES: Final = re.compile(r"[ \t\r\n]*")


class Number(str):
    """A number as it is written, so that 1.10 stays 1.10."""

    __slots__ = ()


class Pairs(list[tuple[str, Any]]):
    """An object, as its pairs: a key may come twice."""

    __slots__ = ()


_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=Pairs, parse_int=Number, parse_float=Number, parse_constant=Number
)


class BrokenJson(Exception):
    """The text is not JSON at `line`; the message is the reason."""

    def __init__(self, line: int, reason: str) -> None:
        """Keep the line, which may be further on than where the value began."""
        super().__init__(reason)
        self.line = line


class Window:
    """What is read of the file and not yet consumed. `line` is where it begins, counted from 1."""

    def __init__(self, file: BinaryIO) -> None:
        """Begin where the file stands."""
        self._file = file
        # A stray byte becomes a lone surrogate, which spoils its own value only.
        self._decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
        self._text = ""
        self._at = 0
        self._ended = False
        self.line = 1

    def peek(self) -> str:
        """The next character that is not a space; empty at the end of the file."""
        while True:
            found = _SPACES.match(self._text, self._at)
            self._advance(found.end() if found else self._at)
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def take(self, wanted: str) -> bool:
        """Consume the next character that is not a space, if it is this one."""
        if self.peek() != wanted:
            return False
        self._advance(self._at + 1)
        return True

    def value(self) -> Any:
        """Consume the next JSON value: `Pairs`, `Number`, or what the standard library makes of it.

        Raises:
            BrokenJson: there is none, or it is longer than a row may be.
        """
        self.peek()
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._at)
            except (json.JSONDecodeError, RecursionError) as wrong:
                # It may only be cut by the edge of the window, but not for longer than a row may be.
                if len(self._text) - self._at < MAX_ROW and self._more():
                    continue
                self._give_up(wrong)
            # A number that touches the edge of the window may go on beyond it.
            if end == len(self._text) and self._more():
                continue
            self._advance(end)
            return value

    def text_line(self) -> str:
        """Consume the rest of the line and return it; of one longer than a row may be, only the start."""
        line = ""
        while True:
            end = self._text.find("\n", self._at) + 1
            piece = self._text[self._at : end or len(self._text)]
            if len(line) < MAX_ROW:
                line += piece
            self._advance(self._at + len(piece))
            if end or not self._more():
                return line

    def line_ends_with(self, wanted: str) -> bool:
        """Whether the line ahead ends with this, spaces apart; consumes nothing."""
        while self._text.find("\n", self._at) < 0 and len(self._text) - self._at < MAX_ROW and self._more():
            pass
        return self._text[self._at :].split("\n", 1)[0].rstrip().endswith(wanted)

    def _give_up(self, wrong: json.JSONDecodeError | RecursionError) -> NoReturn:
        if isinstance(wrong, RecursionError):
            raise BrokenJson(self.line, "the values are nested too deeply") from None
        line = self.line + self._text.count("\n", self._at, wrong.pos)
        cut = self._ended and wrong.pos >= len(self._text.rstrip())
        raise BrokenJson(line, "the file ends in the middle of a row" if cut else wrong.msg) from None

    def _advance(self, to: int) -> None:
        self.line += self._text.count("\n", self._at, to)
        self._at = to

    def _more(self) -> bool:
        if self._ended:
            return False
        chunk = self._file.read(_CHUNK)
        self._ended = not chunk
        self._text = self._text[self._at :] + self._decoder.decode(chunk, final=self._ended)
        self._at = 0
        return True


def parse_line(text: str) -> Any:
    """The value of one whole line, in the types of `Window.value`.

    Raises:
        ValueError: the line is not one JSON value.
    """
    try:
        return _DECODER.decode(text)
    except RecursionError:
        raise ValueError("the values are nested too deeply") from None
