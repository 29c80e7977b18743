"""For whom the renewal is, in the chat (DOMAIN.md 3.1), and the texts of what is refused."""

import pytest

from bot.domain.choices import Refusal
from bot.services.services import Services
from bot.texts import Locale, Texts
from tests.support.long_runs import long
from tests.support.mailbox_list import chosen, listed
from tests.support.running_bot import Talk
from tests.support.seed import Seed

BACK = {"it": "Indietro", "en": "Back"}
LANGUAGES = pytest.mark.parametrize("language", ["it", *long("en")])


@LANGUAGES
async def test_with_several_holders_it_is_asked_for_whom(
    seed: Seed, talk: Talk, services: Services, language: str
) -> None:
    await seed.mailbox("studio", address="maria@pec.example")
    first = await seed.mailbox("studio", address="uno@pec.example", kind="company")
    await seed.mailbox("studio", address="due@pec.example", kind="company")
    chat = await talk("studio", language=language)
    await chat.send("/renew")
    assert (
        chat.buttons[:2]
        == {
            "it": ["Esempio S.r.l. · 2 caselle", "Maria Esempio · 1 casella"],
            "en": ["Esempio S.r.l. · 2 mailboxes", "Maria Esempio · 1 mailbox"],
        }[language]
    )
    await chat.tap("Esempio S.r.l.")
    assert sorted(listed(chat)) == ["due@pec.example", "uno@pec.example"]
    await chat.tap("uno@pec.example")
    assert await chosen(chat, services) == [first]


async def test_a_holder_with_nothing_to_renew_shows_why_and_leads_back(seed: Seed, talk: Talk) -> None:
    await seed.mailbox("studio", address="maria@pec.example")
    await seed.mailbox("studio", address="gone@a.example", kind="company", expires_in=-100)
    await seed.mailbox("studio", address="auto@a.example", kind="company", auto_renew=True)
    chat = await talk("studio")
    await chat.send("/renew")
    await chat.tap("Esempio S.r.l.")
    assert "Nessuna casella si può rinnovare qui" in chat.text
    assert listed(chat) == ["gone@a.example", "auto@a.example"]
    await chat.tap("gone@a.example")
    assert "È stata cancellata" in chat.text
    await chat.tap(BACK["it"])
    await chat.tap(BACK["it"])
    assert "Per chi è il rinnovo?" in chat.text
    await chat.tap("Maria Esempio")
    assert "Rinnovo di maria@pec.example" in chat.text


@pytest.mark.soak
async def test_from_such_a_holder_an_automatic_renewal_is_switched_off_and_another_tap_begins_one(
    seed: Seed, talk: Talk, services: Services
) -> None:
    await seed.mailbox("studio", address="maria@pec.example")
    automatic = await seed.mailbox("studio", address="auto@a.example", kind="company", auto_renew=True)
    chat = await talk("studio")
    await chat.send("/renew")
    await chat.tap("Esempio S.r.l.")
    await chat.tap("Disattiva")
    await chat.tap("Rinnova questa casella")
    assert "Rinnovo di auto@a.example" in chat.text
    assert await chosen(chat, services) == [automatic]


async def test_stray_text_gets_a_hint_and_the_screen_again(seed: Seed, talk: Talk, texts: Texts) -> None:
    await seed.mailbox("studio")
    await seed.mailbox("studio", kind="company")
    chat = await talk("studio")
    await chat.send("/renew")
    await chat.send("buongiorno")
    assert chat.text.startswith("Per chi è il rinnovo?")
    assert texts.translator(Locale.IT).plain("hint-tap") in chat.texts


@LANGUAGES
def test_every_refusal_has_a_text_that_fits_an_alert(texts: Texts, language: str) -> None:
    translator = texts.translator(Locale(language))
    for reason in Refusal:
        text = translator.plain(f"refusal-{reason.value}")
        assert 20 < len(text) <= 180, reason
        assert "<" not in text
