"""Countries by their ISO 3166 alpha-2 code, and everything that they are called."""

from __future__ import annotations

from typing import Final

from bot.domain.registrant.country_names import NAMED_COUNTRIES, name_key
from bot.domain.registrant.text import one_meaning

COUNTRIES: Final = frozenset(
    """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT
    BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH
    ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT
    HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS
    LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI
    NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG
    SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG
    UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW
    """.split()  # noqa: SIM905 - a table of words reads better than 250 quoted ones
)
"""The 249 codes of ISO 3166-1, and XK, which everybody uses for Kosovo."""

COUNTRY_NAMES: Final[dict[str, str]] = {
    "CITTADELVATICANO": "VA",
    "CZECHREPUBLIC": "CZ",
    "EL": "GR",
    "ENGLAND": "GB",
    "GALLES": "GB",
    "GRANBRETAGNA": "GB",
    "GREATBRITAIN": "GB",
    "HELLAS": "GR",
    "HOLLAND": "NL",
    "INGHILTERRA": "GB",
    "IRLANDADELNORD": "GB",
    "IVORYCOAST": "CI",
    "NORTHERNIRELAND": "GB",
    "OLANDA": "NL",
    "REPUBBLICACECA": "CZ",
    "REPUBBLICADISANMARINO": "SM",
    "REPUBBLICADEMOCRATICADELCONGO": "CD",
    "REPUBBLICAITALIANA": "IT",
    "SANTASEDE": "VA",
    "SCOTLAND": "GB",
    "SCOZIA": "GB",
    "STATIUNITIDAMERICA": "US",
    "SVIZZERAITALIANA": "CH",
    "UK": "GB",
    "UNITEDSTATESOFAMERICA": "US",
    "VATICANO": "VA",
    "WALES": "GB",
}
"""Codes by names that people use beside the official ones, letters only."""


def country_code(line: str) -> str:
    """The two letters of a country from them, from its three letters or from a name; empty where it is none.

    Where it is named twice (`Germania (DE)`, `Schweiz/Svizzera`) both name the same one.
    """
    if any(char.isdigit() for char in line):
        return ""
    return one_meaning(line, _known)


def _known(name: str) -> str:
    word = name_key(name)
    code = COUNTRY_NAMES.get(word) or NAMED_COUNTRIES.get(word) or word
    return code if code in COUNTRIES else ""
