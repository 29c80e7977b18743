"""What the linter cannot hold: things that are written in one way throughout."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import bot

CODE = Path(bot.__file__).parent
HANDLERS = sorted((CODE / "handlers").glob("*.py"))
PACKAGES = sorted(path for path in CODE.iterdir() if path.is_dir() and path.name != "__pycache__")
OTHER_DIALECTS = re.compile(
    r"``|:[a-z]+:`|^\s*:(param|raises|returns?)\b|^\s*(Errors|Parameters|Exceptions):$", re.MULTILINE
)
"""Two ticks, the roles and fields of reStructuredText, and names of sections that are not Google's."""
PERHAPS = re.compile(r"``|:[a-z]+:`|:(param|raises|returns?)\b|(Errors|Parameters|Exceptions):")
"""What a file has that has one of them anywhere: all others need not be parsed."""


@pytest.mark.parametrize("path", HANDLERS, ids=lambda path: path.stem)
def test_a_router_lists_what_it_answers_at_its_head(path: Path) -> None:
    """Each answer is a function of the module, registered by name; none hides inside of the one that builds it."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    builders = [
        node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.endswith("_router")
    ]
    inside = [
        node.name
        for builder in builders
        for node in ast.walk(builder)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node is not builder
    ]
    assert inside == []


@pytest.mark.parametrize("package", PACKAGES, ids=lambda path: path.name)
def test_docstrings_are_written_in_one_dialect(package: Path) -> None:
    """Google's sections, which the linter checks once they have their names, and one tick around a name."""
    odd = [
        f"{path.relative_to(CODE)}: {text.splitlines()[0]}"
        for path in sorted(package.rglob("*.py"))
        if PERHAPS.search(source := path.read_text(encoding="utf-8"))
        for text in _docstrings(source)
        if OTHER_DIALECTS.search(text)
    ]
    assert odd == []


def _docstrings(source: str) -> Iterator[str]:
    """The docstrings of a module and all that is in it, and the texts that stand below its values."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Expr(value=ast.Constant(value=str(text))):
                yield text
