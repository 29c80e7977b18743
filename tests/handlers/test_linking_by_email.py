"""Getting in without a link, as a chat: the reference e-mail, the code that is mailed to it, and what goes wrong."""

import io
import logging
import re
from dataclasses import dataclass
from datetime import timedelta

import pytest
import structlog

from bot.app import Told
from bot.services.services import Services
from bot.watching.logs import configure_logging
from tests.support.chat import Chat
from tests.support.clock import FrozenClock
from tests.support.databases import ReusedEngines
from tests.support.letterbox import Letterbox, another_code, text_of
from tests.support.long_runs import some
from tests.support.pushing import Push
from tests.support.running_bot import Talk
from tests.support.seed import Seed

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)


GO_ON = "Collega con l'email"
"""What leads from the welcome to the question for the address."""


@pytest.fixture
def who_is_told() -> Told:
    """This bot can send mail."""
    return Told(mail=True)


@dataclass(frozen=True)
class Words:
    """What is looked for in one language."""

    language: str
    ask: str
    no_password: str
    asked: str
    right: str
    home: str
    go_on: str
    subject: str
    purpose: str
    nobody: str


WORDS = [
    Words(
        "it",
        "Scrivi qui l'indirizzo email di riferimento",
        "non vengono mai chiesti",
        "vale fino alle 11:10",
        "la chat è collegata",
        "Prossima scadenza: rossi1@pec.example",
        "Collega con l'email",
        "Codice per collegare la chat con Posta Esempio",
        "Il codice collega la chat di Telegram",
        "Nessuno chiede questo codice per telefono o per email",
    ),
    Words(
        "en",
        "Type the reference e-mail here",
        "never be asked for the mailbox password",
        "works until 11:10",
        "this chat is linked",
        "Next expiry date: rossi1@pec.example",
        "Link by e-mail",
        "Code to link the chat with Posta Esempio",
        "The code links the Telegram chat",
        "Nobody asks for this code by phone or by e-mail",
    ),
]


async def asked(talk: Talk, address: str = "rossi@example.com", language: str = "it") -> Chat:
    """A chat that has just given an address."""
    chat = await talk(language=language)
    await chat.send("/start")
    if chat.has(GO_ON):
        await chat.tap(GO_ON)
    await chat.send(address)
    return chat


@pytest.mark.parametrize("words", some(WORDS, 1), ids=lambda words: words.language)
async def test_from_start_to_the_mailboxes(
    words: Words, talk: Talk, seed: Seed, letterbox: Letterbox
) -> None:
    await seed.mailbox("rossi")
    chat = await talk(language=words.language)
    await chat.send("/start")
    await chat.tap(words.go_on)
    assert words.ask in chat.text
    assert words.no_password in chat.text

    await chat.send("  Rossi@Example.com ")
    assert words.asked in chat.text
    assert "rossi" not in chat.text

    (mail,) = await letterbox.fetch()
    said = " ".join(text_of(mail).split())
    code = said.partition("Codice: " if words.language == "it" else "Code: ")[2][:6]
    assert mail["To"] == "rossi@example.com"
    assert mail["Subject"] == words.subject
    assert mail["Auto-Submitted"] == "auto-generated"
    assert code not in mail["Subject"]
    assert words.purpose in said
    assert words.nobody in said
    assert "11:10" in said

    await chat.send(f" {code[:3]} {code[3:]}-")
    assert words.right in chat.texts[-2]
    assert words.home in chat.text
    kept = [message.content.text.text for message in chat.world.messages(chat.id)]
    assert not any(code[3:] in text for text in kept), "a code that let in does not stay in the chat"
    await chat.send("/mailboxes")
    assert "rossi1@pec.example" in chat.text


async def test_the_answers_for_a_known_and_an_unknown_address_are_the_same_to_the_letter(
    talk: Talk, seed: Seed, letterbox: Letterbox
) -> None:
    await seed.mailbox("rossi")
    known, unknown = await asked(talk), await asked(talk, "nessuno@example.com")
    code = await letterbox.code()
    for each in (known, unknown):
        await each.send("nonsense")
        for _ in range(2):
            await each.send(another_code(code))
        await each.tap("Manda un altro codice")
    code = await letterbox.code()
    for each in (known, unknown):
        for _ in range(3):
            await each.send(another_code(code))
    assert known.texts == unknown.texts
    assert known.buttons == unknown.buttons
    assert "tra 60 minuti" in known.text


async def test_nobody_hears_of_a_customer_by_a_code_of_the_wrong_chat(
    talk: Talk, seed: Seed, letterbox: Letterbox
) -> None:
    await seed.mailbox("rossi")
    await asked(talk)
    code = await letterbox.code()
    thief = await asked(talk, "nessuno@example.com")
    await thief.send(code)
    assert "restano 4 tentativi" in thief.text
    await thief.send("/mailboxes")
    assert "rossi1@pec.example" not in thief.text


@pytest.mark.soak
async def test_the_wrong_codes_count_down_to_a_cool_down_of_real_minutes(
    talk: Talk, seed: Seed, letterbox: Letterbox, clock: FrozenClock
) -> None:
    await seed.mailbox("rossi")
    chat = await asked(talk)
    code = await letterbox.code()
    heard = []
    for _ in range(4):
        await chat.send(another_code(code))
        heard.append(chat.text.split("\n")[2])
    assert heard == [
        "Il codice non è giusto: restano 4 tentativi.",
        "Il codice non è giusto: restano 3 tentativi.",
        "Il codice non è giusto: restano 2 tentativi.",
        "Il codice non è giusto: resta 1 tentativo.",
    ]
    await chat.send(another_code(code))
    assert "tra 60 minuti" in chat.text
    assert not chat.has("Manda un altro codice")
    await chat.send(code)
    assert "I codici sbagliati sono stati troppi" in chat.text, "the right one comes too late"
    clock.advance(timedelta(minutes=47, seconds=30))
    await chat.send("/start")
    await chat.tap(GO_ON)
    await chat.send("rossi@example.com")
    assert "tra 13 minuti" in chat.text
    clock.advance(timedelta(minutes=12, seconds=30))
    await chat.send("rossi@example.com")
    await chat.send(await letterbox.code())
    assert "Prossima scadenza" in chat.text


async def test_a_code_expires_and_another_takes_its_place(
    talk: Talk, seed: Seed, letterbox: Letterbox, clock: FrozenClock
) -> None:
    await seed.mailbox("rossi")
    chat = await asked(talk)
    old = await letterbox.code()
    clock.advance(timedelta(minutes=10))
    await chat.send(old)
    assert "Nessun codice è valido" in chat.text
    await chat.tap("Manda un altro codice")
    assert "quello di prima non vale più" in chat.text
    new = await letterbox.code()
    if old != new:
        await chat.send(old)
        assert "restano 4 tentativi" in chat.text
    await chat.send(new)
    assert "Prossima scadenza" in chat.text


@pytest.mark.soak
async def test_more_codes_than_the_hour_has_are_refused_with_the_minutes_to_wait(
    talk: Talk, seed: Seed, letterbox: Letterbox, clock: FrozenClock
) -> None:
    await seed.mailbox("rossi")
    chat = await asked(talk)
    for _ in range(2):
        clock.advance(timedelta(minutes=5))
        await chat.tap("Manda un altro codice")
    assert len(await letterbox.fetch()) == 2, "the first was too old to be sent"
    await chat.tap("Manda un altro codice")
    assert "tra 50 minuti" in chat.text
    assert "vale fino alle 11:20" in chat.text, "the last one is still good"
    assert await letterbox.fetch() == []
    await asked(talk)
    assert len(await letterbox.fetch()) == 1, "what one chat has used up closes no other"


@pytest.mark.soak
async def test_who_reads_the_mailbox_gets_in_by_the_link_when_strangers_have_used_up_its_codes(
    talk: Talk, seed: Seed, letterbox: Letterbox
) -> None:
    await seed.mailbox("rossi")
    for _ in range(10):
        await asked(talk)
    mails = await letterbox.fetch()
    owner = await asked(talk)
    assert "hanno un link che collega questa chat senza codice" in owner.text
    (token,) = re.findall(r"https://t\.me/rinnovo_demo_bot\?start=(\S+)", text_of(mails[3]))
    await owner.send(f"/start {token}")
    await owner.send("/mailboxes")
    assert "rossi1@pec.example" in owner.text


async def test_two_quick_taps_ask_for_one_code(talk: Talk, seed: Seed, letterbox: Letterbox) -> None:
    await seed.mailbox("rossi")
    chat = await asked(talk)
    await letterbox.fetch()
    await chat.tap_together(["Manda un altro codice"] * 2)
    assert len(await letterbox.fetch()) == 1


@pytest.mark.parametrize(
    "typed", some(["rossi", "rossi@", "@example.com", "rossi@example", "rossi @ example,com"], 2)
)
async def test_what_is_no_address_is_named(typed: str, talk: Talk) -> None:
    chat = await asked(talk, typed)
    assert "non è un indirizzo email valido" in chat.text
    assert "Scrivi qui l'indirizzo" in chat.text


@pytest.mark.parametrize("typed", some(["12345a", "12345", "1234567", "abcdef", "la mia password", "-"], 1))
async def test_what_is_no_code_is_not_counted_nor_repeated(
    talk: Talk, seed: Seed, letterbox: Letterbox, typed: str
) -> None:
    await seed.mailbox("rossi")
    chat = await asked(talk)
    for _ in range(6):
        await chat.send(typed)
    assert "Il codice è fatto di 6 cifre" in chat.text
    assert typed == "-" or typed not in chat.text
    await chat.send(await letterbox.code())
    assert "Prossima scadenza" in chat.text


async def test_pictures_and_unknown_commands_are_no_answers(talk: Talk) -> None:
    chat = await talk()
    await chat.send("/link")
    await chat.send_photo(PIXEL)
    assert "La risposta va scritta in un messaggio" in chat.text
    await chat.send("/nonesiste")
    assert "Questo comando non esiste" in chat.text
    await chat.send("rossi@example.com")
    await chat.send_photo(PIXEL)
    assert "La risposta va scritta in un messaggio" in chat.text
    await chat.send("/nonesiste")
    assert "Questo comando non esiste" in chat.text
    await chat.tap("Chiudi")
    await chat.send("ciao")
    assert "/rinnova" in chat.text


@pytest.mark.soak
async def test_commands_and_buttons_of_messages_work_while_it_waits(
    talk: Talk, seed: Seed, letterbox: Letterbox
) -> None:
    mailbox = await seed.mailbox("verdi", expires_in=20)
    await seed.mailbox("rossi")
    chat = await talk("verdi")
    await chat.send("/mailboxes")
    listed = chat.newest
    await chat.send("/link")
    await chat.send("rossi@example.com")
    await chat.send("/help")
    assert "Come si rinnova" in chat.text
    await chat.press(f"renew:{mailbox}", on=listed)
    assert "verdi1@pec.example" in chat.text
    await chat.send("/link")
    assert "Codice di 6 cifre" in chat.text, "it goes on where it was"
    await chat.send(await letterbox.code())
    await chat.send("/mailboxes")
    assert "rossi2@pec.example" in chat.text


@pytest.mark.soak
async def test_other_address_close_and_back(talk: Talk, seed: Seed, letterbox: Letterbox) -> None:
    await seed.mailbox("rossi")
    chat = await asked(talk, "rosi@example.com")
    await chat.tap("Cambia indirizzo")
    await chat.send("rossi@example.com")
    await chat.tap("Chiudi")
    await chat.send("/start")
    await chat.send(await letterbox.code())
    assert "Prossima scadenza" in chat.text


async def test_every_customer_with_the_address_is_added_and_their_other_chats_hear_of_it(
    talk: Talk, seed: Seed, letterbox: Letterbox, push: Push
) -> None:
    for customer in ("rossi", "bianchi", "verdi"):
        await seed.mailbox(customer)
    await seed.share_email("rossi", "bianchi")
    owner, stranger = await talk("rossi"), await talk("verdi")
    accountant = await talk("verdi")
    await accountant.send("/link")
    assert "Aggiungere un cliente" in accountant.text
    assert "rossi" not in accountant.text
    await accountant.send("rossi@example.com")
    await accountant.send(await letterbox.code())
    await accountant.send("/mailboxes")
    for address in ("rossi1@pec.example", "bianchi2@pec.example", "verdi3@pec.example"):
        assert address in accountant.text
    await push()
    assert "Un'altra chat è stata collegata" in owner.text
    assert "rossi1@pec.example" in owner.text
    assert "rossi1" not in "".join(stranger.texts)


async def test_what_was_wanted_is_opened_afterwards(talk: Talk, seed: Seed, letterbox: Letterbox) -> None:
    await seed.mailbox("rossi")
    chat = await talk()
    await chat.send("/renew")
    assert "Risponde un programma" in chat.text
    await chat.tap(GO_ON)
    await chat.send("rossi@example.com")
    await chat.send(await letterbox.code())
    assert "la chat è collegata" in chat.texts[-2]
    assert "rossi1@pec.example" in chat.screen_text
    assert chat.has("Annulla")


@pytest.mark.soak
async def test_after_unlinking_the_same_code_is_of_no_use(
    talk: Talk, seed: Seed, letterbox: Letterbox
) -> None:
    await seed.mailbox("rossi")
    chat = await asked(talk)
    code = await letterbox.code()
    await chat.send(code)
    await chat.send("/unlink")
    await chat.tap("Scollega la chat")
    await chat.tap("Collega con l'email")
    await chat.send(code)
    assert "non è un indirizzo email valido" in chat.text
    await chat.send("/unlink")
    assert chat.has("Collega con l'email")


async def test_refused_links_lead_to_it(
    talk: Talk, seed: Seed, services: Services, clock: FrozenClock
) -> None:
    await seed.mailbox("rossi")
    token = (await services.linking.invite("rossi")).token
    other = (await services.linking.invite("rossi")).token
    first, second = await talk(), await talk()
    await first.follow(token)
    await second.follow(token)
    assert "già stato usato" in second.text
    clock.advance(timedelta(days=400))
    for refused, words in ((token, "già stato usato"), (other, "scaduto"), ("x" * 43, "non è valido")):
        await second.follow(refused)
        assert words in second.text
        assert "un codice mandato all'indirizzo email di riferimento" in second.text
        await second.tap("Collega con l'email")
        assert "Collegare questa chat" in second.text


async def test_no_mailboxes_leads_to_it(talk: Talk) -> None:
    chat = await talk()
    await chat.send("/mailboxes")
    await chat.tap("Collega con l'email")
    assert "Collegare questa chat" in chat.text


class TestLogged:
    """On SQLite with its threads: what the driver logs of each statement is looked at too."""

    @pytest.fixture
    def near_engines(self, reused_engines: ReusedEngines) -> ReusedEngines:
        """With threads."""
        return reused_engines

    async def test_neither_code_nor_address_is_logged(
        self, talk: Talk, seed: Seed, letterbox: Letterbox
    ) -> None:
        root = logging.getLogger()
        before = root.handlers, root.level
        log = io.StringIO()
        configure_logging("json", stream=log)
        root.setLevel(logging.DEBUG)
        await seed.mailbox("rossi")
        chat = await asked(talk)
        (mail,) = await letterbox.fetch()
        code = text_of(mail).partition("Codice: ")[2][:6]
        for typed in ("/nonesiste", "non un codice", another_code(code), code):
            await chat.send(typed)
        await (await asked(talk, "nessuno@example.com")).send("654321")
        await letterbox.fetch()
        root.handlers, root.level = before
        logging.captureWarnings(capture=False)
        structlog.reset_defaults()
        assert "Prossima scadenza" in chat.text
        assert log.getvalue()
        for secret in (code, another_code(code), "654321", "rossi@", "nessuno@"):
            assert secret not in log.getvalue()
