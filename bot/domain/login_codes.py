"""The 6-digit code that is mailed to a reference e-mail: its form, and how often there is one (DOMAIN.md 2.2)."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.domain.catalogue import Rules

CODE_DIGITS: Final = 6
_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)
_BETWEEN_DIGITS: Final = re.compile(r"[\s.\-_\u2010-\u2015\u2212]+")
"""What people group digits with, and what phones make of a dash."""
_CODE: Final = re.compile(rf"[0-9]{{{CODE_DIGITS}}}")


@dataclass(frozen=True, slots=True)
class PastRequest:
    """A code that was asked for, whether or not one was mailed.

    Attributes:
        asked_at: when, an aware instant.
        wrong_codes: how many wrong ones were entered while it was open, and before it in the same chat.
        ended_at: when it was entered, replaced, or given up after too many wrong ones; None before that.
    """

    asked_at: datetime
    wrong_codes: int
    ended_at: datetime | None


def code_in(typed: str) -> str | None:
    """The six digits that somebody typed, without spaces and dashes; None when it is something else."""
    digits = _BETWEEN_DIGITS.sub("", unicodedata.normalize("NFKC", typed))
    return digits if _CODE.fullmatch(digits) else None


def cools_down_until(requests: Sequence[PastRequest], rules: Rules) -> datetime | None:
    """The end of the last cool-down after too many wrong codes, which may be over; None without one."""
    cool_down = timedelta(minutes=rules.login_cooldown_minutes)
    ends = [
        request.ended_at + cool_down
        for request in requests
        if request.ended_at is not None and request.wrong_codes >= rules.login_attempts
    ]
    return max(ends, default=None)


def next_request_at(requests: Sequence[PastRequest], rules: Rules) -> datetime | None:
    """When one chat may have another code by the limit of an hour; None when it has not had so many."""
    return _next_at(requests, rules.login_codes_per_hour, _HOUR)


def next_stranger_at(requests: Sequence[PastRequest], rules: Rules) -> datetime | None:
    """When a chat that was never bound to an address may have a code for it, after those of all such chats together.

    None when they have not had so many in a day.
    """
    return _next_at(requests, rules.login_codes_per_day, _DAY)


def _next_at(requests: Sequence[PastRequest], most: int, within: timedelta) -> datetime | None:
    asked = sorted(request.asked_at for request in requests)
    return None if len(asked) < most else asked[-most] + within


def wrong_codes_carried(replaced: PastRequest | None, rules: Rules, now: datetime) -> int:
    """How many wrong codes count on when a chat's open request is replaced: another code is no new set of attempts."""
    if replaced is None or now - replaced.asked_at >= timedelta(minutes=rules.login_cooldown_minutes):
        return 0
    return replaced.wrong_codes


def remembered_for(rules: Rules) -> timedelta:
    """How far back requests count for any of the limits."""
    spent = timedelta(minutes=rules.login_code_minutes + rules.login_cooldown_minutes)
    return max(_HOUR, _DAY, spent)
