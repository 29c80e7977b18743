"""A real nginx before the bot, where the machine has the program."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.process import free_port

_PROGRAM = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
_WITHIN_SECONDS = 10.0


def why_no_nginx() -> str | None:
    """Return why nginx cannot be used here, in one line; ``None`` when it can."""
    return None if _PROGRAM else "no nginx on this machine (Debian's package nginx-light has it)"


@contextmanager
def nginx(folder: Path, locations: str) -> Iterator[str]:
    """Run one with these `location` blocks for the length of a ``with`` block, which receives its address."""
    assert _PROGRAM is not None
    port = free_port()
    paths = "".join(
        f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    settings = folder / "nginx.conf"
    settings.write_text(
        f"{'user root;' if os.geteuid() == 0 else ''} daemon off; worker_processes 1; pid {folder}/nginx.pid;\n"
        f"error_log {folder}/error.log; events {{ worker_connections 64; }}\n"
        f"http {{ access_log off; {paths} server {{ listen 127.0.0.1:{port}; {locations} }} }}\n",
        encoding="utf-8",
    )
    running = subprocess.Popen(  # noqa: S603 - the program that was found, on a file of our own
        [_PROGRAM, "-p", str(folder), "-c", str(settings)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        running.terminate()
        running.wait()


def _wait_for(port: int) -> None:
    until = time.monotonic() + _WITHIN_SECONDS
    while time.monotonic() < until:
        with socket.socket() as trying:
            if trying.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise TimeoutError("nginx does not listen")
