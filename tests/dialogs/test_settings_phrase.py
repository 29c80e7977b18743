"""The security phrase: what it is for, how it is chosen and taken away, and that it rests sealed (DOMAIN.md 6)."""

import pytest

from bot.db.engine import Database
from bot.services.actor import Actor
from bot.services.services import Services
from tests.dialogs.test_field import PIXEL, stored
from tests.support.chat import Chat
from tests.support.long_runs import long, some
from tests.support.pushing import Push
from tests.support.reminding import reminders
from tests.support.running_bot import Talk
from tests.support.seed import Seed
from tests.support.windows import state_of

LANGUAGES = ["it", "en"]
OPEN = {"it": "Frase di sicurezza", "en": "Security phrase"}
WHY = {
    "it": ["la truffa più comune", "Non va detta a nessuno: nemmeno Posta Esempio la chiede."],
    "en": ["the commonest fraud", "Tell it to nobody: not even Posta Esempio asks for it."],
}
NONE = {
    "it": "Per sceglierla basta scriverla in un messaggio: da 3 a 60 caratteri, su una riga sola.",
    "en": "To set one, type it in a message: 3 to 60 characters, on a single line.",
}
NOW = {"it": "Adesso: Ombra di sera", "en": "Now: Ombra di sera"}
UNUSABLE = {
    "it": "«{value}» non va bene: la frase deve avere da 3 a 60 caratteri e stare su una riga sola.",
    "en": "“{value}” will not do: the phrase needs 3 to 60 characters, on a single line.",
}
REMOVE = {"it": "Togli la frase", "en": "Remove the phrase"}
KEEP = {"it": "Lasciala com'è", "en": "Leave it as it is"}
SURE = {
    "it": "Senza Ombra di sera un messaggio autentico non si distingue più da uno falso.",
    "en": "Without Ombra di sera a genuine message can no longer be told from a fake one.",
}


async def opened(talk: Talk, seed: Seed, language: str = "it") -> Chat:
    """A chat that stands before the phrase."""
    await seed.mailbox("rossi", expires_in=15)
    chat = await talk("rossi", language=language)
    await chat.send("/settings")
    await chat.tap(OPEN[language])
    return chat


async def phrase_of(services: Services, chat: Chat) -> str | None:
    return (await services.wishes.read(Actor(chat.id, "it"))).phrase


@pytest.mark.parametrize("language", some(LANGUAGES, 1))
async def test_it_says_what_it_is_for_and_is_chosen_by_writing_it(
    talk: Talk, seed: Seed, services: Services, remind: Push, language: str
) -> None:
    chat = await opened(talk, seed, language)
    for words in [*WHY[language], NONE[language]]:
        assert words in chat.text
    assert not chat.has(REMOVE[language])
    await chat.send("  Ombra   di sera ")
    assert NOW[language] in chat.text, "as it is kept"
    assert chat.has(REMOVE[language])
    assert await phrase_of(services, chat) == "Ombra di sera"
    await remind()
    assert reminders(chat)[0].text.endswith(f"{OPEN[language]}: Ombra di sera")


async def test_it_is_changed_by_writing_another(talk: Talk, seed: Seed, services: Services) -> None:
    chat = await opened(talk, seed)
    await chat.send("Ombra di sera")
    await chat.send("<b>Luce</b> & mattino")
    assert "Adesso: <b>Luce</b> & mattino" in chat.text, "text, not markup"
    assert await phrase_of(services, chat) == "<b>Luce</b> & mattino"


@pytest.mark.parametrize("language", some(LANGUAGES, 1))
@pytest.mark.parametrize(
    ("written", "value"),
    [("ab", "ab"), ("x" * 61, f"{'x' * 59}…"), *long(("una\ndue", "una due"), ("y" * 4096, f"{'y' * 59}…"))],
)
async def test_what_cannot_be_used_is_shown_back_with_how_long_it_may_be(
    talk: Talk, seed: Seed, services: Services, language: str, written: str, value: str
) -> None:
    chat = await opened(talk, seed, language)
    await chat.send(written)
    assert UNUSABLE[language].format(value=value) in chat.text
    assert NONE[language] in chat.text
    assert await phrase_of(services, chat) is None
    await chat.send("Ombra di sera")
    assert await phrase_of(services, chat) == "Ombra di sera"
    assert UNUSABLE[language].format(value=value) not in chat.text


@pytest.mark.parametrize("written", ["x" * 60, *long("abc", "🐈 gatto", "perché no?")])
async def test_what_is_long_enough_is_taken(talk: Talk, seed: Seed, services: Services, written: str) -> None:
    chat = await opened(talk, seed)
    await chat.send(written)
    assert await phrase_of(services, chat) == written


@pytest.mark.parametrize(
    ("language", "picture", "command"),
    [
        ("it", "La risposta va scritta in un messaggio", "Questo comando non esiste."),
        *long(("en", "The answer has to be typed in a message", "There is no such command.")),
    ],
)
async def test_a_picture_and_an_unknown_command_are_no_phrase(
    talk: Talk, seed: Seed, services: Services, language: str, picture: str, command: str
) -> None:
    chat = await opened(talk, seed, language)
    await chat.send_photo(PIXEL)
    assert picture in chat.text
    await chat.send("/ombra")
    assert command in chat.text
    assert await phrase_of(services, chat) is None


@pytest.mark.parametrize("language", some(LANGUAGES, 1))
async def test_it_is_taken_away_after_one_more_confirmation(
    talk: Talk, seed: Seed, services: Services, database: Database, language: str
) -> None:
    chat = await opened(talk, seed, language)
    await chat.send("Ombra di sera")
    await chat.tap(REMOVE[language])
    assert SURE[language] in chat.text
    assert chat.buttons == [REMOVE[language], KEEP[language]]
    await chat.tap(KEEP[language])
    assert NOW[language] in chat.text
    await chat.tap_together([REMOVE[language]] * 3)
    assert await state_of(database, chat.screen) == "SettingsStates:phrase_remove", "not by quick taps"
    assert await phrase_of(services, chat) == "Ombra di sera"
    await chat.tap(REMOVE[language])
    assert NONE[language] in chat.text
    assert await phrase_of(services, chat) is None


async def test_it_rests_sealed_and_the_dialog_remembers_none_of_it(
    talk: Talk, seed: Seed, database: Database
) -> None:
    chat = await opened(talk, seed)
    await chat.send("ombranascosta")
    await chat.send("x" * 61)
    lying = await stored(database)
    assert "ombranascosta" not in lying
    assert "x" * 30 not in lying


async def test_another_command_leads_away_from_it(talk: Talk, seed: Seed, services: Services) -> None:
    chat = await opened(talk, seed)
    await chat.send("/orders")
    await chat.send("non una frase")
    assert await phrase_of(services, chat) is None
