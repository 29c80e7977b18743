"""`/healthz`, `/readyz` and `/metrics`: what a machine that watches the bot is told, and nothing about anybody."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import text, update

from bot.app import redis_backing
from bot.db.engine import Database
from bot.db.keys import KeyRing
from bot.db.tables import OutboxRow
from bot.domain.cases import CaseKind
from bot.runtime import Running
from bot.services.beats import Beats
from bot.services.cases import Case, open_case
from bot.services.sending.outbox import Channel, Message, Outbox, Result, put_many
from bot.services.sending.pausing import Pauses
from bot.web.health import BEHIND_AFTER, STALLED_AFTER
from bot.web.server import create_web
from tests.support.caller import Caller, payment_event
from tests.support.clock import FrozenClock
from tests.support.process import free_port
from tests.support.running_bot import Talk
from tests.support.till import Till

EMPTY = {"waiting": 0, "oldest_seconds": 0.0}


def client_of(running: Running) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(create_web(running)), base_url="http://bot")


async def numbers(client: httpx.AsyncClient) -> dict[tuple[str, ...], float]:
    """Every sample of `/metrics`: its name and its labels' values."""
    page = await client.get("/metrics")
    assert page.status_code == 200
    assert page.headers["content-type"].startswith("text/plain")
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(page.text)
        for sample in family.samples
    }


async def test_alive_and_ready_before_anything_happened(running: Running) -> None:
    async with client_of(running) as client:
        assert (await client.get("/healthz")).text == "alive"
        answer = await client.get("/readyz")
    assert (answer.status_code, answer.json()) == (
        200,
        {
            "ready": True,
            "database": "ok",
            "redis": "none",
            "worker": "none",
            "last_tick": None,
            "last_callback": None,
            "last_statement": None,
            "statements_unreadable": 0,
            "last_planning": None,
            "planning_age_seconds": None,
            "paused": [],
            "outbox": {"telegram": EMPTY, "mail": EMPTY, "event": EMPTY},
        },
    )


async def test_what_happened_and_what_waits(running: Running, till: Till, clock: FrozenClock) -> None:
    order = await till.order()
    beats = Beats(running.database)
    await beats.tick()
    await beats.planned()
    async with client_of(running) as client:
        caller = Caller(client)
        await caller.call(payment_event(order=order.number))
        clock.advance(timedelta(seconds=30))
        seen = (await client.get("/readyz")).json()
    assert (seen["ready"], seen["worker"]) == (True, "ok")
    assert seen["last_callback"] == "2026-11-23T10:00:00Z"
    assert seen["last_tick"] <= seen["last_planning"], "by the clock of the database"
    assert 0 <= seen["planning_age_seconds"] < STALLED_AFTER.total_seconds()
    assert seen["outbox"]["telegram"] == {"waiting": 1, "oldest_seconds": 30.0}
    assert seen["outbox"]["mail"] == {"waiting": 2, "oldest_seconds": 30.0}


def in_the_past(age: timedelta) -> FrozenClock:
    """A clock that shows how it was so long ago by the database's."""
    then = FrozenClock()
    then.advance(datetime.now(UTC) - age - then.now())
    return then


@pytest.mark.parametrize(
    ("before", "worker"),
    [(STALLED_AFTER - timedelta(seconds=30), "ok"), (STALLED_AFTER + timedelta(seconds=1), "stalled")],
)
async def test_workers_that_stand_still_are_seen_from_any_process(
    running: Running, before: timedelta, worker: str
) -> None:
    await Beats(running.database, in_the_past(before)).tick()
    async with client_of(running) as client:
        answer = await client.get("/readyz")
    assert (answer.status_code, answer.json()["worker"]) == (200 if worker == "ok" else 503, worker)


async def test_a_worker_that_lives_and_does_not_send_is_seen(
    running: Running, till: Till, clock: FrozenClock
) -> None:
    await Beats(running.database).tick()
    await till.order()
    async with client_of(running) as client:
        clock.advance(BEHIND_AFTER - timedelta(seconds=1))
        assert (await client.get("/readyz")).status_code == 200
        clock.advance(timedelta(seconds=1))
        answer = await client.get("/readyz")
    assert (answer.status_code, answer.json()["worker"]) == (503, "behind")


async def test_what_may_wait_for_long_is_not_behind(running: Running, clock: FrozenClock) -> None:
    outbox = Outbox(running.database, clock)
    async with running.database.write() as session:
        for message in (
            Message("bulk", Channel.TELEGRAM, {}, chat_id=1, bulk=True),
            Message("tried", Channel.TELEGRAM, {}, chat_id=2),
            Message("behind", Channel.TELEGRAM, {}, chat_id=2),
        ):
            await put_many(session, [message], clock.now())
            clock.advance(timedelta(seconds=1))
        tried = update(OutboxRow).where(OutboxRow.key == "tried").values(attempts=1)
        await session.execute(tried)
    clock.advance(BEHIND_AFTER * 2)
    assert await outbox.overdue(BEHIND_AFTER) is None
    async with running.database.write() as session:
        await put_many(session, [Message("due", Channel.TELEGRAM, {}, chat_id=3)], clock.now())
    clock.advance(BEHIND_AFTER)
    assert await outbox.overdue(BEHIND_AFTER) == BEHIND_AFTER


async def test_what_the_manual_alerts_on_is_there(running: Running) -> None:
    """docs/operating.md has rules for Prometheus: each number in them is on the page."""
    await Beats(running.database).tick()
    manual = Path(__file__).parents[2] / "docs" / "operating.md"
    rules = re.findall(r"^ +expr: (.+)$", manual.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(rules) >= 4
    async with client_of(running) as client:
        page = (await client.get("/metrics")).text
    for rule in rules:
        for name in re.findall(r"rinnovo_\w+", rule):
            assert re.search(rf"^{name}\b", page, re.MULTILINE), name


async def test_without_its_database_it_is_not_ready_and_still_counts(
    running: Running, tmp_path: Path
) -> None:
    away = Database(f"sqlite:///{tmp_path}/missing/none.db", KeyRing([KeyRing.new_key()]))
    async with client_of(replace(running, database=away)) as client:
        answer = await client.get("/readyz")
        assert answer.status_code == 503
        seen = answer.json()
        assert (seen["ready"], seen["database"], seen["outbox"]) == (False, "OperationalError", None)
        found = await numbers(client)
    assert found["rinnovo_database_up",] == 0
    assert not any(name.startswith("rinnovo_outbox_depth") for name, *_ in found)
    await away.dispose()


async def test_a_database_with_the_tables_of_an_older_version_is_not_ready(running: Running) -> None:
    async with running.database.write() as session:
        await session.execute(text("UPDATE alembic_version SET version_num = '0016'"))
    async with client_of(running) as client:
        answer = await client.get("/readyz")
    assert (answer.status_code, answer.json()["database"]) == (503, "outdated")


async def a_case_due_today(running: Running) -> None:
    """Something that needs a person before tomorrow."""
    surroundings = running.conversation.services.surroundings
    case = Case(CaseKind.UNDELIVERED, "placed:R7K2M-4", "R7K2M-4", {}, surroundings.today())
    async with running.database.write() as session:
        await open_case(session, case, surroundings.now())


async def test_a_case_past_its_day_is_seen_in_the_numbers(running: Running, clock: FrozenClock) -> None:
    await a_case_due_today(running)
    clock.advance(timedelta(days=2))
    async with client_of(running) as client:
        found = await numbers(client)
    assert timedelta(days=1) < timedelta(seconds=found["rinnovo_cases_overdue_seconds", "undelivered"])
    assert timedelta(seconds=found["rinnovo_cases_overdue_seconds", "undelivered"]) < timedelta(days=2)


async def test_the_numbers(running: Running, till: Till, clock: FrozenClock, talk: Talk) -> None:
    order = await till.order()
    chat = await talk()
    await chat.send("/help")
    vitals = running.conversation.services.vitals
    beats = Beats(running.database, clock)
    await beats.tick()
    await beats.planned()
    vitals.settled(Channel.TELEGRAM, Result.SENT)
    vitals.settled(Channel.MAIL, Result.RETRY)
    vitals.planned(3)
    async with client_of(running) as client:
        caller = Caller(client)
        await caller.call(payment_event(order=order.number))
        await caller.call(payment_event(order=order.number, payment_id="bank-2"))
        await caller.call(payment_event(amount="free"))
        await caller.post(b"{}", {})
        await a_case_due_today(running)
        clock.advance(timedelta(seconds=30))
        found = await numbers(client)
        page = (await client.get("/metrics")).text
    assert found["rinnovo_updates_total", "message", "ok"] == 1
    for outcome in ("completed", "duplicate_payment", "malformed", "unsigned"):
        assert found["rinnovo_payment_callbacks_total", outcome] == 1
    assert found["rinnovo_outbox_settled_total", "telegram", "sent"] == 1
    assert found["rinnovo_outbox_settled_total", "mail", "due"] == 1
    assert found["rinnovo_outbox_depth", "telegram"] == 2
    assert found["rinnovo_outbox_oldest_seconds", "telegram"] == 30
    assert found["rinnovo_last_tick_timestamp_seconds",] == (clock.now() - timedelta(seconds=30)).timestamp()
    planned = (clock.now() - timedelta(seconds=30)).timestamp()
    assert found["rinnovo_last_planning_timestamp_seconds",] == planned
    assert found["rinnovo_reminders_planned_total",] == 3
    assert found["rinnovo_database_up",] == 1
    assert found["rinnovo_last_import_timestamp_seconds",] == 0
    assert found["rinnovo_renewals_to_be_seen",] == 1
    assert found["rinnovo_renewals_unchecked",] == 0
    assert found["rinnovo_mailboxes_gone",] == 0
    assert found["rinnovo_last_statement_timestamp_seconds",] == 0
    assert found["rinnovo_statement_entries_waiting",] == 0
    assert found["rinnovo_statements_unreadable",] == 0
    assert found["rinnovo_cases_open", "not_renewed"] == 0
    assert found["rinnovo_cases_open", "payment"] == 1
    assert found["rinnovo_cases_open", "undelivered"] == 1
    assert found["rinnovo_cases_overdue_seconds", "payment"] == 0
    assert found["rinnovo_cases_overdue_seconds", "undelivered"] == 0
    assert found["process_open_fds",] > 0
    for personal in (order.number, order.items[0].address, "rossi", "bank", "rossi@example.com"):
        assert personal not in page


async def test_what_the_operator_has_paused_is_seen_and_is_no_fault(running: Running) -> None:
    await Pauses(running.database, running.clock).pause([Channel.MAIL])
    async with client_of(running) as client:
        answer = await client.get("/readyz")
        found = await numbers(client)
    assert (answer.status_code, answer.json()["paused"]) == (200, ["mail"])
    assert [found["rinnovo_sending_paused", channel.value] for channel in Channel] == [0, 1, 0]


@pytest.mark.update_fails
async def test_an_update_that_fails_is_counted_as_failed(running: Running, talk: Talk, till: Till) -> None:
    await till.seed.mailbox("rossi")
    chat = await talk("rossi")
    async with running.database.write() as session:
        connection = await session.connection()
        await connection.exec_driver_sql("ALTER TABLE mailbox RENAME TO away")
    await chat.send("/renew")
    async with client_of(running) as client:
        found = await numbers(client)
    assert found["rinnovo_updates_total", "message", "failed"] == 1


async def test_each_application_shows_the_same_process(running: Running) -> None:
    async with client_of(running) as first, client_of(running) as second:
        await Caller(first).post(b"{}", {})
        assert (await numbers(second))["rinnovo_payment_callbacks_total", "unsigned"] == 1
        accept = {"accept": "application/openmetrics-text; version=1.0.0"}
        page = await second.get("/metrics", headers=accept)
    assert page.headers["content-type"].startswith("application/openmetrics-text")
    assert page.text.endswith("# EOF\n")


async def test_redis_away_is_not_ready_and_says_so(running: Running) -> None:
    """No tap can be answered where conversations are kept in a Redis that is away."""
    redis = redis_backing(f"redis://127.0.0.1:{free_port()}/0", running.database, running.clock)
    try:
        async with client_of(replace(running, redis=redis)) as client:
            answer = await client.get("/readyz")
            assert (answer.status_code, answer.json()["ready"], answer.json()["redis"]) == (
                503,
                False,
                "ConnectionError",
            )
            assert answer.json()["database"] == "ok"
            assert (await numbers(client))["rinnovo_redis_up",] == 0
    finally:
        await redis.close()


async def test_redis_that_answers_is_seen(redis_url: str, running: Running) -> None:
    redis = redis_backing(redis_url, running.database, running.clock)
    try:
        async with client_of(replace(running, redis=redis)) as client:
            answer = await client.get("/readyz")
            assert (answer.status_code, answer.json()["redis"]) == (200, "ok")
            assert (await numbers(client))["rinnovo_redis_up",] == 1
    finally:
        await redis.close()
