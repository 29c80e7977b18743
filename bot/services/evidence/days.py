"""The signed days of a database, checked in one pass (DOMAIN.md 7)."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Final

from sqlalchemy import Connection, select

from bot.db.base import table_of
from bot.db.tables import ChainRow, EvidenceKeyRow, SignedDayRow, SignedHeadRow
from bot.domain.evidence.chain import Chain, Head, Subject
from bot.domain.evidence.document import SignedDay
from bot.domain.evidence.heads import DayFlaw
from bot.domain.evidence.tree import EMPTY, leaf, root_of
from bot.services.evidence.signing import is_genuine

_CHAIN: Final = table_of(ChainRow)
_DAY: Final = table_of(SignedDayRow)
_HEAD: Final = table_of(SignedHeadRow)
_KEY: Final = table_of(EvidenceKeyRow)
_AT_A_TIME: Final = 1000
"""Rows that are held while all days are read."""
_EVERYTHING: Final = (
    select(
        _DAY.c.day,
        _DAY.c.at,
        _DAY.c.count,
        _DAY.c.root,
        _DAY.c.before,
        _KEY.c.public,
        _DAY.c.signature,
        _CHAIN.c.subject,
        _CHAIN.c.subject_id,
        _HEAD.c.sequence,
        _HEAD.c.link,
    )
    .select_from(_DAY)
    .join(_KEY, _KEY.c.id == _DAY.c.key_id)
    .outerjoin(_HEAD, _HEAD.c.day_id == _DAY.c.id)
    .outerjoin(_CHAIN, _CHAIN.c.id == _HEAD.c.chain_id)
    .order_by(_DAY.c.day, _HEAD.c.place)
)


def signed_day(connection: Connection, day: date) -> SignedDay | None:
    """A day as it was signed; None where it is not."""
    found = connection.execute(
        select(
            _DAY.c.day, _DAY.c.at, _DAY.c.count, _DAY.c.root, _DAY.c.before, _KEY.c.public, _DAY.c.signature
        )
        .join(_KEY, _KEY.c.id == _DAY.c.key_id)
        .where(_DAY.c.day == day)
    ).one_or_none()
    return None if found is None else SignedDay(*found)


def check_days(connection: Connection) -> Iterator[tuple[SignedDay, list[DayFlaw]]]:
    """Each signed day, the oldest first, with what is wrong with it; however many heads it has, few rows are held.

    The root is made anew of the heads that are kept; whether these are still in their chains is told by
    `bot.services.evidence.reading.check_all`.
    """
    rows = connection.execution_options(yield_per=_AT_A_TIME).execute(_EVERYTHING)
    before, day_before = EMPTY, date.min
    for signed, group in groupby(rows, key=lambda row: SignedDay(*row[:7])):
        # A head of which the chain is gone gives no leaf, and so another root.
        leaves = (
            leaf(Chain(Subject(row.subject), row.subject_id), Head(row.sequence, row.link))
            for row in group
            if row.subject is not None
        )
        flaws = []
        counted = _Counted(leaves)
        if root_of(counted) != signed.root or counted.count != signed.count:
            flaws.append(DayFlaw.HEADS)
        if not is_genuine(signed):
            flaws.append(DayFlaw.SIGNATURE)
        if signed.before != before or signed.day <= day_before:
            flaws.append(DayFlaw.BEFORE)
        before, day_before = signed.root, signed.day
        yield signed, flaws


class _Counted:
    """Counts the leaves that go by."""

    def __init__(self, leaves: Iterator[bytes]) -> None:
        self._leaves = leaves
        self.count = 0

    def __iter__(self) -> Iterator[bytes]:
        for each in self._leaves:
            self.count += 1
            yield each
