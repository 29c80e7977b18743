"""As it is: the four screens of the short way on a phone, each whole, with all its buttons (VOICE.md, Length)."""

import pytest

from tests.support.chat import Chat
from tests.support.long_runs import long
from tests.support.ordering import tick_required
from tests.support.phone import SCREEN_PX, Shown, shown
from tests.support.running_bot import Talk
from tests.support.seed import Seed

WORDS = {
    "it": ("1 anno", "Bonifico bancario", "obbligo di pagare"),
    "en": ("1 year", "Bank transfer", "obligation to pay"),
}
MOST_LINES = {"offer": 14, "payment": 12, "recap": 16, "placed": 15}


async def walked(chat: Chat, language: str) -> dict[str, Shown]:
    """What a phone shows of each screen, from the offer to the order; the recap with everything ticked."""
    years, method, final = WORDS[language]
    await chat.send("/renew")
    found = {"offer": shown(chat.screen)}
    await chat.tap(years)
    found["payment"] = shown(chat.screen)
    await chat.tap(method)
    await tick_required(chat, language)
    found["recap"] = shown(chat.screen)
    await chat.tap(final)
    found["placed"] = shown(chat.screen)
    return found


@pytest.mark.parametrize("language", ["it", *long("en")])
@pytest.mark.parametrize("plan", ["premium", *long("standard", "pro")])
async def test_every_screen_fits_and_all_together_are_short(
    seed: Seed, talk: Talk, plan: str, language: str
) -> None:
    await seed.mailbox("rossi", address="maria.esempio@pec.example", plan=plan, expires_in=12)
    chat = await talk("rossi", language=language)
    found = await walked(chat, language)

    assert {name: screen.px for name, screen in found.items() if screen.px > SCREEN_PX} == {}
    assert {name: screen.lines for name, screen in found.items() if screen.lines > MOST_LINES[name]} == {}
    assert sum(screen.lines for screen in found.values()) <= 50, "with the reminder they stay below 70"
