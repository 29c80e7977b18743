"""The button of a reminder that names what it renews: term and amount, and the method where it is the same again."""

from dataclasses import dataclass

from bot.domain.catalogue import Catalogue
from bot.domain.keeping import AsItIs, seal_as_it_is
from bot.messages.chat.buttons import as_it_is_data, fitting
from bot.messages.model import ChatButton
from bot.messages.reminded import Reminded, Reminder
from bot.messages.words import named
from bot.texts import Safe, Translator


@dataclass(frozen=True, slots=True)
class NamedRenewal:
    """A button, and whether what it names is as it was the last time."""

    button: ChatButton
    again: bool


def named_renewal(translator: Translator, catalogue: Catalogue, reminder: Reminder) -> NamedRenewal | None:
    """The button (docs/decisions/023); None where one mailbox or more cannot be named so, or no label fits."""
    offers = [box.as_it_is for box in reminder.mailboxes]
    known = [offer for offer in offers if offer is not None]
    if len(known) < len(offers):
        return None
    if reminder.only is not None:
        return _of_one(translator, catalogue, reminder.only, known[0])
    return _of_all(translator, reminder, known)


def named_words(translator: Translator, reminder: Reminder, renewal: NamedRenewal) -> Safe:
    """What the button keeps; the amount is on it."""
    return translator.html(
        "reminder-named",
        count=len(reminder.mailboxes),
        again=renewal.again,
        split=any(box.split_payment for box in reminder.mailboxes),
    )


def _of_one(
    translator: Translator, catalogue: Catalogue, box: Reminded, offer: AsItIs
) -> NamedRenewal | None:
    seal = seal_as_it_is([offer.mark], offer.due)
    method = catalogue.methods.get(offer.method_id or "")
    if method is not None:
        label = fitting(
            translator.plain(
                "reminder-renew-again",
                years=offer.years,
                due=offer.due,
                method=named(translator, method.short_names),
            )
        )
        data = as_it_is_data(offer.years, seal, mailbox_id=box.id, method_id=method.id)
        if label is not None and data is not None:
            return NamedRenewal(ChatButton(label, data=data), again=True)
    label = fitting(
        translator.plain("reminder-renew-for", years=offer.years, due=offer.due),
        translator.plain("reminder-renew-for-short", years=offer.years, due=offer.due),
    )
    data = as_it_is_data(offer.years, seal, mailbox_id=box.id)
    return None if label is None or data is None else NamedRenewal(ChatButton(label, data=data), offer.again)


def _of_all(translator: Translator, reminder: Reminder, offers: list[AsItIs]) -> NamedRenewal | None:
    """One button for all, for as long as all of them were renewed the last time, or else for one year."""
    terms = {offer.years for offer in offers}
    if len(terms) == 1:
        years, due = terms.pop(), sum(offer.due for offer in offers)
    else:
        years, due = 1, sum(box.due or 0 for box in reminder.mailboxes)
    label = fitting(
        translator.plain("reminder-renew-all", years=years, due=due),
        translator.plain("reminder-renew-all-short", years=years, due=due),
    )
    data = as_it_is_data(
        years,
        seal_as_it_is([offer.mark for offer in offers], due),
        holder_id=reminder.soonest.holder_id,
        by=reminder.mailboxes[-1].expires_on,
    )
    if label is None or data is None:
        return None
    again = all(offer.again and offer.years == years for offer in offers)
    return NamedRenewal(ChatButton(label, data=data), again)
