"""Reading chains: one, as a document needs it, or all of them in one pass (DOMAIN.md 7)."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, and_, select

from bot.clock import rome_day
from bot.db.base import table_of
from bot.db.tables import ChainRow, ContentRow, RecordRow, SignedHeadRow
from bot.domain.evidence.chain import Chain, Content, Erased, Head, Kind, Record, Subject
from bot.domain.evidence.checking import Finding, Kept, check

_CHAIN: Final = table_of(ChainRow)
_RECORD: Final = table_of(RecordRow)
_CONTENT: Final = table_of(ContentRow)
_SIGNED: Final = table_of(SignedHeadRow)
_AT_A_TIME: Final = 1000
"""Rows that are held while all chains are read."""


def chain_of(connection: Connection, chain: Chain) -> tuple[Head, list[Kept]] | None:
    """The head of a chain and its records with their contents; None where nothing was recorded.

    A content that is gone without a trace is given as erased on the day of its record, without a reason.
    """
    where = and_(_CHAIN.c.subject == chain.subject.value, _CHAIN.c.subject_id == chain.id)
    rows = connection.execute(_everything().where(where)).all()
    return None if not rows else (Head(rows[0].head, rows[0].end), _kept(rows))


def signed_heads(connection: Connection, chain: Chain) -> list[Head]:
    """The heads of a chain that were signed, the oldest first."""
    found = connection.execute(
        select(_SIGNED.c.sequence, _SIGNED.c.link)
        .join(_CHAIN, _CHAIN.c.id == _SIGNED.c.chain_id)
        .where(_CHAIN.c.subject == chain.subject.value, _CHAIN.c.subject_id == chain.id)
        .order_by(_SIGNED.c.day_id)
    )
    return [Head(row.sequence, row.link) for row in found]


def check_all(connection: Connection) -> Iterator[list[Finding]]:
    """What is wrong with each chain, one after the other, however many there are: one is held at a time."""
    rows = connection.execution_options(yield_per=_AT_A_TIME).execute(_everything())
    signed = _signed_by_chain(connection)
    waiting = next(signed, None)
    for chain_id, group in groupby(rows, key=lambda row: row.id):
        mine: list[Head] = []
        while waiting is not None and waiting[0] <= chain_id:
            if waiting[0] == chain_id:
                mine.append(waiting[1])
            waiting = next(signed, None)
        kept = list(group)
        chain = Chain(Subject(kept[0].subject), kept[0].subject_id)
        yield check(chain, _kept(kept), Head(kept[0].head, kept[0].end), mine)


def _signed_by_chain(connection: Connection) -> Iterator[tuple[int, Head]]:
    rows = connection.execution_options(yield_per=_AT_A_TIME).execute(
        select(_SIGNED.c.chain_id, _SIGNED.c.sequence, _SIGNED.c.link).order_by(
            _SIGNED.c.chain_id, _SIGNED.c.day_id
        )
    )
    for row in rows:
        yield row.chain_id, Head(row.sequence, row.link)


def _everything() -> Select[Any]:
    """Chains with their records and contents; a chain whose records are all gone is still there."""
    same = and_(_RECORD.c.chain_id == _CONTENT.c.chain_id, _RECORD.c.sequence == _CONTENT.c.sequence)
    return (
        select(
            _CHAIN.c.id,
            _CHAIN.c.subject,
            _CHAIN.c.subject_id,
            _CHAIN.c.sequence.label("head"),
            _CHAIN.c.link.label("end"),
            _RECORD.c.sequence,
            _RECORD.c.at,
            _RECORD.c.kind,
            _RECORD.c.digest,
            _RECORD.c.link,
            _CONTENT.c.salt,
            _CONTENT.c.content,
            _CONTENT.c.erased_on,
            _CONTENT.c.erased_why,
        )
        .select_from(_CHAIN)
        .outerjoin(_RECORD, _RECORD.c.chain_id == _CHAIN.c.id)
        .outerjoin(_CONTENT, same)
        .order_by(_CHAIN.c.id, _RECORD.c.sequence)
    )


def _kept(rows: Iterable[Row[Any]]) -> list[Kept]:
    return [
        (Record(row.sequence, row.at, Kind(row.kind), row.digest, row.link), _content(row))
        for row in rows
        if row.sequence is not None
    ]


def _content(row: Row[Any]) -> Content | Erased:
    if row.salt is None or row.content is None:
        return Erased(row.erased_on or rome_day(row.at), row.erased_why or "")
    return Content(row.salt, row.content)
