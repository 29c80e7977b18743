"""Which process has how many of the places: what somebody waits for first, and the rest for what is pushed.

Every process divides alike, from what all of them say of themselves, and takes no more than the others have let go of:
so the places that are held never add up to more than there are, whoever is asked first.
"""

from collections.abc import Sequence

from bot.db.shares import Share
from bot.services.sending.ceiling.places import CEILING, PRESSING


def divide(shares: Sequence[Share], places: int = CEILING) -> dict[str, int]:
    """How many places each process is to have, by its name.

    What somebody waits for gets what it needs, in conversations or pushed. The rest goes, evenly, to those who push
    something, or to all where nobody does. Where more is needed than there is, everybody who needs some has `PRESSING`
    before the others have more: a worker with one completion would else have none beside people who tap.
    """
    ordered = sorted(shares, key=lambda share: share.process)
    talk = {share.process: share.talking for share in ordered}
    takers = [share for share in ordered if share.pushing] or ordered
    if is_crowded(ordered, places):
        first = min(PRESSING, places // len(ordered))
        lacking = {share.process: max(share.talking - first, 0) for share in ordered}
        left, lack = places - sum(min(share.talking, first) for share in ordered), sum(lacking.values())
        talk = {name: need - lacking[name] + lacking[name] * left // lack for name, need in talk.items()}
        takers = [share for share in ordered if lacking[share.process]]
    rest = places - sum(talk.values())
    for index, share in enumerate(takers):
        talk[share.process] += rest // len(takers) + (index < rest % len(takers))
    return talk


def is_crowded(shares: Sequence[Share], places: int = CEILING) -> bool:
    """Whether people wait for more than there are places."""
    return sum(share.talking for share in shares) > places


def allowed(me: Share, others: Sequence[Share], places: int = CEILING) -> int:
    """How many places this process may use from now on: its part, as far as the others have let go of it."""
    left = places - sum(other.held for other in others)
    return max(min(divide([*others, me], places)[me.process], left), 0)
