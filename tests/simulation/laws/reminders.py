"""Reminders (DOMAIN.md 6): no step twice, and none missing that was due, by a model that knows only the rules."""

from collections import Counter, defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from bot.db.tables import OutboxRow, ReminderRow
from tests.simulation.model import Box, boxes_of, due_step
from tests.simulation.registry import law

if TYPE_CHECKING:
    from tests.simulation.life import Life

_HEARD = frozenset({"sent", "unknown"})
_WAITS = frozenset({"due", "claimed"})

Expiry = tuple[int, date]


async def _told(life: "Life") -> list[tuple[Expiry, int | None, str, str, dict[str, Any]]]:
    """Each mailbox that each reminder of the outbox speaks of: with its step, its reader and its state."""
    async with life.database.read() as session:
        rows = await session.scalars(
            select(OutboxRow).where(OutboxRow.key.startswith("remind:")).order_by(OutboxRow.id)
        )
        return [
            (
                (mailbox_id, date.fromisoformat(expires_on)),
                step,
                "mail" if row.chat_id is None else f"chat {row.chat_id}",
                row.state,
                row.payload,
            )
            for row in rows
            for mailbox_id, expires_on, step in row.payload["entries"]
        ]


@law("no step is told twice for one expiry")
async def never_twice(life: "Life") -> list[str]:
    """To the same reader; nor is one told that comes before another that was told."""
    told: Counter[tuple[Expiry, int, str]] = Counter()
    last: dict[tuple[Expiry, str], int] = {}
    wrong = []
    for expiry, step, reader, state, _ in await _told(life):
        if state not in _HEARD or step is None:
            continue
        told[expiry, step, reader] += 1
        if step > last.get((expiry, reader), step):
            wrong.append(f"{reader} was told {step} of {expiry} after {last[expiry, reader]}")
        last[expiry, reader] = step
    return wrong + [
        f"{reader} was told {step} of {expiry} {n} times"
        for (expiry, step, reader), n in told.items()
        if n > 1
    ]


@law("no reminder is missing that was due", needs_work=True)
async def none_missing(life: "Life") -> list[str]:
    """Of each mailbox that is as it was the evening before, the most urgent step that is due was told to somebody."""
    today: date = life.today
    now = await boxes_of(life)
    before: dict[int, Box] = life.memory.get("boxes", {})
    life.memory["boxes"] = now
    planned: defaultdict[Expiry, list[tuple[int, str]]] = defaultdict(list)
    for expiry, step, _, state, _ in await _told(life):
        if step is not None:
            planned[expiry].append((step, state))
    async with life.database.read() as session:
        noted: defaultdict[Expiry, list[int]] = defaultdict(list)
        for row in await session.scalars(select(ReminderRow)):
            noted[row.mailbox_id, row.expires_on].append(row.step)
    wrong = []
    for box in now.values():
        if before.get(box.id) != box:
            continue
        step = due_step(box, life.catalogue, today)
        if step is None:
            continue
        expiry = box.id, box.expires_on
        down_to = min(noted[expiry], default=None)
        by_mail = all(reader.name == "mail" for reader in box.readers)
        if by_mail and any(state == "unreachable" for _, state in planned[expiry]):
            continue  # an address that takes mail again is told at the next step
        if down_to is None or down_to > step:
            wrong.append(f"mailbox {box.id} ({box.expires_on}): {step} is due and {down_to} is noted")
            continue
        states = {state for at, state in planned[expiry] if at == down_to}
        if states and not states & (_HEARD | _WAITS):
            wrong.append(
                f"mailbox {box.id} ({box.expires_on}): {down_to} is noted as told and was {sorted(states)}"
            )
    return wrong
