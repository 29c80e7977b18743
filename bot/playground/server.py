"""The playground over HTTP: the Bot API for the bot, and the chat page for a person."""

from collections.abc import Sequence
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

from fastapi import FastAPI, Request, Response
from fastapi.responses import FileResponse, PlainTextResponse
from starlette.datastructures import MutableHeaders
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.types import Message as ASGIMessage

from bot.playground.bank import Bank
from bot.playground.bank_api import bank_router
from bot.playground.bot_api import bot_api_router
from bot.playground.errors import PlaygroundError
from bot.playground.mail import MailRoom
from bot.playground.mail_api import mail_router
from bot.playground.page_api import page_router, refuse
from bot.playground.payments_api import payments_router
from bot.playground.payments_panel import PaymentsPanel
from bot.playground.people import Persona
from bot.playground.travel_api import travel_router
from bot.playground.travels import TimeMachine, Travels
from bot.playground.world import World

PAGE = Path(__file__).parent / "page"
"""The folder of the chat page."""

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def is_loopback(host: str) -> bool:
    """Tell whether a host name means this very machine."""
    return host.strip("[]").lower() in _LOOPBACK


def create_playground(
    world: World,
    *,
    people: Sequence[Persona] = (),
    mail: MailRoom | None = None,
    payments: PaymentsPanel | None = None,
    bank: Bank | None = None,
    time: TimeMachine | None = None,
) -> FastAPI:
    """Return the playground's application.

    Arguments:
        world: the Telegram behind it; its token is the only one that is let in.
        people: whom the page offers to play; their chats are opened here.
        mail: the mails that the page at `/mail` shows; without it there is no such page.
        payments: what plays the operator's system beside each chat; without it there is no such panel.
        bank: what gives the statements that the panel offers to import; without it, it offers none.
        time: what moves the clock of `world` to the next event; without it the pages follow the browser's clock.
    """
    for persona in people:
        world.open_chat(persona.user_id, persona.name, persona.language)
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.include_router(bot_api_router(world))
    travels = None if time is None else Travels(world, time)
    app.include_router(
        page_router(world, people, mail, travels, payments=payments is not None, bank=bank is not None)
    )
    if mail is not None:
        app.include_router(mail_router(mail, PAGE, travels))
    if travels is not None:
        app.include_router(travel_router(travels))
    if payments is not None:
        app.include_router(payments_router(payments))
    if bank is not None:
        app.include_router(bank_router(bank))
    app.add_exception_handler(PlaygroundError, refuse)

    @app.get("/")
    async def page() -> Response:
        return FileResponse(PAGE / "index.html", headers={"Cache-Control": "no-cache"})

    app.mount("/page", StaticFiles(directory=PAGE))
    app.add_middleware(_Guard)
    return app


class _Guard:
    """Lets in only this machine's own pages and programs, and adds the headers that keep a page in its place.

    The playground listens on the loopback alone, but so do the browser's tabs: a page from elsewhere must
    neither read it under a name of its own (the `Host` tells) nor send to it (the `Origin` tells).
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refused = _refusal(Request(scope))
        if refused is not None:
            await PlainTextResponse(refused, HTTPStatus.FORBIDDEN)(scope, receive, send)
            return

        async def send_with_headers(message: ASGIMessage) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)


def _refusal(request: Request) -> str | None:
    if not is_loopback(request.url.hostname or ""):
        return "The playground answers only on this machine."
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        return "The playground takes orders only from its own page."
    return None
