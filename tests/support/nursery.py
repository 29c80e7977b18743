"""Starts processes at the cost of a fork: everything is imported once, and each of them begins where imports end.

``python -m tests.support.nursery 5`` reads orders from the socket that is its descriptor 5 (`tests.support.births` is
the other side). Each is a line with the module to run as ``python -m`` would, its words, its folder and its
environment; three descriptors come with it: standard output, standard error, and a socket that is told the number of
the process, and at its end what it exited with. The modules of the commands are imported by each process itself: what
they make of the environment, they make of its own.
"""

import importlib
import json
import os
import runpy
import socket
import sys
from typing import Any

from bot.running.loading import loading

HEAVY = (
    "aiosmtplib",
    "alembic.autogenerate",
    "alembic.command",
    "bot.demo.stage",
    "bot.demo.walkthrough",
    "bot.running.process",
    "bot.services.importing",
    "bot.services.office.decisions",
    "bot.services.office.order_book",
    "bot.services.office.worklist",
    "bot.texts.check",
    "redis.asyncio",
    "rich.console",
    "typer",
    "webbrowser",
)
"""What processes import that tests start."""


def serve(orders: socket.socket) -> dict[str, Any] | None:
    """Fork for each order; return it in the new process, and nothing when nobody can order any more."""
    while (received := _next(orders)) is not None:
        order, (out, err, teller) = received
        if os.fork() == 0:
            orders.close()
            with socket.socket(fileno=teller) as told:
                return _keep(order, out, err, told)
        for descriptor in (out, err, teller):
            os.close(descriptor)
        _bury()
    _bury()
    return None


def _next(orders: socket.socket) -> tuple[dict[str, Any], list[int]] | None:
    line, descriptors, _, _ = socket.recv_fds(orders, 65536, 3)
    while line and not line.endswith(b"\n"):
        line += orders.recv(65536)
    return (json.loads(line), descriptors) if line else None


def _bury() -> None:
    """Wait for those who have ended: what they took of the processor is counted with the tests'."""
    try:
        while os.waitpid(-1, os.WNOHANG) != (0, 0):
            pass
    except ChildProcessError:
        return


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
    os.environ.update(order["environment"])
    sys.argv = [order["module"], *order["words"]]
    runpy.run_module(order["module"], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    with loading():
        for name in HEAVY:
            importlib.import_module(name)
    with socket.socket(fileno=int(sys.argv[1])) as connection:
        ordered = serve(connection)
    if ordered is not None:
        run(ordered)
