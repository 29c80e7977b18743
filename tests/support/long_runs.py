"""Leaves the long runs to `make soak` and `.ci/run`: sweeps of every case, memory, weeks of life.

A plugin of pytest. A test marked ``soak`` shows on every case what another of its file shows on a few in each run of
`make test`. It is played where `-m` chooses tests, or where it is named itself.
"""

import pytest

MARK = "soak"


def pytest_configure(config: pytest.Config) -> None:
    """Know the marker."""
    config.addinivalue_line("markers", f"{MARK}: a long run, of which each `make test` plays a short one")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Take the long runs out, unless they were asked for."""
    if config.option.markexpr or any("::" in each for each in config.args):
        return
    left = [item for item in items if item.get_closest_marker(MARK) is not None]
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item.get_closest_marker(MARK) is None]
