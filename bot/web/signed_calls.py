"""What the callbacks of the operator's system have in common: signature first, then the body, then what it says.

Only what is stored is answered with 200.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import Final, TypeVar

import structlog
from fastapi import HTTPException, Request, status
from pydantic import SecretStr
from starlette.requests import ClientDisconnect

from bot.clock import Clock
from bot.watching.sparing import Sparing
from bot.web.bodies import BodyTooLarge, limited_body
from bot.web.payment_contract import Malformed
from bot.web.payment_docs import BODY_LIMIT
from bot.web.signature import SignatureRefused, verify

_log = structlog.get_logger(__name__)
_Event = TypeVar("_Event")

OUTCOME: Final = "outcome"


class SignedCalls:
    """Takes the calls of one callback."""

    def __init__(self, secrets: Sequence[SecretStr], clock: Clock, count: Callable[[str], None]) -> None:
        """Take calls signed with any of `secrets`; `count` is told what each is answered."""
        self._secrets = secrets
        self._count = count
        self._unsigned = Sparing(_log, "callback_not_signed", clock)  # anybody can cause it

    async def take(
        self,
        request: Request,
        read: Callable[[bytes], _Event],
        keep: Callable[[str, str, _Event], Awaitable[dict[str, str]]],
    ) -> dict[str, str]:
        """Answer a call.

        Args:
            request: the call.
            read: its body as an event; raises `Malformed`.
            keep: the call's own id, its body and the event, to be stored and judged; returns the answer.

        Raises:
            HTTPException: it is not taken, and why.
        """
        try:
            answer = await self._answer(request, read, keep)
        except _Refused as refused:
            self._count(refused.outcome)
            raise HTTPException(refused.status, refused.detail) from refused
        self._count(answer[OUTCOME])
        return answer

    async def _answer(
        self,
        request: Request,
        read: Callable[[bytes], _Event],
        keep: Callable[[str, str, _Event], Awaitable[dict[str, str]]],
    ) -> dict[str, str]:
        body = await _limited_body(request)
        try:
            webhook_id = verify(self._secrets, body, request.headers)
        except SignatureRefused as refused:
            self._unsigned.warn(reason=str(refused))
            raise _Refused("unsigned", status.HTTP_401_UNAUTHORIZED, str(refused)) from refused
        try:
            _check_kind(request)
            event = read(body)
        except Malformed as malformed:
            # Signed, so it is the operator's own system that has a fault: money may be waiting behind it.
            _log.error("callback_malformed", reason=str(malformed))
            raise _Refused("malformed", status.HTTP_400_BAD_REQUEST, str(malformed)) from malformed
        try:
            return await keep(webhook_id, body.decode(), event)
        except Exception as error:
            _log.exception("callback_not_stored")
            raise _Refused(
                "not_stored", status.HTTP_503_SERVICE_UNAVAILABLE, "not stored: send the same call again"
            ) from error


class _Refused(Exception):
    """A call that is not answered with 200; `outcome` is how it is counted."""

    def __init__(self, outcome: str, status_code: int, detail: str) -> None:
        super().__init__(detail)
        self.outcome = outcome
        self.status = status_code
        self.detail = detail


async def _limited_body(request: Request) -> bytes:
    try:
        return await limited_body(request, BODY_LIMIT)
    except BodyTooLarge as much:
        told = f"the body is larger than {BODY_LIMIT // 1024} KiB"
        raise _Refused("too_large", status.HTTP_413_CONTENT_TOO_LARGE, told) from much
    except ClientDisconnect as gone:
        raise _Refused("broken_off", status.HTTP_400_BAD_REQUEST, "the body did not arrive whole") from gone


def _check_kind(request: Request) -> None:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise Malformed("the content type must be application/json")
