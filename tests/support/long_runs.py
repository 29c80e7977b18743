"""Leaves the long runs to `make soak` and `.ci/run`: sweeps of every case, memory, weeks of life.

A plugin of pytest. A test marked ``soak``, or a case of a test that is `long`, shows on every case what another of its
file, or another case, shows on a few in each run of `make test`. It is played where `-m` chooses tests, or where it or
its file is named.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

import pytest

MARK = "soak"
Case: TypeAlias = Any
"""What `parametrize` takes as one: a value, or a tuple where there are several arguments."""


def long(*cases: Case) -> list[Case]:
    """Leave these cases of a test to long runs: ``parametrize("language", ["it", *long("en")])``.

    A tuple is a case of several arguments; where it is the one argument, give it as a tuple of one.
    """
    return [_long(case) for case in cases]


def some(cases: Iterable[Case], most: int) -> list[Case]:
    """Play so many of these cases each time, from the first to the last and evenly between; leave the others."""
    every = list(cases)
    last = len(every) - 1
    chosen = {round(each * last / max(most - 1, 1)) for each in range(most)}
    return [case if place in chosen else _long(case) for place, case in enumerate(every)]


def _long(case: Case) -> Case:
    mark = getattr(pytest.mark, MARK)
    if isinstance(case, type(pytest.param())):
        return pytest.param(*case.values, marks=[*case.marks, mark], id=case.id)
    return pytest.param(*(case if isinstance(case, tuple) else (case,)), marks=mark)


def pytest_configure(config: pytest.Config) -> None:
    """Know the marker."""
    config.addinivalue_line("markers", f"{MARK}: a long run, of which each `make test` plays a short one")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Take the long runs out, unless they were asked for.

    Raises:
        pytest.UsageError: all cases of a test are long, though it is not marked itself.
    """
    if config.option.markexpr or any(".py" in each for each in config.args):
        return
    left = [item for item in items if item.get_closest_marker(MARK) is not None]
    if left:
        _require_a_short_one(items)
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item.get_closest_marker(MARK) is None]


def _require_a_short_one(items: Sequence[pytest.Item]) -> None:
    tests: dict[Any, set[bool]] = defaultdict(set)
    for item in items:
        case = getattr(item, "callspec", None)
        tests[getattr(item, "function", None)].add(
            case is not None and any(each.name == MARK for each in case.marks)
        )
    for function, are_long in tests.items():
        if are_long == {True}:
            raise pytest.UsageError(f"{function.__module__}.{function.__name__}: all of its cases are long")
