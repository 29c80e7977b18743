"""What the window of mailboxes that cannot be renewed remembers: which one it explains, and of which list."""

from typing import Any, Final

from aiogram_dialog import DialogManager

from bot.dialogs.states import RenewalStates

HOLDER: Final = "holder"
SHOWN: Final = "blocked"
LISTED: Final = "listed"


def explained(holder_id: int | None = None, mailbox_id: int | None = None) -> dict[str, Any]:
    """Its `dialog_data` for one mailbox; without one, for the list of a holder's, or of all."""
    return {HOLDER: holder_id, SHOWN: mailbox_id, LISTED: mailbox_id is None}


async def show_unavailable(
    manager: DialogManager, holder_id: int | None = None, mailbox_id: int | None = None
) -> None:
    """Explain it inside the renewal dialog that is open."""
    manager.dialog_data.update(explained(holder_id, mailbox_id))
    await manager.switch_to(RenewalStates.unavailable)
