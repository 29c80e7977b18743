"""One's own telephone number is shared with a button, and counts only if it is the sender's own."""

import pytest

from bot.domain.steps import Step
from bot.playground.replies import Contact
from bot.services.services import Services
from tests.support.budget import over_budget
from tests.support.chat import Chat, labels_of
from tests.support.long_runs import long
from tests.support.renewing import draft_of, registrant_of, stand_at
from tests.support.running_bot import Talk
from tests.support.screens import faults
from tests.support.seed import Seed

WORDS = {
    "it": ("Modifica", "Telefono", "Condividi il mio numero", "di qualcun altro", "← Indietro", "Annulla"),
    "en": ("Change", "Phone", "Share my number", "of someone else", "← Back", "Cancel"),
}
OWN = "+393331234567"


async def asked(seed: Seed, talk: Talk, services: Services, language: str = "it") -> Chat:
    """A chat that is asked for the registrant's telephone, and has tapped the button that shares its own."""
    mailbox = await seed.mailbox("rossi")
    chat = await talk("rossi", language=language)
    await stand_at(chat, services, mailbox, Step.REGISTRANT, language=language)
    change, phone, share, *_ = WORDS[language]
    await chat.tap(change)
    await chat.tap(phone)
    assert list(over_budget(chat.screen)) == []
    assert list(faults(chat.screen)) == []
    await chat.tap(share)
    assert chat.replies == (share,)
    return chat


@pytest.mark.parametrize("language", ["it", *long("en")])
async def test_ones_own_number_is_taken_and_shown_in_international_form(
    seed: Seed, talk: Talk, services: Services, language: str
) -> None:
    chat = await asked(seed, talk, services, language)
    await chat.reply(WORDS[language][2])
    assert "+39 333 123 4567" in chat.text
    assert (await registrant_of(chat, services)).phone == OWN
    assert chat.replies == ()
    left = [message.text for message in chat.world.messages(chat.id) if message.sender == chat.world.bot]
    assert not any("tastiera" in text or "keyboard" in text for text in left), (
        "nothing of it stays in the chat"
    )


@pytest.mark.parametrize("language", ["it", *long("en")])
@pytest.mark.parametrize("user_id", [None, *long(8)])
async def test_the_contact_of_somebody_else_is_refused_with_the_reason(
    seed: Seed, talk: Talk, services: Services, language: str, user_id: int | None
) -> None:
    chat = await asked(seed, talk, services, language)
    before = await registrant_of(chat, services)
    chat.world.send_contact(chat.id, Contact("390612312312", "Bea", user_id))
    await chat.deliver()
    assert WORDS[language][3] in chat.text
    assert await registrant_of(chat, services) == before
    await chat.reply(WORDS[language][2])
    assert (await registrant_of(chat, services)).phone == OWN


@pytest.mark.parametrize("number", ["393331234567", *long("+393331234567", "447911123456")])
async def test_telegram_writes_numbers_with_or_without_their_plus(
    seed: Seed, talk: Talk, services: Services, number: str
) -> None:
    chat = await asked(seed, talk, services)
    chat.world.send_contact(chat.id, Contact(number, "Prova", chat.id))
    await chat.deliver()
    assert (await registrant_of(chat, services)).phone == f"+{number.lstrip('+')}"
    assert chat.replies == ()


async def test_a_number_can_be_typed_all_the_same_and_the_button_goes(
    seed: Seed, talk: Talk, services: Services
) -> None:
    chat = await asked(seed, talk, services)
    await chat.send("12")
    assert "12 non è un numero di telefono valido" in chat.text
    assert chat.replies, "it is asked for still"
    await chat.send("06 7654321")
    assert (await registrant_of(chat, services)).phone == "+39067654321"
    assert chat.replies == ()


@pytest.mark.parametrize("language", ["it", *long("en")])
@pytest.mark.parametrize("way", [4, *long(5)])
async def test_who_goes_away_from_the_question_takes_the_button_along(
    seed: Seed, talk: Talk, services: Services, language: str, way: int
) -> None:
    chat = await asked(seed, talk, services, language)
    before = await registrant_of(chat, services)
    await chat.tap(WORDS[language][way])
    assert chat.replies == ()
    assert await registrant_of(chat, services) == before


@pytest.mark.soak
async def test_two_quick_taps_show_one_button(seed: Seed, talk: Talk, services: Services) -> None:
    mailbox = await seed.mailbox("rossi")
    chat = await talk("rossi")
    await stand_at(chat, services, mailbox, Step.REGISTRANT)
    await chat.tap("Modifica")
    await chat.tap("Telefono")
    count = len(chat.texts)
    await chat.tap_together([WORDS["it"][2]] * 2)
    assert len(chat.texts) == count + 1


async def test_a_kits_mobile_can_be_ones_own_and_no_other_question_takes_a_contact(
    seed: Seed, talk: Talk, services: Services
) -> None:
    mailbox = await seed.mailbox("rossi")
    chat = await talk("rossi")
    await stand_at(chat, services, mailbox, Step.KIT)
    await chat.tap("Firma remota")
    await chat.tap("Per Maria Esempio")
    assert not chat.has("Condividi")
    chat.world.send_contact(chat.id, Contact("393331234567", "Prova", chat.id))
    await chat.deliver()
    assert "La risposta va scritta in un messaggio" in chat.text
    await chat.send("maria@example.com")
    await chat.tap("Condividi il mio numero")
    await chat.reply("Condividi il mio numero")
    kit = (await draft_of(chat, services)).kit
    assert kit is not None
    assert kit.holder is not None
    assert kit.holder.mobile == OWN


@pytest.mark.soak
async def test_a_question_that_still_waits_takes_the_number_below_other_messages_too(
    seed: Seed, talk: Talk, services: Services
) -> None:
    chat = await asked(seed, talk, services)
    await chat.send("/start")
    await chat.reply("Condividi il mio numero")
    assert (await registrant_of(chat, services)).phone == OWN


async def test_a_button_that_was_left_behind_changes_nothing(
    seed: Seed, talk: Talk, services: Services
) -> None:
    chat = await asked(seed, talk, services)
    before = await registrant_of(chat, services)
    await chat.send("/orders")
    await chat.reply("Condividi il mio numero")
    assert "basta toccare uno dei pulsanti" in chat.texts[-2]
    await chat.tap("Chiudi")
    chat.world.send_contact(chat.id, Contact("393331234567", "Prova", chat.id))
    await chat.deliver()
    assert chat.text.startswith("Non è chiaro")
    assert labels_of(chat.newest) == ["Inizio"]
    assert chat.replies == ()
    assert await registrant_of(chat, services) == before
