"""*Ho pagato*: by when a payment that was made is expected, and what is silent until then (DOMAIN.md 3.6)."""

from dataclasses import dataclass
from datetime import date, time

from bot.domain.calendar import add_working_days, registered
from bot.domain.catalogue import PaymentMethod
from bot.domain.reminders import MuteLevel


@dataclass(frozen=True, slots=True)
class Expected:
    """A payment that its payer has made: registered by `on` at the latest; from `ask_on` on it is missing."""

    on: date
    ask_on: date


def expected(method: PaymentMethod, today: date, at: time) -> Expected | None:
    """When a payment of which is said now that it was made is registered; None where that is at once.

    It may have been made just now: the method's latest date counts, and the working day after it for whoever registers.
    """
    if method.registration.at_once:
        return None
    latest = registered(method, today, at).latest
    return Expected(latest, add_working_days(latest, 1))


def silence_of(*, promised: bool) -> MuteLevel | None:
    """The silence that goes with an order that is paid, as its customer says: the last steps come."""
    return MuteLevel.MOST if promised else None
