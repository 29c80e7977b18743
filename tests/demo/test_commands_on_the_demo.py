"""What a newcomer types after a play, as the README says it: the operator's commands, on the demo's own database."""

import shlex
import stat
import subprocess
import tempfile
from pathlib import Path

import pytest

from tests.support import births
from tests.support.births import ROOT
from tests.support.staging import on_stage


async def types(folder: Path, *words: str) -> tuple[int, str]:
    """Type a command as the README has it; what it ends with, and all that it says."""
    with tempfile.TemporaryFile() as out:
        born = births.start(
            "bot", *words, folder=ROOT, environment=read_by_a_shell(folder / "demo.env"), out=out.fileno()
        )
        code = await born.ended()
        out.seek(0)
        return code, out.read().decode()


def read_by_a_shell(file: Path) -> dict[str, str]:
    """The environment of a command that is typed in a shell after the file was read there."""
    done = subprocess.run(  # noqa: S603 - our own words
        ["/bin/sh", "-c", f"set -a; . {shlex.quote(str(file))}; exec env -0"],
        env={"PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(line.split("=", 1) for line in done.stdout.split("\0") if line)


@pytest.mark.soak
async def test_while_it_runs_and_afterwards_the_commands_find_what_was_played(tmp_path: Path) -> None:
    folder = tmp_path / "a demo's folder"
    async with on_stage(folder, None) as play:
        assert stat.S_IMODE((folder / "demo.env").stat().st_mode) == 0o600
        code, said = await types(folder, "people", "list")
        assert code == 0, said
        assert "ESEMPIO-01" in said

        code, said = await types(folder, "invite", "ESEMPIO-01")
        assert code == 0, said
        (line,) = said.splitlines()
        assert line.startswith("Write this in a chat of the demo: /start ")
        await play.phone.write(line.partition(": ")[2])
        bound = await types(folder, "people", "list")
        assert bound[1].splitlines()[1].endswith("\t1"), "the chat is linked"

    code, said = await types(folder, "orders")
    assert code == 0, said
    code, said = await types(folder, "invite", "ESEMPIO-01")
    assert (code, "/start" in said) == (0, True), "without any network"


async def test_nobody_else_is_invited_to_a_demo_without_a_line_that_says_why(tmp_path: Path) -> None:
    async with on_stage(tmp_path / "demo", None):
        code, said = await types(tmp_path / "demo", "invite", "ROSSI")
    assert code == 1
    assert said.splitlines() == [
        "There is no customer ROSSI: import the mailbox file first, or check the spelling."
    ]
