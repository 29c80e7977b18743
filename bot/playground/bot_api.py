"""The Bot API over HTTP: `/bot<token>/<method>` and `/file/bot<token>/<path>`."""

import json
import secrets
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from starlette.datastructures import UploadFile

from bot.playground.errors import BotApiError, bad_request, not_found, unauthorized
from bot.playground.files import Upload
from bot.playground.world import World

_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
_PARTS_LIMIT = 1000
_PART_BYTES_LIMIT = 4 * 1024 * 1024


def bot_api_router(world: World) -> APIRouter:
    """Return the routes that a bot uses, for the one bot of this world."""
    router = APIRouter()

    @router.api_route("/bot{token}/{method}", methods=["GET", "POST"])
    async def call(token: str, method: str, request: Request) -> Response:
        try:
            if not secrets.compare_digest(token.encode(), world.token.encode()):
                raise unauthorized()
            params, files = await _read(request)
            result = await world.call(method, params, files)
        except BotApiError as error:
            return JSONResponse(error.envelope(), error.error_code)
        return JSONResponse({"ok": True, "result": result})

    @router.get("/file/bot{token}/{path:path}")
    async def download(token: str, path: str) -> Response:
        known = secrets.compare_digest(token.encode(), world.token.encode())
        file = world.file(path) if known else None
        if file is None:
            error = not_found() if known else unauthorized()
            return JSONResponse(error.envelope(), error.error_code)
        return Response(file.data, HTTPStatus.OK, media_type="application/octet-stream")

    return router


async def _read(request: Request) -> tuple[dict[str, str], dict[str, Upload]]:
    """Read the parameters of a call, wherever they are: the query, a form with or without files, or JSON."""
    params = dict(request.query_params)
    files: dict[str, Upload] = {}
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind in _FORMS:
        async with request.form(max_fields=_PARTS_LIMIT, max_part_size=_PART_BYTES_LIMIT) as form:
            for name, value in form.multi_items():
                if isinstance(value, UploadFile):
                    files[name] = Upload(value.filename or name, await value.read())
                else:
                    params[name] = value
    elif kind == "application/json":
        params.update(_from_json(await request.body()))
    return params, files


def _from_json(body: bytes) -> dict[str, str]:
    try:
        given: Any = json.loads(body or b"{}")
    except ValueError:
        raise bad_request("can't parse JSON object") from None
    if not isinstance(given, dict):
        raise bad_request("can't parse JSON object")
    return {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in given.items()
        if value is not None
    }
