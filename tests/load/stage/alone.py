"""A measure has a folder for what it writes, and the folder goes with it."""

import asyncio
import tempfile
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from rich.console import Console

from tests.load.stage.interrupts import end_on_sigterm
from tests.load.stage.paper import paper

Bench = Callable[[Console, Path], Coroutine[Any, Any, None]]
"""Measures in a folder, and prints a table."""


def run(bench: Bench, console: Console) -> None:
    """Let `bench` measure, and print on `console`."""
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(bench(console, Path(folder)))


def alone(bench: Bench) -> None:
    """Let it be all that this process does."""
    end_on_sigterm()
    run(bench, paper())
