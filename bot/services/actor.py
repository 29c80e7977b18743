"""Who asks for something: the private chat in whose name a service acts."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks: a private chat. `chat_id` is Telegram's, `language` is `it` or `en`."""

    chat_id: int
    language: str
