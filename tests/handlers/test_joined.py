"""A second chat that binds to a customer is announced to the first one (DOMAIN.md 2.4)."""

import pytest

from bot.services.services import Services
from tests.support.chat import Chat
from tests.support.long_runs import some
from tests.support.pushing import Push
from tests.support.running_bot import Talk
from tests.support.seed import Seed

ANNOUNCED = {"it": "Un'altra chat è stata collegata", "en": "Another chat has been linked"}


@pytest.mark.parametrize(
    ("language", "words"),
    some(
        [
            (
                "it",
                [
                    (
                        "23/11/2026 alle 11:00: un'altra chat di Telegram è stata collegata alla casella "
                        "rossi1@pec.example"
                    ),
                    "Chi non sa di chi è può scrivere a Posta Esempio",
                ],
            ),
            (
                "en",
                [
                    "23 Nov 2026 at 11:00: another Telegram chat has been linked to the mailbox rossi1@pec.example"
                ],
            ),
        ],
        1,
    ),
)
async def test_the_first_chat_hears_of_the_second_in_its_own_language(
    talk: Talk, seed: Seed, push: Push, language: str, words: list[str]
) -> None:
    await seed.mailbox("rossi")
    first = await talk("rossi", language=language)
    second = await talk("rossi", language="it")

    assert await push() == 1
    assert ANNOUNCED[language] in first.text
    for each in words:
        assert each in first.text
    assert not any(ANNOUNCED["it"] in text for text in second.texts), "who came in knows it"


async def test_a_third_is_announced_to_both_and_nobody_else(talk: Talk, seed: Seed, push: Push) -> None:
    await seed.mailbox("rossi")
    await seed.mailbox("rossi")
    await seed.mailbox("verdi")
    first, stranger = await talk("rossi"), await talk("verdi")
    second, third = await talk("rossi"), await talk("rossi")

    await push()
    assert [heard(chat) for chat in (first, second, third, stranger)] == [2, 1, 0, 0]
    assert "alle stesse 2 caselle" in first.text


async def test_a_customer_added_to_a_chat_after_its_yes_is_announced_then(
    talk: Talk, seed: Seed, services: Services, push: Push
) -> None:
    await seed.mailbox("rossi")
    await seed.mailbox("verdi")
    owner, accountant = await talk("rossi"), await talk("verdi")
    token = (await services.linking.invite("rossi")).token
    await accountant.follow(token)
    await accountant.tap("Aggiungi il cliente")
    await accountant.follow(token)

    assert await push() == 1, "the same link again joins nothing"
    assert ANNOUNCED["it"] in owner.text
    assert heard(accountant) == 0


async def test_what_is_only_asked_or_refused_is_not_announced(
    talk: Talk, seed: Seed, services: Services, push: Push
) -> None:
    await seed.mailbox("rossi")
    await seed.mailbox("verdi")
    owner, other = await talk("rossi"), await talk("verdi")
    await other.follow((await services.linking.invite("rossi")).token)
    await other.tap("Non aggiungere")

    assert await push() == 0
    assert heard(owner) == 0


def heard(chat: Chat) -> int:
    """How often a chat was told that another one was linked."""
    return sum(ANNOUNCED["it"] in text for text in chat.texts)
