"""What the rows of a file are judged by."""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from bot.domain.catalogue import Catalogue
from bot.services.importing.file_form import AS_THE_CONTRACT, FileForm


@dataclass(frozen=True, slots=True)
class Measures:
    """What rows are judged by.

    Attributes:
        catalogue: the one in force.
        now: the instant.
        today: the day in Rome.
        zone: the operator's, for moments without an offset where the form allows them.
        form: how the cells of the file are written.
    """

    catalogue: Catalogue
    now: datetime
    today: date
    zone: tzinfo
    form: FileForm = AS_THE_CONTRACT
