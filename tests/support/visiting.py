"""Somebody who looks at every window: one look at a time, and a whole round of the settings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aiogram.fsm.state import State

from bot.dialogs.card.data import start_data
from bot.dialogs.orders.data import orders_of_mailbox
from bot.dialogs.settings.data import opened_alone
from bot.dialogs.states import CardStates, OrderStates, SettingsStates
from bot.domain.mailboxes import Mailbox
from bot.domain.reminders import MuteLevel
from bot.domain.renewal import Renewal
from bot.playground.messages import Message
from bot.services.actor import Actor
from bot.services.errors import CannotDecline
from bot.services.reminders.preferences import About
from bot.services.services import Services
from tests.support.chat import Chat
from tests.support.shapes import TRICKY, Shape
from tests.support.windows import Windows


@dataclass(frozen=True, slots=True)
class View:
    """One way to look at a window."""

    state: State
    data: Mapping[str, Any]
    variant: str = ""

    @property
    def name(self) -> str:
        return f"{self.state.state} {self.variant}".strip()


@dataclass(slots=True)
class Visitor:
    """Somebody who looks at every window of a renewal, in one language."""

    chat: Chat
    actor: Actor
    windows: Windows
    services: Services
    shape: Shape
    seen: dict[str, Message] = field(default_factory=dict)
    states: set[State] = field(default_factory=set)
    hasty: bool = False
    """Look at each window once, the first time that there is one to look at."""

    async def look(self, view: View) -> None:
        if self.hasty and view.state in self.states:
            return
        screen = await self.windows.show(self.chat, view.state, view.data)
        self.seen[view.name] = screen
        self.states.add(view.state)

    async def renewal(self, draft_id: int) -> Renewal:
        return await self.services.renewals.read(self.actor, draft_id)


async def look_at_settings(visitor: Visitor, mailbox_id: int) -> None:
    """Every window of the settings, before and after everything in them was changed; at the end all is as it was."""
    wishes, actor = visitor.services.wishes, visitor.actor
    opened = opened_alone(SettingsStates.mailbox, mailbox_id)  # it has one button more than from the list
    plain = [state for state in SettingsStates.__states__ if state != SettingsStates.step_off]
    for state in plain:
        await visitor.look(View(state, opened, "as it comes"))
    for step in (3, 0, -85):
        await visitor.look(View(SettingsStates.step_off, {"step": step}, str(step)))
    await visitor.look(View(SettingsStates.mailboxes, {"put_off": True}, "none put off"))
    await wishes.set_phrase(actor, TRICKY)
    await wishes.want_step(actor, 30, wanted=False)
    await wishes.want_mail(actor, on=True)
    days = await wishes.snooze_choices(actor, About(mailbox_id))
    await wishes.snooze(actor, About(mailbox_id), days.first)
    for state in plain:
        await visitor.look(View(state, {**opened, "put_off": True}, "changed"))
    for level in MuteLevel:
        await wishes.mute(actor, mailbox_id, level)
        for state in (SettingsStates.menu, SettingsStates.mailboxes, SettingsStates.mailbox):
            await visitor.look(View(state, opened, f"muted {level}"))
    for step in (3, 1, 0, -85):
        await wishes.want_step(actor, step, wanted=False, sure=True)
    await wishes.mute(actor, mailbox_id, MuteLevel.MOST)
    for state in (SettingsStates.mailbox, SettingsStates.silence):
        await visitor.look(View(state, opened, "without the last"))
    await wishes.unmute(actor, mailbox_id)


async def look_at_card(visitor: Visitor, box: Mailbox) -> None:
    """The card of a mailbox, from the list and alone, also of one that is not renewed; at the end all is as it was."""
    declining, of, listed = visitor.services.declining, f"of {box.address}", start_data(box.id, 0)
    for page in (0, None):
        await visitor.look(View(CardStates.card, start_data(box.id, page), f"{of} {page}"))
    await visitor.look(View(CardStates.decline, listed, of))
    try:
        await declining.decline(visitor.actor, box.id)
    except CannotDecline:
        return
    await visitor.look(View(CardStates.card, listed, f"{of} declined"))
    for state in (SettingsStates.mailbox, SettingsStates.silence):
        await visitor.look(View(state, opened_alone(state, box.id), f"{of} declined"))
    await declining.take_back(visitor.actor, box.id)


async def look_at_ordered(visitor: Visitor, mailbox_id: int) -> None:
    """The card of a mailbox whose order awaits payment, and the list of its orders."""
    for state in (CardStates.card, CardStates.decline):
        await visitor.look(View(state, start_data(mailbox_id, None), "ordered"))
    await visitor.look(View(OrderStates.list, orders_of_mailbox(mailbox_id), "of one"))
