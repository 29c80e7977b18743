"""A whole Italian address in one text, as people paste it from a signature or an invoice."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from bot.domain.registrant.provinces import province_code

_BEFORE_TOWN: Final = (
    r"(?P<street>.+?)[\s,;\u2013-]+(?:IT?-\s?)?(?P<postcode>[0-9]{5})[\s,\u2013-]+(?P<town>\D+?)"
)
_COUNTRY: Final = r"(?:[\s,]+(?:Italia|Italy))?[\s.]*"
_WITH_PROVINCE: Final = re.compile(
    rf"{_BEFORE_TOWN}\s*[\s,(]\s*(?P<province>[A-Z]{{2}})\)?{_COUNTRY}", re.IGNORECASE
)
_WITHOUT_PROVINCE: Final = re.compile(rf"{_BEFORE_TOWN}{_COUNTRY}", re.IGNORECASE)


_LONGEST: Final = 200
"""Characters: no address has more, and what it costs to look for one grows with their square."""


@dataclass(frozen=True, slots=True)
class WholeAddress:
    """The parts as they were written, not judged yet; `province` are its two letters."""

    street: str
    postcode: str
    town: str
    province: str


def whole_address(text: str) -> WholeAddress | None:
    """The parts of `Via Roma 1, 20121 Milano MI`, on one line or several; None where it is no whole address.

    The province may be missing where the town is the one that it is named after.
    """
    line = " ".join(text.split())  # of many blanks in a row each might be where a part ends
    if len(line) > _LONGEST:
        return None
    found = _WITH_PROVINCE.fullmatch(line)
    if found and province_code(found["province"]):
        return _of(found, province_code(found["province"]))
    found = _WITHOUT_PROVINCE.fullmatch(line)
    province = province_code(found["town"]) if found and len(found["town"].strip()) > len("MI") else ""
    return _of(found, province) if found and province else None


def _of(found: re.Match[str], province: str) -> WholeAddress:
    return WholeAddress(found["street"].strip(" ,;"), found["postcode"], found["town"].strip(" ,("), province)
