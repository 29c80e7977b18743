"""A real Chromium, and the demo that it looks at."""

import asyncio
import os
import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from playwright.async_api import Browser, async_playwright

from tests.support.process import ROOT, free_port

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_READY_WITHIN = 60
MARIA = "ESEMPIO-01"
"""The customer of the sample with a single mailbox, who expires in twelve days."""
MORNING = datetime(2026, 11, 23, 8)  # noqa: DTZ001 - a clock on a wall
"""A Monday, before reminders leave."""


def chromium_path() -> str | None:
    """The Chromium of this machine, if it has one."""
    return next((path for name in _NAMES if (path := shutil.which(name))), None)


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """A browser without a window, for the length of an ``async with`` block."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=chromium_path(), args=list(_ARGUMENTS), headless=True
        )
        try:
            yield browser
        finally:
            await browser.close()


@asynccontextmanager
async def demo(folder: Path, *, at: datetime = MORNING, only: str | None = None) -> AsyncIterator[str]:
    """`python -m bot demo` as `make demo` starts it, for the length of an ``async with`` block; gives its address.

    Its clock begins `at` a moment in Rome: by itself at an hour at which no reminder leaves, so that only what somebody
    does makes the bot speak. `only` is the code of the one customer who is there.

    Raises:
        RuntimeError: it ended before it was ready; says what it wrote.
    """
    port = free_port()
    # No browser of its own: the one of the test looks at the page.
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "BROWSER": "true %s"}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "demo",
        "--port",
        str(port),
        "--folder",
        str(folder / "demo"),
        "--at",
        f"{at:%Y-%m-%dT%H:%M}",
        *([] if only is None else ["--only", only]),
        cwd=folder,
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    address = f"http://127.0.0.1:{port}"
    draining: asyncio.Task[bytes] | None = None
    try:
        await _ready(process, address)
        assert process.stdout is not None
        draining = asyncio.create_task(process.stdout.read())
        yield address
    finally:
        if process.returncode is None:
            process.terminate()
            await process.wait()
        if draining is not None:
            await draining


async def _ready(process: asyncio.subprocess.Process, address: str) -> None:
    """Read what it writes until it says where it plays."""
    assert process.stdout is not None
    written = []
    async with asyncio.timeout(_READY_WITHIN):
        while line := await process.stdout.readline():
            written.append(line.decode())
            if address in written[-1]:
                return
    raise RuntimeError("the demo ended: " + "".join(written))
