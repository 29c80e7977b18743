"""Getting in: deep links, the home screen, language, groups, and whatever was not understood."""

from datetime import timedelta

import pytest
from aiogram import Bot

from bot.db.engine import Database
from bot.db.tables import ChatRow
from bot.playground.world import World
from bot.services.services import Services
from bot.telegram.profile import publish_profile
from bot.texts import Locale, Texts
from tests.support.clock import FrozenClock
from tests.support.long_runs import some
from tests.support.running_bot import Talk
from tests.support.seed import Seed


async def test_a_stranger_is_told_how_to_get_in(talk: Talk) -> None:
    chat = await talk()
    await chat.send("/start")
    assert "Rinnova" in chat.text
    assert "Password" in chat.text


@pytest.mark.parametrize(
    ("language", "words"),
    some([("it", "Prossima scadenza"), ("en-GB", "Next expiry date"), ("de", "Next expiry date")], 2),
)
async def test_the_first_language_is_the_one_of_the_phone(
    talk: Talk, seed: Seed, services: Services, language: str, words: str
) -> None:
    await seed.mailbox("esempio")
    chat = await talk(language=language)
    await chat.follow((await services.linking.invite("esempio")).token)
    assert words in chat.text


async def test_the_language_changes_and_stays(talk: Talk, seed: Seed, database: Database) -> None:
    await seed.mailbox("esempio")
    chat = await talk("esempio")
    await chat.send("/language")
    await chat.tap("English")
    await chat.send("/help")
    assert "How to renew" in chat.text
    async with database.read() as session:
        row = await session.get(ChatRow, chat.id)
    assert row is not None
    assert row.language == "en"


@pytest.mark.parametrize("written", some(["/START {}", "/Start {}", "/sTART@{bot} {}"], 1))
async def test_commands_are_understood_in_any_case(
    talk: Talk, seed: Seed, services: Services, bot: Bot, written: str
) -> None:
    await seed.mailbox("esempio")
    token = (await services.linking.invite("esempio")).token
    name = (await bot.me()).username
    chat = await talk()
    await chat.send(written.format(token, bot=name))
    assert chat.has("Rinnova")
    await chat.send("/HELP")
    assert "Come si rinnova" in chat.text


async def test_a_link_works_once(talk: Talk, seed: Seed, services: Services) -> None:
    await seed.mailbox("esempio")
    token = (await services.linking.invite("esempio")).token
    first, second = await talk(), await talk()
    await first.follow(token)
    assert first.has("Rinnova")
    await second.follow(token)
    assert "già stato usato" in second.text
    await first.follow(token)
    assert first.has("Rinnova"), "the chat that used it may tap its own link again"


async def test_an_expired_and_an_unknown_link_say_so(
    talk: Talk, seed: Seed, services: Services, clock: FrozenClock
) -> None:
    await seed.mailbox("esempio")
    token = (await services.linking.invite("esempio")).token
    clock.advance(timedelta(days=400))
    chat = await talk()
    await chat.follow(token)
    assert "scaduto" in chat.text
    await chat.follow("x" * 43)
    assert "non è valido" in chat.text


async def test_a_second_customer_is_added_only_after_a_confirmation_that_names_nobody(
    talk: Talk, seed: Seed, services: Services
) -> None:
    await seed.mailbox("esempio")
    await seed.mailbox("altro", holder=seed.registrant("company"))
    chat = await talk("esempio")
    token = (await services.linking.invite("altro")).token
    await chat.follow(token)
    assert "altro" not in chat.text.replace("un altro", "")
    assert "Esempio S.r.l." not in chat.text
    await chat.tap("Non aggiungere")
    await chat.send("/mailboxes")
    assert "altro2@pec.example" not in chat.text
    await chat.follow(token)
    await chat.tap("Aggiungi il cliente")
    await chat.send("/mailboxes")
    assert "altro2@pec.example" in chat.text
    assert "esempio1@pec.example" in chat.text


async def test_a_forged_confirmation_binds_nobody(talk: Talk, seed: Seed, services: Services) -> None:
    await seed.mailbox("esempio")
    await seed.mailbox("altro", holder=seed.registrant("company"))
    await services.linking.invite("altro")
    thief = await talk("esempio")
    await thief.press("link:2:1")
    assert "non è valido" in thief.text
    await thief.send("/mailboxes")
    assert "altro2@pec.example" not in thief.text


async def test_unlinking_hides_everything(talk: Talk, seed: Seed) -> None:
    await seed.mailbox("esempio")
    chat = await talk("esempio")
    await chat.send("/unlink")
    await chat.tap("Lascia tutto")
    assert "Niente è cambiato" in chat.text
    await chat.send("/unlink")
    await chat.tap("Scollega la chat")
    await chat.send("/mailboxes")
    assert "Nessuna casella" in chat.text


async def test_the_bot_leaves_a_group_politely(talk: Talk, world: World) -> None:
    chat = await talk()
    world.add_to_group(-100, "Condominio Esempio", chat.id)
    await chat.deliver()
    assert "solo in chat privata" in world.last_answer(-100).content.text.text
    assert world.chat(-100).left


@pytest.mark.parametrize("words", some(["buongiorno", "/nonesiste", "12345"], 1))
async def test_unknown_text_gets_a_hint(talk: Talk, words: str) -> None:
    chat = await talk()
    await chat.send(words)
    assert "/rinnova" in chat.text


async def test_an_unknown_button_gets_an_alert(talk: Talk, seed: Seed) -> None:
    await seed.mailbox("esempio")
    chat = await talk("esempio")
    await chat.press("nonesiste")
    assert chat.toast is not None
    assert "/start" in chat.toast


@pytest.mark.parametrize(
    ("command", "words"),
    [("/privacy", "titolare del trattamento"), ("/help", "Come si rinnova"), ("/cancel", "nessun rinnovo")],
)
async def test_commands_answer(talk: Talk, command: str, words: str) -> None:
    chat = await talk()
    await chat.send(command)
    assert words in chat.text


@pytest.mark.soak
async def test_thirty_mailboxes_are_listed_by_pages_soonest_first(talk: Talk, seed: Seed) -> None:
    for days in range(30, 0, -1):
        await seed.mailbox("esempio", address=f"casella{days}@pec.example", expires_in=days)
    chat = await talk("esempio")
    await chat.send("/mailboxes")
    assert "casella1@pec.example" in chat.text
    assert "casella9@pec.example" not in chat.text
    await chat.tap("\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}")
    assert "casella9@pec.example" in chat.text
    assert len(chat.texts) == 2, "the page is turned in place"


@pytest.mark.update_fails
async def test_a_chat_hears_of_it_when_the_database_does_not_even_know_who_speaks(
    talk: Talk, database: Database
) -> None:
    chat = await talk(language="en")
    async with database.write() as session:
        await (await session.connection()).exec_driver_sql("ALTER TABLE chat RENAME TO away")
    await chat.send("/start")
    assert "Nothing has been lost" in chat.text
    async with database.write() as session:
        await (await session.connection()).exec_driver_sql("ALTER TABLE away RENAME TO chat")
    await chat.send("/start")
    assert "A program answers" in chat.text


ENGLISH = ["renew", "mailboxes", "orders", "settings", "withdraw", "privacy", "help"]


@pytest.mark.parametrize(
    ("language", "names"),
    some(
        [
            (
                "it",
                [
                    "rinnova",
                    "caselle",
                    "ordini",
                    "impostazioni",
                    "recesso",
                    "privacy",
                    "aiuto",
                ],
            ),
            ("en", ENGLISH),
            ("fr", ENGLISH),
        ],
        1,
    ),
)
async def test_the_menu_of_commands_is_in_the_language_of_the_phone_and_every_command_answers(
    talk: Talk, world: World, bot: Bot, texts: Texts, services: Services, language: str, names: list[str]
) -> None:
    await publish_profile(bot, texts, services.surroundings)
    chat = await talk(language=language)
    menu = world.profile.menu_for(chat.id, language)
    assert [command.command for command in menu] == names
    hints = {texts.translator(locale).plain("hint-commands") for locale in Locale}
    typed_only = ("calendar", "annulla", "language", "collega", "unlink")
    for name in (*names, *typed_only):
        await chat.send(f"/{name}")
        assert chat.text not in hints
