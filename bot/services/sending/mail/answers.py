"""What the mail server's answers mean for a mail: again, never, or nobody knows.

Servers like to repeat the address in their answers, so that only their codes are kept as the reason: the reply code
(RFC 5321) and the enhanced one (RFC 3463).
"""

import re
import ssl
from datetime import timedelta
from typing import Final

from aiosmtplib import (
    SMTPAuthenticationError,
    SMTPConnectError,
    SMTPDataError,
    SMTPRecipientRefused,
    SMTPResponseException,
    SMTPSenderRefused,
)

from bot.services.sending.mail.connection import PasswordInTheClear
from bot.services.sending.outbox import Outcome, Result

GREYLISTED_WAIT: Final = timedelta(minutes=2)
"""A server that says "later" to whom it does not know yet means minutes; asked sooner, some begin to count anew."""
AWAY_REST: Final = timedelta(seconds=30)
"""How long the server is left alone that cannot be reached, or is shutting down."""
SETTINGS_REST: Final = timedelta(minutes=5)
"""How long nothing is tried that only the operator can put right."""

_ENHANCED: Final = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")
_NO_SUCH_MAILBOX: Final = frozenset(
    {"5.1.0", "5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.0", "5.2.1", "5.2.2", "5.4.4"}
)
_NO_SUCH_MAILBOX_PLAIN: Final = frozenset({550, 551, 553})
"""What a server without enhanced codes says to a recipient who does not exist."""
_CLOSING: Final = 421
_TOO_LARGE: Final = 552
_LATER: Final = 400
_FOR_EVER: Final = 500


def judge(error: Exception, *, handed_over: bool) -> Outcome:
    """What became of a mail whose handing over ended with this error.

    Args:
        error: what `Connection` raised, or `TimeoutError`.
        handed_over: whether its content had left by then.
    """
    to_put_right = _wrong_setting(error)
    if to_put_right is not None:
        return Outcome(Result.RETRY, to_put_right, wait=SETTINGS_REST, rest=SETTINGS_REST)
    if isinstance(error, SMTPConnectError):
        return _away("the mail server cannot be reached, or takes no mail now")
    if isinstance(error, SMTPResponseException):
        return _answered(error)
    if handed_over:
        return Outcome(
            Result.UNKNOWN, "the mail server did not answer at the end: it may have taken the mail"
        )
    return _away("the connection to the mail server was lost")


def _wrong_setting(error: Exception) -> str | None:
    """What the operator has to put right before any mail can leave; nothing when it is something else."""
    match error:
        case PasswordInTheClear():
            return str(error)
        case ssl.SSLError() | SMTPConnectError(__cause__=ssl.SSLError()):
            return "the mail server's certificate is not trusted, or the encryption failed"
        case SMTPAuthenticationError() if error.code >= _FOR_EVER:
            return f"the mail server refuses the login of SMTP_URL: {_codes(error)}"
        case SMTPSenderRefused() if error.code >= _FOR_EVER and error.code != _TOO_LARGE:
            return f"the mail server refuses MAIL_FROM: {_codes(error)}"
    return None


def _answered(error: SMTPResponseException) -> Outcome:
    codes = _codes(error)
    if error.code == _CLOSING:
        return _away(f"the mail server is shutting down, or busy: {codes}")
    if _LATER <= error.code < _FOR_EVER:
        return Outcome(Result.RETRY, f"the mail server says later: {codes}", wait=GREYLISTED_WAIT)
    if isinstance(error, SMTPRecipientRefused | SMTPDataError) and _no_such_mailbox(error):
        return Outcome(Result.UNREACHABLE, f"the mail server says that the address takes no mail: {codes}")
    if isinstance(error, SMTPRecipientRefused | SMTPSenderRefused | SMTPDataError):
        return Outcome(Result.FAILED, f"the mail server refuses the mail: {codes}")
    return _away(f"the mail server answers in a way that cannot be understood: {codes}")


def _no_such_mailbox(error: SMTPResponseException) -> bool:
    enhanced = _ENHANCED.search(error.message)
    if enhanced is not None:
        return enhanced.group() in _NO_SUCH_MAILBOX
    return isinstance(error, SMTPRecipientRefused) and error.code in _NO_SUCH_MAILBOX_PLAIN


def _codes(error: SMTPResponseException) -> str:
    enhanced = _ENHANCED.search(error.message)
    return str(error.code) if enhanced is None else f"{error.code} {enhanced.group()}"


def _away(reason: str) -> Outcome:
    return Outcome(Result.RETRY, reason, wait=AWAY_REST, rest=AWAY_REST)
