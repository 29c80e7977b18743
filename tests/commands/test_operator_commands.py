"""The operator's commands as they are typed: what they print, and what they exit with."""

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pytest

from bot.db.keys import KeyRing
from bot.playground.runner import serve_playground
from bot.playground.world import World
from tests.support import births
from tests.support.births import ROOT
from tests.support.long_runs import long, some

TOKEN = "1000000002:a-token-that-opens-nothing-at-all-either"


@dataclass(frozen=True, slots=True)
class Done:
    """What a command wrote, and what it exited with."""

    returncode: int
    stdout: str
    stderr: str


def rinnovo(folder: Path, *words: str, **environment: str) -> Done:
    """Run a command in a folder of its own, with nothing of this machine's settings."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        born = births.start(
            "bot",
            *words,
            folder=folder,
            environment=clean() | environment,
            out=out.fileno(),
            err=err.fileno(),
        )
        code = born.wait()
        written = [_all_of(file) for file in (out, err)]
    return Done(code, *written)


def _all_of(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode()


def clean() -> dict[str, str]:
    """The environment of a command that was told nothing."""
    ours = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {**ours, "PYTHONPATH": str(ROOT), "NO_COLOR": "1", "COLUMNS": "200"}


@pytest.fixture
def settings(tmp_path: Path) -> dict[str, str]:
    return {
        "BOT_TOKEN": TOKEN,
        "DATA_KEYS": KeyRing.new_key(),
        "DATABASE_URL": f"sqlite:///{tmp_path}/rinnovo.db",
    }


@pytest.mark.parametrize(("command", "says"), [("--help", "doctor"), *long(("doctor", "✓ texts"))])
def test_it_is_typed_as_a_module_of_python(tmp_path: Path, command: str, says: str) -> None:
    """The other tests fork what this one starts."""
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-m", "bot", command],
        cwd=tmp_path,
        env=clean(),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    forked = rinnovo(tmp_path, command)
    assert (done.returncode, done.stdout, done.stderr) == (forked.returncode, forked.stdout, forked.stderr)
    assert says in done.stdout


@pytest.mark.parametrize("command", some(["run", "web", "worker"], 1))
def test_nothing_starts_without_token_and_key_and_each_is_named(tmp_path: Path, command: str) -> None:
    done = rinnovo(tmp_path, command)
    assert done.returncode == 2
    lines = done.stderr.splitlines()
    assert len(lines) == 2
    assert any(line.startswith("BOT_TOKEN is missing") for line in lines)
    assert any(line.startswith("DATA_KEYS is missing") for line in lines)


def test_migrate_twice_is_the_same(tmp_path: Path, settings: dict[str, str]) -> None:
    first = rinnovo(tmp_path, "migrate", **settings)
    assert (first.returncode, first.stdout) == (0, "The database was updated.\n")
    second = rinnovo(tmp_path, "migrate", **settings)
    assert (second.returncode, second.stdout) == (0, "The database is up to date.\n")


@pytest.mark.soak
def test_an_operator_begins_with_migrate_import_invite(tmp_path: Path, settings: dict[str, str]) -> None:
    import asyncio

    assert rinnovo(tmp_path, "migrate", **settings).returncode == 0
    imported = rinnovo(tmp_path, "import", str(ROOT / "samples/mailboxes.csv"), **settings)
    assert imported.returncode == 0, imported.stderr

    async def invite(*words: str) -> Done:
        world = World(TOKEN, name="Rinnovo", username="rinnovo_demo_bot")
        async with serve_playground(world) as address:
            return await asyncio.to_thread(
                rinnovo, tmp_path, "invite", *words, BOT_API_URL=address, **settings
            )

    link = asyncio.run(invite("ESEMPIO-01", "--mailbox", "maria.esempio@pec.example"))
    assert link.returncode == 0, link.stderr
    address, _, token = link.stdout.strip().partition("?start=")
    assert address == "https://t.me/rinnovo_demo_bot"
    assert 20 <= len(token) <= 64
    nobody = asyncio.run(invite("NESSUNO"))
    assert nobody.returncode == 1
    assert nobody.stderr.startswith("There is no customer NESSUNO")


def test_the_doctor_names_what_is_wrong_and_what_to_do(tmp_path: Path, settings: dict[str, str]) -> None:
    done = rinnovo(tmp_path, "doctor", BOT_API_URL="http://127.0.0.1:9", **settings)
    assert done.returncode == 1
    lines = {line.split(" ", 2)[1].rstrip(":"): line for line in done.stdout.splitlines()}
    assert lines["settings"].startswith("✓")
    assert lines["catalogue"].startswith("✓")
    assert "example" in lines["catalogue"]
    assert lines["texts"].startswith("✓"), lines["texts"]
    assert lines["database"].startswith("✗")
    assert "migrate" in lines["database"]
    assert lines["Telegram"].startswith("✗")
    assert lines["SMTP"].startswith("- ")
    assert lines["Redis"].startswith("- ")
    assert TOKEN not in done.stdout + done.stderr


@pytest.mark.soak
def test_the_doctor_says_that_split_payment_has_ended(tmp_path: Path, settings: dict[str, str]) -> None:
    """The shipped catalogue's authorisation ended on 30 June 2026, and the machine's clock is later than that."""
    done = rinnovo(tmp_path, "doctor", BOT_API_URL="http://127.0.0.1:9", **settings)
    assert "! split payment: authorised until 2026-06-30 as far as the catalogue knows" in done.stdout


@pytest.mark.soak
def test_the_doctor_finds_mailboxes_whose_plan_was_taken_out(
    tmp_path: Path, settings: dict[str, str]
) -> None:
    assert rinnovo(tmp_path, "migrate", **settings).returncode == 0
    assert rinnovo(tmp_path, "import", str(ROOT / "samples/mailboxes.csv"), **settings).returncode == 0
    catalogue = (
        (ROOT / "catalogue.toml").read_text(encoding="utf-8").replace("[plans.light]", "[plans.other]")
    )
    (tmp_path / "mine.toml").write_text(catalogue, encoding="utf-8")
    done = rinnovo(
        tmp_path,
        "doctor",
        **settings,
        CATALOGUE=str(tmp_path / "mine.toml"),
        BOT_API_URL="http://127.0.0.1:9",
    )
    assert "✗ database: mailboxes have plans that the catalogue does not: light." in done.stdout


@pytest.mark.soak
def test_the_doctor_finds_redis_away(tmp_path: Path, settings: dict[str, str]) -> None:
    away = {"REDIS_URL": "redis://:hidden@127.0.0.1:9/0", "BOT_API_URL": "http://127.0.0.1:9"}
    done = rinnovo(tmp_path, "doctor", **settings, **away)
    (line,) = [line for line in done.stdout.splitlines() if "Redis" in line]
    assert line == "✗ Redis: it cannot be reached (ConnectionError): check REDIS_URL"
    assert "hidden" not in done.stdout + done.stderr


@pytest.mark.soak
def test_the_doctor_finds_a_key_that_does_not_open_the_data(tmp_path: Path, settings: dict[str, str]) -> None:
    assert rinnovo(tmp_path, "migrate", **settings).returncode == 0
    assert "✓ database" in rinnovo(tmp_path, "doctor", **settings, BOT_API_URL="http://127.0.0.1:9").stdout
    other = settings | {"DATA_KEYS": KeyRing.new_key(), "BOT_API_URL": "http://127.0.0.1:9"}
    done = rinnovo(tmp_path, "doctor", **other)
    assert "✗ database: DATA_KEYS does not open it" in done.stdout
