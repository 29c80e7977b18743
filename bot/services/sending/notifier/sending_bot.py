"""The library's bot, as one that only sends."""

from typing import Any

import httpx
from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup, User
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from bot.messages import ChatButton, ChatMessage
from bot.services.sending.ceiling import Places
from bot.services.sending.notifier.rate_limiter import PatientRateLimiter

_IDLE_SECONDS = 20.0
"""Connections idle for longer are not used again: a message sent on one that is just being closed may be lost."""


class SendingBot(ExtBot[int]):
    """Starts without asking Telegram anything, so that it starts also while Telegram is away."""

    def __init__(self, token: str, api_url: str, *, places: Places, connections: int) -> None:
        """Talk to the Bot API at `api_url`, on that many connections at most, in the pauses that `places` knows."""
        limits = httpx.Limits(
            max_connections=connections, max_keepalive_connections=connections, keepalive_expiry=_IDLE_SECONDS
        )
        super().__init__(
            token,
            base_url=f"{api_url}/bot",
            base_file_url=f"{api_url}/file/bot",
            # Together these stay well below the lease of a row.
            request=HTTPXRequest(
                connect_timeout=5,
                write_timeout=5,
                read_timeout=15,
                pool_timeout=2,
                httpx_kwargs={"limits": limits},
            ),
            get_updates_request=HTTPXRequest(),
            rate_limiter=PatientRateLimiter(places),
        )

    async def get_me(self, *_args: Any, **_kwargs: Any) -> User:
        """Tell who this bot is by its token alone; the base class asks this as it starts."""
        number, _, _ = self.token.partition(":")
        self._bot_user = User(int(number), "", is_bot=True)
        return self._bot_user


def keyboard(message: ChatMessage) -> InlineKeyboardMarkup | None:
    """The buttons of a message as the library knows them."""
    if not message.rows:
        return None
    return InlineKeyboardMarkup([[_button(button) for button in row] for row in message.rows])


def _button(button: ChatButton) -> InlineKeyboardButton:
    if button.url:
        return InlineKeyboardButton(button.label, url=button.url)
    if button.copied:
        return InlineKeyboardButton(button.label, copy_text=CopyTextButton(button.copied))
    return InlineKeyboardButton(button.label, callback_data=button.data)
