"""Lists with a mailbox that is gone, or deleted: they say so, and offer no renewal of it (decision 034)."""

import re

import pytest
from icalendar import Calendar

from bot.domain.reminders import MuteLevel
from bot.handlers.buttons import MuteMailbox, RemindLater, UnmuteMailbox
from tests.handlers.conftest import Vanish
from tests.support.long_runs import long
from tests.support.pushing import Push
from tests.support.reminding import ALL, reminders
from tests.support.running_bot import Talk
from tests.support.seed import Seed

BOTH = pytest.mark.parametrize("language", ["it", *long("en")])
GONE = {"it": "non più qui", "en": "no longer here"}
NOT_MANAGED = {"it": "non più gestita qui", "en": "no longer managed here"}
DELETED = {"it": "cancellata", "en": "deleted"}
EXPIRED = {"it": "scaduta", "en": "expired"}
RENEW = {"it": "Rinnova", "en": "Renew"}
SWITCHES = {"it": "Rinnovo automatico", "en": "Automatic renewal"}
HOME_SAYS = {
    "it": "Una casella non risulta più tra quelle gestite qui.",
    "en": "One mailbox is no longer among those managed here.",
}
NO_MORE = {
    "it": "Di questa casella non arrivano più promemoria: con /caselle si vede perché.",
    "en": "No more reminders come for this mailbox: /mailboxes shows why.",
}


@BOTH
async def test_a_gone_mailbox_in_the_list_is_not_said_to_have_expired(
    talk: Talk, seed: Seed, vanish: Vanish, language: str
) -> None:
    gone = await seed.mailbox("rossi", address="ieri@pec.example", plan="pro", expires_in=-10)
    await seed.mailbox("rossi", address="viva@pec.example", plan="pro", expires_in=30)
    chat = await talk("rossi", language=language)
    await vanish(gone)
    await chat.send("/mailboxes")
    label = next(each for each in chat.buttons if "ieri@" in each)
    assert label == f"ieri@pec.example · {GONE[language]}"
    assert [each.split("@")[0] for each in chat.buttons if "@" in each] == ["viva", "ieri"], "the gone last"
    line = chat.text.split("ieri@pec.example\n")[1].split("\n")[0]
    assert line == f"Pro · {NOT_MANAGED[language]}"
    assert RENEW[language] in chat.buttons, "there is another to renew"


@BOTH
async def test_a_list_of_gone_and_deleted_mailboxes_alone_offers_no_renewal(
    talk: Talk, seed: Seed, vanish: Vanish, language: str
) -> None:
    gone = await seed.mailbox("rossi", address="ieri@pec.example", plan="pro", expires_in=20)
    await seed.mailbox("rossi", address="persa@pec.example", plan="pro", expires_in=-200)
    chat = await talk("rossi", language=language)
    await vanish(gone)
    await chat.send("/mailboxes")
    assert f"persa@pec.example · {DELETED[language]}" in chat.buttons
    assert not any(EXPIRED[language] in label for label in chat.buttons)
    assert RENEW[language] not in chat.buttons
    assert SWITCHES[language] not in chat.buttons, "nothing of theirs can renew itself"

    await chat.send("/start")
    assert HOME_SAYS[language] in chat.text
    assert RENEW[language] not in chat.buttons


@BOTH
async def test_the_switches_name_a_gone_mailbox_only_while_a_charge_may_come(
    talk: Talk, seed: Seed, vanish: Vanish, language: str
) -> None:
    still_on = await seed.mailbox("rossi", address="uno@pec.example", expires_in=60, auto_renew=True)
    off = await seed.mailbox("rossi", address="due@pec.example", expires_in=60)
    await seed.mailbox("rossi", address="tre@pec.example", expires_in=60)
    chat = await talk("rossi", language=language)
    await vanish(still_on)
    await vanish(off)
    await chat.send("/mailboxes")
    await chat.tap(SWITCHES[language])
    assert {each.split("@")[0] for each in chat.buttons if "@" in each} == {"uno", "tre"}
    await chat.tap("uno@")
    assert {"it": "La scadenza resta", "en": "The expiry date stays"}[language] not in chat.text
    await chat.tap({"it": "Disattiva", "en": "Switch off"}[language])
    assert {"it": "Non attivo", "en": "Off"}[language] in chat.text
    assert {"it": "Scadenza", "en": "Expiry date"}[language] not in chat.text, "nobody knows it any more"


@BOTH
async def test_a_gone_mailbox_has_no_day_in_the_calendar(
    talk: Talk, seed: Seed, vanish: Vanish, language: str
) -> None:
    boxes = [await seed.mailbox("rossi", plan="pro", expires_in=days) for days in (20, 30)]
    chat = await talk("rossi", language=language)
    await vanish(boxes[0])
    await chat.send("/calendar")
    document = chat.newest.content.document
    assert document is not None
    said = [str(each["summary"]) for each in Calendar.from_ical(document.data).walk("VEVENT")]
    assert len(said) == 1
    assert "rossi2@pec.example" in said[0]


async def test_the_whole_list_of_a_reminder_leaves_out_what_is_gone_meanwhile(
    talk: Talk, seed: Seed, remind: Push, vanish: Vanish
) -> None:
    boxes = [await seed.mailbox("rossi", plan="pro", expires_in=15) for _ in range(7)]
    chat = await talk("rossi")
    await remind()
    await vanish(boxes[0])
    await chat.tap(ALL["it"], on=reminders(chat)[0])
    assert chat.text.startswith("6 ")
    assert "rossi1@pec.example" not in chat.text


@BOTH
async def test_an_old_reminder_of_a_gone_mailbox_promises_no_more_reminders(
    talk: Talk, seed: Seed, remind: Push, vanish: Vanish, language: str
) -> None:
    box = await seed.mailbox("rossi", plan="pro", expires_in=30)
    chat = await talk("rossi", language=language)
    await remind()
    reminder = reminders(chat)[-1]
    await vanish(box)
    for asked in (
        RemindLater(mailbox=box),
        MuteMailbox(mailbox=box, level=MuteLevel.MOST),
        UnmuteMailbox(mailbox=box),
    ):
        before = chat.texts
        await chat.press(asked.pack(), on=reminder)
        assert chat.toast == NO_MORE[language]
        assert chat.texts == before, "nothing else is said"


@BOTH
async def test_an_old_button_to_renew_it_names_no_expiry(
    talk: Talk, seed: Seed, vanish: Vanish, language: str
) -> None:
    box = await seed.mailbox("rossi", plan="pro", expires_in=30)
    chat = await talk("rossi", language=language)
    await vanish(box)
    await chat.send("/renew")
    assert {"it": "Non risulta più", "en": "no longer among"}[language] in chat.text
    assert {"it": "scadenza", "en": "expires"}[language] not in chat.text
    assert re.search(r"\b20\d\d\b", chat.text) is None, "no day at all"
