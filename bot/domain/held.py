"""What a customer set stands against what the operator's file, or the provider, says (DOMAIN.md 3.5).

A value that a customer set is held until the file has said the same once; from then on the file is the master of it
again. Values are held field by field, but some make sense only together: half of the customer's address and half of
the file's would be a third one, where nobody lives. Where one of such fields is held against the file, all of them
stay as they are.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from bot.domain.registrant import LOCKED, NO_CODE, Field, HolderKind, Registrant, fields_for

Value: TypeAlias = str | bool
"""What one field of a stored record holds: text, or a flag."""

AUTO_RENEW: Final = "auto_renew"
"""The field of a mailbox that a customer sets: whether it renews itself."""

_ADDRESS: Final = frozenset({Field.STREET, Field.POSTCODE, Field.TOWN, Field.PROVINCE, Field.COUNTRY})
_ROUTE: Final = frozenset({Field.RECIPIENT_CODE, Field.RECIPIENT_PEC})
_OF_COUNTRY: Final = _ROUTE | {Field.CIG, Field.CUP, Field.SPLIT_PAYMENT}
"""What a holder has or has not by its country: it goes with the country's side."""
_APART: Final = LOCKED | {Field.REFERENCE_EMAIL}
"""Who the holder is changes by another procedure, and the reference e-mail is the customer's, not the holder's."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A holder's record as it is to be.

    Attributes:
        record: like `Registrant.to_json()`.
        confirmed: the held fields of which the file says the same: they are held no longer.
        kept: the fields in which the file was not followed, in the order of the card.
    """

    record: Mapping[str, Value]
    confirmed: frozenset[Field]
    kept: tuple[Field, ...]


def corrected(before: Registrant, after: Registrant) -> dict[str, Value]:
    """What a customer has changed on a card, by field: what is to be held; nothing that is as it was."""
    old, new = before.to_json(), after.to_json()
    return {
        field.value: new[field.value]
        for field in fields_for(after.kind, after.address.country)
        if field not in _APART and not _same(field, old[field.value], new[field.value])
    }


def settle(said: Mapping[str, Value], has: Mapping[str, Value], held: Mapping[Field, Value]) -> Settled:
    """What becomes of a holder of which the file says `said`, who is on record as `has`, with what is held of it."""
    against = {field for field in _ADDRESS & held.keys() if not _same(field, said[field.value], held[field])}
    if against:
        against |= _ADDRESS
    country = str(held.get(Field.COUNTRY, has["country"]) if against else said["country"])
    if country != said["country"]:
        against |= _OF_COUNTRY
    # Only now is it known which fields the holder has.
    asked = held.keys() & fields_for(HolderKind(str(said["kind"])), country)
    confirmed = frozenset(field for field in asked if _same(field, said[field.value], held[field]))
    against |= asked - confirmed
    if against & _ROUTE:
        against |= _ROUTE
    record = {**said, **{field.value: held.get(field, has[field.value]) for field in against}}
    kept = tuple(field for field in Field if not _same(field, said[field.value], record[field.value]))
    return Settled(record, confirmed, kept)


def rebased(mine: Registrant, before: Registrant, now: Registrant) -> Registrant:
    """A card that a customer is correcting, where the record beneath it was changed meanwhile.

    What the customer corrected stays corrected; the rest is what the record says now.

    Args:
        mine: the card as corrected so far.
        before: the record that was corrected.
        now: the record as it is.
    """
    corrections = {Field(name): value for name, value in corrected(before, mine).items()}
    return Registrant.from_json(settle(now.to_json(), mine.to_json(), corrections).record)


def _same(field: Field, one: Value, other: Value) -> bool:
    """Whether two values mean the same: that there is no recipient code is written in two ways."""
    none = {"", NO_CODE}
    return one == other or (field is Field.RECIPIENT_CODE and {one, other} <= none)
