"""Starts processes at the cost of a fork: everything is imported once, and each of them begins where imports end.

The texts are parsed, too: a process that finds others in their files parses those.

``python -m tests.support.nursery 5`` takes orders at the listening socket that is its descriptor 5
(`tests.support.births` is the other side, `tests.support.nursery_keeper` starts it). Each is a line with the module to
run as ``python -m`` would, its words, its folder and its environment; three descriptors come with it: standard output,
standard error, and a socket that is told the number of the process, and at its end what it exited with. The modules of
the commands are imported by each process itself: what they make of the environment, they make of its own.
"""

import contextlib
import importlib
import json
import os
import runpy
import selectors
import socket
import sys
import time
from functools import cache
from typing import Any, cast

import certifi

from bot.running.loading import loading

HEAVY = (
    "aiosmtplib",
    "aiosqlite",
    "alembic.autogenerate",
    "alembic.command",
    "anyio._backends._asyncio",
    "apscheduler.triggers.interval",
    "bot.demo.stage",
    "bot.demo.walkthrough",
    "bot.running.process",
    "bot.services.importing",
    "bot.services.office.decisions",
    "bot.services.office.order_book",
    "bot.services.office.worklist",
    "bot.texts.check",
    "holidays.countries",
    "httpcore",
    "phonenumbers.data.region_IT",
    "pydantic.v1",
    "redis.asyncio",
    "rich.console",
    "typer",
    "uvicorn.lifespan.off",
    "uvicorn.protocols.http.auto",
    "uvicorn.protocols.websockets.auto",
    "webbrowser",
)
"""What processes import that tests start."""

_LAST_LOOKS = 100
_PAUSE_SECONDS = 0.01


def serve(door: socket.socket) -> dict[str, Any] | None:
    """Fork for each order of those who come in at the door; return it in the new process.

    In the nursery itself, return nothing when standard input ends: nobody can order any more.
    """
    with contextlib.ExitStack() as opened, selectors.DefaultSelector() as ears:
        ears.register(sys.stdin, selectors.EVENT_READ)
        ears.register(opened.enter_context(door), selectors.EVENT_READ)
        while True:
            for heard, _ in ears.select():
                if heard.fileobj is sys.stdin:
                    _bury_the_last()
                    return None
                if heard.fileobj is door:
                    guest, _ = door.accept()
                    ears.register(opened.enter_context(guest), selectors.EVENT_READ)
                    _import_everything()
                    continue
                guest = cast("socket.socket", heard.fileobj)
                if (received := _next(guest)) is None:
                    ears.unregister(guest)
                    guest.close()
                    continue
                order, (out, err, teller) = received
                if os.fork() == 0:
                    opened.close()
                    with socket.socket(fileno=teller) as told:
                        return _keep(order, out, err, told)
                for descriptor in (out, err, teller):
                    os.close(descriptor)
                _bury()


_put_by_imports: dict[str, str] = {}
"""What modules have put into the environment when they were imported, for those that they import."""


@cache
def _import_everything() -> None:
    before = dict(os.environ)
    with loading():
        for name in HEAVY:
            importlib.import_module(name)
        from sqlalchemy.orm import configure_mappers

        from bot.texts import Texts
        from tests.support import hasty_sqlite

        Texts.load()
        hasty_sqlite.hasten()
        configure_mappers()
    _put_by_imports.update({name: value for name, value in os.environ.items() if name not in before})


def _next(orders: socket.socket) -> tuple[dict[str, Any], list[int]] | None:
    line, descriptors, _, _ = socket.recv_fds(orders, 65536, 3)
    while line and not line.endswith(b"\n"):
        line += orders.recv(65536)
    return (json.loads(line), descriptors) if line else None


def _bury() -> bool:
    """Wait for those who have ended: what they took of the processor is counted with the tests'; whether it is all."""
    try:
        while os.waitpid(-1, os.WNOHANG) != (0, 0):
            pass
    except ChildProcessError:
        return True
    return False


def _bury_the_last() -> None:
    """The same at the end of the run, when those who have told their end may be about to be gone."""
    for _ in range(_LAST_LOOKS):
        if _bury():
            return
        time.sleep(_PAUSE_SECONDS)


def _keep(order: dict[str, Any], out: int, err: int, told: socket.socket) -> dict[str, Any]:
    """Fork once more: the one is the process, the other waits for its end and tells it."""
    number = os.fork()
    if number:
        told.sendall(f"{number}\n".encode())
        os.close(out)
        os.close(err)
        _, status = os.waitpid(number, 0)
        told.sendall(f"{os.waitstatus_to_exitcode(status)}\n".encode())
        os._exit(0)
    told.close()
    nothing = os.open(os.devnull, os.O_RDONLY)
    for ours, theirs in ((nothing, 0), (out, 1), (err, 2)):
        os.dup2(ours, theirs)
        os.close(ours)
    return order


def run(order: dict[str, Any]) -> None:
    """Be the process that was ordered."""
    os.chdir(order["folder"])
    os.environ.clear()
    os.environ.update({**_put_by_imports, **order["environment"]})
    certifi.where = lambda: os.environ["SSL_CERT_FILE"]
    sys.argv = [order["module"], *order["words"]]
    runpy.run_module(order["module"], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    ordered = serve(socket.socket(fileno=int(sys.argv[1])))
    if ordered is not None:
        run(ordered)
