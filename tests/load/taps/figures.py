"""The tables of a measure."""

from collections.abc import Mapping, Sequence
from importlib.metadata import version

from rich.table import Column, Table

from tests.load.taps.contenders import PEERS
from tests.load.taps.rounds import Round, medians

_LIBRARIES = ("aiogram", "aiogram-dialog", "python-telegram-bot", "sqlalchemy")
_BUSY = 0.85
"""A Telegram that works for a larger share of a round may have held the bot up."""


def versions() -> str:
    """The libraries that are compared, in one line."""
    return ", ".join(f"{name} {version(name)}" for name in _LIBRARIES)


def taps_table(people: int, rounds: Mapping[str, Sequence[Round]]) -> Table:
    """The medians of each contender, and of each product divided by each reference."""
    table = Table(
        Column("", no_wrap=True), "CPU ms", "least", "p50 ms", "p99 ms", "taps/s", "Telegram busy", "calls",
        title=f"A tap, {people} {'person' if people == 1 else 'people'} at once",
        caption="calls: edits, answers and polls for each tap",
    )  # fmt: skip
    found = {name: medians(each) for name, each in rounds.items()}
    for name, each in found.items():
        least = min(one.cpu for one in rounds[name])
        busy = f"{each.telegram:.0%}" + (" (!)" if each.telegram > _BUSY else "")
        table.add_row(
            name, f"{each.cpu:.2f}", f"{least:.2f}", f"{each.p50:.1f}", f"{each.p99:.1f}",
            f"{each.a_second:.0f}", busy, _calls(each),
        )  # fmt: skip
    for name, each in found.items():
        for peer, other in found.items():
            if name not in PEERS and peer in PEERS:
                least = min(one.cpu for one in rounds[name]) / min(one.cpu for one in rounds[peer])
                table.add_row(
                    f"{name} / {peer}", f"{each.cpu / other.cpu:.2f}", f"{least:.2f}",
                    f"{each.p50 / other.p50:.2f}", f"{each.p99 / other.p99:.2f}",
                    f"{each.a_second / other.a_second:.2f}",
                )  # fmt: skip
    return table


def _calls(each: Round) -> str:
    """Edits, answers and polls for each tap, and whatever else there was."""
    usual = ("editmessagetext", "answercallbackquery", "getupdates")
    others = [f"{name} {number:.2f}" for name, number in sorted(each.calls.items()) if name not in usual]
    return " ".join([*(f"{each.calls.get(name, 0):.2f}" for name in usual), *others])
