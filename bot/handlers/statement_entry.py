"""An entry of the bank's statement as the operator's people see it in the chat: what it says, why, and what to do."""

from typing import Final

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.domain.money import CURRENCY, amount
from bot.domain.statements.entry import EntryKind, StatementEntry
from bot.domain.statements.proposal import Heap
from bot.handlers.buttons import ConfirmEntry, DismissEntry, SeeEntry, button, keyboard
from bot.services.statements.kept import Meant
from bot.services.statements.proposals import Waiting
from bot.texts import Safe, Translator

_MOST_ORDERS: Final = 4
"""Buttons of orders that an entry may mean; of more, the command names one."""
_LONGEST_TEXT: Final = 300
"""Characters of what the payer wrote: banks give 140, some twice."""


def entry_words(translator: Translator, waiting: Waiting, number: int, total: int) -> Safe:
    """What the bank says of an entry, the `number`-th of `total` that wait, and why it was not registered by itself."""
    entry, kept = waiting.kept.entry, waiting.kept
    said = [reason.value for reason in kept.reasons] or ["none"]
    reasons = "; ".join(translator.html("statement-reason", reason=reason) for reason in said)
    unit, _, where = entry.place.partition(" ")
    meant = _meant(waiting)
    return translator.html(
        "statement-entry",
        number=number,
        total=total,
        file=waiting.file,
        place=translator.html("statement-place", unit=unit, where=where),
        euro=entry.currency == CURRENCY,
        cents=entry.cents,
        foreign=f"{amount(entry.cents)} {entry.currency}",
        back=entry.kind is EntryKind.REVERSAL,
        booked=entry.booked_on,
        payer=_payer(entry) or "-",
        text=_text(entry) or "-",
        reasons=Safe(reasons[:1].upper() + reasons[1:]),
        heap=waiting.heap.value,
        order=meant[0].number if meant else "",
        missing=meant[0].missing if meant else 0,
        payment=kept.payment or "",
        orders=len(meant),
        id=f"S{waiting.id}",
    )


def entry_buttons(translator: Translator, waiting: Waiting, left: int) -> InlineKeyboardMarkup:
    """What can be done with it."""
    rows: list[InlineKeyboardButton] = []
    if waiting.kept.entry.kind is EntryKind.CREDIT:
        proposed = waiting.kept.order
        rows += [
            button(
                translator,
                "statement-register-for",
                ConfirmEntry(
                    statement=waiting.statement_id,
                    entry=waiting.id,
                    order=None if proposed is not None and each.number == proposed.number else each.number,
                    left=left,
                ),
                order=each.number,
                same=waiting.heap is Heap.PROBABLY_SAME and each is proposed,
            )
            for each in _meant(waiting)
        ]
    elif waiting.kept.payment is not None:
        confirm = ConfirmEntry(statement=waiting.statement_id, entry=waiting.id, order=None, left=left)
        rows.append(button(translator, "statement-take-back", confirm))
    dismiss = button(
        translator,
        "statement-dismiss",
        DismissEntry(statement=waiting.statement_id, entry=waiting.id, left=left),
        same=waiting.heap is Heap.PROBABLY_SAME,
    )
    later = button(
        translator,
        "statement-later",
        SeeEntry(statement=waiting.statement_id, after=waiting.id, left=left + 1),
    )
    if waiting.heap is Heap.PROBABLY_SAME:
        return keyboard(dismiss, *rows, later)
    return keyboard(*rows, dismiss, later)


def _meant(waiting: Waiting) -> list[Meant]:
    """The orders that it may pay, what is proposed first."""
    kept = waiting.kept
    if kept.entry.kind is not EntryKind.CREDIT:
        return []
    proposed = [] if kept.order is None else [kept.order]
    return [*proposed, *kept.candidates][:_MOST_ORDERS]


def _payer(entry: StatementEntry) -> str:
    return " ".join(part for part in (entry.payer, entry.payer_iban) if part)


def _text(entry: StatementEntry) -> str:
    text = " ".join((*entry.pieces, *entry.structured)).strip()
    return text if len(text) <= _LONGEST_TEXT else f"{text[:_LONGEST_TEXT]}…"
