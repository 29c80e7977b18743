"""A till and its bank, on SQLite and on PostgreSQL: what a statement does is shown on both."""

from pathlib import Path

import pytest

from bot.db.engine import Database
from tests.support.bank import Bank
from tests.support.databases import ReusedEngines
from tests.support.till import Till


@pytest.fixture
def sqlite_engines(reused_engines: ReusedEngines) -> ReusedEngines:
    """SQLite with its threads, as a running bot has it."""
    return reused_engines


@pytest.fixture
def database(each_database: Database) -> Database:
    """Both back ends, for every fixture that stands on the database."""
    return each_database


@pytest.fixture
def bank(till: Till, tmp_path: Path) -> Bank:
    """The operator's bank, which writes files of today."""
    return Bank(tmp_path, till.services.surroundings.today())
