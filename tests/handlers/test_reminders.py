"""Reminders in the chat: what they say, and what their buttons do (DOMAIN.md 6)."""

from datetime import date, timedelta

import pytest

from bot.domain.registrant import HolderKind
from bot.services.surroundings import Surroundings
from tests.support.catalogue import with_rules
from tests.support.clock import FrozenClock
from tests.support.long_runs import long, some
from tests.support.pushing import Push
from tests.support.reminding import plain
from tests.support.running_bot import Talk
from tests.support.seed import Seed

SAID = {
    "it": [
        "La casella PEC scade tra 15 giorni",
        "rossi1@pec.example",
        "Piano Pro",
        "martedì 8 dicembre 2026",
        "Dopo la scadenza riceve ancora, ma non può più inviare; passati 90 giorni viene cancellata",
        "Con il primo pulsante si rinnova com'è: stesso piano e stesso spazio, IVA inclusa.",
    ],
    "en": [
        "Your PEC mailbox expires in 15 days",
        "rossi1@pec.example",
        "Pro plan",
        "Tuesday 8 December 2026",
        "After the expiry date it still receives, but can no longer send; 90 days later it is deleted",
        "The first button renews it as it is: same plan, same space, VAT included.",
    ],
}
BUTTONS = {
    "it": ["Rinnova per 1 anno · 36,48 €", "Altre scelte", "Più tardi", "Non ricordarmela"],
    "en": ["Renew for 1 year · €36.48", "Other choices", "Later", "Don't remind me"],
}


@pytest.mark.parametrize("language", ["it", *long("en")])
async def test_a_reminder_says_what_expires_when_and_what_happens_otherwise(
    talk: Talk, seed: Seed, remind: Push, language: str
) -> None:
    await seed.mailbox("rossi", plan="pro", expires_in=15)
    chat = await talk("rossi", language=language)
    assert await remind() == 1
    said = chat.text.replace("\N{NO-BREAK SPACE}", " ")
    for words in SAID[language]:
        assert words in said
    assert [plain(label) for label in chat.buttons] == BUTTONS[language]


@pytest.mark.parametrize(
    ("until", "auto_renew", "said", "due"),
    some(
        [
            (
                date(2026, 6, 30),
                False,
                "è finita il 30/06/2026. Si paga l'intero totale",
                "36,48 €, IVA",
            ),
            (
                date(2026, 6, 30),
                True,
                "è finita il 30/06/2026. Si paga l'intero totale",
                "36,48 €, IVA",
            ),
            # authorised today and until the day before the charge
            (
                date(2026, 12, 20),
                True,
                "finisce il 20/12/2026. Dopo quel giorno si paga l'intero totale",
                "36,48 €, IVA",
            ),
            (date(2026, 12, 21), True, None, "29,90 €, (l'IVA la versa l'ente)"),
            (date(2029, 12, 31), False, None, "29,90 €, (l'IVA la versa l'ente)"),
        ],
        3,
    ),
)
async def test_a_public_body_reads_when_its_split_payment_ends_before_what_is_due(
    talk: Talk,
    seed: Seed,
    remind: Push,
    surroundings: Surroundings,
    until: date,
    auto_renew: bool,
    said: str | None,
    due: str,
) -> None:
    surroundings.catalogue = with_rules(split_payment_until=until)
    office = seed.registrant(HolderKind.PUBLIC_ADMINISTRATION, split_payment=True)
    days = 35 if auto_renew else 15
    await seed.mailbox("comune", plan="pro", expires_in=days, holder=office, auto_renew=auto_renew)
    chat = await talk("comune")
    assert await remind() == 1
    text = plain("\n".join([chat.text, *chat.buttons]))
    assert all(part in text for part in due.split(", "))
    if said is None:
        assert "autorizzazione" not in text
    else:
        assert said in text


async def test_a_step_is_told_once(talk: Talk, seed: Seed, remind: Push, clock: FrozenClock) -> None:
    await seed.mailbox("rossi", expires_in=15)
    await talk("rossi")
    assert await remind() == 1
    assert await remind() == 0
    clock.advance(timedelta(days=1))
    assert await remind() == 0
    clock.advance(timedelta(days=7))
    assert await remind() == 1, "seven days before the expiry is a step of its own"


async def test_rinnova_opens_the_renewal_at_the_first_step_that_is_needed(
    talk: Talk, seed: Seed, remind: Push
) -> None:
    await seed.mailbox("rossi", plan="pro", expires_in=15)
    await seed.mailbox("rossi", plan="pro", expires_in=200)
    chat = await talk("rossi")
    await remind()
    await chat.tap("Altre scelte")
    assert "rossi1@pec.example" in chat.text
    assert chat.has("1 anno"), "the offer to keep it as it is, with nothing to choose before"
