"""How a check of the `doctor` ends, other than well."""

from typing import Final

PATIENCE_SECONDS: Final = 10
"""How long an answer is waited for, and a whole check may take."""


class Fault(Exception):
    """A check that failed; the message says what to do."""


class Waits(Exception):
    """Nothing is wrong, but somebody should look; the message says at what."""


class Off(Exception):
    """Something that is not set up and need not be; the message says what that means."""
