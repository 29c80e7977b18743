"""Who may report a payment: the Standard Webhooks signature over the raw body (DESIGN.md, "Payment callback").

The library compares in constant time and holds the five minutes' tolerance against the machine's own clock: what it
guards against is a replay in the real world, whatever time the rest of the program is told.
"""

import binascii
from collections.abc import Mapping, Sequence

from pydantic import SecretStr
from standardwebhooks import Webhook, WebhookVerificationError

WEBHOOK_ID = "webhook-id"
LONGEST_ID = 128


class SignatureRefused(Exception):
    """The call is not signed with any of the secrets, or its time is more than five minutes away."""


def verify(secrets: Sequence[SecretStr], body: bytes, headers: Mapping[str, str]) -> str:
    """Check a call against every secret in use, and return its unique id.

    Two secrets are listed while one replaces the other: either is good.

    Raises:
        SignatureRefused: the message says what is wrong, and nothing about the secrets.
    """
    given = {name.lower(): value for name, value in headers.items()}
    webhook_id = given.get(WEBHOOK_ID, "")
    if len(webhook_id) > LONGEST_ID:
        raise SignatureRefused(f"webhook-id is longer than {LONGEST_ID} characters")
    reason = "no secret is set up here: payment callbacks are refused"
    for secret in secrets:
        try:
            Webhook(secret.get_secret_value()).verify(body, given, json_parse=False)
        except WebhookVerificationError as error:
            reason = str(error)
        except (ValueError, binascii.Error):
            # A signature that is not "v1,<base64>", or a body that is not text.
            reason = "No matching signature found"
        else:
            return webhook_id
    raise SignatureRefused(reason)
