"""Telegram's HTML: the few tags it knows, held to more strictly than it does itself.

https://core.telegram.org/bots/api#html-style
"""

import re

_TAG = re.compile(r"<(/?)([a-z-]+)((?:\s[^<>]*)?)>")
_ENTITY = re.compile(r"&(?:lt|gt|amp|quot|#\d{1,6}|#x[0-9a-fA-F]{1,6});")
_MARK = re.compile(r"[<>&]")

_ATTRIBUTES = {
    "a": re.compile(r'\shref="[^"]+"'),
    "blockquote": re.compile(r"(\sexpandable)?"),
    "code": re.compile(r'(\sclass="language-[\w+-]+")?'),
    "span": re.compile(r'\sclass="tg-spoiler"'),
    "tg-emoji": re.compile(r'\semoji-id="[^"]+"'),
}
_BARE = re.compile("")
_WITHOUT_ATTRIBUTES = ("b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "tg-spoiler", "pre")
_TAGS = {**dict.fromkeys(_WITHOUT_ATTRIBUTES, _BARE), **_ATTRIBUTES}
_VERBATIM = ("code", "pre")


def markup_error(text: str) -> str | None:
    """Return why Telegram would refuse `text` as HTML, None when it would not.

    Stricter than Telegram in that a `>` or `&` of the text must be written as an entity too. Works on a
    whole text only: tags have to be closed in it.
    """
    open_tags: list[str] = []
    for closing, name, attributes in _TAG.findall(text):
        error = _closed(name, open_tags) if closing else _opened(name, attributes, open_tags)
        if error:
            return error
    if open_tags:
        return f"does not close <{open_tags[-1]}>"
    if stray := _MARK.search(_ENTITY.sub("", _TAG.sub("", text))):
        return f"has a {stray.group()} that is neither a tag nor an entity"
    return None


def has_markup(text: str) -> bool:
    """Tell whether a text has tags or entities, which a button would show as they are."""
    return bool(_TAG.search(text) or _ENTITY.search(text))


def _opened(name: str, attributes: str, open_tags: list[str]) -> str | None:
    if name not in _TAGS:
        return f"has <{name}>, which Telegram does not know"
    if not _TAGS[name].fullmatch(attributes):
        return f"has <{name}> with attributes that Telegram does not take"
    if open_tags and open_tags[-1] in _VERBATIM and (open_tags[-1], name) != ("pre", "code"):
        return f"has <{name}> inside <{open_tags[-1]}>"
    open_tags.append(name)
    return None


def _closed(name: str, open_tags: list[str]) -> str | None:
    if not open_tags:
        return f"closes </{name}>, which is not open"
    if open_tags[-1] != name:
        return f"closes </{name}> before </{open_tags[-1]}>"
    open_tags.pop()
    return None
