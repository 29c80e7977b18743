"""The dialog of a card, assembled from its windows."""

from aiogram_dialog import Dialog

from bot.dialogs.card import card, decline
from bot.dialogs.card.data import Leads, take_start_data


def card_dialog(leads: Leads) -> Dialog:
    """A new dialog of cards: one can be attached to one dispatcher only.

    It is started at `CardStates.card` with `bot.dialogs.card.data.start_data`.
    """
    return Dialog(*card.windows(leads), *decline.windows(), on_start=take_start_data)
