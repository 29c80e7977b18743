"""The renewal that a reminder's button names whole: begun by one tap, as long as it is still what the message said."""

from dataclasses import dataclass
from datetime import date

from bot.domain.drafts import as_it_is, cannot_stay, draft_quote, initial_item, year_choices
from bot.domain.keeping import mark_of, pays_in_time, seal_as_it_is
from bot.domain.money import Cents
from bot.domain.renewal import Renewal
from bot.domain.seals import sealed_due
from bot.domain.steps import Step
from bot.services.actor import Actor
from bot.services.errors import OtherDraftOpen
from bot.services.renewing.renewals import Renewals


@dataclass(frozen=True, slots=True)
class OfMailbox:
    """The one mailbox that a button is about."""

    mailbox_id: int


@dataclass(frozen=True, slots=True)
class OfHolder:
    """The mailboxes that a button is about: those of a holder that expire by a day."""

    holder_id: int
    by: date


@dataclass(frozen=True, slots=True)
class Named:
    """What the button says: the years, the seal of what it was made for, and the method if it names one."""

    years: int
    seal: str
    method_id: str | None


@dataclass(frozen=True, slots=True)
class Differs:
    """How it is no longer as the button said.

    Attributes:
        said: cents that the button named; None where it is no button of ours.
        now: cents for the same years; None where they cannot be had as it is.
        count: the mailboxes that would be renewed.
    """

    said: Cents | None
    now: Cents | None
    count: int

    @property
    def is_of_price(self) -> bool:
        """Whether the amount is another one, rather than what it is for."""
        return self.said is not None and self.now is not None and self.said != self.now


@dataclass(frozen=True, slots=True)
class Begun:
    """The renewal, and what has to be said of it.

    Attributes:
        renewal: with years and method chosen as the button named them; with nothing chosen where it `differs`.
        differs: what is no longer as the button said; None where all is.
        late: the id of the method that the button named and that is not in time any more; None where there is none.
    """

    renewal: Renewal
    differs: Differs | None = None
    late: str | None = None


class RenewalsAsTheyAre:
    """Begins renewals by one tap."""

    def __init__(self, renewals: Renewals) -> None:
        """Begin them among `renewals`."""
        self._renewals = renewals

    async def begin(self, actor: Actor, what: OfMailbox | OfHolder, named: Named) -> Begun:
        """Choose what the button named, or begin with nothing chosen where that is no longer so (DOMAIN.md 3.8).

        Raises:
            NotYours: the mailboxes are not this chat's.
            NothingToRenew: none of them can be renewed here.
            OtherDraftOpen: a renewal of others is under way in this chat, or one of the same with other choices.
        """
        if isinstance(what, OfMailbox):
            renewal = await self._renewals.begin_with(actor, what.mailbox_id)
        else:
            renewal = await self._renewals.begin_due(actor, what.holder_id, what.by)
        if _has_own_choices(renewal):
            raise OtherDraftOpen(renewal.draft.id)
        renewal = await self._renewals.move(actor, renewal.draft.id, Step.PLAN)
        differs = _differs(renewal, named)
        if differs is not None:
            return Begun(renewal, differs)
        chosen = await self._renewals.renew_as_it_is(actor, renewal.draft.id, named.years)
        if named.method_id is None:
            return Begun(chosen)
        return await self._pay_by(actor, chosen, named.method_id)

    async def _pay_by(self, actor: Actor, renewal: Renewal, method_id: str) -> Begun:
        facts, kind = renewal.facts, renewal.registrant.kind
        if not pays_in_time(facts.catalogue, method_id, kind, renewal.mailboxes, facts.today, facts.at):
            return Begun(renewal, late=method_id)
        await self._renewals.choose_method(actor, renewal.draft.id, method_id)
        return Begun(await self._renewals.go_on(actor, renewal.draft.id, Step.PAYMENT))


def _has_own_choices(renewal: Renewal) -> bool:
    """Whether something else than "as it is" was chosen in it."""
    draft, facts = renewal.draft, renewal.facts
    if draft.kit is not None and draft.kit.kit_id is not None:
        return True
    return any(
        item != initial_item(facts.mailboxes[item.mailbox_id], facts.catalogue) for item in draft.items
    )


def _differs(renewal: Renewal, named: Named) -> Differs | None:
    draft, facts = renewal.draft, renewal.facts
    plain = as_it_is(draft, facts)
    now, plans = None, [facts.catalogue.plans[item.plan_id] for item in plain.items]
    if not cannot_stay(draft, facts) and named.years in year_choices(plain, facts):
        now = draft_quote(plain, facts, named.years).due
        same = seal_as_it_is(map(mark_of, renewal.mailboxes), now) == named.seal
        if same and all(plan.on_sale for plan in plans):
            return None
    return Differs(sealed_due(named.seal), now, len(draft.items))
