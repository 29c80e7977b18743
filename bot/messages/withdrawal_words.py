"""What chats, pages and e-mails say of a withdrawal: the statement, what follows, the receipt (DOMAIN.md 7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from bot.domain.catalogue import Catalogue
from bot.domain.money import Cents
from bot.messages.blocks import lines, paragraphs
from bot.messages.receipts import Receipt
from bot.messages.words import named
from bot.texts import Safe, Translator

_MOST_NAMED: Final = 10
"""Mailboxes that a statement names; of more it says how many, and the order's number stands for all."""


def boxes_named(addresses: Sequence[str], most: int = _MOST_NAMED) -> dict[str, object]:
    """The variables of the texts that name the mailboxes of an order."""
    named = tuple(addresses[:most])
    return {
        "count": len(addresses),
        "first": addresses[0],
        "boxes": named,
        "more": len(addresses) - len(named),
    }


def until_words(last: date | None) -> dict[str, object]:
    """The variables of the texts that say until when a kit goes back: a day, or none while it was not delivered."""
    return {"known": last is not None, "until": last or date.max}


def statement_words(
    translator: Translator,
    catalogue: Catalogue,
    *,
    order: str,
    placed_at: datetime,
    name: str,
    addresses: Sequence[str],
    kit: str | None,
) -> str:
    """The statement that a consumer confirms, as plain text; of a `kit`, by its name, where that alone goes back."""
    if kit is not None:
        return translator.plain(
            "withdrawal-statement-kit",
            order=order,
            placed=placed_at,
            operator=catalogue.operator.legal_name,
            name=name,
            kit=kit,
        )
    return translator.plain(
        "withdrawal-statement",
        order=order,
        placed=placed_at,
        operator=catalogue.operator.legal_name,
        name=name,
        **boxes_named(addresses),
    )


@dataclass(frozen=True, slots=True)
class Consequences:
    """What follows a withdrawal: cents, and the rest as in `Receipt`; `kit_id` and `auto_renew` are the order's."""

    cancelled: bool
    completed: bool
    paid: Cents
    served: Cents
    due_back: Cents
    back_by: date
    kit_id: str | None
    auto_renew: bool
    kit_alone: bool


def kit_name(translator: Translator, catalogue: Catalogue, kit_id: str | None) -> str:
    """What the kit of an order is called; its id where the catalogue has given it up."""
    kit = None if kit_id is None else catalogue.kits.get(kit_id)
    return (kit_id or "") if kit is None else named(translator, kit.names)


def follows(translator: Translator, catalogue: Catalogue, after: Consequences) -> list[Safe]:
    """What becomes of order, money, renewal and kit: a sentence for each that there is."""
    operator = catalogue.operator
    said: list[Safe] = []
    if after.cancelled:
        said.append(translator.html("withdrawal-follows-cancelled"))
    if after.due_back:
        said.append(translator.html("withdrawal-follows-back", back=after.due_back, by=after.back_by))
    if after.served:
        said.append(translator.html("withdrawal-follows-served", paid=after.paid, served=after.served))
    if after.kit_alone:
        said.append(translator.html("withdrawal-follows-renewal-stays"))
    elif after.completed:
        said.append(translator.html("withdrawal-follows-completed", operator=operator.name))
        if after.auto_renew:
            said.append(translator.html("withdrawal-follows-auto"))
    kit = None if after.kit_id is None else catalogue.kits.get(after.kit_id)
    if after.kit_alone or (after.completed and kit is not None and kit.has_hardware):
        said.append(
            translator.html(
                "withdrawal-follows-kit",
                by=after.back_by,
                operator=operator.name,
                email=operator.withdrawal_email,
            )
        )
    return said


def follows_receipt(
    translator: Translator,
    catalogue: Catalogue,
    receipt: Receipt,
    *,
    kit_id: str | None,
    auto_renew: bool,
) -> list[Safe]:
    """The same once it is stated, as it was then."""
    after = Consequences(
        receipt.cancelled,
        receipt.completed,
        receipt.paid,
        receipt.served,
        receipt.due_back,
        receipt.back_by,
        kit_id,
        auto_renew,
        receipt.kit_alone,
    )
    return follows(translator, catalogue, after)


def receipt_head(translator: Translator, receipt: Receipt) -> list[Safe]:
    """Its number, and the instant to the second with the zone."""
    return [
        translator.html("withdrawal-receipt-number", number=receipt.number),
        translator.html("withdrawal-receipt-at", at=receipt.at),
    ]


def receipt_body(
    translator: Translator,
    catalogue: Catalogue,
    receipt: Receipt,
    *,
    kit_id: str | None,
    auto_renew: bool,
) -> Safe:
    """The whole receipt as a chat and a page show it, below its title."""
    return paragraphs(
        lines(receipt_head(translator, receipt)),
        translator.html("withdrawal-quote", words=receipt.words),
        translator.html("withdrawal-receipt-is"),
        *follows_receipt(translator, catalogue, receipt, kit_id=kit_id, auto_renew=auto_renew),
        translator.html("withdrawal-receipt-to", email=receipt.sent_to),
    )
