"""The event loop that a process runs in."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


def run_in_loop(main: Coroutine[Any, Any, T]) -> T:
    """Run `main` to its end, and return what it returns.

    In uvloop's loop a tap costs a sixth less than in Python's own, which is there where uvloop cannot be: on Windows.
    """
    try:
        import uvloop
    except ImportError:
        return asyncio.run(main)
    return uvloop.run(main)
