"""Who is reminded: every chat of a customer as it wishes, a chat for each of its customers; and by which phrase."""

import pytest

from bot.services.actor import Actor
from bot.services.services import Services
from tests.support.chat import Chat
from tests.support.clock import FrozenClock
from tests.support.long_runs import long
from tests.support.pushing import Push
from tests.support.reminding import reminders, titles, told_on
from tests.support.running_bot import Talk
from tests.support.seed import Seed

PHRASE = {"it": "Frase di sicurezza: Il gatto & la nonna", "en": "Security phrase: Il gatto & la nonna"}


async def join(chat: Chat, services: Services, customer: str) -> None:
    """Let a chat serve one more customer."""
    await chat.follow((await services.linking.invite(customer)).token)
    await chat.tap("Aggiungi il cliente")


async def test_every_chat_of_a_customer_is_reminded_in_its_own_language(
    talk: Talk, seed: Seed, remind: Push
) -> None:
    await seed.mailbox("rossi", expires_in=15)
    first, second = await talk("rossi", language="it"), await talk("rossi", language="en")
    await remind()
    assert titles(first) == ["La casella PEC scade tra 15 giorni"]
    assert titles(second) == ["Your PEC mailbox expires in 15 days"]


@pytest.mark.soak
async def test_what_one_chat_silences_and_puts_off_the_other_still_hears(
    talk: Talk, seed: Seed, remind: Push, clock: FrozenClock
) -> None:
    await seed.mailbox("rossi", expires_in=30)
    silent, later, other = await talk("rossi"), await talk("rossi"), await talk("rossi")
    await remind()
    await silent.tap("Non ricordarmela", on=reminders(silent)[0])
    await later.tap("Più tardi", on=reminders(later)[0])
    await later.tap("Tra una settimana")
    await told_on(clock, remind, 16)
    assert titles(silent)[1:] == []
    assert titles(later)[1:] == ["La casella PEC scade tra 23 giorni", "La casella PEC scade tra 14 giorni"]
    assert titles(other)[1:] == ["La casella PEC scade tra 14 giorni"], "8 December is a public holiday"


async def test_a_chat_of_two_customers_gets_a_message_for_each(
    talk: Talk, seed: Seed, services: Services, remind: Push
) -> None:
    for _ in range(2):
        await seed.mailbox("rossi", expires_in=15)
    await seed.mailbox("verdi", expires_in=15)
    accountant = await talk("rossi")
    await join(accountant, services, "verdi")
    await remind()
    assert sorted(titles(accountant)) == [
        "2 caselle PEC in scadenza, la prima tra 15 giorni",
        "La casella PEC scade tra 15 giorni",
    ]
    of_verdi = next(message for message in reminders(accountant) if "verdi3@" in message.text)
    assert "rossi" not in of_verdi.text
    await accountant.tap("Non ricordarmela", on=of_verdi)
    assert "verdi3@pec.example" in accountant.text
    await accountant.send("/settings")
    await accountant.tap("Caselle")
    assert [label.split(" · ") for label in accountant.buttons[:3]] == [
        ["rossi1@pec.example", "tutti"],
        ["rossi2@pec.example", "tutti"],
        ["verdi3@pec.example", "ultimi"],
    ]


@pytest.mark.soak
async def test_several_are_put_off_for_one_customer_alone(
    talk: Talk, seed: Seed, services: Services, remind: Push, clock: FrozenClock
) -> None:
    for customer in ("rossi", "rossi", "verdi", "verdi"):
        await seed.mailbox(customer, expires_in=16)
    accountant = await talk("rossi")
    await join(accountant, services, "verdi")
    await remind()
    of_verdi = next(message for message in reminders(accountant) if "verdi3@" in message.text)
    await accountant.tap("Più tardi", on=of_verdi)
    await accountant.tap("Tra una settimana")
    before = len(reminders(accountant))
    await told_on(clock, remind, 6)
    (told,) = reminders(accountant)[before:]
    assert "rossi1@pec.example" in told.text
    assert "verdi" not in told.text


@pytest.mark.parametrize("language", ["it", *long("en")])
async def test_the_phrase_that_was_chosen_stands_under_every_message(
    talk: Talk, seed: Seed, services: Services, remind: Push, language: str
) -> None:
    await seed.mailbox("rossi", expires_in=15)
    await seed.mailbox("rossi", plan="domain", expires_in=15)
    await seed.mailbox("rossi", expires_in=30, auto_renew=True)
    chat = await talk("rossi", language=language)
    await services.wishes.set_phrase(Actor(chat.id, language), "Il gatto & la nonna")
    assert await remind() == 3, "one about each subject"
    for message in reminders(chat):
        assert message.text.endswith(PHRASE[language])
    await talk("rossi")
    assert await remind() == 1, "another chat was linked"
    assert chat.text.endswith(PHRASE[language])


@pytest.mark.soak
async def test_each_chat_sees_the_phrase_of_its_own(
    talk: Talk, seed: Seed, services: Services, remind: Push
) -> None:
    await seed.mailbox("rossi", expires_in=15)
    with_phrase, without = await talk("rossi"), await talk("rossi")
    await services.wishes.set_phrase(Actor(with_phrase.id, "it"), "Ombra di sera")
    await remind()
    assert reminders(with_phrase)[0].text.endswith("Frase di sicurezza: Ombra di sera")
    assert "Frase di sicurezza" not in reminders(without)[0].text
