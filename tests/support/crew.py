"""The workers of a run, forked by one process that has imported and collected everything.

To import the bot and its tests costs eight seconds of a core, which every worker would pay: here one pays for all.

``python -m tests.support.crew tests`` takes in, at the listening socket that is its standard output, whoever hands in
the ends of a worker's two pipes (`tests.support.berth`). `tests.support.crew_keeper` has it started by the nursery,
which has imported the bot already. The worker is pytest-xdist's own, and inherits what was collected
(`tests.support.heirs`).
"""

import gc
import os
import selectors
import signal
import socket
import sys
from collections.abc import Sequence

import pytest

from tests.support.heirs import estate


def collect(chosen: Sequence[str]) -> None:
    """Import the tests that are chosen, with their assertions rewritten, and whatever they import.

    What cannot be imported is not: the workers fail there again, and say so.
    """
    pytest.main(["--collect-only", "-qq", "-p", "no:cacheprovider", *chosen], plugins=[estate])
    # What is here stays: to look at it in search of garbage would copy all its pages for each worker.
    gc.freeze()


def take_in(door: socket.socket) -> bool:
    """Fork for each who comes in; whether this is a worker, and not the crew itself when the run has ended.

    The first who comes in is the one that keeps the run: it ends when they hang up.
    """
    keeper, _ = door.accept()
    # Who interrupts the run at their keyboard means its workers, and those end the run.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with keeper, door, selectors.DefaultSelector() as ears:
        ears.register(keeper, selectors.EVENT_READ)
        ears.register(door, selectors.EVENT_READ)
        while True:
            for heard, _ in ears.select():
                if heard.fileobj is keeper:
                    break
                guest, _ = door.accept()
                _, pipes, _, _ = socket.recv_fds(guest, 1, 2)
                if len(pipes) == 2 and os.fork() == 0:
                    signal.signal(signal.SIGINT, signal.default_int_handler)
                    for ours, theirs in enumerate(pipes):
                        os.dup2(theirs, ours)
                        os.close(theirs)
                    guest.sendall(b".")
                    guest.detach()  # it is hung up when this worker ends
                    return True
                guest.close()
                for pipe in pipes:
                    os.close(pipe)
            else:
                continue
            break
    _bury()
    return False


def _bury() -> None:
    """Wait for all workers: what they took of the processor is counted with the run's."""
    try:
        while os.wait():
            pass
    except ChildProcessError:
        return


if __name__ == "__main__":
    entrance = socket.socket(fileno=os.dup(1))
    with open(os.devnull, "w") as nowhere:  # noqa: PTH123 - a name, no path
        os.dup2(nowhere.fileno(), 1)
    collect(sys.argv[1:])
    if take_in(entrance):
        # What execnet lets any Python do that it starts.
        exec(eval(sys.stdin.readline()), {"__name__": "__main__"})  # noqa: S102, S307
