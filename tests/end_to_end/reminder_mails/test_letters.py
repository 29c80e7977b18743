"""From the planner to a mail server, and from the link in an e-mail back into a chat (DOMAIN.md 6)."""

from dataclasses import replace

import pytest

from bot.db.engine import Database
from bot.playground.world import World
from bot.services.actor import Actor
from bot.services.services import Services
from bot.services.surroundings import Surroundings
from tests.end_to_end.reminder_mails.reading import DAY, chosen, next_day, reminders_in, speaks
from tests.support.catalogue import with_split_payment
from tests.support.clock import FrozenClock
from tests.support.long_runs import long
from tests.support.post_office import WEB, PostOffice, plain
from tests.support.running_bot import Talk
from tests.support.seed import Seed, registrant
from tests.support.till import Till

ADDRESS = "rossi@example.com"
BOTH = pytest.mark.parametrize("language", ["it", *long("en")])
SAID = {
    "it": [
        "rossi1@pec.example",
        "Scadenza: martedì 8 dicembre 2026",
        "passati 90 giorni viene cancellata, con tutto ciò che contiene",
        "Rinnovarla com'è per un anno: 36,48 €, IVA inclusa.",
        "Il pulsante apre Telegram al rinnovo di questa casella, nella chat con Rinnovo, il bot di Posta Esempio.",
        "vale una volta sola, per 14 giorni",
        "Per ricevere meno promemoria per email, o nessuno: scegli quali ricevere",
    ],
    "en": [
        "rossi1@pec.example",
        "Expiry date: Tuesday 8 December 2026",
        "90 days later it is deleted with everything in it",
        "Renewing it as it is for one year: €36.48, VAT included.",
        "The button opens Telegram at the renewal of this mailbox, in the chat with Rinnovo, the bot of Posta Esempio.",
        "it works once, for 14 days",
        "To get fewer reminders by e-mail, or none: choose which to get",
    ],
}
SUBJECT = {"it": "La casella PEC scade tra 15 giorni", "en": "Your PEC mailbox expires in 15 days"}


@BOTH
async def test_who_has_no_chat_gets_an_email_whose_link_opens_the_renewal(
    office: PostOffice, seed: Seed, talk: Talk, database: Database, services: Services, language: str
) -> None:
    expiring = await seed.mailbox("rossi", plan="pro", expires_in=15)
    await seed.mailbox("rossi", plan="pro", expires_in=200)
    code = await speaks(database, language)
    (letter,) = await office.tick()
    assert letter.taken.recipient == ADDRESS
    assert letter.subject == SUBJECT[language]
    for words in SAID[language]:
        assert words in letter.text
    assert letter.header("List-Unsubscribe") == (
        f"<{WEB}/reminders/{code}>, <mailto:assistenza@posta.example?subject=unsubscribe%20{code}>"
    )
    assert letter.header("List-Unsubscribe-Post") == "List-Unsubscribe=One-Click"
    assert letter.header("Precedence") is None
    assert f"{WEB}/reminders/{code}" in letter.html
    assert await office.tick() == []

    chat = await talk(language=language)
    await chat.follow(letter.token)
    assert "rossi1@pec.example" in chat.text
    assert await chosen(services, chat) == [expiring]
    assert await services.linking.is_bound(Actor(chat.id, language))
    assert await office.tick() == []
    assert reminders_in(chat) == [], "what the e-mail said is not said again"
    stranger = await talk()
    await stranger.follow(letter.token)
    assert not await services.linking.is_bound(Actor(stranger.id, "it"))


@pytest.mark.soak
@BOTH
async def test_several_mailboxes_make_one_email_and_its_link_opens_the_renewal_of_all_that_are_due(
    office: PostOffice, seed: Seed, talk: Talk, database: Database, services: Services, language: str
) -> None:
    due = [await seed.mailbox("rossi", plan="pro", expires_in=days) for days in (-2, 14)]
    await seed.mailbox("rossi", plan="pro", expires_in=200)
    await speaks(database, language)
    (letter,) = await office.tick()
    assert (
        letter.subject
        == {
            "it": "2 caselle PEC da rinnovare, la prima è scaduta da 2 giorni",
            "en": "2 PEC mailboxes to renew, the first expired 2 days ago",
        }[language]
    )
    assert "rossi1@pec.example" in letter.text
    assert "rossi2@pec.example" in letter.text
    assert "rossi3@pec.example" not in letter.text
    assert {"it": "72,96 €", "en": "€72.96"}[language] in letter.text
    chat = await talk(language=language)
    await chat.follow(letter.token)
    assert await chosen(services, chat) == due


@pytest.mark.soak
async def test_of_several_holders_the_chat_asks_which(
    office: PostOffice, seed: Seed, talk: Talk, services: Services
) -> None:
    await seed.mailbox("rossi", plan="pro", expires_in=14)
    await seed.mailbox("rossi", kind="company", plan="pro", expires_in=14)
    (letter,) = await office.tick()
    assert "Le caselle hanno titolari diversi" in letter.text
    chat = await talk()
    await chat.follow(letter.token)
    assert chat.has("Esempio S.r.l.")
    assert await chosen(services, chat) == []


@BOTH
async def test_an_email_takes_over_from_a_chat_that_is_gone_in_the_same_tick_and_once(
    office: PostOffice, seed: Seed, talk: Talk, world: World, database: Database, language: str
) -> None:
    await seed.mailbox("rossi", plan="pro", expires_in=15)
    chat = await talk("rossi", language=language)
    await speaks(database, language)
    world.block(chat.id)  # which the bot has not heard of yet
    (letter,) = await office.tick()
    assert letter.subject == SUBJECT[language]
    assert await office.tick() == []
    world.unblock(chat.id)
    await chat.send("/start")
    assert await office.tick() == []
    assert reminders_in(chat) == [], "the user who is back does not hear it twice"


@pytest.mark.soak
async def test_the_link_of_that_email_leads_back_into_the_same_chat(
    office: PostOffice, seed: Seed, talk: Talk, world: World, services: Services
) -> None:
    expiring = await seed.mailbox("rossi", plan="pro", expires_in=15)
    chat = await talk("rossi")
    world.block(chat.id)
    (letter,) = await office.tick()
    world.unblock(chat.id)
    await chat.follow(letter.token)
    assert await chosen(services, chat) == [expiring]


@pytest.mark.soak
async def test_no_email_takes_over_where_another_chat_heard_it(
    office: PostOffice, seed: Seed, talk: Talk, world: World
) -> None:
    await seed.mailbox("rossi", expires_in=15)
    first, second = await talk("rossi"), await talk("rossi")
    world.block(first.id)
    assert await office.tick() == []
    assert len(reminders_in(second)) == 1


@pytest.mark.parametrize(
    ("people", "days"), [((("rossi", "it"),), 17), *long(((("rossi", "it"), ("smith", "en")), 100))]
)
async def test_an_order_turns_the_email_into_how_to_pay_and_the_payment_ends_them(
    office: PostOffice,
    till: Till,
    world: World,
    database: Database,
    clock: FrozenClock,
    people: tuple[tuple[str, str], ...],
    days: int,
) -> None:
    orders = []
    for number, (name, language) in enumerate(people, 1):
        world.open_chat(number, "Prova", "it")
        world.send_text(number, "/start")
        world.drain_updates()
        orders.append(await till.order(name, chats=(number,), expires_in=16))
        await speaks(database, language, number)
        world.block(number)
    await office.tick()
    clock.advance(DAY)
    letters = sorted(await office.tick(), key=lambda letter: letter.taken.recipient)
    assert [(letter.taken.recipient, letter.subject) for letter in letters] == [
        ("rossi@example.com", "In attesa del pagamento: mancano 15 giorni alla scadenza"),
        ("smith@example.com", "Awaiting your payment: 15 days until the expiry date"),
    ][: len(people)]
    for letter, order in zip(letters, orders, strict=True):
        assert order.number in letter.text
        assert "IBAN" in letter.text
        assert not letter.has_link
        assert letter.header("List-Unsubscribe") is not None
        await till.receive(till.paid(order, payment_id=f"bank-{order.number}"))
    about_expiry = [
        found.subject
        for _ in range(days)
        for found in await next_day(office, clock)
        if found.header("List-Unsubscribe")
    ]
    assert about_expiry == []


@pytest.mark.soak
async def test_without_the_bots_name_the_email_waits_for_it(
    office: PostOffice, seed: Seed, clock: FrozenClock
) -> None:
    office.name = None
    await seed.mailbox("rossi", expires_in=15)
    await seed.mailbox("verdi", plan="domain", expires_in=15)
    (letter,) = await office.tick()
    assert "verdi2@pec.example" in letter.text, "what has no link does not wait"
    office.name = "rinnovo_bot"
    assert await office.tick() == [], "it is tried again a little later"
    clock.advance(DAY)
    (letter,) = await office.tick()
    assert letter.subject == "La casella PEC scade tra 14 giorni"
    assert letter.token


@BOTH
async def test_an_automatic_renewal_is_announced_and_its_link_leads_to_where_it_is_stopped(
    office: PostOffice, seed: Seed, talk: Talk, database: Database, language: str
) -> None:
    await seed.mailbox("rossi", plan="pro", auto_renew=True, expires_in=30)
    await speaks(database, language)
    (letter,) = await office.tick()
    assert (
        letter.subject
        == {
            "it": "Rinnovo automatico: addebito il 16/12/2026",
            "en": "Automatic renewal: charge on 16 Dec 2026",
        }[language]
    )
    for words in {
        "it": [
            "Addebito: mercoledì 16 dicembre 2026, 36,48 €, IVA inclusa, per 1 anno",
            "si può disattivare",
        ],
        "en": [
            "Charge: Wednesday 16 December 2026, €36.48, VAT included, for 1 year",
            "switch automatic renewal",
        ],
    }[language]:
        assert words in letter.text
    chat = await talk(language=language)
    await chat.follow(letter.token)
    assert chat.has({"it": "Disattiva", "en": "Switch off"}[language]), chat.buttons


@pytest.mark.soak
@BOTH
async def test_an_automatic_renewal_that_nobody_paid_is_told(
    office: PostOffice, seed: Seed, talk: Talk, database: Database, language: str
) -> None:
    await seed.mailbox("rossi", plan="pro", auto_renew=True, expires_in=6)
    await speaks(database, language)
    (letter,) = await office.tick()
    assert (
        letter.subject
        == {
            "it": "Rinnovo automatico non ancora pagato: scadenza tra 6 giorni",
            "en": "Automatic renewal not paid yet: expiry date in 6 days",
        }[language]
    )
    assert {"it": "pagamento non registrato", "en": "payment not received"}[language] in letter.text
    chat = await talk(language=language)
    await chat.follow(letter.token)
    assert chat.has({"it": "Disattiva", "en": "Switch off"}[language]), chat.buttons


@pytest.mark.soak
async def test_several_automatic_renewals_are_all_announced_and_stopped_from_a_list(
    office: PostOffice, seed: Seed, talk: Talk
) -> None:
    for _ in range(9):
        await seed.mailbox("rossi", plan="pro", auto_renew=True, expires_in=30)
    (letter,) = await office.tick()
    assert letter.subject == "Rinnovo automatico di 9 caselle: primo addebito il 16/12/2026"
    for number in range(1, 10):
        assert f"rossi{number}@pec.example" in letter.text
    chat = await talk()
    await chat.follow(letter.token)
    await chat.tap("rossi3")
    assert chat.has("Disattiva"), chat.buttons


@pytest.mark.soak
async def test_the_security_phrase_stands_in_the_email(
    office: PostOffice, seed: Seed, talk: Talk, services: Services, world: World
) -> None:
    await seed.mailbox("rossi", expires_in=15)
    chat = await talk("rossi")
    await services.wishes.set_phrase(Actor(chat.id, "it"), "il gatto <b>blu</b>")
    world.block(chat.id)
    (letter,) = await office.tick()
    assert "Frase di sicurezza: il gatto <b>blu</b>" in letter.text
    assert "il gatto &lt;b&gt;blu" in letter.html


async def test_the_vat_of_a_public_body_is_its_own_while_split_payment_is_authorised(
    office: PostOffice, seed: Seed, surroundings: Surroundings
) -> None:
    surroundings.catalogue = with_split_payment()
    holder = replace(registrant("public_administration"), split_payment=True)
    await seed.mailbox("rossi", holder=holder, plan="pro", expires_in=15)
    (letter,) = await office.tick()
    assert "29,90 € (l'IVA la versa l'ente)" in letter.text
    assert plain(letter.subject) == letter.subject


async def test_afterwards_a_public_body_reads_the_whole_total(office: PostOffice, seed: Seed) -> None:
    holder = replace(registrant("public_administration"), split_payment=True)
    await seed.mailbox("rossi", holder=holder, plan="pro", expires_in=15)
    (letter,) = await office.tick()
    assert "36,48 €" in letter.text
    assert "l'IVA la versa l'ente" not in letter.text
