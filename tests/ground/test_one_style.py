"""What the linter cannot hold: things that are written in one way throughout."""

import ast
from pathlib import Path

import pytest

import bot

CODE = Path(bot.__file__).parent
HANDLERS = sorted((CODE / "handlers").glob("*.py"))


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
