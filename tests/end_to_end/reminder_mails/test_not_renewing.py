"""What is not renewed, by e-mail: as silent as the chats, and with the way back."""

import pytest

from bot.db.engine import Database
from bot.domain.catalogue import RemindByMail
from bot.services.actor import Actor
from bot.services.services import Services
from bot.services.surroundings import Surroundings
from tests.end_to_end.reminder_mails.reading import DAY, speaks
from tests.support.catalogue import with_rules
from tests.support.clock import FrozenClock
from tests.support.long_runs import long
from tests.support.post_office import Letter, PostOffice
from tests.support.running_bot import Talk
from tests.support.seed import Seed


@pytest.mark.soak
@pytest.mark.parametrize(
    "words",
    [
        ("rossi", "it", "È stato scelto di non rinnovarla", "Per cambiare idea basta rinnovare"),
        *long((("smith", "en", "You chose not to renew it", "To change your mind, renew"),)),
    ],
)
async def test_the_email_comes_when_the_chat_is_told_and_says_how_to_take_it_back(
    office: PostOffice,
    seed: Seed,
    talk: Talk,
    services: Services,
    surroundings: Surroundings,
    database: Database,
    clock: FrozenClock,
    words: tuple[str, str, str, str],
) -> None:
    surroundings.catalogue = with_rules(remind_by_mail=RemindByMail.ALWAYS)
    customer, language, chosen, back = words
    box = await seed.mailbox(customer, plan="pro", expires_in=30)
    chat = await talk(customer, language=language)
    await speaks(database, language)
    await office.tick()
    await services.declining.decline(Actor(chat.id, language), box)
    heard: list[tuple[int, Letter]] = []
    for day in range(1, 125):
        clock.advance(DAY)
        heard += [(day, letter) for letter in await office.tick()]
    assert [day for day, _ in heard] == [30, 115]
    for _, letter in heard:
        assert letter.taken.recipient == f"{customer}@example.com"
        assert chosen in letter.text
        assert back in letter.text
        assert "https://t.me/rinnovo_bot?start=" in letter.text


async def test_a_chat_that_is_gone_leaves_it_to_the_email(
    office: PostOffice, seed: Seed, talk: Talk, services: Services, clock: FrozenClock
) -> None:
    box = await seed.mailbox("rossi", plan="pro", expires_in=2)
    chat = await talk("rossi")
    await services.declining.decline(Actor(chat.id, "it"), box)
    chat.world.block(chat.id)
    clock.advance(2 * DAY)
    letters = await office.tick()
    letters += await office.tick()
    assert ["È stato scelto di non rinnovarla" in letter.text for letter in letters] == [True]
