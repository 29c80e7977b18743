"""The e-mail of a mailbox that fills up: what it says, and that its button leads into the renewal (DOMAIN.md 6)."""

from pathlib import Path

import pytest

from bot.db.engine import Database
from bot.services.importing import import_mailboxes, open_mailbox_file
from bot.services.surroundings import Surroundings
from tests.services.importing.files import COMPANY, Recorder, as_csv
from tests.support.clock import FrozenClock
from tests.support.long_runs import long
from tests.support.post_office import PostOffice
from tests.support.running_bot import Talk

SAYS = {
    "it": [
        "esempio@pec.example: usati 2 GB su 2 GB della casella.",
        "oppure comprarne altro con il rinnovo",
        "Il pulsante apre Telegram al rinnovo di questa casella",
        (
            "Il promemoria dell'ultimo giorno prima della cancellazione arriva sempre. "
            "L'avviso che precede un rinnovo automatico arriva comunque"
        ),
    ],
    "en": [
        "esempio@pec.example: 2 GB of 2 GB used in the mailbox.",
        "or buy more with the renewal",
        "The button opens Telegram at the renewal of this mailbox",
        (
            "The reminder on the last day before the deletion always comes. "
            "The notice before an automatic renewal comes all the same"
        ),
    ],
}
SUBJECT = {"it": "Spazio esaurito", "en": "No space left"}


@pytest.mark.parametrize("language", ["it", *long("en")])
async def test_who_has_no_chat_is_told_by_email_with_a_button_into_the_renewal(
    office: PostOffice,
    talk: Talk,
    database: Database,
    surroundings: Surroundings,
    clock: FrozenClock,
    tmp_path: Path,
    language: str,
) -> None:
    full = {
        "plan": "pro",
        "extra_mailbox_gb": "0",
        "used_mailbox_gb": "2",
        "used_archive_gb": "0",
        "promo": "",
    }
    when = {"expires_on": "2027-11-20", "usage_at": clock.now().isoformat(), "language": language}
    path = tmp_path / "mailboxes.csv"
    path.write_text(as_csv([COMPANY | full | when]))
    with open_mailbox_file(path) as file:
        await import_mailboxes(file, database, surroundings, Recorder())
    [letter] = await office.tick()
    assert letter.subject == SUBJECT[language]
    for words in SAYS[language]:
        assert words in letter.text
    assert letter.header("List-Unsubscribe") is not None
    chat = await talk(language=language)
    await chat.follow(letter.token)
    assert "esempio@pec.example" in chat.text
    assert await office.tick() == []
