"""What needs a person: the kinds of cases that wait in the office, and how a case ends (DOMAIN.md 9)."""

from enum import StrEnum


class CaseKind(StrEnum):
    """What a case is about. The values are stored, and are the words of `office list --kind` and of the metric.

    `PAYMENT`: money that fits no order (DOMAIN.md 5); such a case stands in the ledger of payments, where it is
    decided, and the office lists it. `UNDELIVERED`: something about an order that the customer is owed could be told
    in no chat and by no e-mail. `NOT_RENEWED`: a renewal that was paid, and that the provider does not show
    (DOMAIN.md 5). `NOTICE`: the notice of an automatic renewal reached nobody, or was too late (section 6). `SWITCHED`:
    automatic renewal was switched on or off, and nothing is set up that tells whoever charges (section 3.6).
    `WITHDRAWN`: an order was withdrawn from, and money is due back (section 7).
    `EMAIL_UNDONE`: a change of the reference e-mail was taken back from the address before it (section 3.5).
    `INVOICE`: an invoice was told of that fits no order, or says something else than before under the same number.
    `GONE`: a mailbox was marked gone for which somebody may still pay, or has paid (docs/decisions/034).
    `STATEMENT`: entries of a bank's statement wait for somebody to say whose they are (section 8).
    `VAT`: an order of a business abroad waits for the operator's word on its VAT (docs/decisions/036).
    `FORGOTTEN`: a customer has deleted everything, and is in the operator's own files still (docs/decisions/042).
    """

    PAYMENT = "payment"
    UNDELIVERED = "undelivered"
    NOT_RENEWED = "not_renewed"
    NOTICE = "notice"
    SWITCHED = "switched"
    EMAIL_UNDONE = "email_undone"
    GONE = "gone"
    INVOICE = "invoice"
    STATEMENT = "statement"
    WITHDRAWN = "withdrawn"
    VAT = "vat"
    FORGOTTEN = "forgotten"


class CaseOutcome(StrEnum):
    """How a case ended. The values are stored.

    `DECIDED`: a person dealt with it, and the note says how. `RESOLVED`: it ended by itself, and the note says why.
    """

    DECIDED = "decided"
    RESOLVED = "resolved"
