"""The registrant data and the invoice recipient, in the chat (DOMAIN.md 3.5)."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from bot.domain.registrant import Address, HolderKind, InvoiceRoute, route_of
from bot.domain.steps import Step
from bot.services.services import Services
from bot.services.surroundings import Surroundings
from tests.support.catalogue import with_split_payment
from tests.support.chat import Chat
from tests.support.long_runs import long, some
from tests.support.renewing import draft_of, registrant_of, said, stand_at
from tests.support.running_bot import Talk
from tests.support.seed import Seed

HOME = Address("Via dell'Esempio 1", "00100", "Roma", "RM", "IT")
PERSON, TRADER, FREELANCER, COMPANY, ASSOCIATION, PUBLIC = HolderKind
NO_PERSONS = (COMPANY, ASSOCIATION, PUBLIC)

PEOPLE = ("Nome", "Cognome")
EVERYBODY = (
    "Codice fiscale",
    "Indirizzo",
    "Telefono",
    "Indirizzo email di riferimento",
    "Fattura elettronica",
)

CARD = {
    PERSON: (*PEOPLE, *EVERYBODY),
    TRADER: (*PEOPLE, "Denominazione", "Partita IVA", *EVERYBODY),
    FREELANCER: (*PEOPLE, "Denominazione", "Partita IVA", *EVERYBODY),
    COMPANY: ("Denominazione", "Partita IVA", "Rappresentante legale", *EVERYBODY),
    ASSOCIATION: ("Denominazione", "Partita IVA", "Rappresentante legale", *EVERYBODY),
    PUBLIC: (
        "Denominazione",
        "Partita IVA",
        "Rappresentante legale",
        *EVERYBODY,
        "CIG",
        "Scissione dei pagamenti",
    ),
}
"""The lines of the card, as the table of DOMAIN.md 3.5 has them."""

LOCKED = {
    PERSON: "nome, cognome e codice fiscale",
    TRADER: "nome, cognome, denominazione, codice fiscale e partita IVA",
    FREELANCER: "nome, cognome, denominazione, codice fiscale e partita IVA",
    COMPANY: "denominazione, codice fiscale e partita IVA",
    ASSOCIATION: "denominazione, codice fiscale e partita IVA",
    PUBLIC: "denominazione, codice fiscale e partita IVA",
}

CHOOSES_ROUTE = (TRADER, FREELANCER, COMPANY, ASSOCIATION)


async def card_of(
    seed: Seed, talk: Talk, services: Services, kind: HolderKind, *, language: str = "it", **changes: Any
) -> Chat:
    """A chat that stands before the card of a holder."""
    mailbox = await seed.mailbox("rossi", holder=seed.registrant(kind, **changes))
    chat = await talk("rossi", language=language)
    await stand_at(chat, services, mailbox, Step.REGISTRANT, language=language)
    return chat


def lines(chat: Chat) -> list[str]:
    """The names at the beginning of the lines of the card."""
    return [line.partition(":")[0] for line in chat.text.splitlines() if ":" in line and "↳" not in line]


def of_kinds(field: str, label: str, first: HolderKind, *others: HolderKind) -> Iterator[Any]:
    """A field of several kinds of holders: `first` is in each `make test`, the others are in the long one."""
    yield pytest.param(first, field, label)
    for kind in others:
        yield pytest.param(kind, field, label, marks=pytest.mark.soak)


# The card


@pytest.mark.parametrize("kind", some(HolderKind, 2))
async def test_the_card_has_the_fields_of_its_category_and_no_others(
    seed: Seed, talk: Talk, services: Services, kind: HolderKind
) -> None:
    chat = await card_of(seed, talk, services, kind)

    shown = [line for line in lines(chat) if not line.startswith("Totale")]
    assert sorted(shown) == sorted(CARD[kind])


@pytest.mark.parametrize("language", ["it", *long("en")])
@pytest.mark.parametrize("kind", some(HolderKind, 1))
async def test_what_is_right_can_be_confirmed_at_once(
    seed: Seed, talk: Talk, services: Services, kind: HolderKind, language: str
) -> None:
    chat = await card_of(seed, talk, services, kind, language=language)

    await chat.tap({"it": "Confermo i dati", "en": "These details are right"}[language])

    draft = await draft_of(chat, services)
    assert draft.registrant_confirmed
    assert draft.registrant is None
    assert draft.step is Step.PAYMENT
    assert "5/7" in chat.text


@pytest.mark.parametrize(
    ("kind", "field", "label"),
    some(
        [
            *of_kinds("legal_rep", "Rappresentante legale", COMPANY, ASSOCIATION, PUBLIC),
            *of_kinds("phone", "Telefono", *HolderKind),
            *of_kinds("street", "Indirizzo e numero civico", TRADER, PERSON, FREELANCER, *NO_PERSONS),
            *of_kinds("postcode", "CAP", *NO_PERSONS, PERSON, TRADER, FREELANCER),
            *of_kinds("town", "Comune", FREELANCER, PERSON, TRADER, *NO_PERSONS),
            *of_kinds("province", "Provincia", ASSOCIATION, PERSON, TRADER, FREELANCER, COMPANY, PUBLIC),
            (PUBLIC, "recipient_code", "Codice univoco ufficio"),
        ],
        2,
    ),
)
async def test_a_missing_required_field_is_marked_and_asked(
    seed: Seed, talk: Talk, services: Services, kind: HolderKind, field: str, label: str
) -> None:
    answers = {
        "legal_rep": "Ada Prova",
        "phone": "06 7654321",
        "street": "Via Roma 12",
        "postcode": "20121",
        "town": "Milano",
        "province": "mi",
        "recipient_code": "uf1a2b",
    }
    changes = {"address": replace(HOME, **{field: ""})} if hasattr(HOME, field) else {field: ""}
    chat = await card_of(seed, talk, services, kind, **changes)
    assert f"{label}: manca" in chat.text
    assert "Confermo i dati" not in chat.buttons

    await chat.tap("Completa o correggi i dati")
    assert label in chat.text
    assert "Lascia vuoto" not in chat.buttons
    await chat.send(answers[field])

    assert "manca" not in chat.text
    assert "Confermo i dati" in chat.buttons


@pytest.mark.parametrize(
    ("kind", "field", "label"),
    some(
        [
            *of_kinds("tax_code", "Codice fiscale", *HolderKind),
            *of_kinds("vat_number", "Partita IVA", TRADER, FREELANCER, COMPANY),
            *of_kinds("business_name", "Denominazione", PUBLIC, TRADER, COMPANY, ASSOCIATION),
            *of_kinds("first_name", "Nome", FREELANCER, PERSON, TRADER),
            *of_kinds("last_name", "Cognome", PERSON, TRADER, FREELANCER),
        ],
        1,
    ),
)
async def test_a_missing_locked_field_is_marked_with_the_way_out(
    seed: Seed, talk: Talk, services: Services, kind: HolderKind, field: str, label: str
) -> None:
    chat = await card_of(seed, talk, services, kind, **{field: ""})

    assert f"{label}: manca" in chat.text
    assert "non si possono correggere qui" in chat.text
    assert "assistenza@posta.example" in chat.text
    assert "Confermo i dati" not in chat.buttons
    assert "Completa o correggi i dati" not in chat.buttons
    links = [button.url for button in chat.screen.buttons if button.text == "Cambio titolare"]
    assert links == ["https://posta.example/cambio-titolare"]


@pytest.mark.parametrize(
    ("kind", "field", "label"),
    [
        (FREELANCER, "business_name", "Denominazione"),
        *long(
            (ASSOCIATION, "vat_number", "Partita IVA"),
            (PUBLIC, "vat_number", "Partita IVA"),
            (PUBLIC, "cig", "CIG"),
            (PUBLIC, "cup", "CUP"),
        ),
    ],
)
async def test_a_missing_optional_field_is_no_problem(
    seed: Seed, talk: Talk, services: Services, kind: HolderKind, field: str, label: str
) -> None:
    chat = await card_of(seed, talk, services, kind, **{field: ""})

    assert f"{label}: —" in chat.text
    assert "Confermo i dati" in chat.buttons


async def test_several_problems_are_asked_one_after_the_other(
    seed: Seed, talk: Talk, services: Services
) -> None:
    chat = await card_of(
        seed,
        talk,
        services,
        COMPANY,
        legal_rep="",
        phone="12",
        address=replace(HOME, street="Via Roma", province="XX"),
    )
    text = chat.text
    assert "Rappresentante legale: manca" in text
    assert "↳ In Via Roma manca il numero civico" in text
    assert "↳ XX non è una provincia italiana" in text
    assert "↳ 12 non è un numero di telefono valido" in text

    await chat.tap("Completa o correggi i dati")
    await chat.send("Ada Prova")
    assert "In Via Roma manca il numero civico" in chat.text
    assert "Adesso: Via Roma" in chat.text
    await chat.send("Via Roma 12")
    await chat.send("rm")
    await chat.send("06 7654321")

    assert "↳" not in chat.text
    assert "Via Roma 12, 00100 Roma RM" in chat.text
    assert "+39 06 765 4321" in chat.text
    await chat.tap("Confermo i dati")
    assert (await draft_of(chat, services)).registrant_confirmed


async def test_a_forged_confirmation_of_incomplete_data_is_refused(
    seed: Seed, talk: Talk, services: Services
) -> None:
    chat = await card_of(seed, talk, services, COMPANY)
    confirm = next(b.callback_data for b in chat.screen.buttons if b.text == "Confermo i dati")
    assert confirm is not None
    await chat.tap("Modifica")
    await chat.tap("Paese")
    await chat.send("Germania")
    assert "Confermo i dati" not in chat.buttons

    await chat.press(confirm)

    assert chat.toast is not None
    assert chat.toast.startswith("Tra i dati dell'intestatario qualcosa manca o non va bene")
    assert not (await draft_of(chat, services)).registrant_confirmed


async def test_the_expiring_mailbox_as_reference_email_is_warned_about(
    seed: Seed, talk: Talk, services: Services
) -> None:
    """How it is changed is tried in tests/end_to_end/held/test_reference_email.py: not by writing it on the card."""
    mailbox = await seed.mailbox("rossi")
    await seed.set_email("rossi", "rossi1@pec.example")
    chat = await talk("rossi")
    await stand_at(chat, services, mailbox, Step.REGISTRANT)

    assert "↳ rossi1@pec.example è una casella PEC da rinnovare" in chat.text
    await chat.tap("Confermo i dati")
    assert (await draft_of(chat, services)).registrant_confirmed


async def test_a_tax_code_that_does_not_match_the_name_is_warned_about(
    seed: Seed, talk: Talk, services: Services
) -> None:
    chat = await card_of(seed, talk, services, PERSON, first_name="Ada")

    assert "↳ Il codice fiscale SMPMRA80A41H501N non sembra corrispondere" in chat.text
    assert "Confermo i dati" in chat.buttons


@pytest.mark.parametrize(
    ("language", "said", "confirm"),
    [
        ("it", "↳ Il CAP 20121 è di un'altra provincia: conviene ricontrollare", "Confermo i dati"),
        *long(("en", "↳ The postcode 20121 is in another province: check", "These details are right")),
    ],
)
async def test_a_postcode_of_another_province_is_warned_about(
    seed: Seed, talk: Talk, services: Services, language: str, said: str, confirm: str
) -> None:
    address = Address("Via dell'Esempio 1", "20121", "Roma", "RM", "IT")
    chat = await card_of(seed, talk, services, PERSON, language=language, address=address)

    assert said in chat.text
    await chat.tap(confirm)
    assert (await draft_of(chat, services)).registrant_confirmed


async def test_a_provisional_tax_code_is_said_to_be_one(seed: Seed, talk: Talk, services: Services) -> None:
    chat = await card_of(seed, talk, services, PERSON, tax_code="99000019994")
    assert "99000019994 è letto come codice fiscale provvisorio, di 11 cifre" in chat.text
    await chat.tap("Confermo i dati")
    assert (await draft_of(chat, services)).registrant_confirmed


async def test_a_company_of_san_marino_is_invoiced_through_its_office(
    seed: Seed, talk: Talk, services: Services
) -> None:
    address = Address("Via dell'Esempio 1", "47890", "San Marino", "", "SM")
    codes = {"tax_code": "SM12345", "vat_number": "SM12345"}
    chat = await card_of(seed, talk, services, COMPANY, address=address, **codes)
    assert "Fattura elettronica: titolare fuori dall'Italia, codice 2R4GTO8" in chat.text
    assert not chat.has("Fattura")


# What can be changed


@pytest.mark.parametrize("kind", some(HolderKind, 2))
async def test_name_and_codes_cannot_be_changed_here_and_the_way_is_shown(
    seed: Seed, talk: Talk, services: Services, kind: HolderKind
) -> None:
    chat = await card_of(seed, talk, services, kind)

    await chat.tap("Modifica")

    assert f"Qui non si cambiano {LOCKED[kind]}: per questi serve il cambio titolare" in chat.text
    expected = ["Indirizzo", "CAP", "Comune", "Provincia", "Paese", "Telefono", "Email"]
    if not kind.is_person:
        expected.insert(0, "Rappresentante")
    assert chat.buttons == [*expected, "Cambio titolare", "← Indietro", "Annulla"]


async def test_a_forged_tap_on_a_locked_field_opens_nothing(
    seed: Seed, talk: Talk, services: Services
) -> None:
    chat = await card_of(seed, talk, services, PERSON)
    await chat.tap("Modifica")
    town = next(b.callback_data for b in chat.screen.buttons if b.text.startswith("Comune"))
    assert town is not None

    for locked in ("tax_code", "first_name", "vat_number", "split_payment", "nonsense"):
        await chat.press(town.replace("town", locked))
        assert "Modifica dei dati" in chat.text

    await chat.send("SMPMRA80A41H501N")
    assert await registrant_of(chat, services) == seed.registrant(PERSON)


@pytest.mark.parametrize(
    ("button", "answer", "shown"),
    [
        ("CAP", "I-20121", "20121 Roma RM"),
        ("Indirizzo", "Via Verdi 3\n10121 Torino TO", "Indirizzo: Via Verdi 3, 10121 Torino TO"),
        *long(
            ("Rappresentante", "  Ada   Prova ", "Rappresentante legale: Ada Prova"),
            ("Comune", "Milano", "00100 Milano RM"),
            ("Provincia", "mi", "00100 Roma MI"),
            ("Provincia", "Milano", "00100 Roma MI"),
            ("Paese", "it", "Indirizzo: Via dell'Esempio 1, 00100 Roma RM"),
            ("Telefono", "tel. 02 1234567", "Telefono: +39 02 123 4567"),
            ("Telefono", "0044 20 7946 0958", "Telefono: +44 20 7946 0958"),
        ),
    ],
)
async def test_an_answer_is_normalised_and_shown_on_the_card(
    seed: Seed, talk: Talk, services: Services, button: str, answer: str, shown: str
) -> None:
    chat = await card_of(seed, talk, services, COMPANY)
    await chat.tap("Modifica")
    await chat.tap(button)

    await chat.send(answer)

    assert "Dati dell'intestatario" in chat.text
    assert shown in chat.text


@pytest.mark.parametrize(
    ("button", "answer", "read"),
    [
        ("Provincia", "Napoli (NA)", "Provincia: letto come NA"),
        (
            "Indirizzo",
            "Via Verdi 3, 10121 Torino (TO)",
            "Indirizzo e numero civico: letto come Via Verdi 3 · 10121 · Torino · TO",
        ),
        *long(
            ("Paese", "Oesterreich", "Paese: letto come Austria"),
            ("Telefono", "tel. 02 1234567", "Telefono: letto come +39 02 123 4567"),
            ("Indirizzo", "Via dell\u2019Olmo 3 \u2013 int. 2", "letto come Via dell'Olmo 3 - int. 2"),
            ("Rappresentante", "\u0141ukasz Prova", "Rappresentante legale: letto come Lukasz Prova"),
        ),
    ],
)
async def test_what_is_not_stored_as_it_was_typed_is_said_once(
    seed: Seed, talk: Talk, services: Services, button: str, answer: str, read: str
) -> None:
    """The reference e-mail is read and shown where its code is asked for: tests/end_to_end/held."""
    chat = await card_of(seed, talk, services, COMPANY)
    await chat.tap("Modifica")
    await chat.tap(button)
    await chat.send(answer)
    assert read in chat.text
    if chat.has("Basta così"):
        await chat.tap("Basta così")
        assert "letto come" not in chat.text
    await chat.tap("Modifica")
    assert "letto come" not in chat.text


async def test_what_is_stored_as_it_was_typed_is_not_spoken_of(
    seed: Seed, talk: Talk, services: Services
) -> None:
    chat = await card_of(seed, talk, services, COMPANY)
    await chat.tap("Modifica")
    await chat.tap("Comune")
    await chat.send("  Reggio   nell'Emilia ")
    assert "Reggio nell'Emilia RM" in chat.text
    assert "letto come" not in chat.text


async def test_a_character_that_no_invoice_carries_is_named(
    seed: Seed, talk: Talk, services: Services
) -> None:
    chat = await card_of(seed, talk, services, COMPANY)
    await chat.tap("Modifica")
    await chat.tap("Comune")
    await chat.send("Roma \U0001f600")
    assert "caratteri che in fattura non si possono scrivere: \U0001f600" in chat.text


@pytest.mark.parametrize(
    ("button", "wrong", "complaint"),
    [
        ("CAP", "1234", "1234 non è un CAP italiano"),
        ("Comune", "x" * 300, "è troppo lungo"),
        *long(
            ("Rappresentante", "Ada 2", "Ada 2 contiene caratteri che in un nome non possono stare"),
            ("Indirizzo", "12", "In 12 non ci sono lettere"),
            ("Comune", "Рим", "Рим contiene caratteri"),
            ("Provincia", "Londra", "Londra non è una provincia italiana"),
            ("Paese", "Atlantide", "Atlantide non è tra i Paesi conosciuti"),
            ("Telefono", "12", "12 non è un numero di telefono valido"),
            ("Telefono", "34O 1234567", "non è un numero di telefono valido"),
        ),
    ],
)
async def test_a_wrong_answer_says_why_shows_an_example_and_loses_nothing(
    seed: Seed, talk: Talk, services: Services, button: str, wrong: str, complaint: str
) -> None:
    chat = await card_of(seed, talk, services, COMPANY)
    await chat.tap("Modifica")
    await chat.tap(button)

    await chat.send(wrong)

    assert complaint in chat.text
    assert "come " in chat.text or "per esempio " in chat.text
    assert "Adesso: " in chat.text
    assert await registrant_of(chat, services) == seed.registrant(COMPANY)
    await chat.tap("Indietro")
    assert "Modifica dei dati" in chat.text


async def test_a_correction_has_to_be_confirmed_again(seed: Seed, talk: Talk, services: Services) -> None:
    chat = await card_of(seed, talk, services, PERSON)
    await chat.tap("Confermo i dati")
    await chat.tap("Indietro")

    await chat.tap("Modifica")
    await chat.tap("Comune")
    await chat.send("Milano")

    assert not (await draft_of(chat, services)).registrant_confirmed


# Holders abroad


async def test_a_holder_abroad_has_the_italian_formats_relaxed(
    seed: Seed, talk: Talk, services: Services
) -> None:
    chat = await card_of(seed, talk, services, PERSON)
    await chat.tap("Modifica")
    await chat.tap("Paese")
    await chat.send("Regno Unito")
    assert "Roma RM, Regno Unito" in chat.text
    assert "Fattura elettronica: titolare fuori dall'Italia, codice XXXXXXX" in chat.text
    assert not chat.has("Fattura")

    await chat.tap("Modifica")
    await chat.tap("Telefono")
    await chat.send("020 7946 0958")
    await chat.tap("Modifica")
    await chat.tap("Indirizzo")
    for answer in ("Example Street", "sw1a 1aa", "London"):
        await chat.send(answer)
    await chat.tap("Lascia vuoto")

    assert "Indirizzo: Example Street, SW1A 1AA London, Regno Unito" in chat.text
    assert "Telefono: +44 20 7946 0958" in chat.text
    await chat.tap("Confermo i dati")
    assert (await draft_of(chat, services)).registrant_confirmed


@pytest.mark.soak
async def test_coming_back_to_italy_asks_what_its_formats_need(
    seed: Seed, talk: Talk, services: Services
) -> None:
    london = Address("10 Example Street", "SW1A 1AA", "London", "", "GB")
    chat = await card_of(seed, talk, services, PERSON, address=london, phone="+442079460958")
    assert "Confermo i dati" in chat.buttons
    await chat.tap("Modifica")
    await chat.tap("Paese")

    await chat.send("Italia")

    assert "Indirizzo e numero civico" in chat.text
    await chat.send("Via Roma 12")
    assert "SW1A1AA non è un CAP italiano" in chat.text
    await chat.send("20121")
    assert "Provincia" in chat.text
    await chat.send("Milano")
    assert "Via Roma 12, 20121 London MI" in chat.text


# The invoice recipient


@pytest.mark.parametrize("language", ["it", *long("en")])
@pytest.mark.parametrize("kind", some(CHOOSES_ROUTE, 1))
async def test_code_pec_or_none_can_be_chosen(
    seed: Seed, talk: Talk, services: Services, kind: HolderKind, language: str
) -> None:
    invoice, code, none, with_pec, without = {
        "it": (
            "Fattura",
            "Codice destinatario",
            "Nessun recapito",
            "Fattura elettronica: indirizzo PEC fatture@pec.example (codice 0000000)",
            "Fattura elettronica: sul sito dell'Agenzia delle Entrate",
        ),
        "en": (
            "Invoice",
            "Recipient code",
            "No recipient",
            "Electronic invoice: PEC address fatture@pec.example (code 0000000)",
            "Electronic invoice: on the tax agency's site",
        ),
    }[language]
    chat = await card_of(seed, talk, services, kind, language=language)

    await chat.tap(invoice)
    await chat.tap(code)
    await chat.send("a1-b2-c3d")
    assert "A1B2C3D" in chat.text
    assert route_of(await registrant_of(chat, services)) is InvoiceRoute.CODE

    await chat.tap(invoice)
    assert f"● {code}: A1B2C3D" in chat.buttons
    await chat.tap("PEC")
    await chat.send("Fatture@PEC.example")
    assert with_pec in chat.text
    corrected = await registrant_of(chat, services)
    assert (corrected.recipient_code, corrected.recipient_pec) == ("0000000", "fatture@pec.example")

    await chat.tap(invoice)
    assert "● PEC: fatture@pec.example" in chat.buttons
    await chat.tap(none)
    assert without in chat.text
    assert route_of(await registrant_of(chat, services)) is InvoiceRoute.NONE
    await chat.tap(invoice)
    assert f"● {none}" in chat.buttons


@pytest.mark.parametrize("kind", some(CHOOSES_ROUTE, 1))
@pytest.mark.parametrize(
    ("route", "wrong", "complaint"),
    [
        ("Codice destinatario", "12345", "12345 non è un codice destinatario valido: servono 7 caratteri"),
        ("PEC", "fatture", "fatture non è un indirizzo email valido"),
        *long(("Codice destinatario", "XXXXXXX", "XXXXXXX non è un codice destinatario valido")),
    ],
)
async def test_a_wrong_recipient_says_why_and_the_old_one_stays(
    seed: Seed, talk: Talk, services: Services, kind: HolderKind, route: str, wrong: str, complaint: str
) -> None:
    chat = await card_of(seed, talk, services, kind)
    await chat.tap("Fattura")
    await chat.tap(route)
    assert "Lascia vuoto" not in chat.buttons

    await chat.send(wrong)

    assert complaint in chat.text
    assert await registrant_of(chat, services) == seed.registrant(kind)
    await chat.tap("Indietro")
    assert "Fattura elettronica" in chat.text.splitlines()


@pytest.mark.soak
async def test_the_recipient_is_chosen_without_being_asked_for_anything_else(
    seed: Seed, talk: Talk, services: Services
) -> None:
    chat = await card_of(seed, talk, services, COMPANY, phone="")
    await chat.tap("Fattura")
    await chat.tap("Codice destinatario")

    await chat.send("A1B2C3D")

    assert "Fattura elettronica: codice destinatario A1B2C3D" in chat.text
    assert "Telefono: manca" in chat.text


async def test_a_natural_person_needs_no_recipient(seed: Seed, talk: Talk, services: Services) -> None:
    chat = await card_of(seed, talk, services, PERSON)

    assert "Fattura elettronica: sul sito dell'Agenzia delle Entrate, senza recapito" in chat.text
    assert not chat.has("Fattura")


async def test_a_public_body_has_its_office_code_and_no_other_way(
    seed: Seed, talk: Talk, services: Services
) -> None:
    chat = await card_of(seed, talk, services, PUBLIC)
    assert "Fattura elettronica: codice univoco ufficio UFE123" in chat.text

    await chat.tap("Fattura")
    assert chat.buttons == [
        "Codice univoco ufficio: UFE123",
        "CIG: —",
        "CUP: —",
        "□ Split payment",
        "Continua",
        "← Indietro",
        "Annulla",
    ]
    await chat.tap("Codice univoco ufficio")
    await chat.send("A1B2C3D")
    assert "A1B2C3D non è un codice univoco ufficio valido: servono 6 caratteri" in chat.text
    await chat.send("uf 1a2b")
    assert "Codice univoco ufficio: UF1A2B" in chat.buttons
    await chat.tap("Continua")
    assert "Fattura elettronica: codice univoco ufficio UF1A2B" in chat.text


@pytest.mark.parametrize(
    ("code", "wrong", "complaint", "right", "shown"),
    [
        ("CIG", "123", "123 non è un CIG valido: servono 10 caratteri", "z0123456ab", "CIG: Z0123456AB"),
        *long(("CUP", "123", "123 non è un CUP valido", "a12b34000560001", "CUP: A12B34000560001")),
    ],
)
async def test_a_public_body_may_give_cig_and_cup_and_take_them_back(
    seed: Seed,
    talk: Talk,
    services: Services,
    code: str,
    wrong: str,
    complaint: str,
    right: str,
    shown: str,
) -> None:
    chat = await card_of(seed, talk, services, PUBLIC)
    await chat.tap("Fattura")
    await chat.tap(code)
    assert "Non è obbligatorio" in chat.text

    await chat.send(wrong)
    assert complaint in chat.text
    await chat.send(right)
    assert shown in chat.buttons

    await chat.tap(code)
    await chat.tap("Lascia vuoto")
    assert f"{code}: —" in chat.buttons


@pytest.mark.parametrize("language", ["it", *long("en")])
async def test_split_payment_can_be_declared_after_its_authorisation_and_changes_no_amount(
    seed: Seed, talk: Talk, services: Services, language: str
) -> None:
    total = {"it": "12,08 €", "en": "€12.08"}[language]
    chat = await card_of(seed, talk, services, PUBLIC, language=language)
    await chat.tap({"it": "Fattura", "en": "Invoice"}[language])
    assert {
        "it": "L'autorizzazione nota è finita il 30/06/2026: si può dichiarare, ma si paga l'intero totale",
        "en": "The last authorisation known ended on 30 Jun 2026: it can be declared, but the whole total is due",
    }[language] in said(chat)
    await chat.tap("□ Split payment")
    assert total in said(chat).splitlines()[-1]
    assert (await registrant_of(chat, services)).splits_payment


@pytest.mark.parametrize("language", ["it", *long("en")])
async def test_split_payment_changes_the_amount_due_at_once(
    seed: Seed, talk: Talk, services: Services, surroundings: Surroundings, language: str
) -> None:
    surroundings.catalogue = with_split_payment()
    net, total = {"it": ("9,90 €", "12,08 €"), "en": ("€9.90", "€12.08")}[language]
    chat = await card_of(seed, talk, services, PUBLIC, language=language)
    await chat.tap({"it": "Fattura", "en": "Invoice"}[language])
    assert f"{total}" in said(chat).splitlines()[-1]
    assert net in said(chat)

    await chat.tap("□ Split payment")

    assert net in said(chat).splitlines()[-1]
    assert total not in said(chat).splitlines()[-1]
    assert (await registrant_of(chat, services)).splits_payment
    await chat.tap({"it": "Continua", "en": "Continue"}[language])
    assert {"it": "Scissione dei pagamenti: Sì", "en": "Split payment: Yes"}[language] in chat.text

    await chat.tap({"it": "Fattura", "en": "Invoice"}[language])
    await chat.tap("■ Split payment")
    assert total in said(chat).splitlines()[-1]


@pytest.mark.soak
async def test_two_quick_taps_on_split_payment_switch_it_once(
    seed: Seed, talk: Talk, services: Services
) -> None:
    chat = await card_of(seed, talk, services, PUBLIC)
    await chat.tap("Fattura")

    await chat.tap_together(["Split payment", "Split payment"])

    assert (await registrant_of(chat, services)).splits_payment


@pytest.mark.parametrize(
    ("kind", "route"), [(PUBLIC, "pec"), (COMPANY, "nonsense"), *long((PUBLIC, "none"), (COMPANY, "office"))]
)
async def test_a_forged_route_changes_nothing(
    seed: Seed, talk: Talk, services: Services, kind: HolderKind, route: str
) -> None:
    chat = await card_of(seed, talk, services, kind)
    await chat.tap("Fattura")
    back = next(b.callback_data for b in chat.screen.buttons if b.text == "← Indietro")
    assert back is not None

    shown = chat.text
    await chat.press(back.replace("recipient_back", f"recipient_routes:{route}"))

    assert await registrant_of(chat, services) == seed.registrant(kind)
    assert "Fattura elettronica" in chat.text
    if route == "nonsense":
        assert (chat.text, chat.toast or "") == (shown, ""), "what is no route at all does nothing"
