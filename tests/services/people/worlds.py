"""Random worlds of customers and chats that share them, in which each is known by words that are nobody else's."""

from dataclasses import dataclass, field
from random import Random
from typing import Any

from bot.db.engine import Database
from bot.domain.invoices import DocumentKind, Invoice
from bot.domain.registrant import Address, Form, KitHolderField
from bot.domain.renewal import Renewal
from bot.services.actor import Actor
from bot.services.orders.invoicing import InvoiceReport
from bot.services.orders.rows import Order
from bot.services.orders.withdrawing import Stated
from bot.services.people.linking import ConfirmationNeeded
from bot.services.services import Services
from tests.support.ordering import chosen, place
from tests.support.renewing import one_turn
from tests.support.seed import Seed, registrant
from tests.support.till import Till

CHATS = range(700100, 700105)
CUSTOMERS = 4
DEEDS = ("switched", "ordered", "ordered", "promised", "paid", "withdrawn", "kit", "draft", "cancelled")


@dataclass
class Own:
    """The words by which somebody is known."""

    words: set[str] = field(default_factory=set)
    boxes: list[int] = field(default_factory=list)


@dataclass
class World:
    """Who is whose: the words of each customer and of each chat, the links between them, and what was ordered."""

    customers: dict[str, Own]
    chats: dict[int, Own]
    links: dict[int, set[str]]
    orders: dict[str, list[Order]] = field(default_factory=dict)
    deeds: list[str] = field(default_factory=list)


async def populated(services: Services, seed: Seed, database: Database, random: Random) -> World:
    """Some customers with mailboxes, chats of which some share customers, and what they did."""
    till = Till(database, services, seed)
    world = World({}, {chat: Own({str(chat)}) for chat in CHATS}, {chat: set() for chat in CHATS})
    for number in range(CUSTOMERS):
        await _customer(seed, world, number, random)
    for chat in CHATS:
        await _linked(services, world, chat, random)
    for chat, codes in world.links.items():
        for code in sorted(codes):
            for _ in range(2):
                await _busy(till, world, chat, code, random)
        await _collects(till, world, chat)
    return world


async def _customer(seed: Seed, world: World, number: int, random: Random) -> None:
    """A consumer or a company, with one to three mailboxes."""
    code, phone, street = f"cliente{number}q", f"+39061234567{number}", f"Via Prova {number}q"
    changes: dict[str, Any] = {
        "phone": phone,
        "reference_email": f"{code}@example.com",
        "address": Address(street=street, postcode="00100", town="Roma", province="RM", country="IT"),
    }
    own = Own({code, phone, changes["reference_email"], street})
    if number % 2:
        changes["business_name"] = f"Ditta{number}q"
        own.words.add(changes["business_name"])
    person = registrant("company" if number % 2 else "natural_person", **changes)
    for box in range(random.randint(1, 4)):
        address = f"pec{number}q{box}@pec.example"
        own.words.add(address)
        own.boxes.append(await seed.mailbox(code, address=address, plan="pro", holder=person))
    world.customers[code] = own
    world.orders[code] = []


async def _linked(services: Services, world: World, chat: int, random: Random) -> None:
    """A chat with a phrase, which speaks for nobody, for one customer, or for two."""
    actor = await services.chats.arrive(chat, random.choice(["it", "en"]))
    for code in random.sample(sorted(world.customers), random.choice([0, 1, 1, 2])):
        answer = await services.linking.redeem(actor, (await services.linking.invite(code)).token)
        if isinstance(answer, ConfirmationNeeded):
            await services.linking.confirm(actor, answer.token_id)
        world.links[chat].add(code)
    phrase = f"frase di {chat}"
    await services.wishes.set_phrase(actor, phrase)
    world.chats[chat].words.add(phrase)


async def _busy(till: Till, world: World, chat: int, code: str, random: Random) -> None:
    """A chat does something with a mailbox of a customer's, and may ask for its data."""
    services, own, actor = till.services, world.customers[code], Actor(chat, "it")
    if not own.boxes:
        return
    box = own.boxes.pop()
    if not world.deeds:  # each is done before any is done again
        world.deeds = random.sample(DEEDS, len(DEEDS))
    what = world.deeds.pop()
    if what == "switched":
        await services.auto_renewal.set_auto_renewal(actor, box, on=True)
        await services.auto_renewal.set_auto_renewal(actor, box, on=False)
    elif what == "draft":
        email = f"bozza-{chat % 10}-{code}@example.com"
        await _discard(services, world, actor)
        await _with_kit(services, actor, await services.renewals.begin_with(actor, box), email)
        world.chats[chat].words.add(email)
    else:
        await _orders(till, world, chat, code, box, what)
    if random.random() < 0.4:
        await services.own_data.of_chat(actor)


async def _orders(till: Till, world: World, chat: int, code: str, box: int, what: str) -> None:
    services, own, actor = till.services, world.customers[code], Actor(chat, "it")
    await _discard(services, world, actor)
    renewal = await chosen(services, actor, [box])
    if what == "kit":
        email = f"firma-{chat % 10}-{code}@example.com"
        renewal = await _with_kit(services, actor, renewal, email)
        own.words.add(email)
    order = await place(services, actor, renewal)
    world.orders[code].append(order)
    own.words.add(order.number)
    if what in {"paid", "withdrawn", "kit"}:
        await till.receive(till.paid(order, payment_id=f"banca-{order.number}"))
        number = f"FT-{order.number}"
        invoice = Invoice(number, services.surroundings.today(), DocumentKind.INVOICE, "")
        await services.invoices.receive(f"call-{number}", "{}", InvoiceReport(order.number, invoice))
        own.words.add(number)
    if what == "promised":
        await services.promises.say_paid(actor, order.number)
    if what == "cancelled":
        await services.orders.cancel(actor, order.number)
    if what == "withdrawn" and order.registrant.kind.is_consumer:
        email = f"ricevuta-{chat % 10}-{code}@example.com"
        await services.withdrawals.withdraw(
            actor, order.number, Stated("Recedo.", email, "Schermata", "Conferma recesso")
        )
        own.words |= {email, f"REC-{order.number}"}


async def _discard(services: Services, world: World, actor: Actor) -> None:
    """Throw the renewal under way away, and with it the words that are in it alone."""
    await services.renewals.discard(actor)
    own = world.chats[actor.chat_id]
    own.words = {word for word in own.words if not word.startswith("bozza-")}


async def _with_kit(services: Services, actor: Actor, renewal: Renewal, email: str) -> Renewal:
    """The same with a kit that is sent to its holder."""
    draft_id, renewals = renewal.draft.id, services.renewals
    answers = {
        "first_name": "Maria",
        "last_name": "Esempio",
        "tax_code": "SMPMRA80A41H501N",
        "email": email,
        "mobile": "+39 320 1234567",
    }
    async with one_turn(actor):
        await renewals.answer_kit(actor, draft_id, "usb_token")
        for name, text in answers.items():
            await renewals.answer_field(actor, draft_id, Form.KIT_HOLDER, KitHolderField(name), text)
        return await renewals.ship_to_registrant(actor, draft_id)


async def _collects(till: Till, world: World, chat: int) -> None:
    """A chat with several open orders asks for one number for all of them."""
    orders = [order for code in sorted(world.links[chat]) for order in world.orders[code]]
    numbers = [order.number for order in orders if await till.status(order) == "awaiting_payment"]
    if len(numbers) > 1:
        collective = await till.services.collectives.create(Actor(chat, "it"), numbers)
        # The same list asked for again, by whichever chat, is the number of the chat that asked first.
        if not any(collective.number in own.words for own in world.chats.values()):
            world.chats[chat].words.add(collective.number)
