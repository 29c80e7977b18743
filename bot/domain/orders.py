"""The states of an order (DOMAIN.md 4)."""

from enum import StrEnum


class OrderStatus(StrEnum):
    """``awaiting_payment`` leads to one of the others, and none of those leads anywhere. The values are stored."""

    AWAITING_PAYMENT = "awaiting_payment"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
