"""Who is told more than one word of how the bot is: the operator's own machines (DESIGN.md, "HTTP")."""

import hmac
import ipaddress
from typing import Final

from fastapi import HTTPException, Request, status

from bot.settings import Settings

_BEARER: Final = "Bearer "
_FORWARDED: Final = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")
"""What a proxy adds to the calls of others: they reach us from this machine, and do not come from it."""


class Insiders:
    """Tells calls that may see details and numbers from those of everybody else.

    `METRICS_TOKEN` opens them from anywhere, `METRICS_PORT` to whoever reaches that port. Where neither is set, this
    machine itself may see them.
    """

    def __init__(self, settings: Settings, *, on_own_port: bool = False) -> None:
        """Judge by these settings; `on_own_port` where the application is the one that `METRICS_PORT` serves."""
        self._token = settings.metrics_token
        self._this_machine = settings.metrics_token is None and settings.metrics_port is None
        self._on_own_port = on_own_port

    def admits(self, request: Request) -> bool:
        """Whether the caller is one of them."""
        if self._on_own_port:
            return True
        if self._token is not None and self._shows_token(request, self._token.get_secret_value()):
            return True
        return self._this_machine and _comes_from_here(request)

    def require(self, request: Request) -> None:
        """Refuse everybody else.

        Raises:
            HTTPException: 401 where a token would open it, else 404.
        """
        if self.admits(request):
            return
        if self._token is not None:
            raise HTTPException(
                status.HTTP_401_UNAUTHORIZED,
                "METRICS_TOKEN is asked for",
                headers={"WWW-Authenticate": _BEARER.strip()},
            )
        raise HTTPException(status.HTTP_404_NOT_FOUND)

    def _shows_token(self, request: Request, token: str) -> bool:
        given = request.headers.get("authorization", "")
        return hmac.compare_digest(given.encode(), f"{_BEARER}{token}".encode())


def _comes_from_here(request: Request) -> bool:
    if request.client is None or any(name in request.headers for name in _FORWARDED):
        return False
    try:
        return ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        return False
