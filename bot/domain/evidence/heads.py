"""A signed day as lines of text, which leave the database in a mail and are read back from it (DOMAIN.md 7).

What mail programs do to lines (breaks, marks of quotation, blanks) is not part of them.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from bot.domain.evidence.chain import moment
from bot.domain.evidence.document import SignedDay

_HEX: Final = r"(?:[0-9a-f][\s>]*){{{}}}"
_DAY: Final = re.compile(
    r"\bday:?\s+(?P<day>\d{4}-\d\d-\d\d)[\s>]+"
    r"at:?\s+(?P<at>\S+)[\s>]+"
    r"count:?\s+(?P<count>\d+)[\s>]+"
    rf"root:?\s+(?P<root>{_HEX.format(64)})[\s>]*"
    rf"before:?\s+(?P<before>{_HEX.format(64)})[\s>]*"
    rf"public:?\s+(?P<public>{_HEX.format(64)})[\s>]*"
    rf"signature:?\s+(?P<signature>{_HEX.format(128)})"
)


class DayFlaw(StrEnum):
    """What is wrong with a signed day.

    `SIGNATURE`: it is not of this day. `HEADS`: the heads that are kept of it do not give its root. `BEFORE`: it does
    not follow the signed day that stands before it. `OTHER`: it is not the one that was sent out. `ABSENT`: it was sent
    out, and is not there.
    """

    SIGNATURE = "signature"
    HEADS = "heads"
    BEFORE = "before"
    OTHER = "other"
    ABSENT = "absent"


def lines_of(signed: SignedDay) -> tuple[tuple[str, str], ...]:
    """Each value with its name, in the order in which `heads_in` finds them; the names are of no language."""
    return (
        ("day", signed.day.isoformat()),
        ("at", moment(signed.at)),
        ("count", str(signed.count)),
        ("root", signed.root.hex()),
        ("before", signed.before.hex()),
        ("public", signed.public.hex()),
        ("signature", signed.signature.hex()),
    )


def heads_in(text: str) -> Iterator[SignedDay]:
    """Every signed day whose lines stand in a text; what is damaged is none."""
    for found in _DAY.finditer(text):
        root, before, public, signature = (
            bytes.fromhex("".join(re.findall(r"[0-9a-f]", found[name])))
            for name in ("root", "before", "public", "signature")
        )
        try:
            day, at = date.fromisoformat(found["day"]), datetime.fromisoformat(found["at"])
            count = int(found["count"])
        except ValueError:
            continue
        if at.tzinfo is not None:
            yield SignedDay(day, at, count, root, before, public, signature)


def same_root(one: SignedDay, other: SignedDay) -> bool:
    """Whether two say the same of a day, by the same key."""
    return (one.signed_text, one.public) == (other.signed_text, other.public)
