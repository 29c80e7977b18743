"""A stranger is welcomed before anything is asked: who speaks here, what for, in which language, whom to turn to."""

import pytest

from bot.app import Told
from tests.handlers.test_home import said
from tests.support.letterbox import Letterbox
from tests.support.long_runs import long, some
from tests.support.running_bot import Talk
from tests.support.seed import Seed

MOST_LINES = 14
WITH_THE_WAY_IN = 18

WELCOME = {
    "it": ("Rinnovo di Posta Esempio", "Risponde un programma", "Collega con l'email", "English"),
    "en": ("Rinnovo by Posta Esempio", "A program answers", "Link by e-mail", "Italiano"),
}


@pytest.fixture
def who_is_told() -> Told:
    """This bot can send mail."""
    return Told(mail=True)


@pytest.mark.parametrize("command", ["/start", "/renew"])
@pytest.mark.parametrize("language", ["it", *long("en")])
async def test_a_stranger_hears_who_speaks_before_being_asked(
    talk: Talk, language: str, command: str
) -> None:
    chat = await talk(language=language)
    await chat.send(command)
    title, program, go_on, other = WELCOME[language]
    text = said(chat, MOST_LINES)
    assert title in text
    assert program in text
    for contact in ("Posta Esempio S.r.l.", "assistenza@posta.example", "+390000000000", "assword"):
        assert contact in text
    assert chat.buttons == [go_on, other]


async def test_the_language_is_chosen_before_anything_else_and_stays(talk: Talk) -> None:
    chat = await talk()
    await chat.send("/start")
    await chat.tap("English")
    assert "A program answers" in said(chat, MOST_LINES)
    assert len(chat.texts) == 1, "the welcome is rewritten in place"
    await chat.tap("Italiano")
    await chat.tap("English")
    await chat.tap("Link by e-mail")
    assert "Type the reference e-mail here" in chat.text


async def test_what_the_stranger_came_for_is_opened_after_the_code_in_the_chosen_language_too(
    talk: Talk, seed: Seed, letterbox: Letterbox
) -> None:
    await seed.mailbox("rossi")
    chat = await talk()
    await chat.send("/renew")
    await chat.tap("English")
    await chat.tap("Link by e-mail")
    await chat.send("rossi@example.com")
    await chat.send(await letterbox.code())
    assert "rossi1@pec.example" in chat.screen_text
    assert chat.has("Cancel")


async def test_who_asked_for_a_code_already_goes_on_there(talk: Talk, seed: Seed) -> None:
    await seed.mailbox("rossi")
    chat = await talk()
    await chat.send("/link")
    await chat.send("rossi@example.com")
    await chat.send("/start")
    assert "Codice di 6 cifre" in chat.text


async def test_an_address_that_is_written_below_the_welcome_is_taken(
    talk: Talk, seed: Seed, letterbox: Letterbox
) -> None:
    await seed.mailbox("rossi")
    known, unknown = await talk(), await talk()
    for chat, address in ((known, " Rossi@example.com"), (unknown, "nessuno@example.com")):
        await chat.send("/start")
        await chat.send(address)
        assert "Codice di 6 cifre" in chat.text
    assert known.texts == unknown.texts
    await known.send(await letterbox.code())
    assert "Prossima scadenza: rossi1@pec.example" in known.text


@pytest.mark.parametrize("typed", ["rossi@", "io e te @ casa"])
async def test_what_is_no_address_is_asked_for_again(talk: Talk, typed: str) -> None:
    chat = await talk()
    await chat.send(typed)
    assert "Scrivi qui l'indirizzo email di riferimento" in chat.text


async def test_a_customer_who_writes_an_address_is_asked_for_no_code(
    talk: Talk, seed: Seed, letterbox: Letterbox
) -> None:
    await seed.mailbox("rossi")
    chat = await talk("rossi")
    await chat.send("rossi@example.com")
    assert "Non è chiaro" in chat.text
    assert await letterbox.fetch() == []


class TestWithoutMail:
    """A bot that can send no code."""

    @pytest.fixture
    def who_is_told(self) -> Told:
        """It tells nobody."""
        return Told()

    @pytest.mark.parametrize(
        ("language", "notice"), [("it", "promemoria di scadenza"), ("en", "expiry reminder")]
    )
    @pytest.mark.parametrize("command", some(["/start", "/link", "/renew"], 1))
    async def test_the_way_in_is_the_reminder(
        self, talk: Talk, language: str, notice: str, command: str
    ) -> None:
        chat = await talk(language=language)
        await chat.send(command)
        assert notice in said(chat, WITH_THE_WAY_IN)
        assert chat.buttons == [WELCOME[language][3]]
