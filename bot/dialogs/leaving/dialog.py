"""The dialog of deleting everything of a customer, assembled from its windows."""

from aiogram_dialog import Dialog

from bot.dialogs.leaving import code, terms
from bot.dialogs.leaving.data import take_start_data


def leaving_dialog() -> Dialog:
    """A new dialog of leaving: one can be attached to one dispatcher only.

    It is started at `LeavingStates.whose`, or with `bot.dialogs.leaving.data.about` at `LeavingStates.terms`.
    """
    return Dialog(*terms.windows(), *code.windows(), on_start=take_start_data)
