"""What is stored of an attempt, and when it is tried again."""

import random
from datetime import datetime, timedelta

from bot.services.sending.outbox.model import Claimed, Outcome, Result

GIVE_UP_AFTER = timedelta(days=3)
"""What could not be sent for so long has failed: nobody wants to read it any more."""
FEWEST_ATTEMPTS = 20
"""That many are made in any case, over hours: what waited in a pause, or for a worker, was not tried all that time."""
FIRST_PAUSE = timedelta(seconds=2)
LONGEST_PAUSE = timedelta(minutes=15)
"""Attempts are further and further apart, each pause twice the last, between these two."""


def final(claimed: Claimed, outcome: Outcome, now: datetime) -> tuple[Outcome, datetime | None]:
    """The outcome as it is stored, and when it is tried again; never again after `GIVE_UP_AFTER`, unless it is held.

    What was tried seldom is given its `FEWEST_ATTEMPTS` first.
    """
    if outcome.result is not Result.RETRY:
        return outcome, None
    again_at = now + max(_pause(claimed.attempts), outcome.wait or timedelta(0))
    if outcome.held or claimed.attempts < FEWEST_ATTEMPTS or again_at - claimed.created_at <= GIVE_UP_AFTER:
        return outcome, again_at
    return Outcome(Result.FAILED, f"given up at attempt {claimed.attempts}: {outcome.reason}"), None


def _pause(attempts: int) -> timedelta:
    """Twice as long after each attempt, and a little uneven, so that what failed together does not come together."""
    doublings = min(attempts - 1, 16)
    jitter = random.uniform(0.8, 1.2)  # noqa: S311 (not a secret)
    return min(FIRST_PAUSE * (1 << doublings), LONGEST_PAUSE) * jitter
