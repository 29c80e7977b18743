"""Words that people type get an answer that is true of their chat, with a button that leads on."""

import pytest

from bot.app import Told
from bot.domain.catalogue import Catalogue
from bot.domain.steps import Step
from bot.services.actor import Actor
from bot.services.services import Services
from bot.texts import Texts
from bot.texts.words import Topic, phrases
from tests.handlers.test_home import said
from tests.support.catalogue import with_split_payment
from tests.support.chat import Chat, labels_of
from tests.support.letterbox import Letterbox
from tests.support.long_runs import long, some
from tests.support.ordering import chosen, place
from tests.support.renewing import stand_at
from tests.support.running_bot import Talk
from tests.support.seed import Seed

LANGUAGES = ["it", *long("en")]
HOME = {"it": "Inizio", "en": "Home"}
HINT = {"it": "Non è chiaro", "en": "It is not clear"}


@pytest.fixture
def who_is_told() -> Told:
    """This bot can send mail."""
    return Told(mail=True)


async def asks(chat: Chat, typed: str) -> str:
    """The answer, which fits a phone and has a button that leads on, and one home."""
    await chat.send(typed)
    text = said(chat)
    assert not text.startswith(tuple(HINT.values()))
    labels = labels_of(chat.newest)
    assert labels[-1] in HOME.values()
    return text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("most", [1, *long(2)])
async def test_every_word_is_answered_to_a_customer_and_to_a_stranger(
    talk: Talk, seed: Seed, texts: Texts, language: str, most: int
) -> None:
    await seed.mailbox("rossi")
    customer, stranger = await talk("rossi", language=language), await talk(language=language)
    for topic in Topic:
        for phrase in list(phrases(texts, language, topic))[:most]:
            known = await asks(customer, phrase)
            unknown = await asks(stranger, phrase)
            assert "rossi1" not in unknown, phrase
            assert len(labels_of(customer.newest)) == 2, phrase
            assert known, phrase
        await stranger.tap(HOME[language], on=stranger.newest)
        assert {"it": "Risponde un programma", "en": "A program answers"}[language] in stranger.text, topic


# Price


@pytest.mark.parametrize(
    ("language", "typed", "mailbox", "renew"),
    some(
        [
            ("it", "quanto costa?", "oggi, IVA inclusa:\nrossi1@pec.example: 36,48 €", "Rinnova"),
            ("en", "How much is it?", "today, VAT included:\nrossi1@pec.example: €36.48", "Renew"),
        ],
        1,
    ),
)
async def test_the_price_is_that_of_the_chats_mailboxes_and_the_button_leads_to_it(
    talk: Talk, seed: Seed, language: str, typed: str, mailbox: str, renew: str
) -> None:
    await seed.mailbox("rossi", plan="pro")
    chat = await talk("rossi", language=language)
    assert mailbox in await asks(chat, typed)
    await chat.tap(renew, on=chat.newest)
    assert "36" in chat.button({"it": "1 anno", "en": "1 year"}[language])


class TestSplitPayment:
    """A time at which split payment is authorised."""

    @pytest.fixture
    def catalogue(self) -> Catalogue:
        """Of that time."""
        return with_split_payment()

    async def test_a_public_body_that_splits_the_payment_hears_what_it_pays(
        self, talk: Talk, seed: Seed
    ) -> None:
        holder = seed.registrant("public_administration", split_payment=True)
        await seed.mailbox("comune", plan="pro", holder=holder)
        await seed.mailbox("comune", plan="pro", kind="natural_person")
        chat = await talk("comune")
        text = await asks(chat, "prezzo")
        assert "comune1@pec.example: 29,90 €, senza IVA (split payment)" in text
        assert "comune2@pec.example: 36,48 €, IVA inclusa" in text


async def test_of_many_mailboxes_the_first_are_priced_and_the_others_counted(talk: Talk, seed: Seed) -> None:
    for days in range(10, 17):
        await seed.mailbox("rossi", expires_in=days)
    await seed.mailbox("rossi", expires_in=5, used=("1.5", "0"))
    chat = await talk("rossi")
    text = await asks(chat, "prezzo")
    assert text.count("pec.example") == 4
    assert "di altre 4 caselle si vede con Rinnova" in text
    assert "rossi8" not in text, "what needs more space has no price as it is"


@pytest.mark.parametrize(
    ("language", "typed", "words"),
    some([("it", "prezzi", "Standard: 12,08 €"), ("en", "prices", "Standard: €12.08")], 1),
)
async def test_a_stranger_hears_the_price_list(talk: Talk, language: str, typed: str, words: str) -> None:
    chat = await talk(language=language)
    text = await asks(chat, typed)
    assert words in text
    assert "PEC su dominio" not in text
    assert "Light" not in text, "it is not on sale"


# Expiry and space


@pytest.mark.parametrize(
    ("language", "typed", "words"),
    some(
        [
            (
                "it",
                "quando scade?",
                "rossi1@pec.example: scaduta il 13/11/2026\nrossi2@pec.example: 23/12/2026",
            ),
            (
                "en",
                "when does it expire",
                "rossi1@pec.example: expired 13 Nov 2026\nrossi2@pec.example: 23 Dec 2026",
            ),
        ],
        1,
    ),
)
async def test_the_expiry_dates_are_said(
    talk: Talk, seed: Seed, language: str, typed: str, words: str
) -> None:
    await seed.mailbox("rossi", expires_in=-10)
    await seed.mailbox("rossi")
    chat = await talk("rossi", language=language)
    assert await asks(chat, typed) == words


async def test_of_many_mailboxes_the_first_expiry_dates_are_said_and_the_others_counted(
    talk: Talk, seed: Seed
) -> None:
    for days in range(10, 17):
        await seed.mailbox("rossi", expires_in=days)
    chat = await talk("rossi")
    assert "e altre 3 caselle" in await asks(chat, "scadenze")


@pytest.mark.parametrize(
    ("language", "typed", "used", "unknown"),
    some(
        [
            (
                "it",
                "spazio",
                "rossi1@pec.example: 0,9 GB usati su 3 GB; archivio 2 GB su 3 GB",
                "rossi2@pec.example: 1 GB di casella, uso non noto",
            ),
            (
                "en",
                "space",
                "rossi1@pec.example: 0.9 GB used of 3 GB; archive 2 GB of 3 GB",
                "rossi2@pec.example: 1 GB of mailbox, use not known",
            ),
        ],
        1,
    ),
)
async def test_the_space_is_said_as_far_as_it_is_known(
    talk: Talk, seed: Seed, language: str, typed: str, used: str, unknown: str
) -> None:
    await seed.mailbox("rossi", plan="pro", extra=(1, 0), used=("0.9", "2"))
    await seed.mailbox("rossi", used=None)
    chat = await talk("rossi", language=language)
    text = await asks(chat, typed)
    assert used in text
    assert unknown in text


@pytest.mark.parametrize("typed", some(["scadenza", "spazio"], 1))
async def test_what_only_a_customer_can_be_told_leads_a_stranger_to_the_reference_email(
    talk: Talk, seed: Seed, letterbox: Letterbox, typed: str
) -> None:
    await seed.mailbox("rossi")
    chat = await talk()
    assert "collegare questa chat" in await asks(chat, typed)
    await chat.tap("Collega con l'email", on=chat.newest)
    await chat.send("rossi@example.com")
    await chat.send(await letterbox.code())
    assert "Prossima scadenza: rossi1@pec.example" in chat.text


@pytest.mark.parametrize("typed", some(["scadenza", "spazio"], 1))
async def test_a_customer_whose_mailboxes_are_gone_hears_that(talk: Talk, seed: Seed, typed: str) -> None:
    await seed.mailbox("rossi", expires_in=-100)
    chat = await talk("rossi")
    assert "Nessuna casella da rinnovare" in await asks(chat, typed)


# Invoice, not renewing, withdrawal, a person


@pytest.mark.parametrize(("language", "typed"), some([("it", "vorrei la fattura"), ("en", "invoice")], 1))
async def test_the_invoice_is_its_issuers(talk: Talk, seed: Seed, language: str, typed: str) -> None:
    await seed.mailbox("rossi")
    chat = await talk("rossi", language=language)
    text = await asks(chat, typed)
    for words in ("Posta Esempio S.r.l.", "99999990999", "assistenza@posta.example"):
        assert words in text
    await chat.tap({"it": "I miei ordini", "en": "My orders"}[language], on=chat.newest)
    assert {"it": "Non ci sono ancora ordini", "en": "There are no orders yet"}[language] in chat.text


@pytest.mark.parametrize(
    ("language", "typed", "words", "off", "switch"),
    some(
        [
            ("it", "disdetta", "passati 90 giorni", "rossi2@pec.example è attivo", "Rinnovo automatico"),
            ("en", "cancel", "after 90 days", "rossi2@pec.example is on", "Automatic renewal"),
        ],
        1,
    ),
)
async def test_who_does_not_want_to_renew_hears_what_happens_and_what_to_switch_off(
    talk: Talk, seed: Seed, language: str, typed: str, words: str, off: str, switch: str
) -> None:
    await seed.mailbox("rossi")
    chat = await talk("rossi", language=language)
    text = await asks(chat, typed)
    assert words in text
    assert "rossi" not in text, "nothing renews itself"
    await seed.mailbox("rossi", auto_renew=True)
    assert off in await asks(chat, typed)
    await chat.tap(switch, on=chat.newest)
    assert "rossi2@pec.example" in chat.text


@pytest.mark.parametrize("command", some(["/recesso", "/withdraw", "recesso", "voglio un rimborso"], 1))
async def test_a_consumer_hears_from_which_orders_one_can_withdraw_and_how(
    talk: Talk, seed: Seed, services: Services, command: str
) -> None:
    mailbox = await seed.mailbox("rossi")
    chat = await talk("rossi")
    assert "nessun ordine" in await asks(chat, command)
    actor = Actor(chat.id, "it")
    order = await place(services, actor, await chosen(services, actor, [mailbox]))
    text = await asks(chat, command)
    assert f"{order.number}, fino al 07/12/2026" in text
    assert chat.button("Recedere da") == f"Recedere da {order.number}"
    await services.orders.cancel(actor, order.number)
    assert "nessun ordine" in await asks(chat, command)


async def test_who_is_no_consumer_has_no_order_to_withdraw_from(
    talk: Talk, seed: Seed, services: Services
) -> None:
    mailbox = await seed.mailbox("rossi", kind="company")
    chat = await talk("rossi", language="en")
    actor = Actor(chat.id, "en")
    await place(services, actor, await chosen(services, actor, [mailbox]))
    text = await asks(chat, "/withdraw")
    assert "no order in this chat" in text
    assert "a right of consumers" in text, "why not, and what else there is"


@pytest.mark.parametrize(("language", "typed"), some([("it", "parlare con una persona"), ("en", "human")], 1))
async def test_a_person_is_named_with_the_ways_to_reach_one(talk: Talk, language: str, typed: str) -> None:
    chat = await talk(language=language)
    text = await asks(chat, typed)
    for words in ("Posta Esempio S.r.l.", "assistenza@posta.example", "+390000000000"):
        assert words in text
    (site, *_) = chat.newest.buttons
    assert site.url == "https://posta.example/"


# Beside a dialog


@pytest.mark.parametrize("step", some([Step.PLAN, Step.PAYMENT, Step.REGISTRANT], 1))
async def test_where_only_taps_count_a_word_is_answered_below_and_the_window_goes_on(
    talk: Talk, seed: Seed, services: Services, step: Step
) -> None:
    mailbox = await seed.mailbox("rossi")
    chat = await talk("rossi")
    await stand_at(chat, services, mailbox, step)
    window = chat.screen
    await chat.send("quanto costa?")
    assert "rossi1@pec.example: 12,08 €" in said(chat)
    await chat.tap("Annulla", on=window)
    (left,) = (each for each in chat.world.messages(chat.id) if each.message_id == window.message_id)
    assert "Elimina questo rinnovo" in labels_of(left)
    await chat.send("boh")
    assert "basta toccare uno dei pulsanti" in chat.texts[-2]


async def test_where_a_dialog_waits_for_words_they_are_its_own(
    talk: Talk, seed: Seed, services: Services
) -> None:
    mailbox = await seed.mailbox("rossi")
    chat = await talk("rossi")
    await stand_at(chat, services, mailbox, Step.REGISTRANT)
    await chat.tap("Modifica")
    await chat.tap("Comune")
    await chat.send("Scadenza")
    assert "00100 Scadenza RM" in chat.text


@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_is_no_address_and_no_code_but_such_a_word_is_answered(
    talk: Talk, seed: Seed, letterbox: Letterbox, language: str
) -> None:
    await seed.mailbox("rossi")
    chat = await talk(language=language)
    await chat.send("/link")
    person = {"it": "persona", "en": "person"}[language]
    assert "assistenza@posta.example" in await asks(chat, person)
    await chat.send("rossi@example.com")
    assert "assistenza@posta.example" in await asks(chat, person)
    await chat.send(await letterbox.code())
    assert "rossi1@pec.example" in chat.text


async def test_a_new_reference_email_waits_while_such_a_word_is_answered(
    talk: Talk, seed: Seed, letterbox: Letterbox
) -> None:
    await seed.mailbox("rossi")
    chat = await talk("rossi")
    await chat.send("/settings")
    await chat.tap("Email di riferimento")
    await chat.send("aiuto")
    assert "prezzo, scadenza, spazio" in chat.text
    await chat.send("altra@example.com")
    assert "assistenza@posta.example" in await asks(chat, "operatore")
    await chat.send(await letterbox.code())
    assert "altra@example.com" in chat.text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("typed", some(["buongiorno", "12345", "/nonesiste"], 1))
async def test_all_else_gets_the_hint(talk: Talk, language: str, typed: str) -> None:
    chat = await talk(language=language)
    await chat.send(typed)
    assert chat.text.startswith(HINT[language])
