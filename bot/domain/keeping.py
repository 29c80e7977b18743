"""What it costs to keep a mailbox as it is, for messages about a renewal that nobody has begun."""

from datetime import date

from bot.domain.catalogue import Catalogue
from bot.domain.drafts import initial_item, keeps
from bot.domain.mailboxes import Mailbox
from bot.domain.prices import PricedItem, Quote, max_years, quote
from bot.domain.space import fit


def price_as_it_is(
    catalogue: Catalogue, mailbox: Mailbox, years: int, *, split_payment: bool, today: date
) -> Quote | None:
    """The price of renewing with the plan and the extra GB that the mailbox has now (DOMAIN.md 6).

    None where that cannot be ordered: the used space does not fit, the plan is unknown or renewed with its domain.

    Args:
        catalogue: the prices in force.
        mailbox: what is renewed.
        years: for how long; no longer than a promotion allows.
        split_payment: whether its holder declared split payment.
        today: the date on which promotions are judged.
    """
    plan = catalogue.plans.get(mailbox.plan_id)
    if plan is None or plan.own_domain or not fit(plan, mailbox.usage).possible:
        return None
    item = initial_item(mailbox, catalogue)
    if not keeps(item, mailbox):
        return None
    priced = (PricedItem(mailbox, item.plan_id, item.extra),)
    term = min(years, max_years(catalogue, priced, today))
    return quote(catalogue, priced, kit=None, years=term, split_payment=split_payment, today=today)
