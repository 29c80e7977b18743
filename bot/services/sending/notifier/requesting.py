"""How the library's requests leave: through aiohttp, by which conversations speak to Telegram too.

The library brings httpx. Its pool asks for the kind of event loop seven times a request, each time by an import that
fails, and looks at every connection once for every other: half of what a message cost a worker. Requests go as JSON,
which the Bot API takes as well as forms.
"""

import ssl
from typing import Any, Final
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import certifi
from aiohttp import (
    ClientError,
    ClientSession,
    ClientTimeout,
    ConnectionTimeoutError,
    DummyCookieJar,
    TCPConnector,
)
from pydantic_core import from_json
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

_CONNECT_SECONDS: Final = 5.0
_PLACE_SECONDS: Final = 2.0
"""For a connection to come free."""
_WRITE_SECONDS: Final = 5.0
_READ_SECONDS: Final = 15.0
_IDLE_SECONDS: Final = 20.0
"""Connections idle for longer are not used again: a message sent on one that is just being closed may be lost."""
_TIMEOUT: Final = ClientTimeout(
    # Together these stay well below the lease of a row.
    total=_PLACE_SECONDS + _CONNECT_SECONDS + _WRITE_SECONDS + _READ_SECONDS,
    connect=_PLACE_SECONDS + _CONNECT_SECONDS,
    sock_connect=_CONNECT_SECONDS,
    sock_read=_READ_SECONDS,
)
_KNOWN: Final = ("entities", "from", "link_preview_options", "reply_markup")
"""What Telegram says again of a message that was sent, and who sent it knows."""


class Requests(BaseRequest):
    """Requests without files, on a few connections that stay open; limits of single requests are not heeded."""

    __slots__ = ("_connections", "_proxy", "_session")

    def __init__(self, api_url: str, connections: int) -> None:
        """Ask the Bot API at `api_url`, with `connections` at most, through a proxy that the environment names."""
        self._connections = connections
        self._proxy = _proxy_for(api_url)
        self._session: ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds to wait for each part of an answer."""
        return _READ_SECONDS

    async def initialize(self) -> None:
        """Be ready; connections are opened as they are needed."""
        if self._session is None:
            connector = TCPConnector(
                limit=self._connections,
                keepalive_timeout=_IDLE_SECONDS,
                ssl=ssl.create_default_context(cafile=certifi.where()),
            )
            self._session = ClientSession(
                connector=connector,
                cookie_jar=DummyCookieJar(),
                timeout=_TIMEOUT,
                headers={"User-Agent": self.USER_AGENT, "Content-Type": "application/json"},
            )

    async def shutdown(self) -> None:
        """Close every connection."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_limits: Any, **_limited: Any
    ) -> tuple[int, bytes]:
        """Ask once: the status of the answer, and what it says.

        Raises:
            TimedOut: some time limit was exceeded; its cause says which.
            NetworkError: anything else below HTTP; its cause is aiohttp's error.
            RuntimeError: it is not initialized.
        """
        if self._session is None:
            raise RuntimeError("it is not initialized")
        body = b"{}" if request_data is None else request_data.json_payload
        try:
            async with self._session.request(
                method, url, data=body, proxy=self._proxy, allow_redirects=False
            ) as answer:
                return answer.status, await answer.read()
        except (ConnectionTimeoutError, TimeoutError) as error:
            raise TimedOut from error
        except (ClientError, OSError) as error:
            # Only its kind: the words of some errors have the address in them, and with it the token.
            raise NetworkError(f"aiohttp.{type(error).__name__}") from error

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Read an answer, without those parts of a message that its sender knows.

        Raises:
            TelegramError: it is no JSON.
        """
        try:
            answer = from_json(payload)
        except ValueError:
            return BaseRequest.parse_json_payload(payload)
        if isinstance(answer, dict) and isinstance(message := answer.get("result"), dict):
            for name in _KNOWN:
                message.pop(name, None)
        return answer  # type: ignore[no-any-return]  # as the library's own does: who reads it looks what it is


def _proxy_for(url: str) -> str | None:
    """The proxy for an address by `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY` of the environment."""
    parts = urlsplit(url)
    if proxy_bypass(parts.hostname or ""):
        return None
    proxies = getproxies()
    return proxies.get(parts.scheme) or proxies.get("all")
