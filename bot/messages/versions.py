"""The form in which payloads are stored: rows of the outbox outlive a release, and several releases share a database.

A payload says its form under `v`. What the first release wrote has none, and is read as it is; what a newer release
wrote in a form that is not known here is left to that release.
"""

from collections.abc import Mapping
from typing import Any, Final

STORED: Final = 1
"""The form that is written. Reading an older one is never given up while rows of it may wait."""


class UnreadablePayload(Exception):
    """A payload that this release cannot read; the message says why, in words for an operator, without its content."""


def stamped(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts as a payload of the form that is written."""
    return {"v": STORED, **facts}


def check_readable(payload: Mapping[str, Any]) -> None:
    """Let pass what this release can read.

    Raises:
        UnreadablePayload: a newer release wrote it.
    """
    version = payload.get("v", 0)
    if type(version) is not int or not 0 <= version <= STORED:
        raise UnreadablePayload(
            f"written in form {version!r} by a newer release: this one reads up to {STORED}"
        )
