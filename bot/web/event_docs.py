"""The events that the bot sends, as `/docs` and `/openapi.json` publish them: OpenAPI calls such calls webhooks."""

from functools import cache
from typing import Annotated, Any, Final

from fastapi import APIRouter, Body, status
from pydantic import BaseModel

from bot.services.sending.event_contract import EVENTS, EventData, envelope
from bot.web.signature import SIGNATURE, TIMESTAMP, WEBHOOK_ID

_HEADERS: Final = [
    {
        "name": WEBHOOK_ID,
        "in": "header",
        "required": True,
        "description": "The event's own. What comes again has the same one: do nothing then, and answer 2xx.",
        "schema": {"type": "string", "pattern": "^evt_[0-9a-f]{32}$"},
    },
    {
        "name": TIMESTAMP,
        "in": "header",
        "required": True,
        "description": "When this attempt is made: seconds since 1970.",
        "schema": {"type": "string", "pattern": "^[0-9]{10}$"},
    },
    {
        "name": SIGNATURE,
        "in": "header",
        "required": True,
        "description": f"`v1,` and the base64 of HMAC-SHA256 with `EVENTS_SECRET` over `<{WEBHOOK_ID}>.<{TIMESTAMP}>."
        "<body>`, the body being its raw bytes, as for the calls that the bot takes.",
        "schema": {"type": "string", "pattern": "^v1,[A-Za-z0-9+/]{43}=$"},
    },
]
_ANSWERS: Final[dict[int | str, dict[str, Any]]] = {
    204: {"description": "Taken. Every 2xx counts as that; the body is not read."},
    "4XX": {
        "description": "Refused: it is not sent again, and the operator's log says so. 408, 425 and 429 count as 5xx."
    },
    "5XX": {
        "description": "Not taken: it comes again after pauses that grow from 2 seconds to 15 minutes, for 3 days. "
        "`Retry-After` is kept to, up to an hour. No answer within 15 seconds counts as this."
    },
}


@cache
def event_webhooks() -> APIRouter:
    """Every event, for the `webhooks` of the published document; nothing here is served."""
    router = APIRouter(tags=["events"])
    for data in EVENTS:
        _add(router, data, envelope(data))
    return router


def _add(router: APIRouter, data: type[EventData], body: type[BaseModel]) -> None:
    async def sent(event: Annotated[Any, Body()]) -> None:
        del event

    sent.__annotations__["event"] = body
    router.add_api_route(
        data.TYPE,
        sent,
        methods=["POST"],
        name=data.TYPE,
        summary=data.TYPE,
        description=data.__doc__,
        status_code=status.HTTP_204_NO_CONTENT,
        responses=_ANSWERS,
        openapi_extra={"parameters": _HEADERS},
    )
