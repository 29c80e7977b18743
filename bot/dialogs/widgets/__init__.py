"""Pieces that the windows of every dialog share: texts by key, navigation, lists of choices, links."""

from bot.dialogs.widgets.buttons import UrlButton, UrlButtons, nav_row
from bot.dialogs.widgets.choices import NO, YES, Choice, Choices, flag_wanted, yes_or_no
from bot.dialogs.widgets.progress import ProgressBar, progress_bar
from bot.dialogs.widgets.texts import Html, ItemLabel, Label, translator_of

__all__ = [
    "NO",
    "YES",
    "Choice",
    "Choices",
    "Html",
    "ItemLabel",
    "Label",
    "ProgressBar",
    "UrlButton",
    "UrlButtons",
    "flag_wanted",
    "nav_row",
    "progress_bar",
    "translator_of",
    "yes_or_no",
]
