"""What the first release left under way goes on: dialogs, drafts, orders, and all that waited to be sent."""

import pytest
from sqlalchemy import func, select

from bot.db.engine import Database
from bot.db.tables import OutboxRow
from bot.playground.world import World
from bot.services.actor import Actor
from bot.services.sending.events import event_body
from bot.services.sending.outbox import Channel, Outbox, Outcome, Result
from bot.services.services import Services
from bot.texts import Texts
from tests.end_to_end.upgrade.conftest import LEFT_BEHIND
from tests.support.chat import Chat
from tests.support.clock import FrozenClock
from tests.support.ordering import screen
from tests.support.post_office import PostOffice
from tests.support.till import OPERATOR_CHAT, Till

ORDERS: dict[str, str] = LEFT_BEHIND["orders"]
SPACES = str.maketrans({"\N{NO-BREAK SPACE}": " "})


@pytest.mark.soak
async def test_all_that_waited_is_sent(
    world: World,
    chats: dict[str, Chat],
    database: Database,
    services: Services,
    texts: Texts,
    clock: FrozenClock,
) -> None:
    world.open_chat(OPERATOR_CHAT, "Gestore", "it")
    world.chat(OPERATOR_CHAT).started = True
    async with PostOffice.enter(world, database, services, texts, clock) as post:
        mails = {letter.subject: letter.text for letter in await post.tick()}
    said = {name: chat.text.translate(SPACES) for name, chat in chats.items()}
    assert "Rinnovo completato" in said["paid"]
    assert "€16.48" in said["partial"]
    assert f"{ORDERS['partial']} integrazione" in said["partial"]
    assert "30 giorni" in said["due"]
    assert "bank-unknown" in world.last_answer(OPERATOR_CHAT).text
    placed, part = f"Ordine {ORDERS['ordered']}", f"Order {ORDERS['partial']}"
    assert any(subject.startswith(f"{placed}: 36,48 € da pagare entro il") for subject in mails)
    assert f"{part}: €20.00 received, €16.48 remains" in mails
    assert any(ORDERS["paid"] in subject and "completato" in subject for subject in mails)
    assert f"L'ordine {ORDERS['cancelled']} è annullato" in mails
    assert any("expires in 30 days" in subject for subject in mails), "a reminder for who has no chat"
    assert any("Codice" in subject for subject in mails)
    town = next(text for subject, text in mails.items() if ORDERS["town"] in subject)
    assert "Importo: 29,90 €" in town, "what was agreed then is due"
    async with database.read() as session:
        left = await session.scalar(
            select(func.count()).where(
                OutboxRow.channel != Channel.EVENT.value, OutboxRow.state.not_in(["sent", "obsolete"])
            )
        )
    assert left == 0


@pytest.mark.soak
async def test_events_that_waited_leave_as_they_would_have(database: Database, clock: FrozenClock) -> None:
    outbox, bodies = Outbox(database, clock), []
    for row in await outbox.claim(Channel.EVENT, 50):
        bodies.append(event_body(row))
        await outbox.settle(row, Outcome(Result.SENT))
    assert {(each["type"], each["data"]["order"]) for each in bodies} == {
        *(("order.placed", number) for number in ORDERS.values()),
        ("renewal.completed", ORDERS["paid"]),
        ("order.cancelled", ORDERS["cancelled"]),
    }
    assert {each["data"]["due"] for each in bodies} == {"36.48", "29.90"}


async def test_a_renewal_at_its_last_button_is_ordered_by_it(
    chats: dict[str, Chat], services: Services
) -> None:
    chat = chats["ready"]
    await chat.tap("Ordine con obbligo di pagare")
    (order,) = await services.orders.list(Actor(chat.id, "it"))
    assert f"Ordine {order.number} ricevuto" in chat.screen_text
    assert (order.registrant.phone, order.quote.due, order.kit_id) == ("+390655500001", 12127, "usb_token")


async def test_what_costs_more_than_the_old_button_says_is_asked_again(
    chats: dict[str, Chat], services: Services
) -> None:
    chat = chats["body"]
    await chat.tap("29,90")
    assert await services.orders.list(Actor(chat.id, "it")) == ()
    assert "36,48 €" in screen(chat)
    await chat.tap("36,48")
    (order,) = await services.orders.list(Actor(chat.id, "it"))
    assert order.quote.due == 3648


async def test_open_windows_and_buttons_of_old_messages_answer(
    chats: dict[str, Chat], services: Services
) -> None:
    await chats["choosing"].tap("Bank transfer")
    renewal = await services.renewals.unfinished(Actor(chats["choosing"].id, "en"))
    assert renewal is not None
    assert renewal.draft.method_id == "bank_transfer"
    await chats["ordered"].tap("Annulla l'ordine")
    await chats["ordered"].tap("definitivamente")
    assert "annullato" in screen(chats["ordered"])
    await chats["reminded"].tap("Rinnova")
    assert "Rinnovo di reminded1@pec.example" in screen(chats["reminded"])


async def test_what_is_missing_of_an_old_order_completes_it(chats: dict[str, Chat], till: Till) -> None:
    for name, cents in (("ordered", 3648), ("partial", 1648), ("town", 2990)):
        answer = await till.receive(till.paid(ORDERS[name], cents, f"later-{name}"))
        assert answer.outcome.value == "completed", name
    await chats["partial"].send("/mailboxes")
    assert "11 June 2028" in chats["partial"].text
