"""All that leaves a process by itself: messages, e-mails and events of the outbox, and what orders' days ask for."""

import asyncio
from contextlib import AsyncExitStack

from bot.messages import render_chat
from bot.runtime import Running
from bot.services.delivery import Delivery
from bot.services.events import Events
from bot.services.mail import Mailer
from bot.services.notifier import Notifier
from bot.services.outbox import Channel, Outbox, Sender


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
        senders: dict[Channel, Sender] = {Channel.TELEGRAM: notifier}
        if settings.smtp_url is not None and settings.mail_from is not None:
            senders[Channel.MAIL] = await opened.enter_async_context(
                Mailer(settings.smtp_url, settings.mail_from, surroundings, running.texts)
            )
        if settings.events_url is not None and settings.events_secret is not None:
            senders[Channel.EVENT] = await opened.enter_async_context(
                Events(settings.events_url, settings.events_secret, running.clock)
            )
        outbox = Outbox(running.database, running.clock)
        delivery = Delivery(outbox, senders, services.expiring, notifier, running.clock, services.vitals)
        await delivery.run(stop)
