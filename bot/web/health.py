"""`/healthz` says that the process is alive, `/readyz` that it can do its work."""

from fastapi import APIRouter, Response, status
from pydantic import BaseModel
from sqlalchemy import text

from bot.db.engine import Database


class Readiness(BaseModel):
    """What the bot needs, and whether it has it: ``ok``, or the kind of error."""

    ready: bool
    database: str


def health_router(database: Database) -> APIRouter:
    """Pages for the machine that watches the bot; they say nothing about anybody."""
    router = APIRouter(tags=["health"])

    @router.get("/healthz")
    async def alive() -> dict[str, str]:
        return {"status": "alive"}

    @router.get("/readyz")
    async def ready(response: Response) -> Readiness:
        try:
            async with database.read() as session:
                await session.execute(text("SELECT 1"))
        except Exception as error:  # noqa: BLE001 - whatever is wrong with it, the answer is "not ready"
            response.status_code = status.HTTP_503_SERVICE_UNAVAILABLE
            return Readiness(ready=False, database=type(error).__name__)
        return Readiness(ready=True, database="ok")

    return router
