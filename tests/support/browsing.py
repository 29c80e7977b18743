"""One browser, and one tab in it, for all tests of a process.

A plugin of pytest. A browser takes a second of a core to begin, and as long to draw its first page. What a test opens
in it, it closes: contexts of its own, or the tab, which it takes `as_new`. Tests that ask for it run on the loop of the
session (``pytest.mark.asyncio(loop_scope="session")``).
"""

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import pytest_asyncio

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def browser() -> AsyncIterator["Browser"]:
    """A Chromium without a window."""
    from tests.support.browser import chromium  # who looks at no page does not load it

    async with chromium() as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def tab(browser: "Browser") -> AsyncIterator["Page"]:
    """An Italian desktop window in it."""
    from tests.support.browser import italian_tab

    async with italian_tab(browser) as opened:
        yield opened
