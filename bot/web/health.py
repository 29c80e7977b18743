"""`/healthz` says that the process is alive, `/readyz` that it can do its work, and what of it waits."""

import asyncio
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Response, status
from pydantic import BaseModel, Field

from bot.clock import Clock
from bot.db.chat_units_redis import RedisBacking
from bot.db.engine import Database
from bot.services.payments.ledger import last_callback
from bot.services.sending.outbox import Outbox
from bot.services.vitals import Vitals
from bot.web.neighbours import PATIENCE_SECONDS, state_of_redis

STALLED_AFTER = timedelta(minutes=1)
"""A worker looks for work every few seconds: one that has not for so long has stopped."""


class Waiting(BaseModel):
    """What waits to be sent on one channel."""

    waiting: int
    oldest_seconds: Annotated[float, Field(description="For how long the oldest of it has waited.")]


class Readiness(BaseModel):
    """What the bot needs and whether it has it, and what an operator would want to know first."""

    ready: bool
    database: Annotated[str, Field(description="`ok`, or the kind of error.", examples=["ok"])]
    redis: Annotated[
        str,
        Field(
            description="`ok`, the kind of error, or `none` where conversations are kept in the database.",
            examples=["none"],
        ),
    ]
    worker: Annotated[
        str,
        Field(
            description="`ok`, `stalled`, or `none` where this process has no worker, or had no time to start it.",
            examples=["ok"],
        ),
    ]
    last_tick: Annotated[
        datetime | None, Field(description="When the worker of this process last looked for work.")
    ]
    last_callback: Annotated[
        datetime | None, Field(description="When the last signed payment callback came in, in any process.")
    ]
    last_planning: Annotated[
        datetime | None,
        Field(
            description="When the worker of this process last planned reminders, which it does every minute in the "
            "hours of reminders; null before the first time, and without a worker."
        ),
    ]
    planning_age_seconds: Annotated[
        float | None, Field(description="How long ago that was; it grows at night.", examples=[42.0])
    ]
    outbox: Annotated[
        dict[str, Waiting] | None,
        Field(
            description="What waits to be sent, by channel, written by any process; null without database."
        ),
    ]


class Alive(BaseModel):
    """The process answers."""

    status: str


def health_router(
    database: Database, outbox: Outbox, vitals: Vitals, clock: Clock, redis: RedisBacking | None = None
) -> APIRouter:
    """Pages for the machine that watches the bot; they say nothing about anybody."""
    router = APIRouter(tags=["health"])

    @router.get("/healthz", summary="Is the process alive?")
    async def alive() -> Alive:
        return Alive(status="alive")

    @router.get(
        "/readyz",
        summary="Can it do its work?",
        responses={
            503: {
                "model": Readiness,
                "description": "No: the database or Redis is away, or the worker has stalled.",
            }
        },
    )
    async def ready(response: Response) -> Readiness:
        found = "ok"
        called: datetime | None = None
        waiting: dict[str, Waiting] | None = None
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                called = await last_callback(database)
                depth = await outbox.depth()
        except Exception as error:  # noqa: BLE001 - whatever is wrong with it, the answer is "not ready"
            found = type(error).__name__
        else:
            waiting = {
                channel.value: Waiting(
                    waiting=each.waiting, oldest_seconds=round(each.oldest.total_seconds(), 3)
                )
                for channel, each in depth.items()
            }
        now, planned = clock.now(), vitals.last_planning
        worker = _worker(vitals.last_tick, now)
        states = await state_of_redis(redis)
        readiness = Readiness(
            ready=found == "ok" and states in {"ok", "none"} and worker != "stalled",
            database=found,
            redis=states,
            worker=worker,
            last_tick=vitals.last_tick,
            last_callback=called,
            last_planning=planned,
            planning_age_seconds=None if planned is None else round((now - planned).total_seconds(), 3),
            outbox=waiting,
        )
        if not readiness.ready:
            response.status_code = status.HTTP_503_SERVICE_UNAVAILABLE
        return readiness

    return router


def _worker(last_tick: datetime | None, now: datetime) -> str:
    if last_tick is None:
        return "none"
    return "ok" if now - last_tick <= STALLED_AFTER else "stalled"
