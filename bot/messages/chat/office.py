"""To the operator: what waits in the office for a person (DOMAIN.md 9)."""

from datetime import date

from bot.domain.cases import CaseKind
from bot.domain.catalogue import Catalogue
from bot.messages.blocks import lines
from bot.messages.facts import Payload
from bot.messages.model import ChatMessage
from bot.texts import Translator


def cases(payload: Payload, translator: Translator, _: Catalogue) -> ChatMessage:
    """The cases that were opened lately.

    The payload has ``count``, how many there are, and ``cases``, the first of them, each with ``id``, ``kind``,
    ``subject``, and ``due_on``, a date or nothing.

    Raises:
        KeyError, ValueError: it was not written by `bot.services.office.announcing`.
    """
    named, count = payload["cases"], payload["count"]
    body = lines(
        [
            translator.html(
                "message-case",
                id=f"C{each['id']}",
                kind=CaseKind(each["kind"]).value,
                subject=each["subject"],
                dated=each["due_on"] is not None,
                due=date.min if each["due_on"] is None else date.fromisoformat(each["due_on"]),
            )
            for each in named
        ]
    )
    more = count - len(named)
    return ChatMessage(translator.html("message-cases", count=count, body=body, more=more))
