"""What a clean clone compiles while it has a core to spare: the very bytecode that importing would write."""

import subprocess
import sys
from pathlib import Path

import pytest
from _pytest.assertion.rewrite import PYC_TAIL

from tests.support.births import ROOT


def _package(folder: Path, name: str) -> Path:
    package = folder / name / "tests"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "words.py").write_text("WORD = 'a'\n", encoding="utf-8")
    (package / "test_words.py").write_text(
        "from tests.words import WORD\n\n\ndef test_word():\n    assert WORD == 'b'\n", encoding="utf-8"
    )
    return package


def _compile(package: Path) -> None:
    """In a process of its own, as a run does it."""
    subprocess.run([sys.executable, "-m", "tests.support.compiling", package], cwd=ROOT, check=True)  # noqa: S603


def test_a_test_keeps_its_rewritten_assertions_and_everything_else_is_compiled_plainly(
    tmp_path: Path,
) -> None:
    package = _package(tmp_path, "it")
    _compile(package)
    made = {path.name for path in (package / "__pycache__").iterdir()}
    assert f"test_words{PYC_TAIL}" in made
    assert any(name.startswith("words.") and "pytest" not in name for name in made)


def test_pytest_takes_what_was_compiled_and_compiles_anew_what_was_changed(
    pytester: pytest.Pytester,
) -> None:
    package = _package(pytester.path, ".")
    _compile(package)
    compiled = package / "__pycache__" / f"test_words{PYC_TAIL}"
    before = compiled.read_bytes()
    played = pytester.runpytest_subprocess("-p", "no:cacheprovider", "tests")
    played.assert_outcomes(failed=1)
    played.stdout.fnmatch_lines(["*AssertionError: assert 'a' == 'b'*"])
    assert compiled.read_bytes() == before
    (package / "test_words.py").write_text("def test_word():\n    assert True, 'longer'\n", encoding="utf-8")
    _compile(package)
    assert compiled.read_bytes() != before
