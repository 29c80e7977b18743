"""The data file of one customer holds nothing of anybody else, whoever shares what with whom (DOMAIN.md 7, "Data")."""

import re
from random import Random

import pytest

from bot.app import build_services
from bot.db.engine import Database
from bot.messages.data_file import data_file
from bot.services.actor import Actor
from bot.services.surroundings import Surroundings
from bot.texts import Texts
from tests.services.people.opening import unzipped
from tests.services.people.worlds import World, populated
from tests.support.seed import Seed
from tests.support.till import EVERYBODY


def strangers(world: World, customers: set[str], chat: int | None) -> set[str]:
    """The words of everybody else."""
    mine = set().union(*(world.customers[code].words for code in customers))
    others = set().union(*(own.words for code, own in world.customers.items() if code not in customers))
    chats = set().union(*(own.words for each, own in world.chats.items() if each != chat))
    return (others | chats) - mine


def names_of_ours_in(page: str) -> list[str]:
    """Names of the code among what a page says."""
    return re.findall(r"<d[dt]>[^<]*\b[a-z]+_[a-z_]+\b[^<]*</d[dt]>", page)


@pytest.mark.parametrize("number", [0, *(pytest.param(each, marks=pytest.mark.soak) for each in range(1, 4))])
async def test_a_file_holds_what_is_ones_own_and_nothing_of_anybody_else(
    database: Database, surroundings: Surroundings, seed: Seed, texts: Texts, number: int
) -> None:
    services = build_services(database, surroundings, EVERYBODY)
    world = await populated(services, seed, database, Random(number))  # noqa: S311 (a world, not a secret)
    italian, catalogue = texts.translator("it"), surroundings.catalogue
    for chat, customers in world.links.items():
        for text in unzipped(
            data_file(await services.own_data.of_chat(Actor(chat, "it")), italian, catalogue)
        ):
            assert {word for word in strangers(world, customers, chat) if word in text} == set()
            for code in customers:
                assert {word for word in world.customers[code].words if word not in text} == set()
            assert {word for word in world.chats[chat].words if word not in text} == set()
            assert names_of_ours_in(text) == []
    for code in world.customers:
        for text in unzipped(data_file(await services.own_data.of_customer(code), italian, catalogue)):
            assert {word for word in strangers(world, {code}, None) if word in text} == set()


@pytest.mark.soak
@pytest.mark.parametrize("locale", ["it", "en"])
async def test_the_page_of_ones_own_data_says_everything_in_words(
    database: Database, surroundings: Surroundings, seed: Seed, texts: Texts, locale: str
) -> None:
    """It read "natural_person" and "instant_transfer"."""
    services = build_services(database, surroundings, EVERYBODY)
    world = await populated(services, seed, database, Random(3))  # noqa: S311 (a world, not a secret)
    for chat in world.links:
        data = await services.own_data.of_chat(Actor(chat, locale))
        page, _ = unzipped(data_file(data, texts.translator(locale), surroundings.catalogue))
        assert names_of_ours_in(page) == []
