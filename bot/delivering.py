"""All that leaves a process by itself: the outbox's messages, e-mails and events, reminders, what orders' days ask."""

import asyncio
from contextlib import AsyncExitStack
from functools import partial

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError

from bot.messages import render_chat
from bot.runtime import Running
from bot.services.delivery import ORDERS_TICK, REMINDERS_TICK, Chore, Delivery
from bot.services.events import Events
from bot.services.mail import Mailer
from bot.services.notifier import Notifier
from bot.services.outbox import Channel, Outbox, Sender
from bot.services.reminders.telling import Addresses, ReminderSender

_log = structlog.get_logger(__name__)


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
            )
        )
        senders: dict[Channel, Sender] = {Channel.TELEGRAM: _judging_reminders(running, notifier)}
        if settings.smtp_url is not None and settings.mail_from is not None:
            mailer = await opened.enter_async_context(
                Mailer(settings.smtp_url, settings.mail_from, surroundings, running.texts)
            )
            senders[Channel.MAIL] = _judging_reminders(running, mailer)
        if settings.events_url is not None and settings.events_secret is not None:
            senders[Channel.EVENT] = await opened.enter_async_context(
                Events(settings.events_url, settings.events_secret, running.clock)
            )
        outbox = Outbox(running.database, running.clock)
        chores = (
            Chore("orders", ORDERS_TICK, services.expiring.run),
            Chore("reminders", REMINDERS_TICK, services.reminders.run),
        )
        delivery = Delivery(outbox, senders, chores, notifier, running.clock, services.vitals)
        await delivery.run(stop)


def _judging_reminders(running: Running, sender: Sender) -> Sender:
    return ReminderSender(
        sender,
        running.database,
        running.conversation.services.surroundings,
        Addresses(partial(_name_of, running.bot), running.public_address),
        mail=running.settings.smtp_url is not None,
    )


async def _name_of(bot: Bot) -> str | None:
    try:
        return (await bot.me()).username
    except TelegramAPIError as error:
        _log.warning("name_not_known", reason=type(error).__name__)
        return None
