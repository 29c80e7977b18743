"""From Pro or Premium to Standard, in the chat: the archive is closed (DOMAIN.md 3.2)."""

import pytest

from bot.domain.drafts import Item
from bot.domain.space import ExtraSpace
from bot.services.services import Services
from tests.support.chat import Chat
from tests.support.long_runs import long
from tests.support.renewing import draft_of, said
from tests.support.running_bot import Talk
from tests.support.seed import Seed

CHANGE_PLAN = {"it": "Cambia piano", "en": "Change plan"}
TAKE = {"it": "Passa a", "en": "Change to"}
BACK = {"it": "Indietro", "en": "Back"}
LANGUAGES = pytest.mark.parametrize("language", ["it", *long("en")])


async def looking_at(chat: Chat, plan: str, language: str = "it") -> None:
    """Open the change of the only mailbox to this plan."""
    await chat.send("/renew")
    await chat.tap(CHANGE_PLAN[language])
    await chat.tap(plan)


async def item(chat: Chat, services: Services) -> Item:
    """What is chosen for the only mailbox."""
    (chosen,) = (await draft_of(chat, services)).items
    return chosen


def block(chat: Chat, first_words: str) -> str:
    """The paragraph of the screen that begins with these words."""
    for paragraph in said(chat).split("\n\n"):
        if paragraph.startswith(first_words):
            return paragraph
    raise AssertionError(f"no paragraph begins with {first_words!r}: {said(chat)}")


@LANGUAGES
@pytest.mark.parametrize(("old", "old_archive"), [("pro", "2.5"), *long(("premium", "7.25"))])
async def test_a_downgrade_to_standard_says_what_is_lost_and_asks_twice(
    seed: Seed, talk: Talk, services: Services, language: str, old: str, old_archive: str
) -> None:
    await seed.mailbox("rossi", address="studio@pec.example", plan=old, used=("0.4", old_archive))
    chat = await talk("rossi", language=language)
    await looking_at(chat, "Standard", language)
    losses = block(chat, {"it": "Si perde", "en": "Lost"}[language])
    gb = old_archive.replace(".", {"it": ",", "en": "."}[language]) + " GB"
    expected = {
        "it": ["archivio PEC viene chiuso", "cancellati", "da 2 GB a 1 GB", "SMS", "Multiutenza", "Delega"],
        "en": ["archive is closed", "deleted", "from 2 GB to 1 GB", "SMS", "Multi-user", "delegation"],
    }[language]
    for words in [*expected, gb]:
        assert words in losses
    assert said(chat).index(losses) < said(chat).index({"it": "Nuovo totale", "en": "New total"}[language])

    await chat.tap(TAKE[language])
    assert (await item(chat, services)).plan_id == old
    assert "studio@pec.example" in chat.text
    assert gb in said(chat)
    await chat.tap({"it": "Cancella l'archivio", "en": "Delete the archive"}[language])
    assert (await item(chat, services)).plan_id == "standard"


async def test_the_second_confirmation_can_be_declined(seed: Seed, talk: Talk, services: Services) -> None:
    await seed.mailbox("rossi", plan="pro", used=("0.4", "1"))
    chat = await talk("rossi")
    await looking_at(chat, "Standard")
    await chat.tap("Passa a Standard")
    await chat.tap(BACK["it"])
    assert "Da Pro a Standard" in chat.text
    await chat.tap(BACK["it"])
    assert "Quale piano?" in chat.text
    await chat.tap(BACK["it"])
    assert (await item(chat, services)).plan_id == "pro"


async def test_an_empty_archive_needs_no_second_confirmation(
    seed: Seed, talk: Talk, services: Services
) -> None:
    await seed.mailbox("rossi", plan="pro", used=("0.4", "0"))
    chat = await talk("rossi")
    await looking_at(chat, "Standard")
    assert "risulta vuoto" in block(chat, "Si perde")
    await chat.tap("Passa a Standard")
    assert (await item(chat, services)).plan_id == "standard"


@LANGUAGES
async def test_an_archive_of_unknown_size_is_said_and_confirmed_twice(
    seed: Seed, talk: Talk, services: Services, language: str
) -> None:
    await seed.mailbox("rossi", address="studio@pec.example", plan="premium", used=None)
    chat = await talk("rossi", language=language)
    await looking_at(chat, "Standard", language)
    assert {"it": "non è noto", "en": "is not known"}[language] in chat.text
    await chat.tap(TAKE[language])
    assert (await item(chat, services)).plan_id == "premium"
    assert "studio@pec.example" in chat.text
    assert {"it": "quantità non è nota", "en": "is not known"}[language] in chat.text
    await chat.tap({"it": "Cancella l'archivio", "en": "Delete the archive"}[language])
    assert (await item(chat, services)).plan_id == "standard"


@pytest.mark.parametrize("old", ["pro", *long("premium")])
async def test_to_standard_with_more_than_one_gb_the_extra_one_is_required(
    seed: Seed, talk: Talk, services: Services, old: str
) -> None:
    await seed.mailbox("rossi", plan=old, used=("1.5", "0"))
    chat = await talk("rossi")
    await looking_at(chat, "Standard")
    space = block(chat, "Lo spazio usato è più di quello incluso in Standard")
    assert "Serve spazio aggiuntivo: 1 GB di casella, 4,88 € all'anno" in space
    assert "cancellare almeno 0,5 GB dalla casella" in space
    await chat.tap("Passa a Standard")
    assert (await item(chat, services)).extra == ExtraSpace(1, 0)


@pytest.mark.parametrize("old", ["pro", *long("premium")])
async def test_to_standard_with_more_than_two_gb_is_not_possible_until_messages_are_deleted(
    seed: Seed, talk: Talk, services: Services, old: str
) -> None:
    await seed.mailbox("rossi", plan=old, used=("2.3", "1"), extra=(1, 0))
    chat = await talk("rossi")
    await looking_at(chat, "Standard")
    assert "non è possibile finché non si cancellano almeno 0,3 GB dalla casella" in said(chat)
    assert not chat.has("Passa a")
    assert chat.has("ricontrolla")
    assert (await item(chat, services)).plan_id == old


async def test_exactly_two_gb_fit_standard_with_the_extra_one(
    seed: Seed, talk: Talk, services: Services
) -> None:
    await seed.mailbox("rossi", plan="pro", used=("2", "0"))
    chat = await talk("rossi")
    await looking_at(chat, "Standard")
    await chat.tap("Passa a Standard")
    assert (await item(chat, services)).extra == ExtraSpace(1, 0)


async def test_old_usage_is_said_with_its_date(seed: Seed, talk: Talk) -> None:
    await seed.mailbox("rossi", plan="premium", used=("0.5", "1"), usage_age_hours=48)
    chat = await talk("rossi")
    await looking_at(chat, "Pro")
    assert "misurato il 21/11/2026" in chat.text
