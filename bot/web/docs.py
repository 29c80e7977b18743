"""`/docs`: the contract of the callback as a page that one can try out, made of what this process serves itself.

FastAPI's own page fetches its script from a host of somebody else's, which would then run on the operator's address.
"""

from typing import Final

from fastapi import FastAPI, Request
from fastapi.openapi.docs import get_swagger_ui_html
from starlette.responses import HTMLResponse
from starlette.staticfiles import StaticFiles

_ASSETS: Final = "/docs/assets"


def serve_docs(app: FastAPI) -> None:
    """Serve the page at `/docs`, under whatever path a proxy has put before it."""
    app.mount(_ASSETS, StaticFiles(packages=[("fastapi_swagger", "resources")]))

    @app.get("/docs", include_in_schema=False)
    async def docs(request: Request) -> HTMLResponse:
        before = str(request.scope.get("root_path", "")).rstrip("/")
        return get_swagger_ui_html(
            openapi_url=f"{before}{app.openapi_url}",
            title=app.title,
            swagger_js_url=f"{before}{_ASSETS}/swagger-ui-bundle.js",
            swagger_css_url=f"{before}{_ASSETS}/swagger-ui.css",
            swagger_favicon_url=f"{before}{_ASSETS}/favicon-32x32.png",
        )
