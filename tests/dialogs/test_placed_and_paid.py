"""The confirmation of an order once money has come: it asks for nothing more than what is missing (DOMAIN.md 4, 5)."""

from datetime import timedelta

import pytest

from bot.playground.messages import Message
from bot.services.actor import Actor
from bot.services.orders.rows import Order
from bot.services.services import Services
from tests.dialogs.test_placed import ordered
from tests.support.chat import Chat, labels_of
from tests.support.clock import FrozenClock
from tests.support.long_runs import long
from tests.support.pushing import Push
from tests.support.running_bot import Talk
from tests.support.seed import Seed
from tests.support.till import Till

BOTH = pytest.mark.parametrize("language", ["it", *long("en")])
MISSING = {"it": "mancano 26,48\N{NO-BREAK SPACE}€", "en": "€26.48 is missing"}
PAID = {"it": "Il pagamento è arrivato", "en": "The payment has been received"}
TO_PAY = {"it": "Da pagare: 36,48\N{NO-BREAK SPACE}€", "en": "To be paid: €36.48"}
NO_LONGER = {"it": "Non è più da pagare", "en": "It is no longer to be paid"}
SEE_ORDER = {"it": "Vedi l'ordine", "en": "View the order"}
FULL = ("36,48", "36.48")


async def placed(chat: Chat, services: Services) -> tuple[Message, Order]:
    """The confirmation, and its order."""
    (order,) = await services.orders.list(Actor(chat.id, "it"))
    return chat.screen, order


def now(chat: Chat, message: Message) -> Message:
    """The same message as it is shown by now."""
    return next(each for each in chat.world.messages(chat.id) if each.message_id == message.message_id)


@BOTH
async def test_after_a_part_payment_the_confirmation_asks_for_the_rest_alone(
    seed: Seed, talk: Talk, services: Services, till: Till, push: Push, language: str
) -> None:
    chat = await ordered(seed, talk, services, language=language)
    first, order = await placed(chat, services)
    assert any(button.copy_text in FULL for button in first.buttons)
    await till.receive(till.paid(order, 1000))
    await push()
    read = now(chat, first)
    assert order.number in read.text
    assert MISSING[language] in read.text
    assert not any(sum_ in read.text for sum_ in FULL)
    assert labels_of(read) == [SEE_ORDER[language]]
    await chat.tap(SEE_ORDER[language], on=read)
    assert {"it": "26,48", "en": "26.48"}[language] in {button.copy_text for button in chat.screen.buttons}


@BOTH
async def test_once_the_rest_is_there_too_it_asks_for_nothing(
    seed: Seed, talk: Talk, services: Services, till: Till, push: Push, language: str
) -> None:
    chat = await ordered(seed, talk, services, language=language)
    first, order = await placed(chat, services)
    await till.receive(till.paid(order, 1000))
    await push()
    await till.receive(till.paid(order, 2648, "bank-2"))
    await push()
    assert PAID[language] in now(chat, first).text
    assert "26" not in now(chat, first).text.replace(order.number, "")


@pytest.mark.soak
@BOTH
async def test_money_that_went_back_is_asked_for_again(
    seed: Seed, talk: Talk, services: Services, till: Till, push: Push, language: str
) -> None:
    chat = await ordered(seed, talk, services, language=language)
    first, order = await placed(chat, services)
    paid = till.paid(order, 1000)
    await services.payments.register(paid)
    await services.payments.register(till.went_back(paid))
    await push()
    assert TO_PAY[language] in now(chat, first).text


@BOTH
async def test_an_order_that_expired_is_not_to_be_paid_from_its_confirmation(
    seed: Seed, talk: Talk, services: Services, clock: FrozenClock, push: Push, language: str
) -> None:
    chat = await ordered(seed, talk, services, language=language)
    first, order = await placed(chat, services)
    clock.advance(order.payable_until + timedelta(days=1) - services.surroundings.today())
    await services.expiring.run()
    await push()
    assert NO_LONGER[language] in now(chat, first).text
    assert labels_of(now(chat, first)) == [SEE_ORDER[language]]


@pytest.mark.soak
@BOTH
async def test_what_another_chat_did_with_the_order_is_said_on_its_confirmation(
    seed: Seed, talk: Talk, services: Services, push: Push, language: str
) -> None:
    chat = await ordered(seed, talk, services, language=language)
    first, order = await placed(chat, services)
    other = await talk("rossi", language=language)
    await services.orders.cancel(Actor(other.id, language), order.number)
    await push()
    assert NO_LONGER[language] in now(chat, first).text


@pytest.mark.soak
@BOTH
async def test_who_has_paid_a_part_and_withdraws_is_asked_for_nothing_more(
    seed: Seed, talk: Talk, services: Services, till: Till, push: Push, language: str
) -> None:
    chat = await ordered(seed, talk, services, language=language)
    first, order = await placed(chat, services)
    await till.receive(till.paid(order, 1000))
    await push()
    await chat.send("/withdraw")
    await chat.tap(order.number)
    await chat.tap({"it": "Continua", "en": "Continue"}[language])
    await chat.tap({"it": "Conferma", "en": "Confirm"}[language])
    await push()
    assert NO_LONGER[language] in now(chat, first).text
    assert MISSING[language] not in now(chat, first).text


@pytest.mark.soak
async def test_a_chat_that_left_the_customer_reads_nothing_new(
    seed: Seed, talk: Talk, services: Services, till: Till, push: Push
) -> None:
    chat = await ordered(seed, talk, services)
    first, order = await placed(chat, services)
    before = first.text
    await services.linking.unlink(Actor(chat.id, "it"))
    await till.receive(till.paid(order, 1000))
    await push()
    assert now(chat, first).text == before
