"""*Rinnova per 1 anno · 12,08 €* on a reminder: one tap chooses term and amount (decision 023).

The price is asked anew at the tap: what is no longer as the message said is said, and asked.
"""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from bot.db.engine import Database
from bot.db.tables import MailboxRow
from bot.domain.money import gross
from bot.domain.steps import Step
from bot.services.actor import Actor
from bot.services.services import Services
from bot.services.surroundings import Surroundings
from tests.support.catalogue import with_plan
from tests.support.chat import Chat
from tests.support.clock import FrozenClock
from tests.support.long_runs import long, some
from tests.support.ordering import ACCEPT, chosen, order_of, place
from tests.support.pushing import Push
from tests.support.reminding import CHOICES, LATER, MUTE, RENEW, labels_plain, plain, reminders, tap_first
from tests.support.renewing import draft_of, stand_at
from tests.support.running_bot import Talk
from tests.support.seed import Seed
from tests.support.till import Till
from tests.support.windows import state_of

LANGUAGES = ["it", *long("en")]
ONE_YEAR = {"it": "Rinnova per 1 anno · 36,48 €", "en": "Renew for 1 year · €36.48"}
AS_BEFORE = {"it": "1 anno con bonifico · 36,48 €", "en": "1 year by transfer · €36.48"}
TRANSFER = {"it": "Bonifico bancario", "en": "Bank transfer"}
ORDER = {"it": "Ordine con obbligo di pagare", "en": "Order with obligation to pay"}
PLACED = {"it": "ricevuto", "en": "received"}


async def reminded(talk: Talk, seed: Seed, remind: Push, language: str = "it") -> Chat:
    """A chat with a reminder of its only mailbox, in the Pro plan."""
    await seed.mailbox("rossi", plan="pro", expires_in=15)
    chat = await talk("rossi", language=language)
    await remind()
    return chat


@pytest.mark.parametrize("language", LANGUAGES)
async def test_from_the_reminder_to_the_order_it_takes_six_taps(
    talk: Talk, seed: Seed, services: Services, database: Database, remind: Push, language: str
) -> None:
    chat = await reminded(talk, seed, remind, language)
    assert labels_plain(reminders(chat)[0]) == [
        ONE_YEAR[language],
        CHOICES[language],
        LATER[language],
        MUTE[language],
    ]
    await tap_first(chat)
    assert await state_of(database, chat.screen) == "RenewalStates:payment", "straight to the payment"
    taps = 1
    for label in [TRANSFER[language], *ACCEPT[language]]:
        await chat.tap(label)
        taps += 1
    await chat.tap(ORDER[language])
    taps += 1
    order = await order_of(services, chat)
    assert order.number in chat.screen_text
    assert PLACED[language] in chat.screen_text
    assert (order.quote.due, order.quote.years, order.method_id) == (3648, 1, "bank_transfer")
    assert (order.auto_renew, order.kit_id) == (False, None), "nothing else was chosen for the customer"
    assert taps == 6
    assert len(reminders(chat)[0].buttons) == 4, "the reminder keeps its buttons"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_other_years_stand_beside_it(
    talk: Talk, seed: Seed, database: Database, remind: Push, language: str
) -> None:
    chat = await reminded(talk, seed, remind, language)
    await chat.tap(CHOICES[language])
    assert await state_of(database, chat.screen) == "RenewalStates:offer"
    assert chat.has({"it": "3 anni", "en": "3 years"}[language])


@pytest.mark.parametrize("language", LANGUAGES)
async def test_who_has_renewed_here_before_renews_in_the_same_way_and_has_only_to_accept(
    talk: Talk,
    seed: Seed,
    services: Services,
    database: Database,
    remind: Push,
    till: Till,
    clock: FrozenClock,
    language: str,
) -> None:
    chat = await reminded(talk, seed, remind, language)
    actor = Actor(chat.id, language)
    order = await place(services, actor, await chosen(services, actor, [1], method="bank_transfer"))
    await till.receive(till.paid(order))
    clock.advance(timedelta(days=365))
    await remind()
    reminder = reminders(chat)[-1]
    assert labels_plain(reminder)[0] == AS_BEFORE[language]
    assert {"it": "come l'ultima volta", "en": "like last time"}[language] in reminder.text
    await tap_first(chat)
    assert await state_of(database, chat.screen) == "RenewalStates:recap"
    for label in [*ACCEPT[language], ORDER[language]]:
        await chat.tap(label)
    newest = (await services.orders.list(actor))[0]
    assert newest.number != order.number
    assert (newest.quote.years, newest.method_id, newest.auto_renew) == (1, "bank_transfer", False)


@pytest.mark.soak
async def test_the_years_of_the_last_time_are_those_of_the_button(
    talk: Talk, seed: Seed, services: Services, remind: Push, till: Till, clock: FrozenClock
) -> None:
    chat = await reminded(talk, seed, remind)
    actor = Actor(chat.id, "it")
    order = await place(services, actor, await chosen(services, actor, [1], method="card", years=2))
    await till.receive(till.paid(order))
    clock.advance(timedelta(days=2 * 365))
    await remind()
    assert labels_plain(reminders(chat)[-1])[0] == "2 anni con carta · 72,96 €"


@pytest.mark.soak
async def test_a_way_to_pay_that_would_be_late_by_now_is_not_on_the_button(
    talk: Talk, seed: Seed, services: Services, remind: Push, till: Till, clock: FrozenClock
) -> None:
    chat = await reminded(talk, seed, remind)
    actor = Actor(chat.id, "it")
    order = await place(services, actor, await chosen(services, actor, [1], method="slip_ordinary"))
    await till.receive(till.paid(order))
    clock.advance(timedelta(days=365 + 13))
    await remind()
    assert labels_plain(reminders(chat)[-1])[0] == "Rinnova per 1 anno · 36,48 €"


@pytest.mark.soak
@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_way_to_pay_that_is_late_at_the_tap_is_said_and_asked(
    talk: Talk,
    seed: Seed,
    services: Services,
    database: Database,
    remind: Push,
    till: Till,
    clock: FrozenClock,
    language: str,
) -> None:
    chat = await reminded(talk, seed, remind, language)
    actor = Actor(chat.id, language)
    order = await place(services, actor, await chosen(services, actor, [1], method="bank_transfer"))
    await till.receive(till.paid(order))
    clock.advance(timedelta(days=365))
    await remind()
    reminder = reminders(chat)[-1]
    assert labels_plain(reminder)[0] == AS_BEFORE[language]
    clock.advance(timedelta(days=15))
    await tap_first(chat, reminder)
    assert await state_of(database, chat.screen) == "RenewalStates:payment"
    before = chat.texts[-2]
    assert {"it": "Con bonifico il pagamento non arriverebbe", "en": "by transfer would no longer arrive"}[
        language
    ] in before
    assert (await draft_of(chat, services)).method_id is None
    assert (await draft_of(chat, services)).years == 1


# What is not on the button


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "box",
    some(
        [
            {"plan": "pro", "promo": "welcome"},
            {"plan": "standard", "used": ("1.4", "0")},
            {"plan": "pro", "promo": "welcome", "extra": (1, 0)},
        ],
        2,
    ),
)
async def test_with_a_promotion_or_space_to_buy_the_button_only_opens_the_renewal(
    talk: Talk, seed: Seed, database: Database, remind: Push, language: str, box: dict[str, object]
) -> None:
    await seed.mailbox("rossi", expires_in=15, **box)  # type: ignore[arg-type]
    chat = await talk("rossi", language=language)
    await remind()
    assert labels_plain(reminders(chat)[0]) == [RENEW[language], LATER[language], MUTE[language]]
    await chat.tap(RENEW[language])
    assert await state_of(database, chat.screen) == "RenewalStates:offer"


async def test_with_a_plan_that_is_no_longer_sold_the_button_only_opens_the_renewal(
    talk: Talk, seed: Seed, surroundings: Surroundings, remind: Push
) -> None:
    surroundings.catalogue = with_plan("pro", on_sale=False)
    chat = await reminded(talk, seed, remind)
    assert labels_plain(reminders(chat)[0])[0] == RENEW["it"]


async def test_an_amount_that_does_not_fit_in_a_row_loses_words_and_never_the_term(
    talk: Talk, seed: Seed, surroundings: Surroundings, remind: Push
) -> None:
    surroundings.catalogue = with_plan("pro", price=1_000_000)
    chat = await reminded(talk, seed, remind)
    assert labels_plain(reminders(chat)[0])[0] == "Rinnova 1 anno · 12.200,00 €"


# At the tap


@pytest.mark.parametrize("language", LANGUAGES)
async def test_another_price_at_the_tap_is_said_and_the_years_are_asked(
    talk: Talk,
    seed: Seed,
    services: Services,
    database: Database,
    surroundings: Surroundings,
    remind: Push,
    language: str,
) -> None:
    chat = await reminded(talk, seed, remind, language)
    surroundings.catalogue = with_plan("pro", price=3500)
    await tap_first(chat)
    assert await state_of(database, chat.screen) == "RenewalStates:offer"
    said = plain(chat.texts[-2])
    assert {"it": "36,48 €", "en": "€36.48"}[language] in said
    now = gross(3500, surroundings.catalogue.rules.vat_percent)
    assert f"{now / 100:.2f}".replace(".", "," if language == "it" else ".") in said
    assert (await draft_of(chat, services)).years is None, "nothing is chosen for the customer"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_mailbox_that_is_not_as_the_message_says_is_asked_about_at_the_same_price(
    talk: Talk, seed: Seed, database: Database, remind: Push, language: str
) -> None:
    chat = await reminded(talk, seed, remind, language)
    async with database.write() as session:
        await session.execute(update(MailboxRow).values(expires_on=date(2026, 12, 20)))
    await tap_first(chat)
    assert await state_of(database, chat.screen) == "RenewalStates:offer"
    assert {"it": "non è più come diceva il promemoria", "en": "no longer as the reminder said"}[
        language
    ] in chat.texts[-2]


@pytest.mark.soak
async def test_a_mailbox_that_has_filled_up_meanwhile_is_asked_about(
    talk: Talk, seed: Seed, database: Database, remind: Push
) -> None:
    chat = await reminded(talk, seed, remind)
    async with database.write() as session:
        await session.execute(update(MailboxRow).values(used_mailbox_milli_gb=2600))
    await tap_first(chat)
    assert await state_of(database, chat.screen) == "RenewalStates:offer"
    assert "non si può rinnovare" in chat.text
    assert "non è più come diceva il promemoria" in chat.texts[-2]


@pytest.mark.soak
@pytest.mark.parametrize("language", LANGUAGES)
async def test_an_old_reminder_does_not_renew_for_one_more_year_unasked(
    talk: Talk,
    seed: Seed,
    services: Services,
    database: Database,
    remind: Push,
    till: Till,
    clock: FrozenClock,
    language: str,
) -> None:
    chat = await reminded(talk, seed, remind, language)
    actor = Actor(chat.id, language)
    order = await place(services, actor, await chosen(services, actor, [1]))
    await tap_first(chat)
    assert await state_of(database, chat.screen) == "RenewalStates:unavailable", "while it awaits payment"
    await till.receive(till.paid(order))
    clock.advance(timedelta(days=1))
    await tap_first(chat, reminders(chat)[0])
    assert await state_of(database, chat.screen) == "RenewalStates:offer"
    assert (await draft_of(chat, services)).years is None


@pytest.mark.soak
@pytest.mark.parametrize("language", LANGUAGES)
async def test_in_the_middle_of_another_renewal_it_asks_which_and_starting_again_is_as_the_button_said(
    talk: Talk, seed: Seed, services: Services, database: Database, remind: Push, language: str
) -> None:
    await seed.mailbox("rossi", plan="pro", expires_in=15)
    await seed.mailbox("rossi", address="altra@pec.example", plan="pro", expires_in=300)
    chat = await talk("rossi", language=language)
    await remind()
    await stand_at(chat, services, 2, Step.PAYMENT, language=language)
    await tap_first(chat)
    assert "altra@pec.example" in chat.text
    await chat.tap({"it": "Ricomincia da capo", "en": "Start again"}[language])
    assert await state_of(database, chat.screen) == "RenewalStates:payment"
    draft = await draft_of(chat, services)
    assert ([item.mailbox_id for item in draft.items], draft.years) == ([1], 1)


async def test_choices_made_in_the_same_renewal_are_not_thrown_away_unasked(
    talk: Talk, seed: Seed, services: Services, remind: Push
) -> None:
    chat = await reminded(talk, seed, remind)
    actor = Actor(chat.id, "it")
    renewal = await services.renewals.begin_with(actor, 1)
    await services.renewals.choose_plan(actor, renewal.draft.id, 1, "premium")
    await tap_first(chat)
    assert "C'è già un rinnovo lasciato a metà" in chat.text
    await chat.tap("Riprendi il rinnovo")
    assert (await draft_of(chat, services)).items[0].plan_id == "premium"


@pytest.mark.soak
async def test_in_the_same_renewal_as_it_is_it_goes_on_to_the_payment(
    talk: Talk, seed: Seed, services: Services, database: Database, remind: Push, clock: FrozenClock
) -> None:
    chat = await reminded(talk, seed, remind)
    await tap_first(chat)
    begun = await draft_of(chat, services)
    await services.renewals.choose_years(Actor(chat.id, "it"), begun.id, 2)
    clock.advance(timedelta(minutes=1))  # sooner it is the same tap
    await tap_first(chat, reminders(chat)[0])
    assert await state_of(database, chat.screen) == "RenewalStates:payment"
    draft = await draft_of(chat, services)
    assert (draft.id, draft.years) == (begun.id, 1)


@pytest.mark.soak
async def test_a_mailbox_that_has_changed_hands_does_not_go_on_in_the_renewal_of_who_had_it(
    talk: Talk, seed: Seed, services: Services, database: Database, remind: Push, clock: FrozenClock
) -> None:
    chat = await reminded(talk, seed, remind)
    await tap_first(chat)
    other = await seed.mailbox("rossi", kind="company", address="altra@pec.example", expires_in=300)
    async with database.write() as session:
        holder = select(MailboxRow.holder_id).where(MailboxRow.id == other).scalar_subquery()
        await session.execute(update(MailboxRow).where(MailboxRow.id == 1).values(holder_id=holder))
    clock.advance(timedelta(minutes=1))
    await tap_first(chat, reminders(chat)[0])
    assert "C'è già un rinnovo lasciato a metà" in chat.text
    await chat.tap("Ricomincia da capo")
    draft = await draft_of(chat, services)
    assert [item.mailbox_id for item in draft.items] == [1]


async def test_incomplete_data_are_asked_before_the_payment(
    talk: Talk, seed: Seed, database: Database, remind: Push
) -> None:
    await seed.mailbox("rossi", plan="pro", expires_in=15, holder=seed.registrant(phone=""))
    chat = await talk("rossi")
    await remind()
    await tap_first(chat)
    assert await state_of(database, chat.screen) == "RenewalStates:registrant"


@pytest.mark.parametrize(
    "tampered",
    some(
        [
            "keep:1:::1:e40-AAAAAA::0",
            "keep:1:::9:e40-AAAAAA::0",
            "keep:1:::1:x::0",
            "keep:1:::1:e40-AAAAAA:gold:0",
        ],
        2,
    ),
)
async def test_what_no_message_said_is_asked(
    talk: Talk, seed: Seed, services: Services, database: Database, remind: Push, tampered: str
) -> None:
    chat = await reminded(talk, seed, remind)
    await chat.press(tampered, on=reminders(chat)[0])
    assert await state_of(database, chat.screen) == "RenewalStates:offer"
    assert (await draft_of(chat, services)).years is None


async def test_another_customers_mailbox_is_not_found(
    talk: Talk, seed: Seed, services: Services, remind: Push
) -> None:
    chat = await reminded(talk, seed, remind)
    other = await seed.mailbox("verdi", plan="pro", expires_in=15)
    (data,) = [button.callback_data for button in reminders(chat)[0].buttons[:1]]
    assert data is not None
    await chat.press(data.replace("keep:1:", f"keep:{other}:"), on=reminders(chat)[0])
    assert await services.renewals.unfinished(Actor(chat.id, "it")) is None
