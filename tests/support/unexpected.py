"""No update fails unexpectedly: a test in which one does fails, whatever else it looks at.

A plugin of pytest. "Qualcosa non ha funzionato" is easily overlooked: the chat goes on, and a test that asks for what
it sees next passes. Tests whose subject is such a failure are marked ``update_fails``, and fail without one.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from bot.handlers import recovery
from bot.telegram import polling
from bot.web import webhook

EVENT = "update_failed"
"""What is logged of an update whose handler raised what nobody foresaw, or whose recovery raised."""

_WHERE_IT_IS_LOGGED: tuple[Any, ...] = (recovery, polling, webhook)


class _Noting:
    """A log that keeps the failures of updates."""

    def __init__(self, log: Any, failures: list[Exception]) -> None:
        self._log = log
        self._failures = failures

    def __getattr__(self, name: str) -> Any:
        return getattr(self._log, name)

    def error(self, event: str, *, exc_info: Exception | None = None, **facts: Any) -> None:
        self._note(event, exc_info)
        self._log.error(event, exc_info=exc_info, **facts)

    def exception(self, event: str, **facts: Any) -> None:
        error = sys.exc_info()[1]
        self._note(event, error)
        self._log.exception(event, **facts)

    def _note(self, event: str, error: BaseException | None) -> None:
        if event == EVENT:
            self._failures.append(error if isinstance(error, Exception) else LookupError(event))


@contextmanager
def watched(*, expected: bool = False) -> Iterator[None]:
    """Raise at the end of the block what updates failed with in it; with `expected`, raise if none has failed.

    Raises:
        ExceptionGroup: updates failed.
        AssertionError: none did.
    """
    failures: list[Exception] = []
    logs = [(module, module._log) for module in _WHERE_IT_IS_LOGGED]
    for module, log in logs:
        module._log = _Noting(log, failures)
    try:
        yield
    finally:
        for module, log in logs:
            module._log = log
    if expected:
        assert failures, "no update failed: the mark 'update_fails' is wrong"
    elif failures:
        raise ExceptionGroup("updates failed unexpectedly", failures)


def pytest_configure(config: pytest.Config) -> None:
    """Know the marker."""
    config.addinivalue_line("markers", "update_fails: its subject is an update that fails unexpectedly")


@pytest.fixture(autouse=True)
def no_update_fails(request: pytest.FixtureRequest) -> Iterator[None]:
    """Make an error of a test in which an update fails unexpectedly."""
    with watched(expected=request.node.get_closest_marker("update_fails") is not None):
        yield
