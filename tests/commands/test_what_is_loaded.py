"""A command loads what it needs: by the names of the modules that are there at its end, not by the clock."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pytest

from bot.db.keys import KeyRing
from tests.support.births import ROOT
from tests.support.process import free_port

TALKING: Final = frozenset(
    {
        *("aiogram", "aiogram_dialog", "aiohttp", "telegram", "apscheduler"),
        *("fastapi", "starlette", "uvicorn", "httpx", "redis", "prometheus_client"),
    }
)
"""What speaks to Telegram and over HTTP."""
FOR_OTHERS: Final = frozenset({"openpyxl", "numpy", "aiosmtplib", "aiosmtpd", "sentry_sdk"})
"""What single commands need, to read spreadsheets and to mail."""
HEAVY: Final = (
    TALKING
    | FOR_OTHERS
    | {"sqlalchemy", "cryptography", "babel", "fluent", "holidays", "phonenumbers", "asyncio"}
)
"""What costs more than all the rest together."""

KEY: Final = KeyRing.new_key()

LOOK = """
import atexit, sys
atexit.register(lambda: print("\\n".join(["", "loaded:", *sys.modules])))
import runpy
sys.argv[:] = ["bot", *sys.argv[1:]]
runpy.run_module("bot", run_name="__main__", alter_sys=True)
"""


def loaded(words: Sequence[str], folder: Path, *, ends: int = 0, **settings: str) -> set[str]:
    """The modules that `python -m bot` with these words has loaded at its end, with the code that it `ends` with."""
    environment = {
        "PYTHONPATH": str(ROOT),
        "DATABASE_URL": f"sqlite:///{folder / 'rinnovo.db'}",
        "DATA_KEYS": KEY,
        **settings,
    }
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", LOOK, *words],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == ends, done.stderr
    return set(done.stdout.rpartition("\nloaded:\n")[2].split())


def test_help_loads_neither_libraries_nor_services(tmp_path: Path) -> None:
    found = loaded(["--help"], tmp_path)
    assert "typer" in found
    assert not found & HEAVY
    assert not {
        name for name in found if name.startswith(("bot.services", "bot.db", "bot.settings", "bot.demo"))
    }


@pytest.mark.parametrize("command", ["orders", "payments", "reminders", "office"])
def test_the_help_of_a_command_of_the_operator_loads_no_more(tmp_path: Path, command: str) -> None:
    assert not loaded([command, "--help"], tmp_path) & HEAVY


def test_commands_of_the_operator_do_not_load_what_talks_to_telegram(tmp_path: Path) -> None:
    loaded(["migrate"], tmp_path)
    for words in (["orders"], ["payments", "review"], ["reminders", "due"], ["office", "list"]):
        found = loaded(words, tmp_path)
        assert "sqlalchemy" in found
        assert (words, found & (TALKING | FOR_OTHERS)) == (words, set())


def test_the_doctor_who_looks_at_telegram_loads_none_of_the_bot_that_speaks_with_it(tmp_path: Path) -> None:
    loaded(["migrate"], tmp_path)
    nowhere = {
        "BOT_TOKEN": "1000000002:a-token-that-opens-nothing-at-all-either",
        "BOT_API_URL": f"http://127.0.0.1:{free_port()}",
    }
    found = loaded(["doctor"], tmp_path, ends=1, CATALOGUE=str(ROOT / "catalogue.toml"), **nowhere)
    assert "httpx" in found, "it has asked"
    assert not found & (TALKING | FOR_OTHERS) - {"httpx", "redis"}
