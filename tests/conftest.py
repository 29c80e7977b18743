"""How the tests are run, and where their fixtures are."""

import gc
import os
import sys

import pytest
from hypothesis import settings

pytest_plugins = [
    "pytester",
    "tests.support.ground",
    "tests.support.leaks",
    "tests.support.running_bot",
    "tests.support.till",
    "tests.support.pushing",
    "tests.support.letterbox",
    "tests.support.reminding",
]

# Nothing is thrown away while all is imported: to look for garbage meanwhile costs a quarter of the time.
gc.disable()

# Bytecode is kept where the machine asks for none too (as images of containers do). Otherwise each worker of the run,
# and each process that a test starts, compiles everything anew.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

settings.register_profile("quick", max_examples=100, deadline=None)
settings.register_profile("thorough", max_examples=1000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop() -> None:
    """Keep the collector away from what was imported: it never becomes garbage, and looking at it costs a quarter."""
    gc.collect()
    gc.freeze()
    gc.enable()
