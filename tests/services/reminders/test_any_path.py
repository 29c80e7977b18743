"""Any path through a year of reminders: what must hold holds on all of them (DOMAIN.md 6)."""

from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.services.reminders.year import Year
from tests.support.databases import ReusedEngines


def follow(paths: int, fresh_files: Any, engines: ReusedEngines) -> None:
    """Let so many years pass, each on a path of its own."""

    def new() -> Year:
        year = Year()
        year.url, year.engines = fresh_files(), engines
        return year

    few = settings(
        max_examples=paths,
        stateful_step_count=40,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(new, settings=few)  # type: ignore[arg-type] # it takes whatever makes one


def test_on_a_few_paths_each_step_is_told_once_in_time_and_to_who_wants_it(
    fresh_files: Any, near_engines: ReusedEngines
) -> None:
    follow(max(settings().max_examples // 50, 1), fresh_files, near_engines)


@pytest.mark.soak
def test_on_any_path_each_step_is_told_once_in_time_and_to_who_wants_it(
    fresh_files: Any, near_engines: ReusedEngines
) -> None:
    follow(settings().max_examples // 2, fresh_files, near_engines)
