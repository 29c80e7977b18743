"""By when a payment has to be made to be registered in time: in the chat as in the mail (DOMAIN.md 3.6 and 4)."""

from datetime import date

import pytest

from tests.messages.conftest import Chat, Mail, Read
from tests.messages.every import CARD, SLIP, TRANSFER
from tests.messages.payloads import about_order, an_order

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
        (date(2027, 3, 23), "en", "Made today, it would be registered after the deletion."),
    ],
)
async def test_a_transfer_has_a_last_day_and_hour(
    chat: Chat, mail: Mail, read: Read, on: date, language: str, said: str
) -> None:
    payload = about_order("order-expiring", an_order(draft=TRANSFER), on=on)
    payload |= {"to": "maria.esempio@example.com", "language": language, "phrase": None}
    assert said in await read(chat(payload, language))
    assert said in " ".join(mail(payload, language).text.split())


async def test_what_counts_the_whole_day_has_no_hour_and_what_is_at_once_no_day(
    chat: Chat, read: Read
) -> None:
    slip = await read(chat(about_order("order-expiring", an_order(draft=SLIP))))
    assert "entro il 23/12/2026 va fatto entro il 14/12/2026." in slip  # seven working days, the latest
    card = await read(chat(about_order("order-expiring", an_order(draft=CARD))))
    assert "va fatto" not in card
