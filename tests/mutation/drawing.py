"""Draws the changes that are tried."""

import ast
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

from tests.mutation.rooms import Room

Spot = tuple[int, int]
"""A line, counted from one, and a column."""


@dataclass(frozen=True)
class Mutant:
    """One change to one module.

    Attributes:
        path: The module, below the root of the tree.
        line: Where it begins, counted from one.
        operator: What changes, by the name that Cosmic Ray gives it.
        occurrence: Which of the places in the module where it can.
    """

    room: Room
    path: Path
    line: int
    operator: str
    occurrence: int

    def text(self, source: str) -> str:
        """Return ``source``, which is that of the module, with the change."""
        changed = mutate_code(source, get_operator(self.operator)(), self.occurrence)
        if changed is None:
            raise LookupError(f"{self.operator} has no place {self.occurrence} in {self.path}")
        return str(changed)


def draw(root: Path, rooms: Sequence[Room], seed: int, count: int) -> list[Mutant]:
    """Draw ``count`` changes, the rooms taking turns; fewer if there are no more.

    The same tree and seed give the same changes, and a smaller count gives the first of them. A place is drawn first,
    then what is done to it: there are a dozen ways to spoil a comparison and two to spoil a number.
    """
    hands = [_shuffled(root, room, random.Random(f"{seed} {room.name}")) for room in rooms]  # noqa: S311 (no secret)
    drawn: list[Mutant] = []
    while hands and len(drawn) < count:
        for hand in list(hands):
            if (mutant := next(hand, None)) is None:
                hands.remove(hand)
            elif len(drawn) < count:
                drawn.append(mutant)
    return drawn


def _shuffled(root: Path, room: Room, chance: random.Random) -> Iterator[Mutant]:
    """Give one change for each place of the room, in an order by chance."""
    sources = {path: (root / path).read_text(encoding="utf-8") for path in room.modules(root)}
    places = [(path, spot, ways) for path, source in sources.items() for spot, ways in _places(source)]
    chance.shuffle(places)
    for path, spot, ways in places:
        operator, occurrence = chance.choice(ways)
        mutant = Mutant(room, path, spot[0], operator, occurrence)
        if _is_python(mutant.text(sources[path])):
            yield mutant


def _places(source: str) -> list[tuple[Spot, list[tuple[str, int]]]]:
    """List where something can be changed, with the operators and the occurrence that each counts there.

    Annotations are left out: they decide nothing while the bot runs, and ``str - None`` fails on import. So are the
    decorators of classes: that a value is frozen is held by mypy, which refuses whoever writes to it.
    """
    operators = {name: get_operator(name) for name in sorted(operator_names())}
    acting = {name: kind() for name, kind in operators.items() if not kind.arguments()}
    seen = dict.fromkeys(acting, 0)
    silent = list(_left_alone(source))
    found: dict[Spot, list[tuple[str, int]]] = {}
    for node in ast_nodes(get_ast(source)):
        for name, operator in acting.items():
            for begin, _end in operator.mutation_positions(node):
                if not any(start <= begin < stop for start, stop in silent):
                    found.setdefault(begin, []).append((name, seen[name]))
                seen[name] += 1
    return sorted(found.items())


def _left_alone(source: str) -> Iterator[tuple[Spot, Spot]]:
    """Give where each annotation and each decorator of a class begins and ends.

    Columns are counted in characters, as parso counts them.
    """
    lines = source.splitlines()

    def spot(line: int, column: int) -> Spot:
        return line, len(lines[line - 1].encode()[:column].decode())

    for node in ast.walk(ast.parse(source)):
        decorators = node.decorator_list if isinstance(node, ast.ClassDef) else ()
        for noted in (getattr(node, "annotation", None), getattr(node, "returns", None), *decorators):
            if (
                isinstance(noted, ast.expr)
                and noted.end_lineno is not None
                and noted.end_col_offset is not None
            ):
                begin = (noted.lineno, 0) if noted in decorators else spot(noted.lineno, noted.col_offset)
                yield begin, spot(noted.end_lineno, noted.end_col_offset)


def _is_python(source: str) -> bool:
    try:
        ast.parse(source)
    except SyntaxError:
        return False
    return True
