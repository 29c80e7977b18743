"""Reading the list of mailboxes in a chat."""

from bot.services.services import Services
from tests.support.chat import Chat
from tests.support.renewing import draft_of


def listed(chat: Chat) -> list[str]:
    """The addresses in the list, in its order."""
    return [label.split()[1] for label in chat.buttons if "@" in label]


async def chosen(chat: Chat, services: Services) -> list[int]:
    """The ids of the mailboxes in the draft."""
    return [item.mailbox_id for item in (await draft_of(chat, services)).items]
