"""The window that asks one field, whatever the form (DOMAIN.md 3.4 and 3.5)."""

import pytest
from sqlalchemy import text as sql

from bot.app import build_bot, build_conversation
from bot.clock import Clock
from bot.db.engine import Database
from bot.domain.drafts import Gap
from bot.domain.registrant import HolderKind
from bot.domain.steps import Step
from bot.playground.session import WorldSession
from bot.services.actor import Actor
from bot.services.services import Services
from bot.services.surroundings import Surroundings
from bot.texts import Texts
from tests.support.chat import Chat
from tests.support.long_runs import long
from tests.support.renewing import draft_of, registrant_of, stand_at
from tests.support.running_bot import TOKEN, Talk
from tests.support.seed import Seed

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)


async def asked(
    seed: Seed,
    talk: Talk,
    services: Services,
    *taps: str,
    kind: HolderKind = HolderKind.COMPANY,
    step: Step = Step.REGISTRANT,
    language: str = "it",
) -> Chat:
    """A chat that stands before a question, after these taps from the beginning of a step."""
    mailbox = await seed.mailbox("rossi", kind=kind)
    chat = await talk("rossi", language=language)
    await stand_at(chat, services, mailbox, step, language=language)
    for tap in taps:
        await chat.tap(tap)
    return chat


async def stored(database: Database) -> str:
    """Everything in the database as it lies there, sealed columns sealed."""
    found: list[str] = []
    async with database.read() as session:
        names = (await session.execute(sql("SELECT name FROM sqlite_master WHERE type = 'table'"))).scalars()
        for name in names.all():
            rows = await session.execute(sql(f'SELECT * FROM "{name}"'))
            found.extend(repr(tuple(row)) for row in rows)
    return "\n".join(found)


@pytest.mark.parametrize("language", ["it", *long("en")])
async def test_a_question_says_what_it_is_what_it_is_now_and_what_to_write(
    seed: Seed, talk: Talk, services: Services, language: str
) -> None:
    taps, lines = {
        "it": (
            ("Modifica", "CAP"),
            ("CAP", "Adesso: 00100", "Scrivi le 5 cifre del CAP, per esempio 20121."),
        ),
        "en": (
            ("Change", "Postcode"),
            ("Postcode", "Now: 00100", "Enter the 5 digits of the postcode, for example 20121."),
        ),
    }[language]

    chat = await asked(seed, talk, services, *taps, language=language)

    assert [line for line in lines if line not in chat.text.splitlines()] == []


async def test_the_question_stands_below_what_was_written(seed: Seed, talk: Talk, services: Services) -> None:
    chat = await asked(seed, talk, services, "Modifica", "CAP")
    before = chat.screen.message_id

    await chat.send("abc")

    messages = chat.world.messages(chat.id)
    assert messages[-1].message_id == chat.screen.message_id
    assert messages[-2].text == "abc"
    assert before not in [message.message_id for message in messages]


async def test_what_was_written_is_shown_back_as_text_not_as_markup(
    seed: Seed, talk: Talk, services: Services
) -> None:
    chat = await asked(seed, talk, services, "Modifica", "CAP")

    await chat.send("<b>1</b> & <script>")

    assert "<B>1<B>&<SCRIPT> non è un CAP italiano" in chat.text


@pytest.mark.parametrize("language", ["it", *long("en")])
async def test_a_picture_is_no_answer_and_the_question_says_so(
    seed: Seed, talk: Talk, services: Services, language: str
) -> None:
    taps, hint, question = {
        "it": (("Modifica", "Comune"), "La risposta va scritta in un messaggio", "Scrivi il comune"),
        "en": (("Change", "Town"), "The answer has to be typed in a message", "Enter the town"),
    }[language]
    chat = await asked(seed, talk, services, *taps, language=language)

    await chat.send_photo(PIXEL)

    assert hint in chat.text
    assert question in chat.text
    assert await registrant_of(chat, services) == seed.registrant(HolderKind.COMPANY)
    await chat.send("Milano")
    assert "00100 Milano RM" in chat.text


@pytest.mark.soak
async def test_a_document_is_no_answer(seed: Seed, talk: Talk, services: Services) -> None:
    chat = await asked(seed, talk, services, "Modifica", "Comune")

    chat.world.send_document(chat.id, "visura.pdf", b"%PDF-1.4")
    await chat.deliver()

    assert "La risposta va scritta in un messaggio" in chat.text
    assert await registrant_of(chat, services) == seed.registrant(HolderKind.COMPANY)


async def test_an_unknown_command_is_no_answer(seed: Seed, talk: Talk, services: Services) -> None:
    chat = await asked(seed, talk, services, "Modifica", "Comune")

    await chat.send("/comune Milano")

    assert "Questo comando non esiste" in chat.text
    assert await registrant_of(chat, services) == seed.registrant(HolderKind.COMPANY)


async def test_of_two_answers_sent_in_a_row_only_the_first_is_taken(
    seed: Seed, talk: Talk, services: Services
) -> None:
    chat = await asked(seed, talk, services, "Firma remota", "Inserisci i dati", step=Step.KIT)

    chat.world.send_text(chat.id, "Maria")
    chat.world.send_text(chat.id, "Maria")
    await chat.deliver()

    assert "L'ultimo messaggio è arrivato prima di questa domanda" in chat.text
    assert "Cognome" in chat.text
    kit = (await draft_of(chat, services)).kit
    assert kit is not None
    assert kit.holder is not None
    assert (kit.holder.first_name, kit.holder.last_name) == ("Maria", "")
    await chat.send("Esempio")
    assert "Codice fiscale" in chat.text


async def test_a_text_without_a_question_changes_nothing(seed: Seed, talk: Talk, services: Services) -> None:
    chat = await asked(seed, talk, services, "Modifica", "Comune")
    await chat.tap("Indietro")

    await chat.send("Milano")

    assert await registrant_of(chat, services) == seed.registrant(HolderKind.COMPANY)


@pytest.mark.parametrize(
    ("step", "taps", "title"),
    [
        (Step.REGISTRANT, ("Modifica", "CAP"), "Modifica dei dati"),
        *long(
            (Step.REGISTRANT, ("Fattura", "PEC"), "Fattura elettronica"),
            (Step.KIT, ("Firma remota", "Inserisci i dati"), "A chi si intesta il kit"),
        ),
    ],
)
async def test_back_leads_to_where_the_question_was_opened(
    seed: Seed, talk: Talk, services: Services, step: Step, taps: tuple[str, ...], title: str
) -> None:
    chat = await asked(seed, talk, services, *taps, step=step)

    await chat.tap("Indietro")

    assert title in chat.text.splitlines()


@pytest.mark.soak
async def test_two_quick_taps_on_leave_empty_leave_one_field_empty(
    seed: Seed, talk: Talk, services: Services
) -> None:
    chat = await asked(seed, talk, services, "Fattura", "CIG", kind=HolderKind.PUBLIC_ADMINISTRATION)

    await chat.tap_together(["Lascia vuoto", "Lascia vuoto"])

    assert "CIG: —" in chat.buttons
    assert await registrant_of(chat, services) == seed.registrant(HolderKind.PUBLIC_ADMINISTRATION)


async def test_leave_empty_on_a_required_field_cannot_be_forged(
    seed: Seed, talk: Talk, services: Services
) -> None:
    chat = await asked(seed, talk, services, "Modifica", "Comune")
    back = next(b.callback_data for b in chat.screen.buttons if b.text == "← Indietro")
    assert back is not None

    await chat.press(back.replace("field_back", "field_empty:town"))

    assert "Questo dato è obbligatorio" in chat.text
    assert await registrant_of(chat, services) == seed.registrant(HolderKind.COMPANY)


async def test_no_answer_lies_open_in_the_database_refused_or_taken(
    seed: Seed, talk: Talk, services: Services, database: Database
) -> None:
    chat = await asked(seed, talk, services, "Modifica", "Telefono")
    await chat.send("0000424242")
    assert "0000424242" in chat.text
    assert "424242" not in await stored(database)

    await chat.tap("Indietro")
    await chat.tap("Comune")
    await chat.send("Castelquarantadue")

    assert "Castelquarantadue" in chat.text
    assert "Castelquarantadue" not in await stored(database)


@pytest.mark.soak
async def test_the_same_question_waits_after_a_restart(
    seed: Seed,
    talk: Talk,
    services: Services,
    database: Database,
    surroundings: Surroundings,
    texts: Texts,
    clock: Clock,
) -> None:
    chat = await asked(seed, talk, services, "Modifica", "Provincia")

    bot = build_bot(TOKEN, WorldSession(chat.world))
    chat.restart(bot, build_conversation(database, surroundings, texts, clock))
    await chat.send("zz")
    assert "zz non è una provincia italiana" in chat.text
    await chat.send("mi")

    assert "00100 Roma MI" in chat.text


async def at_the_recap(seed: Seed, talk: Talk, services: Services) -> Chat:
    """A chat that stands before the recap of a company's complete renewal without a kit."""
    mailbox = await seed.mailbox("rossi", kind=HolderKind.COMPANY)
    chat = await talk("rossi")
    actor = Actor(chat.id, "it")
    draft = (await services.renewals.begin_with(actor, mailbox)).draft
    await services.renewals.renew_as_it_is(actor, draft.id, 1)
    await services.renewals.choose_method(actor, draft.id, "bank_transfer")
    await services.renewals.move(actor, draft.id, Step.ORDER)
    await chat.send("/renew")
    await chat.tap("Riprendi il rinnovo")
    return chat


@pytest.mark.soak
async def test_data_opened_from_the_recap_lead_back_to_it(seed: Seed, talk: Talk, services: Services) -> None:
    chat = await at_the_recap(seed, talk, services)
    recap = chat.text.splitlines()[2]

    await chat.tap("Cambia")
    await chat.tap("Titolare")
    await chat.tap("Modifica")
    await chat.tap("Comune")
    await chat.send("Milano")
    assert "00100 Milano RM" in chat.text
    await chat.tap("Confermo i dati")

    assert chat.text.splitlines()[2] == recap
    assert (await draft_of(chat, services)).step is Step.ORDER
    assert (await registrant_of(chat, services)).address.town == "Milano"


@pytest.mark.soak
async def test_a_kit_opened_from_the_recap_leads_back_to_it_when_it_is_complete(
    seed: Seed, talk: Talk, services: Services
) -> None:
    chat = await at_the_recap(seed, talk, services)
    recap = chat.text.splitlines()[2]

    await chat.tap("Cambia")
    await chat.tap("Kit")
    await chat.tap("Token USB")
    await chat.tap("Inserisci i dati")
    for answer in ("Maria", "Esempio", "SMPMRA80A41H501N", "maria@example.com", "3331234567"):
        await chat.send(answer)
    await chat.tap("Continua")
    await chat.tap("Spedisci al titolare")
    await chat.tap("Continua")

    assert chat.text.splitlines()[2] == recap
    kit = (await draft_of(chat, services)).kit
    assert kit is not None
    assert kit.kit_id == "usb_token"


@pytest.mark.soak
async def test_a_kit_left_unfinished_is_still_open_in_the_recap(
    seed: Seed, talk: Talk, services: Services
) -> None:
    chat = await at_the_recap(seed, talk, services)
    await chat.tap("Cambia")
    await chat.tap("Kit")
    await chat.tap("Token USB")
    await chat.tap("Indietro")
    await chat.tap("Indietro")

    renewal = await services.renewals.unfinished(Actor(chat.id, "it"))

    assert renewal is not None
    assert renewal.gaps == (Gap.KIT,)
    assert not chat.has("obbligo di pagare")
