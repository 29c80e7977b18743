"""Errors of the texts: both are mistakes of ours, never of a customer."""

from pathlib import Path


class TextError(Exception):
    """A text cannot be rendered: the key is unknown, a variable is missing or has the wrong type.

    Attributes:
        key: the message asked for, `key` or `key.attribute`.
        locale: the language asked for.
        variable: the variable to blame, without `$`, where there is one.
    """

    def __init__(self, key: str, locale: str, reason: str, variable: str | None = None) -> None:
        """Say what went wrong with one text."""
        super().__init__(f"text {key!r} ({locale}): {reason}")
        self.key = key
        self.locale = locale
        self.variable = variable


class LocaleFileError(Exception):
    """A locale file cannot be used as it is.

    Attributes:
        path: the file, or the folder that is missing.
        line: the line of the mistake, counted from 1; 0 when the file as a whole is meant.
        key: the message the mistake is in, as far as it can be told.
    """

    def __init__(self, path: Path, line: int, key: str, reason: str) -> None:
        """Say where the mistake is and what it is."""
        place = f"{path}:{line}" if line else str(path)
        super().__init__(f"{place}: {key}: {reason}" if key else f"{place}: {reason}")
        self.path = path
        self.line = line
        self.key = key
