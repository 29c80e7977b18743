"""`/privacy`: what is kept, the file with one's own data, and deleting what is the chat's (DOMAIN.md 7, "Data")."""

import json
from datetime import timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from sqlalchemy import func, select

from bot.db.engine import Database
from bot.db.tables import (
    ChainRow,
    ChatCustomerRow,
    ChatRow,
    ContentRow,
    CustomerRow,
    DraftRow,
    LoginCodeRow,
    MailboxRow,
    OutboxRow,
    RecordRow,
)
from bot.domain.evidence.chain import Kind
from bot.services.actor import Actor
from bot.services.services import Services
from tests.support.chat import Chat
from tests.support.clock import FrozenClock
from tests.support.long_runs import long
from tests.support.ordering import chosen, place
from tests.support.running_bot import Talk
from tests.support.seed import Seed

WORDS = {
    "it": (
        "Inviami i miei dati",
        "Cancella i miei dati",
        "Cancella i dati della chat",
        "Lascia tutto com'è",
        "sono stati cancellati",
        "Frase di sicurezza",
    ),
    "en": (
        "Send me my data",
        "Delete my data",
        "Delete the chat's data",
        "Leave all as it is",
        "were deleted",
        "Security phrase",
    ),
}
LANGUAGES = pytest.mark.parametrize("language", ["it", *long("en")])


def opened(chat: Chat) -> tuple[str, dict[str, Any]]:
    """The page and the values of the file that was sent last."""
    sent = chat.newest.content.document
    assert sent is not None
    with ZipFile(BytesIO(sent.data)) as file:
        page, values = file.namelist()
        assert (page.rpartition(".")[2], values.rpartition(".")[2]) == ("html", "json")
        return file.read(page).decode(), json.loads(file.read(values))


async def requests(database: Database) -> list[str]:
    """What is on record of requests about data."""
    async with database.read() as session:
        contents = await session.scalars(
            select(ContentRow.content)
            .join(
                RecordRow,
                (RecordRow.chain_id == ContentRow.chain_id) & (RecordRow.sequence == ContentRow.sequence),
            )
            .join(ChainRow, ChainRow.id == RecordRow.chain_id)
            .where(RecordRow.kind == Kind.REQUESTED.value)
            .order_by(RecordRow.at, RecordRow.sequence)
        )
        return [each["request"] for each in contents if each is not None]


@LANGUAGES
async def test_the_data_come_as_a_page_and_as_values(
    talk: Talk, seed: Seed, services: Services, database: Database, language: str
) -> None:
    send, *_, phrase = WORDS[language]
    await seed.mailbox("rossi")
    chat = await talk("rossi", language=language)
    await services.wishes.set_phrase(Actor(chat.id, language), "gatto <b>nero</b>")
    await chat.send("/privacy")
    assert "10" in chat.text, "until when"
    await chat.tap(send)

    page, values = opened(chat)
    assert phrase in page
    assert "gatto &lt;b&gt;nero&lt;/b&gt;" in page
    assert "rossi1@pec.example" in page
    assert "SMPMRA80A41H501N" in page
    assert values["chat"]["security_phrase"] == "gatto <b>nero</b>"
    (customer,) = values["customers"]
    assert customer["reference_email"] == "rossi@example.com"
    assert [each["mailbox"] for each in customer["mailboxes"]] == ["rossi1@pec.example"]
    assert await requests(database) == ["own data"]


async def test_two_quick_taps_send_one_file(talk: Talk, seed: Seed, database: Database) -> None:
    await seed.mailbox("rossi")
    chat = await talk("rossi")
    await chat.send("/privacy")
    before = len(chat.texts)
    await chat.tap_together(["Inviami i miei dati"] * 2)
    assert len(chat.texts) == before + 1
    assert await requests(database) == ["own data"]


async def test_who_is_bound_to_nobody_gets_what_is_kept_of_the_chat(talk: Talk) -> None:
    chat = await talk()
    await chat.send("/privacy")
    await chat.tap("Inviami i miei dati")
    _, values = opened(chat)
    assert (values["chat"]["chat"], values["customers"]) == (str(chat.id), [])


@LANGUAGES
async def test_deleting_takes_two_steps_and_what_is_the_chats_goes(
    talk: Talk, seed: Seed, services: Services, database: Database, language: str
) -> None:
    _, delete, sure, keep, done, _ = WORDS[language]
    box = await seed.mailbox("rossi")
    chat, colleague = await talk("rossi", language=language), await talk("rossi")
    actor = Actor(chat.id, language)
    await services.wishes.set_phrase(actor, "gatto nero")
    await services.wishes.set_phrase(Actor(colleague.id, "it"), "cane bianco")
    await services.renewals.begin_with(actor, box)
    await chat.send("/privacy")
    await chat.tap(delete)
    assert "10" in chat.text, "what stays, and until when"
    await chat.tap(keep)
    assert await requests(database) == []

    await chat.send("/privacy")
    await chat.tap(delete)
    await chat.tap(sure)

    assert done in chat.text
    async with database.read() as session:
        assert list(await session.scalars(select(ChatCustomerRow.chat_id))) == [colleague.id]
        assert await session.scalar(select(func.count()).where(DraftRow.chat_id == chat.id)) == 0
        phrases = await session.scalars(select(ChatRow.security_phrase).where(ChatRow.id.in_([chat.id])))
        assert set(phrases) <= {None}
        kept = await session.scalar(select(ChatRow.security_phrase).where(ChatRow.id == colleague.id))
        assert kept == "cane bianco", "a colleague's stays"
        assert await session.scalar(select(CustomerRow.reference_email)) == "rossi@example.com"
        assert await session.scalar(select(func.count()).select_from(MailboxRow)) == 1
        settled = OutboxRow.settled_at.is_not(None)
        assert await session.scalar(select(func.count()).where(OutboxRow.chat_id == chat.id, settled)) == 0
    assert await requests(database) == ["deletion of the chat"]


async def test_a_second_tap_and_a_restart_between_the_steps_delete_once(
    talk: Talk, seed: Seed, database: Database
) -> None:
    await seed.mailbox("rossi")
    chat = await talk("rossi")
    await chat.send("/privacy")
    await chat.tap("Cancella i miei dati")
    await chat.tap_together(["Cancella i dati della chat"] * 2)
    assert "sono stati cancellati" in chat.text
    assert await requests(database) == ["deletion of the chat"]
    await chat.send("/start")
    assert "rossi1" not in chat.text


async def test_two_chats_of_a_customer_delete_at_once_each_its_own(
    talk: Talk, seed: Seed, database: Database
) -> None:
    await seed.mailbox("rossi")
    chats = [await talk("rossi"), await talk("rossi")]
    for chat in chats:
        await chat.send("/privacy")
        await chat.tap("Cancella i miei dati")
    await chats[1].tap("Cancella i dati della chat")
    await chats[0].tap("Cancella i dati della chat")
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(ChatCustomerRow)) == 0
    assert await requests(database) == ["deletion of the chat"] * 2


async def test_who_orders_and_deletes_leaves_the_order_and_its_evidence(
    talk: Talk, seed: Seed, services: Services
) -> None:
    box = await seed.mailbox("rossi", plan="pro")
    chat = await talk("rossi")
    actor = Actor(chat.id, "it")
    order = await place(services, actor, await chosen(services, actor, [box]))
    await services.forgetting.forget_chat(actor)
    document = await services.papers.of_order(order.number, "it")
    assert document.check() == []


async def test_deleting_gives_nobody_more_codes_to_guess(
    talk: Talk, seed: Seed, services: Services, database: Database, clock: FrozenClock
) -> None:
    await seed.mailbox("rossi")
    chat = await talk()
    async with database.write() as session:
        now = services.surroundings.now()
        session.add(
            LoginCodeRow(
                chat_id=chat.id,
                email_index=b"x" * 32,
                created_at=now,
                expires_at=now,
                attempts=4,
                used_at=now,
            )
        )
    await services.forgetting.forget_chat(Actor(chat.id, "it"))
    async with database.read() as session:
        assert await session.scalar(select(LoginCodeRow.attempts)) == 4
    clock.advance(timedelta(days=8))
    await services.forgetting.forget_chat(Actor(chat.id, "it"))
    async with database.read() as session:
        assert await session.scalar(select(LoginCodeRow.attempts)) is None
