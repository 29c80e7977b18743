"""What the reference bots are given to show. It imports nothing of the bot: what they hold in memory is their own."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

OPEN, BACK = "Cambia piano", "← Indietro"
"""The buttons that lead from the first screen to the second, and from the second to the first."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the product asks Telegram to show: a text in HTML, and an inline keyboard."""

    html: str
    keyboard: list[list[dict[str, Any]]]


def write_asked(path: Path, asked: tuple[Asked, Asked]) -> None:
    """Keep the two screens for `read_asked`."""
    path.write_text(json.dumps([asdict(each) for each in asked]), encoding="utf-8")


def read_asked(path: Path) -> tuple[Asked, Asked]:
    """The two screens: the first of a renewal, and the list of plans."""
    first, second = (Asked(**each) for each in json.loads(path.read_text(encoding="utf-8")))
    return first, second


def own_data(callback_data: str) -> str:
    """The data of a button without the random name of the conversation that aiogram-dialog puts before it."""
    return callback_data.rpartition("\x1d")[2]
