"""`invite`: makes a deep link for a customer (DOMAIN.md 2.1)."""

import sys
from typing import Annotated

import typer

from bot.commands.console import problem, say

Customer = Annotated[str, typer.Argument(help="The customer's code, as in the mailbox file.")]
Address = Annotated[
    str | None, typer.Option("--mailbox", help="Open the renewal of this mailbox; else the bot's first page.")
]


def invite(customer: Customer, mailbox: Address = None) -> None:
    """Print a single-use link that binds a Telegram chat to a customer.

    Whoever opens it first speaks for the customer: send it to the reference e-mail address only. Of the demo, what is
    to be written in its chat instead.
    """
    import asyncio

    from bot.settings import load

    settings = load(required=("BOT_TOKEN", "DATA_KEYS"))

    from bot.demo.own_settings import TOKEN
    from bot.runtime import open_bot
    from bot.services.errors import NotYours

    async def make() -> str:
        async with open_bot(settings) as running:
            invitation = await running.conversation.services.linking.invite(customer, mailbox)
            if settings.token() == TOKEN:  # no Telegram knows it, so that a link to it would lead nowhere
                return f"Write this in a chat of the demo: /start {invitation.token}"
            me = await running.bot.me()
            return f"https://t.me/{me.username}?start={invitation.token}"

    try:
        say(asyncio.run(make()))
    except NotYours:
        wanted = f"customer {customer}" if mailbox is None else f"mailbox {mailbox} of customer {customer}"
        problem(f"There is no {wanted}: import the mailbox file first, or check the spelling.")
        sys.exit(1)
