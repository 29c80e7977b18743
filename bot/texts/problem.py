"""What a check has to say."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake in the texts, or in how the code uses them; as a string it is one line.

    Attributes:
        path: the file to look into.
        line: its line, from 1.
        key: the text that is meant.
        reason: what is wrong, as the end of a sentence that begins with the key.
    """

    path: Path
    line: int
    key: str
    reason: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.key} {self.reason}"
