"""Messages about money that moved without completing an order by itself (DOMAIN.md 5)."""

from bot.domain.catalogue import Catalogue
from bot.domain.money import CURRENCY
from bot.messages.blocks import lines, paragraphs
from bot.messages.chat.paying import paying_rows, paying_words
from bot.messages.data_words import method_name
from bot.messages.model import ChatMessage
from bot.messages.told import OperatorReview, PaymentPartial
from bot.messages.words import completes_words, missing_words, registered_so_far, renewal_of
from bot.texts import Translator


def partial(told: PaymentPartial, translator: Translator, catalogue: Catalogue) -> ChatMessage:
    """Less than is due arrived: what is missing, and how to bring it."""
    facts, payment = told.order, told.payment
    body = paragraphs(
        registered_so_far(translator, facts, payment.paid),
        lines(
            [
                missing_words(translator, facts),
                paying_words(
                    translator,
                    catalogue,
                    facts,
                    completes_words(translator),
                    renewal_of(translator, facts),
                ),
            ]
        ),
    )
    return ChatMessage(
        translator.html("message-partial", body=body),
        paying_rows(translator, catalogue, facts, just_paid=True),
    )


def review(told: OperatorReview, translator: Translator, catalogue: Catalogue) -> ChatMessage:
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
            method=method_name(translator, catalogue, payment.method),
            refunds=payment.refund > 0,
            refund=payment.refund,
        )
    )
