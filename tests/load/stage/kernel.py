"""What the kernel says of a process: its processor time and its memory. Linux only."""

import asyncio
import os
import time
from pathlib import Path

_WHOLE_PROCESS = 2
"""CPUCLOCK_SCHED without the bit of a single thread: linux/posix-timers.h."""
_KIB = 1024
_PEAK = "5"
"""What makes /proc/PID/clear_refs forget it: proc_pid_clear_refs(5)."""
_NANOSECONDS = 10**9
_IDLE_SHARE = 0.02
"""A process that takes less of a processor is only waiting."""


def cpu_seconds(pid: int) -> float:
    """The processor time that a process has taken, all of its threads together, those that ended too.

    Nanoseconds, where /proc/PID/stat counts in ticks of ten milliseconds.

    Raises:
        OSError: there is no such process.
    """
    return time.clock_gettime(~pid << 3 | _WHOLE_PROCESS)


async def quiet(pid: int, within: float = 300.0) -> None:
    """Wait until a process has nothing to do, after its start for example.

    Raises:
        TimeoutError: it has, still, after so many seconds.
    """
    async with asyncio.timeout(within):
        used = cpu_seconds(pid)
        while True:
            await asyncio.sleep(1)
            before, used = used, cpu_seconds(pid)
            if used - before < _IDLE_SHARE:
                return


def resident_mib(pid: int) -> float:
    """The memory that a process has in RAM now, in MiB.

    Raises:
        OSError: there is no such process.
    """
    return _status_mib(pid, "VmRSS:")


def forget_the_peak() -> float:
    """Count the peak of this process's memory anew, from what it has in RAM now, which is given in MiB."""
    Path("/proc/self/clear_refs").write_text(_PEAK, encoding="ascii")
    return peak_mib()


def peak_mib() -> float:
    """The most that this process had in RAM, in MiB."""
    return _status_mib(os.getpid(), "VmHWM:")


def _status_mib(pid: int, name: str) -> float:
    text = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(next(line.split()[1] for line in text.splitlines() if line.startswith(name))) / _KIB


def wanted_seconds(pid: int) -> float:
    """How long the first thread of a process has had a processor, or waited for one that somebody else had.

    Raises:
        OSError: there is no such process, or the kernel does not count this.
    """
    ran, waited, _ = Path(f"/proc/{pid}/schedstat").read_text(encoding="ascii").split()
    return (int(ran) + int(waited)) / _NANOSECONDS


def cores_taken() -> float:
    """The processor time that all have taken together, in seconds, since the machine was started."""
    user, nice, system, _, _, irq, softirq, *_ = map(int, _first_line("/proc/stat").split()[1:])
    return (user + nice + system + irq + softirq) / os.sysconf("SC_CLK_TCK")


def _first_line(path: str) -> str:
    with Path(path).open(encoding="ascii") as file:
        return file.readline()
