"""The parameters of a method call, read strictly.

The Bot API forgives much: it ignores a parameter that it does not know and reads `"maybe"` as false. Here
both are errors, because both are mistakes of the bot that nobody would notice otherwise.
"""

import json
from collections.abc import Iterable, Mapping
from enum import Enum, auto
from typing import Any

from bot.playground.errors import bad_request


class Kind(Enum):
    """What a parameter's text must be."""

    TEXT = auto()
    INTEGER = auto()
    BOOLEAN = auto()
    OBJECT = auto()
    ARRAY = auto()


# In the Bot API a name means the same in every method, so that one table serves them all. A file is a text:
# its parameter may say which earlier file, or which part of the form, is meant.
_NAMES: Mapping[Kind, str] = {
    Kind.TEXT: """
        action business_connection_id callback_query_id caption chat_id description document file_id
        inline_message_id ip_address language_code message_effect_id parse_mode photo secret_token
        short_description text thumbnail url
    """,
    Kind.INTEGER: "cache_time limit max_connections message_id message_thread_id offset timeout",
    Kind.BOOLEAN: """
        disable_content_type_detection disable_notification disable_web_page_preview drop_pending_updates
        has_spoiler protect_content show_alert show_caption_above_media
    """,
    Kind.OBJECT: "link_preview_options media menu_button reply_markup reply_parameters scope",
    Kind.ARRAY: "allowed_updates caption_entities commands entities message_ids",
}
_KINDS: Mapping[str, Kind] = {name: kind for kind, names in _NAMES.items() for name in names.split()}
_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}


class Params:
    """The parameters of one call, each already known to be of its kind."""

    def __init__(self, given: Mapping[str, str], allowed: Iterable[str]) -> None:
        """Check every parameter of a call.

        Arguments:
            given: the parameters as text, as a form carries them.
            allowed: the names that the method takes.

        Raises:
            BotApiError: for a name that the method does not take, or a value of the wrong type.
        """
        names = frozenset(allowed)
        for name in given:
            if name not in names:
                raise bad_request(f'parameter "{name}" is not known to the playground')
        self._values: dict[str, Any] = {name: _read(name, value) for name, value in given.items()}

    def __contains__(self, name: str) -> bool:
        """Tell whether the call carries the parameter."""
        return name in self._values

    def text(self, name: str) -> str:
        """Return a text, or an empty one when it is absent."""
        value: str = self._values.get(name, "")
        return value

    def integer(self, name: str) -> int | None:
        """Return a whole number, if given."""
        value: int | None = self._values.get(name)
        return value

    def flag(self, name: str) -> bool:
        """Return a boolean, false when it is absent."""
        value: bool = self._values.get(name, False)
        return value

    def mapping(self, name: str) -> dict[str, Any] | None:
        """Return a JSON object, if given."""
        value: dict[str, Any] | None = self._values.get(name)
        return value

    def array(self, name: str) -> list[Any] | None:
        """Return a JSON array, if given."""
        value: list[Any] | None = self._values.get(name)
        return value


def _read(name: str, value: str) -> Any:
    match _KINDS[name]:
        case Kind.INTEGER:
            try:
                return int(value)
            except ValueError:
                raise _wrong(name, "Integer") from None
        case Kind.BOOLEAN:
            if value.lower() not in _BOOLEANS:
                raise _wrong(name, "Boolean")
            return _BOOLEANS[value.lower()]
        case Kind.OBJECT:
            return _json(name, value, dict, "Object")
        case Kind.ARRAY:
            return _json(name, value, list, "Array")
        case _:
            return value


def _json(name: str, value: str, kind: type, word: str) -> Any:
    try:
        found = json.loads(value)
    except ValueError:
        raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from None
    if not isinstance(found, kind):
        if name == "reply_markup":
            raise bad_request("object expected as reply markup")
        raise _wrong(name, word)
    return found


def _wrong(name: str, word: str) -> Exception:
    return bad_request(f'parameter "{name}" must be of type {word}')


class Fields:
    """The fields of a JSON object inside a parameter, read as strictly.

    Arguments:
        given: the decoded object.
        allowed: the fields that it may have.
        where: what Telegram says before the complaint, such as `can't parse inline keyboard button: `.
    """

    def __init__(self, given: Any, allowed: Iterable[str], where: str = "") -> None:
        self._where = where
        if not isinstance(given, dict):
            raise self._error("expected an Object")
        self._given: dict[str, Any] = given
        names = frozenset(allowed)
        for name in given:
            if name not in names:
                raise self._error(f'field "{name}" is not known to the playground')

    def __contains__(self, name: str) -> bool:
        """Tell whether the object has the field."""
        return name in self._given

    def text(self, name: str, *, required: bool = False) -> str:
        """Return a text, or an empty one when it is absent and need not be there."""
        return str(self._value(name, str, "String", required=required) or "")

    def integer(self, name: str, *, required: bool = False) -> int | None:
        """Return a whole number, if given."""
        found: int | None = self._value(name, int, "Integer", required=required)
        return found

    def flag(self, name: str, *, required: bool = False) -> bool:
        """Return a boolean, false when it is absent and need not be there."""
        return bool(self._value(name, bool, "Boolean", required=required))

    def array(self, name: str, *, required: bool = False) -> list[Any] | None:
        """Return an array, if given."""
        found: list[Any] | None = self._value(name, list, "Array", required=required)
        return found

    def value(self, name: str) -> Any:
        """Return the field as it came, to be read by `Fields` of its own."""
        return self._given[name]

    def _value(self, name: str, kind: type, word: str, *, required: bool) -> Any:
        if name not in self._given:
            if required:
                raise self._error(f'can\'t find field "{name}"')
            return None
        value = self._given[name]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self._error(f'field "{name}" must be of type {word}')
        return value

    def _error(self, reason: str) -> Exception:
        # Telegram begins with a capital what follows a colon, and with a small letter what follows its
        # prefix.
        return bad_request(self._where + (reason[0].upper() + reason[1:] if self._where else reason))
