"""The digital-signature kit, in the chat (DOMAIN.md 3.4)."""

from dataclasses import replace

import pytest

from bot.domain.catalogue import Catalogue
from bot.domain.registrant import Address, HolderKind, KitHolder, ShippingAddress, phone_as_read
from bot.domain.steps import Step
from bot.services.services import Services
from bot.services.surroundings import Surroundings
from tests.support.catalogue import with_rules
from tests.support.chat import Chat
from tests.support.long_runs import long
from tests.support.renewing import draft_of, said, stand_at
from tests.support.running_bot import Talk
from tests.support.seed import Seed

TAX_CODE = "SMPMRA80A41H501N"
MARIA = KitHolder("Maria", "Esempio", TAX_CODE, "maria@example.com", "+393331234567")
HOME = Address("Via dell'Esempio 1", "00100", "Roma", "RM", "IT")

CHOICES = {
    "it": {
        "smart_card": "○ Smart card e lettore · 68,93 €",
        "usb_token": "○ Token USB · 84,79 €",
        "remote": "○ Firma remota · 47,58 €",
        "none": "○ Senza kit",
        "next": "Continua",
        "person": "Per Maria Esempio",
        "ship": "Spedisci al titolare",
    },
    "en": {
        "smart_card": "○ Smart card and reader · €68.93",
        "usb_token": "○ USB token · €84.79",
        "remote": "○ Remote signature · €47.58",
        "none": "○ No kit",
        "next": "Continue",
        "person": "For Maria Esempio",
        "ship": "Ship to the holder",
    },
}


def labels(chat: Chat) -> list[str]:
    """The live buttons, with plain spaces in their amounts."""
    return [label.replace("\u00a0", " ") for label in chat.buttons]


async def kit_step(
    seed: Seed,
    talk: Talk,
    services: Services,
    *,
    kind: HolderKind = HolderKind.NATURAL_PERSON,
    language: str = "it",
) -> Chat:
    """A chat that stands before the offer."""
    mailbox = await seed.mailbox("rossi", kind=kind)
    chat = await talk("rossi", language=language)
    await stand_at(chat, services, mailbox, Step.KIT, language=language)
    return chat


@pytest.mark.parametrize("language", ["it", *long("en")])
async def test_the_offer_weighs_yes_and_no_alike_and_preselects_nothing(
    seed: Seed, talk: Talk, services: Services, language: str
) -> None:
    chat = await kit_step(seed, talk, services, language=language)
    words = CHOICES[language]

    assert labels(chat)[:4] == [words[key] for key in ("smart_card", "usb_token", "remote", "none")]
    rows = chat.screen.content.keyboard[:4]
    assert [len(row) for row in rows] == [1, 1, 1, 1]
    assert (await draft_of(chat, services)).kit is None


async def test_the_offer_says_prices_with_vat_shipping_certificate_and_that_nothing_renews_itself(
    seed: Seed, talk: Talk, services: Services
) -> None:
    chat = await kit_step(seed, talk, services)

    text = said(chat)
    assert "59,78 € più 9,15 € di spedizione · certificato di 3 anni" in text
    assert "75,64 € più 9,15 € di spedizione · certificato di 3 anni" in text
    assert "47,58 € · certificato di 3 anni" in text
    assert "I prezzi sono IVA inclusa e si pagano una volta sola." in text
    assert "Il certificato non si rinnova mai in automatico." in text
    assert "Per rinnovare la casella non occorre." in text
    assert "12,08 €" in text


@pytest.mark.parametrize("language", ["it", *long("en")])
async def test_no_kit_goes_on_at_once(seed: Seed, talk: Talk, services: Services, language: str) -> None:
    chat = await kit_step(seed, talk, services, language=language)

    await chat.tap(CHOICES[language]["none"])

    draft = await draft_of(chat, services)
    assert draft.kit is not None
    assert draft.kit.kit_id is None
    assert draft.step is Step.REGISTRANT
    assert "4/7" in chat.text
    assert ("12,08 €" if language == "it" else "€12.08") in said(chat)

    await chat.tap("Indietro" if language == "it" else "Back")

    assert "●" in chat.button(CHOICES[language]["none"].removeprefix("○ "))


@pytest.mark.parametrize("language", ["it", *long("en")])
async def test_a_remote_signature_asks_for_a_person_and_no_address(
    seed: Seed, talk: Talk, services: Services, language: str
) -> None:
    chat = await kit_step(seed, talk, services, language=language)
    words = CHOICES[language]

    await chat.tap(chat.buttons[labels(chat).index(words["remote"])])
    assert ("59,66 €" if language == "it" else "€59.66") in said(chat)
    await chat.tap(words["person"])
    await chat.send("Maria@Example.com")
    await chat.send("333 1234567")
    assert "+39 333 123 4567" in chat.text
    await chat.tap(words["next"])

    draft = await draft_of(chat, services)
    assert draft.kit is not None
    assert (draft.kit.kit_id, draft.kit.holder, draft.kit.shipping) == ("remote", MARIA, None)
    assert draft.step is Step.REGISTRANT


@pytest.mark.parametrize("kit", ["smart_card", *long("usb_token")])
@pytest.mark.parametrize("language", ["it", *long("en")])
async def test_hardware_is_sent_to_the_registrant(
    seed: Seed, talk: Talk, services: Services, kit: str, language: str
) -> None:
    chat = await kit_step(seed, talk, services, language=language)
    words = CHOICES[language]

    await chat.tap(chat.buttons[labels(chat).index(words[kit])])
    await chat.tap(words["person"])
    await chat.send("maria@example.com")
    await chat.send("+39 333 1234567")
    await chat.tap(words["next"])
    assert "Via dell'Esempio 1, 00100 Roma RM" in chat.text
    assert words["next"] not in chat.buttons
    await chat.tap(words["ship"])
    assert words["ship"] not in chat.buttons
    await chat.tap(words["next"])

    draft = await draft_of(chat, services)
    assert draft.kit is not None
    assert draft.kit.holder == MARIA
    assert draft.kit.shipping == ShippingAddress("Maria Esempio", HOME)
    assert draft.step is Step.REGISTRANT


@pytest.mark.soak
async def test_another_address_is_asked_part_by_part_and_normalised(
    seed: Seed, talk: Talk, services: Services
) -> None:
    chat = await kit_step(seed, talk, services)
    await chat.tap("Token USB")
    await chat.tap("Per Maria Esempio")
    await chat.send("maria@example.com")
    await chat.send("3331234567")
    await chat.tap("Continua")

    await chat.tap("Spedisci a un altro indirizzo")
    for question, answer in (
        ("Destinatario", "  Studio   Esempio "),
        ("Indirizzo e numero civico", "Via Roma 12"),
        ("CAP", "I-20121"),
        ("Comune", "Milano"),
        ("Provincia", "milano"),
    ):
        assert question in chat.text
        await chat.send(answer)

    for line in (
        "Destinatario: Studio Esempio",
        "Indirizzo e numero civico: Via Roma 12",
        "CAP: 20121",
        "Comune: Milano",
        "Provincia: MI",
        "Paese: Italia",
    ):
        assert line in chat.text
    await chat.tap("Spedisci al titolare")
    assert "Destinatario: Maria Esempio" in chat.text


@pytest.mark.soak
async def test_an_address_abroad_has_its_own_postcode_and_needs_no_province(
    seed: Seed, talk: Talk, services: Services
) -> None:
    chat = await kit_step(seed, talk, services)
    await chat.tap("Token USB")
    await chat.tap("Per Maria Esempio")
    await chat.send("maria@example.com")
    await chat.send("3331234567")
    await chat.tap("Continua")
    await chat.tap("Spedisci al titolare")

    await chat.tap("Paese")
    await chat.send("Regno Unito")
    await chat.tap("CAP")
    await chat.send("sw1a 1aa")
    await chat.tap("Provincia")
    await chat.tap("Lascia vuoto")

    assert "Paese: Regno Unito" in chat.text
    assert "CAP: SW1A 1AA" in chat.text
    assert "Provincia: —" in chat.text
    await chat.tap("Continua")
    assert (await draft_of(chat, services)).step is Step.REGISTRANT


@pytest.mark.soak
@pytest.mark.parametrize("language", ["it", *long("en")])
@pytest.mark.parametrize(
    "kind", [HolderKind.COMPANY, *long(HolderKind.ASSOCIATION, HolderKind.PUBLIC_ADMINISTRATION)]
)
async def test_for_an_organisation_all_five_fields_of_the_person_are_asked(
    seed: Seed, talk: Talk, services: Services, kind: HolderKind, language: str
) -> None:
    chat = await kit_step(seed, talk, services, kind=kind, language=language)
    remote, fill, questions = {
        "it": (
            "Firma remota",
            "Inserisci i dati",
            ("Nome", "Cognome", "Codice fiscale", "Email personale", "Cellulare personale"),
        ),
        "en": (
            "Remote signature",
            "Enter the details",
            ("First name", "Surname", "Tax code (codice fiscale)", "Personal e-mail", "Personal mobile"),
        ),
    }[language]

    await chat.tap(remote)
    assert not chat.has("Maria Esempio")
    await chat.tap(fill)
    for question, answer in zip(
        questions, ("Maria", "Esempio", TAX_CODE.lower(), "maria@example.com", "3331234567"), strict=True
    ):
        assert question in chat.text
        await chat.send(answer)

    for question, value in zip(questions, vars_of(MARIA), strict=True):
        assert f"{question}: {phone_as_read(value)}" in chat.text
    await chat.tap(CHOICES[language]["next"])
    draft = await draft_of(chat, services)
    assert draft.kit is not None
    assert draft.kit.holder == MARIA


def vars_of(holder: KitHolder) -> list[str]:
    """The five values in the order of the form."""
    return list(holder.to_json().values())


@pytest.mark.parametrize(
    ("field", "wrong", "complaint"),
    [
        ("Codice fiscale", "SMPMRA80A41H501X", "l'ultimo carattere non torna"),
        *long(
            ("Nome", "Mar1a", "Mar1a contiene caratteri che in un nome non possono stare"),
            ("Cognome", "R0ssi", "R0ssi contiene caratteri che in un nome non possono stare"),
            # valid as a provisional one, which a certificate would outlive
            ("Codice fiscale", "12345678903", "serve il codice fiscale definitivo, di 16 caratteri"),
            ("Email", "maria@", "maria@ non è un indirizzo email valido"),
            ("Cellulare", "06 1234567", "+39061234567 non è un numero di cellulare"),
        ),
    ],
)
async def test_a_wrong_answer_about_the_person_says_why_and_loses_nothing(
    seed: Seed, talk: Talk, services: Services, field: str, wrong: str, complaint: str
) -> None:
    chat = await kit_step(seed, talk, services)
    await chat.tap("Firma remota")
    await chat.tap("Per Maria Esempio")
    await chat.send("maria@example.com")
    await chat.send("3331234567")

    await chat.tap(field)
    await chat.send(wrong)

    assert complaint in chat.text
    draft = await draft_of(chat, services)
    assert draft.kit is not None
    assert draft.kit.holder == MARIA
    await chat.tap("Indietro")
    assert "Codice fiscale: SMPMRA80A41H501N" in chat.text


@pytest.mark.parametrize(
    ("field", "wrong", "complaint"),
    [
        ("CAP", "123", "123 non è un CAP italiano"),
        *long(
            ("Destinatario", "Studio\u0444", "contiene caratteri che in fattura non si possono scrivere"),
            ("Indirizzo", "12", "In 12 non ci sono lettere"),
            ("Comune", "---", "In --- non ci sono lettere"),
            ("Provincia", "ZZ", "ZZ non è una provincia italiana"),
            ("Paese", "Atlantide", "Atlantide non è tra i Paesi conosciuti"),
        ),
    ],
)
async def test_a_wrong_answer_about_the_address_says_why_and_loses_nothing(
    seed: Seed, talk: Talk, services: Services, field: str, wrong: str, complaint: str
) -> None:
    chat = await kit_step(seed, talk, services)
    await chat.tap("Token USB")
    await chat.tap("Per Maria Esempio")
    await chat.send("maria@example.com")
    await chat.send("3331234567")
    await chat.tap("Continua")
    await chat.tap("Spedisci al titolare")

    await chat.tap(field)
    await chat.send(wrong)

    assert complaint in chat.text
    draft = await draft_of(chat, services)
    assert draft.kit is not None
    assert draft.kit.shipping == ShippingAddress("Maria Esempio", HOME)


@pytest.mark.soak
async def test_email_and_mobile_are_the_persons_own(seed: Seed, talk: Talk, services: Services) -> None:
    chat = await kit_step(seed, talk, services)
    await chat.tap("Firma remota")
    assert "Email e cellulare devono essere i suoi, personali" in chat.text

    await chat.tap("Per un'altra persona")
    for answer in ("Ada", "Prova", "PRVDAA80A41H501A", "ada@example.com", "3337654321"):
        await chat.send(answer)
    assert "Email personale: ada@example.com" in chat.text
    await chat.tap("Per Maria Esempio")

    assert "Email personale" in chat.text
    draft = await draft_of(chat, services)
    assert draft.kit is not None
    assert draft.kit.holder == KitHolder("Maria", "Esempio", TAX_CODE)


async def test_what_was_left_half_filled_is_completed_from_the_first_gap(
    seed: Seed, talk: Talk, services: Services
) -> None:
    chat = await kit_step(seed, talk, services)
    await chat.tap("Firma remota")
    await chat.tap("Per Maria Esempio")
    await chat.tap("Indietro")
    assert "Email personale: manca" in chat.text
    assert "Continua" not in chat.buttons

    await chat.tap("Completa o correggi i dati")

    assert "Email personale" in chat.text
    assert "Nome:" not in chat.text


async def test_a_forged_kit_is_refused(seed: Seed, talk: Talk, services: Services) -> None:
    chat = await kit_step(seed, talk, services)
    real = next(button.callback_data for button in chat.screen.buttons if "Token USB" in button.text)
    assert real is not None

    await chat.press(real.replace("usb_token", "gold_pen"))

    assert chat.toast == "Questo kit non è più in vendita. Scegline un altro, oppure continua senza."
    assert (await draft_of(chat, services)).kit is None


@pytest.mark.soak
async def test_another_kit_keeps_the_person(seed: Seed, talk: Talk, services: Services) -> None:
    chat = await kit_step(seed, talk, services)
    await chat.tap("Firma remota")
    await chat.tap("Per Maria Esempio")
    await chat.send("maria@example.com")
    await chat.send("3331234567")
    await chat.tap("Indietro")
    assert chat.has("● Firma remota")

    await chat.tap("Token USB")

    assert "Token USB" in chat.text
    assert "Cellulare personale: +39 333 123 4567" in chat.text


async def test_a_kit_withdrawn_meanwhile_is_offered_again_without_it(
    seed: Seed, talk: Talk, services: Services, surroundings: Surroundings, catalogue: Catalogue
) -> None:
    chat = await kit_step(seed, talk, services)
    await chat.tap("Firma remota")
    await chat.tap("Per Maria Esempio")
    await chat.send("maria@example.com")
    await chat.send("3331234567")

    kits = {key: kit for key, kit in catalogue.kits.items() if key != "remote"}
    surroundings.catalogue = replace(catalogue, kits=kits)
    await chat.tap("Continua")

    assert "Kit di firma digitale" in chat.text
    assert not chat.has("Firma remota")
    assert (await draft_of(chat, services)).step is Step.KIT


async def test_an_operator_without_kits_has_one_step_fewer(
    seed: Seed, talk: Talk, services: Services, surroundings: Surroundings, catalogue: Catalogue
) -> None:
    surroundings.catalogue = with_rules(catalogue, kit_step=False)

    chat = await kit_step(seed, talk, services)

    assert "Dati dell'intestatario" in chat.text
    assert "3/6" in chat.text


async def test_a_holder_abroad_is_asked_for_the_italian_tax_code_that_a_certificate_needs(
    seed: Seed, talk: Talk, services: Services
) -> None:
    abroad = seed.registrant(tax_code="AB1234567", address=replace(HOME, country="DE"))
    mailbox = await seed.mailbox("rossi", holder=abroad)
    chat = await talk("rossi")
    await stand_at(chat, services, mailbox, Step.KIT)
    await chat.tap("Firma remota")

    await chat.tap("Per Maria Esempio")

    assert "Codice fiscale" in chat.text
    assert "AB1234567 non ha la lunghezza giusta" in chat.text


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("it", "non sembra corrispondere a nome e cognome"),
        *long(("en", "does not seem to match the name and surname")),
    ],
)
async def test_a_tax_code_is_compared_with_the_name_that_it_stands_beside(
    seed: Seed, talk: Talk, services: Services, language: str, words: str
) -> None:
    """The kit's, with the person's whom the kit names: the registrant's own name has nothing to do with it."""
    mailbox = await seed.mailbox("rossi")
    chat = await talk("rossi", language=language)
    await stand_at(chat, services, mailbox, Step.KIT, language=language)
    await chat.tap(CHOICES[language]["remote"].split(" · ")[0])
    await chat.tap(CHOICES[language]["person"])
    for value in ("maria@example.com", "+39 333 1234567"):
        await chat.send(value)
    await chat.tap({"it": "Indietro", "en": "Back"}[language])
    await chat.tap(CHOICES[language]["remote"].split(" · ")[0][2:])
    assert words not in said(chat)

    await chat.tap({"it": "Cognome", "en": "Surname"}[language])
    await chat.send("Bianchi")
    lines = said(chat).splitlines()
    (place,) = [number for number, line in enumerate(lines) if words in line]
    assert TAX_CODE in lines[place - 1], "it stands below the tax code"
    await chat.tap(CHOICES[language]["next"])
    assert words not in said(chat), "and stops nobody"
