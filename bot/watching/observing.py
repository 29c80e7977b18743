"""Errors, reported to the Sentry project of SENTRY_DSN: what failed and where, with no secret and nobody's data.

Every error that is logged is reported, and so is the one that ends the process. A report holds the line that was
logged and the traceback. It holds no values of variables, no request and no line that was logged before it; secrets,
e-mail addresses and the values of SQL statements are taken out of its texts. Nothing of the program is patched for
it, and a Sentry that cannot be reached disturbs nothing.
"""

import logging
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeAlias

from bot.settings import Settings
from bot.watching.logs import Redactor, secrets_of

if TYPE_CHECKING:
    from sentry_sdk.transport import Transport
    from sentry_sdk.types import Event, Hint

_ExcInfo: TypeAlias = (
    bool
    | BaseException
    | tuple[type[BaseException], BaseException, TracebackType | None]
    | tuple[None, None, None]
    | None
)

_LAST_REPORTS_SECONDS = 2.0
_EMAIL = re.compile(r"[^\s@<>()\[\]{}'\",;:]+@[^\s@<>()\[\]{}'\",;:]+")
_SQL_VALUES = re.compile(r"\[parameters: .*", re.DOTALL)
_NOT_EXTRA = frozenset({"event", "level", "logger", "timestamp", "exc_info", "stack_info"})


@contextmanager
def reporting_errors(settings: Settings, transport: "type[Transport] | None" = None) -> Iterator[None]:
    """Report errors for the length of a `with` block, if SENTRY_DSN is set; call it once logging is configured.

    At the end, what is not yet sent has two seconds. `transport` takes the place of the network in tests.
    """
    if settings.sentry_dsn is None:
        yield
        return

    import sentry_sdk

    sentry_sdk.init(  # personal data is not sent unless `send_default_pii` asks for it, which it may no longer
        dsn=settings.sentry_dsn.get_secret_value(),
        transport=transport,
        before_send=_Scrubber(Redactor(secrets_of(settings))),
        default_integrations=False,
        auto_enabling_integrations=False,
        auto_session_tracking=False,
        include_local_variables=False,
        max_breadcrumbs=0,
        max_request_body_size="never",
        send_client_reports=False,
    )
    reporter = _Reporter(logging.ERROR)
    logging.getLogger().addHandler(reporter)
    try:
        yield
    except Exception:
        sentry_sdk.capture_exception()
        raise
    finally:
        logging.getLogger().removeHandler(reporter)
        sentry_sdk.get_client().close(timeout=_LAST_REPORTS_SECONDS)


class _Reporter(logging.Handler):
    """Reports the errors that are logged, by us or by a library."""

    def emit(self, record: logging.LogRecord) -> None:
        if record.name.startswith("sentry_sdk"):
            return  # about reports that cannot be sent: another report would not help
        try:
            _report(record)
        except Exception:  # noqa: BLE001 - a report that fails must not fail what was to be reported
            self.handleError(record)


def _report(record: logging.LogRecord) -> None:
    import sentry_sdk

    # Our own lines arrive here as structlog's dictionaries, those of libraries as texts with arguments.
    said: dict[str, Any] = record.msg if isinstance(record.msg, dict) else {"event": record.msg}
    with sentry_sdk.new_scope() as scope:
        scope.set_level("fatal" if record.levelno >= logging.CRITICAL else "error")
        scope.set_tag("logger", record.name)
        scope.set_tag("event", str(said["event"]))
        for name, value in said.items():
            if name not in _NOT_EXTRA:
                scope.set_extra(name, str(value))
        failure = _failure(said.get("exc_info") or record.exc_info)
        if failure is not None:
            scope.capture_exception(failure)
        else:
            scope.fingerprint = [record.name, str(said["event"])]
            scope.capture_message(str(said["event"]) if said is record.msg else record.getMessage())


def _failure(exc_info: _ExcInfo) -> BaseException | None:
    """The exception of a log record, in whichever form `logging` or structlog carries it."""
    match exc_info:
        case BaseException():
            return exc_info
        case (_, exception, _):
            return exception
        case True:
            return sys.exc_info()[1]
        case _:
            return None


class _Scrubber:
    """Takes out of a finished report what must not leave: works as Sentry's `before_send`."""

    def __init__(self, redactor: Redactor) -> None:
        self._redactor = redactor

    def __call__(self, event: "Event", _hint: "Hint") -> "Event":
        scrubbed: Event = self._scrub(event)
        return scrubbed

    def _scrub(self, value: Any) -> Any:
        if isinstance(value, str):
            return _EMAIL.sub("***", _SQL_VALUES.sub("[parameters: ***]", self._redactor.redact(value)))
        if isinstance(value, dict):
            return {name: self._scrub(each) for name, each in value.items()}
        if isinstance(value, list | tuple):
            return [self._scrub(each) for each in value]
        return value
