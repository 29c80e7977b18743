"""What PUBLIC_URL has after the host: a proxy takes it away before it calls, or leaves it."""

from starlette.types import ASGIApp, Receive, Scope, Send


class Behind:
    """Middleware that gives each call the whole path, as ASGI has it, and says which part of it is the way to us.

    The server's own setting puts the path before that of each call, so that a proxy which leaves it finds nothing.
    """

    def __init__(self, app: ASGIApp, path: str) -> None:
        """Stand before `app`, which is reached under `path`: empty, or with a slash before and none after."""
        self._app = app
        self._path = path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on every call."""
        if scope["type"] == "http":
            path = str(scope["path"])
            if path != self._path and not path.startswith(f"{self._path}/"):
                path = f"{self._path}{path}"
            scope = {**scope, "root_path": self._path, "path": path}
        await self._app(scope, receive, send)
