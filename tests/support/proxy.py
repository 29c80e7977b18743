"""A real nginx before the bot, where the machine has the program."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.process import free_port, wait_until_open

_PROGRAM = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


def why_no_nginx() -> str | None:
    """Return why nginx cannot be used here, in one line; ``None`` when it can."""
    return None if _PROGRAM else "no nginx on this machine (Debian's package nginx-light has it)"


@contextmanager
def nginx(folder: Path, locations: str) -> Iterator[str]:
    """Run one with these `location` blocks for the length of a ``with`` block, which receives its address."""
    port = free_port()
    running = subprocess.Popen(  # noqa: S603 - the program that was found, on a file of our own
        nginx_command(folder, f"server {{ listen 127.0.0.1:{port}; {locations} }}"),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_until_open(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        running.terminate()
        running.wait()


def nginx_command(folder: Path, http: str) -> list[str]:
    """Write the settings of one that keeps everything in `folder` and does what `http` says; return what starts it."""
    assert _PROGRAM is not None
    paths = "".join(
        f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    settings = folder / "nginx.conf"
    settings.write_text(
        f"{'user root;' if os.geteuid() == 0 else ''} daemon off; worker_processes 1; pid {folder}/nginx.pid;\n"
        f"error_log {folder}/error.log; events {{ worker_connections 512; }}\n"
        f"http {{ access_log off; {paths}\n{http}\n}}\n",
        encoding="utf-8",
    )
    return [_PROGRAM, "-p", str(folder), "-c", str(settings)]
