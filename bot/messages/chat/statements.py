"""To the operator: what became of a bank's statement (DOMAIN.md 8)."""

from bot.domain.catalogue import Catalogue
from bot.messages.chat.buttons import decide_one_by_one_data, register_likely_data
from bot.messages.model import ChatButton, ChatMessage
from bot.messages.told import OperatorStatement, OperatorStatementRefused
from bot.texts import Translator

_LONGEST_ABOUT = 60
"""Characters of what stands in a place that cannot be read."""
_LONGEST_PROBLEM = 600
"""Characters: a reason is a line, unless a file has very long words where one was looked for."""


def taken(told: OperatorStatement, translator: Translator, _: Catalogue) -> ChatMessage:
    """The statement was read: what was registered, and what waits."""
    if not (told.registered or told.waiting):
        html = translator.html(
            "message-statement-nothing", name=told.name, other=told.not_ours, known=told.known
        )
        return ChatMessage(html)
    html = translator.html(
        "message-statement",
        name=told.name,
        registered=told.registered,
        paid=told.cents,
        waiting=told.waiting,
        likely=told.likely,
        same=told.same,
        unknown=told.unknown,
        other=told.not_ours,
        known=told.known,
        buttons=told.to_decide,
    )
    return ChatMessage(html, _rows(told, translator) if told.to_decide else ())


def refused(told: OperatorStatementRefused, translator: Translator, _: Catalogue) -> ChatMessage:
    """The file cannot be read."""
    problem = _problem(told, translator)
    if len(problem) > _LONGEST_PROBLEM:
        problem = f"{problem[:_LONGEST_PROBLEM]}…"
    return ChatMessage(translator.html("message-statement-refused", name=told.name, problem=problem))


def _problem(told: OperatorStatementRefused, translator: Translator) -> str:
    """Where and why; as an earlier release has written it, where it was one that told it."""
    if not told.fault:
        return told.problem
    unit, _, where = told.place.partition(" ")
    return translator.plain(
        "statement-problem",
        unit=unit or "file",
        where=where,
        fault=told.fault,
        about=told.about[:_LONGEST_ABOUT] or "none",
    )


def _rows(told: OperatorStatement, translator: Translator) -> tuple[tuple[ChatButton, ...], ...]:
    rows = []
    if told.likely:
        label = translator.plain("statement-register-likely", count=told.likely)
        rows.append((ChatButton(label, data=register_likely_data(told.statement)),))
    if told.waiting:
        label = translator.plain("statement-one-by-one")
        rows.append((ChatButton(label, data=decide_one_by_one_data(told.statement)),))
    return tuple(rows)
