"""What Telegram's refusals, and its silence, mean for a message.

Telegram has no codes for them, only sentences: they are compared whole. What nobody has foreseen is not taken for a
blocked chat. The library's tree, as far as it matters here::

    TelegramError
    ├── RetryAfter, Paused      too many messages
    ├── InvalidToken            401 and 404
    ├── Forbidden               403
    ├── Conflict                409
    └── NetworkError            5xx, and everything below HTTP
        ├── BadRequest          400, although it has nothing to do with the network
        └── TimedOut            nothing came back in time

What is below HTTP has aiohttp's error as its cause, which says whether the request had left by then: see decision 005.
"""

from datetime import timedelta
from typing import cast

from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientHttpProxyError,
    ConnectionTimeoutError,
    InvalidURL,
)
from telegram.error import (
    BadRequest,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.services.sending.notifier.rate_limiter import Paused
from bot.services.sending.outbox import Outcome, Result

UNREACHABLE = frozenset(
    {
        "bot can't initiate conversation with a user",
        "bot is not a member of the group chat",
        "bot is not a member of the supergroup chat",
        "bot was blocked by the user",
        "bot was kicked from the group chat",
        "bot was kicked from the supergroup chat",
        "chat not found",
        "input_user_deactivated",
        "peer_id_invalid",
        "the group chat was deleted",
        "user is deactivated",
    }
)
"""The chat, not the message, is the reason: it is marked, and tried again when its user comes back."""

_NEVER_LEFT = (ClientConnectorError, ClientHttpProxyError, ConnectionTimeoutError, InvalidURL)
"""Errors that come before the first byte of a request; after any other one Telegram may have read it."""
_TOKEN_REST = timedelta(minutes=1)
_NETWORK_REST = timedelta(seconds=5)


def judge(error: TelegramError) -> Outcome:
    """What became of a message whose sending ended with this error."""
    if isinstance(error, Paused):
        return _all_later(str(error), timedelta(seconds=error.seconds))
    if isinstance(error, RetryAfter):
        return _all_later(str(error), cast("timedelta", error.retry_after))
    if isinstance(error, InvalidToken):
        return _all_later("Telegram refuses the bot's token", _TOKEN_REST)
    if isinstance(error.__cause__, TelegramError):
        # An error without Telegram's JSON in it: something in between answered.
        return _all_later("something other than Telegram answered", _NETWORK_REST)
    if isinstance(error.__cause__, _NEVER_LEFT):
        return _all_later(f"Telegram cannot be reached: {type(error.__cause__).__name__}", _NETWORK_REST)
    return _this_one(error)


def _this_one(error: TelegramError) -> Outcome:
    """Errors that say nothing about the next message."""
    if isinstance(error, Forbidden | BadRequest):  # before NetworkError, which BadRequest calls itself
        said = error.message.removeprefix("Forbidden: ")
        if said.lower() in UNREACHABLE:
            return Outcome(Result.UNREACHABLE, said)
        return Outcome(Result.FAILED, f"Telegram refused it: {said}")
    if isinstance(error, TimedOut):
        return Outcome(Result.UNKNOWN, "no answer in time: it may have arrived")
    if isinstance(error.__cause__, ClientError | OSError):
        broke = type(error.__cause__).__name__
        # The next one waits a little, so that a broken way to Telegram does not use up all that is due.
        return Outcome(
            Result.UNKNOWN, f"the connection broke ({broke}): it may have arrived", rest=_NETWORK_REST
        )
    if isinstance(error, NetworkError | Conflict):
        return Outcome(Result.RETRY, f"the server failed: {error.message}")
    # Telegram said yes, in words that cannot be read.
    return Outcome(Result.UNKNOWN, f"an answer that cannot be understood: {error.message}")


def _all_later(reason: str, wait: timedelta) -> Outcome:
    return Outcome(Result.RETRY, reason, wait=wait, rest=wait)
