"""What the tests of the windows share."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.screens.album import Album
from tests.screens.page import page

_FILE = os.environ.get("RINNOVO_SCREENS")
"""Where the page of all screens is written when the tests are done (`make screens`)."""


@pytest.fixture(scope="session")
def album() -> Iterator[Album]:
    """What is kept of the windows that tests look at."""
    kept = Album()
    yield kept
    if _FILE:
        Path(_FILE).write_text(page(kept), encoding="utf-8")
