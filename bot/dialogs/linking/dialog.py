"""The dialog of linking by e-mail, assembled from its windows."""

from aiogram_dialog import Dialog

from bot.dialogs.linking import code, email
from bot.dialogs.linking.data import Arrived, take_start_data


def linking_dialog(arrived: Arrived) -> Dialog:
    """A new dialog of linking: one can be attached to one dispatcher only.

    It is started with `bot.dialogs.linking.data.start_data`; once the chat is linked it is done, and `arrived` goes on.
    """
    return Dialog(*email.windows(), *code.windows(arrived), on_start=take_start_data)
