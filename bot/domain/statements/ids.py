"""The id of a payment that a statement tells of: the same in every file that tells of it (DOMAIN.md 8)."""

from hashlib import blake2b
from typing import Final

from bot.domain.money import signed_amount
from bot.domain.statements.entry import EntryKind, StatementEntry

_NO_REFERENCE: Final = frozenset({"NONREF", "NOREF", "NOTPROVIDED", "NOTAVAILABLE", "ND", "NA"})
"""What banks put in the place of a reference that they do not have."""
_LONGEST_REFERENCE: Final = 64
"""Characters of a bank's reference that are kept as they are; a longer one is known by its digest."""


def bank_reference(entry: StatementEntry) -> str:
    """The bank's own reference in one spelling; empty where it gives none, or a word in its place."""
    plain = "".join(entry.reference.split()).upper()
    return "" if plain.strip("0-.") == "" or plain in _NO_REFERENCE else plain


def alike(entry: StatementEntry) -> bytes:
    """What two entries have in common whose ids differ by their ordinal alone.

    With a reference of the bank they are alike by account, day, reference and amount: the transactions of one batch may
    share its reference. Without one, by account, day, amount, payer and text.
    """
    return _digest(_core(entry), 8)


def payment_id(entry: StatementEntry, ordinal: int = 1) -> str:
    """The id under which the ledger knows this movement, at most 128 characters.

    It begins with the account, so that two banks with one numbering never meet. Day and amount are in it, since a
    bank may number each day anew, and since the transactions of a batch may share the reference of the batch.
    Where one bank tells of a payment twice, once with a reference and once without, or once on another day, the ids
    differ: `bot.domain.statements.judging` then finds it *probably the same*. Of a reversal it is the id of
    the reversal, not of the payment that went back.

    Args:
        entry: booked money that came, or went back.
        ordinal: which of the entries of its file it is that are `alike`, from 1 on.
    """
    account, day, money, *rest = _core(entry)
    reference = bank_reference(entry)
    if not reference or len(reference) > _LONGEST_REFERENCE:
        reference = _digest(tuple(rest), 16).hex()
    place = f"/{ordinal}" if ordinal > 1 else ""
    return f"{account or 'bank'}/{day}/{reference}/{money}{place}"


def _core(entry: StatementEntry) -> tuple[str, ...]:
    """What tells a movement from others: account, day and money first, then its reference, or all that was said."""
    sign = -1 if entry.kind is EntryKind.REVERSAL else 1
    money = signed_amount(sign * entry.cents) + ("" if entry.currency == "EUR" else entry.currency)
    reference = bank_reference(entry)
    said = (
        (reference,)
        if reference
        else (_spelt(entry.end_to_end), _spelt(entry.payer), entry.payer_iban, _spelt("".join(entry.pieces)))
    )
    return (entry.account, entry.booked_on.isoformat(), money, *said)


def _spelt(text: str) -> str:
    """A text without its blanks and in capitals: the formats of one bank break and spell it differently."""
    return "".join(text.split()).upper()


def _digest(parts: tuple[str, ...], size: int) -> bytes:
    return blake2b("\x1f".join(parts).encode(), digest_size=size).digest()
