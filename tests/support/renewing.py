"""Standing at a step of the renewal without walking through the steps before it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.db.turns import Turn, current_turn, under_way
from bot.domain.drafts import Draft
from bot.domain.registrant import Registrant
from bot.domain.renewal import Renewal
from bot.domain.steps import Step
from bot.handlers.buttons import OpenRenewal
from bot.services.actor import Actor
from bot.services.services import Services
from tests.support.chat import Chat

NO_BREAK_SPACE = "\u00a0"


async def stand_at(
    chat: Chat, services: Services, mailbox_id: int, step: Step, *, language: str = "it"
) -> None:
    """Begin the renewal of a mailbox and open it at `step`, as a chat that left there and came back."""
    actor = Actor(chat.id, language)
    async with one_turn(actor):
        await go_to(services, actor, await services.renewals.begin_with(actor, mailbox_id), step)
    await come_back(chat)


@asynccontextmanager
async def one_turn(actor: Actor) -> AsyncIterator[None]:
    """Read the renewal once for all choices of an ``async with`` block, and write it once, as within one update.

    A renewal takes some twenty choices: to read and write it for each took a twelfth of the whole run.
    """
    if current_turn(actor.chat_id) is not None:
        yield
        return
    turn = Turn(actor.chat_id)
    with under_way(turn):
        try:
            yield
        finally:
            await turn.settle()


async def go_to(services: Services, actor: Actor, renewal: Renewal, step: Step) -> Renewal:
    """Go through the steps from where the renewal stands to `step`."""
    order = list(Step)
    async with one_turn(actor):
        for each in (*(each for each in renewal.path if order.index(each) < order.index(step)), step):
            renewal = await services.renewals.move(actor, renewal.draft.id, each)
    return renewal


async def come_back(chat: Chat) -> None:
    """Go on with the renewal under way, by a button of a message that came before it."""
    await chat.press(OpenRenewal().pack())


async def draft_of(chat: Chat, services: Services) -> Draft:
    """The renewal under way in the chat."""
    renewal = await services.renewals.unfinished(Actor(chat.id, "it"))
    assert renewal is not None
    return renewal.draft


async def registrant_of(chat: Chat, services: Services) -> Registrant:
    """The registrant data of the renewal under way, as corrected so far."""
    renewal = await services.renewals.unfinished(Actor(chat.id, "it"))
    assert renewal is not None
    return renewal.registrant


def said(chat: Chat) -> str:
    """The text of the newest message, with plain spaces in its amounts."""
    return chat.text.replace(NO_BREAK_SPACE, " ")
