"""The dialog of the settings, assembled from its windows."""

from aiogram_dialog import Dialog

from bot.dialogs.settings import automatic, language, mailbox, mailboxes, menu, phrase, reference_email, steps
from bot.dialogs.settings.data import take_start_data


def settings_dialog() -> Dialog:
    """A new dialog of settings: one can be attached to one dispatcher only.

    It is started at `SettingsStates.menu` or at `SettingsStates.mailboxes`.
    """
    return Dialog(
        *menu.windows(),
        *language.windows(),
        *steps.windows(),
        *mailboxes.windows(),
        *mailbox.windows(),
        *automatic.windows(),
        *phrase.windows(),
        *reference_email.windows(),
        on_start=take_start_data,
    )
