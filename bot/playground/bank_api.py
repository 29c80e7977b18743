"""What the panel of payments asks of the bank: what awaits payment, a statement of that, and to import it."""

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel

from bot.playground.bank import Bank, Form


class WantedBody(BaseModel):
    """The form in which a statement is wanted."""

    form: Form


class FileBody(BaseModel):
    """The name of a statement that was written."""

    name: str


def bank_router(bank: Bank) -> APIRouter:
    """Return the routes of the bank."""
    router = APIRouter(prefix="/playground/bank")

    @router.post("")
    async def write(body: WantedBody) -> dict[str, Any]:
        file = await bank.write(body.form)
        return {"name": file.name, "path": file.path, "orders": file.orders}

    @router.get("/awaited")
    async def awaited() -> dict[str, int]:
        return dict(await bank.awaited())

    @router.post("/import")
    async def take(body: FileBody) -> dict[str, Any]:
        taken = await bank.take(body.name)
        return {
            "name": body.name,
            "heaps": dict(taken.heaps),
            "registered": taken.registered,
            "waiting": taken.waiting,
            "again": taken.again,
        }

    return router
