"""Messages about an order that is not paid (DOMAIN.md 4)."""

from bot.domain.catalogue import Catalogue
from bot.messages.blocks import paragraphs
from bot.messages.chat.buttons import paying, renew, see_order
from bot.messages.model import ChatMessage
from bot.messages.paying import instructions_text
from bot.messages.told import OrderExpired, OrderExpiring
from bot.messages.words import (
    after_expiry,
    deadline,
    if_already_paid,
    lost_and_renewable,
    renewal_of,
    still_missing,
    why_expired,
)
from bot.texts import Translator


def expiring(told: OrderExpiring, translator: Translator, catalogue: Catalogue) -> ChatMessage:
    """An order that will soon be too late: what is missing, by when, and how to pay it."""
    facts = told.order
    how = facts.instructions(catalogue)
    body = paragraphs(
        renewal_of(translator, facts),
        still_missing(translator, facts),
        deadline(translator, catalogue, facts),
        translator.html("message-expiring-on-its-way"),
        instructions_text(translator, catalogue, how),
    )
    return ChatMessage(
        translator.html("message-expiring", order=facts.number, body=body),
        paying(translator, how, facts.number),
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
