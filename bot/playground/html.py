"""HTML as Telegram reads it: few tags, strict nesting, and complaints that count bytes.

The rules are the Bot API's "HTML style": the offsets in errors are those of the UTF-8 text, tag and attribute
names are case-insensitive, four named references and all numeric ones are decoded and any other ampersand
stays as it is.
"""

import re
from dataclasses import dataclass

from bot.playground.entities import Entity, in_order, utf16_length
from bot.playground.errors import BotApiError, bad_request
from bot.playground.links import LinkError, check_link

_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-z]+));?")
_END_TAG = re.compile(r"</([^>\s]*)\s*>")
_NAME = re.compile(r"[^\s>=/]*")
_LAST_CODE_POINT = 0x10FFFF


@dataclass(frozen=True, slots=True)
class _Open:
    """A start tag that waits for its end."""

    tag: str
    argument: str
    offset: int
    text_index: int


def parse_html(source: str) -> tuple[str, tuple[Entity, ...]]:
    """Return the plain text of `source` and its entities.

    Raises:
        BotApiError: `Bad Request: can't parse entities: …` with Telegram's reason.
    """
    return _Reader(source).read()


def decode_references(text: str) -> str:
    """Replace the references that Telegram knows; leave every other ampersand alone."""

    def decoded(match: re.Match[str]) -> str:
        decimal, hexadecimal, name = match.groups()
        if name is not None:
            return _NAMED.get(name, match.group())
        code = int(decimal) if decimal is not None else int(hexadecimal, 16)
        return chr(code) if 0 < code <= _LAST_CODE_POINT else match.group()

    return _REFERENCE.sub(decoded, text)


class _Reader:
    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._text = ""
        self._offset = 0
        self._open: list[_Open] = []
        self._found: list[Entity] = []

    def read(self) -> tuple[str, tuple[Entity, ...]]:
        source = self._source
        while self._at < len(source):
            following = source.find("<", self._at)
            end = len(source) if following < 0 else following
            self._append(decode_references(source[self._at : end]))
            self._at = end
            if following < 0:
                break
            if source.startswith("</", self._at):
                self._end_tag()
            else:
                self._start_tag()
        if self._open:
            raise _unparsable(f'Can\'t find end tag corresponding to start tag "{self._open[-1].tag}"')
        return self._text, in_order(self._found)

    def _append(self, text: str) -> None:
        self._text += text
        self._offset += utf16_length(text)

    def _byte(self, index: int) -> int:
        return len(self._source[:index].encode())

    def _start_tag(self) -> None:
        source, begin = self._source, self._at
        name = _NAME.match(source, begin + 1)
        tag = name.group().lower() if name else ""
        at = begin + 1 + len(tag)
        if at >= len(source):
            raise _unparsable(f"Unclosed start tag at byte offset {self._byte(begin)}")
        if tag not in _TAGS:
            raise _unparsable(f'Unsupported start tag "{tag}" at byte offset {self._byte(begin)}')
        argument = ""
        while True:
            while at < len(source) and source[at].isspace():
                at += 1
            if at >= len(source):
                raise _unparsable(f"Unclosed start tag at byte offset {self._byte(begin)}")
            if source[at] == ">":
                break
            attribute, value, at = self._attribute(tag, begin, at)
            argument = _argument(tag, attribute, value) or argument
        if tag == "span" and argument != "tg-spoiler":
            raise _unparsable(f'Tag "span" must have class "tg-spoiler" at byte offset {self._byte(begin)}')
        self._open.append(_Open(tag, argument, self._offset, len(self._text)))
        self._at = at + 1

    def _attribute(self, tag: str, begin: int, at: int) -> tuple[str, str, int]:
        source = self._source
        name = _NAME.match(source, at)
        attribute = name.group().lower() if name else ""
        if not attribute:
            raise _unparsable(f'Empty attribute name in the tag "{tag}" at byte offset {self._byte(begin)}')
        at += len(attribute)
        while at < len(source) and source[at].isspace():
            at += 1
        if at >= len(source):
            raise _unparsable(f'Unclosed start tag "{tag}" at byte offset {self._byte(begin)}')
        if source[at] != "=":
            return attribute, "", at
        at += 1
        while at < len(source) and source[at].isspace():
            at += 1
        if at >= len(source):
            raise _unparsable(f'Unclosed start tag "{tag}" at byte offset {self._byte(begin)}')
        quote = source[at]
        if quote not in "'\"":
            token = re.compile(r"[A-Za-z0-9.\-]*").match(source, at)
            value = token.group() if token else ""
            after = at + len(value)
            if after < len(source) and not source[after].isspace() and source[after] != ">":
                raise _unparsable(f"Unexpected end of name token at byte offset {self._byte(at)}")
            return attribute, value.lower(), after
        end = source.find(quote, at + 1)
        if end < 0:
            raise _unparsable(f"Unclosed start tag at byte offset {self._byte(begin)}")
        return attribute, decode_references(source[at + 1 : end]), end + 1

    def _end_tag(self) -> None:
        begin = self._at
        if not self._open:
            raise _unparsable(f"Unexpected end tag at byte offset {self._byte(begin)}")
        match = _END_TAG.match(self._source, begin)
        if match is None:
            raise _unparsable(f"Unclosed end tag at byte offset {self._byte(begin)}")
        opened = self._open.pop()
        tag = match.group(1).lower()
        if tag not in ("", opened.tag):
            raise _unparsable(
                f"Unmatched end tag at byte offset {self._byte(begin)}, "
                f'expected "</{opened.tag}>", found "</{tag}>"'
            )
        self._at = match.end()
        if self._offset > opened.offset:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        kind, length = _TAGS[opened.tag], self._offset - opened.offset
        if kind == "text_link":
            try:
                # A link that is none is dropped without a word: its text stays, as plain text.
                url = check_link(opened.argument or self._text[opened.text_index :])
            except LinkError:
                return
            self._found.append(Entity(kind, opened.offset, length, url=url))
        elif kind == "custom_emoji":
            if not opened.argument.isdigit():
                raise _unparsable("Invalid custom emoji identifier specified")
            self._found.append(Entity(kind, opened.offset, length, custom_emoji_id=opened.argument))
        elif kind == "blockquote" and opened.argument:
            self._found.append(Entity("expandable_blockquote", opened.offset, length))
        elif kind == "code" and opened.argument and self._open and self._open[-1].tag == "pre":
            # <pre><code class="language-…"> is one entity: the block takes the language.
            self._found.append(Entity("pre", opened.offset, length, language=opened.argument))
        elif kind == "pre" and any(
            known.type == "pre" and (known.offset, known.length) == (opened.offset, length)
            for known in self._found
        ):
            return
        else:
            self._found.append(Entity(kind, opened.offset, length))


def _argument(tag: str, attribute: str, value: str) -> str:
    match tag, attribute:
        case ("a", "href") | ("tg-emoji", "emoji-id") | ("span", "class"):
            return value
        case "code", "class":
            return value.removeprefix("language-") if value.startswith("language-") else ""
        case "blockquote", "expandable":
            return "expandable"
        case _:
            return ""


def _unparsable(reason: str) -> BotApiError:
    return bad_request(f"can't parse entities: {reason}")
