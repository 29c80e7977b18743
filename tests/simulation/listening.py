"""Hears what the bot logs: what nobody foresaw is a failure of the life, all else is not written anywhere."""

import sys
from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import ExitStack, contextmanager
from typing import Any, Final, NoReturn
from unittest import mock

import structlog
from aiogram.exceptions import TelegramNetworkError, TelegramRetryAfter, TelegramServerError

from tests.simulation.journal import OWNER, Journal
from tests.support.unexpected import _WHERE_IT_IS_LOGGED

_AWAY: Final = (TelegramNetworkError, TelegramServerError, TelegramRetryAfter)
_WORSE: Final = frozenset({"error", "exception", "critical"})


@contextmanager
def listening(journal: Journal) -> Iterator[None]:
    """Note failures for the length of the block."""

    def note(_: object, level: str, event: MutableMapping[str, Any]) -> NoReturn:
        owner = OWNER.get()
        if level in _WORSE and not (owner is not None and owner.dead) and not _is_foreseen(event):
            journal.failures.append(_described(event))
        raise structlog.DropEvent

    before = structlog.get_config()
    structlog.configure(processors=[note], cache_logger_on_first_use=False)
    with ExitStack() as plain:
        for (
            module
        ) in _WHERE_IT_IS_LOGGED:  # a life counts its failures itself: it knows which of them it has caused
            plain.enter_context(mock.patch.object(module, "_log", structlog.get_logger(module.__name__)))
        try:
            yield
        finally:
            structlog.configure(**before)


def _is_foreseen(event: Mapping[str, Any]) -> bool:
    """Whether a window could not be drawn since Telegram was away: its reader is told, and may try again."""
    return event.get("event") == "update_failed" and isinstance(event.get("exc_info"), _AWAY)


def _described(event: Mapping[str, Any]) -> str:
    error = event.get("exc_info")
    if error is True or error is None:
        error = sys.exc_info()[1]
    said = {name: value for name, value in event.items() if name not in {"exc_info", "event"}}
    where = ""
    if isinstance(error, BaseException) and error.__traceback__ is not None:
        last = error.__traceback__
        ours = [last]
        while last.tb_next is not None:
            last = last.tb_next
            if "/bot/" in last.tb_frame.f_code.co_filename:
                ours.append(last)
        where = " at " + " > ".join(
            f"{each.tb_frame.f_code.co_filename.rpartition('/bot/')[2]}:{each.tb_lineno}"
            for each in ours[-3:]
        )
    return f"{event.get('event')}: {error!r}{where} {said or ''}"
