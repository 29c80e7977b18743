"""Pieces that the windows of every dialog share: texts by key, navigation, lists of choices, links."""

from bot.dialogs.widgets.buttons import UrlButton, nav_row
from bot.dialogs.widgets.choices import Choice, Choices
from bot.dialogs.widgets.progress import ProgressBar, progress_bar
from bot.dialogs.widgets.texts import Html, ItemLabel, Label, translator_of

__all__ = [
    "Choice",
    "Choices",
    "Html",
    "ItemLabel",
    "Label",
    "ProgressBar",
    "UrlButton",
    "nav_row",
    "progress_bar",
    "translator_of",
]
