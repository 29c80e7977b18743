"""What field 86 of an MT940 statement says of an entry, in the three ways in which banks write it.

- `166?00…?20…?29…`: pieces by number, the text in 20 to 29 and 60 to 63, the payer in 32 and 33, the account in 31;
- `/ORDP/…/REMI/…`: parts by code words;
- lines of free text.

Pieces are given as they are: the reader of the file would join them, and hide where the bank has cut.
"""

import re
from dataclasses import dataclass
from typing import Final

from bot.services.statements.accounts import account_of
from bot.services.statements.figures import reference_of

_NUMBERED: Final = re.compile(r"[0-9]{3}\?[0-9]{2}")
_PIECE: Final = re.compile(r"\?([0-9]{2})([^?]*(?:\?(?![0-9]{2})[^?]*)*)")
_WORDS: Final = (
    *("ADDR", "BENM", "BIC", "CHGS", "CNTP", "CSID", "EREF", "EXCH", "IBAN", "ISDT", "MARF", "NAME", "OCMT"),
    *("ORDP", "PREF", "PURP", "REMI", "RTRN", "SVCL", "TRCD", "TRTP", "ULTB", "ULTC", "ULTD"),
)
"""Code words that banks use; what stands between slashes else is the payer's."""
_CODE_WORD: Final = re.compile(rf"/({'|'.join(_WORDS)})/")
_END_TO_END: Final = re.compile(r"EREF\+(.*?)(?=[A-Z]{4}\+|$)")
_PURPOSES: Final = frozenset(range(20, 30)) | frozenset(range(60, 64))
_ACCOUNT, _NAMES = 31, (32, 33)
_UNSTRUCTURED: Final = ("USTD//", "USTRD/", "STRD/")


@dataclass(frozen=True, slots=True)
class EntryDetails:
    """What was found.

    Attributes:
        pieces: the text, as it was cut.
        payer: the name of who paid.
        payer_iban: from which account.
        end_to_end: the payer's own reference.
    """

    pieces: tuple[str, ...] = ()
    payer: str = ""
    payer_iban: str = ""
    end_to_end: str = ""


def details_of(text: str) -> EntryDetails:
    """Read the field, whose line breaks are those of the file."""
    joined = "".join(line.strip("\r") for line in text.split("\n"))
    if _NUMBERED.match(joined):
        return _numbered(joined)
    parts = _CODE_WORD.split(joined)
    if len(parts) > 1 and not parts[0]:
        return _worded(parts)
    return EntryDetails(tuple(line.strip() for line in text.split("\n") if line.strip()))


def _numbered(text: str) -> EntryDetails:
    pieces = [(int(number), piece) for number, piece in _PIECE.findall(text)]
    purposes = [piece for number, piece in pieces if number in _PURPOSES and piece.strip()]
    found = _END_TO_END.search("".join(purposes))
    account = "".join(piece for number, piece in pieces if number == _ACCOUNT)
    return EntryDetails(
        tuple(purposes),
        "".join(piece for number, piece in pieces if number in _NAMES).strip(),
        account_of(account),
        reference_of(found[1].strip()) if found else "",
    )


def _worded(parts: list[str]) -> EntryDetails:
    by_word: dict[str, list[str]] = {}
    for word, part in zip(parts[1::2], parts[2::2], strict=True):
        by_word.setdefault(word, []).append(part.strip())
    texts = [_without_kind(text) for text in by_word.get("REMI", ())]
    # A counterparty is account, bank, name and town, or an empty part before a name of its own.
    account, _, rest = "".join(by_word.get("CNTP", ())).partition("/")
    counterparty = rest.split("/")[1:2]
    names = [*by_word.get("NAME", ()), *by_word.get("ORDP", ()), *counterparty]
    return EntryDetails(
        tuple(text for text in texts if text),
        next((name.strip("/") for name in names if name.strip("/")), ""),
        account_of(account or "".join(by_word.get("IBAN", ())[:1])),
        reference_of("".join(by_word.get("EREF", ())[:1]).strip("/")),
    )


def _without_kind(text: str) -> str:
    for kind in _UNSTRUCTURED:
        text = text.removeprefix(kind)
    return text.strip("/")
