"""What a process calls itself in what it holds for a while: leases, places, rows that it has claimed."""

import os
import secrets
import socket


def process_name() -> str:
    """A new name of at most 64 characters, unlike any other: by host and number an operator finds the process."""
    return f"{socket.gethostname()[:32]}-{os.getpid()}-{secrets.token_hex(4)}"
