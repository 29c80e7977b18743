"""Tests that one session has collected and another runs: with their fixtures, and only where it would find the same."""

from collections.abc import Callable

import pytest

from tests.support.heirs import Estate, inherit
from tests.support.long_runs import long

_OUTER = """
import pytest

@pytest.fixture(scope="session")
def once():
    return []

@pytest.fixture(autouse=True)
def everywhere(once, request):
    once.append(request.node.name)
"""

_INNER = """
import pytest

@pytest.fixture
def near(request):
    return request.config.getoption("--maxfail")
"""

_TESTS = """
import pathlib
import pytest

with pathlib.Path(__file__).with_name("imports").open("a") as noted:
    noted.write("x")

@pytest.fixture(params=[1, 2])
def number(request):
    return request.param

@pytest.fixture(scope="module", autouse=True)
def whole(once):
    once.append("whole")

@pytest.mark.parametrize("letter", "ab")
def test_all_fixtures_are_there(request, once, near, number, letter):
    assert once[0] == "whole" and once[-1] == request.node.name
    assert near == request.session.config.getoption("--maxfail") == 7
    assert request.getfixturevalue("near") == 7

class TestInAClass:
    @pytest.fixture
    def number(self, number):
        return number * 10

    def test_what_a_class_has(self, number):
        assert number in (10, 20)

def test_that_is_left_out():
    raise AssertionError
"""


@pytest.fixture(autouse=True)
def as_here(pytester: pytest.Pytester) -> None:
    """Runs with the setting that pytest-asyncio asks for."""
    pytester.makeini("[pytest]\nasyncio_default_fixture_loop_scope = function\n")


@pytest.fixture
def play(pytester: pytest.Pytester) -> Callable[..., tuple[int, int]]:
    """Collect, and run what was collected with these words; tells how many passed and how often they were imported."""
    pytester.makeconftest(_OUTER)
    inner = pytester.mkpydir("inner")
    (inner / "conftest.py").write_text(_INNER)
    (inner / "test_inner.py").write_text(_TESTS)

    def play(*words: str, collected: str = "inner") -> tuple[int, int]:
        left = Estate()

        class Heir:
            @pytest.hookimpl(tryfirst=True)
            def pytest_collection(self, session: pytest.Session) -> None:
                inherit(session, left)

        pytester.inline_run("--collect-only", collected, plugins=[left])
        ran = pytester.inline_run("--maxfail=7", "-k", "not left_out", *words, plugins=[Heir()])
        passed, _, failed = ran.listoutcomes()
        assert not failed
        return len(passed), len((inner / "imports").read_text())

    return play


def test_what_was_collected_runs_with_its_fixtures_and_is_not_collected_again(
    play: Callable[..., tuple[int, int]],
) -> None:
    assert play("inner") == (6, 1)


@pytest.mark.parametrize("words", [["inner/test_inner.py"], *long(["inner", "--ignore=nowhere"])])
def test_who_would_find_something_else_collects_itself(
    play: Callable[..., tuple[int, int]], words: list[str]
) -> None:
    assert play(*words) == (6, 2)


@pytest.mark.soak
def test_what_could_not_be_imported_fails_again(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(test_broken="import nothing_of_that_name")
    left = Estate()

    class Heir:
        @pytest.hookimpl(tryfirst=True)
        def pytest_collection(self, session: pytest.Session) -> None:
            inherit(session, left)

    pytester.inline_run("--collect-only", plugins=[left])
    ran = pytester.inline_run(plugins=[Heir()])
    assert ran.ret == pytest.ExitCode.INTERRUPTED
