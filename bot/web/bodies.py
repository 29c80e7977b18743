"""Reads what a caller sends, and no more of it than there can be."""

from starlette.requests import Request


class BodyTooLarge(Exception):
    """The body has more bytes than anybody who means well would send."""


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
