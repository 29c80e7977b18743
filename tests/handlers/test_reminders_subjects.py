"""What a reminder is about: an order that awaits payment, automatic renewal, an own domain (DOMAIN.md 6)."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.db.engine import Database
from bot.db.tables import DraftRow, MailboxRow
from bot.services.actor import Actor
from bot.services.services import Services
from tests.support.clock import FrozenClock
from tests.support.long_runs import long
from tests.support.ordering import chosen, place
from tests.support.pushing import Push
from tests.support.reminding import plain, titles, told_on
from tests.support.running_bot import Talk
from tests.support.seed import Seed
from tests.support.windows import state_of

LANGUAGES = ["it", *long("en")]

AWAITING = {
    "it": [
        "In attesa del pagamento: mancano 7 giorni alla scadenza",
        "36,48 €",
        "IT24 F999 9999 9990 0000 ESEM PIO",
    ],
    "en": [
        "Awaiting your payment: 7 days until the expiry date",
        "€36.48",
        "IT24 F999 9999 9990 0000 ESEM PIO",
    ],
}
SEE = {"it": "Vedi l'ordine", "en": "View the order"}
AUTOMATIC = {
    "it": [
        "Rinnovo automatico in arrivo",
        "Addebito: mercoledì 16 dicembre 2026, 36,48 €, IVA inclusa, per 1 anno",
        "Non serve fare nulla.",
        "si può disattivare prima del 16/12/2026",
    ],
    "en": [
        "Automatic renewal ahead",
        "Charge: Wednesday 16 December 2026, €36.48, VAT included, for 1 year",
        "There is nothing you have to do.",
        "switch automatic renewal off before 16 Dec 2026",
    ],
}
STOP = {"it": "Disattiva rinnovo automatico", "en": "Switch off automatic renewal"}
NOT_CHARGED = {
    "it": ["Il rinnovo automatico non risulta pagato", "Addebito previsto il 16/12/2026", "(tra 6 giorni)"],
    "en": ["Your automatic renewal has not been paid", "Charge due on 16 Dec 2026", "(in 6 days)"],
}
MYSELF = {"it": "Disattiva e rinnova", "en": "Switch off and renew"}
OWN_DOMAIN = {
    "it": "È una casella su dominio proprio: si rinnova insieme al dominio, non da qui.",
    "en": "It is a mailbox on your own domain: it is renewed with the domain, not here.",
}


@pytest.mark.parametrize("language", LANGUAGES)
async def test_an_open_order_makes_it_a_call_to_pay_with_how_to(
    talk: Talk,
    seed: Seed,
    services: Services,
    remind: Push,
    clock: FrozenClock,
    database: Database,
    language: str,
) -> None:
    mailbox_id = await seed.mailbox("rossi", plan="pro", expires_in=15)
    chat = await talk("rossi", language=language)
    await remind()
    actor = Actor(chat.id, language)
    order = await place(services, actor, await chosen(services, actor, [mailbox_id]))
    clock.advance(timedelta(days=8))
    await remind()
    said = plain(chat.text)
    for words in [*AWAITING[language], order.number]:
        assert words in said
    assert not chat.has({"it": "Rinnova", "en": "Renew"}[language])
    await chat.tap(SEE[language])
    assert await state_of(database, chat.screen) == "OrderStates:order"
    assert order.number in chat.text


@pytest.mark.soak
async def test_who_renews_by_itself_and_has_an_open_order_reads_of_both_what_is_charged_and_what_awaits_payment(
    talk: Talk, seed: Seed, services: Services, remind: Push, clock: FrozenClock, database: Database
) -> None:
    """The operator's file says so while the order is open: who charges may charge all the same."""
    mailbox_id = await seed.mailbox("rossi", plan="pro", expires_in=36)
    chat = await talk("rossi")
    actor = Actor(chat.id, "it")
    order = await place(services, actor, await chosen(services, actor, [mailbox_id]))
    async with database.write() as session:
        changes = {"auto_renew": True, "remind_on": clock.now().date()}
        await session.execute(update(MailboxRow).where(MailboxRow.id == mailbox_id).values(changes))
    await remind()
    assert titles(chat) == ["In attesa del pagamento: mancano 36 giorni alla scadenza"]
    clock.advance(timedelta(days=1))
    await remind()
    assert titles(chat)[1:] == ["Rinnovo automatico in arrivo"], "the notice is owed whatever awaits payment"
    assert "martedì 22 dicembre 2026, 36,48 €" in plain(chat.text)
    assert chat.buttons == [STOP["it"]]
    clock.advance(timedelta(days=5))
    await remind()
    assert titles(chat)[2:] == ["In attesa del pagamento: mancano 30 giorni alla scadenza"]
    assert order.number in chat.text
    assert await told_on(clock, remind, 24) == [15, 23], "no call to renew, and no second notice"
    assert [title.partition(":")[0] for title in titles(chat)[3:]] == ["In attesa del pagamento"] * 2


@pytest.mark.soak
async def test_an_order_that_awaits_payment_can_be_put_off_and_muted_as_well(
    talk: Talk, seed: Seed, services: Services, remind: Push, clock: FrozenClock
) -> None:
    mailbox_id = await seed.mailbox("rossi", plan="pro", expires_in=15)
    chat = await talk("rossi")
    actor = Actor(chat.id, "it")
    await place(services, actor, await chosen(services, actor, [mailbox_id]))
    await remind()
    assert titles(chat) == ["In attesa del pagamento: mancano 15 giorni alla scadenza"]
    await chat.tap("Più tardi")
    await chat.tap("Domani")
    clock.advance(timedelta(days=1))
    await remind()
    assert titles(chat)[-1] == "In attesa del pagamento: mancano 14 giorni alla scadenza"
    await chat.tap("Non ricordarmela")
    assert await told_on(clock, remind, 14) == [11, 13, 14]


@pytest.mark.soak
@pytest.mark.parametrize("language", LANGUAGES)
async def test_automatic_renewal_is_announced_with_what_is_charged_when_and_how_to_stop_it(
    talk: Talk, seed: Seed, remind: Push, clock: FrozenClock, database: Database, language: str
) -> None:
    await seed.mailbox("rossi", plan="pro", expires_in=36, auto_renew=True)
    chat = await talk("rossi", language=language)
    assert await remind() == 0, "no call to renew"
    clock.advance(timedelta(days=1))
    assert await remind() == 1
    said = plain(chat.text)
    expected = [words.replace("mercoledì 16", "martedì 22") for words in AUTOMATIC[language]]
    expected = [words.replace("Wednesday 16", "Tuesday 22").replace("16/12", "22/12") for words in expected]
    for words in expected:
        assert words.replace("16 Dec", "22 Dec") in said
    assert chat.buttons == [STOP[language]]
    await chat.tap(STOP[language])
    assert {"it": "Disattivandolo non c'è più nessun addebito", "en": "Once it is off, nothing is charged"}[
        language
    ] in chat.text
    await chat.tap({"it": "Disattiva", "en": "Switch off"}[language])
    assert {"it": "Non attivo. Scadenza", "en": "Off. Expiry date"}[language] in chat.text
    async with database.read() as session:
        assert (await session.execute(select(DraftRow))).first() is None, "nothing is started by it"


@pytest.mark.soak
async def test_what_the_button_has_stopped_is_reminded_of_like_any_other(
    talk: Talk, seed: Seed, remind: Push, clock: FrozenClock
) -> None:
    await seed.mailbox("rossi", plan="pro", expires_in=30, auto_renew=True)
    chat = await talk("rossi")
    await remind()
    await chat.tap("Disattiva rinnovo automatico")
    await chat.tap("Disattiva")
    assert await remind() == 1, "the confirmation"
    assert await told_on(clock, remind, 16) == [16], "the 15th day, 8 December, is a public holiday"
    assert titles(chat)[-1] == "La casella PEC scade tra 14 giorni"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_day_after_the_charge_date_a_payment_that_is_missing_is_told(
    talk: Talk, seed: Seed, remind: Push, clock: FrozenClock, database: Database, language: str
) -> None:
    await seed.mailbox("rossi", plan="pro", expires_in=30, auto_renew=True)
    chat = await talk("rossi", language=language)
    assert await remind() == 1
    assert await told_on(clock, remind, 24) == [24], "the charge is on the 23rd day"
    said = plain(chat.text)
    for words in NOT_CHARGED[language]:
        assert words in said
    assert chat.buttons[0] == MYSELF[language]
    await chat.tap(MYSELF[language])
    assert await state_of(database, chat.screen) == "RenewalStates:unavailable"
    assert chat.has({"it": "Disattiva", "en": "Switch"}[language])


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_mailbox_on_its_own_domain_is_sent_to_the_domain(
    talk: Talk, seed: Seed, remind: Push, language: str
) -> None:
    await seed.mailbox("rossi", plan="domain", expires_in=15)
    chat = await talk("rossi", language=language)
    await remind()
    assert OWN_DOMAIN[language] in chat.text
    assert (
        chat.buttons
        == {
            "it": ["Rinnovare il dominio", "Più tardi", "Non ricordarmela"],
            "en": ["Renew the domain", "Later", "Don't remind me"],
        }[language]
    )
    (link,) = [button.url for button in chat.screen.buttons if button.url]
    assert link.startswith("https://")
    await chat.tap(chat.buttons[2])
    assert "rossi1@pec.example" in chat.text
