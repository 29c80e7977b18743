"""Two chats of one customer renew the same mailbox: who comes second hears at once of the order of who was first."""

import pytest
from sqlalchemy import update

from bot.db.engine import Database
from bot.db.tables import MailboxRow
from bot.domain.steps import Step
from bot.handlers.buttons import RenewMailbox
from bot.services.actor import Actor
from bot.services.services import Services
from tests.support.long_runs import long
from tests.support.ordering import accept_all, at_recap, chosen, place
from tests.support.renewing import come_back, draft_of, stand_at
from tests.support.running_bot import Talk
from tests.support.seed import Seed

WORDS = {
    "it": (
        "Ordine con obbligo",
        "un'altra chat dello stesso cliente",
        "36,48 €",
        "Apri l'ordine",
        "Annulla ordine",
    ),
    "en": (
        "Order with obligation",
        "another chat of the same customer",
        "€36.48",
        "Open order",
        "Cancel order",
    ),
}


@pytest.mark.parametrize("language", ["it", *long("en")])
async def test_who_comes_second_is_told_at_once_of_the_order_of_who_was_first(
    talk: Talk, seed: Seed, services: Services, language: str
) -> None:
    final, whose, amount, open_it, cancel = WORDS[language]
    mailbox = await seed.mailbox("rossi", plan="pro")
    first, second = await talk("rossi"), await talk("rossi", language=language)
    renewal = await at_recap(second, services, [mailbox], language=language)
    await accept_all(services, Actor(second.id, language), renewal.draft.id)
    await come_back(second)
    order = await place(
        services, Actor(first.id, "it"), await chosen(services, Actor(first.id, "it"), [mailbox])
    )

    await second.tap(final)
    said = second.text.replace("\u00a0", " ")
    for words in (order.number, whose, amount):
        assert words in said
    assert order.number not in (second.toast or ""), "a toast is gone in a moment"
    assert second.toast
    await second.tap(open_it)
    assert second.has(cancel)


@pytest.mark.soak
async def test_it_is_said_at_the_next_choice_and_on_coming_back_too(
    talk: Talk, seed: Seed, services: Services
) -> None:
    mailbox = await seed.mailbox("rossi")
    await seed.mailbox("rossi", expires_in=50)
    first, second = await talk("rossi"), await talk("rossi")
    await stand_at(second, services, mailbox, Step.PAYMENT)
    order = await place(
        services, Actor(first.id, "it"), await chosen(services, Actor(first.id, "it"), [mailbox])
    )
    await second.tap("Bonifico bancario")
    assert order.number in second.text
    await come_back(second)
    assert order.number in second.text
    await second.tap("Indietro")
    assert "Scelte: 0 su 1" in second.text, "what is ordered is not counted as chosen"


@pytest.mark.soak
async def test_an_order_that_was_cancelled_gives_the_mailbox_back(
    talk: Talk, seed: Seed, services: Services
) -> None:
    mailbox = await seed.mailbox("rossi")
    first, second = await talk("rossi"), await talk("rossi")
    await stand_at(second, services, mailbox, Step.YEARS)
    order = await place(
        services, Actor(first.id, "it"), await chosen(services, Actor(first.id, "it"), [mailbox])
    )
    await second.tap("1 anno")
    await second.tap("Apri l'ordine")
    await second.tap("Annulla ordine")
    await second.tap("Annulla definitivamente")
    await second.tap("Chiudi")
    assert (await services.orders.show(Actor(first.id, "it"), order.number)).status.value == "cancelled"
    await second.tap("Rinnova questa casella")
    assert [item.mailbox_id for item in (await draft_of(second, services)).items] == [mailbox]


async def test_any_other_reason_why_a_mailbox_cannot_be_renewed_any_more_is_said_at_once_too(
    talk: Talk, seed: Seed, services: Services, database: Database
) -> None:
    mailbox = await seed.mailbox("rossi", plan="pro", expires_in=40)
    chat = await talk("rossi")
    renewal = await at_recap(chat, services, [mailbox])
    await accept_all(services, Actor(chat.id, "it"), renewal.draft.id)
    await come_back(chat)
    async with database.write() as session:
        await session.execute(update(MailboxRow).values(auto_renew=True))
    await chat.tap("Ordine con obbligo")
    assert "Il rinnovo automatico è attivo" in chat.text
    await chat.tap("Disattiva")
    assert (await draft_of(chat, services)).items


async def test_an_order_of_whoever_had_the_mailbox_before_is_not_shown(
    talk: Talk, seed: Seed, services: Services, database: Database
) -> None:
    mailbox = await seed.mailbox("rossi", plan="pro")
    other = await seed.mailbox("verdi", holder=seed.registrant("company"))
    first, now = await talk("rossi"), await talk("verdi")
    actor = Actor(first.id, "it")
    order = await place(services, actor, await chosen(services, actor, [mailbox]))
    async with database.write() as session:
        theirs = await session.get_one(MailboxRow, other)
        moved = await session.get_one(MailboxRow, mailbox)
        moved.customer_id, moved.holder_id = theirs.customer_id, theirs.holder_id
    await now.press(RenewMailbox(mailbox=mailbox).pack())
    assert "L'ha inviato un altro cliente" in now.text
    assert order.number not in now.screen_text
    assert not now.has("Apri l'ordine")
