"""The number of an account in one form, the IBAN where it can be told, however a file writes it."""

import re
from functools import lru_cache
from typing import Final

from stdnum import iban

from bot.services.catalogue.values import cin_letter

_ITALIAN: Final = re.compile(r"([A-Z]?)([0-9]{5})([0-9]{5})([0-9A-Z]{12})")
"""An Italian account without its country: letter, bank, branch, number."""
_CURRENCY: Final = 3


@lru_cache(maxsize=1024)
def account_of(text: str) -> str:
    """The account in capitals, without blanks and what parts its pieces; as IBAN where it is one, or Italian.

    A currency behind an IBAN, which some banks write there, is left out.
    """
    plain = re.sub(r"[\s/.-]", "", text).upper()
    for candidate in (plain, plain[:-_CURRENCY]):
        if len(candidate) > _CURRENCY and iban.is_valid(candidate):
            return candidate
    found = _ITALIAN.fullmatch(plain)
    return plain if found is None else italian_iban(found[2], found[3], found[4], letter=found[1])


def italian_iban(
    bank: str, branch: str, number: str, *, letter: str = "", country: str = "IT", digits: str = ""
) -> str:
    """The IBAN of an Italian account; what of it can be computed may be left out.

    Args:
        bank: its code (ABI), of five digits.
        branch: the branch's (CAB), of five digits.
        number: of the account, of up to twelve characters.
        letter: that checks the three (CIN).
        country: `IT`, or `SM`.
        digits: that check the whole.
    """
    account = f"{bank}{branch}{number.zfill(12)}".upper()
    whole = f"{letter or cin_letter(account)}{account}"
    return f"{country}{digits or iban.calc_check_digits(f'{country}00{whole}')}{whole}"
