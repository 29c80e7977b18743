"""What befalls the bot from outside: Telegram, the mail server and the operator's system fail, workers stay away."""

from typing import TYPE_CHECKING

from tests.simulation.registry import actor
from tests.simulation.weather import MAIL_FAULTS
from tests.support.faults import Fault

if TYPE_CHECKING:
    from tests.simulation.actions import Lot
    from tests.simulation.life import Life
    from tests.simulation.process import Process

_FAULTS = tuple(fault for fault in Fault if fault is not Fault.NONE)
_ANSWERS = (0, 429, 500, 503)


@actor("telegram fails", 6)
async def telegram(life: "Life", process: "Process", lot: "Lot") -> str:
    """Some of the next calls to Telegram fail, of what is pushed or of what is answered."""
    del process
    faults = [lot.choice((Fault.NONE, *_FAULTS)) for _ in range(lot.randint(1, 6))]
    (life.weather.pushes if lot.percent(60) else life.weather.chats).extend(faults)
    return " ".join(fault.name for fault in faults)


@actor("mail fails", 4)
async def mail(life: "Life", process: "Process", lot: "Lot") -> str:
    """Some of the next mails fail, or an address takes none for today or for good."""
    del process
    address = lot.choice(life.provider.emails())
    match lot.randrange(6):
        case 0:
            life.weather.bounces.symmetric_difference_update({address})
            return f"{address} takes no mail, or takes it again"
        case 1:
            life.weather.greylisted.add(address)
            return f"{address} takes no mail today"
        case _:
            faults = [lot.choice(MAIL_FAULTS) for _ in range(lot.randint(1, 4))]
            life.weather.mails.extend(faults)
            return ", ".join(faults)


@actor("events fail", 2)
async def events(life: "Life", process: "Process", lot: "Lot") -> str:
    """The operator's system does not answer some of the next events, or refuses them for now."""
    del process
    answers = [lot.choice(_ANSWERS) for _ in range(lot.randint(1, 4))]
    life.weather.events.extend(answers)
    return " ".join(map(str, answers))


@actor("workers stay away", 1)
async def away(life: "Life", process: "Process", lot: "Lot") -> str:
    """No worker works for some days."""
    del process
    life.away_until = max(life.away_until, life.day + lot.randint(1, 4))
    return f"until day {life.away_until}"
