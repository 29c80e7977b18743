"""What an order consists of: the lines of each mailbox, or their sums where there are many (DOMAIN.md 3.8).

The recap of a renewal, its confirmation and the order's page all write their lines here, from the same values.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.dialogs.renewal.forms import blocks
from bot.dialogs.renewal.mailbox_text import TITLE_WIDTH, lines_of
from bot.dialogs.widgets.addresses import shortened_address
from bot.domain.catalogue import Catalogue
from bot.domain.prices import Line, LineKind, Quote
from bot.domain.renewal import Renewal
from bot.domain.summary import AddedLines, MailboxLines, added_up, by_mailbox, is_promoted, paid_once
from bot.domain.vat import VatTreatment
from bot.messages.blocks import folded
from bot.messages.words import mention_words, named, split_ended
from bot.services.orders.rows import Order
from bot.services.renewing.offer import expiry_after
from bot.texts import Safe, Translator

MAILBOXES_TO_A_PAGE: Final = 2
_MOST_ONE_BY_ONE: Final = 3
_LONGEST: Final = 1500
"""Characters up to which the mailboxes are written one by one: with all the rest a message holds 4096."""


@dataclass(frozen=True, slots=True)
class Renewed:
    """One mailbox of a renewal or of an order: what it was, and what it becomes."""

    mailbox_id: int
    address: str
    old_plan_id: str
    plan_id: str
    old_expiry: date
    new_expiry: date


@dataclass(frozen=True, slots=True)
class OrderLines:
    """The lines of a renewal or of an order, ready to be written.

    Attributes:
        translator: the language.
        catalogue: the names of plans and kits.
        quote: the lines.
        boxes: the mailboxes that they are for.
        yearly: whether the price of a year, now and at the next renewal, goes with them.
        splits_payment: whether the holder declared split payment, authorised or not.
        vat: how it stands with VAT, and `vat_mention` why none is charged.
    """

    translator: Translator
    catalogue: Catalogue
    quote: Quote
    boxes: tuple[Renewed, ...]
    yearly: bool
    splits_payment: bool
    vat: VatTreatment = VatTreatment.CHARGED
    vat_mention: str | None = None

    @property
    def need_pages(self) -> bool:
        """Whether `mailboxes` only adds them up, so that each is read on a page of its own."""
        return len(self.boxes) > _MOST_ONE_BY_ONE or len(self.page(self.boxes)) > _LONGEST

    @property
    def adds_up_briefly(self) -> bool:
        """Whether `brief` only adds the mailboxes up: also where one of several loses its archive, for want of room."""
        return self.need_pages or (
            len(self.boxes) > 1 and any(self._closes_archive(box) for box in self.boxes)
        )

    def mailboxes(self) -> Safe:
        """All the mailboxes: one by one while they are few, else added up."""
        return self._added_up() if self.need_pages else self.page(self.boxes)

    def page(self, boxes: Sequence[Renewed]) -> Safe:
        """Some of the mailboxes, one by one."""
        priced = {lines.mailbox_id: lines for lines in by_mailbox(self.quote)}
        return blocks(*(self._mailbox(box, priced[box.mailbox_id]) for box in boxes))

    @property
    def are_short(self) -> bool:
        """Whether all there is to say is one line of one mailbox: then there is no detail beside it."""
        return len(self.quote.lines) == 1 and len(self.boxes[0].address) <= TITLE_WIDTH

    def brief(self) -> Safe:
        """What the mailboxes become: the plan, the term's end, what is lost; without the sums that `detail` has."""
        if self.are_short or not self.boxes:
            return self.mailboxes()
        if self.adds_up_briefly:
            return lines_of([self._heading(), *self._outcome()])
        alone = self.boxes[0] if len(self.boxes) == 1 else None
        return lines_of(
            [
                *(line for box in self.boxes for line in (self._address(box), self._becomes(box))),
                self.translator.html("lines-archive-closed")
                if alone is not None and self._closes_archive(alone)
                else None,
            ]
        )

    def detail(self) -> Safe:
        """The price of each line without VAT, its VAT and its total; nothing where `brief` has it already."""
        if self.are_short or not self.boxes:
            return Safe("")
        if self.need_pages:
            return lines_of([*self._sums(), self._price_of_a_year(by_mailbox(self.quote))])
        priced = {lines.mailbox_id: lines for lines in by_mailbox(self.quote)}
        return blocks(*(self._priced(box, priced[box.mailbox_id]) for box in self.boxes))

    def spread(self, boxes: Sequence[Renewed]) -> Safe:
        """Some of the mailboxes, one by one, the price of each line folded."""
        priced = {lines.mailbox_id: lines for lines in by_mailbox(self.quote)}
        parts: list[Safe | None] = []
        for box in boxes:
            own = priced[box.mailbox_id]
            lines = [*(self._line(line) for line in own.lines), self._price_of_a_year([own])]
            parts += [*self._in_full(box), folded(lines_of(lines))]
        return lines_of(parts)

    def once(self) -> Safe:
        """What is paid once: the kit and its shipping; nothing when there is none."""
        return lines_of(self._line(line) for line in paid_once(self.quote))

    def totals(self) -> Safe:
        """The sums, and what is due; nothing while there are no lines."""
        if not self.quote.lines:
            return Safe("")
        if self.vat is VatTreatment.OPEN:
            return self.translator.html("vat-open-totals", net=self.quote.net, total=self.quote.total)
        return lines_of(
            [
                self.sums(),
                mention_words(self.translator, self.vat_mention),
                self.translator.html("lines-due", split=self.quote.split_payment, due=self.quote.due),
                self.split_note(),
            ]
        )

    def sums(self) -> Safe:
        """The sum without VAT and the VAT; of a holder with split payment who pays that."""
        return self.translator.html(
            "lines-sums",
            net=self.quote.net,
            percent=self.quote.lines[0].vat_percent,
            vat=self.quote.vat,
            total=self.quote.total,
            split=self.quote.split_payment,
        )

    def split_note(self) -> Safe | None:
        """That the split payment which is declared has ended; nothing where it has not."""
        ended = self.splits_payment and not self.quote.split_payment
        return split_ended(self.translator, self.catalogue) if ended else None

    def _address(self, box: Renewed) -> Safe:
        return self.translator.html("lines-mailbox", address=shortened_address(box.address, TITLE_WIDTH))

    def _becomes(self, box: Renewed) -> Safe:
        """What a mailbox becomes, in a line: its plan, the term, the new expiry."""
        old, new = self.catalogue.plans[box.old_plan_id], self.catalogue.plans[box.plan_id]
        return self.translator.html(
            "lines-becomes",
            changes=old.id != new.id,
            old=named(self.translator, old.names),
            new=named(self.translator, new.names),
            years=self.quote.years,
            until=box.new_expiry,
        )

    def _in_full(self, box: Renewed) -> list[Safe]:
        """A mailbox and what it becomes, line by line."""
        html, plan = self.translator.html, self.catalogue.plans[box.plan_id]
        return [
            self._address(box),
            *(
                self._plan_change(box)
                or [html("lines-plan", plan=named(self.translator, plan.names), years=self.quote.years)]
            ),
            html("lines-expiry", old=box.old_expiry, new=box.new_expiry),
        ]

    def _priced(self, box: Renewed, priced: MailboxLines) -> Safe:
        """The lines of a mailbox, under its address where there are several."""
        named_above = len(self.boxes) == 1 and len(box.address) <= TITLE_WIDTH
        head = None if named_above else self.translator.html("lines-mailbox", address=box.address)
        return lines_of([head, *(self._line(line) for line in priced.lines), self._price_of_a_year([priced])])

    def _mailbox(self, box: Renewed, priced: MailboxLines) -> Safe:
        html = self.translator.html
        return lines_of(
            [
                html("lines-mailbox", address=box.address),
                *self._plan_change(box),
                *(self._line(line) for line in priced.lines),
                self._price_of_a_year([priced]),
                html("lines-expiry", old=box.old_expiry, new=box.new_expiry),
            ]
        )

    def _plan_change(self, box: Renewed) -> list[Safe]:
        if box.plan_id == box.old_plan_id:
            return []
        old, new = self.catalogue.plans[box.old_plan_id], self.catalogue.plans[box.plan_id]
        change = self.translator.html(
            "lines-plan-change",
            old=named(self.translator, old.names),
            new=named(self.translator, new.names),
        )
        return (
            [change, self.translator.html("lines-archive-closed")] if self._closes_archive(box) else [change]
        )

    def _closes_archive(self, box: Renewed) -> bool:
        plans = self.catalogue.plans
        return plans[box.old_plan_id].has_archive and not plans[box.plan_id].has_archive

    def _line(self, line: Line) -> Safe:
        return self.translator.html(
            "lines-line",
            kind=line.kind.value,
            name=self._name(line),
            promoted=is_promoted(line),
            quantity=line.quantity,
            years=line.years,
            net=line.net,
            vat=line.vat,
            total=line.total,
        )

    def _price_of_a_year(self, priced: Sequence[MailboxLines]) -> Safe | None:
        if not self.yearly:
            return None
        now, then = sum(box.yearly for box in priced), sum(box.next_yearly for box in priced)
        return self.translator.html("lines-yearly", now=now, next=then, same=now == then)

    def _added_up(self) -> Safe:
        price = self._price_of_a_year(by_mailbox(self.quote))
        return lines_of([self._heading(), *self._sums(), price, *self._outcome()])

    def _heading(self) -> Safe:
        return self.translator.html("lines-many", count=len(self.boxes), years=self.quote.years)

    def _sums(self) -> list[Safe]:
        """The lines of all mailboxes, added up by what they are for."""
        lines = (line for box in by_mailbox(self.quote) for line in box.lines)
        return [self._added(sums) for sums in added_up(lines)]

    def _outcome(self) -> list[Safe | None]:
        """What becomes of all mailboxes: their expiries, and what changes or closes."""
        html = self.translator.html
        expiries = [box.new_expiry for box in self.boxes]
        changing = sum(box.plan_id != box.old_plan_id for box in self.boxes)
        closing = sum(self._closes_archive(box) for box in self.boxes)
        return [
            html(
                "lines-expiries", first=min(expiries), last=max(expiries), same=min(expiries) == max(expiries)
            ),
            html("lines-changing", count=changing) if changing > closing else None,
            html("lines-closing", count=closing) if closing else None,
        ]

    def _added(self, sums: AddedLines) -> Safe:
        return self.translator.html(
            "lines-added",
            kind=sums.kind.value,
            name=self._name(sums),
            promoted=sums.promoted,
            mailboxes=sums.mailboxes,
            quantity=sums.quantity,
            net=sums.net,
            vat=sums.vat,
            total=sums.total,
        )

    def _name(self, line: Line | AddedLines) -> str:
        """The plan or the kit that a line charges for; its id, where the catalogue has given it up."""
        found = (
            self.catalogue.kits if line.kind in {LineKind.KIT, LineKind.SHIPPING} else self.catalogue.plans
        )
        sold = found.get(line.code)
        return line.code if sold is None else named(self.translator, sold.names)


def lines_of_renewal(translator: Translator, renewal: Renewal) -> OrderLines:
    """The lines of a renewal as it stands, for one year while the years are not chosen."""
    quote = renewal.quote
    boxes = tuple(
        Renewed(
            box.id,
            box.address,
            box.plan_id,
            item.plan_id,
            box.expires_on,
            expiry_after(renewal, box.expires_on, quote.years),
        )
        for item, box in zip(renewal.draft.items, renewal.mailboxes, strict=True)
    )
    return OrderLines(
        translator,
        renewal.facts.catalogue,
        quote,
        boxes,
        yearly=True,
        splits_payment=renewal.registrant.splits_payment,
        vat=renewal.vat,
    )


def lines_of_order(translator: Translator, catalogue: Catalogue, order: Order) -> OrderLines:
    """The lines of an order as it was placed."""
    boxes = tuple(
        Renewed(
            item.mailbox_id, item.address, item.old_plan_id, item.plan_id, item.old_expiry, item.new_expiry
        )
        for item in order.items
    )
    return OrderLines(
        translator,
        catalogue,
        order.quote,
        boxes,
        yearly=False,
        splits_payment=order.registrant.splits_payment,
        vat=order.vat,
        vat_mention=order.vat_mention,
    )
