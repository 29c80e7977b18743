"""What an offer consists of at one instant, so that a change between the screen and the tap is noticed."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.domain.calendar import charge_date, new_expiry, registered
from bot.domain.drafts import chosen_method, documents_for, draft_quote
from bot.domain.money import Cents
from bot.domain.prices import split_payment_has_ended
from bot.domain.renewal import Renewal
from bot.domain.seals import digest, seal, sealed_due
from bot.domain.summary import next_renewal, of_mailbox
from bot.domain.vat import VatTreatment
from bot.services.errors import OfferChanged

_WHOLE: Final = 6
_PART: Final = 2
"""Characters of the digest of all that is agreed to, and of each of the two that tell what has changed."""


@dataclass(frozen=True, slots=True)
class AutomaticRenewal:
    """The first automatic renewal that would follow this one (DOMAIN.md 3.6).

    Attributes:
        years: its term, the same as now.
        amount: cents to be charged, by today's ordinary prices.
        split: whether all of it is without VAT, which the holder pays to the state.
        split_ends: whether split payment is declared, and not authorised any more on the day of a charge.
        first_charge: the day of the charge of the mailbox that expires first; `last_charge` of the last one.
    """

    years: int
    amount: Cents
    split: bool
    split_ends: bool
    first_charge: date
    last_charge: date


def expiry_after(renewal: Renewal, expires_on: date, years: int) -> date:
    """The expiry of a mailbox after `years`: the date on the screens, and the one written in the order.

    It counts on the latest date on which a payment made today by the chosen method is registered; while none is
    chosen, on today.
    """
    facts = renewal.facts
    method = chosen_method(renewal.draft, facts)
    paid_on = facts.today if method is None else registered(method, facts.today, facts.at).latest
    return new_expiry(expires_on, years, facts.catalogue, paid_on)


def automatic_renewal(renewal: Renewal, years: int) -> AutomaticRenewal:
    """What automatic renewal would charge, and when, after a renewal of `years` (DOMAIN.md 3.6)."""
    catalogue = renewal.facts.catalogue
    charges = {
        box.id: charge_date(expiry_after(renewal, box.expires_on, years), catalogue)
        for box in renewal.mailboxes
    }
    now, declared = draft_quote(renewal.draft, renewal.facts, years), renewal.registrant.splits_payment
    later = [next_renewal(of_mailbox(now, box), years, catalogue, on) for box, on in charges.items()]
    return AutomaticRenewal(
        years=years,
        amount=sum(quote.due for quote in later),
        split=all(quote.split_payment for quote in later),
        split_ends=split_payment_has_ended(catalogue, max(charges.values()), declared=declared),
        first_charge=min(charges.values()),
        last_charge=max(charges.values()),
    )


def offer_seal(renewal: Renewal) -> str:
    """What the final button carries: the seal of all that is agreed to (DOMAIN.md 3.8).

    Its last characters are digests of the documents and of the dates alone: they decide nothing, and only help to say
    what has changed.
    """
    draft, quote = renewal.draft, renewal.quote
    documents, dates = _documents(renewal), _dates(renewal)
    # What is not chosen is left out: buttons of an earlier release, which could not choose it, go on working.
    way = () if draft.notice_by is None else (draft.notice_by,)
    open_vat = () if renewal.vat is VatTreatment.CHARGED else (renewal.vat,)
    agreed = (quote, draft.items, draft.method_id, draft.auto_renew, documents, dates, *way, *open_vat)
    return seal(quote.due, digest(agreed, _WHOLE) + digest(documents, _PART) + digest(dates, _PART))


def what_changed(sealed: str, renewal: Renewal) -> OfferChanged:
    """How the offer differs from the one that was sealed, as the error to raise."""
    due = renewal.quote.due
    shown = sealed_due(sealed)
    if shown is None:
        return OfferChanged(due, due, documents=False, dates=False)
    current = offer_seal(renewal)
    return OfferChanged(
        shown,
        due,
        documents=sealed[-2 * _PART : -_PART] != current[-2 * _PART : -_PART],
        dates=sealed[-_PART:] != current[-_PART:],
    )


def _documents(renewal: Renewal) -> tuple[tuple[str, str], ...]:
    documents = documents_for(renewal.draft, renewal.facts)
    return tuple((document.id.value, document.version) for document in documents)


def _dates(renewal: Renewal) -> tuple[date, ...]:
    years = renewal.quote.years
    return tuple(expiry_after(renewal, box.expires_on, years) for box in renewal.mailboxes)
