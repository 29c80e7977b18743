"""Who may report a payment: the Standard Webhooks signature over the raw body (DESIGN.md, "Payment callback").

The library compares in constant time and holds the five minutes' tolerance against the machine's own clock: what it
guards against is a replay in the real world, whatever time the rest of the program is told.
"""

from collections.abc import Mapping, Sequence

from pydantic import SecretStr
from standardwebhooks import Webhook, WebhookVerificationError

WEBHOOK_ID = "webhook-id"
TIMESTAMP = "webhook-timestamp"
SIGNATURE = "webhook-signature"
LONGEST_ID = 128
TOLERANCE_MINUTES = 5
"""The library's."""

_NO_MATCH = "No matching signature found"


class SignatureRefused(Exception):
    """The call is not signed with any of the secrets, or its time is more than five minutes away."""


def verify(secrets: Sequence[SecretStr], body: bytes, headers: Mapping[str, str]) -> str:
    """Check a call against every secret in use, and return its unique id.

    Two secrets are listed while one replaces the other: either is good.

    Raises:
        SignatureRefused: the message says what is wrong, and nothing about the secrets.
    """
    given = {name: headers.get(name, "") for name in (WEBHOOK_ID, TIMESTAMP, SIGNATURE)}
    missing = [name for name, value in given.items() if not value]
    if missing:
        raise SignatureRefused(f"missing: {', '.join(missing)}")
    if len(given[WEBHOOK_ID]) > LONGEST_ID:
        raise SignatureRefused(f"{WEBHOOK_ID} is longer than {LONGEST_ID} characters")
    try:
        body.decode()
    except UnicodeDecodeError:
        raise SignatureRefused("the body is not UTF-8: no signature can hold for it") from None
    reason = "no secret is set up here: payment callbacks are refused"
    for secret in secrets:
        try:
            Webhook(secret.get_secret_value()).verify(body, given, json_parse=False)
        except WebhookVerificationError as error:
            reason = str(error)
        except ValueError:
            # A signature that is not "v1,<base64>".
            reason = _NO_MATCH
        else:
            return given[WEBHOOK_ID]
    raise SignatureRefused(reason)
