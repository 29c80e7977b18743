"""Fixtures of the commands."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from typer.main import get_command

from bot.db import engine
from bot.texts import check
from tests.commands.shop import Shop, open_shop
from tests.support.databases import ReusedEngines

_looked_at = cache(check.check_locales)
_put_together = cache(get_command)


@pytest.fixture
def shop(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, near_engines: ReusedEngines
) -> Iterator[Shop]:
    """An operator's shop with nothing sold yet."""
    monkeypatch.setattr(engine, "engines_on", near_engines.on)  # one after the other opens the same database
    with open_shop(database_url, tmp_path, monkeypatch) as opened:
        yield opened


@pytest.fixture(autouse=True)
def texts_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the doctor look at the project's own texts once for all tests: it takes most of a second, and they stay."""
    monkeypatch.setattr(check, "check_locales", _looked_at)


@pytest.fixture(autouse=True)
def commands_put_together_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the parser of what is typed once for all tests: it takes longer than many a command."""
    monkeypatch.setattr("typer.testing._get_command", _put_together)
