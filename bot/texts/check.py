"""Checks of the texts that need no bot to run: for the tests, and for the operator's `doctor`.

`check_locales` looks at the Fluent files alone: the languages say the same things with the same variables,
what they refer to exists, their HTML is Telegram's and closed, and they do not shout. `check_usage` holds
them against the code: no text that nothing shows, none shown that is not written, no markup on a button.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import permutations
from pathlib import Path

from fluent.syntax import ast

from bot.texts.entries import Book, Text, read_book, reference_name, references, variables
from bot.texts.formats import ROME
from bot.texts.functions import functions
from bot.texts.locale import Locale
from bot.texts.markup import has_markup, markup_error
from bot.texts.problem import Problem
from bot.texts.usage import Use, Uses, uses_in

FUNCTIONS = frozenset({"NUMBER", *functions(Locale.IT, ROME)})
"""What the files may call: our own functions, and of Fluent's only `NUMBER`, as our own write the dates."""


def check_locales(folder: Path) -> tuple[Problem, ...]:
    """Return what is wrong with the files below `folder`, by file and line; nothing when all is well.

    Raises:
        LocaleFileError: a file cannot even be read.
    """
    books = {locale: read_book(folder, locale) for locale in Locale}
    checks: tuple[Callable[[Book], Iterable[Problem]], ...] = (_references, _markup, _voice)
    problems = [*_parity(books)]
    problems += [problem for book in books.values() for check in checks for problem in check(book)]
    return tuple(sorted(problems))


def check_usage(folder: Path, code: Path) -> tuple[Problem, ...]:
    """Return where the texts below `folder` and the Python files below `code` disagree.

    A text counts as used when its key stands anywhere in the code as a string, when an f-string (or a sum of
    strings) with a constant beginning such as `f"method-{name}"` may give it, or when another text refers
    to it. A key counts as asked for when it is given to `Html`, `Label`, `.html(…)` or `.plain(…)`, also
    through a conditional, a lambda or a table in that place.
    """
    uses = uses_in(code)
    problems: list[Problem] = []
    for locale in Locale:
        book = read_book(folder, locale)
        problems += _unused(book, uses)
        problems += _missing(book, uses, locale)
    return tuple(sorted(set(problems)))


def _parity(books: dict[Locale, Book]) -> Iterator[Problem]:
    for (_, book), (other, theirs) in permutations(books.items(), 2):
        for name, text in book.messages.items():
            if name not in theirs.messages:
                yield text.problem(f"is not written in {other!s}")
                continue
            for variable in sorted(variables(text, book) - variables(theirs.messages[name], theirs)):
                yield text.problem(f"uses ${variable}, which is not used in {other!s}")


def _references(book: Book) -> Iterator[Problem]:
    for text in book.texts():
        for reference in references(text):
            if isinstance(reference, ast.FunctionReference):
                if reference.id.name not in FUNCTIONS:
                    yield text.problem(f"calls {reference.id.name}(), which does not exist")
            elif book.find(reference) is None:
                yield text.problem(f"refers to {reference_name(reference)}, which does not exist")


def _markup(book: Book) -> Iterator[Problem]:
    for text in book.texts():
        for piece in text.pieces():
            if error := markup_error(piece):
                yield text.problem(error)


def _voice(book: Book) -> Iterator[Problem]:
    for text in book.texts():
        if any("!" in piece for piece in text.pieces()):
            yield text.problem("has an exclamation mark")


def _unused(book: Book, uses: Uses) -> Iterator[Problem]:
    referred = {
        reference_name(reference)
        for text in book.texts()
        for reference in references(text)
        if not isinstance(reference, ast.FunctionReference)
    }
    for name, text in book.messages.items():
        if name not in referred and not uses.mention(name):
            yield text.problem("is not used")


def _missing(book: Book, uses: Uses, locale: Locale) -> Iterator[Problem]:
    for use in uses.asked:
        # Most keys are whole: to hold each against every text would take seconds.
        names = (use.key,) if use.exact else book.messages
        meant = [book.messages[name] for name in names if name in book.messages and use.means(name)]
        if not meant:
            yield Problem(use.path, use.line, use.key, f"is asked for, but not written in {locale!s}")
        elif use.plain and use.exact:
            yield from (_shown_as_it_is(text, use) for text in meant if any(map(has_markup, text.pieces())))


def _shown_as_it_is(text: Text, use: Use) -> Problem:
    return text.problem(f"has markup, but {use.path.name}:{use.line} shows it where there is none")
