"""The library's bot, as one that only sends."""

from typing import Any

from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup, User
from telegram.ext import ExtBot

from bot.messages import ChatButton, ChatMessage
from bot.services.sending.ceiling import Places
from bot.services.sending.notifier.rate_limiter import PatientRateLimiter
from bot.services.sending.notifier.requesting import Requests


class SendingBot(ExtBot[int]):
    """Starts without asking Telegram anything, so that it starts also while Telegram is away."""

    def __init__(self, token: str, api_url: str, *, places: Places, connections: int) -> None:
        """Talk to the Bot API at `api_url`, on that many connections at most, in the pauses that `places` knows."""
        requests = Requests(api_url, connections)
        super().__init__(
            token,
            base_url=f"{api_url}/bot",
            base_file_url=f"{api_url}/file/bot",
            request=requests,
            get_updates_request=requests,
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
