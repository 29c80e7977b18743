"""What somebody reads on the last day of a mailbox and on the day after, in the chat (DOMAIN.md 6)."""

from datetime import timedelta

import pytest

from bot.domain.reminders import MuteLevel
from bot.services.actor import Actor
from bot.services.services import Services
from tests.support.chat import labels_of
from tests.support.clock import FrozenClock
from tests.support.long_runs import long
from tests.support.pushing import Push
from tests.support.reminding import CHOICES, titles
from tests.support.running_bot import Talk
from tests.support.seed import Seed

LAST = {
    "it": "Oggi è l'ultimo giorno per rinnovare la casella PEC",
    "en": "Today is the last day to renew your PEC mailbox",
}
TOMORROW = {"it": "Domani viene cancellata, con tutto ciò che contiene", "en": "Tomorrow it is deleted"}
OF_TWO = {
    "it": "Oggi è l'ultimo giorno per una delle 2 caselle PEC da rinnovare",
    "en": "Today is the last day for one of 2 PEC mailboxes to renew",
}
GONE = {"it": "La casella PEC è stata cancellata", "en": "Your PEC mailbox has been deleted"}
BUY = {"it": "Acquista una casella nuova", "en": "Buy a new mailbox"}

both = pytest.mark.parametrize("language", ["it", *long("en")])


@both
async def test_the_last_day_says_so_whatever_was_silenced_and_the_next_one_that_it_is_over(
    talk: Talk, seed: Seed, services: Services, remind: Push, clock: FrozenClock, language: str
) -> None:
    box = await seed.mailbox("rossi", plan="pro", expires_in=-89)
    chat = await talk("rossi", language=language)
    await services.wishes.mute(Actor(chat.id, language), box, MuteLevel.ALL)
    assert await remind() == 0
    clock.advance(timedelta(days=1))
    assert await remind() == 1
    assert titles(chat)[-1] == LAST[language]
    assert TOMORROW[language] in chat.newest.text
    renew, *others = labels_of(chat.newest)
    assert renew.startswith({"it": "Rinnova per 1 anno", "en": "Renew for 1 year"}[language])
    assert others == [CHOICES[language]], "nothing to put off, and nothing to silence"
    clock.advance(timedelta(days=1))
    assert await remind() == 1
    assert titles(chat)[-1] == GONE[language]
    assert labels_of(chat.newest) == [BUY[language]]


@both
async def test_beside_another_mailbox_it_says_of_how_many(
    talk: Talk, seed: Seed, remind: Push, language: str
) -> None:
    await seed.mailbox("rossi", plan="pro", expires_in=-90)
    await seed.mailbox("rossi", plan="pro", expires_in=-60)
    chat = await talk("rossi", language=language)
    assert await remind() == 1
    assert titles(chat)[-1] == OF_TWO[language]
    assert len(labels_of(chat.newest)) == 4, "the other one can be put off"
