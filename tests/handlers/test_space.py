"""What somebody reads in the chat when a mailbox fills up, and what its button does (DOMAIN.md 6, "Space")."""

from pathlib import Path

import pytest

from bot.db.engine import Database
from bot.services.importing import import_mailboxes, open_mailbox_file
from bot.services.surroundings import Surroundings
from tests.services.importing.files import COMPANY, Recorder, as_csv
from tests.support.chat import labels_of
from tests.support.clock import FrozenClock
from tests.support.long_runs import long
from tests.support.pushing import Push
from tests.support.reminding import RENEW, plain
from tests.support.running_bot import Talk

FILE = COMPANY | {"expires_on": "2027-11-20", "extra_mailbox_gb": "0", "promo": ""}
"""Far from its expiry: nothing else is told of it."""

FULL = {
    "it": [
        "📦 Spazio esaurito",
        "esempio@pec.example: usati 2 GB su 2 GB della casella.",
        "esempio@pec.example: usati 2,75 GB su 3 GB dell'archivio.",
        "Puoi liberare spazio cancellando messaggi, oppure comprarne altro con il rinnovo.",
        "una PEC piena è trattata come una PEC assente (CNDCEC, Pronto Ordini 63 del 3 ottobre 2025)",
    ],
    "en": [
        "📦 No space left",
        "esempio@pec.example: 2 GB of 2 GB used in the mailbox.",
        "esempio@pec.example: 2.75 GB of 3 GB used in the archive.",
        "You can free space by deleting messages, or buy more with the renewal.",
        "a full PEC mailbox is treated as an absent one (CNDCEC, Pronto Ordini 63 of 3 October 2025)",
    ],
}
AT_ITS_CAP = {
    "it": "oppure passare con il rinnovo al piano Pro, che può averne di più",
    "en": "or move to the Pro plan with the renewal, which can have more",
}
WITH_THE_NEXT = {"it": "comprarne altro con il prossimo rinnovo", "en": "buy more with the next renewal"}


class Importer:
    """An operator's file, imported again and again."""

    def __init__(
        self, database: Database, surroundings: Surroundings, clock: FrozenClock, path: Path
    ) -> None:
        """Write it at `path`."""
        self._database, self._surroundings, self._clock, self._path = database, surroundings, clock, path

    async def says(self, *rows: dict[str, str]) -> None:
        """These rows, with their usage measured now."""
        now = {"usage_at": self._clock.now().isoformat()}
        self._path.write_text(as_csv([FILE | row | now for row in rows]))
        with open_mailbox_file(self._path) as file:
            report = await import_mailboxes(file, self._database, self._surroundings, Recorder())
        assert report.refused == 0


@pytest.fixture
def file(database: Database, surroundings: Surroundings, clock: FrozenClock, tmp_path: Path) -> Importer:
    """The operator's file."""
    return Importer(database, surroundings, clock, tmp_path / "mailboxes.csv")


LITTLE = {"used_mailbox_gb": "0.1", "used_archive_gb": "0"}
PACKED = {"used_mailbox_gb": "2", "used_archive_gb": "2.75"}


@pytest.mark.parametrize("language", ["it", *long("en")])
async def test_who_reads_it_sees_which_space_what_can_be_done_and_why(
    file: Importer, talk: Talk, remind: Push, language: str
) -> None:
    await file.says(LITTLE)
    chat = await talk(FILE["customer"], language=language)
    assert await remind() == 0
    await file.says(PACKED)
    assert await remind() == 1
    for words in FULL[language]:
        assert words in plain(chat.newest.text)
    assert chat.buttons == [RENEW[language]]
    await chat.tap(RENEW[language])
    assert "esempio@pec.example" in chat.text
    assert await remind() == 0


@pytest.mark.parametrize("language", ["it", *long("en")])
async def test_at_the_cap_of_its_plan_the_larger_plan_is_named(
    file: Importer, talk: Talk, remind: Push, language: str
) -> None:
    row = {"plan": "standard", "extra_mailbox_gb": "1", "used_archive_gb": ""}
    await file.says(row | {"used_mailbox_gb": "0.2"})
    chat = await talk(FILE["customer"], language=language)
    await file.says(row | {"used_mailbox_gb": "1.9"})
    assert await remind() == 1
    assert AT_ITS_CAP[language] in plain(chat.newest.text)


@pytest.mark.parametrize("language", ["it", *long("en")])
async def test_what_cannot_be_renewed_now_has_no_button_and_says_so(
    file: Importer, talk: Talk, remind: Push, language: str
) -> None:
    await file.says(LITTLE | {"auto_renew": "true"})
    chat = await talk(FILE["customer"], language=language)
    await file.says(PACKED | {"auto_renew": "true"})
    assert await remind() == 1
    assert WITH_THE_NEXT[language] in plain(chat.newest.text)
    assert labels_of(chat.newest) == []


async def test_several_mailboxes_are_one_message_with_a_button_each(
    file: Importer, talk: Talk, remind: Push
) -> None:
    second = {"address": "altra@pec.example"}
    await file.says(LITTLE, LITTLE | second)
    chat = await talk(FILE["customer"])
    await file.says(PACKED, PACKED | second)
    assert await remind() == 1
    assert "2 caselle PEC quasi piene o piene" in chat.newest.text
    assert chat.buttons == ["Rinnova: esempio@pec.example", "Rinnova: altra@pec.example"]


async def test_who_links_the_chat_after_the_file_is_told_then(
    file: Importer, talk: Talk, remind: Push
) -> None:
    await file.says(PACKED)
    assert await remind() == 0
    chat = await talk(FILE["customer"])
    assert await remind() == 1
    assert chat.newest.text.startswith("📦")
