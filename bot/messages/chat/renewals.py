"""The message that a renewal is complete (DOMAIN.md 5)."""

from typing import Final

from bot.domain.catalogue import Catalogue
from bot.messages.blocks import lines, paragraphs
from bot.messages.chat.buttons import see_order
from bot.messages.facts import OrderFacts
from bot.messages.model import ChatMessage
from bot.messages.told import RenewalCompleted
from bot.messages.words import activated, archives_closed, auto_renewal, kit_ordered, surplus
from bot.texts import Safe, Translator

_MOST_IN_FULL: Final = 5
_LONGEST_LIST: Final = 3000
"""Characters for the list of mailboxes: with all the rest a message holds 4096."""


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
    return ChatMessage(
        translator.html("message-completed", body=body), ((see_order(translator, facts.number),),)
    )


def _mailboxes(translator: Translator, catalogue: Catalogue, facts: OrderFacts) -> Safe:
    """Each mailbox with all there is to say, where they are few; else a list, as long as it may be."""
    in_full = paragraphs(
        *(
            translator.html(
                "message-completed-mailbox",
                address=item.address,
                alone=len(facts.items) == 1,
                expiry=item.new_expiry,
                active=activated(translator, catalogue, item),
            )
            for item in facts.items[: _MOST_IN_FULL + 1]
        )
    )
    if len(facts.items) <= _MOST_IN_FULL and len(in_full) <= _LONGEST_LIST:
        return in_full
    return _list(translator, facts)


def _list(translator: Translator, facts: OrderFacts) -> Safe:
    shown = [translator.html("message-completed-count", count=len(facts.items))]
    left = _LONGEST_LIST - len(shown[0])
    for item in facts.items:
        line = translator.html("message-completed-line", address=item.address, expiry=item.new_expiry)
        left -= len(line) + 1
        if left < 0:
            break
        shown.append(line)
    more = len(facts.items) - (len(shown) - 1)
    if more:
        shown.append(translator.html("message-completed-more", count=more))
    return lines(shown)
