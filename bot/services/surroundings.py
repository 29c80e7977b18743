"""What every service stands in: the catalogue in force, the clock, and the zone in which times are shown."""

from datetime import date, datetime, tzinfo

from bot.clock import ROME, Clock, today
from bot.domain.catalogue import Catalogue


class Surroundings:
    """The catalogue and the time, passed to the services as one; the catalogue can be exchanged while running."""

    def __init__(self, catalogue: Catalogue, clock: Clock, zone: tzinfo) -> None:
        """Start with this catalogue.

        `zone`, the setting `TIMEZONE`, is where times of day are shown to people and read from them. What is decided by
        a day or an hour is decided in Rome: by `today` and `here`.
        """
        self.catalogue = catalogue
        self.zone = zone
        self._clock = clock

    def now(self) -> datetime:
        """This instant, aware and in UTC."""
        return self._clock.now()

    def today(self) -> date:
        """The calendar day in Rome."""
        return today(self._clock)

    def here(self) -> datetime:
        """This instant in Rome: its day is `today`, its hour is what a cut-off and the hours of reminders mean."""
        return self.now().astimezone(ROME)
