"""What the mail page asks of the server: the list as it grows, and one mail at a time."""

from collections.abc import AsyncIterator
from contextlib import nullcontext
from http import HTTPStatus
from pathlib import Path
from typing import Any, Literal

from fastapi import APIRouter, Response
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse

from bot.playground.mail import MailRoom
from bot.playground.streaming import event_stream, told
from bot.playground.travels import Travels

_PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_MAIL_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox"
)
"""A mail is a stranger's page: it is shown in a frame of its own, with its styles and pictures and nothing else. It is
not put into the page itself (`srcdoc`), whose own policy would take its styles away."""


def mail_router(room: MailRoom, page: Path, travels: Travels | None = None) -> APIRouter:
    """Return the routes of the mail page; `page` is the folder of its files, `travels` tells what time it is."""
    router = APIRouter()

    @router.get("/mail")
    async def mail_page() -> Response:
        return FileResponse(
            page / "mail.html", headers={"Cache-Control": "no-cache", "Content-Security-Policy": _PAGE_POLICY}
        )

    @router.get("/playground/mail/events")
    async def events() -> Response:
        return event_stream(_stream(room, travels))

    @router.post("/playground/mail/clear")
    async def clear() -> dict[str, bool]:
        room.clear()
        return {"ok": True}

    @router.get("/playground/mail/{number}")
    async def one(number: int) -> Response:
        mail = room.find(number)
        return _gone() if mail is None else JSONResponse(mail.detail())

    @router.get("/playground/mail/{number}/html")
    async def document(number: int, scheme: Literal["light", "dark"] = "light") -> Response:
        mail = room.find(number)
        if mail is None:
            return _gone()
        return HTMLResponse(
            mail.page(dark=scheme == "dark"), headers={"Content-Security-Policy": _MAIL_POLICY}
        )

    return router


def list_json(room: MailRoom, travels: Travels | None = None) -> dict[str, Any]:
    """Return the whole list, newest first, and what time it is where that is not the browser's business."""
    return {
        "room": room.id,
        "clock": None if travels is None else travels.clock_json(),
        "mails": [mail.summary() for mail in reversed(room.mails)],
    }


def _gone() -> Response:
    return JSONResponse({"detail": "this mail is no longer here"}, HTTPStatus.NOT_FOUND)


async def _stream(room: MailRoom, travels: Travels | None) -> AsyncIterator[str]:
    with room.subscribe() as feed, nullcontext() if travels is None else travels.telling(feed):
        async for line in told(feed, list_json(room, travels), lambda _: list_json(room, travels)):
            yield line
