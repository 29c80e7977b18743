"""MT940 files, written by hand after SWIFT's public description of the fields."""

ACCOUNT = "IT60X0542811101000000123456"


def transfer(
    cents: int = 3648,
    *,
    mark: str = "C",
    details: str = "ORDINE R7K2M-4",
    reference: str = "//TRN-7781",
    own: str = "NONREF",
    days: str = "2611241123",
) -> list[str]:
    """Field 61 with its 86; no 86 where there are no details."""
    entry = f":61:{days}{mark}{cents // 100},{cents % 100:02d}NTRF{own}{reference}"
    return [entry, *([f":86:{details}"] if details else [])]


def statement(
    *entries: list[str], closing: int = 13648, account: str = ACCOUNT, after: str = ""
) -> list[str]:
    lines = [":20:STATEMENT", f":25:{account}", ":28C:1/1", ":60F:C261122EUR100,00"]
    for entry in entries:
        lines += entry
    lines.append(f":62F:C261123EUR{closing // 100},{closing % 100:02d}")
    return [*lines, *([after] if after else []), "-"]


def file_of(*statements: list[str], end: str = "\r\n", encoding: str = "utf-8") -> bytes:
    return "".join(line + end for lines in statements for line in lines).encode(encoding)
