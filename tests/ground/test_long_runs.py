"""What `make test` leaves to `make soak`: never the whole of a subject."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import tests
from tests.support.long_runs import MARK

ALL = Path(tests.__file__).parent
MARKED = sorted(path for path in ALL.rglob("test_*.py") if f"@pytest.mark.{MARK}" in path.read_text("utf-8"))
PAGE = "playground/test_page_in_browser.py::test_a_tap_spins_until_answered_and_the_edit_happens_in_place"
"""In the one file of which a browser plays a part each time: to begin one takes longer than to play."""
WHOLE = {
    "end_to_end/test_browser.py": PAGE,
    "end_to_end/test_budget_in_browser.py": PAGE,
    "end_to_end/test_payment_in_browser.py": PAGE,
    "end_to_end/test_short_way_in_browser.py": PAGE,
    "end_to_end/test_year_in_browser.py": PAGE,
    "playground/test_bank_in_browser.py": PAGE,
    "playground/test_mail_in_browser.py": PAGE,
    "playground/test_payments_in_browser.py": PAGE,
    "playground/test_travel_in_browser.py": PAGE,
    "end_to_end/test_forgetting_killed.py": (
        "services/leaving/test_forgetting.py::test_twice_is_once_and_nobody_is_called_so_any_more"
    ),
    "end_to_end/test_one_ceiling.py": (
        "services/sending/test_sharing.py::test_three_workers_and_two_webs_have_thirty_places_together"
    ),
    "end_to_end/test_one_poller.py": "ground/test_one_poller.py::test_one_has_it_until_it_lets_go",
    "end_to_end/test_reminders_killed.py": (
        "end_to_end/test_delivery_killed.py::test_the_completion_arrives_whenever_the_worker_dies"
    ),
    "end_to_end/test_slow_chat.py": (
        "ground/test_polling.py::test_what_was_stored_is_processed_after_a_crash_in_the_order_of_its_chat"
    ),
    "end_to_end/test_statement_killed.py": (
        "services/statements/test_taking.py::test_what_a_run_left_that_ended_in_the_middle_is_forgotten_too"
    ),
    "end_to_end/test_statements_folder.py": (
        "services/statements/test_folder.py::test_a_file_that_is_still_being_written_is_waited_for"
    ),
    "load/test_renewals.py": (
        "load/test_taps.py::test_the_screens_are_those_of_a_renewal_and_told_apart_to_the_last_button"
    ),
    "end_to_end/test_two_webs.py": (
        "ground/test_dispatching.py::test_two_processes_answer_one_chat_and_no_tap_is_lost"
    ),
}
"""The files of which all is long, and what plays each time the plainest case of the same rule."""


def _tests_of(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
            yield node


def _is_long(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any(ast.unparse(each) == f"pytest.mark.{MARK}" for each in node.decorator_list)


def _marks(path: Path) -> bool:
    """Whether a file says of all of its tests that they are long."""
    text = path.read_text(encoding="utf-8")
    return f"pytest.mark.{MARK}" in text.partition("\npytestmark = ")[2].partition("\n\n")[0]


@pytest.mark.parametrize("path", MARKED, ids=lambda path: path.stem)
def test_of_each_long_run_a_short_one_is_played_each_time(path: Path) -> None:
    assert not all(_is_long(node) for node in _tests_of(path)), f"{path} is left to `make soak` as a whole"


def test_of_a_whole_file_that_is_long_another_plays_a_short_one() -> None:
    """The other is named in `WHOLE`."""
    whole = {path for path in ALL.rglob("test_*.py") if _marks(path)}
    assert {f"{path.relative_to(ALL)}" for path in whole} == WHOLE.keys()
    for name in WHOLE.values():
        place, _, function = name.partition("::")
        assert ALL / place not in whole, name
        assert [_is_long(node) for node in _tests_of(ALL / place) if node.name == function] == [False], name


def test_it_is_played_when_it_is_asked_for_and_not_otherwise(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        test_it="import pytest\n\n\n@pytest.mark.soak\ndef test_long():\n    pass\n\n\ndef test_short():\n    pass\n"
    )
    plugin = ("-p", "tests.support.long_runs", "-p", "no:cacheprovider", "-p", "no:asyncio")
    pytester.runpytest_inprocess(*plugin).assert_outcomes(passed=1, deselected=1)
    pytester.runpytest_inprocess(*plugin, "-m", MARK).assert_outcomes(passed=1, deselected=1)
    pytester.runpytest_inprocess(*plugin, "test_it.py::test_long").assert_outcomes(passed=1)
    pytester.runpytest_inprocess(*plugin, "test_it.py").assert_outcomes(passed=2)


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
