"""The doctor waits for a neighbour's answer as long as it says: what it has to load itself is no silence of theirs."""

import asyncio
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.commands import doctor
from bot.settings import Settings


def said_of_texts(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """What the doctor says of the check that is replaced here, when it waits for a fifth of a second."""
    monkeypatch.chdir(folder)
    monkeypatch.setattr(doctor, "PATIENCE_SECONDS", 0.2)
    lines = CliRunner().invoke(app, ["doctor"]).stdout.splitlines()
    (line,) = (line for line in lines if " texts:" in line)
    return line


def test_on_a_machine_that_loads_slowly_nobody_is_said_to_be_silent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It said that Telegram did not answer where to load its library took more than ten seconds."""

    async def slow_to_load(_: Settings) -> str:
        time.sleep(0.4)  # noqa: ASYNC251 - as an import does, it stops the loop
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        return "they answer"

    monkeypatch.setattr(doctor, "_texts", slow_to_load)
    assert said_of_texts(tmp_path, monkeypatch) == "✓ texts: they answer"


def test_who_says_nothing_is_waited_for_no_longer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def silent(_: Settings) -> str:
        await asyncio.sleep(60)
        return "they answer"

    monkeypatch.setattr(doctor, "_texts", silent)
    assert said_of_texts(tmp_path, monkeypatch) == "✗ texts: no answer within 0.2 seconds"
