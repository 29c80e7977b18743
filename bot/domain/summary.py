"""The lines of a quote, arranged for reading: mailbox by mailbox, or added up where there are many (DOMAIN.md 3.8).

Nothing is priced anew but by the rule of `bot.domain.prices`: VAT line by line, totals as sums of lines.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from bot.domain.catalogue import Catalogue
from bot.domain.money import Cents, vat_on
from bot.domain.prices import Line, LineKind, Quote, split_payment_is_authorised


@dataclass(frozen=True, slots=True)
class MailboxLines:
    """What one mailbox costs, line by line."""

    mailbox_id: int
    lines: tuple[Line, ...]

    @property
    def yearly(self) -> Cents:
        """The price of a year at this renewal, VAT included."""
        return sum(_repriced(line, line.unit_net, 1).total for line in self.lines)

    @property
    def next_yearly(self) -> Cents:
        """The price of a year at the next renewal, VAT included, by today's ordinary prices."""
        return sum(_repriced(line, line.next_unit_net or 0, 1).total for line in self.lines)


@dataclass(frozen=True, slots=True)
class AddedLines:
    """Lines that charge the same thing at the same price, added up.

    Attributes:
        kind: what they charge for.
        code: the id of the plan or kit.
        mailboxes: how many mailboxes they are for; 0 for a kit and its shipping.
        quantity: GB, or pieces, altogether.
        net: cents; `vat` the VAT of the lines, each rounded by itself.
        promoted: whether a promotion lowers them, so that the next renewal costs more.
    """

    kind: LineKind
    code: str
    mailboxes: int
    quantity: int
    net: Cents
    vat: Cents
    promoted: bool

    @property
    def total(self) -> Cents:
        """VAT included."""
        return self.net + self.vat


def is_promoted(line: Line) -> bool:
    """Whether a promotion lowers the line, so that the next renewal costs more (DOMAIN.md 3.7)."""
    return line.next_unit_net is not None and line.unit_net < line.next_unit_net


def by_mailbox(quote: Quote) -> tuple[MailboxLines, ...]:
    """The lines of each mailbox, in the order of the quote."""
    found: dict[int, list[Line]] = {}
    for line in quote.lines:
        if line.mailbox_id is not None:
            found.setdefault(line.mailbox_id, []).append(line)
    return tuple(MailboxLines(mailbox_id, tuple(lines)) for mailbox_id, lines in found.items())


def of_mailbox(quote: Quote, mailbox_id: int) -> Quote:
    """The part of a quote that one mailbox costs."""
    return replace(quote, lines=tuple(line for line in quote.lines if line.mailbox_id == mailbox_id))


def paid_once(quote: Quote) -> tuple[Line, ...]:
    """The lines of no mailbox: the kit and its shipping."""
    return tuple(line for line in quote.lines if line.mailbox_id is None)


def added_up(lines: Iterable[Line]) -> tuple[AddedLines, ...]:
    """The lines added up by what they charge for and at which price, in the order in which each first appears."""
    found: dict[tuple[LineKind, str, Cents, Cents | None], AddedLines] = {}
    for line in lines:
        key = (line.kind, line.code, line.unit_net, line.next_unit_net)
        sums = found.get(key) or AddedLines(line.kind, line.code, 0, 0, 0, 0, is_promoted(line))
        found[key] = replace(
            sums,
            mailboxes=sums.mailboxes + (line.mailbox_id is not None),
            quantity=sums.quantity + line.quantity,
            net=sums.net + line.net,
            vat=sums.vat + line.vat,
        )
    return tuple(found.values())


def next_renewal(quote: Quote, years: int, catalogue: Catalogue, charged_on: date) -> Quote:
    """What the same mailboxes will cost at their next renewal, for `years`, by today's ordinary prices.

    Promotions have ended by then, and what is paid once is not in it. Whether split payment is still authorised counts
    on the day of the charge, not on today's.
    """
    lines = tuple(
        _repriced(line, line.next_unit_net, years) for line in quote.lines if line.next_unit_net is not None
    )
    split = quote.split_payment and split_payment_is_authorised(catalogue, charged_on)
    return Quote(lines, years, split)


def _repriced(line: Line, unit_net: Cents, years: int) -> Line:
    net = unit_net * line.quantity * years
    return replace(line, unit_net=unit_net, years=years, net=net, vat=vat_on(net, line.vat_percent))
