"""Deleting everything of a customer in the chat: two steps and a code by e-mail (DOMAIN.md 7, "Data"; decision 042)."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, func, select

from bot.app import Told, build_bot, build_conversation
from bot.db.engine import Database
from bot.db.tables import CaseRow, ChatCustomerRow, ChatRow, CustomerRow, EmailChangeRow, MailboxRow
from bot.playground.session import WorldSession
from bot.playground.world import World
from bot.services.actor import Actor
from bot.services.leaving.at_the_office import LeavingAtTheOffice
from bot.services.services import Services
from bot.texts import Texts
from tests.handlers.test_own_data import requests
from tests.support.chat import Chat
from tests.support.clock import FrozenClock
from tests.support.everything import everything, where
from tests.support.letterbox import Letterbox, another_code, code_in_mail, text_of
from tests.support.long_runs import some
from tests.support.ordering import chosen, place
from tests.support.running_bot import TOKEN, Talk
from tests.support.seed import Seed


@pytest.fixture
def who_is_told() -> Told:
    """This bot can send mail."""
    return Told(mail=True, operator_chat_id=99)


@dataclass(frozen=True)
class Words:
    """What is tapped and looked for in one language."""

    language: str
    delete: str
    all: str
    stays: str
    send: str
    at_once: str
    wrong: str
    done: str
    confirmed: str
    stranger: str
    whose: str


WORDS = [
    Words(
        "it",
        "Cancella i miei dati",
        "Cancella tutti i dati",
        "Restano fino al 23/11/2036",
        "Manda il codice",
        "si cancella tutto, subito",
        "restano 4 tentativi",
        "Fatto: tutti i dati del cliente sono stati cancellati",
        "I dati sono stati cancellati",
        "Collega con l'email",
        "Di quale cliente",
    ),
    Words(
        "en",
        "Delete my data",
        "Delete all the data",
        "Kept until 23 Nov 2036",
        "Send the code",
        "everything is deleted at once",
        "4 attempts left",
        "Done: all the data of the customer were deleted",
        "The data were deleted",
        "Link by e-mail",
        "Of which customer",
    ),
]
LANGUAGES = pytest.mark.parametrize("words", some(WORDS, 1), ids=lambda words: words.language)
IT = WORDS[0]


async def at_terms(chat: Chat, words: Words = IT) -> None:
    """The chat reads what follows."""
    await chat.send("/privacy")
    await chat.tap(words.delete)
    await chat.tap(words.all)


@LANGUAGES
async def test_two_steps_and_a_code_delete_all_and_the_bot_knows_nobody(
    words: Words, talk: Talk, seed: Seed, services: Services, database: Database, letterbox: Letterbox
) -> None:
    await seed.mailbox("rossi", address="casella-q@pec.example", language=words.language)
    chat = await talk("rossi", language=words.language)
    await services.wishes.set_phrase(Actor(chat.id, words.language), "gatto nero")
    await at_terms(chat, words)
    assert "casella-q@pec.example" in chat.text
    assert words.stays in chat.text
    assert "rossi@example.com" in chat.text
    await chat.tap_together([words.send] * 2)
    assert words.at_once in chat.text
    code = await letterbox.code()
    await chat.send(another_code(code))
    assert words.wrong in chat.text
    await chat.send(code)

    assert words.done in chat.text
    (confirmation,) = await letterbox.fetch()
    assert words.confirmed in str(confirmation["subject"])
    assert confirmation["to"] == "rossi@example.com"
    assert "gatto nero" in text_of(confirmation), "it is genuine"
    assert await requests(database) == ["deletion of the customer"]
    found = await everything(database)
    for word in ("casella-q@pec.example", "gatto nero", "Maria", "rossi1"):
        assert where(found, word) <= {"outbox"}, word
    await chat.send("/start")
    assert chat.has(words.stranger), "as a stranger"
    async with database.read() as session:
        (case,) = await session.scalars(select(CaseRow))
        assert (case.kind, case.subject) == ("forgotten", "rossi")
        assert str(case.due_on) == "2026-12-23", "a month"


@pytest.mark.parametrize(
    ("words", "goes"),
    some(
        [
            (WORDS[0], "Si cancellano titolari e contatti"),
            (WORDS[1], "Deleted are holders and contacts"),
        ],
        1,
    ),
    ids=["it", "en"],
)
async def test_a_customer_without_mailboxes_reads_of_none(
    words: Words, goes: str, talk: Talk, seed: Seed, database: Database
) -> None:
    await seed.mailbox("rossi", language=words.language)
    chat = await talk("rossi", language=words.language)
    async with database.write() as session:
        await session.execute(delete(MailboxRow))
    await at_terms(chat, words)
    assert goes in chat.text
    assert "PEC" not in chat.text, "none stays active either"


@LANGUAGES
async def test_what_stands_against_it_is_said_with_what_to_do(
    words: Words, talk: Talk, seed: Seed, services: Services, database: Database
) -> None:
    box = await seed.mailbox("rossi", plan="pro", address="ordinata@pec.example")
    await seed.mailbox("rossi", address="auto@pec.example", auto_renew=True)
    chat = await talk("rossi", language=words.language)
    actor = Actor(chat.id, words.language)
    order = await place(services, actor, await chosen(services, actor, [box]))
    await at_terms(chat, words)
    assert order.number in chat.text
    assert "auto@pec.example" in chat.text
    assert ("/ordini" if words.language == "it" else "/orders") in chat.text
    assert not chat.has(words.send)
    async with database.read() as session:
        assert await session.scalar(select(CustomerRow.forgotten_on)) is None


async def test_a_colleagues_chat_is_sent_to_the_operator(talk: Talk, seed: Seed, database: Database) -> None:
    await seed.mailbox("rossi")
    chat, colleague = await talk("rossi"), await talk("rossi")
    for each in (chat, colleague):
        await each.send("/privacy")
        await each.tap("Cancella i miei dati")
        assert not each.has("Cancella tutti i dati")
        assert "scrivendo a" in each.text
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(ChatCustomerRow)) == 2


@pytest.mark.soak
async def test_a_chat_that_joins_between_the_steps_stops_it(
    talk: Talk, seed: Seed, letterbox: Letterbox, database: Database
) -> None:
    await seed.mailbox("rossi")
    chat = await talk("rossi")
    await at_terms(chat)
    await chat.tap("Manda il codice")
    code = await letterbox.code()
    await talk("rossi")
    await chat.send(code)
    assert "altre chat sono collegate" in chat.text
    assert await requests(database) == []


@pytest.mark.soak
async def test_after_a_restart_between_the_steps_the_same_code_deletes(
    talk: Talk,
    seed: Seed,
    letterbox: Letterbox,
    database: Database,
    world: World,
    services: Services,
    texts: Texts,
    clock: FrozenClock,
) -> None:
    def restart() -> None:
        told = Told(mail=True)
        conversation = build_conversation(database, services.surroundings, texts, clock, told=told)
        chat.restart(build_bot(TOKEN, WorldSession(world)), conversation)

    await seed.mailbox("rossi")
    chat = await talk("rossi")
    await at_terms(chat)
    restart()
    await chat.tap("Manda il codice")
    restart()
    await chat.send(await letterbox.code())
    assert "Fatto: tutti i dati" in chat.text
    assert await requests(database) == ["deletion of the customer"]


@pytest.mark.soak
async def test_the_code_once_more_is_the_same_deletion(
    talk: Talk, seed: Seed, services: Services, letterbox: Letterbox, database: Database
) -> None:
    """The process was killed after it had deleted all and before it said so: Telegram brings the code once more."""
    await seed.mailbox("rossi")
    chat = await talk("rossi")
    actor = Actor(chat.id, "it")
    await at_terms(chat)
    await chat.tap("Manda il codice")
    code = await letterbox.code()
    first = await services.leaving.enter(actor, code)
    await chat.send(code)
    assert "Fatto: tutti i dati" in chat.text
    assert await services.leaving.enter(actor, code) == first
    assert await requests(database) == ["deletion of the customer"]


@pytest.mark.soak
async def test_guessing_ends_as_with_every_other_code(
    talk: Talk, seed: Seed, letterbox: Letterbox, database: Database, clock: FrozenClock
) -> None:
    await seed.mailbox("rossi")
    chat = await talk("rossi")
    await at_terms(chat)
    await chat.tap("Manda il codice")
    code = await letterbox.code()
    for _ in range(5):
        await chat.send(another_code(code))
    assert "troppi" in chat.text
    await chat.send(code)
    assert "troppi" in chat.text
    clock.advance(timedelta(minutes=11))
    await chat.send(code)
    assert await requests(database) == []


@pytest.mark.soak
async def test_a_code_that_went_to_the_address_before_is_worth_nothing_and_a_new_address_waits(
    talk: Talk, seed: Seed, services: Services, letterbox: Letterbox, database: Database, clock: FrozenClock
) -> None:
    """Whoever has the phone alone must not change the address and delete all: who has the old one may undo it first."""
    await seed.mailbox("rossi")
    chat = await talk("rossi")
    actor = Actor(chat.id, "it")
    await at_terms(chat)
    await chat.tap("Manda il codice")
    code = await letterbox.code()
    async with database.read() as session:
        customer_id = await session.scalar(select(CustomerRow.id))
    assert customer_id is not None
    await services.reference_emails.ask(actor, customer_id, "nuova@example.com")
    await services.reference_emails.enter(actor, code_in_mail((await letterbox.fetch())[0]))
    await chat.send(code)
    assert await requests(database) == []
    await at_terms(chat)
    assert "è cambiato da poco" in chat.text
    assert not chat.has("Manda il codice")
    clock.advance(timedelta(days=8))
    await at_terms(chat)
    assert chat.has("Manda il codice")
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(EmailChangeRow)) == 1


async def test_a_chat_of_several_customers_chooses_and_keeps_the_others(
    talk: Talk, seed: Seed, services: Services, letterbox: Letterbox, database: Database
) -> None:
    await seed.mailbox("rossi", address="una@pec.example")
    await seed.mailbox("bianchi", address="due@pec.example")
    chat = await talk("rossi")
    actor = Actor(chat.id, "it")
    answer: Any = await services.linking.redeem(actor, (await services.linking.invite("bianchi")).token)
    await services.linking.confirm(actor, answer.token_id)
    await services.wishes.set_phrase(actor, "gatto nero")
    await letterbox.fetch()
    await at_terms(chat)
    assert "Di quale cliente" in chat.text
    await chat.tap("due@pec.example")
    await chat.tap("Un altro cliente")
    await chat.tap("una@pec.example")
    await chat.tap("Manda il codice")
    await chat.send(await letterbox.code())
    assert "Fatto: tutti i dati" in chat.text
    await chat.send("/start")
    assert "due@pec.example" in chat.text
    async with database.read() as session:
        assert await session.scalar(select(ChatRow.security_phrase)) == "gatto nero"


@pytest.mark.soak
async def test_another_chat_that_taps_while_the_data_go_is_told_that_there_is_nothing(
    talk: Talk, seed: Seed, database: Database, services: Services
) -> None:
    box = await seed.mailbox("rossi", plan="pro")
    chats = [await talk("rossi"), await talk("rossi")]
    for chat in chats:
        await services.renewals.begin_with(Actor(chat.id, "it"), box)
        await chat.send("/rinnova")
    await chats[1].send("/impostazioni")
    await LeavingAtTheOffice(database, services.surroundings, mail=False).forget("rossi")
    for chat in chats:
        await chat.tap(chat.buttons[0])
        await chat.send("/start")
        assert chat.has("Collega con l'email"), chat.text
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(ChatCustomerRow)) == 0
