"""What a person can decide of a payment that needs one (DOMAIN.md 5): no money is ever dropped."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.money import CURRENCY, Cents
from bot.domain.payments import ReviewReason


class Decision(StrEnum):
    """What a person decided. The values are stored.

    `ASSIGNED`: the money counts for another order. `REFUNDED`: it was sent back to whoever paid. `SETTLED`: it was
    dealt with in another way, which the note says.
    """

    ASSIGNED = "assigned"
    REFUNDED = "refunded"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A payment that needs a person. Cents throughout.

    Attributes:
        reason: why it does.
        currency: ISO 4217.
        amount: what moved.
        counted: what of it pays its order.
        went_back: what of it was reversed; all of it, where it is a reversal.
    """

    reason: ReviewReason
    currency: str
    amount: Cents
    counted: Cents
    went_back: Cents

    @property
    def refundable(self) -> Cents:
        """The money that is here and pays nothing: it belongs back unless it is meant for another order.

        What a reversal takes is taken from here first.
        """
        stays = 0 if self.reason is ReviewReason.ORDER_EXPIRED else max(self.counted, 0)
        return max(self.amount - stays - self.went_back, 0)

    @property
    def assignable(self) -> Cents:
        """The money that can be counted for another order: only euros can."""
        return self.refundable if self.currency == CURRENCY else 0
