"""`payment_link = "mail"`: no chat shows a link to pay, each says in which e-mail it is (DOMAIN.md 7)."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.app import Told
from bot.db.engine import Database
from bot.db.tables import CustomerRow, OrderRow, OutboxRow
from bot.domain.catalogue import Catalogue, PaymentLink
from bot.handlers.buttons import MailAgain
from bot.messages import render_mail
from bot.services.actor import Actor
from bot.services.catalogue.needs import missing_setting
from bot.services.orders.rows import Order
from bot.services.services import Services
from bot.texts import Texts
from tests.support.catalogue import example_catalogue, with_rules
from tests.support.chat import Chat
from tests.support.clock import FrozenClock
from tests.support.long_runs import long
from tests.support.ordering import at_recap, chosen, order_of, place, screen
from tests.support.pushing import Push
from tests.support.running_bot import Talk
from tests.support.seed import Seed

AGAIN = {"it": "Manda di nuovo l'email", "en": "Send the e-mail again"}


@pytest.fixture
def catalogue() -> Catalogue:
    """Of an operator who wants no payment links in chats."""
    return with_rules(payment_link=PaymentLink.MAIL)


@pytest.fixture
def who_is_told() -> Told:
    """E-mail is set up."""
    return Told(mail=True)


async def ordered(
    seed: Seed, talk: Talk, services: Services, *, language: str = "it", expires_in: int = 30
) -> tuple[Chat, Order]:
    """A chat with one open order that is paid by card."""
    mailbox = await seed.mailbox("rossi", plan="pro", expires_in=expires_in)
    chat = await talk("rossi", language=language)
    actor = Actor(chat.id, language)
    return chat, await place(services, actor, await chosen(services, actor, [mailbox], method="card"))


async def mails(database: Database, texts: Texts, catalogue: Catalogue) -> list[str]:
    """What is mailed, as plain text, in the order in which it was written."""
    async with database.read() as session:
        rows = await session.execute(
            select(OutboxRow.payload).where(OutboxRow.channel == "mail").order_by(OutboxRow.id)
        )
        payloads = list(rows.scalars())
    return [
        render_mail(payload, texts.translator(payload["language"]), catalogue).text for payload in payloads
    ]


def links(chat: Chat) -> list[str]:
    """What the buttons of all messages open."""
    return [
        button.url for message in chat.world.messages(chat.id) for button in message.buttons if button.url
    ]


MAILED = {
    "it": "con il link nell'email mandata a r•••@example.com. Nella chat non si scrivono mai dati di carte.",
    "en": "by the link in the e-mail sent to r•••@example.com. Card details are never entered in the chat.",
}


@pytest.mark.parametrize("language", ["it", *long("en")])
async def test_the_page_of_an_order_says_where_the_link_is_and_mails_it_again(
    seed: Seed,
    talk: Talk,
    services: Services,
    database: Database,
    texts: Texts,
    catalogue: Catalogue,
    clock: FrozenClock,
    language: str,
) -> None:
    chat, order = await ordered(seed, talk, services, language=language)
    await chat.send("/orders")
    await chat.tap(order.number)
    assert MAILED[language] in screen(chat)
    assert links(chat) == []
    url = f"https://paga.posta.example/carta?ordine={order.number}&importo=36.48"
    (placed,) = await mails(database, texts, catalogue)
    assert url in placed

    for _ in range(2):
        await chat.tap(AGAIN[language])
        clock.advance(timedelta(minutes=1))
    assert chat.toast is not None
    placed, again = await mails(database, texts, catalogue)
    assert url in again
    clock.advance(timedelta(minutes=10))
    await chat.tap(AGAIN[language])
    assert len(await mails(database, texts, catalogue)) == 3


@pytest.mark.soak
async def test_the_confirmation_and_the_reminder_show_no_link_either(
    seed: Seed,
    talk: Talk,
    services: Services,
    database: Database,
    clock: FrozenClock,
    remind: Push,
) -> None:
    mailbox = await seed.mailbox("rossi", plan="pro", expires_in=15)
    chat = await talk("rossi")
    await at_recap(chat, services, [mailbox], method="card")
    for label in ("Accetto condizioni", "Approvo clausole", "Ho letto l'informativa", "obbligo di pagare"):
        await chat.tap(label)
    assert "con il link nell'email mandata a" in screen(chat)
    order = await order_of(services, chat)
    clock.advance(timedelta(days=8))
    await remind()
    assert chat.text.startswith("⏰")
    assert "con il link nell'email mandata a" in chat.text.replace("\u00a0", " ")
    assert links(chat) == []
    await chat.tap("Manda di nuovo l'email")
    async with database.read() as session:
        keys = await session.scalars(select(OutboxRow.key).where(OutboxRow.key.startswith("howtopay:")))
        assert [key.split(":")[1] for key in keys] == [order.number]


@pytest.mark.parametrize("language", ["it", *long("en")])
async def test_where_the_reference_e_mail_has_changed_since_it_is_said_where_the_link_goes(
    seed: Seed, talk: Talk, services: Services, database: Database, language: str
) -> None:
    chat, order = await ordered(seed, talk, services, language=language)
    async with database.write() as session:
        row = await session.scalar(select(OrderRow).where(OrderRow.number == order.number))
        assert row is not None
        customer = await session.get_one(CustomerRow, row.customer_id)
        customer.reference_email = "nuovo@posta.example"
    await chat.send("/ordini")
    await chat.tap(order.number)
    await chat.tap(AGAIN[language])
    assert "n•••@posta.example" in str(chat.toast)


async def test_somebody_else_s_order_is_not_mailed(seed: Seed, talk: Talk, services: Services) -> None:
    _, order = await ordered(seed, talk, services)
    await seed.mailbox("verdi")
    stranger = await talk("verdi")
    await stranger.press(MailAgain(number=order.number).pack(), on=stranger.newest)
    assert stranger.toast


async def test_a_transfer_is_copied_as_before(seed: Seed, talk: Talk, services: Services) -> None:
    mailbox = await seed.mailbox("rossi", plan="pro")
    chat = await talk("rossi")
    actor = Actor(chat.id, "it")
    order = await place(services, actor, await chosen(services, actor, [mailbox]))
    await chat.send("/ordini")
    await chat.tap(order.number)
    assert chat.has("Copia IBAN")


def test_without_e_mail_it_is_refused_in_a_line_and_the_shipped_catalogue_needs_none(
    catalogue: Catalogue,
) -> None:
    assert missing_setting(catalogue, mail=True) is None
    assert missing_setting(example_catalogue(), mail=False) is None
    line = missing_setting(catalogue, mail=False)
    assert line is not None
    assert line.startswith('SMTP_URL is missing, which rules.payment_link = "mail" of the catalogue needs')
