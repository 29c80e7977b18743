"""What a row says of how a mailbox is kept: language, plan, extra GB, automatic renewal and promotion.

A file of a million rows has few of these together, so they are judged together, and once.
"""

from dataclasses import replace
from functools import lru_cache
from operator import itemgetter
from typing import Any, Final, NamedTuple, TypeVar

from bot.domain.catalogue import Plan
from bot.domain.space import ExtraSpace
from bot.domain.used_space import Room
from bot.services.importing import mailbox_cells as read
from bot.services.importing.cell_readers import CellReader
from bot.services.importing.columns import Column
from bot.services.importing.findings import Finding, error
from bot.services.importing.mailbox_cells import BadCell
from bot.services.importing.measures import Measures
from bot.services.importing.raw_rows import RawRow

T = TypeVar("T")

_REMEMBERED: Final = 1024
"""So many of them together: more than most files have, and little memory."""


class Terms(NamedTuple):
    """How a mailbox is kept; None where a cell is bad, could not be read, or, of the promotion, is empty.

    Attributes:
        room: the space that plan and extra GB give, where both are known.
        findings: what is wrong with the cells.
    """

    language: str | None
    plan: Plan | None
    extra_mailbox_gb: int | None
    extra_archive_gb: int | None
    auto_renew: bool | None
    promotion_id: str | None
    room: Room | None
    findings: tuple[Finding, ...]


class TermsReader:
    """Reads them, by the measures of one file; how much is remembered does not grow with it."""

    def __init__(self, measures: Measures) -> None:
        """Read by these measures."""
        catalogue = measures.catalogue
        self._plans = catalogue.plans
        self._readers: tuple[CellReader[Any], ...] = (
            CellReader(Column.LANGUAGE, read.language, measures),
            CellReader(Column.PLAN, lambda text: read.plan(text, catalogue), measures),
            CellReader(Column.EXTRA_MAILBOX_GB, read.extra_gb, measures),
            CellReader(Column.EXTRA_ARCHIVE_GB, read.extra_gb, measures),
            CellReader(Column.AUTO_RENEW, read.truth, measures),
            CellReader(Column.PROMO, lambda text: read.promotion(text, catalogue), measures),
        )
        self._columns = tuple(reader.column for reader in self._readers)
        self._cells = itemgetter(*self._columns)
        self._together = lru_cache(maxsize=_REMEMBERED)(self._read)

    def of(self, raw: RawRow) -> Terms:
        """What the row says; what is wrong with it is said of the row's line."""
        try:
            texts: tuple[str | None, ...] = self._cells(raw.cells)
        except KeyError:
            texts = tuple(raw.cells.get(column) for column in self._columns)
        terms = self._together(texts, raw.typed)
        if not terms.findings:
            return terms
        return terms._replace(findings=tuple(replace(each, line=raw.line) for each in terms.findings))

    def _read(self, texts: tuple[str | None, ...], typed: frozenset[Column]) -> Terms:
        cells = {column: text for column, text in zip(self._columns, texts, strict=True) if text is not None}
        raw, findings = RawRow(0, cells, typed=typed), list[Finding]()
        language, plan, extra_mailbox, extra_archive, auto_renew, promotion = (
            _good(reader.value(raw), reader.column, cells, findings) for reader in self._readers
        )
        room = None
        if plan is not None:
            for column, extra, cap in (
                (Column.EXTRA_MAILBOX_GB, extra_mailbox, plan.extra_mailbox_cap),
                (Column.EXTRA_ARCHIVE_GB, extra_archive, plan.extra_archive_cap),
            ):
                if extra is not None and extra > cap:
                    most = f"at most {cap}" if cap else "no"
                    reason = f"is more than the plan {plan.id} allows: {most} extra GB"
                    findings.append(error(0, column, cells[column], reason))
            if extra_mailbox is not None and extra_archive is not None:
                room = Room.of(plan, ExtraSpace(extra_mailbox, extra_archive), self._plans.values())
        return Terms(
            language, plan, extra_mailbox, extra_archive, auto_renew, promotion, room, tuple(findings)
        )


def _good(
    value: T | BadCell | None, column: Column, cells: dict[Column, str], findings: list[Finding]
) -> T | None:
    """A value that is none of a bad cell, of which it is noted what is wrong."""
    if isinstance(value, BadCell):
        findings.append(error(0, column, cells[column], str(value)))
        return None
    return value
