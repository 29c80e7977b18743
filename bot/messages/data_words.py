"""The values of one's own data as a person reads them on the page: what the program calls something is said in words.

In the JSON beside the page they stand as the program has them. What has no words here is what somebody wrote, a number
or a name, and is shown as it is.
"""

import re
from collections.abc import Mapping
from typing import Final

from bot.domain.catalogue import Catalogue
from bot.messages.words import named
from bot.texts import Translator

_CALLED: Final[Mapping[str, tuple[str, ...]]] = {
    "by": ("channel",),
    "document": ("document",),
    "email_reminders": ("email_reminders",),
    "kind": ("kind",),
    "language": ("language",),
    "level": ("level",),
    "message": ("message",),
    "notice_by": ("notice_by",),
    "state": ("was", "outcome", "state"),
    "to": ("switched", "decided"),
    "what": ("movement", "document", "request", "kind", "what"),
}
"""By which lists of words a value is looked up, by its name on the page; `state` is of orders and of messages."""
_FIELDS: Final = {"auto_renew": "automatic_renewal"}
"""Fields that the page calls otherwise."""
_NO_NAME: Final = re.compile("[^a-z0-9_-]+")


def method_name(translator: Translator, catalogue: Catalogue, method: str) -> str:
    """A payment method as the catalogue names it; what it does not know, as shipped ones are called, or as it is."""
    known = catalogue.methods.get(method)
    if known is not None:
        return named(translator, known.names)
    return _word(translator, f"method-{method}") or method


def data_word(translator: Translator, catalogue: Catalogue, name: str, value: str) -> str:
    """A text of the page in words; `name` is how the page calls it."""
    if name in {"method", "old_method"}:
        return method_name(translator, catalogue, value)
    if name == "field":
        return translator.plain("data-label", name=_FIELDS.get(value, value))
    if name in {"plan", "kit", "what"} and (value in catalogue.plans or value in catalogue.kits):
        known = catalogue.plans.get(value) or catalogue.kits[value]
        return named(translator, known.names)
    slug = _NO_NAME.sub("_", value.lower())
    words = (_word(translator, f"{of}-{slug}") for of in _CALLED.get(name, ()))
    return next(filter(None, words), value)


def _word(translator: Translator, word: str) -> str:
    return translator.plain("evidence-word", word=word, value="") or translator.plain("data-word", word=word)
