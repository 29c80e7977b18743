"""Adding to the chains of evidence, in the transaction of what happens (DOMAIN.md 7).

1. The chains are held, in the order of their numbers: no two records follow the same one, and nobody waits in a circle.
2. Each record follows its chain's head; several of one chain follow each other.
3. Records, contents and heads are written. Whatever undoes the transaction undoes them too.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Connection, bindparam, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

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


async def record(session: AsyncSession, entries: Sequence[Entry], now: datetime) -> None:
    """Add entries to their chains, in their order, in the transaction of `session`."""
    if entries:
        await session.run_sync(lambda own: record_in(own.connection(), entries, now))


def record_in(connection: Connection, entries: Sequence[Entry], now: datetime) -> None:
    """Add entries to their chains, in their order, in the transaction of `connection`."""
    if not entries:
        return
    heads = _hold(connection, entries)
    records, contents = [], []
    for entry in entries:
        chain_id, head = heads[entry.chain]
        content = Content(secrets.token_bytes(SALT_BYTES), entry.value)
        made = following(head, now, entry.kind, digest_of(content))
        heads[entry.chain] = chain_id, Head(made.sequence, made.link)
        place = {"chain_id": chain_id, "sequence": made.sequence}
        records.append(
            place | {"at": made.at, "kind": made.kind.value, "digest": made.digest, "link": made.link}
        )
        contents.append(
            place
            | {
                "kept": entry.kept.value,
                "written_on": rome_day(now),
                "salt": content.salt,
                "content": dict(content.value),
            }
        )
    connection.execute(table_of(RecordRow).insert(), records)
    connection.execute(table_of(ContentRow).insert(), contents)
    moved = [
        {"of": chain_id, "now_at": head.sequence, "now_link": head.link} for chain_id, head in heads.values()
    ]
    connection.execute(_MOVING, moved)


def _hold(connection: Connection, entries: Sequence[Entry]) -> dict[Chain, tuple[int, Head]]:
    """Hold the chains of the entries, of which some begin now; their numbers and heads."""
    chains = sorted({entry.chain for entry in entries}, key=lambda chain: (chain.subject.value, chain.id))
    wanted = {"chains": [(chain.subject.value, chain.id) for chain in chains]}
    held = _read(connection, wanted)
    if len(held) < len(chains):
        new = [
            {
                "subject": chain.subject.value,
                "subject_id": chain.id,
                "sequence": 0,
                "link": beginning(chain).link,
                "signed": 0,
            }
            for chain in chains
            if chain not in held
        ]
        connection.execute(inserting_if_absent(connection.dialect.name, ChainRow), new)
        held = _read(connection, wanted)
    return held


def _read(connection: Connection, wanted: Mapping[str, Any]) -> dict[Chain, tuple[int, Head]]:
    return {
        Chain(Subject(row.subject), row.subject_id): (row.id, Head(row.sequence, row.link))
        for row in connection.execute(_HOLDING, wanted)
    }
