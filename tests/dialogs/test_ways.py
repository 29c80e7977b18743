"""Back is back: where it leads, and how far the progress has come, on every way through a renewal (DOMAIN.md 3)."""

from dataclasses import replace

import pytest
from aiogram import Bot

from bot.app import build_conversation
from bot.db.engine import Database
from bot.domain.registrant import HolderKind
from bot.domain.steps import Step
from bot.handlers.buttons import RenewMailbox
from bot.services.services import Services
from bot.services.surroundings import Surroundings
from bot.texts import Texts
from tests.support.chat import Chat
from tests.support.clock import FrozenClock
from tests.support.long_runs import long
from tests.support.ordering import at_recap
from tests.support.renewing import come_back, draft_of
from tests.support.running_bot import Talk
from tests.support.seed import Seed

LANGUAGES = pytest.mark.parametrize("language", ["it", *long("en")])
BACK, CANCEL = {"it": "Indietro", "en": "Back"}, {"it": "Annulla", "en": "Cancel"}

OFFER, SPACE, KIT, CARD = (
    "Rinnovo di rossi1@pec.example",
    "Serve altro spazio?",
    "Kit di firma",
    "Dati dell'int",
)
PAYMENT, AUTOMATIC, YEARS, RECAP = (
    "Modalità di pag",
    "Rinnovo automatico",
    "Durata del rinnovo",
    "Riepilogo",
)
MENU, MAILBOXES, LEAVE = "Che cosa cambiare?", "Quali caselle rinnovare?", "Interrompere il rinnovo?"


def progress(chat: Chat) -> str:
    """The numbers of the progress bar."""
    return chat.screen_text.splitlines()[0].split()[-1]


def at(chat: Chat, title: str, numbers: str) -> None:
    """The live screen is this one, with this progress."""
    assert title in chat.screen_text
    assert progress(chat) == numbers


async def back(chat: Chat, title: str, numbers: str) -> None:
    """Go back, and be there."""
    await chat.tap(BACK["it"])
    at(chat, title, numbers)


# The short way


@LANGUAGES
async def test_the_short_way_has_three_steps_and_back_leads_from_each_to_the_one_before(
    seed: Seed, talk: Talk, language: str
) -> None:
    await seed.mailbox("rossi", plan="pro")
    year, transfer = {"it": ("1 anno", "Bonifico bancario"), "en": ("1 year", "Bank transfer")}[language]
    chat = await talk("rossi", language=language)
    await chat.send("/renew")
    assert progress(chat) == "1/3"
    assert not chat.has(BACK[language]), "nothing came before"
    await chat.tap(chat.button(year))
    payment = chat.screen_text
    assert progress(chat) == "2/3"
    await chat.tap(transfer)
    assert progress(chat) == "3/3"
    await chat.tap(BACK[language])
    assert progress(chat) == "2/3"
    assert payment.splitlines()[2] in chat.screen_text
    assert chat.button(transfer).startswith("●"), "what was chosen is kept"
    await chat.tap(BACK[language])
    assert progress(chat) == "1/3"
    assert not chat.has(BACK[language])
    await chat.tap(chat.button(year))
    await chat.tap(transfer)
    assert progress(chat) == "3/3"


@pytest.mark.soak
async def test_incomplete_data_are_a_step_of_the_short_way(seed: Seed, talk: Talk) -> None:
    holder = replace(seed.registrant(HolderKind.COMPANY), phone="")
    await seed.mailbox("rossi", holder=holder)
    chat = await talk("rossi")
    await chat.send("/renew")
    at(chat, OFFER, "1/4")
    await chat.tap("2 anni")
    at(chat, CARD, "2/4")
    await chat.tap("Completa o correggi")
    await chat.send("+39 02 1234567")
    await chat.tap("Confermo i dati")
    at(chat, PAYMENT, "3/4")
    await back(chat, CARD, "2/4")
    await chat.tap("Confermo i dati")
    await chat.tap("PayPal")
    at(chat, RECAP, "4/4")
    await back(chat, PAYMENT, "3/4")
    await back(chat, CARD, "2/4")
    await back(chat, OFFER, "1/3")


@pytest.mark.soak
async def test_left_and_come_back_to_the_short_way_does_not_ask_the_years_again(
    seed: Seed, talk: Talk, services: Services
) -> None:
    await seed.mailbox("rossi", plan="pro")
    chat = await talk("rossi")
    await chat.send("/renew")
    await chat.tap("2 anni")
    await chat.tap(CANCEL["it"])
    await chat.tap("Conserva per dopo")
    await chat.send("/rinnova")
    await chat.tap("Riprendi il rinnovo")
    at(chat, PAYMENT, "2/3")
    await chat.tap("Bonifico bancario")
    at(chat, RECAP, "3/3")
    assert (await draft_of(chat, services)).years == 2
    await chat.tap(CANCEL["it"])
    await chat.tap("Conserva per dopo")
    await chat.send("/rinnova")
    await chat.tap("Riprendi il rinnovo")
    at(chat, RECAP, "3/3")
    await back(chat, PAYMENT, "2/3")
    await back(chat, OFFER, "1/3")


@pytest.mark.soak
async def test_another_process_of_the_bot_knows_the_way_too(
    seed: Seed,
    talk: Talk,
    bot: Bot,
    database: Database,
    surroundings: Surroundings,
    texts: Texts,
    clock: FrozenClock,
) -> None:
    def restart() -> None:
        chat.restart(bot, build_conversation(database, surroundings, texts, clock))

    await seed.mailbox("rossi", plan="pro")
    chat = await talk("rossi")
    await chat.send("/renew")
    await chat.tap("1 anno")
    restart()
    await chat.tap("Carta")
    at(chat, RECAP, "3/3")
    restart()
    await back(chat, PAYMENT, "2/3")
    restart()
    await back(chat, OFFER, "1/3")


async def test_who_leaves_the_short_way_goes_step_by_step(seed: Seed, talk: Talk) -> None:
    await seed.mailbox("rossi", plan="pro")
    chat = await talk("rossi")
    await chat.send("/renew")
    await chat.tap("1 anno")
    await back(chat, OFFER, "1/3")
    await chat.tap("Spazio e kit")
    at(chat, SPACE, "2/7")
    await back(chat, OFFER, "1/7")
    await chat.tap("1 anno")
    at(chat, PAYMENT, "2/3")


# Step by step


async def test_step_by_step_every_screen_counts_one_and_back_undoes_it(seed: Seed, talk: Talk) -> None:
    await seed.mailbox("rossi", plan="pro")
    chat = await talk("rossi")
    await chat.send("/renew")
    await chat.tap("Spazio e kit")
    at(chat, SPACE, "2/7")
    await chat.tap("Continua")
    at(chat, KIT, "3/7")
    await chat.tap("Senza kit")
    at(chat, CARD, "4/7")
    await chat.tap("Confermo i dati")
    at(chat, PAYMENT, "5/7")
    await chat.tap("Carta")
    at(chat, AUTOMATIC, "5/7")
    await chat.tap("Continua")
    at(chat, YEARS, "6/7")
    await chat.tap("3 anni")
    at(chat, RECAP, "7/7")
    await back(chat, YEARS, "6/7")
    await back(chat, AUTOMATIC, "5/7")
    await back(chat, PAYMENT, "5/7")
    await back(chat, CARD, "4/7")
    await back(chat, KIT, "3/7")
    await back(chat, SPACE, "2/7")
    await back(chat, OFFER, "1/7")
    assert not chat.has(BACK["it"])


@pytest.mark.soak
async def test_back_from_the_card_leads_to_the_last_screen_of_a_kit(seed: Seed, talk: Talk) -> None:
    await seed.mailbox("rossi", plan="pro")
    chat = await talk("rossi")
    await chat.send("/renew")
    await chat.tap("Spazio e kit")
    await chat.tap("Continua")
    await chat.tap("Token USB")
    await chat.tap("Maria Esempio")
    await chat.send("maria@example.com")
    await chat.send("+39 333 1234567")
    await chat.tap("Continua")
    await chat.tap("Spedisci al titolare")
    sent_to = chat.screen_text
    await chat.tap("Continua")
    at(chat, CARD, "4/7")
    await chat.tap(BACK["it"])
    assert chat.screen_text == sent_to


async def test_the_space_that_does_not_fit_leaves_one_way(seed: Seed, talk: Talk) -> None:
    await seed.mailbox("rossi", plan="standard", used=("1.4", "0"))
    chat = await talk("rossi")
    await chat.send("/renew")
    at(chat, OFFER, "1/7")


# Several mailboxes


async def test_with_several_mailboxes_the_list_is_the_first_step(seed: Seed, talk: Talk) -> None:
    for _ in range(2):
        await seed.mailbox("rossi", plan="pro")
    chat = await talk("rossi")
    await chat.send("/renew")
    at(chat, MAILBOXES, "1/4")
    assert not chat.has(BACK["it"])
    await chat.tap("Tutte")
    await chat.tap("Continua")
    at(chat, "Rinnovo di 2 caselle", "2/4")
    await chat.tap("1 anno")
    at(chat, PAYMENT, "3/4")
    await chat.tap("Bonifico bancario")
    at(chat, RECAP, "4/4")
    await back(chat, PAYMENT, "3/4")
    await back(chat, "Rinnovo di 2 caselle", "2/4")
    await back(chat, MAILBOXES, "1/4")
    await chat.tap("rossi2@pec.example")
    await chat.tap("Continua")
    at(chat, OFFER, "2/4")
    await chat.tap("Spazio e kit")
    at(chat, SPACE, "3/8")
    await back(chat, OFFER, "2/8")
    await back(chat, MAILBOXES, "1/8")


@LANGUAGES
async def test_a_reminders_mailbox_is_the_first_screen_and_the_others_are_one_tap_away(
    seed: Seed, talk: Talk, language: str
) -> None:
    wanted, _ = [await seed.mailbox("rossi", plan="pro") for _ in range(2)]
    others = {"it": "Altre caselle", "en": "More mailboxes"}[language]
    chat = await talk("rossi", language=language)
    await chat.press(RenewMailbox(mailbox=wanted).pack(), on=chat.newest)
    assert progress(chat) == "1/3"
    assert chat.buttons[-2:] == [others, CANCEL[language]]
    offer = chat.screen_text
    await chat.tap(others)
    assert progress(chat) == "1/4"
    await chat.tap(BACK[language])
    assert chat.screen_text == offer
    await chat.tap(others)
    await chat.tap(chat.button("rossi2@pec.example"))
    await chat.tap(chat.button({"it": "Continua", "en": "Continue"}[language]))
    assert {"it": "Rinnovo di 2 caselle", "en": "Renewal of 2 mailboxes"}[language] in chat.screen_text


# From the recap


@pytest.mark.parametrize(
    ("entry", "title", "choice"),
    [
        ("Pagamento", PAYMENT, "PayPal"),
        *long(
            ("Durata", YEARS, "3 anni"),
            ("Kit di firma", KIT, "Senza kit"),
            ("Titolare", CARD, "Confermo i dati"),
            ("Piano", OFFER, "Spazio e kit"),
            ("Extra", SPACE, "Continua"),
        ),
    ],
)
async def test_what_is_opened_from_the_recap_leads_back_to_the_list_of_choices_and_on_to_the_recap(
    seed: Seed, talk: Talk, services: Services, entry: str, title: str, choice: str
) -> None:
    mailbox = await seed.mailbox("rossi", plan="pro")
    chat = await talk("rossi")
    await at_recap(chat, services, [mailbox])
    at(chat, RECAP, "7/7")
    await chat.tap("Cambia")
    at(chat, MENU, "7/7")
    await chat.tap(f"{entry}: ")
    at(chat, title, "7/7")
    await back(chat, MENU, "7/7")
    await chat.tap(f"{entry}: ")
    await chat.tap(choice)
    at(chat, RECAP, "7/7")
    await back(chat, YEARS, "6/7")


async def test_a_change_on_the_short_way_comes_back_to_it(seed: Seed, talk: Talk) -> None:
    await seed.mailbox("rossi", plan="pro")
    chat = await talk("rossi")
    await chat.send("/renew")
    await chat.tap("1 anno")
    await chat.tap("Carta")
    await chat.tap("Cambia")
    await chat.tap("Rinnovo automatico: ")
    at(chat, AUTOMATIC, "3/3")
    await back(chat, MENU, "3/3")
    await chat.tap("Pagamento: ")
    await chat.tap("Bonifico bancario")
    at(chat, RECAP, "3/3")
    await back(chat, PAYMENT, "2/3")
    await back(chat, OFFER, "1/3")


@pytest.mark.soak
async def test_a_change_that_is_left_goes_on_where_it_was_left(
    seed: Seed, talk: Talk, services: Services
) -> None:
    mailbox = await seed.mailbox("rossi", plan="pro")
    chat = await talk("rossi")
    await at_recap(chat, services, [mailbox])
    await chat.tap("Cambia")
    await chat.tap("Pagamento: ")
    await chat.tap(CANCEL["it"])
    await chat.tap("Conserva per dopo")
    await chat.send("/rinnova")
    await chat.tap("Riprendi il rinnovo")
    at(chat, PAYMENT, "7/7")
    await back(chat, MENU, "7/7")
    await come_back(chat)
    await back(chat, RECAP, "7/7")


@pytest.mark.soak
async def test_what_is_missing_at_the_recap_leads_back_to_the_recap(
    seed: Seed, talk: Talk, services: Services
) -> None:
    mailbox = await seed.mailbox("rossi", plan="pro")
    chat = await talk("rossi")
    await at_recap(chat, services, [mailbox], method=None, years=None)
    await chat.tap("Scegli la modalità")
    at(chat, PAYMENT, "7/7")
    await back(chat, RECAP, "7/7")
    await chat.tap("Scegli la modalità")
    await chat.tap("PayPal")
    at(chat, YEARS, "7/7")
    await back(chat, PAYMENT, "7/7")


# Back and Cancel

ON = {
    Step.PLAN: "Spazio e kit",
    Step.KIT: "Senza kit",
    Step.REGISTRANT: "Confermo i dati",
    Step.PAYMENT: "PayPal",
    Step.YEARS: "1 anno",
}
"""The button that goes on from a step."""


@pytest.mark.parametrize(
    "step", [Step.KIT, *long(*(step for step in Step if step not in {Step.KIT, Step.EDIT}))]
)
async def test_back_and_cancel_neither_look_nor_do_the_same(
    seed: Seed, talk: Talk, services: Services, step: Step
) -> None:
    for _ in range(2):
        await seed.mailbox("rossi", plan="pro")
    chat = await talk("rossi")
    await chat.send("/renew")
    await chat.tap("rossi1@pec.example")
    while (draft := await draft_of(chat, services)).step is not step:
        await chat.tap("Continua" if chat.has("Attiva il rinnovo") else ON.get(draft.step, "Continua"))
    shown = chat.screen_text
    if step is Step.MAILBOX:
        assert not chat.has(BACK["it"]), "it would leave, as the other does"
    else:
        assert chat.buttons[-2:] == ["\N{LEFTWARDS ARROW} Indietro", "Annulla"]
        await chat.tap(BACK["it"])
        assert LEAVE not in chat.screen_text
        assert chat.screen_text != shown
        await chat.tap(on_again(chat))
        assert chat.screen_text == shown
    await chat.tap(CANCEL["it"])
    assert LEAVE in chat.screen_text
    await chat.tap("Continua il rinnovo")
    assert chat.screen_text == shown, "where it was left"


def on_again(chat: Chat) -> str:
    """The button that goes on with what is chosen already."""
    marked = [label for label in chat.buttons if label.startswith("●")]
    if marked:
        return marked[0]
    words = ("Continua", "Confermo i dati", "Spazio e kit", "1 anno")
    return next(label for word in words for label in chat.buttons if label.startswith(word))


@pytest.mark.soak
async def test_a_plan_that_is_looked_at_is_looked_at_again_after_thinking_of_leaving(
    seed: Seed, talk: Talk
) -> None:
    await seed.mailbox("rossi", plan="pro")
    chat = await talk("rossi")
    await chat.send("/renew")
    await chat.tap("Cambia piano")
    await chat.tap("Premium")
    shown = chat.screen_text
    await chat.tap(CANCEL["it"])
    await chat.tap("Continua il rinnovo")
    assert chat.screen_text == shown


@pytest.mark.soak
async def test_back_that_is_delivered_twice_goes_back_once(
    seed: Seed, talk: Talk, services: Services
) -> None:
    await seed.mailbox("rossi", plan="pro")
    chat = await talk("rossi")
    await chat.send("/renew")
    await chat.tap("1 anno")
    await chat.tap("PayPal")
    await chat.tap_together([BACK["it"], BACK["it"]])
    at(chat, PAYMENT, "2/3")
    assert (await draft_of(chat, services)).step is Step.PAYMENT
