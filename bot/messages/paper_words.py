"""The values of a record as a person reads them: names in words, days, hours and sums as the language writes them.

A value stands in the attached record as programs have it. One that has no words here (an id of the catalogue, a number,
what somebody wrote) is shown as it is; so is one that nobody of ours has written.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from bot.domain.evidence.chain import Kind
from bot.domain.money import CURRENCY
from bot.domain.prices import LineKind
from bot.messages.mail.plain import plain_words
from bot.texts import Safe, Translator

_DAYS: Final = frozenset(
    {
        "charge_on",
        "delivered_on",
        "expires_on",
        "issued_on",
        "new_expiry",
        "old_expiry",
        "pay_by",
    }
)
_MOMENTS: Final = frozenset({"accepted_at", "placed_at", "registered_at"})
_SUMS: Final = frozenset(
    {"amount", "counted", "due", "due_back", "missing", "net", "paid", "served", "unit_net", "vat"}
)
_NAMED: Final = frozenset(
    {
        "about",
        "became",
        "channel",
        "decision",
        "document",
        "kind",
        "language",
        "message",
        "method",
        "movement",
        "notice_by",
        "outcome",
        "reason",
        "request",
        "screen",
        "switched",
        "treatment",
        "was",
    }
)
_OTHERWISE: Final[Mapping[tuple[str, str], str]] = {
    ("kit_holder", "email"): "holder_email",
    ("instructions", "reason"): "named",
    ("shipping", "name"): "recipient",
}
"""Labels that mean something else inside of another value."""
_OF_NO_USE: Final = frozenset({("instructions", "registration"), ("instructions", "kind")})
_TELEGRAM: Final = frozenset({(Kind.WITHDRAWN, "screen"), (Kind.METHOD, "screen")})
"""Where words are Telegram's HTML, as are those of a message that went to a chat."""
_ONCE: Final = frozenset({LineKind.KIT.value, LineKind.SHIPPING.value})
_NO_NAME: Final = re.compile("[^a-z0-9_-]+")
_CENT: Final = Decimal("0.01")
_MOST: Final = Decimal(10**12)


def readable(kind: Kind, value: Mapping[str, Any]) -> Mapping[str, Any]:
    """A content with its words as they were read, without the signs by which Telegram sets them.

    Of a kit and its shipping no years are said: they are bought once, whatever the term of the renewal.
    """
    marked = {key for of, key in _TELEGRAM if of is kind}
    if kind is Kind.TOLD and value.get("channel") == "telegram":
        marked.add("words")
    return {
        key: plain_words(Safe(said))
        if key in marked and isinstance(said, str)
        else _lines(said)
        if key == "lines"
        else said
        for key, said in value.items()
    }


def _lines(said: object) -> object:
    """The lines of an order; what is none of ours is left as it is."""
    if not isinstance(said, list):
        return said
    return [
        {key: each for key, each in line.items() if key != "years"}
        if isinstance(line, Mapping) and line.get("kind") in _ONCE
        else line
        for line in said
    ]


def label_of(inside: str, key: str) -> str | None:
    """How a value is called that stands `inside` another, or in none; None where it says nothing to a person."""
    return None if (inside, key) in _OF_NO_USE else _OTHERWISE.get((inside, key), key)


def in_words(translator: Translator, key: str, said: object, beside: Mapping[str, Any]) -> str:
    """A value in words; `beside` are those of the same content, of which one may be the currency."""
    if isinstance(said, bool):
        return translator.plain("evidence-yes" if said else "evidence-no")
    if key == "step" and isinstance(said, int):
        return translator.plain("evidence-step", days=abs(said), after=said < 0)
    if not isinstance(said, str):
        in_cents = key in _SUMS and isinstance(said, int) and abs(said) < _MOST
        return translator.plain("evidence-sum", cents=said) if in_cents else str(said)
    if key in _NAMED:
        return translator.plain("evidence-word", word=_name(key, said), value=said)
    try:
        return _measured(translator, key, said, beside)
    except (ValueError, OverflowError, InvalidOperation):
        return said  # nobody of ours has written it


def _measured(translator: Translator, key: str, said: str, beside: Mapping[str, Any]) -> str:
    if key in _DAYS:
        return translator.plain("evidence-day", on=date.fromisoformat(said))
    if key in _MOMENTS:
        at = datetime.fromisoformat(said)
        return said if at.tzinfo is None else translator.plain("evidence-moment", at=at)
    if key == "vat_percent":
        return translator.plain("evidence-percent", rate=Decimal(said))
    if key in _SUMS and beside.get("currency", CURRENCY) == CURRENCY:
        euros = Decimal(said)
        if abs(euros) < _MOST and euros == euros.quantize(_CENT):
            return translator.plain("evidence-sum", cents=int(euros * 100))
    return said


def _name(key: str, said: str) -> str:
    """How the texts call a value: `outcome-sent`."""
    return f"{key}-{_NO_NAME.sub('_', said.lower())}"
