"""Fixtures of the commands."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands.shop import Shop, open_shop


@pytest.fixture
def shop(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shop]:
    """An operator's shop with nothing sold yet."""
    with open_shop(database_url, tmp_path, monkeypatch) as opened:
        yield opened
