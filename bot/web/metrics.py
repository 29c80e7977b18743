"""`/metrics`: the process in numbers, for Prometheus (DESIGN.md, "HTTP")."""

import asyncio
from collections.abc import Awaitable, Collection, Iterator, Mapping
from datetime import datetime
from typing import TypeVar

from fastapi import APIRouter, Request, Response
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import choose_encoder
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.clock import Clock
from bot.db.chat_units_redis import RedisBacking
from bot.db.engine import Database
from bot.domain.cases import CaseKind
from bot.services.beats import Beats, Life
from bot.services.importing.seen import ToBeSeen
from bot.services.office.worklist import Standing
from bot.services.sending.outbox import Channel, Depth, Outbox
from bot.services.sending.pausing import Pauses
from bot.services.services import Services
from bot.services.statements.standing import StatementStanding, statement_standing
from bot.web.insiders import Insiders
from bot.web.neighbours import PATIENCE_SECONDS, state_of_redis
from bot.web.remembered import Remembered

T = TypeVar("T")


def metrics_router(
    database: Database,
    services: Services,
    clock: Clock,
    insiders: Insiders,
    redis: RedisBacking | None = None,
) -> APIRouter:
    """The page: what the process has counted, and what waits in the database, for `insiders`."""
    router = APIRouter(tags=["health"])
    outbox, pauses, beats = Outbox(database, clock), Pauses(database, clock), Beats(database)

    async def look() -> tuple[Collector, ...]:
        return (
            _Moment(await _asked(outbox.depth())),
            _Paused(await _asked(pauses.standing())),
            _Workers(await _asked(beats.newest())),
            _Office(await _asked(services.worklist.standing()) or {}),
            _Renewals(await _asked(services.seen_renewals.standing())),
            _Statements(await _asked(statement_standing(database))),
            _Redis(await state_of_redis(redis)),
        )

    found = Remembered(look, clock)

    @router.get(
        "/metrics",
        summary="Numbers for Prometheus",
        response_class=Response,
        responses={401: {"description": "METRICS_TOKEN is asked for."}, 404: {"description": "Not for you."}},
    )
    async def metrics(request: Request) -> Response:
        insiders.require(request)
        encode, content_type = choose_encoder(request.headers.get("accept", ""))
        page = CollectorRegistry()
        for each in (services.vitals.registry, *await found()):
            page.register(each)
        return Response(encode(page), media_type=content_type)

    return router


class _Redis(Collector):
    """Whether Redis answers; nothing where there is none to answer."""

    def __init__(self, state: str) -> None:
        self._state = state

    def collect(self) -> Iterator[Metric]:
        """Give the number to the registry."""
        if self._state != "none":
            yield GaugeMetricFamily(
                "rinnovo_redis_up", "1 when Redis answers, else 0.", value=int(self._state == "ok")
            )


class _Moment(Collector):
    """What is true now, and was not counted; without database there is nothing to say of the outbox."""

    def __init__(self, waiting: Mapping[Channel, Depth] | None) -> None:
        self._waiting = waiting

    def collect(self) -> Iterator[Metric]:
        """Give the numbers to the registry."""
        yield GaugeMetricFamily(
            "rinnovo_database_up",
            "1 when the database answers, else 0.",
            value=0 if self._waiting is None else 1,
        )
        depth = GaugeMetricFamily(
            "rinnovo_outbox_depth", "What waits to be sent, by channel.", labels=["channel"]
        )
        age = GaugeMetricFamily(
            "rinnovo_outbox_oldest_seconds",
            "For how long the oldest of it has waited, by channel; 0 when nothing waits.",
            labels=["channel"],
        )
        for channel, each in (self._waiting or {}).items():
            depth.add_metric([channel.value], each.waiting)
            age.add_metric([channel.value], each.oldest.total_seconds())
        yield depth
        yield age


class _Paused(Collector):
    """What the operator has stopped; without database there is nothing to say of it."""

    def __init__(self, paused: Collection[Channel] | None) -> None:
        self._paused = paused

    def collect(self) -> Iterator[Metric]:
        """Give the number to the registry."""
        if self._paused is None:
            return
        paused = GaugeMetricFamily(
            "rinnovo_sending_paused", "1 while the operator has paused a channel, else 0.", labels=["channel"]
        )
        for channel in Channel:
            paused.add_metric([channel.value], int(channel in self._paused))
        yield paused


class _Workers(Collector):
    """That there are workers, in any process; without database there is nothing to say of them."""

    def __init__(self, life: Life | None) -> None:
        self._life = life

    def collect(self) -> Iterator[Metric]:
        """Give the numbers to the registry."""
        if self._life is None:
            return
        yield GaugeMetricFamily(
            "rinnovo_last_tick_timestamp_seconds",
            "When a worker last looked for work, in any process; 0 before that. Its age is time() minus this.",
            value=_instant(self._life.tick),
        )
        yield GaugeMetricFamily(
            "rinnovo_last_planning_timestamp_seconds",
            "When a worker last planned reminders, in any process and in their hours; 0 before the first time. "
            "Its age is time() minus this.",
            value=_instant(self._life.planning),
        )


class _Office(Collector):
    """What waits for a person; without database there is nothing to say of it."""

    def __init__(self, standing: Mapping[CaseKind, Standing]) -> None:
        self._standing = standing

    def collect(self) -> Iterator[Metric]:
        """Give the numbers to the registry."""
        cases = GaugeMetricFamily(
            "rinnovo_cases_open", "Cases that wait for a person, by kind.", labels=["kind"]
        )
        overdue = GaugeMetricFamily(
            "rinnovo_cases_overdue_seconds",
            "For how long the case that was due first has been past its day, by kind; 0 when none is.",
            labels=["kind"],
        )
        for kind, each in self._standing.items():
            cases.add_metric([kind.value], each.open)
            overdue.add_metric([kind.value], each.overdue.total_seconds())
        yield cases
        yield overdue


class _Renewals(Collector):
    """What was paid and is to be seen renewed; without database there is nothing to say of it."""

    def __init__(self, standing: ToBeSeen | None) -> None:
        self._standing = standing

    def collect(self) -> Iterator[Metric]:
        """Give the number to the registry."""
        if self._standing is None:
            return
        yield GaugeMetricFamily(
            "rinnovo_last_import_timestamp_seconds",
            "When the last mailbox file was imported; 0 before the first. Its age is time() minus this.",
            value=_instant(self._standing.last_import),
        )
        yield GaugeMetricFamily(
            "rinnovo_renewals_to_be_seen",
            "Mailboxes that were paid and renewed, and that no imported file shows renewed yet.",
            value=self._standing.waiting,
        )
        yield GaugeMetricFamily(
            "rinnovo_renewals_unchecked",
            "Those of them that the provider should have renewed by now, and no import was made since that could tell.",
            value=self._standing.unchecked,
        )
        yield GaugeMetricFamily(
            "rinnovo_mailboxes_gone",
            "Mailboxes that are marked gone, since a complete file did not name them any more.",
            value=self._standing.gone,
        )


class _Statements(Collector):
    """The bank's statements; without database there is nothing to say of them."""

    def __init__(self, standing: StatementStanding | None) -> None:
        self._standing = standing

    def collect(self) -> Iterator[Metric]:
        """Give the numbers to the registry."""
        if self._standing is None:
            return
        yield GaugeMetricFamily(
            "rinnovo_last_statement_timestamp_seconds",
            "When the last statement of the account was taken; 0 before the first. Its age is time() minus this.",
            value=_instant(self._standing.last),
        )
        yield GaugeMetricFamily(
            "rinnovo_statement_entries_waiting",
            "Entries of statements of the account that wait for a person.",
            value=self._standing.waiting,
        )
        yield GaugeMetricFamily(
            "rinnovo_statements_unreadable",
            "Statements of the account that came by themselves and cannot be read, until their case is closed.",
            value=self._standing.unreadable,
        )


async def _asked(question: Awaitable[T]) -> T | None:
    """The answer of the database; None where it does not come in time."""
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            return await question
    except Exception:  # noqa: BLE001 - what is wrong with it is told by /readyz, and by the logs
        return None


def _instant(moment: datetime | None) -> float:
    return 0.0 if moment is None else moment.timestamp()
