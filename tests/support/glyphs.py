"""How wide the letters of DejaVu Sans are: of the common fonts of screens the widest, so that what fits here fits."""

import unicodedata
from enum import StrEnum
from functools import cache


class Face(StrEnum):
    """What the page draws a letter with."""

    REGULAR = "regular"
    BOLD = "bold"
    MONO = "mono"


_REGULAR = {
    275: "'",
    278: "ijl",
    295: "IJ",
    318: " ,.·‘’",  # noqa: RUF001 - the signs themselves
    337: "/:;\\|",
    352: "f",
    361: "-",
    390: "()[]",
    392: "t",
    400: "‹›",  # noqa: RUF001 - the signs themselves
    401: "!",
    411: "r",
    460: '"',
    500: "*_`°–",  # noqa: RUF001 - the signs themselves
    518: "“”",
    521: "s",
    525: "z",
    531: "?",
    550: "c",
    557: "L",
    575: "F",
    579: "k",
    590: "•",
    592: "vxy",
    603: "P",
    611: "TY",
    612: "o«»",
    613: "a",
    615: "e",
    632: "E",
    634: "hnu",
    635: "Sbdgpq",
    636: "$0123456789{}€",
    656: "K",
    684: "AV",
    685: "XZ",
    686: "B",
    695: "R",
    698: "C",
    732: "U",
    748: "N",
    752: "H",
    769: "▰▱",
    770: "D",
    775: "G",
    780: "&",
    787: "OQ",
    818: "w",
    838: "#+<=>^~×→←−≤≥⊘✓",  # noqa: RUF001 - the signs themselves
    863: "M",
    873: "●○",
    945: "■□",
    950: "%",
    974: "m",
    989: "W",
    1000: "@—…",
}
_BOLD = {
    306: "'",
    343: "ijl",
    348: " ",
    365: "/\\|",
    372: "IJ",
    380: ",.·‘’",  # noqa: RUF001 - the signs themselves
    400: ":;",
    412: "‹›",  # noqa: RUF001 - the signs themselves
    415: "-",
    435: "f",
    456: "!",
    457: "()[]",
    478: "t",
    493: "r",
    500: "_`°–",  # noqa: RUF001 - the signs themselves
    521: '"',
    523: "*",
    580: "?",
    582: "z",
    593: "c",
    595: "s",
    637: "L",
    639: "•",
    645: "x",
    646: "«»",
    652: "vy",
    657: "“”",
    665: "k",
    675: "a",
    678: "e",
    682: "T",
    683: "EF",
    687: "o",
    696: "$0123456789€",
    712: "hnu{}",
    716: "bdgpq",
    720: "S",
    724: "Y",
    725: "Z",
    733: "P",
    734: "C",
    762: "B",
    769: "▰▱",
    770: "R",
    771: "X",
    774: "AV",
    775: "K",
    812: "U",
    821: "G",
    830: "D",
    837: "HN",
    838: "#+<=>^~×→←−≤≥⊘✓",  # noqa: RUF001 - the signs themselves
    850: "OQ",
    872: "&",
    873: "●○",
    924: "w",
    945: "■□",
    995: "M",
    1000: "@—…",
    1002: "%",
    1042: "m",
    1103: "W",
}
_MONO = 602
_OTHER = 690
"""A letter that is not in the tables: about that of a capital."""
_EM = 1000

_WIDTHS = {
    face: {letter: width for width, letters in table.items() for letter in letters}
    for face, table in ((Face.REGULAR, _REGULAR), (Face.BOLD, _BOLD))
}


@cache
def width_of(letter: str, face: Face) -> float:
    """The width of one character, in ems; accents take no room."""
    if unicodedata.category(letter) in {"Mn", "Cf"}:
        return 0
    if face is Face.MONO:
        return _MONO / _EM
    base = unicodedata.normalize("NFKD", letter)[0]
    return _WIDTHS[face].get(base, _OTHER) / _EM
