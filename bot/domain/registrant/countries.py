"""Countries by their ISO 3166 alpha-2 code."""

from __future__ import annotations

from typing import Final

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
    "AUSTRIA": "AT",
    "BELGIO": "BE",
    "BELGIUM": "BE",
    "BULGARIA": "BG",
    "CIPRO": "CY",
    "CITTADELVATICANO": "VA",
    "CROATIA": "HR",
    "CROAZIA": "HR",
    "CYPRUS": "CY",
    "CZECHIA": "CZ",
    "CZECHREPUBLIC": "CZ",
    "DANIMARCA": "DK",
    "DENMARK": "DK",
    "EL": "GR",
    "ESTONIA": "EE",
    "FINLAND": "FI",
    "FINLANDIA": "FI",
    "FRANCE": "FR",
    "FRANCIA": "FR",
    "GERMANIA": "DE",
    "GERMANY": "DE",
    "GRANBRETAGNA": "GB",
    "GRECIA": "GR",
    "GREECE": "GR",
    "HUNGARY": "HU",
    "IRELAND": "IE",
    "IRLANDA": "IE",
    "ITA": "IT",
    "ITALIA": "IT",
    "ITALY": "IT",
    "LATVIA": "LV",
    "LETTONIA": "LV",
    "LITHUANIA": "LT",
    "LITUANIA": "LT",
    "LUSSEMBURGO": "LU",
    "LUXEMBOURG": "LU",
    "MALTA": "MT",
    "MONACO": "MC",
    "NETHERLANDS": "NL",
    "NORVEGIA": "NO",
    "NORWAY": "NO",
    "PAESIBASSI": "NL",
    "OLANDA": "NL",
    "POLAND": "PL",
    "POLONIA": "PL",
    "PORTOGALLO": "PT",
    "PORTUGAL": "PT",
    "REGNOUNITO": "GB",
    "REPUBBLICACECA": "CZ",
    "REPUBBLICADISANMARINO": "SM",
    "ROMANIA": "RO",
    "SANMARINO": "SM",
    "SLOVACCHIA": "SK",
    "SLOVAKIA": "SK",
    "SLOVENIA": "SI",
    "SPAGNA": "ES",
    "SPAIN": "ES",
    "STATIUNITI": "US",
    "SVEZIA": "SE",
    "SVIZZERA": "CH",
    "SWEDEN": "SE",
    "SWITZERLAND": "CH",
    "UK": "GB",
    "UNGHERIA": "HU",
    "UNITEDKINGDOM": "GB",
    "UNITEDSTATES": "US",
    "USA": "US",
    "VATICANCITY": "VA",
}
"""Codes by the Italian and English names of Italy, the Union and its neighbours, letters only."""
