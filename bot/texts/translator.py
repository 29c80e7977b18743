"""One language's texts, by key, rendered for Telegram or for a plain place."""

from collections.abc import Callable, Iterable
from datetime import date
from html import escape
from typing import Self

from babel import Locale as BabelLocale
from fluent.runtime import FluentBundle
from fluent.runtime.errors import FluentReferenceError
from fluent.runtime.types import FluentType

from bot.texts.entries import Book
from bot.texts.entries import variables as needed_by
from bot.texts.errors import TextError
from bot.texts.functions import Argument, UnwritableError
from bot.texts.locale import Locale
from bot.texts.written import Written, stable

_MISSING = "Unknown external: "
_UNSUPPORTED = "Unsupported external type: "


class Safe(str):
    """A string that is Telegram HTML already: `Translator.html` puts it in as it is.

    Made by `Translator.html` and by `Safe.join`; never wrap what a person wrote.
    """

    __slots__ = ()

    def join(self, parts: Iterable[str], /) -> "Safe":
        """Join into HTML; parts that are not `Safe` are escaped."""
        return Safe(super().join(escaped(part) for part in parts))


def escaped(value: str) -> str:
    """Return `value` as HTML that reads as `value`; HTML that is `Safe` already stays as it is."""
    return str(value) if isinstance(value, Safe) else escape(value)


class _String(FluentType, str):
    """A string of any length: fluent.runtime refuses to put in a plain one of more than 2,500 characters."""

    __slots__ = ()

    def format(self, locale: BabelLocale) -> Self:  # type: ignore[override] # noqa: ARG002 - fluent.runtime's
        return self


class Translator:
    """Texts in one language.

    Variables are strings, numbers (money: int cents), dates, aware datetimes, tuples or lists of strings, and
    bools, which selectors see as `[true]` and `[false]`. Those that a text does not use are ignored,
    whatever their type, so that a window may hand over all that its getter knows.

    Every failure raises `TextError`: a text that is wrong is a mistake of ours that a test has to find, and
    half a sentence about somebody's money is worse than an error that is logged.
    """

    def __init__(self, locale: Locale, bundle: FluentBundle, book: Book) -> None:
        """Speak `locale` with the texts of `bundle`, which are those of `book`."""
        self.locale = locale
        self._bundle = bundle
        self._book = book
        self._needed: dict[str, tuple[str, ...]] = {}
        self._written = Written()

    def has(self, key: str) -> bool:
        """Tell whether the text exists; `key` may name an attribute, `key.attribute`."""
        message, _, attribute = key.partition(".")
        if not self._bundle.has_message(message):
            return False
        found = self._bundle.get_message(message)
        return attribute in found.attributes if attribute else found.value is not None

    def html(self, key: str, /, **variables: object) -> Safe:
        """Return the text as Telegram HTML.

        Every string among `variables`, also inside a tuple, is escaped unless it is `Safe`.

        Raises:
            TextError: no such text, a variable missing or of a type that cannot be written.
        """
        return Safe(self._said(key, variables, escaped))

    def plain(self, key: str, /, **variables: object) -> str:
        """Return the text for a button, a toast, a terminal or a subject line: nothing is escaped.

        Raises:
            TextError: as `html`; also for a `Safe` variable, whose tags would be shown.
        """
        return self._said(key, variables, _plain)

    def _said(self, key: str, variables: dict[str, object], write: Callable[[str], str | None]) -> str:
        """The text as it was written before, where it was written with the same values of what it needs."""
        if (needed := self._needed.get(key)) is None:
            needed = self._needed[key] = self._variables_of(key)
        values = stable([variables.get(name) for name in needed])
        if values is None:
            return self._format(key, {name: variables[name] for name in needed if name in variables}, write)
        said = (key, write is escaped, values)
        text = self._written.get(said)
        if text is None:
            given = {name: variables[name] for name in needed if name in variables}
            text = self._format(key, given, write)
            self._written.keep(said, text)
        return text

    def _variables_of(self, key: str) -> tuple[str, ...]:
        text = self._book.messages.get(key)
        return () if text is None else tuple(sorted(needed_by(text, self._book)))

    def _format(self, key: str, variables: dict[str, object], write: Callable[[str], str | None]) -> str:
        if not self.has(key):
            raise TextError(key, self.locale, "there is no such text")
        name, _, attribute = key.partition(".")
        message = self._bundle.get_message(name)
        pattern = message.attributes[attribute] if attribute else message.value
        if pattern is None:
            raise TextError(key, self.locale, "there is no such text")
        arguments = {variable: _argument(variable, value, write) for variable, value in variables.items()}
        try:
            text, errors = self._bundle.format_pattern(pattern, arguments)
        except UnwritableError as error:
            raise TextError(key, self.locale, str(error), error.variable) from error
        if errors:
            raise self._error(key, errors[0]) from errors[0]
        return str(text)

    def _error(self, key: str, error: Exception) -> TextError:
        reason = str(error)
        if isinstance(error, FluentReferenceError) and reason.startswith(_MISSING):
            variable = reason.removeprefix(_MISSING)
            return TextError(key, self.locale, f"variable ${variable} is missing", variable)
        if isinstance(error, TypeError) and reason.startswith(_UNSUPPORTED):
            variable, _, kind = reason.removeprefix(_UNSUPPORTED).partition(", ")
            return TextError(key, self.locale, f"variable ${variable} cannot be {kind}", variable)
        return TextError(key, self.locale, reason)


def _argument(name: str, value: object, write: Callable[[str], str | None]) -> object:
    """Return what fluent.runtime is given for `value`; `write` makes a string fit, or refuses it (None).

    What is neither text, number, date nor list is passed on: fluent.runtime reports it only if it is used.
    """
    if isinstance(value, str):
        written = write(value)
        if written is None:
            return Argument(name, value, "is HTML, and this text is plain")
        return _String(written)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return Argument(name, value, f"is a date: write DATE(${name}), LONGDATE(${name}) or TIME(${name})")
    if isinstance(value, tuple | list) and all(isinstance(item, str) for item in value):
        items = tuple(written for item in value if (written := write(item)) is not None)
        return Argument(name, items, f"is a list: write LIST(${name})")
    return value


def _plain(value: str) -> str | None:
    return None if isinstance(value, Safe) else str(value)
