"""Starts the bot many times at the cost of one start: imports everything once, and forks a process for each.

A line on the standard input asks for one; its process number comes on the standard output. What a process does
after the fork is what ``python -m bot run`` does after its imports. Run with the name of the log as its argument.
"""

import os
import signal
import sys

from bot.cli import main
from bot.running.loading import loading

with loading():
    import bot.running.process  # noqa: F401 - what `run` loads, loaded once for all


def serve(log: str) -> None:
    """Fork as often as asked, until nobody asks any more."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the dead need nobody to bury them
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            be_born(log)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()


def be_born(log: str) -> None:
    """Become a bot."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    with open(os.devnull, "rb") as nothing, open(log, "ab") as written:  # noqa: PTH123 - only the numbers are used
        os.dup2(nothing.fileno(), 0)
        os.dup2(written.fileno(), 1)
        os.dup2(written.fileno(), 2)
    sys.argv = ["bot", "run"]
    try:
        main()
    finally:
        os._exit(0)


if __name__ == "__main__":
    serve(sys.argv[1])
