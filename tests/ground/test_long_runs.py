"""What `make test` leaves to `make soak`: never the whole of a subject."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import tests
from tests.support.long_runs import MARK

ALL = Path(tests.__file__).parent
MARKED = sorted(path for path in ALL.rglob("test_*.py") if f"@pytest.mark.{MARK}" in path.read_text("utf-8"))


def _tests_of(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
            yield node


def _is_long(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any(ast.unparse(each) == f"pytest.mark.{MARK}" for each in node.decorator_list)


@pytest.mark.parametrize("path", MARKED, ids=lambda path: path.stem)
def test_of_each_long_run_a_short_one_is_played_each_time(path: Path) -> None:
    assert not all(_is_long(node) for node in _tests_of(path)), f"{path} is left to `make soak` as a whole"


def test_it_is_played_when_it_is_asked_for_and_not_otherwise(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        test_it="import pytest\n\n\n@pytest.mark.soak\ndef test_long():\n    pass\n\n\ndef test_short():\n    pass\n"
    )
    plugin = ("-p", "tests.support.long_runs", "-p", "no:cacheprovider", "-p", "no:asyncio")
    pytester.runpytest_inprocess(*plugin).assert_outcomes(passed=1, deselected=1)
    pytester.runpytest_inprocess(*plugin, "-m", MARK).assert_outcomes(passed=1, deselected=1)
    pytester.runpytest_inprocess(*plugin, "test_it.py::test_long").assert_outcomes(passed=1)


def test_of_cases_that_are_long_the_others_are_played_each_time(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        test_it="""
        import pytest
        from tests.support.long_runs import long, some

        @pytest.mark.parametrize(("word", "number"), [("a", 1), *long(("b", 2), pytest.param("c", 3, id="third"))])
        def test_rows(word, number):
            assert number == "abc".index(word) + 1

        @pytest.mark.parametrize("number", some(range(10), 3))
        def test_numbers(number):
            assert number in range(10)
        """
    )
    plugin = ("-p", "tests.support.long_runs", "-p", "no:cacheprovider", "-p", "no:asyncio")
    played = pytester.runpytest_inprocess(*plugin, "-v")
    played.assert_outcomes(passed=4, deselected=9)
    played.stdout.fnmatch_lines(["*test_rows?a-1?*", *(f"*test_numbers?{each}?*" for each in (0, 4, 9))])
    pytester.runpytest_inprocess(*plugin, "-m", MARK).assert_outcomes(passed=9, deselected=4)


def test_a_test_whose_cases_are_all_long_is_refused(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        test_it="""
        import pytest
        from tests.support.long_runs import long

        @pytest.mark.parametrize("word", long("a", "b"))
        def test_words(word):
            assert word
        """
    )
    refused = pytester.runpytest_inprocess(
        "-p", "tests.support.long_runs", "-p", "no:cacheprovider", "-p", "no:asyncio"
    )
    assert refused.ret == pytest.ExitCode.USAGE_ERROR
    refused.stderr.fnmatch_lines(["*test_words: all of its cases are long*"])
