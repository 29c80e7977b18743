"""Compiles the tests on one core while the other imports the bot: a clean clone has no bytecode yet.

``python -m tests.support.compiling`` writes what importing each file of the tests, or of the package that is named,
would write, with its assertions rewritten where pytest does so. Who imports a file before its turn writes it as well:
the one is as good as the other.
"""

import compileall
import sys
from pathlib import Path

import pytest
from _pytest.assertion import AssertionState
from _pytest.assertion.rewrite import (
    PYC_TAIL,
    AssertionRewritingHook,
    _read_pyc,
    _rewrite_test,
    _write_pyc,
    get_cache_dir,
)

TESTS = Path(__file__).parents[1]


def compile_tests(folder: Path = TESTS) -> None:
    """Compile the Python files below a folder, a package, that have not been since they were changed."""
    config = pytest.Config.fromdictargs({}, ["-p", "no:cacheprovider", str(folder)])
    state, hook = AssertionState(config, "rewrite"), AssertionRewritingHook(config)
    for path in sorted(folder.rglob("*.py")):
        name = ".".join(path.relative_to(folder.parent).with_suffix("").parts)
        if not hook._should_rewrite(name, str(path), state):
            compileall.compile_file(path, quiet=2)
            continue
        compiled = get_cache_dir(path) / f"{path.stem}{PYC_TAIL}"
        if _read_pyc(path, compiled) is None:
            compiled.parent.mkdir(exist_ok=True)
            facts, code = _rewrite_test(path, config)
            _write_pyc(state, code, facts, compiled)


if __name__ == "__main__":
    sys.dont_write_bytecode = False
    compile_tests(*(Path(each) for each in sys.argv[1:]))
