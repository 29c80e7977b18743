"""Adding to the chains of evidence, in the transaction of what happens (DOMAIN.md 7).

1. The chains are held, in the order of their numbers: no two records follow the same one, and nobody waits in a circle.
   That of an order begins with its placing, so nobody looks for it then. Whoever records in several chains one after
   the other, as money dictates, `hold`s them all before: a worker that settles messages takes several, too.
2. Each record follows its chain's head; several of one chain follow each other. A chain that begins is written once,
   with the head that it ends with; where another transaction has begun it at the same moment, its head is followed.
3. Records, contents and heads are written. Whatever undoes the transaction undoes them too.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any, Final

from sqlalchemy import Connection, bindparam, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.dml import ReturningInsert

from bot.clock import rome_day
from bot.db.base import table_of
from bot.db.tables import ChainRow, ContentRow, RecordRow
from bot.db.upsert import inserting_if_absent
from bot.domain.evidence.chain import (
    SALT_BYTES,
    Chain,
    Content,
    Head,
    Kind,
    Record,
    Subject,
    beginning,
    digest_of,
    following,
)

_CHAIN: Final = table_of(ChainRow)
_HOLDING: Final = (
    select(_CHAIN.c.id, _CHAIN.c.subject, _CHAIN.c.subject_id, _CHAIN.c.sequence, _CHAIN.c.link)
    .where(tuple_(_CHAIN.c.subject, _CHAIN.c.subject_id).in_(bindparam("chains", expanding=True)))
    .order_by(_CHAIN.c.id)
    .with_for_update()
)
_MOVING: Final = (
    update(_CHAIN)
    .where(_CHAIN.c.id == bindparam("of"))
    .values(sequence=bindparam("now_at"), link=bindparam("now_link"))
)


class Kept(StrEnum):
    """For how many years of the catalogue a content is kept. The values are stored.

    `EVIDENCE`: `evidence_years`, of orders and of what is owed; `REMINDER`: `reminder_years`, of other reminders.
    """

    EVIDENCE = "evidence"
    REMINDER = "reminder"


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to be proved.

    Attributes:
        chain: where it belongs.
        kind: what it is.
        value: what happened: strict JSON. Money is a decimal string, a moment ISO 8601 in UTC.
        kept: how long.
    """

    chain: Chain
    kind: Kind
    value: Mapping[str, Any]
    kept: Kept = Kept.EVIDENCE


async def hold(session: AsyncSession, chains: Sequence[Chain]) -> None:
    """Let nobody else add to several chains until the transaction ends; whoever holds orders holds them before."""
    if len(chains) > 1:
        await session.run_sync(lambda own: _held(own.connection(), chains))


async def record(session: AsyncSession, entries: Sequence[Entry], now: datetime) -> None:
    """Add entries to their chains, in their order, in the transaction of `session`."""
    if entries:
        await session.run_sync(lambda own: record_in(own.connection(), entries, now))


def record_in(connection: Connection, entries: Sequence[Entry], now: datetime) -> None:
    """Add entries to their chains, in their order, in the transaction of `connection`."""
    if not entries:
        return
    of_each: dict[Chain, list[Entry]] = {}
    for entry in sorted(entries, key=lambda entry: (entry.chain.subject.value, entry.chain.id)):
        of_each.setdefault(entry.chain, []).append(entry)
    held = _held(connection, [chain for chain, own in of_each.items() if own[0].kind is not Kind.PLACED])
    added = {
        chain: _following(beginning(chain), own, now) for chain, own in of_each.items() if chain not in held
    }
    numbers = _begun(connection, added)
    held |= _held(connection, [chain for chain in added if chain not in numbers])
    continued = {chain: _following(head, of_each[chain], now) for chain, (_, head) in held.items()}
    numbers |= {chain: number for chain, (number, _) in held.items()}
    if continued:
        connection.execute(
            _MOVING,
            [
                {"of": numbers[chain], **_head_of(own, "now_at", "now_link")}
                for chain, own in continued.items()
            ],
        )
    rows = [(numbers[chain], each) for chain, own in (added | continued).items() for each in own]
    connection.execute(table_of(RecordRow).insert(), [_record_of(number, each) for number, each in rows])
    connection.execute(
        table_of(ContentRow).insert(), [_content_of(number, each, now) for number, each in rows]
    )


@dataclass(frozen=True, slots=True)
class _Added:
    """An entry in its place of its chain."""

    record: Record
    content: Content
    kept: Kept


def _following(head: Head, entries: Sequence[Entry], now: datetime) -> list[_Added]:
    """The entries of one chain, each after the one before."""
    added = []
    for entry in entries:
        content = Content(secrets.token_bytes(SALT_BYTES), entry.value)
        made = following(head, now, entry.kind, digest_of(content))
        head = Head(made.sequence, made.link)
        added.append(_Added(made, content, entry.kept))
    return added


def _held(connection: Connection, chains: Sequence[Chain]) -> dict[Chain, tuple[int, Head]]:
    """Hold those of the chains that have begun; their numbers and heads."""
    if not chains:
        return {}
    wanted = {"chains": [(chain.subject.value, chain.id) for chain in chains]}
    return {
        Chain(Subject(row.subject), row.subject_id): (row.id, Head(row.sequence, row.link))
        for row in connection.execute(_HOLDING, wanted)
    }


def _begun(connection: Connection, chains: Mapping[Chain, Sequence[_Added]]) -> dict[Chain, int]:
    """Begin chains with all that is added to them, and tell their numbers: not of what another has just begun."""
    if not chains:
        return {}
    rows = [
        {
            "subject": chain.subject.value,
            "subject_id": chain.id,
            "signed": 0,
            **_head_of(own, "sequence", "link"),
        }
        for chain, own in chains.items()
    ]
    begun = connection.execute(_beginning(connection.dialect.name), rows)
    return {Chain(Subject(row.subject), row.subject_id): row.id for row in begun}


@cache
def _beginning(dialect: str) -> ReturningInsert[Any]:
    return inserting_if_absent(dialect, ChainRow).returning(
        _CHAIN.c.id, _CHAIN.c.subject, _CHAIN.c.subject_id
    )


def _head_of(added: Sequence[_Added], sequence: str, link: str) -> dict[str, Any]:
    """The head of a chain that ends with these, under the names of a statement's parameters."""
    last = added[-1].record
    return {sequence: last.sequence, link: last.link}


def _record_of(number: int, added: _Added) -> dict[str, Any]:
    made = added.record
    return {
        "chain_id": number,
        "sequence": made.sequence,
        "at": made.at,
        "kind": made.kind.value,
        "digest": made.digest,
        "link": made.link,
    }


def _content_of(number: int, added: _Added, now: datetime) -> dict[str, Any]:
    return {
        "chain_id": number,
        "sequence": added.record.sequence,
        "kept": added.kept.value,
        "written_on": rome_day(now),
        "salt": added.content.salt,
        "content": dict(added.content.value),
    }
