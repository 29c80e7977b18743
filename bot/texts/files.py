"""Reading Fluent files strictly: a mistake in one is an error that names file, line and key."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fluent.syntax import FluentParser, ast

from bot.texts.errors import LocaleFileError
from bot.texts.locale import Locale

Entry = ast.Message | ast.Term

_KEPT = 128


@dataclass(frozen=True, slots=True)
class LocaleFile:
    """One parsed file.

    Attributes:
        path: where it was read from.
        resource: its whole syntax tree, free of junk.
        lines: the line of each entry, from 1, by the entry's name (`entry_name`).
    """

    path: Path
    resource: ast.Resource
    lines: dict[str, int]

    def entries(self) -> Iterator[Entry]:
        """Give the messages and terms, in the file's order."""
        return (entry for entry in self.resource.body if isinstance(entry, ast.Message | ast.Term))


def read_locale(folder: Path, locale: Locale) -> tuple[LocaleFile, ...]:
    """Read every `*.ftl` of one language below `folder`, by name.

    Raises:
        LocaleFileError: no such folder, a file that is not UTF-8 or not Fluent, or a key defined twice.
    """
    place = folder / locale
    if not place.is_dir():
        raise LocaleFileError(place, 0, "", "the folder of this language is missing")
    files = tuple(_read(path) for path in sorted(place.glob("*.ftl")))
    first: dict[str, str] = {}
    for file in files:
        for name, line in file.lines.items():
            if name in first:
                raise LocaleFileError(file.path, line, name, f"defined already in {first[name]}")
            first[name] = f"{file.path.name}:{line}"
    return files


def entry_name(entry: Entry) -> str:
    """Return the name of a message, or of a term with its dash."""
    return f"-{entry.id.name}" if isinstance(entry, ast.Term) else entry.id.name


def _read(path: Path) -> LocaleFile:
    try:
        source = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise LocaleFileError(path, 0, "", f"is not UTF-8 text ({error.reason})") from error
    return _looked_at(path, source)


@lru_cache(maxsize=_KEPT)
def _looked_at(path: Path, source: str) -> LocaleFile:
    """A file of this text, which nobody changes: the same one is looked at once in a process."""
    resource = _parsed(source)
    lines: dict[str, int] = {}
    for item in resource.body:
        line = _line(source, item)
        if isinstance(item, ast.Junk):
            raise _junk(path, source, item)
        if isinstance(item, ast.Message | ast.Term):
            name = entry_name(item)
            if name in lines:
                raise LocaleFileError(path, line, name, f"defined already at line {lines[name]}")
            _check_attributes(path, line, item)
            lines[name] = line
    return LocaleFile(path, resource, lines)


@lru_cache(maxsize=_KEPT)
def _parsed(source: str) -> ast.Resource:
    """The syntax tree of a file's text, which nobody changes: the same text is parsed once in a process."""
    return FluentParser(with_spans=True).parse(source)


def _check_attributes(path: Path, line: int, entry: Entry) -> None:
    names = [attribute.id.name for attribute in entry.attributes]
    for name in names:
        if names.count(name) > 1:
            raise LocaleFileError(path, line, f"{entry_name(entry)}.{name}", "defined twice")


def _junk(path: Path, source: str, junk: ast.Junk) -> LocaleFileError:
    content = junk.content or ""
    key = content.partition("=")[0].strip() if "=" in content.partition("\n")[0] else ""
    if not junk.annotations:
        return LocaleFileError(path, _line(source, junk), key, "is not Fluent")
    annotation = junk.annotations[0]
    return LocaleFileError(path, _line(source, annotation), key, annotation.message or "is not Fluent")


def _line(source: str, node: ast.SyntaxNode) -> int:
    return source.count("\n", 0, node.span.start) + 1 if node.span else 1
