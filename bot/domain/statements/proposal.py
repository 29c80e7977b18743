"""What is made of an entry of a statement: its heap, the order that it pays or may pay, and why (DOMAIN.md 8)."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.domain.statements.book import PastPayment, Payable

MOST_CANDIDATES: Final = 10
"""So many orders that an entry may mean are named; of more, none helps."""


class Heap(StrEnum):
    """Where an entry goes.

    `CERTAIN`: registered by the ledger of the callback. `LIKELY`: one order is proposed, and a person confirms it.
    `PROBABLY_SAME`: another source has told of this very money already; whoever confirms that registers nothing.
    `UNKNOWN`: a person in the office has to find out. `NOT_OURS`: counted, and only its digest is kept.
    """

    CERTAIN = "certain"
    LIKELY = "likely"
    PROBABLY_SAME = "probably_same"
    UNKNOWN = "unknown"
    NOT_OURS = "not_ours"


class Reason(StrEnum):
    """What speaks for a proposal, or against taking it for certain.

    What the entry and the order have in common: `NUMBER` and `REFERENCE` (ISO 11649) stand in the text between
    boundaries, `GUESSED_NUMBER` only where words are glued; `ADDRESS` is the mailbox's, without its signs; `PAYER` and
    `NAME_IN_TEXT` are names; `AMOUNT` is what is missing; `SAME_REFERENCE` is the bank's or the payer's, of the payment
    that went back.

    What keeps it from being certain: `AMOUNT_DIFFERS`; `OTHER_CURRENCY` than the euro; `NOT_OPEN`: the order asks for
    nothing; `MAY_BE_A_WORD`: the number has the form of a word or of plain figures; `MAY_NAME_ANOTHER`: the text was
    cut, or has something like a second number in it; `OTHERS_ADDRESS`: the text names the mailbox of another order;
    `SEVERAL_NUMBERS` in the text; `SUM_OF_ALL`: of these, the amount is the sum;
    `PAID_TOGETHER`: not the order that is named, but a collective number that has it; `SEVERAL_ORDERS` fit alike;
    `OTHER_SOURCE` told of the same amount within three days; `TAKEN_BACK`: money that went back may have been this;
    `SEVERAL_PAYMENTS` may be the one that went back.

    What leaves it to the office: `NO_SUCH_ORDER` has the number; `FOREIGN_ADDRESS`: an address, and no open order of
    that amount; `OPEN_AMOUNT`: an open order asks for as much, and nothing else fits. `NOT_BOOKED_CREDIT`: a debit, or
    not booked.
    """

    NUMBER = "number"
    REFERENCE = "reference"
    GUESSED_NUMBER = "guessed_number"
    ADDRESS = "address"
    PAYER = "payer"
    NAME_IN_TEXT = "name_in_text"
    AMOUNT = "amount"
    SAME_REFERENCE = "same_reference"
    AMOUNT_DIFFERS = "amount_differs"
    OTHER_CURRENCY = "other_currency"
    NOT_OPEN = "not_open"
    MAY_BE_A_WORD = "may_be_a_word"
    MAY_NAME_ANOTHER = "may_name_another"
    OTHERS_ADDRESS = "others_address"
    OTHERS_PAYER = "others_payer"
    SEVERAL_NUMBERS = "several_numbers"
    SUM_OF_ALL = "sum_of_all"
    PAID_TOGETHER = "paid_together"
    SEVERAL_ORDERS = "several_orders"
    OTHER_SOURCE = "other_source"
    TAKEN_BACK = "taken_back"
    SEVERAL_PAYMENTS = "several_payments"
    NO_SUCH_ORDER = "no_such_order"
    FOREIGN_ADDRESS = "foreign_address"
    OPEN_AMOUNT = "open_amount"
    NOT_BOOKED_CREDIT = "not_booked_credit"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is made of an entry.

    Attributes:
        heap: where it goes.
        reasons: why, what speaks for it first.
        order: what it pays for certain, or what is proposed: exactly one where the heap is `CERTAIN`, `LIKELY` or
            `PROBABLY_SAME`, else None.
        candidates: what else it may mean, for a person to look at.
        payment: what another source told of this money, where it is `PROBABLY_SAME`; of a reversal, the payment that
            went back, exactly one where it is `CERTAIN` or `LIKELY`.
    """

    heap: Heap
    reasons: tuple[Reason, ...] = ()
    order: Payable | None = None
    candidates: tuple[Payable, ...] = ()
    payment: PastPayment | None = None
