"""The renewals under way: begins one, changes it choice by choice, resumes it, throws it away.

Every method checks that the chat may do it. A choice applies one rule of `bot.domain.choices` to what the update has
read, and is stored with the chat's state when the update ends (see `working`); what begins or throws away is stored at
once. What comes back is a `Renewal`: the draft with the facts around it, from which a window is drawn.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select

from bot.db.engine import Database
from bot.db.tables import DraftRow, HolderRow, MailboxRow, MuteRow
from bot.domain import choices, form_answers, ways
from bot.domain.catalogue import DocumentId
from bot.domain.deadlines import Deadline, deadline
from bot.domain.drafts import Draft, Facts, effective_registrant
from bot.domain.mailboxes import Mailbox
from bot.domain.notice_ways import NoticeWay
from bot.domain.registrant import AnyField, Form, InvoiceRoute, Registrant, set_route
from bot.domain.renewal import Renewal
from bot.domain.steps import Step
from bot.services.access import Action, may
from bot.services.actor import Actor
from bot.services.closing import Ending, close_drafts
from bot.services.errors import NothingToRenew, NotYours
from bot.services.renewing.beginning import begin_new, begin_or_go_on
from bot.services.renewing.draft_rows import card_changed
from bot.services.renewing.facts import read_facts, read_mailboxes
from bot.services.renewing.resuming import Resumed, over_in, without
from bot.services.renewing.working import Working, WorkingDrafts
from bot.services.surroundings import Surroundings


@dataclass(frozen=True, slots=True)
class Holding:
    """A holder that the chat may renew for, with all of its mailboxes, soonest expiry first."""

    holder_id: int
    name: str
    mailboxes: tuple[Mailbox, ...]


class Renewals:
    """The drafts of all chats."""

    def __init__(self, database: Database, surroundings: Surroundings) -> None:
        """Keep drafts in `database`, judged in these `surroundings`."""
        self._database = database
        self._surroundings = surroundings
        self._working = WorkingDrafts(database, surroundings)

    # Beginning and ending

    async def holdings(self, actor: Actor) -> tuple[Holding, ...]:
        """Every holder that this chat is bound to, by name: an order is always for one of them."""
        async with self._database.read() as session:
            rows = (
                await session.execute(
                    select(HolderRow).where(may(actor.chat_id, Action.SEE, HolderRow.customer_id))
                )
            ).scalars()
            holders = {row.id: Registrant.from_json(row.data).display_name for row in rows}
            mailboxes = await read_mailboxes(session, MailboxRow.holder_id.in_(holders))
        grouped: dict[int, list[Mailbox]] = {holder_id: [] for holder_id in holders}
        for mailbox in mailboxes:
            grouped[mailbox.holder_id].append(mailbox)
        found = [Holding(key, holders[key], tuple(boxes)) for key, boxes in grouped.items() if boxes]
        return tuple(sorted(found, key=lambda holding: holding.name.casefold()))

    async def deadlines(self, actor: Actor) -> tuple[Deadline, ...]:
        """What comes next for each mailbox of this chat that is neither deleted nor gone."""
        catalogue, today = self._surroundings.catalogue, self._surroundings.today()
        boxes = [box for holding in await self.holdings(actor) for box in holding.mailboxes]
        found = (deadline(box, catalogue, today) for box in boxes)
        return tuple(each for each in found if each is not None)

    async def begin(self, actor: Actor, holder_id: int) -> Renewal:
        """Begin a renewal for a holder. Its only renewable mailbox, if it has one only, is in it already.

        Raises:
            NotYours: the holder is not this chat's.
            NothingToRenew: none of its mailboxes can be renewed here.
            OtherDraftOpen: a renewal is under way in this chat.
        """
        async with self._database.write() as session:
            facts = await read_facts(session, self._surroundings, actor, holder_id, hold=True)
            renewable = facts.renewable
            if not renewable:
                raise NothingToRenew
            chosen = renewable if len(renewable) == 1 else ()
            begun = await begin_new(session, actor, holder_id, facts, chosen)
        return self._working.begin(actor, begun)

    async def begin_with(self, actor: Actor, mailbox_id: int) -> Renewal:
        """Begin the renewal of this mailbox, as a *Rinnova* button does, or go on with the one under way for it.

        Raises:
            NotYours: the mailbox is not this chat's.
            NothingToRenew: it cannot be renewed here.
            OtherDraftOpen: a renewal of other mailboxes is under way in this chat.
        """
        async with self._database.write() as session:
            mailbox = await session.get(MailboxRow, mailbox_id)
            if mailbox is None:
                raise NotYours
            facts = await read_facts(session, self._surroundings, actor, mailbox.holder_id, hold=True)
            if facts.blocker(mailbox_id) is not None:
                raise NothingToRenew
            chosen = (facts.mailboxes[mailbox_id],)
            begun = await begin_or_go_on(session, actor, mailbox.holder_id, facts, chosen)
        return self._working.begin(actor, begun)

    async def begin_due(self, actor: Actor, holder_id: int, by: date) -> Renewal:
        """Begin the renewal of a holder's mailboxes that expire by a day, as *Rinnova* of several does.

        What was muted in this chat is not chosen for it, nor what its customer does not renew: nothing was said of it.

        Raises:
            NotYours: the holder is not this chat's.
            NothingToRenew: none of them can be renewed here.
            OtherDraftOpen: a renewal of other mailboxes is under way in this chat.
        """
        async with self._database.write() as session:
            facts = await read_facts(session, self._surroundings, actor, holder_id, hold=True)
            muted = set(
                await session.scalars(select(MuteRow.mailbox_id).where(MuteRow.chat_id == actor.chat_id))
            )
            due = [
                box
                for box in facts.renewable
                if box.expires_on <= by and box.id not in muted and not box.declined
            ]
            chosen = due[: facts.catalogue.rules.max_mailboxes]
            if not chosen:
                raise NothingToRenew
            begun = await begin_or_go_on(session, actor, holder_id, facts, chosen)
        return self._working.begin(actor, begun)

    async def due_holders(self, actor: Actor, customer_id: int, by: date) -> tuple[int, ...]:
        """The holders of a customer who have a mailbox that expires by a day, the soonest first.

        Raises:
            NotYours: the customer is not this chat's, or has none.
        """
        async with self._database.read() as session:
            rows = await session.execute(
                select(MailboxRow.holder_id)
                .where(
                    may(actor.chat_id, Action.RENEW, MailboxRow.customer_id),
                    MailboxRow.customer_id == customer_id,
                    MailboxRow.expires_on <= by,
                )
                .order_by(MailboxRow.expires_on, MailboxRow.id)
            )
            holders = tuple(dict.fromkeys(rows.scalars()))
        if not holders:
            raise NotYours
        return holders

    async def unfinished(self, actor: Actor) -> Renewal | None:
        """The renewal under way in this chat, if there is one and it is still the chat's to make.

        One of mailboxes that were all deleted, or are gone, ends here: there is nothing left to renew (DOMAIN.md 6).
        """
        working = await self._working.find(actor)
        if working is None:
            return None
        renewal = working.renewal
        if renewal.draft.items and not renewal.living:
            await self.resume(actor)
            return None
        return renewal

    async def resume(self, actor: Actor) -> Resumed | None:
        """Go on with the renewal under way, without mailboxes that were deleted or left meanwhile; None without one.

        One of mailboxes that are all over ends here (DOMAIN.md 6).
        """
        working = await self._working.find(actor)
        if working is None:
            return None
        renewal = working.renewal
        over = over_in(renewal)
        if over and len(over) == len(renewal.draft.items):
            async with self._database.write() as session:
                await close_drafts(session, Ending.DISCARDED, DraftRow.id == renewal.draft.id)
            return None
        if over:
            renewal = await self._change(actor, renewal.draft.id, lambda d, f: without(over, d, f))
        return Resumed(
            renewal,
            deleted=tuple(box.address for box in over if box.gone_on is None),
            gone=tuple(box.address for box in over if box.gone_on is not None),
        )

    async def discard(self, actor: Actor) -> None:
        """Throw away the renewal under way in this chat, with the personal data in it; without one, do nothing."""
        async with self._database.write() as session:
            await close_drafts(session, Ending.DISCARDED, DraftRow.chat_id == actor.chat_id)

    async def read(self, actor: Actor, draft_id: int) -> Renewal:
        """The renewal as it stands.

        Raises:
            NotYours: no such draft in this chat.
            DraftClosed: it was ordered or thrown away.
        """
        return (await self._working.get(actor, draft_id)).renewal

    # Choosing: each returns the changed renewal, or raises `ChoiceRefused` and changes nothing

    async def move(self, actor: Actor, draft_id: int, step: Step) -> Renewal:
        """Remember the step at which the conversation stands, to resume there, and from where it was reached."""
        return await self._change(actor, draft_id, lambda draft, _: ways.arrive(draft, step))

    async def go_on(self, actor: Actor, draft_id: int, step: Step) -> Renewal:
        """Go on after the choice of `step`, to the next step of the way (see `ways.go_on`)."""
        return await self._change(actor, draft_id, lambda draft, facts: ways.go_on(draft, facts, step))

    async def go_back(self, actor: Actor, draft_id: int, step: Step) -> Renewal:
        """Go back from `step` to where it was reached from (see `ways.go_back`)."""
        return await self._change(actor, draft_id, lambda draft, facts: ways.go_back(draft, facts, step))

    async def toggle_mailbox(self, actor: Actor, draft_id: int, mailbox_id: int) -> Renewal:
        """Set or clear a mailbox's flag (DOMAIN.md 3.1)."""
        return await self._change(actor, draft_id, lambda d, f: choices.toggle_mailbox(d, f, mailbox_id))

    async def select_all(self, actor: Actor, draft_id: int) -> Renewal:
        """Set the flag of every renewable mailbox, up to what one order holds (DOMAIN.md 3.1)."""
        return await self._change(actor, draft_id, choices.select_all)

    async def select_none(self, actor: Actor, draft_id: int) -> Renewal:
        """Clear the flags of all mailboxes."""
        return await self._change(actor, draft_id, lambda d, _: choices.select_none(d))

    async def choose_plan(
        self,
        actor: Actor,
        draft_id: int,
        mailbox_id: int,
        plan_id: str,
        *,
        archive_loss_confirmed: bool = False,
    ) -> Renewal:
        """Keep or change a mailbox's plan (DOMAIN.md 3.2)."""
        return await self._change(
            actor,
            draft_id,
            lambda d, f: choices.choose_plan(
                d, f, mailbox_id, plan_id, archive_loss_confirmed=archive_loss_confirmed
            ),
        )

    async def check_space_again(self, actor: Actor, draft_id: int, mailbox_id: int) -> Renewal:
        """Look at a mailbox's used space again, after messages were deleted (DOMAIN.md 3.2)."""
        return await self._change(actor, draft_id, lambda d, f: choices.check_space_again(d, f, mailbox_id))

    async def step_space(
        self,
        actor: Actor,
        draft_id: int,
        mailbox_id: int,
        *,
        mailbox_gb: int = 0,
        archive_gb: int = 0,
        tap: int | None = None,
    ) -> Renewal:
        """Add to a mailbox's extra GB, or take away (DOMAIN.md 3.3).

        `tap` is the number of the update that asks for it: one that is delivered again, since the bot died before it
        could note that it was processed, is not counted twice.
        """

        def step(working: Working) -> Working:
            if tap is not None and working.rows.counted_tap == tap:
                return working
            draft, facts = working.renewal.draft, working.renewal.facts
            stepped = working.become(choices.step_space(draft, facts, mailbox_id, mailbox_gb, archive_gb))
            return replace(stepped, rows=replace(stepped.rows, counted_tap=tap))

        return await self._working.change(actor, draft_id, step)

    async def answer_kit(self, actor: Actor, draft_id: int, kit_id: str | None) -> Renewal:
        """Answer the offer of a digital-signature kit; None is no (DOMAIN.md 3.4)."""
        return await self._change(actor, draft_id, lambda d, f: form_answers.answer_kit(d, f, kit_id))

    async def kit_for_registrant(self, actor: Actor, draft_id: int) -> Renewal:
        """Name the registrant in the kit, where that is one person; e-mail and mobile are still asked."""
        return await self._change(actor, draft_id, form_answers.kit_for_registrant)

    async def ship_to_registrant(self, actor: Actor, draft_id: int) -> Renewal:
        """Send the kit to the registrant's address."""
        return await self._change(actor, draft_id, form_answers.ship_to_registrant)

    async def answer_field(
        self, actor: Actor, draft_id: int, form: Form, field: AnyField, text: str
    ) -> Renewal:
        """Keep the answer to one question of a form.

        Raises:
            FieldError: the answer is missing or wrong; says what, with an example.
            LockedField: only a change of holder can change it.
            FieldNotAsked: this holder has no such field.
        """
        return await self._change(
            actor, draft_id, lambda d, f: form_answers.answer_field(d, f, form, field, text)
        )

    async def begin_street(self, actor: Actor, draft_id: int, form: Form, text: str) -> Renewal:
        """Keep a street whose number is asked next.

        Raises:
            FieldError: it is no street.
            FieldNotAsked: the form has no address.
        """
        return await self._change(actor, draft_id, lambda d, f: form_answers.begin_street(d, f, form, text))

    async def set_invoice_route(
        self, actor: Actor, draft_id: int, route: InvoiceRoute, value: str = ""
    ) -> Renewal:
        """Choose how the invoice arrives (DOMAIN.md 3.5)."""
        return await self._change(
            actor,
            draft_id,
            lambda d, f: form_answers.set_registrant(d, set_route(effective_registrant(d, f), route, value)),
        )

    async def confirm_registrant(self, actor: Actor, draft_id: int) -> Renewal:
        """Confirm the registrant data (DOMAIN.md 3.5); not those that changed on record since the draft was touched."""

        def confirm(working: Working) -> Working:
            draft, facts = working.renewal.draft, working.renewal.facts
            seen = not card_changed(working.rows, facts)
            return working.become(form_answers.confirm_registrant(draft, facts) if seen else draft)

        return await self._working.change(actor, draft_id, confirm)

    async def choose_method(self, actor: Actor, draft_id: int, method_id: str) -> Renewal:
        """Choose how to pay (DOMAIN.md 3.6)."""
        return await self._change(actor, draft_id, lambda d, f: choices.choose_method(d, f, method_id))

    async def set_auto_renew(self, actor: Actor, draft_id: int, *, on: bool) -> Renewal:
        """Tick or untick automatic renewal (DOMAIN.md 3.6)."""
        return await self._change(actor, draft_id, lambda d, f: choices.set_auto_renew(d, f, on=on))

    async def choose_notice_way(self, actor: Actor, draft_id: int, way: NoticeWay) -> Renewal:
        """Choose how the notice before each automatic renewal comes (DOMAIN.md 6)."""
        return await self._change(actor, draft_id, lambda d, _: replace(d, notice_by=way))

    async def choose_years(self, actor: Actor, draft_id: int, years: int) -> Renewal:
        """Choose the frequency (DOMAIN.md 3.7)."""
        return await self._change(actor, draft_id, lambda d, f: choices.choose_years(d, f, years))

    async def renew_as_it_is(self, actor: Actor, draft_id: int, years: int) -> Renewal:
        """The short way: keep everything, for `years`, and stand at the first step that is still to be seen."""
        return await self._change(actor, draft_id, lambda d, f: ways.go_express(d, f, years))

    async def toggle_acceptance(self, actor: Actor, draft_id: int, document: DocumentId) -> Renewal:
        """Tick or untick one document (DOMAIN.md 3.8)."""
        return await self._change(
            actor, draft_id, lambda d, f: choices.toggle_acceptance(d, f, document, actor.language)
        )

    async def _change(self, actor: Actor, draft_id: int, change: Callable[[Draft, Facts], Draft]) -> Renewal:
        return await self._working.change(
            actor,
            draft_id,
            lambda working: working.become(change(working.renewal.draft, working.renewal.facts)),
        )
