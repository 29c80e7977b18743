"""Keeping the plan or changing it, in the chat: every row of the table of changes (DOMAIN.md 3.2)."""

from typing import Any

import pytest
from sqlalchemy import update

from bot.db.engine import Database
from bot.db.tables import MailboxRow
from bot.domain.catalogue import Catalogue
from bot.domain.drafts import Item
from bot.domain.space import ExtraSpace
from bot.services.services import Services
from bot.texts import Locale, Texts
from tests.support.catalogue import with_plan
from tests.support.chat import Chat
from tests.support.long_runs import long
from tests.support.renewing import draft_of, said
from tests.support.running_bot import Talk
from tests.support.seed import Seed

CHANGE_PLAN = {"it": "Cambia piano", "en": "Change plan"}
TAKE = {"it": "Passa a", "en": "Change to"}
BACK = {"it": "Indietro", "en": "Back"}
LANGUAGES = pytest.mark.parametrize("language", ["it", *long("en")])
MINUS = "\u2212"
NO_EXTRA = ExtraSpace(0, 0)


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


def new_total(chat: Chat, language: str = "it") -> str:
    """The new total that the last line says, as its button says it too; no other total is on the screen."""
    start = {"it": "Nuovo totale per ", "en": "New total for "}[language]
    last = said(chat).splitlines()[-1]
    assert last.startswith(start)
    assert said(chat).casefold().count("totale" if language == "it" else "total") == 1
    amount = last.partition(": ")[2].partition(" (")[0]
    (button,) = [label.replace("\u00a0", " ") for label in chat.buttons if TAKE[language] in label]
    assert button.endswith(f" · {amount}")
    return amount


# What is saved


@pytest.mark.parametrize(
    ("box", "new", "total", "difference"),
    [
        # the archive holds 5 GB, and Pro includes 3: 36,48 and twice 3,05
        ({"plan": "premium", "used": ("1", "5")}, "Pro", "42,58 €", f"{MINUS}12,20 €"),
        ({"plan": "standard", "used": ("0.5", "0"), "extra": (1, 0)}, "Pro", "41,36 €", "+24,40 €"),
        *long(
            ({"plan": "premium", "used": ("1", "12"), "extra": (0, 4)}, "Pro", "63,93 €", f"{MINUS}3,05 €"),
            # GB that the mailbox has are kept
            ({"plan": "pro", "used": ("1", "5"), "extra": (0, 2)}, "Premium", "60,88 €", "+18,30 €"),
            (
                {"plan": "premium", "used": ("3", "1")},
                "Pro",
                "41,36 €",
                f"{MINUS}18,30 €",
            ),  # forced either way
            # the promotion covers Standard and Pro, not Premium
            ({"plan": "pro", "used": ("1", "1"), "promo": "welcome"}, "Premium", "54,78 €", "+30,50 €"),
        ),
    ],
)
async def test_a_saving_is_what_is_saved(
    seed: Seed, talk: Talk, box: dict[str, Any], new: str, total: str, difference: str
) -> None:
    await seed.mailbox("rossi", **box)
    chat = await talk("rossi")
    await looking_at(chat, new)
    assert new_total(chat) == total
    assert f"Nuovo totale per un anno: {total} ({difference}), IVA inclusa" in said(chat)
    await chat.tap("Indietro")
    (label,) = [label.replace("\u00a0", " ") for label in chat.buttons if f" {new} " in label]
    assert label == f"○ {new} · {total} ({difference})"
    await chat.tap(new)
    await chat.tap(f"Passa a {new}")
    drawn = said(chat).splitlines()[-1]
    assert drawn == f"Totale per un anno: {total}, IVA inclusa", (
        "what was shown before the tap is what it costs after"
    )


async def test_with_several_mailboxes_the_new_total_is_that_of_the_order(seed: Seed, talk: Talk) -> None:
    await seed.mailbox("rossi", plan="premium", used=("1", "5"))
    await seed.mailbox("rossi", plan="standard", expires_in=40)
    chat = await talk("rossi")
    await chat.send("/renew")
    await chat.tap("Tutte")
    await chat.tap("Continua")
    await chat.tap("54,78")
    await chat.tap("Cambia piano")
    await chat.tap("Pro")
    assert new_total(chat) == "54,66 €"  # 42,58 and the 12,08 of the other
    assert f"({MINUS}12,20 €)" in said(chat)


async def test_a_change_that_is_not_possible_promises_no_total_and_no_saving(seed: Seed, talk: Talk) -> None:
    await seed.mailbox("rossi", plan="pro", used=("3.5", "0"), extra=(2, 0))
    chat = await talk("rossi")
    await chat.send("/renew")
    await chat.tap("Cambia piano")
    assert chat.has("Standard · troppo pieno")
    await chat.tap("Standard")
    assert "Nuovo totale" not in said(chat)
    assert "Totale" not in said(chat)


# The list of plans


@LANGUAGES
async def test_plans_show_their_price_and_the_difference(seed: Seed, talk: Talk, language: str) -> None:
    await seed.mailbox("rossi", plan="pro")
    chat = await talk("rossi", language=language)
    await chat.send("/renew")
    await chat.tap(CHANGE_PLAN[language])
    labels = [label.replace("\u00a0", " ") for label in chat.buttons]
    assert (
        labels[:3]
        == {
            "it": [
                "● Pro · 36,48 € · attuale",
                f"○ Standard · 12,08 € ({MINUS}24,40 €)",
                "○ Premium · 54,78 € (+18,30 €)",
            ],
            "en": [
                "● Pro · €36.48 · current",
                f"○ Standard · €12.08 ({MINUS}€24.40)",
                "○ Premium · €54.78 (+€18.30)",
            ],
        }[language]
    )
    assert any(button.url == "https://posta.example/piani" for button in chat.screen.buttons)


async def test_the_current_plan_is_kept_with_one_tap(seed: Seed, talk: Talk, services: Services) -> None:
    await seed.mailbox("rossi", plan="pro", extra=(1, 0))
    chat = await talk("rossi")
    await chat.send("/renew")
    await chat.tap(CHANGE_PLAN["it"])
    await chat.tap("attuale")
    assert "Serve altro spazio?" in chat.text
    assert (await item(chat, services)).plan_id == "pro"
    assert (await item(chat, services)).extra == ExtraSpace(1, 0)


@pytest.mark.soak
async def test_a_withdrawn_plan_is_kept_but_not_chosen(
    seed: Seed, talk: Talk, services: Services, texts: Texts
) -> None:
    await seed.mailbox("rossi", plan="light")
    await seed.mailbox("bianchi", plan="standard")
    chat = await talk("rossi")
    await chat.send("/renew")
    await chat.tap(CHANGE_PLAN["it"])
    assert "Light non è più in vendita" in chat.text
    await chat.tap("Light")
    assert "Kit di firma digitale" in chat.text
    assert (await item(chat, services)).plan_id == "light"

    other = await talk("bianchi")
    await other.send("/renew")
    await other.tap(CHANGE_PLAN["it"])
    assert not other.has("Light")
    data = next(button.callback_data for button in other.screen.buttons if "Premium" in button.text)
    assert data is not None
    for plan in ("light", "domain", "nothing"):
        await other.press(f"{data.rpartition(':')[0]}:{plan}")
        assert other.toast == texts.translator(Locale.IT).plain("refusal-plan-not-on-sale")
    assert (await item(other, services)).plan_id == "standard"


async def test_leaving_a_withdrawn_plan_says_that_there_is_no_way_back(seed: Seed, talk: Talk) -> None:
    await seed.mailbox("rossi", plan="light")
    chat = await talk("rossi")
    await looking_at(chat, "Standard")
    assert "non è più in vendita" in block(chat, "Si perde")


# Upgrades: nothing is lost, nothing is checked


@LANGUAGES
@pytest.mark.parametrize(
    ("old", "new", "gained"),
    [
        ("standard", "Pro", ["2 GB", "3 GB", "SMS", "Mult", "Del"]),
        *long(("standard", "Premium", ["2 GB", "8 GB", "SMS", "Mult", "Del"]), ("pro", "Premium", ["8 GB"])),
    ],
)
async def test_an_upgrade_loses_nothing(
    seed: Seed, talk: Talk, services: Services, language: str, old: str, new: str, gained: list[str]
) -> None:
    await seed.mailbox("rossi", plan=old, used=("0.9", "0"))
    chat = await talk("rossi", language=language)
    await looking_at(chat, new, language)
    assert {"it": "Non si perde nulla", "en": "Nothing is lost"}[language] in chat.text
    gains = block(chat, {"it": "Si ottiene", "en": "Gained"}[language]).casefold()
    for words in gained:
        assert words.casefold() in gains
    assert f"{new_total(chat, language)} (+" in said(chat)
    assert not chat.has({"it": "ricontrolla", "en": "check again"}[language])
    await chat.tap(TAKE[language])
    assert (await item(chat, services)).plan_id == new.casefold()
    assert (await item(chat, services)).extra == NO_EXTRA


# Premium to Pro


@LANGUAGES
async def test_premium_to_pro_loses_part_of_the_archive(
    seed: Seed, talk: Talk, services: Services, language: str
) -> None:
    await seed.mailbox("rossi", plan="premium", used=("2", "3"))
    chat = await talk("rossi", language=language)
    await looking_at(chat, "Pro", language)
    losses = block(chat, {"it": "Si perde", "en": "Lost"}[language])
    assert [line for line in losses.splitlines() if line.startswith("•")] == {
        "it": ["• Archivio: da 8 GB a 3 GB"],
        "en": ["• Archive: from 8 GB to 3 GB"],
    }[language]
    assert {"it": f"36,48 € ({MINUS}18,30 €)", "en": f"€36.48 ({MINUS}€18.30)"}[language] in said(chat)
    await chat.tap(TAKE[language])
    assert await item(chat, services) == Item((await item(chat, services)).mailbox_id, "pro", NO_EXTRA)


@pytest.mark.parametrize(
    ("used", "extra", "price", "delete"),
    [
        (("3.001", "5"), ExtraSpace(2, 2), "15,86", "1,01 GB dalla casella e 2 GB dall'archivio"),
        *long(
            (("2.1", "1"), ExtraSpace(1, 0), "4,88", "0,1 GB dalla casella"),
            (("1", "3.5"), ExtraSpace(0, 1), "3,05", "0,5 GB dall'archivio"),
        ),
    ],
)
async def test_premium_to_pro_buys_the_missing_gb_or_asks_to_delete(
    seed: Seed,
    talk: Talk,
    services: Services,
    used: tuple[str, str],
    extra: ExtraSpace,
    price: str,
    delete: str,
) -> None:
    await seed.mailbox("rossi", plan="premium", used=used)
    chat = await talk("rossi")
    await looking_at(chat, "Pro")
    space = block(chat, "Lo spazio usato è più di quello incluso in Pro")
    assert f"{price} € all'anno" in space
    assert f"cancellare almeno {delete} e ricontrollare" in space
    await chat.tap("Passa a Pro")
    assert (await item(chat, services)).extra == extra


@pytest.mark.soak
async def test_missing_gb_that_the_mailbox_has_already_are_not_bought_again(
    seed: Seed, talk: Talk, services: Services
) -> None:
    await seed.mailbox("rossi", plan="premium", used=("1", "4.2"), extra=(0, 2))
    chat = await talk("rossi")
    await looking_at(chat, "Pro")
    assert "Lo copre lo spazio aggiuntivo che la casella ha già: 2 GB di archivio" in said(chat)
    await chat.tap("Passa a Pro")
    assert (await item(chat, services)).extra == ExtraSpace(0, 2)
    assert not chat.toast


async def test_after_deleting_the_check_of_a_change_is_repeated(
    seed: Seed, talk: Talk, services: Services, database: Database
) -> None:
    mailbox = await seed.mailbox("rossi", plan="premium", used=("1", "3.5"))
    chat = await talk("rossi")
    await looking_at(chat, "Pro")
    await chat.tap("ricontrolla")
    assert chat.toast is not None
    assert "ancora troppo" in chat.toast
    async with database.write() as session:
        await session.execute(
            update(MailboxRow).where(MailboxRow.id == mailbox).values(used_archive_milli_gb=3000)
        )
    await chat.tap("ricontrolla")
    assert chat.toast == "Ora lo spazio usato ci sta."
    assert "Lo spazio usato è più" not in chat.text
    assert not chat.has("ricontrolla")
    await chat.tap("Passa a Pro")
    assert (await item(chat, services)).extra == NO_EXTRA


# Extra GB and promotions follow the plan


async def test_extra_gb_that_the_new_plan_does_not_sell_are_among_the_losses(seed: Seed, talk: Talk) -> None:
    await seed.mailbox("rossi", plan="pro", used=("0.2", "0"), extra=(3, 4))
    chat = await talk("rossi")
    await looking_at(chat, "Standard")
    losses = block(chat, "Si perde")
    assert "Spazio aggiuntivo della casella: da 3 GB a 1 GB" in losses
    assert "Spazio aggiuntivo dell'archivio: da 4 GB a 0 GB" in losses
    await chat.tap("Passa a Standard")
    assert chat.toast is not None
    assert chat.toast.replace("\u00a0", " ") == (
        "Con Standard lo spazio aggiuntivo cambia: casella da 3 GB a 1 GB e archivio da 4 GB a 0 GB."
    )


@pytest.mark.soak
async def test_gb_bought_only_for_a_plan_do_not_stay_when_it_is_left_again(
    seed: Seed, talk: Talk, services: Services
) -> None:
    await seed.mailbox("rossi", plan="pro", used=("1.5", "0"), extra=(0, 2))
    chat = await talk("rossi")
    await looking_at(chat, "Standard")
    await chat.tap("Passa a Standard")
    assert (await item(chat, services)).extra == ExtraSpace(1, 0)
    await chat.tap(BACK["it"])
    await chat.tap(CHANGE_PLAN["it"])
    await chat.tap("attuale")
    assert (await item(chat, services)).extra == ExtraSpace(0, 2)


@pytest.mark.soak
async def test_gb_that_the_customer_chose_stay_with_another_plan(
    seed: Seed, talk: Talk, services: Services
) -> None:
    await seed.mailbox("rossi", plan="pro", extra=(0, 2))
    chat = await talk("rossi")
    await chat.send("/renew")
    await chat.tap("Spazio e kit")
    for _ in range(2):
        await chat.tap(f"{MINUS}1 archivio")
    await chat.tap("+1 casella")
    await chat.tap(BACK["it"])
    await chat.tap(CHANGE_PLAN["it"])
    await chat.tap("Premium")
    await chat.tap("Passa a Premium")
    assert (await item(chat, services)).extra == ExtraSpace(1, 0)


@LANGUAGES
async def test_a_promotion_that_is_lost_is_said(seed: Seed, talk: Talk, language: str) -> None:
    await seed.mailbox("rossi", plan="pro", promo="welcome")
    chat = await talk("rossi", language=language)
    await looking_at(chat, "Premium", language)
    losses = block(chat, {"it": "Si perde", "en": "Lost"}[language])
    assert {"it": "promozione Benvenuto", "en": "Welcome promotion"}[language] in losses
    assert {"it": "(+30,50 €)", "en": "(+€30.50)"}[language] in said(chat)


async def test_a_promotion_that_covers_the_new_plan_too_is_not_lost(seed: Seed, talk: Talk) -> None:
    await seed.mailbox("rossi", plan="standard", promo="welcome")
    chat = await talk("rossi")
    await looking_at(chat, "Pro")
    assert "Non si perde nulla" in chat.text
    assert "Promozione Benvenuto: 24,28 € all'anno invece di 36,48 €" in said(chat)


class TestPlansOfOnePrice:
    """An operator may sell two plans at the same price."""

    @pytest.fixture
    def catalogue(self, catalogue: Catalogue) -> Catalogue:
        """Pro costs as much as Premium."""
        return with_plan("pro", catalogue, price=catalogue.plans["premium"].price)

    async def test_no_difference_is_called_no_difference(self, seed: Seed, talk: Talk) -> None:
        await seed.mailbox("rossi", plan="pro")
        chat = await talk("rossi")
        await chat.send("/renew")
        await chat.tap(CHANGE_PLAN["it"])
        assert chat.button("Premium").replace("\u00a0", " ") == "○ Premium · 54,78 € (stesso prezzo)"
        await chat.tap("Premium")
        assert "Nuovo totale per un anno: 54,78 € (come ora), IVA inclusa" in said(chat)


# Where it leads


@pytest.mark.soak
async def test_of_several_mailboxes_the_change_comes_back_to_its_mailbox(seed: Seed, talk: Talk) -> None:
    await seed.mailbox("rossi", address="a@pec.example", plan="pro")
    await seed.mailbox("rossi", address="b@pec.example", plan="pro")
    chat = await talk("rossi")
    await chat.send("/renew")
    await chat.tap("Tutte")
    await chat.tap("Continua")
    await chat.tap("b@pec.example")
    await chat.tap(CHANGE_PLAN["it"])
    await chat.tap(BACK["it"])
    assert "b@pec.example" in chat.text
    await chat.tap(CHANGE_PLAN["it"])
    await chat.tap("Premium")
    await chat.tap("Passa a Premium")
    assert "b@pec.example" in chat.text
    assert "Scelto finora: Premium" in chat.text


@pytest.mark.soak
async def test_two_quick_taps_take_the_change_once(seed: Seed, talk: Talk, services: Services) -> None:
    await seed.mailbox("rossi", plan="standard")
    chat = await talk("rossi")
    await looking_at(chat, "Pro")
    label = chat.button("Passa a Pro")
    await chat.tap_together([label, label, label])
    assert (await item(chat, services)).plan_id == "pro"
    assert "Serve altro spazio?" in chat.text
