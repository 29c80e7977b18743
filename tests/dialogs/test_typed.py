"""What people type and nobody should find in the chat later does not stay there."""

import pytest
from structlog.testing import capture_logs

from bot.domain.steps import Step
from bot.playground.errors import bad_request
from bot.playground.world import World
from bot.services.services import Services
from tests.support.chat import Chat
from tests.support.renewing import draft_of, stand_at
from tests.support.running_bot import Talk
from tests.support.seed import Seed

TAX_CODE = "SMPMRA80A41H501N"


def typed(chat: Chat, world: World) -> list[str]:
    """What the person wrote and the chat still holds."""
    return [message.content.text.text for message in world.messages(chat.id) if message.sender != world.bot]


async def asked_for_the_tax_code(seed: Seed, talk: Talk, services: Services) -> Chat:
    """A chat in which the tax code of a kit's holder is asked."""
    mailbox = await seed.mailbox("rossi", kind="company")
    chat = await talk("rossi")
    await stand_at(chat, services, mailbox, Step.KIT)
    await chat.tap("Firma remota")
    await chat.tap("Inserisci i dati")
    await chat.send("Maria")
    await chat.send("Esempio")
    return chat


async def test_a_tax_code_goes_once_it_is_taken_and_one_that_is_refused_stays_to_be_read(
    seed: Seed, talk: Talk, services: Services
) -> None:
    chat = await asked_for_the_tax_code(seed, talk, services)
    await chat.send(TAX_CODE[:-1] + "X")
    assert typed(chat, chat.world)[-1] == TAX_CODE[:-1] + "X"
    await chat.send(TAX_CODE)
    assert TAX_CODE not in typed(chat, chat.world)
    assert {"Maria", "Esempio"} <= set(typed(chat, chat.world)), "a name stays"
    kit = (await draft_of(chat, services)).kit
    assert kit is not None
    assert kit.holder is not None
    assert kit.holder.tax_code == TAX_CODE


async def test_where_telegram_refuses_the_answer_is_taken_all_the_same_and_no_log_holds_it(
    seed: Seed, talk: Talk, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.playground.methods.editing._check_deletable", refuse)
    chat = await asked_for_the_tax_code(seed, talk, services)
    with capture_logs() as logs:
        await chat.send(TAX_CODE)
    kit = (await draft_of(chat, services)).kit
    assert kit is not None
    assert kit.holder is not None
    assert kit.holder.tax_code == TAX_CODE
    assert [log["reason"] for log in logs if log["event"] == "typed_text_not_deleted"]
    assert TAX_CODE not in str(logs)


def refuse(*_: object) -> None:
    """Answer as Telegram does after 48 hours."""
    raise bad_request("message can't be deleted for everyone")
