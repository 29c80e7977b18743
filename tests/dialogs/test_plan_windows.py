"""A plan with a window and a deletion day of its own, in the chat: what is said, and what still goes (DOMAIN.md 10)."""

from datetime import timedelta

import pytest

from bot.domain.payments import PaymentOutcome, ReviewReason
from bot.domain.steps import Step
from bot.services.actor import Actor
from bot.services.services import Services
from bot.services.surroundings import Surroundings
from tests.support.catalogue import with_plan, with_rules
from tests.support.clock import FrozenClock
from tests.support.long_runs import long
from tests.support.pushing import Push
from tests.support.reminding import MUTE, reminders, told_on
from tests.support.renewing import draft_of, stand_at
from tests.support.running_bot import Talk
from tests.support.seed import Seed
from tests.support.till import Till

LANGUAGES = pytest.mark.parametrize("language", ["it", *long("en")])


@pytest.fixture
def short(surroundings: Surroundings) -> None:
    """Pro mailboxes are deleted 30 days after their expiry, those of other plans after 90."""
    surroundings.catalogue = with_plan("pro", deletion_days=30)


@pytest.mark.usefixtures("short")
@LANGUAGES
async def test_a_mailbox_is_deleted_by_its_plan_and_the_screen_says_after_how_many_days(
    seed: Seed, talk: Talk, language: str
) -> None:
    await seed.mailbox("rossi", address="gone@a.example", plan="pro", expires_in=-31)
    for name in ("a", "b"):
        await seed.mailbox("rossi", address=f"{name}@pec.example", plan="standard", expires_in=-31)
    chat = await talk("rossi", language=language)
    await chat.send("/renew")
    assert chat.button("gone@a.example").startswith("⊘")
    assert not chat.button("a@pec.example").startswith("⊘"), "its plan has the rules' 90 days"
    await chat.tap("gone@a.example")
    assert {"it": "più di 30 giorni", "en": "More than 30 days"}[language] in chat.text


@pytest.mark.usefixtures("short")
async def test_what_is_to_be_paid_first_is_what_is_deleted_first(
    seed: Seed, talk: Talk, services: Services
) -> None:
    first = await seed.mailbox("rossi", plan="standard", expires_in=-40)
    second = await seed.mailbox("rossi", plan="pro", expires_in=-26)
    chat = await talk("rossi")
    await stand_at(chat, services, first, Step.PAYMENT)
    await services.renewals.toggle_mailbox(Actor(chat.id, "it"), (await draft_of(chat, services)).id, second)
    await chat.tap("Bonifico bancario")
    await chat.tap("Indietro")
    assert "scaduta il 14/10/2026" in chat.text
    assert "27/11/2026" in chat.text, "the thirtieth day after the pro one expired"
    assert not chat.has("Bollettino postale in bianco"), "it would come later"


@pytest.mark.usefixtures("short")
async def test_an_order_is_payable_until_the_deletion_of_the_plan_that_the_mailbox_has(
    till: Till, clock: FrozenClock
) -> None:
    order = await till.order(plan="pro", expires_in=0)
    assert order.pay_by == till.seed.today
    assert order.payable_until == till.seed.today + timedelta(days=30)
    clock.advance(timedelta(days=30))
    assert (await till.receive(till.paid(order, 1))).outcome is PaymentOutcome.PARTIAL, "the last day"
    clock.advance(timedelta(days=1))
    assert (await till.receive(till.paid(order, payment_id="2"))).outcome is PaymentOutcome.REVIEW
    assert [row.reason for row in await till.ledger()] == [None, ReviewReason.MAILBOX_DELETED]


@pytest.mark.soak
@pytest.mark.usefixtures("short")
async def test_reminders_after_the_expiry_come_within_the_days_of_the_plan(
    talk: Talk, seed: Seed, remind: Push, clock: FrozenClock
) -> None:
    await seed.mailbox("rossi", plan="pro", expires_in=-1)
    chat = await talk("rossi")
    await remind()
    assert await told_on(clock, remind, 60) == [1, 9, 19, 24, 27, 29, 30], (
        "2, 10, 20, 25 and 28 days after it, on the last day, and the day after that"
    )
    assert "Oggi è l'ultimo giorno per rinnovare" in reminders(chat)[-2].text
    assert "cancellata" in reminders(chat)[-1].text


@pytest.mark.usefixtures("short")
async def test_what_is_said_of_silence_has_the_days_of_the_plan(talk: Talk, seed: Seed, remind: Push) -> None:
    await seed.mailbox("rossi", plan="pro", expires_in=15)
    chat = await talk("rossi")
    await remind()
    assert "passati 30 giorni" in reminders(chat)[0].text
    await chat.tap(MUTE["it"])
    assert "28 giorni dopo la scadenza" in chat.text
    assert "passati 30 giorni" in chat.text


@pytest.mark.usefixtures("short")
@LANGUAGES
async def test_the_settings_list_the_days_of_what_is_deleted_first_and_say_that_others_fall_later(
    talk: Talk, seed: Seed, language: str
) -> None:
    await seed.mailbox("rossi", plan="pro")
    chat = await talk("rossi", language=language)
    opening = {"it": "Promemoria", "en": "Reminders"}[language]
    later = {"it": "in proporzione", "en": "in proportion"}[language]
    await chat.send("/settings")
    await chat.tap(opening)
    assert later not in chat.text
    await chat.tap("\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}")
    assert chat.has({"it": "28 giorni dopo la scadenza", "en": "28 days after the expiry date"}[language])
    await chat.tap({"it": "28 giorni dopo", "en": "28 days after"}[language])
    assert "30" in chat.text
    await seed.mailbox("rossi", plan="standard")
    await chat.send("/settings")
    await chat.tap(opening)
    assert later in chat.text


@LANGUAGES
async def test_before_its_window_a_mailbox_says_from_when_on_it_can_be_renewed(
    seed: Seed, talk: Talk, surroundings: Surroundings, clock: FrozenClock, language: str
) -> None:
    surroundings.catalogue = with_rules(renew_from_days=120)
    for name in ("a", "b"):
        await seed.mailbox("rossi", address=f"{name}@pec.example", expires_in=100)
    await seed.mailbox("rossi", address="early@a.example", expires_in=125)
    chat = await talk("rossi", language=language)
    await chat.send("/mailboxes")
    assert {"it": "non ancora rinnovabile", "en": "cannot be renewed yet"}[language] in chat.text
    await chat.send("/renew")
    word = {"it": "non ancora", "en": "not yet"}[language]
    assert chat.button("early@a.example") == f"⊘ early@a.example · {word}"
    await chat.tap("early@a.example")
    assert {"it": "rinnovare questa casella: 28/11/2026", "en": "from 28 Nov 2026"}[language] in chat.text
    clock.advance(timedelta(days=5))
    await chat.send("/renew")
    await chat.tap({"it": "Riprendi", "en": "Resume"}[language])
    assert chat.button("early@a.example").startswith("□")


async def test_automatic_renewal_is_switched_off_before_the_window_opens_and_the_reason_that_is_left_is_shown(
    seed: Seed, talk: Talk, surroundings: Surroundings
) -> None:
    surroundings.catalogue = with_plan("standard", renew_from_days=120)
    await seed.mailbox("rossi", address="auto@a.example", expires_in=200, auto_renew=True)
    chat = await talk("rossi")
    await chat.send("/rinnova")
    await chat.tap("Disattiva")
    assert chat.toast == "Rinnovo automatico disattivato."
    assert "È ancora presto" in chat.text
    assert ": 11/02/2027" in chat.text
