"""The heads of a day under one root, signed: what leaves the database proves the database (DOMAIN.md 7).

Whoever can write to the database can also compute its chains anew. What was sent out before shows it: the root of each
day, in which every chain that had grown has its head, and the root of the day before.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from sqlalchemy import Connection, bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.base import table_of
from bot.db.tables import ChainRow, EvidenceKeyRow, SignedDayRow, SignedHeadRow
from bot.db.upsert import insert_if_absent
from bot.domain.evidence.chain import Chain, Head, Subject
from bot.domain.evidence.document import SignedDay, signed_text
from bot.domain.evidence.tree import EMPTY, leaf, root_of

_CHAIN: Final = table_of(ChainRow)
_SIGNED: Final = (
    update(_CHAIN)
    .where(_CHAIN.c.id == bindparam("of"), _CHAIN.c.signed < bindparam("up_to"))
    .values(signed=bindparam("up_to"))
)
_AT_A_TIME: Final = 5000
"""Heads in one statement."""


def is_genuine(signed: SignedDay) -> bool:
    """Whether the signature is of this day, by the key that it names."""
    try:
        Ed25519PublicKey.from_public_bytes(signed.public).verify(signed.signature, signed.signed_text)
    except (InvalidSignature, ValueError):
        return False
    return True


async def sign_heads(session: AsyncSession, day: date, now: datetime) -> SignedDay | None:
    """Sign the heads of all chains that have grown, once a day; None where the day is signed already.

    What is recorded meanwhile is of the next day. A day on which nothing grew is signed too: that nothing was taken
    away is worth as much.
    """
    last = await session.scalar(select(SignedDayRow).order_by(SignedDayRow.id.desc()).limit(1))
    if last is not None and last.day >= day:
        return None
    key_id, key = await _key(session, now)
    heads = await session.run_sync(lambda own: _grown(own.connection()))
    root = root_of(leaf(chain, head) for _, chain, head in heads)
    before = EMPTY if last is None else last.root
    values: dict[str, Any] = {
        "day": day,
        "at": now,
        "count": len(heads),
        "root": root,
        "before": before,
        "key_id": key_id,
        "signature": key.sign(signed_text(day, len(heads), root, before)),
    }
    if not await insert_if_absent(session, SignedDayRow, values):
        return None  # another worker has just signed it
    day_id = await session.scalar(select(SignedDayRow.id).where(SignedDayRow.day == day))
    await session.run_sync(lambda own: _keep(own.connection(), day_id, heads))
    public = key.public_key().public_bytes_raw()
    return SignedDay(day, now, len(heads), root, before, public, values["signature"])


def _grown(connection: Connection) -> list[tuple[int, Chain, Head]]:
    rows = connection.execute(
        select(_CHAIN.c.id, _CHAIN.c.subject, _CHAIN.c.subject_id, _CHAIN.c.sequence, _CHAIN.c.link)
        .where(_CHAIN.c.signed < _CHAIN.c.sequence)
        .order_by(_CHAIN.c.id)
    )
    return [
        (row.id, Chain(Subject(row.subject), row.subject_id), Head(row.sequence, row.link)) for row in rows
    ]


def _keep(connection: Connection, day_id: int | None, heads: Sequence[tuple[int, Chain, Head]]) -> None:
    for start in range(0, len(heads), _AT_A_TIME):
        some = heads[start : start + _AT_A_TIME]
        connection.execute(
            table_of(SignedHeadRow).insert(),
            [
                {"day_id": day_id, "place": place, "chain_id": chain_id, "sequence": head.sequence, "link": head.link}
                for place, (chain_id, _, head) in enumerate(some, start)
            ],
        )  # fmt: skip
        connection.execute(_SIGNED, [{"of": chain_id, "up_to": head.sequence} for chain_id, _, head in some])


async def _key(session: AsyncSession, now: datetime) -> tuple[int, Ed25519PrivateKey]:
    """The key that signs, made when it is first needed."""
    row = await session.scalar(select(EvidenceKeyRow).order_by(EvidenceKeyRow.id.desc()).limit(1))
    if row is None:
        made = Ed25519PrivateKey.generate()
        row = EvidenceKeyRow(
            made_at=now, public=made.public_key().public_bytes_raw(), private=made.private_bytes_raw().hex()
        )
        session.add(row)
        await session.flush()
        return row.id, made
    return row.id, Ed25519PrivateKey.from_private_bytes(bytes.fromhex(row.private))
