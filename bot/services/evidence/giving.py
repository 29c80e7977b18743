"""A chain as a document to give out: everything recorded, and the last signed day that covers it (DOMAIN.md 7)."""

from datetime import datetime
from typing import Final

from sqlalchemy import Connection, select

from bot.db.base import table_of
from bot.db.tables import ChainRow, EvidenceKeyRow, SignedDayRow, SignedHeadRow
from bot.domain.evidence.chain import Chain, Head, Subject
from bot.domain.evidence.document import Anchor, Document, SignedDay
from bot.domain.evidence.tree import leaf, way_up
from bot.services.evidence.reading import chain_of

_CHAIN: Final = table_of(ChainRow)
_DAY: Final = table_of(SignedDayRow)
_HEAD: Final = table_of(SignedHeadRow)
_KEY: Final = table_of(EvidenceKeyRow)


def document_of(
    connection: Connection, chain: Chain, name: str, *, language: str, operator: str, now: datetime
) -> Document | None:
    """The document of a chain; None where nothing was recorded.

    Args:
        connection: to read by; all of it is read in one transaction.
        chain: which one.
        name: how people call its subject: an order's number, a mailbox's address.
        language: of the pages.
        operator: who gives it out.
        now: when it is made.
    """
    found = chain_of(connection, chain)
    if found is None:
        return None
    head, records = found
    return Document(now, language, operator, chain, name, tuple(records), head, _anchor(connection, chain))


def _anchor(connection: Connection, chain: Chain) -> Anchor | None:
    last = connection.execute(
        select(_HEAD.c.day_id, _HEAD.c.place, _HEAD.c.sequence, _HEAD.c.link)
        .join(_CHAIN, _CHAIN.c.id == _HEAD.c.chain_id)
        .where(_CHAIN.c.subject == chain.subject.value, _CHAIN.c.subject_id == chain.id)
        .order_by(_HEAD.c.day_id.desc())
        .limit(1)
    ).one_or_none()
    if last is None:
        return None
    day = connection.execute(
        select(
            _DAY.c.day, _DAY.c.at, _DAY.c.count, _DAY.c.root, _DAY.c.before, _KEY.c.public, _DAY.c.signature
        )
        .join(_KEY, _KEY.c.id == _DAY.c.key_id)
        .where(_DAY.c.id == last.day_id)
    ).one()
    leaves = [
        leaf(Chain(Subject(row.subject), row.subject_id), Head(row.sequence, row.link))
        for row in connection.execute(
            select(_CHAIN.c.subject, _CHAIN.c.subject_id, _HEAD.c.sequence, _HEAD.c.link)
            .join(_CHAIN, _CHAIN.c.id == _HEAD.c.chain_id)
            .where(_HEAD.c.day_id == last.day_id)
            .order_by(_HEAD.c.place)
        )
    ]
    way = way_up(leaves, last.place)
    return Anchor(SignedDay(*day), Head(last.sequence, last.link), way)
