"""What is wrong with a chain: each way to tamper with it is a finding of its own (DOMAIN.md 7)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import islice
from typing import Final
from zoneinfo import ZoneInfo

from bot.domain.evidence.chain import (
    Chain,
    Content,
    Erased,
    Head,
    Kind,
    Record,
    beginning,
    digest_of,
    link_of,
)

_ROME: Final = ZoneInfo("Europe/Rome")
_TOLD: Final = 1000
"""So many missing records are named: a forged number may leave a gap as wide as it likes."""


class Flaw(StrEnum):
    """What a check finds.

    `CONTENT_CHANGED`: a content is not the one that was recorded. `RECORD_CHANGED`: the record itself is not.
    `MISSING`: a record was taken out. `REORDERED`: records stand in another order than they were written in. `CUT`: the
    end is missing. `REPLACED`: the chain is whole and fits a head that was signed no more: it was computed anew.
    `ADDED`: a record is none of the chain: its number is another's, or lies outside. `ERASED_SILENTLY`: a content is
    gone, and no later record says that it was erased then, for that reason. `RENAMED`: a document has another name than
    its record, or the database, has.
    """

    CONTENT_CHANGED = "content_changed"
    RECORD_CHANGED = "record_changed"
    MISSING = "missing"
    REORDERED = "reordered"
    CUT = "cut"
    REPLACED = "replaced"
    ADDED = "added"
    ERASED_SILENTLY = "erased_silently"
    RENAMED = "renamed"


@dataclass(frozen=True, slots=True)
class Finding:
    """A flaw at a place of a chain, or an erasure that is as it should be (`flaw` is None)."""

    chain: Chain
    sequence: int
    flaw: Flaw | None
    erased: Erased | None = None


Kept = tuple[Record, Content | Erased]


def check(chain: Chain, records: Sequence[Kept], head: Head, signed: Iterable[Head] = ()) -> list[Finding]:
    """Look for everything that is wrong with a chain, and say what was erased.

    Args:
        chain: which one.
        records: as they are kept, in the order of their sequence numbers.
        head: what is kept of the chain's end.
        signed: heads of the chain that were signed and sent out.
    """
    found = [*_gaps(chain, records, head), *_links(chain, records), *_contents(chain, records)]
    if found_flaw(found):
        return found
    links = {0: beginning(chain).link} | {record.sequence: record.link for record, _ in records}
    if links.get(head.sequence) != head.link:
        found.append(Finding(chain, head.sequence, Flaw.REPLACED))
    for each in signed:
        if each.sequence not in links:
            found.append(Finding(chain, each.sequence, Flaw.CUT))
        elif links[each.sequence] != each.link:
            found.append(Finding(chain, each.sequence, Flaw.REPLACED))
    return found


def found_flaw(findings: Iterable[Finding]) -> bool:
    """Whether something is wrong, rather than only erased."""
    return any(each.flaw is not None for each in findings)


def _gaps(chain: Chain, records: Sequence[Kept], head: Head) -> list[Finding]:
    there = {record.sequence for record, _ in records}
    last = max(there, default=0)
    absent = (each for each in range(1, last + 1) if each not in there)
    found = [Finding(chain, each, Flaw.MISSING) for each in islice(absent, _TOLD)]
    if head.sequence > last:
        found.append(Finding(chain, last + 1, Flaw.CUT))
    elif head.sequence < last:
        found.append(Finding(chain, max(head.sequence, 0) + 1, Flaw.ADDED))
    return found


def _links(chain: Chain, records: Sequence[Kept]) -> list[Finding]:
    """Records whose link does not follow from what stands before them; what follows a gap cannot be judged."""
    found = []
    before = beginning(chain)
    known = {before.link} | {record.link for record, _ in records}
    seen = {0}
    for record, _ in records:
        if (
            record.sequence <= before.sequence
        ):  # nothing could follow it, so it is not judged as if after a gap
            alien = record.sequence in seen or record.sequence < 0
            found.append(Finding(chain, record.sequence, Flaw.ADDED if alien else Flaw.REORDERED))
            continue
        seen.add(record.sequence)
        follows_a_gap = record.sequence != before.sequence + 1
        if not follows_a_gap and _relinked(record, before.link, record.sequence) != record.link:
            found.append(Finding(chain, record.sequence, _why(record, known, len(records))))
        before = Head(record.sequence, record.link)
    return found


def _why(record: Record, known: set[bytes], length: int) -> Flaw:
    """Whether the record would be right at another place."""
    elsewhere = any(
        _relinked(record, link, sequence) == record.link
        for link in known
        for sequence in range(1, length + 1)
    )
    return Flaw.REORDERED if elsewhere else Flaw.RECORD_CHANGED


def _relinked(record: Record, before: bytes, sequence: int) -> bytes:
    return link_of(before, sequence, record.at, record.kind, record.digest)


def _contents(chain: Chain, records: Sequence[Kept]) -> list[Finding]:
    said = _erasures(records)
    found = []
    for record, content in records:
        if isinstance(content, Erased):
            as_said = said.get(record.sequence) == (content.on, content.reason)
            flaw = None if as_said else Flaw.ERASED_SILENTLY
            found.append(Finding(chain, record.sequence, flaw, content))
        elif digest_of(content) != record.digest:
            found.append(Finding(chain, record.sequence, Flaw.CONTENT_CHANGED))
    return found


def _erasures(records: Sequence[Kept]) -> Mapping[int, tuple[date, str]]:
    """Which records were erased by what the chain itself says of those before, on which day in Rome, and why."""
    said: dict[int, tuple[date, str]] = {}
    for record, content in records:
        if record.kind is Kind.ERASED and isinstance(content, Content):
            sequences, reason = content.value.get("sequences"), content.value.get("reason")
            if isinstance(sequences, list) and isinstance(reason, str):
                earlier = (each for each in sequences if isinstance(each, int) and each < record.sequence)
                said |= dict.fromkeys(earlier, (record.at.astimezone(_ROME).date(), reason))
    return said
