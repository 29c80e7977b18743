"""Extra GB of mailbox and archive, in the chat (DOMAIN.md 3.3)."""

import pytest

from bot.domain.space import ExtraSpace
from bot.services.services import Services
from bot.texts import Locale, Texts
from tests.support.chat import Chat
from tests.support.long_runs import long
from tests.support.phone import shown
from tests.support.renewing import draft_of, said
from tests.support.running_bot import Talk
from tests.support.seed import Seed

CONTINUE = {"it": "Continua", "en": "Continue"}
MAILBOX = {"it": "casella", "en": "mailbox"}
ARCHIVE = {"it": "archivio", "en": "archive"}
LANGUAGES = pytest.mark.parametrize("language", ["it", *long("en")])
MINUS = "\u2212"


async def at_space(chat: Chat, language: str = "it") -> None:
    """Keep the plan of the only mailbox."""
    await chat.send("/renew")
    await chat.tap({"it": "Spazio e kit", "en": "Space and kit"}[language])


async def extra(chat: Chat, services: Services) -> ExtraSpace:
    """The extra GB chosen for the only mailbox."""
    (item,) = (await draft_of(chat, services)).items
    return item.extra


@LANGUAGES
async def test_both_counters_of_pro_are_twelve_lines_and_four_rows_at_most(
    seed: Seed, talk: Talk, language: str
) -> None:
    await seed.mailbox("rossi", plan="pro", extra=(1, 2), used=("2.5", "4.5"))
    chat = await talk("rossi", language=language)
    await at_space(chat, language)
    assert shown(chat.screen).lines <= 12
    assert len(chat.screen.labels) <= 4


@LANGUAGES
async def test_two_counters_start_from_what_the_mailbox_has_and_change_the_total_at_once(
    seed: Seed, talk: Talk, services: Services, language: str
) -> None:
    await seed.mailbox("rossi", plan="pro", extra=(1, 2))
    chat = await talk("rossi", language=language)
    await at_space(chat, language)
    assert await extra(chat, services) == ExtraSpace(1, 2)
    assert {"it": "4,88 € per GB all'anno", "en": "€4.88 per GB a year"}[language] in said(chat)
    assert {"it": "3,05 € per GB all'anno", "en": "€3.05 per GB a year"}[language] in said(chat)
    assert {"it": "Totale per un anno: 47,46 €", "en": "Total for one year: €47.46"}[language] in said(chat)
    await chat.tap(f"+1 {MAILBOX[language]}")
    assert {"it": "Totale per un anno: 52,34 €", "en": "Total for one year: €52.34"}[language] in said(chat)
    await chat.tap(f"{MINUS}1 {ARCHIVE[language]}")
    assert {"it": "Totale per un anno: 49,29 €", "en": "Total for one year: €49.29"}[language] in said(chat)
    assert await extra(chat, services) == ExtraSpace(2, 1)
    assert {
        "it": "Spazio aggiuntivo di oggi: 1 GB di casella e 2 GB di archivio",
        "en": "Extra space today: 1 GB for the mailbox and 2 GB for the archive",
    }[language] in said(chat)
    assert {"it": "Aggiuntivi: 2 GB", "en": "Extra: 2 GB"}[language] in said(chat)
    assert {"it": "Aggiuntivi: 1 GB", "en": "Extra: 1 GB"}[language] in said(chat)


@LANGUAGES
async def test_a_plan_without_archive_has_one_counter_and_says_what_it_sells(
    seed: Seed, talk: Talk, language: str
) -> None:
    await seed.mailbox("rossi", plan="standard")
    chat = await talk("rossi", language=language)
    await at_space(chat, language)
    assert chat.has(f"+1 {MAILBOX[language]}")
    assert not chat.has(ARCHIVE[language])
    for words in {
        "it": ("Casella: 1 GB incluso", "per GB all'anno", "Casella: al massimo 1 GB in più, 2 GB in tutto"),
        "en": ("Mailbox: 1 GB included", "per GB a year", "Mailbox: at most 1 GB more, 2 GB in all"),
    }[language]:
        assert words in said(chat)
    assert {"it": "Archivio", "en": "Archive"}[language] not in said(chat)


@LANGUAGES
async def test_standard_goes_up_to_two_gb_in_all(
    seed: Seed, talk: Talk, services: Services, texts: Texts, language: str
) -> None:
    await seed.mailbox("rossi", plan="standard")
    chat = await talk("rossi", language=language)
    await at_space(chat, language)
    assert not chat.has("+5")
    await chat.tap(f"+1 {MAILBOX[language]}")
    assert await extra(chat, services) == ExtraSpace(1, 0)
    await chat.tap(f"+1 {MAILBOX[language]}")
    assert chat.toast == texts.translator(Locale(language)).plain("refusal-space-above-cap")
    assert await extra(chat, services) == ExtraSpace(1, 0)


async def test_less_than_nothing_is_refused(seed: Seed, talk: Talk, services: Services, texts: Texts) -> None:
    await seed.mailbox("rossi", plan="pro")
    chat = await talk("rossi")
    await at_space(chat)
    for counter in ("casella", "archivio"):
        await chat.tap(f"{MINUS}1 {counter}")
        assert chat.toast == texts.translator(Locale.IT).plain("refusal-space-below-zero")
    assert await extra(chat, services) == ExtraSpace(0, 0)


@LANGUAGES
async def test_less_than_the_used_space_needs_is_refused(
    seed: Seed, talk: Talk, services: Services, texts: Texts, language: str
) -> None:
    await seed.mailbox("rossi", plan="pro", used=("2.5", "4.1"), extra=(1, 3))
    chat = await talk("rossi", language=language)
    await at_space(chat, language)
    assert {
        "it": "almeno 1 GB in più, per lo spazio usato",
        "en": "at least 1 GB more, for the space in use",
    }[language] in said(chat)
    await chat.tap(f"{MINUS}1 {ARCHIVE[language]}")
    assert await extra(chat, services) == ExtraSpace(1, 2)
    for counter in (MAILBOX[language], ARCHIVE[language]):
        await chat.tap(f"{MINUS}1 {counter}")
        assert chat.toast == texts.translator(Locale(language)).plain("refusal-space-below-used")
    assert await extra(chat, services) == ExtraSpace(1, 2)


async def test_long_steps_end_at_the_limits(seed: Seed, talk: Talk, services: Services, texts: Texts) -> None:
    await seed.mailbox("rossi", plan="pro", used=("2.5", "0"), extra=(197, 3))
    chat = await talk("rossi")
    await at_space(chat)
    await chat.tap("+5 casella")
    assert await extra(chat, services) == ExtraSpace(200, 3)
    await chat.tap("+5 casella")
    assert chat.toast == texts.translator(Locale.IT).plain("refusal-space-above-cap")
    for _ in range(3):
        await chat.tap(f"{MINUS}1 archivio")
    assert await extra(chat, services) == ExtraSpace(200, 0)
    await chat.tap(f"{MINUS}1 archivio")
    assert chat.toast == texts.translator(Locale.IT).plain("refusal-space-below-zero")


async def test_the_limits_of_each_counter_are_said(seed: Seed, talk: Talk) -> None:
    await seed.mailbox("rossi", plan="pro", used=("2.5", "0"), extra=(1, 0))
    chat = await talk("rossi")
    await at_space(chat)
    assert "Casella: almeno 1 GB in più, per lo spazio usato; al massimo 200 GB, 202 GB in tutto" in said(
        chat
    )
    assert "Archivio: al massimo 200 GB in più, 203 GB in tutto" in said(chat)


async def test_unknown_usage_needs_nothing_and_is_said(seed: Seed, talk: Talk, services: Services) -> None:
    await seed.mailbox("rossi", plan="pro", used=None, extra=(1, 0))
    chat = await talk("rossi")
    await at_space(chat)
    assert "quelli usati non sono noti" in chat.text
    assert "Lo spazio usato non è noto" in chat.text
    await chat.tap(f"{MINUS}1 casella")
    assert await extra(chat, services) == ExtraSpace(0, 0)
    assert "Nessuno spazio aggiuntivo scelto" in chat.text


async def test_extra_gb_expire_with_the_mailbox(seed: Seed, talk: Talk) -> None:
    await seed.mailbox("rossi", plan="pro", extra=(1, 0))
    chat = await talk("rossi")
    await at_space(chat)
    assert "I GB aggiuntivi scadono insieme alla casella." in chat.text


@pytest.mark.soak
async def test_going_on_leads_to_the_kit_and_back_again(seed: Seed, talk: Talk, services: Services) -> None:
    await seed.mailbox("rossi", plan="pro")
    chat = await talk("rossi")
    await at_space(chat)
    await chat.tap("+1 casella")
    await chat.tap(CONTINUE["it"])
    assert "Kit di firma digitale" in chat.text
    await chat.tap("Indietro")
    assert "Serve altro spazio?" in chat.text
    assert await extra(chat, services) == ExtraSpace(1, 0)
    await chat.tap("Indietro")
    assert "Scelto finora: Pro più 1 GB di casella" in said(chat)


@pytest.mark.soak
async def test_the_space_of_one_of_several_comes_back_to_it(
    seed: Seed, talk: Talk, services: Services
) -> None:
    first = await seed.mailbox("rossi", address="a@pec.example", plan="pro", expires_in=10)
    second = await seed.mailbox("rossi", address="b@pec.example", plan="pro", expires_in=20)
    chat = await talk("rossi")
    await chat.send("/renew")
    await chat.tap("Tutte")
    await chat.tap(CONTINUE["it"])
    await chat.tap("b@pec.example")
    await chat.tap("Cambia spazio")
    assert "b@pec.example, piano Pro" in chat.text
    await chat.tap("+5 archivio")
    assert "Totale per un anno: 88,21 €" in said(chat)
    await chat.tap(CONTINUE["it"])
    assert "Scelto finora: Pro più 5 GB di archivio" in said(chat)
    chosen = {item.mailbox_id: item.extra for item in (await draft_of(chat, services)).items}
    assert chosen == {first: ExtraSpace(0, 0), second: ExtraSpace(0, 5)}
    await chat.tap("Cambia spazio")
    await chat.tap("Indietro")
    assert "b@pec.example" in chat.text


@pytest.mark.soak
async def test_of_several_a_plan_without_extra_space_offers_none(seed: Seed, talk: Talk) -> None:
    await seed.mailbox("rossi", address="a@pec.example", plan="light")
    await seed.mailbox("rossi", address="b@pec.example", plan="pro")
    chat = await talk("rossi")
    await chat.send("/renew")
    await chat.tap("Tutte")
    await chat.tap(CONTINUE["it"])
    await chat.tap("a@pec.example")
    assert not chat.has("Cambia spazio")


async def test_quick_taps_are_all_counted_in_turn(seed: Seed, talk: Talk, services: Services) -> None:
    await seed.mailbox("rossi", plan="pro")
    chat = await talk("rossi")
    await at_space(chat)
    label = chat.button("+1 casella")
    await chat.tap_together([label, label, label])
    assert await extra(chat, services) == ExtraSpace(3, 0)
