"""For whom, which mailboxes, and those that cannot be renewed here, in the chat (DOMAIN.md 3.1)."""

import pytest

from bot.domain.catalogue import Catalogue
from bot.handlers.buttons import RenewMailbox
from bot.services.services import Services
from bot.texts import Locale, Texts
from tests.support.catalogue import with_rules
from tests.support.long_runs import long
from tests.support.mailbox_list import chosen, listed
from tests.support.renewing import said
from tests.support.running_bot import Talk
from tests.support.seed import Seed

CONTINUE = {"it": "Continua", "en": "Continue"}
BACK = {"it": "Indietro", "en": "Back"}
NEXT_PAGE = "\u203a"
LANGUAGES = pytest.mark.parametrize("language", ["it", *long("en")])


# The flags


@LANGUAGES
async def test_flags_show_address_and_expiry_soonest_first(seed: Seed, talk: Talk, language: str) -> None:
    await seed.mailbox("rossi", address="later@pec.example", plan="pro", expires_in=60)
    await seed.mailbox("rossi", address="soon@pec.example", plan="standard", expires_in=21)
    await seed.mailbox("rossi", address="today@pec.example", plan="light", expires_in=0)
    await seed.mailbox("rossi", address="past@pec.example", plan="premium", expires_in=-5)
    chat = await talk("rossi", language=language)
    await chat.send("/renew")
    labels = [label for label in chat.buttons if "@" in label]
    assert (
        labels
        == {
            "it": [
                "□ past@pec.example · scaduta",
                "□ today@pec.example · 23/11",
                "□ soon@pec.example · 14/12",
                "□ later@pec.example · 22/01",
            ],
            "en": [
                "□ past@pec.example · expired",
                "□ today@pec.example · 23 Nov",
                "□ soon@pec.example · 14 Dec",
                "□ later@pec.example · 22 Jan",
            ],
        }[language]
    )


@LANGUAGES
async def test_the_plan_and_the_days_left_of_each_flag_are_folded_above_them(
    seed: Seed, talk: Talk, language: str
) -> None:
    for plan, days in (("pro", 60), ("standard", 1), ("standard", 0), ("premium", -1)):
        await seed.mailbox("rossi", address=f"{days}@pec.example", plan=plan, expires_in=days)
    chat = await talk("rossi", language=language)
    await chat.send("/renew")
    entities = chat.screen.content.text.entities
    (quote,) = [entity for entity in entities if entity.type == "expandable_blockquote"]
    said_of = chat.text[quote.offset : quote.end].splitlines()
    assert (
        said_of
        == {
            "it": [
                "-1@pec.example: Premium, scaduta da 1 giorno",
                "0@pec.example: Standard, scade oggi",
                "1@pec.example: Standard, scade domani",
                "60@pec.example: Pro, tra 60 giorni",
            ],
            "en": [
                "-1@pec.example: Premium, expired 1 day ago",
                "0@pec.example: Standard, expires today",
                "1@pec.example: Standard, expires tomorrow",
                "60@pec.example: Pro, in 60 days",
            ],
        }[language]
    )


async def test_a_long_list_keeps_to_the_buttons_that_a_phone_has_room_for(seed: Seed, talk: Talk) -> None:
    for days in range(10, 17):
        await seed.mailbox("rossi", expires_in=days)
    chat = await talk("rossi")
    await chat.send("/renew")
    assert "tra 10 giorni" not in chat.text
    assert sum("@" in label for label in chat.buttons) == 7


async def test_nothing_is_preselected_and_a_tap_sets_or_clears_a_flag(
    seed: Seed, talk: Talk, services: Services
) -> None:
    first = await seed.mailbox("rossi", address="a@pec.example", expires_in=10)
    second = await seed.mailbox("rossi", address="b@pec.example", expires_in=20)
    chat = await talk("rossi")
    await chat.send("/renew")
    assert await chosen(chat, services) == []
    assert "Totale" not in chat.text
    await chat.tap("b@pec.example")
    assert chat.button("b@pec.example").startswith("■")
    assert chat.button("a@pec.example").startswith("□")
    assert "Totale per un anno: 12,08 €" in said(chat)
    await chat.tap("a@pec.example")
    assert await chosen(chat, services) == [first, second]
    assert "Scelte: 2 su 2" in chat.text
    assert "Totale per un anno: 24,16 €" in said(chat)
    await chat.tap("b@pec.example")
    assert await chosen(chat, services) == [first]


@LANGUAGES
async def test_going_on_with_nothing_chosen_is_refused(
    seed: Seed, talk: Talk, texts: Texts, language: str
) -> None:
    await seed.mailbox("rossi")
    await seed.mailbox("rossi")
    chat = await talk("rossi", language=language)
    await chat.send("/renew")
    before = chat.text
    await chat.tap(CONTINUE[language])
    assert chat.toast == texts.translator(Locale(language)).plain("refusal-no-mailbox")
    assert chat.text == before


async def test_all_can_be_chosen_and_cleared_at_once(seed: Seed, talk: Talk, services: Services) -> None:
    ids = [await seed.mailbox("rossi", expires_in=days) for days in (10, 20, 30)]
    chat = await talk("rossi")
    await chat.send("/renew")
    assert not chat.has("Nessuna")
    await chat.tap("Tutte")
    assert await chosen(chat, services) == ids
    assert not chat.has("Tutte")
    await chat.tap("Nessuna")
    assert await chosen(chat, services) == []


class TestWithFewMailboxesInAnOrder:
    """Limits are the operator's to set."""

    @pytest.fixture
    def catalogue(self) -> Catalogue:
        """At most two mailboxes in an order, three on a page."""
        return with_rules(max_mailboxes=2, mailboxes_per_page=3)

    async def test_choosing_all_stops_at_the_limit_with_the_soonest(
        self, seed: Seed, talk: Talk, services: Services
    ) -> None:
        late, soon, next_ = [await seed.mailbox("rossi", expires_in=days) for days in (90, 1, 30)]
        chat = await talk("rossi")
        await chat.send("/renew")
        assert "fino a 2 caselle" in chat.text
        await chat.tap("Tutte")
        assert await chosen(chat, services) == [soon, next_]
        assert late not in await chosen(chat, services)

    async def test_one_more_than_the_limit_is_refused(
        self, seed: Seed, talk: Talk, services: Services, texts: Texts
    ) -> None:
        for name in "abc":
            await seed.mailbox("rossi", address=f"{name}@pec.example")
        chat = await talk("rossi")
        await chat.send("/renew")
        for name in "abc":
            await chat.tap(f"{name}@pec.example")
        assert chat.toast == texts.translator(Locale.IT).plain("refusal-too-many-mailboxes")
        assert len(await chosen(chat, services)) == 2

    async def test_the_page_has_as_many_rows_as_the_operator_says(self, seed: Seed, talk: Talk) -> None:
        for name in "abcde":
            await seed.mailbox("rossi", address=f"{name}@pec.example")
        chat = await talk("rossi")
        await chat.send("/renew")
        assert listed(chat) == ["a@pec.example", "b@pec.example", "c@pec.example"]
        await chat.tap(NEXT_PAGE)
        assert listed(chat) == ["d@pec.example", "e@pec.example"]


async def test_above_eight_the_list_has_pages_and_a_tap_stays_on_its_page(
    seed: Seed, talk: Talk, services: Services
) -> None:
    ids = [await seed.mailbox("rossi", address=f"m{n}@pec.example", expires_in=10 + n) for n in range(1, 10)]
    chat = await talk("rossi")
    await chat.send("/renew")
    assert len(listed(chat)) == 8
    assert chat.has("1/2")
    await chat.tap(NEXT_PAGE)
    await chat.tap("m9@pec.example")
    assert chat.has("2/2")
    assert chat.button("m9@").startswith("■")
    assert await chosen(chat, services) == [ids[-1]]


@pytest.mark.soak
async def test_eight_fit_on_one_page(seed: Seed, talk: Talk) -> None:
    for _ in range(8):
        await seed.mailbox("rossi")
    chat = await talk("rossi")
    await chat.send("/renew")
    assert len(listed(chat)) == 8
    assert not chat.has("1/1")


@pytest.mark.soak
async def test_ninety_nine_mailboxes_go_into_one_order_and_no_more(
    seed: Seed, talk: Talk, services: Services
) -> None:
    for n in range(100):
        await seed.mailbox("rossi", address=f"m{n:03}@pec.example", expires_in=30 + n)
    chat = await talk("rossi")
    await chat.send("/renew")
    await chat.tap("Tutte")
    assert len(await chosen(chat, services)) == 99
    await chat.tap(CONTINUE["it"])
    assert "Rinnovo di 99 caselle" in chat.text


async def test_one_renewable_mailbox_skips_the_step(seed: Seed, talk: Talk) -> None:
    await seed.mailbox("rossi", address="only@pec.example")
    await seed.mailbox("rossi", address="gone@pec.example", expires_in=-91)
    chat = await talk("rossi")
    await chat.send("/renew")
    assert "Rinnovo di only@pec.example" in chat.text


async def test_the_button_of_a_notice_chooses_its_mailbox_and_skips_the_step(seed: Seed, talk: Talk) -> None:
    await seed.mailbox("rossi", address="a@pec.example")
    wanted = await seed.mailbox("rossi", address="b@pec.example")
    chat = await talk("rossi")
    await chat.press(RenewMailbox(mailbox=wanted).pack(), on=chat.newest)
    assert "Rinnovo di b@pec.example" in chat.text


async def test_one_mailbox_of_several_goes_on_to_its_plan(seed: Seed, talk: Talk) -> None:
    await seed.mailbox("rossi", address="a@pec.example")
    await seed.mailbox("rossi", address="b@pec.example")
    chat = await talk("rossi")
    await chat.send("/renew")
    await chat.tap("b@pec.example")
    await chat.tap(CONTINUE["it"])
    assert "Rinnovo di b@pec.example" in chat.text
    await chat.tap(BACK["it"])
    assert "Quali caselle rinnovare?" in chat.text
    assert chat.button("b@pec.example").startswith("■")


async def test_a_tap_on_a_mailbox_of_somebody_else_is_refused(
    seed: Seed, talk: Talk, services: Services, texts: Texts
) -> None:
    await seed.mailbox("rossi")
    await seed.mailbox("rossi", address="b@pec.example")
    foreign = await seed.mailbox("bianchi")
    chat = await talk("rossi")
    await chat.send("/renew")
    data = next(button.callback_data for button in chat.screen.buttons if "b@pec" in button.text)
    assert data is not None
    await chat.press(f"{data.rpartition(':')[0]}:{foreign}")
    assert chat.toast == texts.translator(Locale.IT).plain("refusal-other-holder")
    assert await chosen(chat, services) == []
