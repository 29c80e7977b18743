"""However an order stands, it is withdrawn from once: a restart between the steps, quick taps, two chats at once."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta

import pytest

from bot.db.engine import Database
from bot.domain.catalogue import DocumentId
from bot.domain.drafts import documents_for
from bot.services.actor import Actor
from bot.services.orders.rows import Order
from bot.services.renewing.offer import offer_seal
from bot.services.services import Services
from tests.dialogs.test_withdraw import CONFIRM, LANGUAGES, pays, statements, to_second
from tests.support.clock import FrozenClock
from tests.support.ordering import chosen, screen
from tests.support.pushing import Push
from tests.support.reminding import Restart
from tests.support.renewing import one_turn
from tests.support.running_bot import Talk
from tests.support.seed import Seed


@dataclass(frozen=True, slots=True)
class Branch:
    """How an order stands, and what a withdrawal makes of it. Cents.

    Attributes:
        expires_in: the days to the expiry of its mailboxes, when it is placed.
        paid: what comes for it; None for all.
        became: the order, afterwards.
        due_back: what is given back.
        boxes: how many mailboxes.
        early: whether the early start is asked for.
    """

    expires_in: int
    paid: int | None
    became: str
    due_back: int
    boxes: int = 1
    early: bool = True


BRANCHES = {
    "untouched": Branch(60, 0, "cancelled", 0),
    "paid in part": Branch(60, 1000, "withdrawn", 1000),
    "paid, nothing served": Branch(60, None, "withdrawn", 3648),
    "paid, ten days served": Branch(-30, None, "withdrawn", 3648 - 3648 * 10 // 335),
    "paid, without the early start": Branch(-30, None, "withdrawn", 3648, early=False),
    "several mailboxes": Branch(-30, None, "withdrawn", 2 * (3648 - 3648 * 10 // 335), boxes=2),
}
SAYS = {
    "it": {"cancelled": "l'ordine viene annullato", "withdrawn": "Vengono restituiti"},
    "en": {"cancelled": "the order is cancelled", "withdrawn": "is refunded by"},
}


EACH_TIME = {("paid, ten days served", "it")}
"""What each `make test` plays."""


@pytest.mark.parametrize(
    ("branch", "language"),
    [
        pytest.param(
            branch,
            language,
            id=f"{name}-{language}",
            marks=() if (name, language) in EACH_TIME else pytest.mark.soak,
        )
        for name, branch in BRANCHES.items()
        for language in LANGUAGES
    ],
)
async def test_two_chats_confirm_at_once_after_a_restart_and_both_have_the_one_receipt(
    seed: Seed,
    talk: Talk,
    services: Services,
    database: Database,
    clock: FrozenClock,
    restart: Restart,
    push: Push,
    *,
    branch: Branch,
    language: str,
) -> None:
    boxes = [
        await seed.mailbox("rossi", plan="pro", expires_in=branch.expires_in) for _ in range(branch.boxes)
    ]
    first = await talk("rossi", language=language)
    second = await talk("rossi", language=language)
    order = await placed(services, Actor(first.id, language), boxes, early=branch.early)
    if (paid := order.quote.due if branch.paid is None else branch.paid) != 0:
        await pays(services, order, paid)
    clock.advance(timedelta(days=10))
    await to_second(first, order, language)
    await to_second(second, order, language)
    assert SAYS[language][branch.became] in screen(first)
    restart(first)

    await asyncio.gather(*(chat.tap_together([CONFIRM[language]] * 2) for chat in (first, second)))

    (row,) = await statements(database)
    assert (row.became, row.due_back, row.served) == (
        branch.became,
        branch.due_back,
        paid - branch.due_back,
    )
    await push()
    for chat in (first, second):
        assert row.number in screen(chat)
        assert row.words in chat.text, "in the words that were said"


async def placed(services: Services, actor: Actor, boxes: list[int], *, early: bool) -> Order:
    """An order of mailboxes as they are, whose consumer has ticked all that is asked, or all but the early start."""
    renewal = await chosen(services, actor, boxes)
    async with one_turn(actor):
        for document in documents_for(renewal.draft, renewal.facts):
            if early or document.id is not DocumentId.EARLY_START:
                renewal = await services.renewals.toggle_acceptance(actor, renewal.draft.id, document.id)
    return await services.orders.place(actor, renewal.draft.id, offer_seal(renewal), "Ordine di prova")
