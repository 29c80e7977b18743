"""A real Chromium, and the demo that it looks at."""

import asyncio
import os
import shutil
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from playwright.async_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    ViewportSize,
    async_playwright,
    expect,
)

from tests.support import births
from tests.support.births import ROOT
from tests.support.process import free_port

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
_READY_WITHIN = 120
_PATIENCE_MS = 60_000
"""After so long something hangs in a browser, on however busy a machine; nothing is measured with it."""
_LASTING = """
  const later = window.setTimeout;
  window.setTimeout = (act, ms, ...rest) => later(act, ms > 1000 ? ms * 30 : ms, ...rest);
"""
"""What a page shows for some seconds, as a toast, is there for minutes: a test may come late to look at it."""
DESKTOP: ViewportSize = {"width": 1280, "height": 800}
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
    expect.set_options(timeout=_PATIENCE_MS)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=chromium_path(), args=list(_ARGUMENTS), headless=True, timeout=_PATIENCE_MS
        )
        try:
            yield browser
        finally:
            await browser.close()


async def patient(browser: Browser, **options: Any) -> BrowserContext:
    """A context for a machine that may be busy; the options are those of `Browser.new_context`."""
    context = await browser.new_context(**options)
    context.set_default_timeout(_PATIENCE_MS)
    await context.add_init_script(_LASTING)
    return context


@asynccontextmanager
async def italian_tab(browser: Browser) -> AsyncIterator[Page]:
    """A tab for many tests, each of which takes it `as_new`.

    In a tab that is new indeed, Chromium takes three times as long to read and to draw the same page.
    """
    context = await patient(browser, locale="it-IT", viewport=DESKTOP)
    yield await context.new_page()
    await context.close()


@asynccontextmanager
async def as_new(tab: Page, size: ViewportSize = DESKTOP) -> AsyncIterator[list[str]]:
    """Use a tab as a new one of this size, for the length of an ``async with`` block.

    Gives what its scripts complain of until the end of the block. Whatever the block has opened, stored, allowed or
    routed is gone then.
    """
    complaints: list[str] = []

    def hear_error(error: Error) -> None:
        complaints.append(str(error))

    def hear_console(said: ConsoleMessage) -> None:
        if said.type == "error":
            complaints.append(said.text)

    await tab.set_viewport_size(size)
    tab.on("pageerror", hear_error)
    tab.on("console", hear_console)
    try:
        yield complaints
    finally:
        for page in tab.context.pages:
            if page is not tab:
                await page.close()
        await tab.evaluate("localStorage.clear(); sessionStorage.clear()")
        await tab.goto("about:blank")
        tab.remove_listener("pageerror", hear_error)
        tab.remove_listener("console", hear_console)
        await tab.context.unroute_all()
        await tab.context.clear_cookies()
        await tab.context.clear_permissions()


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
    reading, writing = os.pipe()
    process = births.start(
        "bot",
        "demo",
        "--port",
        str(port),
        "--folder",
        str(folder / "demo"),
        "--at",
        f"{at:%Y-%m-%dT%H:%M}",
        *([] if only is None else ["--only", only]),
        folder=folder,
        environment=environment,
        out=writing,
    )
    os.close(writing)
    written = asyncio.StreamReader()
    pipe, _ = await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(written), os.fdopen(reading, "rb")
    )
    address = f"http://127.0.0.1:{port}"
    draining: asyncio.Task[bytes] | None = None
    try:
        await _ready(written, address)
        draining = asyncio.create_task(written.read())
        yield address
    finally:
        await process.end(signal.SIGTERM)
        if draining is not None:
            await draining
        pipe.close()


async def _ready(written: asyncio.StreamReader, address: str) -> None:
    """Read what it writes until it says where it plays."""
    lines = []
    async with asyncio.timeout(_READY_WITHIN):
        while line := await written.readline():
            lines.append(line.decode())
            if address in lines[-1]:
                return
    raise RuntimeError("the demo ended: " + "".join(lines))
