"""`docs/compatibility.md` claims nothing that the repository does not show: a row names what does, or "not tried"."""

import re
from importlib.metadata import version
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (PROJECT / "docs" / "compatibility.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and not line.startswith(("| With", "| **"))
]


def test_there_are_rows() -> None:
    assert len(ROWS) >= 30


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_each_row_names_what_shows_it_or_says_that_nothing_does(row: list[str]) -> None:
    assert len(row) == 4
    paths = re.findall(r"`((?:tests|findings)[^` ]*)`", row[3])
    for path in paths:
        assert (PROJECT / path).exists()
    if not paths:
        assert "not tried" in " ".join(row[2:]) or "make test" in row[3]


PACKAGES = {
    "zxing-cpp, OpenCV": ("zxing-cpp", "opencv-python-headless"),
    "`.xlsx` as openpyxl writes it": ("openpyxl",),
    "standardwebhooks for Python": ("standardwebhooks",),
    "icalendar": ("icalendar",),
    "aiosmtpd: plain, STARTTLS, TLS at once, login": ("aiosmtpd",),
    "prometheus-client's own parser, text and OpenMetrics": ("prometheus-client",),
    "the embedded Bot API, by aiogram and python-telegram-bot": ("aiogram", "python-telegram-bot"),
}
"""The rows that tell the version of a package which the tests load."""


@pytest.mark.parametrize(("name", "packages"), PACKAGES.items(), ids=list(PACKAGES))
def test_a_row_tells_the_version_that_the_tests_load(name: str, packages: tuple[str, ...]) -> None:
    (told,) = [row[1] for row in ROWS if row[0] == name]
    loaded = [".".join(version(package).split(".")[:2]) for package in packages]
    assert told == ", ".join(loaded)
