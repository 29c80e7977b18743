"""CBI files, written by hand after the public layout CBI-RND-001 6.05 (function RH), position by position."""

from collections.abc import Sequence

BANK, BRANCH, NUMBER = "05428", "11101", "000000123456"
ACCOUNT = f"IT60X{BANK}{BRANCH}{NUMBER}"
NAME = "RENDICONTAZIONE01"


def record(kind: str, *fields: tuple[int, str]) -> str:
    """A record of 120 characters, each field at its first position, counted from 1."""
    text = f" {kind}".ljust(120)
    for first, value in fields:
        text = text[: first - 1] + value + text[first - 1 + len(value) :]
    assert len(text) == 120, "a field reaches beyond the record"
    return text


def amount(cents: int) -> str:
    return f"{cents // 100:012d},{cents % 100:02d}"


def signed(cents: int) -> str:
    return ("D" if cents < 0 else "C") + amount(abs(cents))


def head() -> str:
    return record("RH", (4, BANK), (9, "AB1CD"), (14, "231126"), (20, NAME))


def opening(cents: int = 10000, *, number: int = 1, coordinates: str = "IT60X", currency: str = "EUR") -> str:
    country, digits, letter = coordinates[:2], coordinates[2:4], coordinates[4:5]
    return record(
        "61",
        (4, f"{number:07d}"),
        (29, "93001"),
        (50, "CC"),
        (52, letter or " "),
        (53, BANK),
        (58, BRANCH),
        (63, NUMBER),
        (75, currency),
        (78, "231126"),
        (84, signed(cents)),
        (100, country or "  "),
        (102, digits or "  "),
    )


def movement(
    cents: int = 3648,
    *,
    number: int = 1,
    statement: int = 1,
    day: str = "231126",
    reason: str = "48",
    reference: str = "",
    kind_of_reference: str = "",
    text: str = "",
) -> str:
    return record(
        "62",
        (4, f"{statement:07d}"),
        (11, f"{number:03d}"),
        (14, "241126"),
        (20, day),
        (26, signed(cents)),
        (42, reason),
        (62, reference),
        (78, kind_of_reference),
        (87, text),
    )


def detail(text: str, *fields: tuple[int, str], number: int = 1, statement: int = 1) -> str:
    """One 63: `text` is a flag, or stands for itself; further fields at their positions."""
    return record("63", (4, f"{statement:07d}"), (11, f"{number:03d}"), (14, text), *fields)


def closing(cents: int = 13648, *, statement: int = 1) -> str:
    return record(
        "64", (4, f"{statement:07d}"), (11, "EUR"), (14, "231126"), (20, signed(cents)), (36, signed(cents))
    )


def future(*, statement: int = 1) -> str:
    return record("65", (4, f"{statement:07d}"), (11, "241126"), (17, signed(13648)))


def tail(statements: int, records: int) -> str:
    return record(
        "EF",
        (4, BANK),
        (9, "AB1CD"),
        (14, "231126"),
        (20, NAME),
        (46, f"{statements:07d}"),
        (83, f"{records:07d}"),
    )


def flow(*between: str) -> list[str]:
    """Head, what is between, and a tail that counts it."""
    statements = sum(text[1:3] == "61" for text in between)
    return [head(), *between, tail(statements, len(between) + 2)]


def file_of(records: Sequence[str], *, end: str = "\r\n", encoding: str = "ascii") -> bytes:
    return "".join(text + end for text in records).encode(encoding)


def statement(*movements: str, cents: int = 3648) -> list[str]:
    """One day: from 100.00 to 100.00 and the sum of the movements."""
    return [opening(10000), *movements, closing(10000 + cents)]
