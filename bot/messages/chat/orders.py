"""Messages about an order that is not paid (DOMAIN.md 4)."""

from bot.domain.catalogue import Catalogue
from bot.messages.blocks import lines, paragraphs
from bot.messages.chat.buttons import renew, see_order
from bot.messages.chat.paying import not_to_be_paid, paying_rows, paying_words, unpaid_words
from bot.messages.model import ChatMessage
from bot.messages.told import OrderExpired, OrderExpiring, OrderMethodChanged, OrderWithdrawn, VatDecided
from bot.messages.withdrawal_words import receipt_body
from bot.messages.words import (
    after_expiry,
    if_already_paid,
    lost_and_renewable,
    mention_words,
    method_changed_words,
    renewal_of,
    vat_decided_words,
    why_expired,
)
from bot.texts import Translator


def method_changed(told: OrderMethodChanged, translator: Translator, catalogue: Catalogue) -> ChatMessage:
    """To the other chats: an order is paid by another method than the one that they have read of."""
    facts = told.order
    body = lines(
        [
            method_changed_words(translator, catalogue, facts),
            paying_words(translator, catalogue, facts, renewal_of(translator, facts)),
        ]
    )
    return ChatMessage(
        translator.html("message-method", order=facts.number, body=body),
        paying_rows(translator, catalogue, facts),
    )


def withdrawn(told: OrderWithdrawn, translator: Translator, catalogue: Catalogue) -> ChatMessage:
    """The receipt of a withdrawal."""
    facts, receipt = told.order, told.receipt
    return ChatMessage(
        translator.html(
            "withdrawal-receipt",
            order=facts.number,
            kit=receipt.kit_alone,
            body=receipt_body(
                translator, catalogue, receipt, kit_id=facts.kit_id, auto_renew=facts.auto_renew
            ),
        ),
        ((see_order(translator, facts.number),),),
    )


def vat_decided(told: VatDecided, translator: Translator, catalogue: Catalogue) -> ChatMessage:
    """The operator has decided on the VAT: what the order costs, and how to pay it."""
    facts = told.order
    if facts.gone:
        return not_to_be_paid(translator, catalogue, facts)
    body = lines(
        [
            vat_decided_words(translator, catalogue, facts),
            paying_words(
                translator,
                catalogue,
                facts,
                mention_words(translator, facts.vat_mention),
                renewal_of(translator, facts),
            ),
        ]
    )
    return ChatMessage(
        translator.html("message-vat-decided", order=facts.number, body=body),
        paying_rows(translator, catalogue, facts),
    )


def expiring(told: OrderExpiring, translator: Translator, catalogue: Catalogue) -> ChatMessage:
    """An order that will soon be too late: what is missing, by when, and how to pay it."""
    facts = told.order
    if facts.gone:
        return not_to_be_paid(translator, catalogue, facts)
    body = lines([renewal_of(translator, facts), unpaid_words(translator, catalogue, facts)])
    return ChatMessage(
        translator.html("message-expiring", order=facts.number, body=body),
        paying_rows(translator, catalogue, facts),
    )


def expired(told: OrderExpired, translator: Translator, catalogue: Catalogue) -> ChatMessage:
    """An order that is too late: what becomes of its mailboxes, and what can still be done."""
    facts = told.order
    _, renewable = lost_and_renewable(catalogue, facts)
    body = paragraphs(
        why_expired(translator, facts),
        *after_expiry(translator, catalogue, facts),
        if_already_paid(translator, catalogue, facts),
    )
    rows = ((renew(translator),),) if renewable else ()
    return ChatMessage(
        translator.html("message-expired", order=facts.number, body=body),
        (*rows, (see_order(translator, facts.number),)),
    )
