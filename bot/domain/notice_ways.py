"""How a customer wants the notice that precedes an automatic renewal (DOMAIN.md 6, art. 65-bis Consumer Code)."""

from collections.abc import Iterable
from enum import StrEnum


class NoticeWay(StrEnum):
    """The way that was chosen. The values are stored.

    `CHAT`: in the chats, and by e-mail only where none of them is known to have it in time. `MAIL`: by e-mail, and in
    the chats. Nobody has to choose: both, then.
    """

    CHAT = "chat"
    MAIL = "mail"

    @property
    def other(self) -> "NoticeWay":
        """What a tap changes it to."""
        return NoticeWay.MAIL if self is NoticeWay.CHAT else NoticeWay.CHAT


def common_way(chosen: Iterable[NoticeWay | None]) -> NoticeWay:
    """The way of several mailboxes, as one screen shows it: in the chat alone only where it is so for all of them."""
    return NoticeWay.CHAT if set(chosen) == {NoticeWay.CHAT} else NoticeWay.MAIL
