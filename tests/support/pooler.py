"""A real pgbouncer before the PostgreSQL of the tests, where the machine has the program."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import make_url

from tests.support.databases import POSTGRESQL
from tests.support.process import free_port, wait_until_open

_PROGRAM = shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
_LENT = {"transaction": 3, "session": 30}


def why_no_pgbouncer() -> str | None:
    """Return why pgbouncer cannot be used here, in one line; ``None`` when it can."""
    return None if _PROGRAM else "no pgbouncer on this machine (Debian's package pgbouncer has it)"


@contextmanager
def pgbouncer(folder: Path, mode: str) -> Iterator[str]:
    """Run one for the length of a ``with`` block, which receives ``host:port``; `mode` is session or transaction.

    By transactions it lends three connections of the server, so that clients take turns on them.
    """
    assert _PROGRAM is not None
    server, port = make_url(POSTGRESQL), free_port()
    settings = folder / "pgbouncer.ini"
    password = f" password={server.password}" if server.password else ""
    settings.write_text(
        f"""
[databases]
* = host={server.host} port={server.port or 5432} user={server.username}{password}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
pool_mode = {mode}
default_pool_size = {_LENT[mode]}
max_client_conn = 200
"""
    )
    folder.chmod(0o755)
    settings.chmod(0o644)
    as_nobody = ["-u", "nobody"] if os.geteuid() == 0 else []
    running = subprocess.Popen(  # noqa: S603 - the program that was found, on a file of our own
        [_PROGRAM, "-q", *as_nobody, str(settings)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        wait_until_open(port)
        yield f"127.0.0.1:{port}"
    finally:
        running.terminate()
        running.wait()
