"""Fixtures of the commands."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.db import engine
from tests.commands.shop import Shop, open_shop
from tests.support.databases import ReusedEngines


@pytest.fixture
def shop(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, near_engines: ReusedEngines
) -> Iterator[Shop]:
    """An operator's shop with nothing sold yet."""
    monkeypatch.setattr(engine, "engines_on", near_engines.on)  # one after the other opens the same database
    with open_shop(database_url, tmp_path, monkeypatch) as opened:
        yield opened
