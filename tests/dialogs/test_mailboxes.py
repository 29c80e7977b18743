"""For whom, which mailboxes, and those that cannot be renewed here, in the chat (DOMAIN.md 3.1)."""

import pytest

from bot.domain.catalogue import Catalogue
from bot.domain.choices import Refusal
from bot.handlers.buttons import RenewMailbox
from bot.services.chats import Actor
from bot.services.offer import offer_seal
from bot.services.services import Services
from bot.texts import Locale, Texts
from tests.support.catalogue import with_rules
from tests.support.chat import Chat
from tests.support.renewing import draft_of, said
from tests.support.running_bot import Talk
from tests.support.seed import Seed

CONTINUE = {"it": "Continua", "en": "Continue"}
BACK = {"it": "Indietro", "en": "Back"}
NEXT_PAGE = "\u203a"
LANGUAGES = pytest.mark.parametrize("language", ["it", "en"])


def listed(chat: Chat) -> list[str]:
    """The addresses in the list, in its order."""
    return [label.split()[1] for label in chat.buttons if "@" in label]


async def chosen(chat: Chat, services: Services) -> list[int]:
    """The ids of the mailboxes in the draft."""
    return [item.mailbox_id for item in (await draft_of(chat, services)).items]


async def order_for(services: Services, chat: Chat, mailbox_id: int) -> str:
    """Place an order for a mailbox from outside of the chat, and return its number."""
    actor, renewals = Actor(chat.id, "it"), services.renewals
    draft = (await renewals.begin_with(actor, mailbox_id)).draft.id
    await renewals.renew_as_it_is(actor, draft, 1)
    await renewals.choose_method(actor, draft, "bank_transfer")
    for document in services.surroundings.catalogue.documents:
        await renewals.toggle_acceptance(actor, draft, document)
    seal = offer_seal(await renewals.read(actor, draft))
    return (await services.orders.place(actor, draft, seal, "Ordine con obbligo di pagare")).number


# The flags


@LANGUAGES
async def test_flags_show_address_expiry_days_left_and_plan_soonest_first(
    seed: Seed, talk: Talk, language: str
) -> None:
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
                "□ past@pec.example · 18/11/2026 (5 g fa) · Premium",
                "□ today@pec.example · 23/11/2026 (oggi) · Light",
                "□ soon@pec.example · 14/12/2026 (21 g) · Standard",
                "□ later@pec.example · 22/01/2027 (60 g) · Pro",
            ],
            "en": [
                "□ past@pec.example · 18 Nov 2026 (5 d ago) · Premium",
                "□ today@pec.example · 23 Nov 2026 (today) · Light",
                "□ soon@pec.example · 14 Dec 2026 (21 d) · Standard",
                "□ later@pec.example · 22 Jan 2027 (60 d) · Pro",
            ],
        }[language]
    )


async def test_nothing_is_preselected_and_a_tap_sets_or_clears_a_flag(
    seed: Seed, talk: Talk, services: Services
) -> None:
    first = await seed.mailbox("rossi", address="a@pec.example", expires_in=10)
    second = await seed.mailbox("rossi", address="b@pec.example", expires_in=20)
    chat = await talk("rossi")
    await chat.send("/renew")
    assert await chosen(chat, services) == []
    assert "Totale: ancora nessuna casella scelta" in chat.text
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
    assert not chat.has("Togli tutte")
    await chat.tap("Scegli tutte")
    assert await chosen(chat, services) == ids
    assert not chat.has("Scegli tutte")
    await chat.tap("Togli tutte")
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
        await chat.tap("Scegli tutte")
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


async def test_eight_fit_on_one_page(seed: Seed, talk: Talk) -> None:
    for _ in range(8):
        await seed.mailbox("rossi")
    chat = await talk("rossi")
    await chat.send("/renew")
    assert len(listed(chat)) == 8
    assert not chat.has("1/1")


async def test_ninety_nine_mailboxes_go_into_one_order_and_no_more(
    seed: Seed, talk: Talk, services: Services
) -> None:
    for n in range(100):
        await seed.mailbox("rossi", address=f"m{n:03}@pec.example", expires_in=30 + n)
    chat = await talk("rossi")
    await chat.send("/renew")
    await chat.tap("Scegli tutte")
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


# Not renewable: the reason and the way out


async def with_two_others(seed: Seed) -> None:
    """Two mailboxes that can be renewed, so that there is a list."""
    await seed.mailbox("rossi", address="a@pec.example")
    await seed.mailbox("rossi", address="b@pec.example")


@LANGUAGES
async def test_a_deleted_mailbox_can_only_be_bought_anew(
    seed: Seed, talk: Talk, services: Services, language: str
) -> None:
    await with_two_others(seed)
    await seed.mailbox("rossi", address="gone@pec.example", expires_in=-91)
    chat = await talk("rossi", language=language)
    await chat.send("/renew")
    word = {"it": "cancellata", "en": "deleted"}[language]
    assert chat.button("gone@pec.example") == f"⊘ gone@pec.example · {word}"
    await chat.tap("gone@pec.example")
    assert {"it": "codice fiscale", "en": "tax code"}[language] in chat.text
    assert "90" in chat.text
    assert any(button.url == "https://posta.example/acquista" for button in chat.screen.buttons)
    await chat.tap(BACK[language])
    assert await chosen(chat, services) == []
    assert len(listed(chat)) == 3


async def test_on_the_last_day_before_deletion_it_is_renewable_still(seed: Seed, talk: Talk) -> None:
    await seed.mailbox("rossi", address="last@pec.example", expires_in=-90)
    chat = await talk("rossi")
    await chat.send("/renew")
    assert "Rinnovo di last@pec.example" in chat.text
    assert "fino al 23/11/2026" in chat.text


@LANGUAGES
async def test_a_mailbox_on_its_own_domain_is_renewed_with_the_domain(
    seed: Seed, talk: Talk, language: str
) -> None:
    await with_two_others(seed)
    await seed.mailbox("rossi", address="info@own.example", plan="domain")
    chat = await talk("rossi", language=language)
    await chat.send("/renew")
    await chat.tap("info@own.example")
    assert {"it": "insieme al suo dominio", "en": "together with its domain"}[language] in chat.text
    assert any(button.url == "https://posta.example/rinnovo-dominio" for button in chat.screen.buttons)


@LANGUAGES
async def test_automatic_renewal_is_explained_and_switched_off_to_go_on(
    seed: Seed, talk: Talk, services: Services, language: str
) -> None:
    await with_two_others(seed)
    automatic = await seed.mailbox("rossi", address="auto@pec.example", expires_in=40, auto_renew=True)
    chat = await talk("rossi", language=language)
    await chat.send("/renew")
    await chat.tap("auto@pec.example")
    assert {"it": "26/12/2026", "en": "26 Dec 2026"}[language] in chat.text
    await chat.tap({"it": "Disattiva", "en": "Switch off"}[language])
    assert chat.button("auto@pec.example").startswith("■")
    assert await chosen(chat, services) == [automatic]
    assert (
        chat.toast
        == {"it": "Rinnovo automatico disattivato.", "en": "Automatic renewal switched off."}[language]
    )


async def test_after_the_charge_date_it_is_said_that_the_charge_may_have_been_made(
    seed: Seed, talk: Talk
) -> None:
    await with_two_others(seed)
    await seed.mailbox("rossi", address="auto@pec.example", expires_in=7, auto_renew=True)
    chat = await talk("rossi")
    await chat.send("/renew")
    await chat.tap("auto@pec.example")
    assert "era previsto il 23/11/2026" in chat.text
    assert "può essere già avvenuto" in chat.text


@LANGUAGES
async def test_an_open_order_is_shown_and_once_cancelled_the_mailbox_can_be_chosen(
    seed: Seed, talk: Talk, services: Services, language: str
) -> None:
    await with_two_others(seed)
    ordered = await seed.mailbox("rossi", address="paid@pec.example")
    chat = await talk("rossi", language=language)
    number = await order_for(services, chat, ordered)
    await chat.send("/renew")
    await chat.tap("paid@pec.example")
    assert number in chat.text
    await chat.tap(number)
    assert number in chat.text
    assert chat.has({"it": "Annulla", "en": "Cancel"}[language])
    await services.orders.cancel(Actor(chat.id, language), number)
    await chat.tap({"it": "Chiudi", "en": "Close"}[language])
    assert {"it": "Ora si può rinnovare", "en": "It can be renewed now"}[language] in chat.text
    await chat.tap({"it": "Rinnova questa casella", "en": "Renew this mailbox"}[language])
    assert await chosen(chat, services) == [ordered]


async def test_a_chosen_mailbox_that_was_ordered_meanwhile_is_refused_and_explained(
    seed: Seed, talk: Talk, services: Services, texts: Texts
) -> None:
    await with_two_others(seed)
    shared = await seed.mailbox("rossi", address="shared@pec.example", expires_in=5)
    chat, other = await talk("rossi"), await talk("rossi")
    await chat.send("/renew")
    await chat.tap("shared@pec.example")
    number = await order_for(services, other, shared)
    await chat.tap(CONTINUE["it"])
    assert chat.toast == texts.translator(Locale.IT).plain("refusal-mailbox-not-renewable")
    await chat.tap("shared@pec.example")
    assert number in chat.text
    assert await chosen(chat, services) == []


# Nothing renewable at all, and buttons of mailboxes that are not


@LANGUAGES
async def test_when_nothing_is_renewable_every_mailbox_is_shown_with_its_reason(
    seed: Seed, talk: Talk, language: str
) -> None:
    await seed.mailbox("rossi", address="gone@pec.example", expires_in=-200)
    await seed.mailbox("rossi", address="info@own.example", plan="domain")
    await seed.mailbox("rossi", address="auto@pec.example", auto_renew=True)
    chat = await talk("rossi", language=language)
    await chat.send("/renew")
    assert listed(chat) == ["gone@pec.example", "info@own.example", "auto@pec.example"]
    await chat.tap("info@own.example")
    assert any(button.url for button in chat.screen.buttons)
    await chat.tap(BACK[language])
    assert len(listed(chat)) == 3
    await chat.tap({"it": "Chiudi", "en": "Close"}[language])
    assert not chat.newest.buttons


async def test_a_single_mailbox_that_cannot_be_renewed_is_explained_at_once(seed: Seed, talk: Talk) -> None:
    await seed.mailbox("rossi", address="auto@pec.example", auto_renew=True)
    chat = await talk("rossi")
    await chat.send("/renew")
    assert "Il rinnovo automatico è attivo" in chat.text
    await chat.tap("Disattiva")
    assert "Rinnovo di auto@pec.example" in chat.text


async def test_the_button_of_a_notice_about_such_a_mailbox_explains_it(seed: Seed, talk: Talk) -> None:
    await seed.mailbox("rossi", address="a@pec.example")
    gone = await seed.mailbox("rossi", address="gone@pec.example", expires_in=-120)
    chat = await talk("rossi")
    await chat.press(RenewMailbox(mailbox=gone).pack(), on=chat.newest)
    assert "gone@pec.example" in chat.text
    assert "È stata cancellata" in chat.text


# For whom


@LANGUAGES
async def test_with_several_holders_it_is_asked_for_whom(
    seed: Seed, talk: Talk, services: Services, language: str
) -> None:
    await seed.mailbox("studio", address="maria@pec.example")
    first = await seed.mailbox("studio", address="uno@pec.example", kind="company")
    await seed.mailbox("studio", address="due@pec.example", kind="company")
    chat = await talk("studio", language=language)
    await chat.send("/renew")
    assert (
        chat.buttons[:2]
        == {
            "it": ["Esempio S.r.l. · 2 caselle", "Maria Esempio · 1 casella"],
            "en": ["Esempio S.r.l. · 2 mailboxes", "Maria Esempio · 1 mailbox"],
        }[language]
    )
    await chat.tap("Esempio S.r.l.")
    assert sorted(listed(chat)) == ["due@pec.example", "uno@pec.example"]
    await chat.tap("uno@pec.example")
    assert await chosen(chat, services) == [first]


async def test_a_holder_with_nothing_to_renew_shows_why_and_leads_back(seed: Seed, talk: Talk) -> None:
    await seed.mailbox("studio", address="maria@pec.example")
    await seed.mailbox("studio", address="gone@pec.example", kind="company", expires_in=-100)
    await seed.mailbox("studio", address="auto@pec.example", kind="company", auto_renew=True)
    chat = await talk("studio")
    await chat.send("/renew")
    await chat.tap("Esempio S.r.l.")
    assert "Nessuna casella si può rinnovare qui" in chat.text
    assert listed(chat) == ["gone@pec.example", "auto@pec.example"]
    await chat.tap("gone@pec.example")
    assert "È stata cancellata" in chat.text
    await chat.tap(BACK["it"])
    await chat.tap(BACK["it"])
    assert "Per chi è il rinnovo?" in chat.text
    await chat.tap("Maria Esempio")
    assert "Rinnovo di maria@pec.example" in chat.text


async def test_from_such_a_holder_an_automatic_renewal_switched_off_begins_one(
    seed: Seed, talk: Talk, services: Services
) -> None:
    await seed.mailbox("studio", address="maria@pec.example")
    automatic = await seed.mailbox("studio", address="auto@pec.example", kind="company", auto_renew=True)
    chat = await talk("studio")
    await chat.send("/renew")
    await chat.tap("Esempio S.r.l.")
    await chat.tap("Disattiva")
    assert "Rinnovo di auto@pec.example" in chat.text
    assert await chosen(chat, services) == [automatic]


async def test_stray_text_gets_a_hint_and_the_screen_again(seed: Seed, talk: Talk, texts: Texts) -> None:
    await seed.mailbox("studio")
    await seed.mailbox("studio", kind="company")
    chat = await talk("studio")
    await chat.send("/renew")
    await chat.send("buongiorno")
    assert chat.text.startswith("Per chi è il rinnovo?")
    assert texts.translator(Locale.IT).plain("hint-tap") in chat.texts


@LANGUAGES
def test_every_refusal_has_a_text_that_fits_an_alert(texts: Texts, language: str) -> None:
    translator = texts.translator(Locale(language))
    for reason in Refusal:
        text = translator.plain(f"refusal-{reason.value}")
        assert 20 < len(text) <= 180, reason
        assert "<" not in text
