"""An address is asked in one go, part after part, each with its check and a way back (DOMAIN.md 3.5)."""

import pytest

from bot.app import build_bot, build_conversation
from bot.clock import Clock
from bot.db.engine import Database
from bot.domain.registrant import Address, HolderKind
from bot.domain.steps import Step
from bot.playground.session import WorldSession
from bot.services.services import Services
from bot.services.surroundings import Surroundings
from bot.texts import Texts
from tests.support.budget import over_budget
from tests.support.chat import Chat
from tests.support.long_runs import long
from tests.support.renewing import come_back, draft_of, registrant_of, stand_at
from tests.support.running_bot import TOKEN, Talk
from tests.support.screens import faults
from tests.support.seed import Seed

HOME = Address("Via dell'Esempio 1", "00100", "Roma", "RM", "IT")
NEW = Address("Via Verdi 12/A", "10121", "Torino", "TO", "IT")

WORDS = {
    "it": {
        "change": "Modifica",
        "address": "Indirizzo",
        "keep": "Lascia com'è",
        "rest": "Basta così",
        "none": "Senza numero (snc)",
        "back": "← Indietro",
        "confirm": "Confermo i dati",
    },
    "en": {
        "change": "Change",
        "address": "Address",
        "keep": "Keep it",
        "rest": "Keep the rest",
        "none": "No number (snc)",
        "back": "← Back",
        "confirm": "These details are right",
    },
}


TITLES = {
    "it": ("Numero civico", "CAP", "Comune", "Provincia", "Dati dell'intestatario"),
    "en": ("Street number", "Postcode", "Town", "Province", "Registrant details"),
}


async def asked(seed: Seed, talk: Talk, services: Services, *, language: str = "it") -> Chat:
    """A chat that is asked for the street of the registrant."""
    mailbox = await seed.mailbox("rossi", kind=HolderKind.COMPANY)
    chat = await talk("rossi", language=language)
    await stand_at(chat, services, mailbox, Step.REGISTRANT, language=language)
    await chat.tap(WORDS[language]["change"])
    await chat.tap(WORDS[language]["address"])
    return chat


def fits(chat: Chat) -> None:
    """What is asked is seen whole on a phone."""
    assert list(over_budget(chat.screen)) == []
    assert list(faults(chat.screen)) == []


@pytest.mark.parametrize("language", ["it", *long("en")])
async def test_street_number_postcode_town_and_province_are_asked_one_after_the_other(
    seed: Seed, talk: Talk, services: Services, language: str
) -> None:
    words = WORDS[language]
    chat = await asked(seed, talk, services, language=language)
    assert not chat.has(words["rest"]), "at the first question, Back does the same"
    for answer, title in zip(("Via Verdi", "12/A", "10121", "Torino", "to"), TITLES[language], strict=True):
        fits(chat)
        await chat.send(answer)
        assert title in chat.text
    assert "Via Verdi 12/A, 10121 Torino TO" in chat.text
    assert (await registrant_of(chat, services)).address == NEW
    await chat.tap(words["confirm"])
    assert (await draft_of(chat, services)).registrant_confirmed


@pytest.mark.parametrize("language", ["it", *long("en")])
async def test_a_street_with_its_number_is_not_asked_for_it_again_and_what_is_right_can_be_kept(
    seed: Seed, talk: Talk, services: Services, language: str
) -> None:
    words = WORDS[language]
    chat = await asked(seed, talk, services, language=language)
    await chat.send("Via Verdi 12")
    assert TITLES[language][1] in chat.text
    await chat.tap(words["keep"])
    assert TITLES[language][2] in chat.text
    await chat.send("Ostia")
    await chat.tap(words["keep"])
    assert "Via Verdi 12, 00100 Ostia RM" in chat.text


async def test_the_rest_can_be_kept_at_once(seed: Seed, talk: Talk, services: Services) -> None:
    chat = await asked(seed, talk, services)
    await chat.tap("Lascia com'è")
    await chat.send("00118")
    await chat.tap("Basta così")
    assert "Via dell'Esempio 1, 00118 Roma RM" in chat.text
    assert chat.has("Confermo i dati")


async def test_the_way_back_goes_question_by_question_and_loses_nothing(
    seed: Seed, talk: Talk, services: Services
) -> None:
    chat = await asked(seed, talk, services)
    await chat.send("Via Verdi")
    await chat.send("12/A")
    await chat.send("10121")
    await chat.tap("Indietro")
    assert "Adesso: 10121" in chat.text
    await chat.tap("Indietro")
    assert "Adesso: Via Verdi 12/A" in chat.text
    await chat.tap("Indietro")
    assert "Modifica dei dati" in chat.text
    assert (await registrant_of(chat, services)).address.street == "Via Verdi 12/A"


@pytest.mark.soak
async def test_from_the_number_the_way_back_leads_to_the_street(
    seed: Seed, talk: Talk, services: Services
) -> None:
    chat = await asked(seed, talk, services)
    await chat.send("Via Verdi")
    await chat.tap("Indietro")
    assert "In Via Verdi manca il numero civico" in chat.text
    assert not chat.has("Lascia com'è"), "it is not right as it is"
    await chat.send("7")
    assert "CAP" in chat.text
    assert (await registrant_of(chat, services)).address.street == "Via Verdi 7"


@pytest.mark.parametrize(
    ("typed", "street"),
    [
        ("12", "Via Verdi 12"),
        *long(
            ("n. 3", "Via Verdi n. 3"),
            ("5 int. 2", "Via Verdi 5 int. 2"),
            ("snc", "Via Verdi snc"),
            ("senza numero", "Via Verdi senza numero"),
            ("Via Bianchi 4", "Via Bianchi 4"),
        ),
    ],
)
async def test_the_number_is_understood_as_people_write_it(
    seed: Seed, talk: Talk, services: Services, typed: str, street: str
) -> None:
    chat = await asked(seed, talk, services)
    await chat.send("Via Verdi")
    await chat.send(typed)
    assert "CAP" in chat.text
    assert (await registrant_of(chat, services)).address.street == street


@pytest.mark.parametrize("language", ["it", *long("en")])
async def test_where_there_is_no_number_a_button_says_so(
    seed: Seed, talk: Talk, services: Services, language: str
) -> None:
    chat = await asked(seed, talk, services, language=language)
    await chat.send("Piazza Esempio")
    await chat.tap(WORDS[language]["none"])
    assert (await registrant_of(chat, services)).address.street == "Piazza Esempio snc"


async def test_what_is_no_number_is_refused_and_a_wrong_part_too(
    seed: Seed, talk: Talk, services: Services
) -> None:
    chat = await asked(seed, talk, services)
    await chat.send("Via Verdi")
    await chat.send("boh")
    assert "In boh manca il numero civico" in chat.text
    assert "Scrivi il numero civico di Via Verdi" in chat.text
    fits(chat)
    await chat.send("1")
    await chat.send("1234")
    assert "1234 non è un CAP italiano" in chat.text
    await chat.send("10121")
    assert "Comune" in chat.text


async def test_a_whole_address_in_one_line_answers_all_of_it(
    seed: Seed, talk: Talk, services: Services
) -> None:
    chat = await asked(seed, talk, services)
    await chat.send("Via Verdi 12/A, 10121 Torino (TO)")
    assert "Via Verdi 12/A, 10121 Torino TO" in chat.text
    assert chat.has("Confermo i dati")


async def test_the_card_says_what_an_address_lacks_that_was_left_in_the_middle(
    seed: Seed, talk: Talk, services: Services
) -> None:
    chat = await asked(seed, talk, services)
    await chat.send("Via Verdi")
    await come_back(chat)
    assert "In Via Verdi manca il numero civico" in chat.text
    assert not chat.has("Confermo i dati")
    await chat.tap("Completa o correggi i dati")
    await chat.send("9")
    assert "Via Verdi 9, 00100 Roma RM" in chat.text
    assert chat.has("Confermo i dati")


@pytest.mark.soak
async def test_a_restart_in_the_middle_loses_neither_answers_nor_the_place(
    seed: Seed,
    talk: Talk,
    services: Services,
    database: Database,
    surroundings: Surroundings,
    texts: Texts,
    clock: Clock,
) -> None:
    chat = await asked(seed, talk, services)
    for answer, title in zip(("Via Verdi", "12/A", "10121", "Torino"), TITLES["it"], strict=False):
        bot = build_bot(TOKEN, WorldSession(chat.world))
        chat.restart(bot, build_conversation(database, surroundings, texts, clock))
        await chat.send(answer)
        assert title in chat.text
    await chat.send("Torino")
    assert (await registrant_of(chat, services)).address == NEW


@pytest.mark.soak
async def test_quick_second_taps_skip_no_question(seed: Seed, talk: Talk, services: Services) -> None:
    chat = await asked(seed, talk, services)
    await chat.tap_together(["Lascia com'è", "Lascia com'è"])
    assert "CAP" in chat.text
    assert (await registrant_of(chat, services)).address == HOME


async def test_abroad_no_number_is_asked(seed: Seed, talk: Talk, services: Services) -> None:
    mailbox = await seed.mailbox(
        "rossi",
        holder=seed.registrant(address=Address("Example Street", "SW1A 1AA", "London", "", "GB")),
    )
    chat = await talk("rossi")
    await stand_at(chat, services, mailbox, Step.REGISTRANT)
    await chat.tap("Modifica")
    await chat.tap("Indirizzo")
    await chat.send("Other Street")
    await chat.tap("Lascia com'è")
    await chat.send("Leeds")
    await chat.tap("Lascia vuoto")
    assert "Other Street, SW1A 1AA Leeds" in chat.text


@pytest.mark.soak
async def test_the_address_that_a_kit_is_sent_to_is_asked_the_same_way(
    seed: Seed, talk: Talk, services: Services
) -> None:
    mailbox = await seed.mailbox("rossi")
    chat = await talk("rossi")
    await stand_at(chat, services, mailbox, Step.KIT)
    await chat.tap("Token USB")
    await chat.tap("Per Maria Esempio")
    await chat.send("maria@example.com")
    await chat.send("3331234567")
    await chat.tap("Continua")
    await chat.tap("Spedisci al titolare")
    await chat.tap("Indirizzo")
    for answer in ("Via Verdi", "12/A", "10121", "Torino", "TO"):
        await chat.send(answer)
    kit = (await draft_of(chat, services)).kit
    assert kit is not None
    assert kit.shipping is not None
    assert kit.shipping.address == NEW
    assert chat.has("Continua")
