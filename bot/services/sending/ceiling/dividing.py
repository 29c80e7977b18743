"""Which process has how many of the places: what conversations need first, and the rest for what is pushed.

Every process divides alike, from what all of them say of themselves, and takes no more than the others have let go of:
so the places that are held never add up to more than there are, whoever is asked first.
"""

from collections.abc import Sequence

from bot.db.shares import Share
from bot.services.sending.ceiling.places import CEILING


def divide(shares: Sequence[Share], places: int = CEILING) -> dict[str, int]:
    """How many places each process is to have, by its name.

    Conversations get what they need. The rest goes, evenly, to those who push something, or to all where nobody does.
    """
    ordered = sorted(shares, key=lambda share: share.process)
    needed = sum(share.talking for share in ordered)
    if needed > places:
        talk = {share.process: share.talking * places // needed for share in ordered}
    else:
        talk = {share.process: share.talking for share in ordered}
    rest = places - sum(talk.values())
    takers = [share for share in ordered if share.pushing] or ordered
    if needed > places:
        takers = [share for share in ordered if share.talking]
    for index, share in enumerate(takers):
        talk[share.process] += rest // len(takers) + (index < rest % len(takers))
    return talk


def allowed(me: Share, others: Sequence[Share], places: int = CEILING) -> int:
    """How many places this process may use from now on: its part, as far as the others have let go of it."""
    left = places - sum(other.held for other in others)
    return max(min(divide([*others, me], places)[me.process], left), 0)
