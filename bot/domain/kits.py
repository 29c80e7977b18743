"""A digital-signature kit as it is offered: its price, and whether it is the registrant's (DOMAIN.md 3.4)."""

from dataclasses import dataclass

from bot.domain.catalogue import Kit
from bot.domain.drafts import Draft, Facts, effective_registrant
from bot.domain.money import Cents
from bot.domain.prices import LineKind, quote
from bot.domain.registrant import ShippingAddress


@dataclass(frozen=True, slots=True)
class KitPrice:
    """What a kit costs, in cents, VAT included; `shipping` is 0 where nothing is shipped."""

    kit: Cents
    shipping: Cents

    @property
    def total(self) -> Cents:
        """Kit and shipping."""
        return self.kit + self.shipping


def kit_price(kit: Kit, facts: Facts) -> KitPrice:
    """The price of a kit by itself, as it is offered to all: split payment changes what is due, not this."""
    alone = quote(facts.catalogue, (), kit=kit, years=1, split_payment=False, today=facts.today)
    shipping = sum(line.total for line in alone.lines if line.kind is LineKind.SHIPPING)
    return KitPrice(alone.total - shipping, shipping)


def names_registrant(draft: Draft, facts: Facts) -> bool:
    """Whether the kit names the registrant, whatever e-mail and mobile it has."""
    if draft.kit is None or draft.kit.holder is None:
        return False
    registrant, holder = effective_registrant(draft, facts), draft.kit.holder
    return (holder.first_name, holder.last_name, holder.tax_code) == (
        registrant.first_name,
        registrant.last_name,
        registrant.tax_code,
    )


def goes_to_registrant(draft: Draft, facts: Facts) -> bool:
    """Whether the kit is sent to the registrant's own address."""
    if draft.kit is None or draft.kit.shipping is None:
        return False
    registrant = effective_registrant(draft, facts)
    return draft.kit.shipping == ShippingAddress(registrant.display_name, registrant.address)
