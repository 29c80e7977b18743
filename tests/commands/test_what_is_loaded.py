"""A command loads what it needs: by the names of the modules that are there at its end, not by the clock.

One process runs one command after the other, each of which may load more than those before it: that what none of them
may load is not there after the last one says so of all.
"""

import json
import subprocess
import sys
from typing import Final

import pytest

from bot.db.keys import KeyRing
from tests.support.births import ROOT
from tests.support.databases import SqliteFiles
from tests.support.long_runs import long
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

Loaded = dict[str, tuple[int, set[str]]]
"""By what was typed: what the command ended with, and which modules were there at its end."""

HELPS: Final = ("orders", "payments", "reminders", "office")
OF_THE_OPERATOR: Final = ("orders", "payments review", "reminders due", "office list")
TYPED: Final = ("--help", *(f"{each} --help" for each in HELPS), *OF_THE_OPERATOR, "doctor")
"""In this order: those that load least are first."""
A_FEW: Final = (*TYPED[:2], OF_THE_OPERATOR[0])

LOOK = """
import contextlib, io, json, runpy, sys
loaded = {}
for typed in sys.argv[1:]:
    sys.argv[:] = ["bot", *typed.split()]
    code = 0
    with contextlib.redirect_stdout(io.StringIO()):
        try:
            runpy.run_module("bot", run_name="__main__", alter_sys=True)
        except SystemExit as end:
            code = end.code or 0
    loaded[typed] = code, list(sys.modules)
print(json.dumps(loaded))
"""


@pytest.fixture(scope="module", params=[A_FEW, *long((TYPED,))], ids=len)
def loaded(
    request: pytest.FixtureRequest, sqlite_files: SqliteFiles, tmp_path_factory: pytest.TempPathFactory
) -> Loaded:
    """What `python -m bot` has loaded after each of what is typed."""
    folder = tmp_path_factory.mktemp("loaded")
    environment = {
        "PYTHONPATH": str(ROOT),
        "DATABASE_URL": sqlite_files.new(folder),
        "DATA_KEYS": KEY,
        "CATALOGUE": str(ROOT / "catalogue.toml"),
        "BOT_TOKEN": "1000000002:a-token-that-opens-nothing-at-all-either",
        "BOT_API_URL": f"http://127.0.0.1:{free_port()}",
    }
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", LOOK, *request.param],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return {typed: (code, set(names)) for typed, (code, names) in json.loads(done.stdout).items()}


def test_help_loads_neither_libraries_nor_services(loaded: Loaded) -> None:
    code, found = loaded["--help"]
    assert code == 0
    assert "typer" in found
    assert not found & HEAVY
    assert not {
        name for name in found if name.startswith(("bot.services", "bot.db", "bot.settings", "bot.demo"))
    }


@pytest.mark.parametrize(
    ("loaded", "command"),
    [(A_FEW, HELPS[0]), *long(*((TYPED, each) for each in HELPS[1:]))],
    indirect=["loaded"],
)
def test_the_help_of_a_command_of_the_operator_loads_no_more(loaded: Loaded, command: str) -> None:
    code, found = loaded[f"{command} --help"]
    assert code == 0
    assert not found & HEAVY


def test_commands_of_the_operator_do_not_load_what_talks_to_telegram(loaded: Loaded) -> None:
    for typed in set(OF_THE_OPERATOR) & set(loaded):
        code, found = loaded[typed]
        assert (typed, code) == (typed, 0)
        assert "sqlalchemy" in found
        assert (typed, found & (TALKING | FOR_OTHERS)) == (typed, set())


@pytest.mark.soak
@pytest.mark.parametrize("loaded", [TYPED], indirect=True, ids=len)
def test_the_doctor_who_looks_at_telegram_loads_none_of_the_bot_that_speaks_with_it(loaded: Loaded) -> None:
    code, found = loaded["doctor"]
    assert code == 1
    assert "httpx" in found, "it has asked"
    assert not found & (TALKING | FOR_OTHERS) - {"httpx", "redis"}
