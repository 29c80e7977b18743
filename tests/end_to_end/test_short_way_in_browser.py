"""As it is, on a phone in a real browser: from the reminder to the order in six taps, and nobody scrolls once.

The page follows its newest message by itself, as a phone does. Before each tap the button is looked for where it has to
be seen: inside the chat's window, covered by nothing, and in its colour in a picture of the screen. A tap is one on the
glass at that place: it never brings anything into view.
"""

import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pytest
from playwright.async_api import Browser, FloatRect, Locator, Page, expect

from bot.texts import Texts, Translator
from tests.support.browser import MARIA, chromium_path, demo, patient

pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(chromium_path() is None, reason="no Chromium on this machine"),
    pytest.mark.asyncio(loop_scope="session"),
]

_MOST_TAPS: Final = 6
_MOST_LINES: Final = 70
_GREEN: Final = (43, 138, 62)
_PALE: Final = 199
"""The darkest that a plain button can be by day: white over the wallpaper, which shows through by a fifth."""

_AT_REST = """
async key => {
  const frame = () => new Promise(requestAnimationFrame);
  for (let still = 0, before = null; still < 4; ) {
    await frame();
    const top = key.getBoundingClientRect().top;
    still = top === before ? still + 1 : 0;
    before = top;
  }
}
"""

_UNCOVERED = """
key => {
  const { left, right, top, bottom } = key.getBoundingClientRect();
  const log = key.closest("[data-testid=log]").getBoundingClientRect();
  const places = [left + 9, (left + right) / 2, right - 9].flatMap(x => [[x, top + 3], [x, bottom - 3]]);
  return top >= log.top && bottom <= log.bottom && left >= log.left && right <= log.right
    && places.every(([x, y]) => document.elementFromPoint(x, y)?.closest("[data-testid=key]") === key);
}
"""

_COLOURS = """
async png => {
  const bytes = Uint8Array.from(atob(png), sign => sign.charCodeAt(0));
  const picture = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
  const canvas = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
  canvas.drawImage(picture, 0, 0);
  const { data } = canvas.getImageData(0, 0, picture.width, picture.height);
  const counts = new Map();
  for (let at = 0; at < data.length; at += 4) {
    const colour = data.slice(at, at + 3).join();
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const [[most]] = [...counts].sort((one, other) => other[1] - one[1]);
  const ground = most.split(",").map(Number);
  const away = colour => Math.max(...colour.split(",").map((value, place) => Math.abs(value - ground[place])));
  const share = holds =>
    [...counts].reduce((sum, [colour, count]) => sum + holds(away(colour)) * count, 0) * 4 / data.length;
  return { ground, share: share(far => far <= 16), ink: share(far => far > 60) };
}
"""
"""The commonest colour of a picture, the share that has it or nearly so, and the share of letters on it."""

_LINES = """
message => {
  const words = document.createTreeWalker(message.querySelector("[data-testid=text]"), NodeFilter.SHOW_TEXT);
  const tops = [];
  while (words.nextNode()) {
    const node = words.currentNode;
    if (node.parentElement.closest(".meta, button")) continue;
    const quote = node.parentElement.closest("blockquote")?.getBoundingClientRect();
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const { top, bottom } of range.getClientRects()) {
      if (!quote || bottom <= quote.bottom + 1) tops.push((top + bottom) / 2);
    }
  }
  return tops.sort((one, other) => one - other).filter((at, place) => place === 0 || at - tops[place - 1] > 8).length;
}
"""
"""The lines of a message as they are seen: wrapped, of a folded quote those above its fold."""


@dataclass(slots=True)
class Phone:
    """Somebody with a phone in hand, who taps what is seen and does nothing else."""

    page: Page
    aside: Page
    words: Translator
    taps: int = 0
    lines: list[int] = field(default_factory=list)

    def key(self, label: str) -> Locator:
        """The newest button that contains `label`."""
        return self.page.get_by_test_id("key").filter(has_text=label).last

    async def read(self) -> None:
        """Read the newest message: its lines are counted."""
        self.lines.append(
            await self.page.locator("[data-testid=message][data-side=bot]").last.evaluate(_LINES)
        )

    async def tap(self, label: str, *, green: bool = False) -> None:
        """Tap a button on the glass, where it is seen."""
        key = self.key(label)
        await expect(key).to_be_attached()
        await expect(self.page.locator("[data-testid=key][aria-busy]")).to_have_count(0)
        await key.evaluate(_AT_REST)
        assert await key.evaluate(_UNCOVERED), f"{label!r} is not in sight"
        place = await key.bounding_box()
        assert place is not None
        await self._is_drawn(label, place, green=green)
        await self.page.touchscreen.tap(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
        self.taps += 1

    async def _is_drawn(self, label: str, place: FloatRect, *, green: bool) -> None:
        picture = base64.b64encode(await self.page.screenshot(clip=place)).decode()
        seen = await self.aside.evaluate(_COLOURS, picture)
        assert seen["share"] > 0.6, f"{label!r} has no ground of one colour: {seen}"
        assert 0.01 < seen["ink"] < 0.4, f"no words are seen on {label!r}: {seen}"
        if green:
            assert tuple(seen["ground"]) == _GREEN, label
        else:
            assert min(seen["ground"]) >= _PALE, f"{label!r}: {seen}"


@asynccontextmanager
async def reminded(folder: Path, browser: Browser, texts: Texts, language: str) -> AsyncIterator[Phone]:
    """Maria, who has just been reminded, with the reminder in front of her."""
    async with demo(folder, only=MARIA) as address:
        context = await patient(
            browser,
            locale={"it": "it-IT", "en": "en-GB"}[language],
            viewport={"width": 390, "height": 844},
            has_touch=True,
            color_scheme="light",
            reduced_motion="reduce",
        )
        aside, page = await context.new_page(), await context.new_page()
        await page.goto(address)
        await page.locator("[data-key=person]").get_by_test_id("renew").click()
        phone = Phone(page, aside, texts.translator(language))
        await expect(phone.key({"it": "1 anno", "en": "1 year"}[language])).to_be_attached()
        await page.get_by_test_id("next-event").click()
        await expect(phone.key({"it": "Più tardi", "en": "Later"}[language])).to_be_attached()
        yield phone
        await context.close()


WORDS: Final = {
    "it": ("Rinnova per 1 anno", "Bonifico bancario", "Ordine con obbligo di pagare"),
    "en": ("Renew for 1 year", "Bank transfer", "Order with obligation to pay"),
}


@pytest.mark.parametrize("language", ["it", "en"])
async def test_from_the_reminder_to_the_order_nobody_scrolls(
    tmp_path: Path, browser: Browser, texts: Texts, language: str
) -> None:
    renew, transfer, order = WORDS[language]
    async with reminded(tmp_path, browser, texts, language) as phone:
        await phone.read()
        await phone.tap(renew)
        await expect(phone.key(transfer)).to_be_attached()
        await phone.read()
        await phone.tap(transfer)
        for document in ("conditions", "clauses", "privacy"):
            await phone.tap(phone.words.plain(f"renewal-recap-accept-{document}"))
        await expect(phone.key(order)).to_be_attached()
        await phone.read()
        await phone.tap(order, green=True)
        await expect(phone.key(phone.words.plain("paying-copy-iban"))).to_be_in_viewport(ratio=1)
        await phone.read()
    assert phone.taps <= _MOST_TAPS
    assert sum(phone.lines) <= _MOST_LINES, phone.lines
