"""Refusals, worded as the Bot API words them.

Two families: `BotApiError` is what a bot reads in an answer; `PlaygroundError` is what the person (or the
test) at the other end is told when a phone could not do what was asked.
"""

from collections.abc import Mapping
from http import HTTPStatus

__all__ = [
    "BotApiError",
    "PlaygroundError",
    "bad_request",
    "conflict",
    "forbidden",
    "not_found",
    "unauthorized",
]


class BotApiError(Exception):
    """A refused method call.

    Arguments:
        error_code: the HTTP status, repeated in the answer's `error_code`.
        description: the whole sentence, with its prefix (`Bad Request: …`).
        parameters: the `parameters` object of the answer, such as `retry_after` (seconds).
    """

    def __init__(
        self, error_code: int, description: str, parameters: Mapping[str, int] | None = None
    ) -> None:
        super().__init__(description)
        self.error_code = error_code
        self.description = description
        self.parameters: dict[str, int] = dict(parameters or {})

    def envelope(self) -> dict[str, object]:
        """Return the JSON body that the Bot API answers with."""
        body: dict[str, object] = {
            "ok": False,
            "error_code": self.error_code,
            "description": self.description,
        }
        if self.parameters:
            body["parameters"] = self.parameters
        return body


class PlaygroundError(Exception):
    """A person tried something that no messenger would have let them do."""


def bad_request(reason: str) -> BotApiError:
    """Return a 400 with `reason` after the usual prefix."""
    return BotApiError(HTTPStatus.BAD_REQUEST, f"Bad Request: {reason}")


def forbidden(reason: str) -> BotApiError:
    """Return a 403 with `reason` after the usual prefix."""
    return BotApiError(HTTPStatus.FORBIDDEN, f"Forbidden: {reason}")


def not_found() -> BotApiError:
    """Return the 404 of a method that does not exist."""
    return BotApiError(HTTPStatus.NOT_FOUND, "Not Found")


def unauthorized() -> BotApiError:
    """Return the 401 of a wrong token."""
    return BotApiError(HTTPStatus.UNAUTHORIZED, "Unauthorized")


def conflict() -> BotApiError:
    """Return the 409 that ends a long poll when another one begins."""
    return BotApiError(
        HTTPStatus.CONFLICT,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    )
