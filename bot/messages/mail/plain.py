"""A letter as plain text: for programs that show no HTML, for readers who prefer it, and for filters."""

import html
import re
import textwrap
from typing import Final

from bot.messages.mail.letter import Button, Drawing, Entries, Entry, Fact, Facts, Letter, Paragraph, Part
from bot.texts import Safe

_WIDTH: Final = 76
_LINK: Final = re.compile(r'<a href="(?P<url>[^"]+)">(?P<words>.*?)</a>', re.DOTALL)
_TAG: Final = re.compile(r"<[^<>]+>")


def plain_letter(letter: Letter) -> str:
    """The letter as text, its lines folded, its sections under underlined titles."""
    pieces = [letter.title, *map(_part, letter.opening)]
    for section in letter.sections:
        pieces += [f"{section.title}\n{'-' * len(section.title)}", *map(_part, section.parts)]
    footer = "\n".join(_folded(plain_words(words)) for words in letter.footer)
    return "\n\n".join([letter.sender.upper(), *filter(None, pieces), f"-- \n{footer}"]) + "\n"


def plain_words(words: Safe) -> str:
    """Telegram's HTML as it reads; a link is followed by its address."""
    linked = _LINK.sub(lambda link: f"{link['words']} ({link['url']})", words)
    return html.unescape(_TAG.sub("", linked))


def _part(part: Part) -> str:
    match part:
        case Paragraph():
            return _folded(plain_words(part.words))
        case Facts():
            return "\n".join(map(_fact, part.facts))
        case Entries():
            return "\n".join([*filter(None, [part.heading]), *map(_entry, part.entries)])
        case Button():
            return f"{part.label}:\n{part.url}"
        case Drawing():
            return ""


def _fact(fact: Fact) -> str:
    return f"{fact.label}: {fact.value}" + (f" ({fact.note})" if fact.note else "")


def _entry(entry: Entry) -> str:
    return f"- {entry.what}: {entry.value}" + (f"\n  {entry.detail}" if entry.detail else "")


def _folded(text: str) -> str:
    """Fold each line; addresses of pages and mailboxes stay whole."""
    return "\n".join(
        textwrap.fill(line, _WIDTH, break_long_words=False, break_on_hyphens=False)
        for line in text.split("\n")
    )
