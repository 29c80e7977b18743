"""The tables of a measure."""

from collections.abc import Mapping, Sequence
from importlib.metadata import version

from rich.table import Table

from tests.load.stage.contenders import PEERS
from tests.load.stage.paper import figures
from tests.load.taps.rounds import Round, medians

_LIBRARIES = ("aiogram", "aiogram-dialog", "python-telegram-bot", "sqlalchemy")
_BUSY = 0.85
"""A Telegram that works for a larger share of a round may have held the bot up."""
_USUAL = ("editmessagetext", "answercallbackquery", "getupdates")


def versions() -> str:
    """The libraries that are compared, in one line."""
    return ", ".join(f"{name} {version(name)}" for name in _LIBRARIES)


def taps_table(people: int, rounds: Mapping[str, Sequence[Round]]) -> Table:
    """The medians of each contender."""
    table = figures(
        f"A tap, {_at_once(people)}",
        "CPU ms", "least", "p50 ms", "p99 ms", "taps/s", "edits", "answers", "polls", "Telegram",
    )  # fmt: skip
    table.caption = (
        "edits, answers, polls: calls of the Bot API for each tap; Telegram: how busy its process was"
    )
    for name, several in rounds.items():
        each = medians(several)
        busy = f"{each.telegram:.0%}" + (" (!)" if each.telegram > _BUSY else "")
        table.add_row(
            name, f"{each.cpu:.2f}", f"{_least(several):.2f}", f"{each.p50:.1f}", f"{each.p99:.1f}",
            f"{each.a_second:.0f}", *(f"{each.calls.get(call, 0):.2f}" for call in _USUAL), busy,
        )  # fmt: skip
        if others := {call: number for call, number in each.calls.items() if call not in _USUAL}:
            table.add_row(f"  and {', '.join(f'{call} {number:.2f}' for call, number in others.items())}")
    return table


def ratio_table(people: int, rounds: Mapping[str, Sequence[Round]]) -> Table:
    """What the products' medians are, divided by the references'."""
    table = figures(f"Ratios, {_at_once(people)}", "CPU", "least", "p50", "p99", "taps/s")
    for name, several in rounds.items():
        for peer, others in rounds.items():
            if name not in PEERS and peer in PEERS:
                each, other = medians(several), medians(others)
                table.add_row(
                    f"{name} / {peer}", f"{each.cpu / other.cpu:.2f}", f"{_least(several) / _least(others):.2f}",
                    f"{each.p50 / other.p50:.2f}", f"{each.p99 / other.p99:.2f}",
                    f"{each.a_second / other.a_second:.2f}",
                )  # fmt: skip
    return table


def memory_table(memory: Mapping[str, tuple[int, float]]) -> Table:
    """What each process holds in RAM, in MiB, after as many taps."""
    table = figures("Memory", "taps", "MiB")
    for name, (taps, mib) in memory.items():
        table.add_row(name, f"{taps:,}", f"{mib:.0f}")
    return table


def _at_once(people: int) -> str:
    return "1 person" if people == 1 else f"{people} people at once"


def _least(rounds: Sequence[Round]) -> float:
    """The processor time of a tap in the best round: the one that the machine disturbed least."""
    return min(each.cpu for each in rounds)
