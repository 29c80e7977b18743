"""Reads what a caller sends, and no more of it than there can be."""

from collections.abc import Mapping

from starlette import status
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.types import Message

_MOST_FIELDS = 4


class BodyTooLarge(Exception):
    """The body has more bytes than anybody who means well would send."""


class BadForm(Exception):
    """What was sent is no form, or more of one than a page of ours has; `status` is how it is answered."""

    def __init__(self, status_code: int) -> None:
        super().__init__("no form of ours")
        self.status = status_code


async def limited_body(request: Request, limit: int) -> bytes:
    """The body as it came; one that says beforehand that it is too large is not even read.

    Raises:
        BodyTooLarge: it has more than `limit` bytes.
        ClientDisconnect: it did not arrive whole.
    """
    declared = request.headers.get("content-length", "")
    if declared.isascii() and declared.isdigit() and int(declared) > limit:
        raise BodyTooLarge
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            raise BodyTooLarge
    return bytes(body)


async def form_of(request: Request, limit: int) -> Mapping[str, str]:
    """The fields of a form of one of our pages, in either of the two ways in which forms are sent; no file is taken.

    Raises:
        BadForm: it has more than `limit` bytes, or is none.
    """
    try:
        body = await limited_body(request, limit)

        async def again() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        form = await Request(request.scope, again).form(max_files=0, max_fields=_MOST_FIELDS)
    except BodyTooLarge as much:
        raise BadForm(status.HTTP_413_CONTENT_TOO_LARGE) from much
    except (HTTPException, ClientDisconnect) as broken:
        raise BadForm(status.HTTP_400_BAD_REQUEST) from broken
    return {name: value for name, value in form.items() if isinstance(value, str)}
