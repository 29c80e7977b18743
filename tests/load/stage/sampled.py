"""Runs the bot and notes who holds the interpreter: ``python -m tests.load.stage.sampled FILE run``.

SIGUSR1 begins, a second one ends and writes JSON to FILE: `samples`, how often the main thread was in the code of each
package, sampled by the processor's time; and `threads`, the seconds of the processor that each thread has used
meanwhile, by its name, as the kernel counts them. What a library does in C counts for the Python code that called it.
"""

import json
import runpy
import signal
import sys
import sysconfig
import threading
from collections import Counter, defaultdict
from pathlib import Path
from types import FrameType

_EVERY_SECONDS = 0.001
_NANO = 1_000_000_000
_PACKAGES = sysconfig.get_path("purelib")
_STANDARD = sysconfig.get_path("stdlib")
_OURS = str(Path(__file__).parents[3])
_WAITING = "selectors"
"""Where the main thread is while it waits: the time is another thread's."""


def package_of(file: str) -> str:
    """Whose a file is: a library's, a module's of the standard library, or a room's of ours."""
    for root in (_PACKAGES, _STANDARD, _OURS):
        if file.startswith(root):
            first, *rest = Path(file).relative_to(root).with_suffix("").parts
            return f"{first}/{rest[0]}" if first == "bot" and rest else first
    return "generated code"


class Sampler:
    """Counts while it is on."""

    def __init__(self, path: Path) -> None:
        """Write to `path` in the end."""
        self._path = path
        self._samples: Counter[str] = Counter()
        self._files: dict[str, str] = {}
        self._before: dict[str, float] | None = None

    def turn(self, _number: int, _frame: FrameType | None) -> None:
        """Begin, or end and write."""
        if self._before is None:
            self._before = _used()
            signal.setitimer(signal.ITIMER_PROF, _EVERY_SECONDS, _EVERY_SECONDS)
            return
        signal.setitimer(signal.ITIMER_PROF, 0)
        used = {name: seconds - self._before.get(name, 0) for name, seconds in _used().items()}
        found = {"samples": dict(self._samples.most_common()), "threads": used}
        self._path.write_text(json.dumps(found), encoding="utf-8")

    def sample(self, _number: int, frame: FrameType | None) -> None:
        """Look where the main thread is."""
        if frame is None:
            return
        file = frame.f_code.co_filename
        if file not in self._files:
            self._files[file] = package_of(file)
        if self._files[file] != _WAITING:
            self._samples[self._files[file]] += 1


def _used() -> dict[str, float]:
    """Seconds of the processor of each thread that lives, those of one name together."""
    found: dict[str, float] = defaultdict(float)
    for thread in threading.enumerate():
        text = Path(f"/proc/self/task/{thread.native_id}/schedstat").read_text(encoding="ascii")
        found[thread.name.partition("-")[0]] += int(text.split()[0]) / _NANO
    return dict(found)


if __name__ == "__main__":
    sampler = Sampler(Path(sys.argv[1]))
    signal.signal(signal.SIGUSR1, sampler.turn)
    signal.signal(signal.SIGPROF, sampler.sample)
    sys.argv = ["bot", *sys.argv[2:]]
    runpy.run_module("bot", run_name="__main__", alter_sys=True)
