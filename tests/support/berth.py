"""What pytest-xdist starts as a worker's Python: it hands its pipes to the crew, whose worker uses them in its place.

``python berth.py DOOR -u -c LINE``: where nobody is behind the door, it is Python as any other, ``python -u -c LINE``.
It imports as little as can be, for there is one for each worker.
"""

import os
import socket
import sys


def hand_over(address: str) -> bool:
    """Let a worker of the crew have this process's pipes, and wait for its end; whether there was one."""
    with socket.socket(socket.AF_UNIX) as crew:
        try:
            crew.connect(address)
            socket.send_fds(crew, [b"."], [0, 1])
            taken = crew.recv(1) != b""
        except OSError:
            return False
        if taken:
            # Whoever reads from the worker is to hear of its end.
            os.close(0)
            os.close(1)
            crew.recv(1)
        return taken


if __name__ == "__main__" and not hand_over(sys.argv[1]):
    os.execv(sys.executable, [sys.executable, *sys.argv[2:]])  # noqa: S606 - our own interpreter
