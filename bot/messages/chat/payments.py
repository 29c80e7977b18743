"""Messages about money that moved without completing an order by itself (DOMAIN.md 5)."""

from bot.domain.catalogue import Catalogue
from bot.domain.money import CURRENCY
from bot.messages.blocks import paragraphs
from bot.messages.chat.buttons import paying
from bot.messages.model import ChatMessage
from bot.messages.paying import instructions_text
from bot.messages.told import OperatorReview, PaymentPartial
from bot.messages.words import deadline, registered_so_far, renewal_of, what_remains
from bot.texts import Translator


def partial(told: PaymentPartial, translator: Translator, catalogue: Catalogue) -> ChatMessage:
    """Less than is due arrived: what is missing, and how to bring it."""
    facts, payment = told.order, told.payment
    how = facts.instructions(catalogue)
    body = paragraphs(
        renewal_of(translator, facts),
        registered_so_far(translator, facts, payment.paid),
        what_remains(translator, facts),
        deadline(translator, catalogue, facts),
        instructions_text(translator, catalogue, how),
    )
    return ChatMessage(translator.html("message-partial", body=body), paying(translator, how, facts.number))


def review(told: OperatorReview, translator: Translator, _: Catalogue) -> ChatMessage:
    """To the operator: a payment that needs a person, why, and with which command to decide.

    Raises:
        ValueError: the payment has no reason to be looked at.
    """
    payment = told.payment
    if payment.reason is None:
        raise ValueError("nothing about this payment needs a person")
    return ChatMessage(
        translator.html(
            "message-review",
            reason=payment.reason.value,
            payment=payment.payment_id,
            order=payment.order_text,
            euro=payment.currency == CURRENCY,
            paid=payment.paid,
            paid_text=payment.paid_text,
            currency=payment.currency,
            at=payment.registered_at,
            method=payment.method,
            refunds=payment.refund > 0,
            refund=payment.refund,
        )
    )
