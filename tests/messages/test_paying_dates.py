"""By when a payment has to be made to be registered in time: in the chat as in the mail (DOMAIN.md 3.6 and 4)."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.domain.catalogue import MethodFamily
from bot.domain.creditor_reference import creditor_reference, in_groups
from tests.messages.conftest import Chat, Mail, Read
from tests.messages.every import CARD, SLIP, TRANSFER
from tests.messages.payloads import NUMBER, about_order, about_reminder, an_order
from tests.support.builders import a_mailbox
from tests.support.catalogue import example_catalogue

EXPIRY = date(2026, 12, 23)  # a Wednesday; the last day of all is Tuesday 23 March 2027


@pytest.mark.parametrize(
    ("on", "language", "said"),
    [
        (
            date(2026, 12, 9),
            "it",
            "Per essere registrato entro il 23/12/2026 va fatto entro il 22/12/2026, prima delle 15:00.",
        ),
        (date(2026, 12, 22), "en", "it has to be made by 22 Dec 2026, before 15:00."),
        (date(2026, 12, 23), "it", "Fatto oggi, verrebbe registrato dopo la scadenza."),
        (date(2026, 12, 24), "it", "entro il 23/03/2027 va fatto entro il 22/03/2027, prima delle 15:00."),
        (date(2027, 3, 23), "it", "Fatto oggi, verrebbe registrato dopo la cancellazione."),
        (date(2027, 3, 23), "en", "Made today, it would be received after the deletion."),
    ],
)
async def test_a_transfer_has_a_last_day_and_hour(
    chat: Chat, mail: Mail, read: Read, on: date, language: str, said: str
) -> None:
    payload = about_order("order-expiring", an_order(draft=TRANSFER), on=on)
    payload |= {"to": "maria.esempio@example.com", "language": language, "phrase": None}
    assert said in await read(chat(payload, language))
    assert said in " ".join(mail(payload, language).text.split())


@pytest.mark.parametrize(
    ("message", "draft", "on", "said"),
    [
        # Who reads the subject alone and pays on that day is in time.
        ("order-placed", TRANSFER, date(2026, 12, 9), "da pagare entro il 22/12/2026"),
        ("order-placed", SLIP, date(2026, 12, 9), "da pagare entro il 14/12/2026"),
        ("order-placed", CARD, date(2026, 12, 9), "da pagare entro il 23/12/2026"),
        # Too late by its method: the date itself, for what comes at once.
        ("order-placed", TRANSFER, date(2026, 12, 23), "da pagare entro il 23/12/2026"),
        ("order-expiring", TRANSFER, date(2027, 3, 10), "da pagare entro il 22/03/2027"),
        ("order-expiring", TRANSFER, date(2027, 3, 23), "da pagare entro il 23/03/2027"),
        ("order-expiring", CARD, date(2027, 3, 10), "da pagare entro il 23/03/2027"),
    ],
)
def test_the_subject_of_an_email_says_no_later_day_than_its_text(
    mail: Mail, message: str, draft: dict[str, Any], on: date, said: str
) -> None:
    payload = about_order(message, an_order(draft=draft), on=on)
    payload |= {"to": "maria.esempio@example.com", "language": "it", "phrase": None}
    assert mail(payload).subject.endswith(said)


async def test_what_counts_the_whole_day_has_no_hour_and_what_is_at_once_no_day(
    chat: Chat, read: Read
) -> None:
    slip = await read(chat(about_order("order-expiring", an_order(draft=SLIP))))
    assert "entro il 23/12/2026 va fatto entro il 14/12/2026." in slip  # seven working days, the latest
    for same_day in (CARD, {"method_id": "slip_preprinted"}):
        assert "va fatto" not in await read(chat(about_order("order-expiring", an_order(draft=same_day))))


@pytest.mark.parametrize("message", ["order-placed", "order-expiring", "reminder-awaiting-payment"])
@pytest.mark.parametrize(
    ("on", "said"),
    [
        (EXPIRY - timedelta(days=2), None),
        (
            EXPIRY - timedelta(days=1),
            "Dalle 15:00 di oggi conviene un bonifico istantaneo, con gli stessi dati: arriva in pochi secondi",
        ),
        (
            EXPIRY,
            "Conviene un bonifico istantaneo, con gli stessi dati: arriva in pochi secondi, a ogni ora di ogni",
        ),
        (date(2027, 3, 23), "uno ordinario arriverebbe dopo la cancellazione."),
    ],
)
async def test_an_order_says_where_an_instant_transfer_saves_a_date(
    chat: Chat, mail: Mail, read: Read, message: str, on: date, said: str | None
) -> None:
    order = an_order(draft=TRANSFER)
    more: dict[str, Any] = {
        "on": on.isoformat(),
        "to": "maria.esempio@example.com",
        "language": "it",
        "phrase": None,
    }
    payload: dict[str, Any] = (
        about_reminder(message, [a_mailbox()], order=order, **more)
        if message.startswith("reminder")
        else about_order(message, order) | more
    )
    texts = [" ".join(mail(payload).text.split())]
    if message != "order-placed":
        texts.append(await read(chat(payload)))
    for text in texts:
        assert ("istantaneo" in text) is (said is not None)
        assert said is None or said in text


@pytest.mark.parametrize("message", ["reminder-renew", "reminder-not-charged"])
@pytest.mark.parametrize(
    ("expires_in", "said"),
    [
        (2, None),
        (1, "Dalle 15:00 di oggi un bonifico ordinario arriverebbe dopo la scadenza"),
        (0, "Un bonifico ordinario arriverebbe dopo la scadenza, un bonifico istantaneo no"),
        (-30, None),
        (-90, "Un bonifico ordinario arriverebbe dopo la cancellazione, un bonifico istantaneo no"),
    ],
)
async def test_late_reminders_say_where_an_instant_transfer_saves_a_date(
    chat: Chat, mail: Mail, read: Read, message: str, expires_in: int, said: str | None
) -> None:
    payload = about_reminder(message, [a_mailbox(expires_in=expires_in)])
    for text in (await read(chat(payload)), " ".join(mail(payload).text.split())):
        assert ("istantaneo" in text) is (said is not None)
        assert said is None or said in text


async def test_nobody_else_hears_of_it(chat: Chat, read: Read) -> None:
    for other in (CARD, SLIP, {"method_id": "instant_transfer"}):
        payload = about_order("order-expiring", an_order(draft=other), on=EXPIRY)
        assert "Conviene" not in await read(chat(payload))


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize("message", ["order-expiring", "reminder-awaiting-payment"])
async def test_what_a_transfer_is_made_of_is_copied_from_messages_too(
    chat: Chat, message: str, language: str
) -> None:
    order = an_order(draft=TRANSFER)
    payload = (
        about_reminder(message, [a_mailbox()], order=order)
        if message.startswith("reminder")
        else about_order(message, order)
    )
    rows = chat(payload, language).rows
    assert [[button.copied for button in row] for row in rows[:2]] == [
        ["Posta Esempio S.r.l.", "IT24F999999999900000ESEMPIO"],
        ["36,48" if language == "it" else "36.48", NUMBER],
    ]
    assert all(len(button.label) <= 14 for row in rows[:2] for button in row)


@pytest.mark.parametrize(
    ("language", "button", "named"),
    [("it", "Copia riferimento RF", "Riferimento RF"), ("en", "Copy RF reference", "RF reference")],
)
async def test_the_reference_of_iso_11649_is_in_chat_and_mail_where_the_catalogue_says_so(
    chat: Chat, mail: Mail, language: str, button: str, named: str
) -> None:
    shipped = example_catalogue()
    methods = {
        key: replace(method, creditor_reference=method.family is MethodFamily.BANK_TRANSFER)
        for key, method in shipped.methods.items()
    }
    payload = about_order("order-expiring", an_order(draft=TRANSFER))
    payload |= {"to": "maria.esempio@example.com", "language": language, "phrase": None}
    rows = chat(payload, language, replace(shipped, methods=methods)).rows
    assert [(each.label, each.copied) for each in rows[2]] == [(button, creditor_reference(NUMBER))]
    written = in_groups(creditor_reference(NUMBER))
    text = mail(payload, language, replace(shipped, methods=methods)).text
    assert named in text
    assert written in text
    assert named not in mail(payload, language).text
