"""Everything that is refused on purpose stands in one tree, is drawn there, and has words in both languages."""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from types import ModuleType

import pytest

import bot.domain
import bot.services
from bot.domain.choices import ChoiceRefused, Refusal
from bot.domain.errors import RinnovoError
from bot.services import errors
from bot.texts import Locale, Texts

STAYS_INSIDE = {
    "bot.domain.registrant.text.Refused",  # `judge` makes a FieldError of it
    "bot.services.catalogue.values.WrongValue",  # becomes a line of a CatalogueError
    "bot.services.importing.header.Misfit",  # becomes a finding of the report
    "bot.services.importing.json_window.BrokenJson",  # becomes a FileUnreadable
    "bot.services.importing.mailbox_cells.BadCell",  # becomes a finding of the report
    "bot.services.sending.ceiling.places.Paused",  # becomes the libraries' own errors, of aiogram and of the notifier
    "bot.services.sending.mail.connection.PasswordInTheClear",  # becomes the outcome of a mail
    "bot.services.sending.notifier.rate_limiter.Paused",  # becomes the outcome of a message
    "bot.services.tables.encodings.UnknownEncoding",  # becomes the refusal of who reads the file
    "bot.services.tables.workbooks.BrokenWorkbook",  # as above
}
"""Exceptions that never leave the room that raises them."""

_BRANCH = re.compile(r"^(?P<indent>    [│ ]*)(?:[├└]── )?(?P<name>[A-Z]\w+) {2,}\S")


def test_the_drawing_shows_every_error_where_it_stands() -> None:
    list(_modules(bot.domain, bot.services))
    assert _drawn() == _built(RinnovoError)


def test_nothing_that_leaves_its_room_stands_outside_of_the_tree() -> None:
    apart = {
        f"{module.__name__}.{name}"
        for module in _modules(bot.domain, bot.services)
        for name, found in inspect.getmembers(module, inspect.isclass)
        if found.__module__ == module.__name__ and issubclass(found, Exception)
        if not name.startswith("_") and not issubclass(found, RinnovoError)
    }
    assert apart == STAYS_INSIDE


@pytest.mark.parametrize("locale", Locale)
def test_every_error_has_words_in_the_chat(locale: Locale) -> None:
    list(_modules(bot.domain, bot.services))
    translator = Texts.load().translator(locale)
    keys = {found.text for found in _all(RinnovoError)} | {ChoiceRefused(reason).text for reason in Refusal}
    for key in sorted(keys):
        assert translator.plain(key)


def _modules(*packages: ModuleType) -> Iterator[ModuleType]:
    for package in packages:
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            yield importlib.import_module(found.name)


def _all(kind: type[RinnovoError]) -> Iterator[type[RinnovoError]]:
    yield kind
    for below in kind.__subclasses__():
        yield from _all(below)


def _built(kind: type[RinnovoError]) -> set[tuple[str, str]]:
    """Each error with the one above it."""
    return {(found.__name__, above.__name__) for above in _all(kind) for found in above.__subclasses__()}


def _drawn() -> set[tuple[str, str]]:
    """What the docstring draws, in the same form."""
    assert errors.__doc__ is not None
    pairs: set[tuple[str, str]] = set()
    above: list[tuple[int, str]] = []
    for line in errors.__doc__.splitlines():
        if (branch := _BRANCH.match(line)) is None:
            continue
        column, name = line.index(branch["name"]), branch["name"]
        while above and above[-1][0] >= column:
            above.pop()
        if above:
            pairs.add((name, above[-1][1]))
        above.append((column, name))
    return pairs
