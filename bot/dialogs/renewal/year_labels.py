"""Each number of years with its price and the new expiry: once, on its button (DOMAIN.md 3.7; VOICE.md, Length)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.dialogs.renewal.mailbox_text import lines_of
from bot.domain.money import Cents
from bot.domain.renewal import Renewal
from bot.services.renewing.offer import expiry_after
from bot.texts import Safe, Translator

FULL_ROW: Final = 30
"""Characters of a button with a row of its own that a narrow phone shows."""


@dataclass(frozen=True, slots=True)
class YearLabels:
    """What the button of each number of years says; `dated`: with the new expiry, which no text then says again."""

    labels: Mapping[int, str]
    dated: bool


def year_labels(translator: Translator, renewal: Renewal, priced: Mapping[int, Cents]) -> YearLabels:
    """The buttons of the numbers of years, with what is due for each.

    The new expiry goes along where all the mailboxes have the same and every button still holds it; elsewhere
    `expiry_lines` says it.
    """
    full = {
        years: translator.plain(
            "renewal-years-choice-until", years=years, due=due, expires=_expiries(renewal, years)[0]
        )
        for years, due in priced.items()
    }
    if _one_expiry(renewal) and all(len(label) <= FULL_ROW for label in full.values()):
        return YearLabels(full, dated=True)
    short = {
        years: translator.plain("renewal-years-choice", years=years, due=due) for years, due in priced.items()
    }
    return YearLabels(short, dated=False)


def expiry_lines(translator: Translator, renewal: Renewal, buttons: YearLabels) -> Safe:
    """The new expiry of each number of years, where the buttons do not say it."""
    return lines_of([] if buttons.dated else [_line(translator, renewal, years) for years in buttons.labels])


def _line(translator: Translator, renewal: Renewal, years: int) -> Safe:
    first, last = _expiries(renewal, years)
    return translator.html("renewal-years-line", years=years, first=first, last=last, same=first == last)


def _one_expiry(renewal: Renewal) -> bool:
    first, last = _expiries(renewal, 1)
    return first == last


def _expiries(renewal: Renewal, years: int) -> tuple[date, date]:
    found = [expiry_after(renewal, box.expires_on, years) for box in renewal.mailboxes]
    return min(found), max(found)
