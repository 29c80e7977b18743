"""What `make` would do on a clone: the same lock by either installer, and no option that goes unheard."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="no make here: install it")


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A folder as it is cloned: what `make` looks at, and nothing installed."""
    for name in ("Makefile", "requirements.txt", "requirements-dev.txt"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def planned(clone: Path, *words: str, uv: bool = False) -> str:
    """The commands that `make` would run, with `uv` at hand or without."""
    tools = clone / "tools"
    tools.mkdir()
    for name in ("sh", "make", "getconf", "expr"):
        if (found := shutil.which(name)) is not None:
            (tools / name).symlink_to(found)
    if uv:
        (tools / "uv").write_text("#!/bin/sh\n")
        (tools / "uv").chmod(0o755)
    environment = {"PATH": str(tools), "HOME": os.environ.get("HOME", "/")}
    done = subprocess.run(  # noqa: S603 - the words of the tests below
        [str(tools / "make"), "--dry-run", *words],
        cwd=clone,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


@pytest.mark.parametrize(("target", "lock"), [("demo", "requirements.txt"), ("test", "requirements-dev.txt")])
def test_both_installers_take_the_lock_and_its_hashes(clone: Path, target: str, lock: str) -> None:
    said = planned(clone, target, uv=True)
    by_uv, by_pip = re.findall(rf"(\S+ (?:-m )?pip .*?--require-hashes --no-deps -r {re.escape(lock)})", said)
    assert by_uv.split()[0].endswith("/tools/uv")
    assert "-m pip" in by_pip, "pip takes over where uv fails"


def test_without_uv_pip_does_it_all(clone: Path) -> None:
    said = planned(clone, "demo")
    assert "-m pip" in said
    assert "--require-hashes --no-deps -r requirements.txt" in said
    assert "/uv" not in said


@pytest.mark.parametrize(
    ("words", "ends"), [((), "-m bot demo "), (("PORT=8090",), "-m bot demo --port 8090")]
)
def test_the_demo_is_served_where_it_is_asked_for(clone: Path, words: tuple[str, ...], ends: str) -> None:
    assert planned(clone, "demo", *words).rstrip("\n").endswith(ends)


@pytest.mark.parametrize("name", ["Makefile", "requirements.txt", "requirements-dev.txt", "pyproject.toml"])
def test_no_index_has_its_address_here(name: str) -> None:
    written = (ROOT / name).read_text(encoding="utf-8")
    assert re.findall(r"--(?:extra-)?index-url \S+|--find-links \S+|https?://\S*simple", written) == []
