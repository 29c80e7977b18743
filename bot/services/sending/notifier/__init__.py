"""Sends what is pushed to chats, through python-telegram-bot, whose types stay in this package.

It only sends, by `requesting` and in the pauses of `rate_limiter`: whatever comes in belongs to aiogram, under the same
token. The ticks that make the senders look for work come from here too, since the library brings a clock for them.
"""

import os

# Before the library is loaded: it gives spans of time as `timedelta`, as its next version does, instead of warning.
os.environ.setdefault("PTB_TIMEDELTA", "true")

from bot.services.sending.notifier.notifier import Notifier, Render

__all__ = ["Notifier", "Render"]
