"""Several mailboxes in one renewal: their list, and each of them, in the chat (DOMAIN.md 3.1)."""

import re

import pytest

from bot.services.services import Services
from bot.texts import Locale, Texts
from tests.support.chat import Chat
from tests.support.long_runs import long
from tests.support.renewing import draft_of, said
from tests.support.running_bot import Talk
from tests.support.seed import Seed

CHANGE_PLAN = {"it": "Cambia piano", "en": "Change plan"}
CONTINUE = {"it": "Continua", "en": "Continue"}
BACK = {"it": "Indietro", "en": "Back"}
LANGUAGES = pytest.mark.parametrize("language", ["it", *long("en")])


def express(chat: Chat) -> list[str]:
    """The buttons of the short way, with plain spaces."""
    labels = [label.replace("\u00a0", " ") for label in chat.buttons]
    return [label for label in labels if re.match(r"\d (ann[oi]|years?) · ", label)]


@LANGUAGES
async def test_several_mailboxes_are_a_list_and_each_opens(seed: Seed, talk: Talk, language: str) -> None:
    await seed.mailbox("rossi", address="a@pec.example", plan="standard", expires_in=10)
    await seed.mailbox("rossi", address="b@pec.example", plan="pro", expires_in=20, extra=(1, 1))
    chat = await talk("rossi", language=language)
    await chat.send("/renew")
    await chat.tap({"it": "Tutte", "en": "All"}[language])
    await chat.tap(CONTINUE[language])
    labels = [label.replace("\u00a0", " ") for label in chat.buttons]
    assert (
        labels[:2]
        == {
            "it": ["a@pec.example · 12,08 €", "b@pec.example · 44,41 €"],
            "en": ["a@pec.example · €12.08", "b@pec.example · €44.41"],
        }[language]
    )
    assert (
        express(chat)[0]
        == {
            "it": "1 anno · 56,49 €",
            "en": "1 year · €56.49",
        }[language]
    )
    await chat.tap("b@pec.example")
    assert {"it": "Così com'è: 44,41 € all'anno", "en": "As it is: €44.41 a year"}[language] in said(chat)
    await chat.tap(BACK[language])
    assert labels == [label.replace("\u00a0", " ") for label in chat.buttons]


async def test_the_others_stay_as_they_are(seed: Seed, talk: Talk, services: Services) -> None:
    first = await seed.mailbox("rossi", address="a@pec.example", plan="standard", expires_in=10)
    second = await seed.mailbox("rossi", address="b@pec.example", plan="standard", expires_in=20)
    chat = await talk("rossi")
    await chat.send("/renew")
    await chat.tap("Tutte")
    await chat.tap(CONTINUE["it"])
    await chat.tap("b@pec.example")
    await chat.tap(CHANGE_PLAN["it"])
    await chat.tap("Pro")
    await chat.tap("Passa a Pro")
    assert "Scelto finora: Pro senza spazio aggiuntivo, 36,48 €" in said(chat)
    await chat.tap(BACK["it"])
    assert chat.has("b@pec.example · 36,48")
    await chat.tap(CONTINUE["it"])
    assert "Kit di firma digitale" in chat.text
    plans = {item.mailbox_id: item.plan_id for item in (await draft_of(chat, services)).items}
    assert plans == {first: "standard", second: "pro"}


async def test_a_promotion_in_one_of_several_limits_the_years_of_all(seed: Seed, talk: Talk) -> None:
    await seed.mailbox("rossi", promo="welcome")
    await seed.mailbox("rossi")
    chat = await talk("rossi")
    await chat.send("/renew")
    await chat.tap("Tutte")
    await chat.tap(CONTINUE["it"])
    assert len(express(chat)) == 2


async def test_one_of_several_that_does_not_fit_is_named_and_holds_up_the_rest(
    seed: Seed, talk: Talk, texts: Texts
) -> None:
    await seed.mailbox("rossi", address="a@pec.example")
    await seed.mailbox("rossi", address="full@pec.example", used=("2.4", "0"))
    chat = await talk("rossi")
    await chat.send("/renew")
    await chat.tap("Tutte")
    await chat.tap(CONTINUE["it"])
    assert "full@pec.example" in chat.text
    assert express(chat) == []
    await chat.tap(CONTINUE["it"])
    assert chat.toast == texts.translator(Locale.IT).plain("refusal-space-too-small")
    await chat.tap("full@pec.example")
    assert "cancellare almeno 0,4 GB dalla casella" in said(chat)
    await chat.tap(CHANGE_PLAN["it"])
    await chat.tap("Pro")
    await chat.tap("Passa a Pro")
    await chat.tap(BACK["it"])
    assert "full@pec.example" not in chat.text
    await chat.tap(CONTINUE["it"])
    assert "Kit di firma digitale" in chat.text


async def test_many_that_do_not_fit_are_named_up_to_five_and_then_counted(seed: Seed, talk: Talk) -> None:
    for n in range(7):
        await seed.mailbox("rossi", address=f"full{n}@pec.example", used=("2.4", "0"))
    chat = await talk("rossi")
    await chat.send("/renew")
    await chat.tap("Tutte")
    await chat.tap(CONTINUE["it"])
    assert chat.text.count("@pec.example") == 5
    assert "e altre 2" in chat.text


@pytest.mark.soak
async def test_the_list_of_several_has_pages(seed: Seed, talk: Talk) -> None:
    for _ in range(9):
        await seed.mailbox("rossi")
    chat = await talk("rossi")
    await chat.send("/renew")
    await chat.tap("Tutte")
    await chat.tap(CONTINUE["it"])
    assert chat.has("1/3")
    assert len([label for label in chat.buttons if "@" in label]) == 3
