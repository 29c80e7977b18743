"""The three colours of buttons, and what each means; all others are plain.

Nothing that is compared with another has one: years, plans, kits, methods, yes and no. A client that does not know
them shows a plain button.
"""

from typing import Final

from aiogram.enums import ButtonStyle
from aiogram_dialog.widgets.style import Style

ORDERS: Final = Style(ButtonStyle.SUCCESS)
"""It places the order."""

GOES_ON: Final = Style(ButtonStyle.PRIMARY)
"""The way on, where there is one."""

DESTROYS: Final = Style(ButtonStyle.DANGER)
"""What it takes away does not come back: an archive, an order, a renewal under way, a link."""
