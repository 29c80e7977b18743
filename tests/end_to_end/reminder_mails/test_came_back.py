"""A reminder by e-mail that came back: nobody heard it, and whoever comes is told (DOMAIN.md 6)."""

import pytest

from tests.end_to_end.reminder_mails.reading import DAY, reminders_in
from tests.support.clock import FrozenClock
from tests.support.long_runs import long
from tests.support.post_office import PostOffice
from tests.support.running_bot import Talk
from tests.support.seed import Seed

NOBODY = "550 5.1.1 nobody of this name"


@pytest.mark.parametrize("days", [1, *long(0)])
async def test_whoever_opens_a_chat_after_the_email_came_back_hears_that_the_mailbox_has_expired(
    office: PostOffice, seed: Seed, talk: Talk, clock: FrozenClock, days: int
) -> None:
    """Noted as told, the step after the expiry was never told: the next one came three weeks later."""
    await seed.mailbox("rossi", expires_in=-8)
    office.server.to_rcpt.append(NOBODY)
    assert await office.tick() == []
    clock.advance(days * DAY)
    chat = await talk("rossi")
    assert await office.tick() == []
    assert len(reminders_in(chat)) == 1
    await office.tick()
    assert len(reminders_in(chat)) == 1


async def test_an_address_whose_mail_comes_back_is_not_tried_again_and_again(
    office: PostOffice, seed: Seed, clock: FrozenClock
) -> None:
    await seed.mailbox("rossi", expires_in=-8)
    office.server.to_rcpt.append(NOBODY)
    assert await office.tick() == []
    asked = office.server.connections
    for _ in range(3):
        assert await office.tick() == []
        clock.advance(DAY)
    assert office.server.connections == asked


async def test_one_who_was_told_in_a_chat_is_not_told_again_because_the_email_beside_it_came_back(
    office: PostOffice, seed: Seed, talk: Talk
) -> None:
    await seed.mailbox("rossi", expires_in=40)
    chat = await talk("rossi")
    await chat.send("/settings")
    await seed.mailbox("rossi", expires_in=15)
    office.server.to_rcpt.append(NOBODY)
    await office.tick()
    told = len(reminders_in(chat))
    await talk("rossi")
    await office.tick()
    assert len(reminders_in(chat)) == told == 1
