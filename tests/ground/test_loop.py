"""Processes run in uvloop's loop where it is installed, and in Python's own elsewhere."""

import asyncio
import sys
from importlib.util import find_spec

import pytest

from bot.running.loop import run_in_loop


async def which_loop() -> str:
    """The room of the loop that runs this."""
    await asyncio.sleep(0)
    return type(asyncio.get_running_loop()).__module__


def test_it_is_uvloops_where_that_is_installed() -> None:
    expected = "uvloop" if find_spec("uvloop") else "asyncio"
    assert run_in_loop(which_loop()).startswith(expected)


def test_it_is_pythons_own_where_uvloop_cannot_be_had(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "uvloop", None)
    assert run_in_loop(which_loop()).startswith("asyncio")


def test_what_fails_inside_fails_outside() -> None:
    async def fail() -> None:
        raise LookupError

    with pytest.raises(LookupError):
        run_in_loop(fail())
