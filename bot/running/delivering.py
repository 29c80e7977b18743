"""All that leaves a process by itself: the outbox's messages, e-mails and events, reminders, what orders' days ask."""

import asyncio
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from typing import Final

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError

from bot.clock import Clock
from bot.messages import render_chat
from bot.running.statements import FOLDER_TICK, UPLOADS_TICK, Inbox
from bot.runtime import Running
from bot.services.beats import BEAT_EVERY, Beats
from bot.services.office.heads import TICK as HEADS_TICK
from bot.services.office.heads import DailyHeads
from bot.services.reminders.space_telling import SpaceSender
from bot.services.reminders.telling import Addresses, ReminderSender
from bot.services.sending.delivery import OFFICE_TICK, ORDERS_TICK, REMINDERS_TICK, Chore, Delivery
from bot.services.sending.events import Events
from bot.services.sending.mail import Mailer
from bot.services.sending.notifier import Notifier
from bot.services.sending.outbox import Channel, Outbox, Sender

_log = structlog.get_logger(__name__)

NAME_REST: Final = timedelta(minutes=1)
"""How long Telegram is not asked for the bot's name again, after it gave no answer."""
_NAME_SECONDS: Final = 10.0


async def deliver(running: Running, stop: asyncio.Event) -> None:
    """Send until `stop` is set; what is being sent then may finish.

    E-mails leave where SMTP_URL is set and events where EVENTS_URL is; without it nothing is written for them either.
    """
    settings, services = running.settings, running.conversation.services
    surroundings = services.surroundings
    async with AsyncExitStack() as opened:
        notifier = await opened.enter_async_context(
            Notifier(
                settings.token(),
                settings.bot_api_url,
                running.database,
                surroundings,
                running.texts,
                render_chat,
                places=running.places,
            )
        )
        name = NameOfBot(running.bot, running.clock)
        senders: dict[Channel, Sender] = {Channel.TELEGRAM: _judging_reminders(running, notifier, name)}
        if settings.smtp_url is not None and settings.mail_from is not None:
            mailer = await opened.enter_async_context(
                Mailer(settings.smtp_url, settings.mail_from, surroundings, running.texts, bot_name=name)
            )
            senders[Channel.MAIL] = _judging_reminders(running, mailer, name)
        if settings.events_url is not None and settings.events_secret is not None:
            senders[Channel.EVENT] = await opened.enter_async_context(
                Events(settings.events_url, settings.events_secret, running.clock)
            )
        outbox, inbox = Outbox(running.database, running.clock), Inbox(running)
        chores = (
            Chore("orders", ORDERS_TICK, services.expiring.run),
            Chore("promises", REMINDERS_TICK, services.promises.run),
            Chore("reminders", REMINDERS_TICK, services.reminders.run),
            Chore("office", OFFICE_TICK, services.announcements.run),
            Chore("evidence", HEADS_TICK, _heads(running).run),
            Chore("statements sent", UPLOADS_TICK, inbox.take_uploads),
            Chore("statements put", FOLDER_TICK, inbox.look_into_folder),
            Chore("life", BEAT_EVERY, Beats(running.database).tick),
        )
        delivery = Delivery(
            outbox, senders, chores, notifier, running.clock, services.vitals, places=running.places
        )
        await delivery.run(stop)


def _heads(running: Running) -> DailyHeads:
    mail = running.settings.smtp_url is not None
    return DailyHeads(running.database, running.conversation.services.surroundings, mail=mail)


def _judging_reminders(running: Running, sender: Sender, name: "NameOfBot") -> Sender:
    database, surroundings = running.database, running.conversation.services.surroundings
    addresses = Addresses(name, running.public_address)
    mail = running.settings.smtp_url is not None
    answering = running.conversation.services.vitals.answering
    reminders = ReminderSender(sender, database, surroundings, addresses, mail=mail, answering=answering)
    return SpaceSender(reminders, database, surroundings, addresses, answering=answering)


class NameOfBot:
    """Knows the bot's user name once Telegram has told it; links in e-mails are made with it."""

    def __init__(self, bot: Bot, clock: Clock) -> None:
        """Ask as `bot`; `clock` says when to ask again."""
        self._bot = bot
        self._clock = clock
        self._asking = asyncio.Lock()
        self._silent_until: datetime | None = None

    async def __call__(self) -> str | None:
        """The name; None while Telegram cannot be asked.

        What it does not say soon is not waited for, and not asked again for a while: e-mails that need no name are not
        to stand behind those that do, and no e-mail is to be taken for sent that never began.
        """
        async with self._asking:
            if self._silent_until is not None and self._clock.now() < self._silent_until:
                return None
            try:
                async with asyncio.timeout(_NAME_SECONDS):
                    name = (await self._bot.me()).username
            except (TelegramAPIError, TimeoutError) as error:
                _log.warning("name_not_known", reason=type(error).__name__)
                self._silent_until = self._clock.now() + NAME_REST
                return None
            self._silent_until = None
            return name
