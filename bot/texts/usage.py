"""Which texts the code uses, read from its syntax trees: nothing is imported or run."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_KEY = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*(?:\.[a-z][a-z0-9-]*)?")
_BEGINNING = re.compile(r"[a-z][a-z0-9]*-")
_ATTRIBUTE = re.compile(r"\.[a-z][a-z0-9-]*\Z")
_FILLED = "[a-z0-9-]+"

_WIDGETS = {"Html": False, "Label": True}
_METHODS = {"html": False, "plain": True}


@dataclass(frozen=True, slots=True)
class Use:
    """A place that asks for a text.

    Attributes:
        path: the Python file.
        line: its line, from 1.
        key: the key; for one that is put together, what it may be, with `*` for what is filled in.
        plain: whether markup would be shown as it is.
    """

    path: Path
    line: int
    key: str
    plain: bool

    @property
    def exact(self) -> bool:
        """Whether nothing of the key is filled in."""
        return "*" not in self.key

    def means(self, key: str) -> bool:
        """Tell whether `key` is, or may be, what is asked for."""
        return key == self.key if self.exact else bool(_pattern(self.key).fullmatch(key))


@dataclass(frozen=True, slots=True)
class Uses:
    """What the code says about texts.

    Attributes:
        asked: the places that certainly ask for a text.
        words: every string in the code that could be a key.
        shapes: every string put together in the code that could be a key.
    """

    asked: tuple[Use, ...]
    words: frozenset[str]
    shapes: tuple[re.Pattern[str], ...]

    def mention(self, key: str) -> bool:
        """Tell whether the code may use `key`."""
        return key in self.words or any(shape.fullmatch(key) for shape in self.shapes)


def uses_in(code: Path) -> Uses:
    """Read every Python file below `code`."""
    asked: list[Use] = []
    keys: set[str] = set()
    for path in sorted(code.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
        for node in ast.walk(tree):
            if (key := _key(node)) is not None:
                keys.add(key)
            if isinstance(node, ast.Call):
                asked += _asked(path, node)
    return Uses(
        asked=tuple(asked),
        words=frozenset(key for key in keys if "*" not in key),
        shapes=tuple(_pattern(key) for key in sorted(keys) if "*" in key),
    )


def _asked(path: Path, call: ast.Call) -> Iterator[Use]:
    match call.func:
        case ast.Name(id=name) if name in _WIDGETS:
            plain = _WIDGETS[name]
        case ast.Attribute(attr=name) if name in _METHODS:
            plain = _METHODS[name]
        case _:
            return
    named = [keyword.value for keyword in call.keywords if keyword.arg == "key"]
    for argument in [*call.args[:1], *named]:
        for node in _results(argument):
            if (key := _key(node)) is not None:
                yield Use(path, node.lineno, key, plain)


def _results(node: ast.expr) -> Iterator[ast.expr]:
    """Give the expressions that may become the value of `node`."""
    match node:
        case ast.IfExp(body=body, orelse=orelse):
            yield from _results(body)
            yield from _results(orelse)
        case ast.Lambda(body=body):
            yield from _results(body)
        case ast.BoolOp(values=values):
            for value in values:
                yield from _results(value)
        case ast.Subscript(value=ast.Dict(values=values)):
            for value in values:
                yield from _results(value)
        case _:
            yield node


def _key(node: ast.AST) -> str | None:
    """Return the key that an expression is, with `*` for each unknown part, None when it cannot be one."""
    match node:
        case ast.Constant(value=str(word)) if _KEY.fullmatch(word):
            return word
        case ast.JoinedStr() | ast.BinOp(op=ast.Add()):
            shape = _shape(node)
            known = shape.replace("*", "x")
            if (
                "*" in shape
                and _KEY.fullmatch(known)
                and (_BEGINNING.match(shape) or _ATTRIBUTE.search(shape))
            ):
                return shape
    return None


def _shape(node: ast.expr) -> str:
    match node:
        case ast.Constant(value=str(word)):
            return word.replace("*", "")
        case ast.JoinedStr(values=values):
            return "".join(_shape(value) for value in values)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return _shape(left) + _shape(right)
        case _:
            return "*"


@lru_cache(maxsize=4096)
def _pattern(key: str) -> re.Pattern[str]:
    return re.compile(_FILLED.join(re.escape(part) for part in key.split("*")))
