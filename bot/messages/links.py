"""Links from an e-mail into the chat with the bot (DOMAIN.md 2.1)."""

from typing import Final

_START: Final = "https://t.me/{name}?start={token}"


def deep_link(name: str | None, token: str | None) -> str:
    """The link that begins a chat with this token; empty without one, or where the bot's name is not known."""
    return "" if token is None or name is None else _START.format(name=name, token=token)
