"""Looks at every log line of the whole run: one with a secret in it is an error of the test that wrote it.

A plugin of pytest. What a test captured (logs, standard output and error) is searched for everything that looks like
a bot token, a signing secret or a key of the data. Tests whose subject is such a line are marked ``shows_secrets``.
"""

import re
from collections.abc import Generator

import pytest

SECRETS = {
    "a bot token": re.compile(r"(?<![0-9])[0-9]{6,}:[A-Za-z0-9_-]{20,}"),
    "a signing secret": re.compile(r"whsec_[A-Za-z0-9+/]{16,}"),
    "a key of the data": re.compile(r"(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{43}=(?![A-Za-z0-9_=-])"),
}


def leaks(lines: str) -> list[str]:
    """What kinds of secrets these lines hold."""
    return [kind for kind, pattern in SECRETS.items() if pattern.search(lines)]


def pytest_configure(config: pytest.Config) -> None:
    """Know the marker."""
    config.addinivalue_line("markers", "shows_secrets: its subject is a line with a (sample) secret in it")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Make an error of a test that logged a secret."""
    report = yield
    # The last of the three reports has what all of them captured.
    if report.when == "teardown" and report.passed and item.get_closest_marker("shows_secrets") is None:
        found = leaks("\n".join(text for title, text in report.sections if title.startswith("Captured")))
        if found:
            report.outcome = "failed"
            report.longrepr = f"{item.nodeid} wrote {' and '.join(found)} into its output"
    return report
