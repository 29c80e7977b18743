"""Logs: one line for each event, as text on a terminal and as JSON elsewhere, with no secret in it.

The lines of libraries take the same way as our own. Secrets are taken out of the finished line, wherever in
it they stand: in a value, in an address, in a traceback.
"""

import logging
import re
import sys
from collections.abc import Iterable
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from bot.clock import Clock, SystemClock
from bot.settings import Settings
from bot.settings.types import LogFormat
from bot.watching.sparing import SparingWarnings

_HIDDEN = "***"
_PATTERNS = (
    (
        re.compile(r"\b[0-9]{5,20}:[A-Za-z0-9_-]{20,}"),
        _HIDDEN,
    ),  # a bot's token, also in the path of an address
    (re.compile(r"\bbot[0-9]+:[A-Za-z0-9_-]+"), f"bot{_HIDDEN}"),
    (re.compile(r"\bwhsec_[A-Za-z0-9+/=_-]+"), f"whsec_{_HIDDEN}"),
    (re.compile(r"(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{43}="), _HIDDEN),  # a key of DATA_KEYS
    (re.compile(r"(://[^/\s:@\"']*):[^/\s@\"']+@"), rf"\1:{_HIDDEN}@"),  # the password in an address
)
_OF_THE_WEB = "uvicorn.error"
"""Where the server writes what it has to say, also of calls that are no calls."""
_SHORTEST_SECRET = 6
"""Shorter values would black out ordinary words."""
_LEVELS = {
    "aiogram.event": logging.WARNING,  # a line for each update; failures are logged by whoever fed the update
    "aiogram_dialog": logging.WARNING,
    "alembic": logging.WARNING,
    "apscheduler": logging.WARNING,
    "asyncio": logging.WARNING,
    "httpcore": logging.WARNING,
    "httpx": logging.WARNING,  # every address at INFO, with the token in it
    "mail.log": logging.WARNING,  # the mail server of the demo: every command, with its addresses
    "sqlalchemy": logging.WARNING,  # every statement and its values at INFO
    "telegram": logging.WARNING,
    "uvicorn.access": logging.WARNING,
}


def configure_logging(
    log_format: LogFormat = "auto",
    *,
    secrets: Iterable[str] = (),
    stream: TextIO | None = None,
    clock: Clock | None = None,
) -> None:
    """Send all logs to `stream` (standard error), from level INFO.

    `secrets` are blacked out wherever they appear, beside everything that looks like one (see
    `secrets_of`). `auto` means text on a terminal, JSON elsewhere. Of warnings that strangers can cause in the server
    each is written once a minute at most, by `clock`.
    """
    target = stream or sys.stderr
    text = log_format == "text" or (log_format == "auto" and target.isatty())
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.ExtraAdder(),
        _without_colours,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(target)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                *_renderers(text=text, colours=target.isatty()),
                Redactor(secrets),
            ],
        )
    )
    logging.captureWarnings(capture=True)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.INFO)
    for name, level in _LEVELS.items():
        logging.getLogger(name).setLevel(level)
    logging.getLogger(_OF_THE_WEB).filters = [SparingWarnings(clock or SystemClock())]


class Redactor:
    """Takes secrets out of a finished line."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        """Know some secrets by heart, and the others by their looks."""
        known = sorted({each for each in secrets if len(each) >= _SHORTEST_SECRET}, key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, known))) if known else None

    def __call__(self, _logger: WrappedLogger, _method: str, line: EventDict | str) -> str:
        """Work as the last processor of structlog."""
        return self.redact(str(line))

    def redact(self, line: str) -> str:
        """Return the line without secrets."""
        if self._known is not None:
            line = self._known.sub(_HIDDEN, line)
        for pattern, replacement in _PATTERNS:
            line = pattern.sub(replacement, line)
        return line


def secrets_of(settings: Settings) -> set[str]:
    """Return every secret that the settings hold, for `configure_logging`."""
    single = (
        settings.bot_token,
        settings.webhook_secret,
        settings.data_keys,
        settings.events_secret,
        settings.metrics_token,
        settings.sentry_dsn,
        settings.smtp_url.password if settings.smtp_url else None,
    )
    found = {each.get_secret_value() for each in (*single, *settings.payment_callback_secrets) if each}
    if settings.data_keys:
        found |= {key.strip() for key in settings.data_keys.get_secret_value().split(",")}
    return found


def _without_colours(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Drop what the server writes a second time, with the colours of a terminal in it."""
    event.pop("color_message", None)
    return event


def _renderers(*, text: bool, colours: bool) -> list[Any]:
    if text:
        # The library's own tracebacks would show the values of local variables: personal data.
        plain = structlog.dev.plain_traceback
        return [structlog.dev.ConsoleRenderer(colors=colours, exception_formatter=plain)]
    return [
        structlog.processors.format_exc_info,
        structlog.processors.JSONRenderer(ensure_ascii=False, default=str),
    ]
