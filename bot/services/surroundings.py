"""What every service stands in: the catalogue in force, the clock, and the operator's time zone."""

from datetime import date, datetime, tzinfo

from bot.clock import Clock, today
from bot.domain.catalogue import Catalogue


class Surroundings:
    """The catalogue and the time, passed to the services as one; the catalogue can be exchanged while running."""

    def __init__(self, catalogue: Catalogue, clock: Clock, zone: tzinfo) -> None:
        """Start with this catalogue; `zone` is the one in which days are counted."""
        self.catalogue = catalogue
        self.zone = zone
        self._clock = clock

    def now(self) -> datetime:
        """This instant, aware and in UTC."""
        return self._clock.now()

    def today(self) -> date:
        """The calendar day in the operator's zone."""
        return today(self._clock, self.zone)

    def here(self) -> datetime:
        """This instant in the operator's zone: its day is `today`, its hour is what a cut-off is compared with."""
        return self.now().astimezone(self.zone)
