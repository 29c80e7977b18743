"""What the pages ask of the time machine: to go on to the next event of a chat."""

from typing import Any

from fastapi import APIRouter

from bot.playground.travels import StillBusyError, Travels


def travel_router(travels: Travels) -> APIRouter:
    """Return the route that moves the time."""
    router = APIRouter(prefix="/playground")

    @router.post("/chats/{chat_id}/next-event")
    async def next_event(chat_id: int) -> dict[str, Any]:
        try:
            leap = await travels.on_to_next(chat_id)
        except StillBusyError:
            return {"leap": None, "busy": True}
        return {"leap": None if leap is None else leap.to_json(), "busy": False}

    return router
