"""The process is killed (SIGKILL) at every step of a renewal, and the conversation goes on to the same order."""

from collections.abc import Iterator
from itertools import cycle

import pytest
from sqlalchemy import func, select

from bot.db.tables import OrderRow, WithdrawalRow
from bot.demo.walkthrough_phone import Phone
from bot.services.actor import Actor
from bot.services.orders.rows import Order
from bot.texts import Translator
from tests.end_to_end.conftest import Outside
from tests.support.ordering import chosen, place
from tests.support.process import Moment

CHAT = 1001


async def linked_phone(outside: Outside, language: str) -> tuple[Phone, str]:
    """A mailbox, and the phone of its owner with the token of the notice."""
    async with outside.office() as office:
        await office.seed.mailbox("rossi", address="rossi@pec.example", expires_in=200)
        invitation = await office.services.linking.invite("rossi", "rossi@pec.example")
    return outside.phone(CHAT, language), invitation.token


def the_long_way(words: Translator) -> Iterator[str]:
    """The buttons of a renewal to Pro with one more GB for two years, one step after the other."""
    yield words.plain("renewal-offer-change-plan")
    yield "Pro"
    yield words.plain("renewal-plan-take", new="Pro", due=0).partition(" · ")[0]
    yield words.plain("renewal-space-more-mailbox", gb=1)
    yield words.plain("nav-continue")
    yield words.plain("renewal-kit-choice-none")
    yield words.plain("renewal-registrant-confirm")
    yield "Bonifico bancario" if words.locale == "it" else "Bank transfer"
    yield words.plain("renewal-year-count", years=2)
    yield words.plain("renewal-recap-accept-conditions")
    yield words.plain("renewal-recap-accept-clauses")
    yield words.plain("renewal-recap-accept-privacy")


def final_words(words: Translator) -> str:
    """The words of the final button, without the amount."""
    return "obbligo di pagare" if words.locale == "it" else "obligation to pay"


async def the_only_order(outside: Outside, language: str) -> Order:
    """The order in the database, which is one."""
    async with outside.office() as office:
        async with office.database.read() as session:
            assert await session.scalar(select(func.count()).select_from(OrderRow)) == 1
        return (await office.services.orders.list(Actor(CHAT, language)))[0]


def assert_as_chosen(order: Order) -> None:
    """What was chosen on the long way, and nothing else."""
    assert [(item.plan_id, item.extra_mailbox_gb, item.extra_archive_gb) for item in order.items] == [
        ("pro", 1, 0)
    ]
    assert (order.quote.years, order.method_id, order.kit_id, order.auto_renew) == (
        2,
        "bank_transfer",
        None,
        False,
    )


EACH = 1
"""Every tap; otherwise, every so many."""


@pytest.mark.soak
@pytest.mark.parametrize("often", [5, EACH])
async def test_killed_before_every_tap(outside: Outside, often: int) -> None:
    words = outside.say("it")
    phone, token = await linked_phone(outside, "it")
    await outside.process.start()
    await phone.follow(token)
    for number, label in enumerate(the_long_way(words)):
        await phone.wait_for(label)
        if number % often == 0 and label not in {"Pro", words.plain("renewal-space-more-mailbox", gb=1)}:
            # The windows of one step are one: killed once in each of them, and between the acceptances.
            await outside.wait_for_rest()
            await outside.process.restart()
        await phone.tap(label)
    await outside.wait_for_rest()
    await outside.process.restart()
    await phone.tap(final_words(words))
    await phone.wait_for(words.plain("renewal-placed-open"))
    assert_as_chosen(await the_only_order(outside, "it"))


@pytest.mark.soak
@pytest.mark.parametrize("often", [4, EACH])
async def test_killed_while_every_tap_is_processed(outside: Outside, often: int) -> None:
    words = outside.say("en")
    phone, token = await linked_phone(outside, "en")
    await outside.process.start()
    await phone.follow(token)
    moments = cycle(Moment)
    for number, label in enumerate([*the_long_way(words), final_words(words)]):
        await phone.wait_for(label)
        if number % often:
            await phone.tap(label)
            continue
        await outside.wait_for_rest()
        outside.world.strike(outside.process, next(moments))
        query = await phone.start_tap(label)
        await outside.world.wait_for_strike()
        await outside.process.start()
        await phone.answer(query)
    await phone.wait_for(words.plain("renewal-placed-open"))
    assert_as_chosen(await the_only_order(outside, "en"))


@pytest.mark.soak
@pytest.mark.parametrize(
    "moment",
    list(Moment),
)
async def test_killed_while_the_tap_that_withdraws_is_processed(outside: Outside, moment: Moment) -> None:
    """One withdrawal, and its receipt in the chat."""
    words = outside.say("it")
    async with outside.office() as office:
        mailbox = await office.seed.mailbox("rossi", expires_in=200)
        invitation = await office.services.linking.invite("rossi")
    phone = outside.phone(CHAT, "it")
    await outside.process.start()
    await phone.follow(invitation.token)
    await outside.wait_for_rest()
    async with outside.office() as office:
        actor = Actor(CHAT, "it")
        order = await place(office.services, actor, await chosen(office.services, actor, [mailbox]))
    await phone.write("/recesso")
    for label in (
        words.plain("withdrawal-choice", order=order.number),
        words.plain("withdrawal-next"),
    ):
        await phone.wait_for(label)
        await phone.tap(label)
    await phone.wait_for(words.plain("withdrawal-confirm"))
    await outside.wait_for_rest()
    outside.world.strike(outside.process, moment)
    query = await phone.start_tap(words.plain("withdrawal-confirm"))
    await outside.world.wait_for_strike()
    await outside.process.start()
    await phone.answer(query)
    await phone.wait_for(words.plain("renewal-placed-open"))
    async with outside.office() as office:
        receipt = (await office.services.withdrawals.show(actor, order.number)).receipt
        async with office.database.read() as session:
            assert await session.scalar(select(func.count()).select_from(WithdrawalRow)) == 1
    assert receipt is not None
    assert receipt.number in phone.words


async def test_killed_while_the_first_screen_is_drawn(outside: Outside) -> None:
    words = outside.say("it")
    phone, token = await linked_phone(outside, "it")
    outside.world.strike(outside.process, Moment.DRAWN)
    await outside.process.start()
    await phone.follow(token)
    await outside.world.wait_for_strike()
    old = phone.screen
    assert old is not None
    await outside.process.start()
    await outside.wait_for_rest()
    assert phone.screen is not old, "the notice is answered again"
    await phone.tap(words.plain("renewal-offer-change-plan"))
    await phone.wait_for("Pro")
