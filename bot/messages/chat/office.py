"""To the operator: what waits in the office for a person (DOMAIN.md 9)."""

from datetime import date

from bot.domain.catalogue import Catalogue
from bot.messages.blocks import lines
from bot.messages.model import ChatMessage
from bot.messages.told import OperatorCases
from bot.texts import Translator


def cases(told: OperatorCases, translator: Translator, _: Catalogue) -> ChatMessage:
    """The cases that were opened lately."""
    body = lines(
        [
            translator.html(
                "message-case",
                id=f"C{case.id}",
                kind=case.kind.value,
                subject=case.subject,
                dated=case.due_on is not None,
                due=case.due_on or date.min,
            )
            for case in told.cases
        ]
    )
    more = told.count - len(told.cases)
    return ChatMessage(translator.html("message-cases", count=told.count, body=body, more=more))
