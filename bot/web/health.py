"""`/healthz` says that the process is alive, `/readyz` that it can do its work, and what of it waits."""

import asyncio
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Request, Response, status
from pydantic import BaseModel, Field
from starlette.responses import PlainTextResponse

from bot.clock import Clock
from bot.db.chat_units_redis import RedisBacking
from bot.db.engine import Database
from bot.db.upgrade import has_older_tables
from bot.services.beats import Beats, Life
from bot.services.payments.ledger import last_callback
from bot.services.sending.outbox import Outbox
from bot.services.sending.pausing import Pauses
from bot.services.statements.standing import StatementStanding, statement_standing
from bot.web.insiders import Insiders
from bot.web.neighbours import PATIENCE_SECONDS, state_of_redis
from bot.web.paths import ALIVE
from bot.web.remembered import Remembered

STALLED_AFTER = timedelta(minutes=1)
"""A worker notes every ten seconds that it looks for work: where none has for so long, there is none."""
BEHIND_AFTER = timedelta(minutes=10)
"""What is due leaves within seconds: what nobody has tried to send for so long shows that workers do not get to it."""


OUTDATED = "outdated"


class Waiting(BaseModel):
    """What waits to be sent on one channel."""

    waiting: int
    oldest_seconds: Annotated[float, Field(description="For how long the oldest of it has waited.")]


class Readiness(BaseModel):
    """What the bot needs and whether it has it, and what an operator would want to know first."""

    ready: bool
    database: Annotated[
        str,
        Field(
            description="`ok`; `outdated` where it has the tables of an older version; or the kind of error.",
            examples=["ok"],
        ),
    ]
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
            description="`ok`; `stalled` where no worker, in any process, has looked for work for a minute; `behind` "
            "where something is due for ten minutes that none has tried to send; `none` before the first one.",
            examples=["ok"],
        ),
    ]
    last_tick: Annotated[
        datetime | None, Field(description="When a worker last looked for work, in any process.")
    ]
    last_callback: Annotated[
        datetime | None, Field(description="When the last signed payment callback came in, in any process.")
    ]
    last_statement: Annotated[
        datetime | None, Field(description="When the last statement of the bank was taken, by any process.")
    ]
    statements_unreadable: Annotated[
        int | None,
        Field(
            description="Files of the bank's that came by themselves and cannot be read, until their case is closed; "
            "null without database."
        ),
    ]
    last_planning: Annotated[
        datetime | None,
        Field(
            description="When a worker last planned reminders, in any process, which one does every minute in the "
            "hours of reminders; null before the first time."
        ),
    ]
    planning_age_seconds: Annotated[
        float | None, Field(description="How long ago that was; it grows at night.", examples=[42.0])
    ]
    paused: Annotated[
        list[str],
        Field(description="Channels that the operator has paused (`sending pause`).", examples=[["mail"]]),
    ]
    outbox: Annotated[
        dict[str, Waiting] | None,
        Field(
            description="What waits to be sent, by channel, written by any process; null without database."
        ),
    ]


def health_router(
    database: Database, clock: Clock, insiders: Insiders, redis: RedisBacking | None = None
) -> APIRouter:
    """Pages for the machine that watches the bot: one word for everybody, details for `insiders`, about nobody."""
    router = APIRouter(tags=["health"])
    look = Remembered(_Look(database, clock, redis), clock)

    @router.get("/healthz", summary="Is the process alive?", response_class=PlainTextResponse)
    async def alive() -> str:
        return ALIVE

    @router.get(
        "/readyz",
        summary="Can it do its work?",
        description="One word, `ready` or `unready`; where METRICS_TOKEN, METRICS_PORT or this machine opens them, the "
        "details.",
        response_model=Readiness,
        responses={
            503: {
                "model": Readiness,
                "description": "No: the database or Redis is away, or the workers have stalled or are behind.",
            }
        },
    )
    async def ready(request: Request) -> Response:
        readiness = await look()
        code = status.HTTP_200_OK if readiness.ready else status.HTTP_503_SERVICE_UNAVAILABLE
        if insiders.admits(request):
            return Response(readiness.model_dump_json(), code, media_type="application/json")
        return PlainTextResponse("ready" if readiness.ready else "unready", code)

    return router


class _Look:
    """Looks at everything that the process needs."""

    def __init__(self, database: Database, clock: Clock, redis: RedisBacking | None) -> None:
        self._database = database
        self._outbox = Outbox(database, clock)
        self._redis = redis
        self._beats = Beats(database)
        self._pauses = Pauses(database, clock)

    async def __call__(self) -> Readiness:
        found = "ok"
        called: datetime | None = None
        waiting: dict[str, Waiting] | None = None
        life, overdue = None, None
        statements: StatementStanding | None = None
        paused: list[str] = []
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                if await has_older_tables(self._database):
                    found = OUTDATED
                called = await last_callback(self._database)
                depth = await self._outbox.depth()
                statements = await statement_standing(self._database)
                paused = [channel.value for channel in await self._pauses.standing()]
                life, overdue = await self._beats.newest(), await self._outbox.overdue(BEHIND_AFTER)
        except Exception as error:  # noqa: BLE001 - whatever is wrong with it, the answer is "not ready"
            found = OUTDATED if found == OUTDATED else type(error).__name__
        else:
            waiting = {
                channel.value: Waiting(
                    waiting=each.waiting, oldest_seconds=round(each.oldest.total_seconds(), 3)
                )
                for channel, each in depth.items()
            }
        worker = _worker(life, overdue)
        planned = None if life is None else life.planning
        states = await state_of_redis(self._redis)
        return Readiness(
            ready=found == "ok" and states in {"ok", "none"} and worker in {"ok", "none"},
            database=found,
            redis=states,
            worker=worker,
            last_tick=None if life is None else life.tick,
            last_callback=called,
            last_statement=None if statements is None else statements.last,
            statements_unreadable=None if statements is None else statements.unreadable,
            last_planning=planned,
            planning_age_seconds=_seconds_since(life, planned),
            paused=paused,
            outbox=waiting,
        )


def _worker(life: Life | None, overdue: timedelta | None) -> str:
    if life is not None and life.tick is not None and life.now - life.tick > STALLED_AFTER:
        return "stalled"
    if overdue is not None:
        return "behind"
    return "none" if life is None or life.tick is None else "ok"


def _seconds_since(life: Life | None, moment: datetime | None) -> float | None:
    return None if life is None or moment is None else round((life.now - moment).total_seconds(), 3)
