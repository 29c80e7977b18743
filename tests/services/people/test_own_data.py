"""The data file of one customer holds nothing of anybody else, whoever shares what with whom (DOMAIN.md 7, "Data")."""

from dataclasses import dataclass, field
from random import Random

import pytest

from bot.app import build_services
from bot.db.engine import Database
from bot.messages.data_file import data_file
from bot.services.actor import Actor
from bot.services.people.linking import ConfirmationNeeded
from bot.services.services import Services
from bot.services.surroundings import Surroundings
from bot.texts import Texts
from tests.services.people.opening import unzipped
from tests.support.ordering import chosen, place
from tests.support.seed import Seed, registrant
from tests.support.till import EVERYBODY, Till

CHATS = range(700100, 700105)


@dataclass
class Own:
    """The words by which somebody is known."""

    words: set[str] = field(default_factory=set)
    boxes: list[int] = field(default_factory=list)


@dataclass
class World:
    """Who is whose: the words of each customer and of each chat, and the links between them."""

    customers: dict[str, Own]
    chats: dict[int, Own]
    links: dict[int, set[str]]


async def populated(services: Services, seed: Seed, database: Database, random: Random) -> World:
    """Some customers with mailboxes, chats of which some share customers, and what they did."""
    till = Till(database, services, seed)
    world = World({}, {chat: Own({str(chat)}) for chat in CHATS}, {chat: set() for chat in CHATS})
    for number in range(4):
        code = f"cliente{number}q"
        name, phone, email = f"Ditta{number}q", f"+39061234567{number}", f"{code}@example.com"
        person = registrant("company", business_name=name, phone=phone, reference_email=email)
        own = Own({code, name, phone, email})
        for box in range(random.randint(1, 3)):
            address = f"pec{number}q{box}@pec.example"
            own.words.add(address)
            own.boxes.append(await seed.mailbox(code, address=address, plan="pro", holder=person))
        world.customers[code] = own
    for chat in CHATS:
        await linked(services, world, chat, random)
    for chat, codes in world.links.items():
        for code in sorted(codes):
            await busy(till, world, chat, code, random)
    return world


async def linked(services: Services, world: World, chat: int, random: Random) -> None:
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


async def busy(till: Till, world: World, chat: int, code: str, random: Random) -> None:
    """A chat switches a mailbox of a customer's, or orders it, pays or says so, and asks for its data."""
    services, own, actor = till.services, world.customers[code], Actor(chat, "it")
    if not own.boxes:
        return
    box = own.boxes.pop()
    what = random.choice(["switched", "ordered", "promised", "paid"])
    if what == "switched":
        await services.auto_renewal.set_auto_renewal(actor, box, on=True)
        return
    order = await place(services, actor, await chosen(services, actor, [box]))
    own.words.add(order.number)
    if what == "paid":
        await till.receive(till.paid(order, payment_id=f"banca-{order.number}"))
    if what == "promised":
        await services.promises.say_paid(actor, order.number)
    if random.random() < 0.4:
        await services.own_data.of_chat(actor)


def strangers(world: World, customers: set[str], chat: int | None) -> set[str]:
    """The words of everybody else."""
    mine = set().union(*(world.customers[code].words for code in customers))
    others = set().union(*(own.words for code, own in world.customers.items() if code not in customers))
    chats = set().union(*(own.words for each, own in world.chats.items() if each != chat))
    return (others | chats) - mine


@pytest.mark.parametrize("number", range(6))
async def test_a_file_holds_what_is_ones_own_and_nothing_of_anybody_else(
    database: Database, surroundings: Surroundings, seed: Seed, texts: Texts, number: int
) -> None:
    services = build_services(database, surroundings, EVERYBODY)
    world = await populated(services, seed, database, Random(number))  # noqa: S311 (a world, not a secret)
    italian = texts.translator("it")
    for chat, customers in world.links.items():
        for text in unzipped(data_file(await services.own_data.of_chat(Actor(chat, "it")), italian)):
            assert {word for word in strangers(world, customers, chat) if word in text} == set()
            for code in customers:
                assert {word for word in world.customers[code].words if word not in text} == set()
            assert {word for word in world.chats[chat].words if word not in text} == set()
    for code in world.customers:
        for text in unzipped(data_file(await services.own_data.of_customer(code), italian)):
            assert {word for word in strangers(world, {code}, None) if word in text} == set()
