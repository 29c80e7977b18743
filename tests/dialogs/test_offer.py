"""The chosen mailboxes as they are, and the short way to renew them, in the chat (DOMAIN.md 3.1, 3.2 and 3.7)."""

import re

import pytest
from sqlalchemy import update

from bot.db.engine import Database
from bot.db.tables import MailboxRow
from bot.domain.registrant import HolderKind
from bot.domain.space import ExtraSpace
from bot.services.services import Services
from bot.services.surroundings import Surroundings
from bot.texts import Locale, Texts
from tests.support.catalogue import with_plan, with_split_payment
from tests.support.chat import Chat
from tests.support.long_runs import long
from tests.support.renewing import draft_of, said
from tests.support.running_bot import Talk
from tests.support.seed import Seed

CHANGE_PLAN = {"it": "Cambia piano", "en": "Change plan"}
BACK = {"it": "Indietro", "en": "Back"}
RECHECK = {"it": "ricontrolla", "en": "check again"}
LANGUAGES = pytest.mark.parametrize("language", ["it", *long("en")])


def express(chat: Chat) -> list[str]:
    """The buttons of the short way, with plain spaces."""
    labels = [label.replace("\u00a0", " ") for label in chat.buttons]
    return [label for label in labels if re.match(r"\d (ann[oi] ·|years?:) ", label)]


async def measured(database: Database, mailbox_id: int, mailbox_gb: str, archive_gb: str = "0") -> None:
    """The operator's system reports new figures of used space."""
    async with database.write() as session:
        await session.execute(
            update(MailboxRow)
            .where(MailboxRow.id == mailbox_id)
            .values(
                used_mailbox_milli_gb=round(float(mailbox_gb) * 1000),
                used_archive_milli_gb=round(float(archive_gb) * 1000),
            )
        )


# One mailbox


@LANGUAGES
async def test_one_mailbox_is_shown_with_what_each_number_of_years_costs(
    seed: Seed, talk: Talk, language: str
) -> None:
    await seed.mailbox("rossi", address="studio@pec.example", plan="pro", expires_in=21, extra=(1, 2))
    chat = await talk("rossi", language=language)
    await chat.send("/renew")
    expected = {
        "it": [
            "Rinnovo di studio@pec.example",
            "Scade lunedì 14 dicembre 2026, tra 21 giorni",
            "Piano Pro: 2 GB di casella · 3 GB di archivio",
            "Spazio aggiuntivo: 1 GB di casella e 2 GB di archivio",
            "Così com'è: stessi piano, spazio e dati, senza kit di firma, IVA inclusa.",
        ],
        "en": [
            "Renewal of studio@pec.example",
            "Expires on Monday 14 December 2026, in 21 days",
            "Pro plan: 2 GB mailbox · 3 GB archive",
            "Extra space: 1 GB for the mailbox and 2 GB for the archive",
            "As it is: same plan, space and details, no signature kit, VAT included.",
        ],
    }[language]
    for words in expected:
        assert words in said(chat)
    shown = express(chat)
    assert len(shown) == 5
    assert {
        "it": ("1 anno · 47,46 € → 14/12/2027", "5 anni · 237,29 € → 14/12/2031"),
        "en": ("1 year: €47.46 → 14 Dec 2027", "5 years: €237.29 → 14 Dec 2031"),
    }[language] == (shown[0], shown[4])
    assert "Total" not in chat.text, "nothing is chosen yet"


@pytest.mark.parametrize(
    ("expires_in", "words"),
    [
        (2, "Scade mercoledì 25 novembre 2026, tra 2 giorni"),
        (-1, "Scaduta domenica 22 novembre 2026, 1 giorno fa"),
        *long(
            (0, "Scade oggi, lunedì 23 novembre 2026"),
            (1, "Scade domani, martedì 24 novembre 2026"),
            (-30, "Si può rinnovare fino al 22/01/2027"),
        ),
    ],
)
async def test_the_expiry_says_the_days(seed: Seed, talk: Talk, expires_in: int, words: str) -> None:
    await seed.mailbox("rossi", expires_in=expires_in)
    chat = await talk("rossi")
    await chat.send("/renew")
    assert words in chat.text


async def test_a_promotion_says_its_price_its_years_and_what_comes_after(seed: Seed, talk: Talk) -> None:
    await seed.mailbox("rossi", plan="pro", promo="welcome")
    chat = await talk("rossi")
    await chat.send("/renew")
    assert "Promozione Benvenuto: 24,28 € all'anno invece di 36,48 €" in said(chat)
    assert "non più di 2 anni" in chat.text
    assert "Al rinnovo successivo torna il prezzo ordinario." in chat.text
    assert [label.partition(" →")[0] for label in express(chat)] == ["1 anno · 24,28 €", "2 anni · 48,56 €"]


async def test_under_split_payment_the_amounts_are_without_vat(
    seed: Seed, talk: Talk, surroundings: Surroundings
) -> None:
    surroundings.catalogue = with_split_payment()
    body = seed.registrant(HolderKind.PUBLIC_ADMINISTRATION, split_payment=True)
    await seed.mailbox("comune", plan="standard", holder=body)
    chat = await talk("comune")
    await chat.send("/renew")
    assert express(chat)[0].startswith("1 anno · 9,90 €")
    assert "IVA esclusa (scissione dei pagamenti)" in said(chat)


@LANGUAGES
@pytest.mark.parametrize("count", [1, *long(2)])
async def test_split_payment_that_has_ended_is_said_with_the_first_amounts(
    seed: Seed, talk: Talk, language: str, count: int
) -> None:
    body = seed.registrant(HolderKind.PUBLIC_ADMINISTRATION, split_payment=True)
    for _ in range(count):
        await seed.mailbox("comune", plan="standard", holder=body)
    chat = await talk("comune", language=language)
    await chat.send("/renew")
    said_so = {
        "it": "l'autorizzazione nota è finita il 30/06/2026. Si paga l'intero totale",
        "en": "the last authorisation known ended on 30 Jun 2026. The whole total is due",
    }[language]
    if count > 1:
        assert said_so not in said(chat), "no amount stands there"
        await chat.tap({"it": "Tutte", "en": "All"}[language])
        await chat.tap({"it": "Continua", "en": "Continue"}[language])
    assert said_so in said(chat)


@LANGUAGES
async def test_the_short_way_asks_only_how_to_pay(
    seed: Seed, talk: Talk, services: Services, language: str
) -> None:
    await seed.mailbox("rossi", plan="pro", extra=(0, 1))
    chat = await talk("rossi", language=language)
    await chat.send("/renew")
    label = {"it": "2 anni · 79,06 € → 23/12/2028", "en": "2 years: €79.06 → 23 Dec 2028"}[language]
    assert label in express(chat)
    await chat.tap(chat.button({"it": "2 anni", "en": "2 years"}[language]))
    draft = await draft_of(chat, services)
    assert draft.years == 2
    assert draft.items[0].plan_id == "pro"
    assert draft.items[0].extra == ExtraSpace(0, 1)
    assert draft.kit is not None
    assert draft.kit.kit_id is None
    assert draft.registrant_confirmed
    assert chat.has({"it": "Bonifico bancario", "en": "Bank transfer"}[language])
    await chat.tap({"it": "Bonifico bancario", "en": "Bank transfer"}[language])
    assert {"it": "Riepilogo", "en": "summary"}[language].casefold() in chat.text.casefold()


async def test_the_short_way_says_that_incomplete_data_remain_to_be_completed(seed: Seed, talk: Talk) -> None:
    await seed.mailbox("rossi", holder=seed.registrant("company", phone=""))
    chat = await talk("rossi")
    await chat.send("/renew")
    assert "Prima i dati dell'intestatario vanno completati" in chat.text
    await chat.tap("1 anno")
    assert "Dati dell'intestatario" in chat.text


@pytest.mark.soak
async def test_the_short_way_forgets_changes_made_before(seed: Seed, talk: Talk, services: Services) -> None:
    await seed.mailbox("rossi", plan="pro")
    chat = await talk("rossi")
    await chat.send("/renew")
    await chat.tap("Spazio e kit")
    await chat.tap("+1 casella")
    await chat.tap(BACK["it"])
    assert "Scelto finora: Pro più 1 GB di casella, 41,36 € all'anno, IVA inclusa" in said(chat)
    assert express(chat)[0].startswith("1 anno · 36,48 €")
    await chat.tap("1 anno")
    assert (await draft_of(chat, services)).items[0].extra == ExtraSpace(0, 0)


async def test_one_tap_keeps_the_plan(seed: Seed, talk: Talk, services: Services) -> None:
    await seed.mailbox("rossi", plan="premium")
    chat = await talk("rossi")
    await chat.send("/renew")
    await chat.tap("Spazio e kit")
    assert "Serve altro spazio?" in chat.text
    assert (await draft_of(chat, services)).items[0].plan_id == "premium"


async def test_a_plan_without_extra_space_goes_on_past_it(seed: Seed, talk: Talk) -> None:
    await seed.mailbox("rossi", plan="light")
    chat = await talk("rossi")
    await chat.send("/renew")
    await chat.tap("Spazio e kit")
    assert "Kit di firma digitale" in chat.text


# The used space does not fit


@LANGUAGES
async def test_used_space_above_what_there_is_brings_the_missing_gb_and_no_short_way(
    seed: Seed, talk: Talk, services: Services, language: str
) -> None:
    await seed.mailbox("rossi", plan="standard", used=("1.004", "0"))
    chat = await talk("rossi", language=language)
    await chat.send("/renew")
    assert express(chat) == []
    expected = {
        "it": [
            "Così com'è non si può rinnovare",
            "Casella: usati 1,01 GB su 1 GB",
            "1 GB di casella in tutto, 4,88 € all'anno",
            "cancellare almeno 0,01 GB dalla casella",
        ],
        "en": [
            "It cannot be renewed as it is",
            "Mailbox: 1.01 GB in use, room for 1 GB",
            "1 GB for the mailbox in all, €4.88 a year",
            "delete at least 0.01 GB from the mailbox",
        ],
    }[language]
    for words in expected:
        assert words in said(chat)
    assert (await draft_of(chat, services)).items[0].extra == ExtraSpace(1, 0)
    await chat.tap({"it": "Spazio e kit", "en": "Space and kit"}[language])
    assert {"it": "Serve altro spazio?", "en": "Is more space needed?"}[language] in chat.text


async def test_used_space_equal_to_the_limit_fits(seed: Seed, talk: Talk) -> None:
    await seed.mailbox("rossi", plan="standard", used=("1", "0"))
    chat = await talk("rossi")
    await chat.send("/renew")
    assert len(express(chat)) == 5


async def test_used_space_above_every_cap_can_only_be_deleted_or_moved_to_a_larger_plan(
    seed: Seed, talk: Talk
) -> None:
    await seed.mailbox("rossi", plan="standard", used=("2.4", "0"))
    chat = await talk("rossi")
    await chat.send("/renew")
    assert "Nel piano Standard non si può aggiungere abbastanza spazio" in chat.text
    assert "cancellare almeno 0,4 GB dalla casella" in said(chat)
    assert express(chat) == []
    assert not chat.has("Continua")
    assert chat.has("Cambia piano")


@pytest.mark.soak
async def test_after_deleting_the_check_is_repeated(seed: Seed, talk: Talk, database: Database) -> None:
    mailbox = await seed.mailbox("rossi", plan="standard", used=("2.4", "0"))
    chat = await talk("rossi")
    await chat.send("/renew")
    await chat.tap(RECHECK["it"])
    assert chat.toast is not None
    assert "ancora troppo" in chat.toast
    await measured(database, mailbox, "0.9")
    await chat.tap(RECHECK["it"])
    assert chat.toast == "Ora lo spazio usato ci sta."
    assert len(express(chat)) == 5


async def test_gb_that_are_no_longer_needed_after_deleting_are_not_paid_for(
    seed: Seed, talk: Talk, services: Services, database: Database
) -> None:
    mailbox = await seed.mailbox("rossi", plan="standard", used=("1.4", "0"))
    chat = await talk("rossi")
    await chat.send("/renew")
    assert "Totale per un anno: 16,96 €" in said(chat)
    await measured(database, mailbox, "0.9")
    await chat.tap(RECHECK["it"])
    assert express(chat)[0].startswith("1 anno · 12,08 €")
    assert (await draft_of(chat, services)).items[0].extra == ExtraSpace(0, 0)


async def test_used_space_that_grew_meanwhile_is_asked_about_before_going_on(
    seed: Seed, talk: Talk, services: Services, texts: Texts, database: Database
) -> None:
    mailbox = await seed.mailbox("rossi", plan="standard", used=("0.5", "0"))
    chat = await talk("rossi")
    await chat.send("/renew")
    await measured(database, mailbox, "1.2")
    await chat.tap("Spazio e kit")
    assert chat.toast == texts.translator(Locale.IT).plain("refusal-space-too-small")
    assert "lo spazio usato è cresciuto" in chat.text
    await chat.tap(RECHECK["it"])
    assert "Il rinnovo comprende già lo spazio che serve: 1 GB di casella" in said(chat)
    assert (await draft_of(chat, services)).items[0].extra == ExtraSpace(1, 0)
    await chat.tap("Spazio e kit")
    assert "Serve altro spazio?" in chat.text


@pytest.mark.parametrize(
    ("used", "age", "words"),
    [(None, 1, "Lo spazio usato non è noto"), *long((("0.5", "0"), 25, "misurato il 22/11/2026 alle 10:00"))],
)
async def test_unknown_or_old_usage_is_said(
    seed: Seed, talk: Talk, used: tuple[str, str] | None, age: int, words: str
) -> None:
    await seed.mailbox("rossi", used=used, usage_age_hours=age)
    chat = await talk("rossi")
    await chat.send("/renew")
    assert words in chat.text
    assert "il gestore lo" in chat.text


async def test_usage_of_the_same_day_is_not_commented_on(seed: Seed, talk: Talk) -> None:
    await seed.mailbox("rossi", used=("0.5", "0"), usage_age_hours=24)
    chat = await talk("rossi")
    await chat.send("/renew")
    assert "spazio usato" not in chat.text


# What no longer holds


async def test_a_tampered_number_of_years_is_refused(
    seed: Seed, talk: Talk, services: Services, texts: Texts
) -> None:
    await seed.mailbox("rossi")
    chat = await talk("rossi")
    await chat.send("/renew")
    data = next(button.callback_data for button in chat.screen.buttons if "1 anno" in button.text)
    assert data is not None
    for years in ("6", "0", "-1", "many"):
        await chat.press(f"{data.rpartition(':')[0]}:{years}")
        assert chat.toast == texts.translator(Locale.IT).plain("refusal-years-not-offered")
    assert (await draft_of(chat, services)).years is None


async def test_a_chosen_plan_that_is_withdrawn_meanwhile_is_said(
    seed: Seed, talk: Talk, texts: Texts, surroundings: Surroundings
) -> None:
    await seed.mailbox("rossi", plan="standard")
    chat = await talk("rossi")
    await chat.send("/renew")
    await chat.tap(CHANGE_PLAN["it"])
    await chat.tap("Pro")
    await chat.tap("Passa a Pro")
    await chat.tap(BACK["it"])
    surroundings.catalogue = with_plan("pro", surroundings.catalogue, on_sale=False)
    await chat.tap("Spazio e kit")
    assert chat.toast == texts.translator(Locale.IT).plain("refusal-plan-not-on-sale")
    await chat.tap("1 anno")
    assert chat.has("Bonifico bancario")
