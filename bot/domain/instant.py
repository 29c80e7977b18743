"""Where an instant transfer meets a date that an ordinary one misses (DOMAIN.md 3.6)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from bot.domain.calendar import registered
from bot.domain.catalogue import Catalogue, MethodFamily, PaymentMethod


class Saved(StrEnum):
    """The date that the instant transfer meets. The values are variants in the texts."""

    EXPIRY = "expiry"
    DELETION = "deletion"


@dataclass(frozen=True, slots=True)
class Rescue:
    """An ordinary transfer is too late for a date, and an instant one is not.

    `after` is the hour of today from which that is so; None where it is so already.
    """

    saves: Saved
    after: time | None


def rescue(
    methods: Iterable[PaymentMethod], *, by: date, until: date, today: date, at: time
) -> Rescue | None:
    """What an instant transfer saves that an ordinary one, ordered today, does not; None where that is nothing.

    Args:
        methods: those that the payer may use, of whatever kind.
        by: the expiry, or the day by which an order's payment must be registered.
        until: the last day before the deletion.
        today: the day on which the payment is ordered.
        at: the hour at which it is ordered; midnight, for a message that is read some time that day.
    """
    transfers = [method for method in methods if method.family is MethodFamily.BANK_TRANSFER]
    ordinary = [method for method in transfers if not method.instant]
    instant = [method for method in transfers if method.instant]
    if not ordinary or not instant:
        return None

    def saved(hour: time) -> Saved | None:
        def best(of: list[PaymentMethod]) -> date:
            return min(registered(method, today, hour).latest for method in of)

        slow, quick = best(ordinary), best(instant)
        if quick <= by < slow <= until:
            return Saved.EXPIRY
        return Saved.DELETION if quick <= until < slow else None

    already = saved(at)
    if already is not None:
        return Rescue(already, None)
    later, cutoffs = saved(time.max), [method.cutoff for method in ordinary if method.cutoff is not None]
    return None if later is None or not cutoffs else Rescue(later, max(cutoffs))


def ways_to_transfer(catalogue: Catalogue, method: PaymentMethod) -> tuple[PaymentMethod, ...]:
    """An order's own transfer and the instant ones to the same account, for everybody who may use the first.

    Whoever pays such an order chooses in the bank's app which of them it becomes; the order stays as it is.
    """
    return (
        method,
        *(
            other
            for other in catalogue.methods.values()
            if other.instant
            and (other.iban, other.beneficiary) == (method.iban, method.beneficiary)
            and other.kinds >= method.kinds
        ),
    )
