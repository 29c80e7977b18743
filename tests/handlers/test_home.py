"""Home: how things stand, said in a few lines that fit a phone, with the ways on."""

import pytest

from bot.domain.reminders import MuteLevel
from bot.services.actor import Actor
from bot.services.services import Services
from tests.support.budget import over_budget
from tests.support.chat import Chat, labels_of
from tests.support.long_runs import long, some
from tests.support.ordering import NO_BREAK_SPACE, chosen, place
from tests.support.phone import shown
from tests.support.running_bot import Talk
from tests.support.screens import faults
from tests.support.seed import Seed

MOST_LINES = 12


def said(chat: Chat, most: int = MOST_LINES) -> str:
    """The newest message, with plain spaces in its amounts; it fits a phone."""
    message = chat.newest
    assert list(over_budget(message)) == []
    assert list(faults(message)) == []
    assert shown(message).lines <= most, message.text
    return chat.text.replace(NO_BREAK_SPACE, " ")


WAYS = {
    "it": ["Rinnova", "Le mie caselle", "I miei ordini", "Impostazioni"],
    "en": ["Renew", "My mailboxes", "My orders", "Settings"],
}


@pytest.mark.parametrize(
    ("language", "words"),
    some(
        [
            (
                "it",
                "Prossima scadenza: rossi1@pec.example\nmercoledì 23 dicembre 2026 (tra 30 giorni)",
            ),
            ("en", "Next expiry date: rossi1@pec.example\nWednesday 23 December 2026 (in 30 days)"),
        ],
        1,
    ),
)
async def test_start_says_what_expires_next(talk: Talk, seed: Seed, language: str, words: str) -> None:
    await seed.mailbox("rossi")
    await seed.mailbox("rossi", expires_in=200)
    chat = await talk("rossi", language=language)
    await chat.send("/start")
    assert said(chat).endswith(words)
    assert chat.buttons == WAYS[language]


@pytest.mark.parametrize(("days", "words"), some([(0, "(oggi)"), (1, "(domani)"), (2, "(tra 2 giorni)")], 2))
async def test_the_days_left_are_said_in_words(talk: Talk, seed: Seed, days: int, words: str) -> None:
    await seed.mailbox("rossi", expires_in=days)
    chat = await talk("rossi")
    await chat.send("/start")
    assert words in said(chat)


@pytest.mark.parametrize(
    ("language", "words"),
    some(
        [
            (
                "it",
                "rossi1@pec.example è scaduta il 03/11/2026.\nSi può salvare fino al 01/02/2027 (tra 70 giorni)",
            ),
            (
                "en",
                "rossi1@pec.example expired on 3 Nov 2026.\nIt can be saved until 1 Feb 2027 (in 70 days)",
            ),
        ],
        1,
    ),
)
async def test_a_mailbox_that_has_expired_comes_first_with_the_day_until_which_it_can_be_saved(
    talk: Talk, seed: Seed, language: str, words: str
) -> None:
    await seed.mailbox("rossi", expires_in=-20)
    await seed.mailbox("rossi", expires_in=5)
    chat = await talk("rossi", language=language)
    await chat.send("/start")
    assert words in said(chat)
    more = {"it": "Un'altra casella scade entro", "en": "One more mailbox expires by"}
    assert more[language] in said(chat)


@pytest.mark.parametrize(
    ("language", "words", "see"),
    some(
        [
            ("it", "36,48 € da pagare entro il 23/12/2026", "Vedi l'ordine"),
            ("en", "€36.48 to pay by 23 Dec 2026", "View the order"),
        ],
        1,
    ),
)
async def test_an_open_order_is_said_with_its_amount_and_the_day_and_opened(
    talk: Talk, seed: Seed, services: Services, language: str, words: str, see: str
) -> None:
    mailbox = await seed.mailbox("rossi", plan="pro")
    chat = await talk("rossi", language=language)
    actor = Actor(chat.id, language)
    order = await place(services, actor, await chosen(services, actor, [mailbox]))
    await chat.send("/start")
    assert f"{order.number}: {words}" in said(chat)
    await chat.tap(see)
    assert order.number in chat.text
    assert "IBAN" in chat.text


async def test_of_several_orders_the_one_to_pay_first_is_named_and_the_others_counted(
    talk: Talk, seed: Seed, services: Services
) -> None:
    numbers = {}
    chat = None
    for days in (60, 10, 40):
        mailbox = await seed.mailbox("rossi", plan="pro", expires_in=days)
        chat = chat or await talk("rossi")
        actor = Actor(chat.id, "it")
        numbers[days] = (await place(services, actor, await chosen(services, actor, [mailbox]))).number
    assert chat is not None
    await chat.send("/start")
    assert f"Ordine {numbers[10]}:" in said(chat)
    assert "altri 2 in attesa" in said(chat)
    assert numbers[40] not in said(chat)
    await services.orders.cancel(actor, numbers[10])
    await chat.send("/start")
    assert f"Ordine {numbers[40]}:" in said(chat)
    assert "un altro in attesa" in said(chat)


@pytest.mark.parametrize(
    ("language", "deleted", "muted", "automatic"),
    [
        (
            "it",
            "2 caselle sono state cancellate",
            "Promemoria ridotti o silenziati per una casella",
            "rinnovo automatico attivo",
        ),
        (
            "en",
            "2 mailboxes have been deleted",
            "Reminders are reduced or off for one mailbox",
            "automatic renewal on",
        ),
    ],
)
async def test_what_is_deleted_muted_or_renews_itself_is_said(
    talk: Talk, seed: Seed, services: Services, language: str, deleted: str, muted: str, automatic: str
) -> None:
    await seed.mailbox("rossi", expires_in=40, auto_renew=True)
    silent = await seed.mailbox("rossi", expires_in=50)
    for _ in range(2):
        await seed.mailbox("rossi", expires_in=-100)
    chat = await talk("rossi", language=language)
    await services.wishes.mute(Actor(chat.id, language), silent, MuteLevel.MOST)
    await chat.send("/start")
    for words in (deleted, muted, automatic):
        assert words in said(chat)


async def test_a_chat_whose_mailboxes_were_all_deleted_hears_that(talk: Talk, seed: Seed) -> None:
    await seed.mailbox("rossi", expires_in=-100)
    chat = await talk("rossi")
    await chat.send("/start")
    assert "Nessuna casella da rinnovare.\nUna casella è stata cancellata." in said(chat)


@pytest.mark.parametrize("language", ["it", *long("en")])
async def test_with_all_of_it_at_once_home_still_fits(
    talk: Talk, seed: Seed, services: Services, language: str
) -> None:
    long = "amministrazione.condominio.esempio@postacertificata.example"
    first = await seed.mailbox("rossi", address=long, plan="pro", expires_in=-20)
    others = [await seed.mailbox("rossi", expires_in=days) for days in (5, 6, 7)]
    await seed.mailbox("rossi", expires_in=-100)
    chat = await talk("rossi", language=language)
    actor = Actor(chat.id, language)
    for each in (first, others[0]):
        await place(services, actor, await chosen(services, actor, [each], method="card"))
    await services.renewals.begin_with(actor, others[1])
    await services.wishes.mute(actor, others[2], MuteLevel.ALL)
    await chat.send("/start")
    assert list(over_budget(chat.newest)) == []


async def test_another_chats_orders_and_mailboxes_are_not_seen(
    talk: Talk, seed: Seed, services: Services
) -> None:
    mailbox = await seed.mailbox("rossi")
    await seed.mailbox("verdi", expires_in=90)
    owner, other = await talk("rossi"), await talk("verdi")
    actor = Actor(owner.id, "it")
    await place(services, actor, await chosen(services, actor, [mailbox]))
    await other.send("/start")
    assert "rossi1" not in said(other)
    assert "Ordine" not in said(other)


async def test_the_ways_lead_on_and_home_again(talk: Talk, seed: Seed) -> None:
    await seed.mailbox("rossi")
    chat = await talk("rossi")
    for way, words in (
        ("Le mie caselle", "Titolare:"),
        ("I miei ordini", "I miei ordini"),
        ("Impostazioni", "Promemoria"),
        ("Rinnova", "rossi1@pec.example"),
    ):
        await chat.send("/start")
        await chat.tap(way)
        assert words in chat.text
    await chat.send("/cancel")
    await chat.tap("Elimina")
    assert labels_of(chat.newest) == ["Inizio"]
    await chat.tap("Inizio")
    assert "Prossima scadenza" in said(chat)


@pytest.mark.parametrize("command", some(["/help", "/cancel", "/mailboxes", "ciao"], 2))
@pytest.mark.parametrize(("language", "home"), some([("it", "Inizio"), ("en", "Home")], 1))
async def test_home_is_one_tap_from_wherever_nothing_else_is_to_be_done(
    talk: Talk, seed: Seed, command: str, language: str, home: str
) -> None:
    await seed.mailbox("rossi")
    chat = await talk("rossi", language=language)
    await chat.send(command)
    await chat.tap(home, on=chat.newest)
    assert {"it": "Prossima scadenza", "en": "Next expiry date"}[language] in said(chat)
