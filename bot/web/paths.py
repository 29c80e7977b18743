"""What others have to know of the bot's own web to look whether it is there, without loading any of it."""

from typing import Final

TELEGRAM_WEBHOOK: Final = "/telegram/webhook"
"""Where Telegram delivers updates."""
ALIVE: Final = "alive"
"""What `/healthz` answers while the process lives."""
