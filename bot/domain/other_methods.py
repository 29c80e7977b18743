"""The methods that an order of which nothing was paid could be paid by instead (DOMAIN.md 3.6, 4)."""

from dataclasses import dataclass
from datetime import date, time

from bot.domain.calendar import Arrival, Registered, arrival, registered
from bot.domain.catalogue import Catalogue, PaymentMethod
from bot.domain.deadlines import Limits
from bot.domain.registrant import HolderKind


@dataclass(frozen=True, slots=True)
class OtherMethod:
    """A method that an order could be paid by instead.

    Attributes:
        method: which.
        dates: when a payment of today is registered.
        arrival: how that lies to the dates of the order's mailboxes.
        is_late: whether it comes after an expiry that is still ahead: one that is past is so for every method.
    """

    method: PaymentMethod
    dates: Registered
    arrival: Arrival
    is_late: bool

    @property
    def possible(self) -> bool:
        """Whether it can be chosen: what comes after the deletion is refused."""
        return self.arrival is not Arrival.AFTER_DELETION


def other_methods(
    catalogue: Catalogue, kind: HolderKind, current: str, limits: Limits, today: date, at: time
) -> tuple[OtherMethod, ...]:
    """The methods that this kind of holder may use, but the order's own, as they are judged on this day and hour.

    Args:
        catalogue: the methods in force.
        kind: the holder's: a public administration pays by transfer with a letter.
        current: the id of the order's method.
        limits: the days before which the payment has to come.
        today: the day on which it would be paid.
        at: the hour.
    """
    found = []
    for method in catalogue.methods.values():
        if method.id == current or kind not in method.kinds:
            continue
        judged = arrival(method, limits, today, at)
        late = judged is Arrival.AFTER_EXPIRY and limits.expiry >= today
        found.append(OtherMethod(method, registered(method, today, at), judged, late))
    return tuple(found)
