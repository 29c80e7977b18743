"""Which provinces an Italian postcode may lie in, by its first two digits.

The first two digits of a *CAP* name a district of the post, which follows the provinces of 1967 and was kept as those
were divided. The table allows whatever lies in a district today; one town has the postcode of the next province (Briga
Alta, CN, 18025), and Sardinia, whose provinces were drawn anew four times, counts as one. It only warns.
"""

from __future__ import annotations

from typing import Final

from bot.domain.registrant.provinces import PROVINCES

_DIGITS: Final = 5
_SARDINIA: Final = "CA/CI/NU/OG/OR/OT/SS/SU/VS"
_DISTRICTS: Final = (
    (0, "RM VT RI FR LT TR PG"),
    (7, f"{_SARDINIA} {_SARDINIA} {_SARDINIA}"),
    (10, "TO AO CN VC/BI AT AL GE SV IM/CN SP"),
    (20, "MI/MB VA CO SO/LC BG BS CR/LO PV NO/VB PC"),
    (30, "VE TV BL UD/PN TS/GO PD VI VR TN BZ"),
    (40, "BO MO RE PR FE RO MN FC/RN RA"),
    (50, "FI PT AR SI MS LU PI LI GR PO"),
    (60, "AN PU/RN MC AP/FM TE PE CH AQ"),
    (70, "BA FG BR LE TA MT BT"),
    (80, "NA CE BN AV SA PZ CB/IS CS CZ/KR RC/VV"),
    (90, "PA TP AG CL EN CT SR RG ME"),
)
"""The first district of a row, and the provinces of it and of each that follows."""


def _by_district() -> dict[str, frozenset[str]]:
    return {
        f"{number:02}": frozenset(provinces.split("/"))
        for first, districts in _DISTRICTS
        for number, provinces in enumerate(districts.split(), start=first)
    }


PROVINCES_OF: Final = _by_district()
"""The provinces of each district of the post, by the first two digits of its postcodes."""


def lies_elsewhere(postcode: str, province: str) -> bool:
    """Whether a postcode, as `postcode` of this package writes it, is of another province than this one.

    What is no Italian postcode or no province lies nowhere: that is said of itself.
    """
    known = PROVINCES_OF.get(postcode[:2]) if len(postcode) == _DIGITS else None
    return known is not None and province in PROVINCES and province not in known
