"""A renewal as it stands: the draft with the facts around it, from which every window of it is drawn.

Neither of the two ever changes: what is computed of them for one line of a window is remembered for the next.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from bot.domain.drafts import (
    Draft,
    Facts,
    Gap,
    as_it_is,
    cannot_stay,
    draft_quote,
    effective_registrant,
    gaps,
    year_choices,
)
from bot.domain.mailboxes import Mailbox, is_over
from bot.domain.money import Cents
from bot.domain.notice_ways import NoticeWay, common_way
from bot.domain.prices import Quote, split_payment_has_ended
from bot.domain.registrant import Registrant
from bot.domain.steps import Step, steps
from bot.domain.vat import VatTreatment, treatment_of


@dataclass(frozen=True)
class Renewal:
    """A draft and the facts around it at the instant when it was read: what every window of it is drawn from."""

    draft: Draft
    facts: Facts

    @cached_property
    def path(self) -> tuple[Step, ...]:
        """The steps that this renewal has (DOMAIN.md 3.1: with one renewable mailbox there is none to choose)."""
        catalogue = self.facts.catalogue
        plans = [catalogue.plans[item.plan_id] for item in self.draft.items]
        return steps(
            choose_mailbox=len(self.facts.renewable) > 1,
            choose_space=len(plans) == 1 and bool(plans[0].extra_mailbox_cap or plans[0].extra_archive_cap),
            offer_kit=catalogue.rules.kit_step and bool(catalogue.kits),
        )

    @cached_property
    def quote(self) -> Quote:
        """The price of what is chosen, for one year while the years are not chosen."""
        return draft_quote(self.draft, self.facts)

    @property
    def vat(self) -> VatTreatment:
        """Whether the price waits for the operator's word on the VAT."""
        return treatment_of(self.facts.catalogue, self.registrant)

    @cached_property
    def cannot_stay(self) -> tuple[Mailbox, ...]:
        """Those of its mailboxes that cannot be renewed as they are, since the used space does not fit."""
        return cannot_stay(self.draft, self.facts)

    @cached_property
    def as_it_is(self) -> Draft:
        """The draft with every mailbox as it is now, and no kit."""
        return as_it_is(self.draft, self.facts)

    @cached_property
    def due_as_it_is(self) -> Mapping[int, Cents]:
        """What `as_it_is` costs for each number of years on offer."""
        plain, facts = self.as_it_is, self.facts
        return {years: draft_quote(plain, facts, years).due for years in year_choices(plain, facts)}

    @property
    def split_has_ended(self) -> bool:
        """Whether split payment is declared, and the whole total is due all the same (DOMAIN.md 3.6)."""
        declared = self.registrant.splits_payment
        return split_payment_has_ended(self.facts.catalogue, self.facts.today, declared=declared)

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """What is still to be chosen."""
        return gaps(self.draft, self.facts)

    @cached_property
    def registrant(self) -> Registrant:
        """The registrant data of this renewal, as corrected so far."""
        return effective_registrant(self.draft, self.facts)

    @property
    def mailboxes(self) -> tuple[Mailbox, ...]:
        """The mailboxes in the draft, in its order."""
        return tuple(self.facts.mailboxes[item.mailbox_id] for item in self.draft.items)

    @property
    def notice_way(self) -> NoticeWay:
        """How the notices of the automatic renewal come, were it chosen."""
        return self.draft.notice_by or common_way(box.notice_by for box in self.mailboxes)

    @property
    def ordered_way(self) -> NoticeWay | None:
        """The same as it is ordered: for all mailboxes, as it was shown; None while nobody has chosen for any."""
        if not self.draft.auto_renew:
            return None
        chosen = self.draft.notice_by is not None or any(box.notice_by for box in self.mailboxes)
        return self.notice_way if chosen else None

    @property
    def living(self) -> tuple[Mailbox, ...]:
        """Those of them that were not deleted meanwhile, nor marked gone."""
        facts = self.facts
        return tuple(
            box for box in self.mailboxes if not is_over(box, box.gone_on, facts.catalogue, facts.today)
        )

    @property
    def blocked(self) -> tuple[Mailbox, ...]:
        """Those of them that cannot be renewed here any more: another chat was quicker to order them, say."""
        return tuple(box for box in self.mailboxes if self.facts.blocker(box.id) is not None)
