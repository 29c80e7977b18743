"""What an order consists of: the lines of each mailbox, or their sums where there are many (DOMAIN.md 3.8).

The recap of a renewal, its confirmation and the order's page all write their lines here, from the same values.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.dialogs.renewal.forms import blocks
from bot.dialogs.renewal.mailbox_text import lines_of, named
from bot.domain.catalogue import Catalogue
from bot.domain.prices import Line, LineKind, Quote
from bot.domain.summary import AddedLines, MailboxLines, added_up, by_mailbox, paid_once
from bot.services.offer import expiry_after
from bot.services.order_rows import Order
from bot.services.renewals import Renewal
from bot.texts import Safe, Translator

MAILBOXES_TO_A_PAGE: Final = 5
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


def renewed_by(source: Renewal | Order) -> tuple[Renewed, ...]:
    """The mailboxes of a renewal as it stands, or of an order as it was placed."""
    if isinstance(source, Order):
        return tuple(
            Renewed(
                item.mailbox_id,
                item.address,
                item.old_plan_id,
                item.plan_id,
                item.old_expiry,
                item.new_expiry,
            )
            for item in source.items
        )
    years = source.quote.years
    return tuple(
        Renewed(
            box.id,
            box.address,
            box.plan_id,
            item.plan_id,
            box.expires_on,
            expiry_after(source, box.expires_on, years),
        )
        for item, box in zip(source.draft.items, source.mailboxes, strict=True)
    )


def lines_text(translator: Translator, catalogue: Catalogue, quote: Quote, boxes: Sequence[Renewed]) -> Safe:
    """All the mailboxes: one by one while they are few, else added up."""
    if has_pages(translator, catalogue, quote, boxes):
        return _added_up(translator, catalogue, quote, boxes)
    return _one_by_one(translator, catalogue, quote, boxes)


def has_pages(translator: Translator, catalogue: Catalogue, quote: Quote, boxes: Sequence[Renewed]) -> bool:
    """Whether `lines_text` only adds the mailboxes up, so that they need pages of their own."""
    return len(boxes) > _MOST_ONE_BY_ONE or len(_one_by_one(translator, catalogue, quote, boxes)) > _LONGEST


def page_text(translator: Translator, catalogue: Catalogue, quote: Quote, boxes: Sequence[Renewed]) -> Safe:
    """Some of the mailboxes, one by one."""
    return _one_by_one(translator, catalogue, quote, boxes)


def once_text(translator: Translator, catalogue: Catalogue, quote: Quote) -> Safe:
    """What is paid once: the kit and its shipping; nothing when there is none."""
    return lines_of(_line(translator, catalogue, line) for line in paid_once(quote))


def totals_text(translator: Translator, quote: Quote) -> Safe:
    """The sums, and what is due; nothing while there are no lines."""
    if not quote.lines:
        return Safe("")
    return translator.html(
        "lines-totals",
        net=quote.net,
        percent=quote.lines[0].vat_percent,
        vat=quote.vat,
        total=quote.total,
        split=quote.split_payment,
        due=quote.due,
    )


def _one_by_one(translator: Translator, catalogue: Catalogue, quote: Quote, boxes: Sequence[Renewed]) -> Safe:
    priced = {lines.mailbox_id: lines for lines in by_mailbox(quote)}
    return blocks(*(_mailbox(translator, catalogue, box, priced[box.mailbox_id]) for box in boxes))


def _mailbox(translator: Translator, catalogue: Catalogue, box: Renewed, priced: MailboxLines) -> Safe:
    return lines_of(
        [
            translator.html("lines-mailbox", address=box.address),
            *_plan_change(translator, catalogue, box),
            *(_line(translator, catalogue, line) for line in priced.lines),
            translator.html(
                "lines-yearly",
                now=priced.yearly,
                next=priced.next_yearly,
                same=priced.yearly == priced.next_yearly,
            ),
            translator.html("lines-expiry", old=box.old_expiry, new=box.new_expiry),
        ]
    )


def _plan_change(translator: Translator, catalogue: Catalogue, box: Renewed) -> list[Safe]:
    if box.plan_id == box.old_plan_id:
        return []
    old, new = catalogue.plans[box.old_plan_id], catalogue.plans[box.plan_id]
    change = translator.html(
        "lines-plan-change", old=named(translator, old.names), new=named(translator, new.names)
    )
    closes = old.has_archive and not new.has_archive
    return [change, translator.html("lines-archive-closed")] if closes else [change]


def _line(translator: Translator, catalogue: Catalogue, line: Line) -> Safe:
    return translator.html(
        "lines-line",
        kind=line.kind.value,
        name=_name(translator, catalogue, line),
        quantity=line.quantity,
        years=line.years,
        net=line.net,
        vat=line.vat,
        total=line.total,
    )


def _added_up(translator: Translator, catalogue: Catalogue, quote: Quote, boxes: Sequence[Renewed]) -> Safe:
    priced = by_mailbox(quote)
    changing = [box for box in boxes if box.plan_id != box.old_plan_id]
    closing = [
        box
        for box in changing
        if catalogue.plans[box.old_plan_id].has_archive and not catalogue.plans[box.plan_id].has_archive
    ]
    yearly, next_yearly = sum(box.yearly for box in priced), sum(box.next_yearly for box in priced)
    return lines_of(
        [
            translator.html("lines-many", count=len(boxes), years=quote.years),
            *(
                translator.html(
                    "lines-added",
                    kind=sums.kind.value,
                    name=_name(translator, catalogue, sums),
                    mailboxes=sums.mailboxes,
                    quantity=sums.quantity,
                    net=sums.net,
                    vat=sums.vat,
                    total=sums.total,
                )
                for sums in added_up(line for box in priced for line in box.lines)
            ),
            translator.html("lines-yearly", now=yearly, next=next_yearly, same=yearly == next_yearly),
            translator.html(
                "lines-expiries",
                first=min(box.new_expiry for box in boxes),
                last=max(box.new_expiry for box in boxes),
                same=len({box.new_expiry for box in boxes}) == 1,
            ),
            translator.html("lines-changing", count=len(changing)) if changing else None,
            translator.html("lines-closing", count=len(closing)) if closing else None,
        ]
    )


def _name(translator: Translator, catalogue: Catalogue, line: Line | AddedLines) -> str:
    """The plan or the kit that a line charges for; its id, where the catalogue has given it up."""
    found = catalogue.kits if line.kind in {LineKind.KIT, LineKind.SHIPPING} else catalogue.plans
    sold = found.get(line.code)
    return line.code if sold is None else named(translator, sold.names)
