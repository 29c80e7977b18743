"""What an offer consists of at one instant, so that a change between the screen and the tap is noticed."""

import hashlib
from datetime import date

from bot.domain.calendar import new_expiry, registered
from bot.domain.drafts import documents_for
from bot.services.renewals import Renewal

_SEAL_LENGTH = 10


def expiry_after(renewal: Renewal, expires_on: date, years: int) -> date:
    """The expiry of a mailbox after `years`: the date on the screens, and the one written in the order.

    It counts on the latest date on which a payment made today by the chosen method is registered; while none is
    chosen, on today.
    """
    facts = renewal.facts
    method = facts.catalogue.methods.get(renewal.draft.method_id or "")
    paid_on = facts.today if method is None else registered(method, facts.today).latest
    return new_expiry(expires_on, years, facts.catalogue, paid_on)


def offer_seal(renewal: Renewal) -> str:
    """What the final button carries: the amount due in cents, and a digest of all that is agreed to.

    Whatever differs at the tap (a price, a document, a date) makes another seal (DOMAIN.md 3.8). At most 20
    characters, so that it fits in the button's data.
    """
    draft, facts = renewal.draft, renewal.facts
    quote = renewal.quote
    agreed = (
        quote,
        draft.items,
        draft.method_id,
        draft.auto_renew,
        tuple((document.id.value, document.version) for document in documents_for(draft, facts)),
        tuple(expiry_after(renewal, box.expires_on, quote.years) for box in renewal.mailboxes),
    )
    digest = hashlib.sha256(repr(agreed).encode()).hexdigest()
    return f"{quote.due}-{digest[:_SEAL_LENGTH]}"
