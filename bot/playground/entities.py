"""Message entities: the styled and clickable ranges of a text, in UTF-16 units as the Bot API counts."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.playground.errors import bad_request
from bot.playground.links import LinkError, check_link

STYLES = frozenset(
    {
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "blockquote",
        "expandable_blockquote",
        "code",
        "pre",
    }
)
DETECTED = frozenset({"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number"})
_OTHER = frozenset({"text_link", "text_mention", "custom_emoji", "date_time"})
_KEYS = frozenset({"type", "offset", "length", "url", "user", "language", "custom_emoji_id"})
_OPAQUE = frozenset({"code", "pre", "text_link", "text_mention"})

# The address first: a mail address would otherwise lose its domain to the pattern for links.
_PATTERNS = (
    ("email", re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")),
    ("url", re.compile(r"https?://[^\s<>\"]*[^\s<>\".,:;!?)\]}'»]")),
    ("bot_command", re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])")),
    ("mention", re.compile(r"(?<!\w)@[A-Za-z][A-Za-z0-9_]{3,31}\b")),
    ("hashtag", re.compile(r"(?<![\w&#])#\w*[^\W\d]\w*")),
)


@dataclass(frozen=True, slots=True)
class Entity:
    """One range of a text. `offset` and `length` are UTF-16 code units."""

    type: str
    offset: int
    length: int
    url: str | None = None
    language: str | None = None
    custom_emoji_id: str | None = None

    @property
    def end(self) -> int:
        """The unit after the last one."""
        return self.offset + self.length

    def to_json(self) -> dict[str, Any]:
        """Return the Bot API's MessageEntity."""
        optional = {"url": self.url, "language": self.language, "custom_emoji_id": self.custom_emoji_id}
        return {
            "type": self.type,
            "offset": self.offset,
            "length": self.length,
            **{key: value for key, value in optional.items() if value is not None},
        }


def utf16_length(text: str) -> int:
    """Return the length of `text` in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def slice_utf16(text: str, entity: Entity) -> str:
    """Return the part of `text` that `entity` covers."""
    raw = text.encode("utf-16-le")
    return raw[entity.offset * 2 : entity.end * 2].decode("utf-16-le", errors="replace")


def in_order(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """Return the entities as the Bot API lists them: by offset, the outer one first."""
    return tuple(sorted(entities, key=lambda entity: (entity.offset, -entity.length)))


def detect(text: str, known: Sequence[Entity] = ()) -> tuple[Entity, ...]:
    """Find commands, links, addresses and the like, as Telegram does by itself in every text.

    What lies inside code or a link of its own is left alone, and no two found ranges overlap.
    """
    taken = [(entity.offset, entity.end) for entity in known if entity.type in _OPAQUE]
    found: list[Entity] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            start = utf16_length(text[: match.start()])
            end = start + utf16_length(match.group())
            if all(end <= begin or start >= finish for begin, finish in taken):
                taken.append((start, end))
                found.append(Entity(kind, start, end - start))
    return in_order(found)


def trim(text: str, entities: Sequence[Entity]) -> tuple[str, tuple[Entity, ...]]:
    """Strip white space from both ends, as Telegram does, moving the entities along."""
    kept = text.strip()
    lead = utf16_length(text[: len(text) - len(text.lstrip())])
    size = utf16_length(kept)
    moved: list[Entity] = []
    for entity in entities:
        start = min(max(entity.offset - lead, 0), size)
        end = min(max(entity.end - lead, 0), size)
        if end > start:
            moved.append(replace(entity, offset=start, length=end - start))
    return kept, in_order(moved)


def read_entities(given: Sequence[Any], text: str) -> tuple[Entity, ...]:
    """Read the `entities` parameter of a method, strictly.

    Raises:
        BotApiError: worded as Telegram's, for a wrong type, a range outside the text or a missing field.
    """
    size = utf16_length(text)
    found: list[Entity] = []
    for item in given:
        entity = _read_entity(item)
        if entity.offset < 0:
            raise bad_request(f"receive an entity with incorrect offset {entity.offset}")
        if entity.length < 0:
            raise bad_request(f"receive an entity with incorrect length {entity.length}")
        if entity.offset > size:
            raise bad_request(f"entity begins after the end of the text at UTF-16 offset {entity.offset}")
        if entity.end > size:
            raise bad_request(
                f"entity beginning at UTF-16 offset {entity.offset} ends after the end of the text "
                f"at UTF-16 offset {entity.end}"
            )
        # What Telegram finds by itself is found again here, as it does; an empty range is dropped.
        if entity.length and entity.type not in DETECTED:
            found.append(entity)
    return in_order(found)


def _read_entity(item: Any) -> Entity:
    if not isinstance(item, dict):
        raise bad_request("can't parse MessageEntity: expected an Object")
    if unknown := sorted(set(item) - _KEYS):
        raise bad_request(f'can\'t parse MessageEntity: field "{unknown[0]}" is not known to the playground')
    kind = _string(item, "type")
    if kind not in STYLES | DETECTED | _OTHER:
        raise bad_request("can't parse MessageEntity: Unsupported type specified")
    url: str | None = None
    if kind == "text_link":
        url = _string(item, "url")
        try:
            url = check_link(url)
        except LinkError as error:
            raise bad_request(f"entity URL '{url}' is invalid: {error}") from error
    return Entity(
        kind,
        _number(item, "offset"),
        _number(item, "length"),
        url=url,
        language=_string(item, "language") if kind == "pre" and item.get("language") else None,
        custom_emoji_id=_string(item, "custom_emoji_id") if kind == "custom_emoji" else None,
    )


def _string(item: dict[str, Any], name: str) -> str:
    if name not in item:
        raise bad_request(f"can't parse MessageEntity: Can't find field \"{name}\"")
    value = item[name]
    if not isinstance(value, str):
        raise bad_request(f'can\'t parse MessageEntity: Field "{name}" must be of type String')
    return value


def _number(item: dict[str, Any], name: str) -> int:
    if name not in item:
        raise bad_request(f"can't parse MessageEntity: Can't find field \"{name}\"")
    value = item[name]
    if not isinstance(value, int) or isinstance(value, bool):
        raise bad_request(f'can\'t parse MessageEntity: Field "{name}" must be of type Number')
    return value
