"""The message that a renewal is complete (DOMAIN.md 5)."""

from typing import Final

from bot.domain.catalogue import Catalogue
from bot.messages.blocks import lines, paragraphs
from bot.messages.chat.buttons import list_order_data, see_order
from bot.messages.facts import OrderFacts
from bot.messages.model import ChatButton, ChatMessage
from bot.messages.told import RenewalCompleted
from bot.messages.words import activated, archives_closed, auto_renewal, kit_ordered, surplus
from bot.texts import Safe, Translator

_MOST: Final = 5
"""Mailboxes that are named, of more the number: a button shows all."""


def completed(told: RenewalCompleted, translator: Translator, catalogue: Catalogue) -> ChatMessage:
    """What is renewed and until when, what was paid, and what was activated."""
    facts = told.order
    body = paragraphs(
        archives_closed(translator, catalogue, facts),
        _mailboxes(translator, catalogue, facts),
        translator.html("message-completed-paid", order=facts.number, due=facts.quote.due),
        surplus(translator, catalogue, facts),
        kit_ordered(translator, catalogue, facts),
        auto_renewal(translator, catalogue, facts, told.completed_at),
    )
    whole = ChatButton(translator.plain("message-all-mailboxes"), data=list_order_data(facts.number))
    return ChatMessage(
        translator.html("message-completed", body=body),
        (*(((whole,),) if len(facts.items) > _MOST else ()), (see_order(translator, facts.number),)),
    )


def _mailboxes(translator: Translator, catalogue: Catalogue, facts: OrderFacts) -> Safe:
    """Each mailbox with all there is to say, where they are few; else the first ones with their new expiry."""
    if len(facts.items) > _MOST:
        return _list(translator, facts)
    return paragraphs(
        *(
            translator.html(
                "message-completed-mailbox",
                address=item.address,
                alone=len(facts.items) == 1,
                expiry=item.new_expiry,
                active=activated(translator, catalogue, item),
            )
            for item in facts.items
        )
    )


def _list(translator: Translator, facts: OrderFacts) -> Safe:
    return lines(
        [
            translator.html("message-completed-count", count=len(facts.items)),
            *(
                translator.html("message-completed-line", address=item.address, expiry=item.new_expiry)
                for item in facts.items[:_MOST]
            ),
            translator.html("message-completed-more", count=len(facts.items) - _MOST),
        ]
    )
