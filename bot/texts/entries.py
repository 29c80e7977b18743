"""The Fluent files of one language as a book of single texts, for the checks to turn its pages."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fluent.syntax import ast
from fluent.syntax.visitor import Visitor

from bot.texts.files import entry_name, read_locale
from bot.texts.locale import Locale
from bot.texts.problem import Problem

Reference = ast.MessageReference | ast.TermReference | ast.FunctionReference

_PLACEABLE = "…"
"""Stands for what is filled in, where only the text around it matters."""


@dataclass(frozen=True, slots=True)
class Text:
    """One pattern: the value of a message or a term, or one of its attributes.

    Attributes:
        name: `key`, `key.attribute`, `-term` or `-term.attribute`.
        pattern: its syntax tree.
        path: the file it stands in.
        line: the line where its message begins, from 1.
    """

    name: str
    pattern: ast.Pattern
    path: Path
    line: int

    def problem(self, reason: str) -> Problem:
        """Return a problem with this text."""
        return Problem(self.path, self.line, self.name, reason)

    def pieces(self) -> Iterator[str]:
        """Give the words of the pattern, and of each variant in it by itself; `…` is what is filled in."""
        patterns = _Patterns()
        patterns.visit(self.pattern)
        return ("".join(_words(element) for element in pattern.elements) for pattern in patterns.found)


@dataclass(frozen=True, slots=True)
class Book:
    """All texts of one language, by name."""

    messages: dict[str, Text]
    terms: dict[str, Text]

    def texts(self) -> Iterator[Text]:
        """Give every text, terms included."""
        yield from self.messages.values()
        yield from self.terms.values()

    def find(self, reference: Reference) -> Text | None:
        """Return the text that a reference means, None for a function or a text that does not exist."""
        if isinstance(reference, ast.FunctionReference):
            return None
        shelf = self.terms if isinstance(reference, ast.TermReference) else self.messages
        return shelf.get(reference_name(reference))


def read_book(folder: Path, locale: Locale) -> Book:
    """Read the files of one language below `folder`; raises `LocaleFileError` as `read_locale` does."""
    book = Book({}, {})
    for file in read_locale(folder, locale):
        for entry in file.entries():
            name = entry_name(entry)
            shelf = book.terms if isinstance(entry, ast.Term) else book.messages
            patterns = {f"{name}.{attribute.id.name}": attribute.value for attribute in entry.attributes}
            if entry.value is not None:
                patterns[name] = entry.value
            for text_name, pattern in patterns.items():
                shelf[text_name] = Text(text_name, pattern, file.path, file.lines[name])
    return book


def references(text: Text) -> tuple[Reference, ...]:
    """Return the messages, terms and functions that a text uses."""
    found = _References()
    found.visit(text.pattern)
    return tuple(found.references)


def reference_name(reference: ast.MessageReference | ast.TermReference) -> str:
    """Return the name of the text that is referred to, as `Text.name` has it."""
    dash = "-" if isinstance(reference, ast.TermReference) else ""
    attribute = f".{reference.attribute.name}" if reference.attribute else ""
    return f"{dash}{reference.id.name}{attribute}"


def variables(text: Text, book: Book) -> frozenset[str]:
    """Return the variables that a text needs, also those of the messages it refers to."""
    names: set[str] = set()
    seen: set[str] = set()
    waiting = [text]
    while waiting:
        current = waiting.pop()
        if current.name in seen:
            continue
        seen.add(current.name)
        found = _References()
        found.visit(current.pattern)
        names |= found.variables
        targets = [book.find(item) for item in found.references if isinstance(item, ast.MessageReference)]
        waiting += [target for target in targets if target is not None]
    return frozenset(names)


def _words(element: ast.TextElement | ast.Placeable) -> str:
    if isinstance(element, ast.TextElement):
        return element.value
    if isinstance(element.expression, ast.StringLiteral):
        return str(element.expression.parse()["value"])
    return _PLACEABLE


class _Patterns(Visitor):
    def __init__(self) -> None:
        self.found: list[ast.Pattern] = []

    def visit_Pattern(self, node: ast.Pattern) -> None:  # noqa: N802 - named by fluent.syntax
        self.found.append(node)
        self.generic_visit(node)


class _References(Visitor):
    """Collects what a pattern uses; a term's arguments are constants, so that nothing hides in them."""

    def __init__(self) -> None:
        self.references: list[Reference] = []
        self.variables: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802 - named by fluent.syntax
        self.variables.add(node.id.name)

    def visit_MessageReference(self, node: ast.MessageReference) -> None:  # noqa: N802 - named by fluent.syntax
        self.references.append(node)

    def visit_TermReference(self, node: ast.TermReference) -> None:  # noqa: N802 - named by fluent.syntax
        self.references.append(node)

    def visit_FunctionReference(self, node: ast.FunctionReference) -> None:  # noqa: N802 - named by fluent.syntax
        self.references.append(node)
        self.generic_visit(node)
