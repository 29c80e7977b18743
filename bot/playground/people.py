"""The people that the chat page offers to play."""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field

# Room enough below for numbers that tests choose by hand.
_FIRST_USER = 1_000_000


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody to be in the playground, with a chat of their own.

    Arguments:
        key: a short stable name, such as `studio`; the chat's number comes from it, so that a bot which
            remembers its chats meets the same person after a restart.
        name: the first name that the bot sees.
        note: one line for the chat list: who this is and what can be tried.
        language: the language of the person's app, such as `it`.
        deep_link: what the button of the expiry notice opens: a payload of `/start`, or a whole
            `https://t.me/<bot>?start=<payload>`; none for somebody who comes without a notice.
        notice: the words of the expiry notice, as the person's e-mail would show them.
        in_other_words: name and note by the language of the page, where they differ from `name` and `note`.
        at_home: the person started the bot before anybody else: the chat page does it when it opens, in its language.
        polyglot: the person speaks the language of the page at the moment of pressing Start, instead of `language`.
    """

    key: str
    name: str
    note: str
    language: str
    deep_link: str | None = None
    notice: str = ""
    in_other_words: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    polyglot: bool = False
    at_home: bool = False

    @property
    def user_id(self) -> int:
        """The person's account, which is also the number of the chat."""
        return _FIRST_USER + zlib.crc32(self.key.encode())

    @property
    def payload(self) -> str | None:
        """The payload of `deep_link`."""
        return None if self.deep_link is None else self.deep_link.rpartition("start=")[2]
