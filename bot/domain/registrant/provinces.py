"""The Italian provinces and their two letters."""

from __future__ import annotations

import re
from typing import Final

from bot.domain.registrant.text import fold, one_meaning

PROVINCES: Final[dict[str, str]] = {
    "AG": "Agrigento",
    "AL": "Alessandria",
    "AN": "Ancona",
    "AO": "Valle d'Aosta/Vallée d'Aoste",
    "AP": "Ascoli Piceno",
    "AQ": "L'Aquila",
    "AR": "Arezzo",
    "AT": "Asti",
    "AV": "Avellino",
    "BA": "Bari",
    "BG": "Bergamo",
    "BI": "Biella",
    "BL": "Belluno",
    "BN": "Benevento",
    "BO": "Bologna",
    "BR": "Brindisi",
    "BS": "Brescia",
    "BT": "Barletta-Andria-Trani",
    "BZ": "Bolzano/Bozen",
    "CA": "Cagliari",
    "CB": "Campobasso",
    "CE": "Caserta",
    "CH": "Chieti",
    "CI": "Sulcis Iglesiente",
    "CL": "Caltanissetta",
    "CN": "Cuneo",
    "CO": "Como",
    "CR": "Cremona",
    "CS": "Cosenza",
    "CT": "Catania",
    "CZ": "Catanzaro",
    "EN": "Enna",
    "FC": "Forlì-Cesena",
    "FE": "Ferrara",
    "FG": "Foggia",
    "FI": "Firenze",
    "FM": "Fermo",
    "FR": "Frosinone",
    "GE": "Genova",
    "GO": "Gorizia",
    "GR": "Grosseto",
    "IM": "Imperia",
    "IS": "Isernia",
    "KR": "Crotone",
    "LC": "Lecco",
    "LE": "Lecce",
    "LI": "Livorno",
    "LO": "Lodi",
    "LT": "Latina",
    "LU": "Lucca",
    "MB": "Monza e della Brianza",
    "MC": "Macerata",
    "ME": "Messina",
    "MI": "Milano",
    "MN": "Mantova",
    "MO": "Modena",
    "MS": "Massa-Carrara",
    "MT": "Matera",
    "NA": "Napoli",
    "NO": "Novara",
    "NU": "Nuoro",
    "OG": "Ogliastra",
    "OR": "Oristano",
    "OT": "Gallura Nord-Est Sardegna",
    "PA": "Palermo",
    "PC": "Piacenza",
    "PD": "Padova",
    "PE": "Pescara",
    "PG": "Perugia",
    "PI": "Pisa",
    "PN": "Pordenone",
    "PO": "Prato",
    "PR": "Parma",
    "PT": "Pistoia",
    "PU": "Pesaro e Urbino",
    "PV": "Pavia",
    "PZ": "Potenza",
    "RA": "Ravenna",
    "RC": "Reggio Calabria",
    "RE": "Reggio nell'Emilia",
    "RG": "Ragusa",
    "RI": "Rieti",
    "RM": "Roma",
    "RN": "Rimini",
    "RO": "Rovigo",
    "SA": "Salerno",
    "SI": "Siena",
    "SO": "Sondrio",
    "SP": "La Spezia",
    "SR": "Siracusa",
    "SS": "Sassari",
    "SU": "Sud Sardegna",
    "SV": "Savona",
    "TA": "Taranto",
    "TE": "Teramo",
    "TN": "Trento",
    "TO": "Torino",
    "TP": "Trapani",
    "TR": "Terni",
    "TS": "Trieste",
    "TV": "Treviso",
    "UD": "Udine",
    "VA": "Varese",
    "VB": "Verbano-Cusio-Ossola",
    "VC": "Vercelli",
    "VE": "Venezia",
    "VI": "Vicenza",
    "VR": "Verona",
    "VS": "Medio Campidano",
    "VT": "Viterbo",
    "VV": "Vibo Valentia",
}
"""Every code in use, with the official names.

Of Sardinia's provinces, those that the reform of 2025 brought back have the letters that ISTAT lists for them since
1 January 2026 (CI, OG, OT, VS); the one of 2016 (SU) is taken as well: registers and post offices are still changing
from one to the other.
"""

REPLACED: Final[dict[str, str]] = {"FO": "FC", "PS": "PU"}
"""Letters of old plates and papers, and the codes that took their place."""

_OTHER_NAMES: Final[dict[str, str]] = {
    "AG": "Girgenti",
    "AO": "Aosta, Aoste, Valle d'Aosta, Vallée d'Aoste, Aosta Valley, Aostatal",
    "AQ": "Aquila",
    "BT": "Barletta, BAT",
    "BZ": "Bolzano, Bozen, Bozen Südtirol, Südtirol, Alto Adige, Alto Adige Südtirol, South Tyrol, Bulsan",
    "CA": "Casteddu",
    "CI": "Carbonia Iglesias, Sulcis",
    "FC": "Forlì, Cesena",
    "FI": "Florence",
    "GE": "Genoa",
    "GO": "Gorica, Gurize, Görz",
    "MB": "Monza, Monza Brianza, Monza e della Brianza, Monza e Brianza",
    "MI": "Milan",
    "MN": "Mantua",
    "MS": "Massa, Carrara, Massa e Carrara",
    "NA": "Naples",
    "NU": "Nùgoro",
    "OR": "Aristanis",
    "OT": "Olbia Tempio, Gallura",
    "PD": "Padua",
    "PN": "Pordenon",
    "PU": "Pesaro, Urbino, Pesaro Urbino",
    "RC": "Reggio di Calabria",
    "RE": "Reggio Emilia, Reggio d'Emilia",
    "RM": "Rome, Roma Capitale",
    "SP": "Spezia",
    "SR": "Syracuse",
    "SS": "Tàttari",
    "TN": "Trient, Trentino",
    "TO": "Turin",
    "TS": "Trst, Triest",
    "UD": "Udin, Videm",
    "VB": "VCO, Verbania, Verbano",
    "VE": "Venice",
}
"""Names in the other languages of a province, old ones, and those that people use."""

PROVINCE_NAMES: Final[dict[str, str]] = {fold(name): code for code, name in PROVINCES.items()} | {
    fold(name): code for code, names in _OTHER_NAMES.items() for name in names.split(",")
}
"""Codes by the names of the province, as `fold` writes them."""

_BODIES: Final = re.compile(
    r"^(?:EX)?(?:PROVINCIAAUTONOMA|PROVINCIA|PROVINCEOF|PROV|CITTAMETROPOLITANA|METROPOLITANCITYOF|CITTAMETR"
    r"|LIBEROCONSORZIOCOMUNALE|LIBEROCONSORZIO|LANDESHAUPTSTADT|PROVINZ)"
)
"""The body whose name a province's name follows: *Città metropolitana di Napoli*, *Provincia della Spezia*."""
_ARTICLES: Final = ("", "DELLA", "DELLO", "DELL", "DEL", "DI", "D")
"""What stands between the two; all are tried, as *dell'Aquila* begins like *della Quila*."""


def province_code(line: str) -> str:
    """The two letters of a province from its letters, its official name, or both; empty where it is none.

    Where two are named (`Napoli (NA)`, `Bolzano/Bozen`) they are the same one.
    """
    if any(char.isdigit() for char in line):
        return ""
    return one_meaning(line, _known)


def _known(name: str) -> str:
    word = fold(name)
    rest = _BODIES.sub("", word)
    articles = _ARTICLES if rest != word else ()
    for candidate in (word, *(rest.removeprefix(each) for each in articles)):
        code = REPLACED.get(candidate) or PROVINCE_NAMES.get(candidate) or candidate
        if code in PROVINCES:
            return code
    return ""
