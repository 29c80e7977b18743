"""For how many years, in the chat (DOMAIN.md 3.7)."""

from datetime import UTC, date, datetime

import pytest

from bot.domain.catalogue import RenewFrom
from bot.domain.registrant import HolderKind
from bot.domain.steps import Step
from bot.services.actor import Actor
from bot.services.services import Services
from bot.services.surroundings import Surroundings
from tests.support.catalogue import with_rules, with_split_payment
from tests.support.chat import Chat
from tests.support.clock import FrozenClock
from tests.support.long_runs import long
from tests.support.ordering import at_recap, labels, screen, tampered
from tests.support.renewing import draft_of, stand_at
from tests.support.running_bot import Talk
from tests.support.seed import Seed


async def years_step(
    talk: Talk, services: Services, mailbox: int, *, language: str = "it", method: str = "bank_transfer"
) -> Chat:
    """A chat that stands before the years."""
    chat = await talk("rossi", language=language)
    actor = Actor(chat.id, language)
    renewal = await services.renewals.begin_with(actor, mailbox)
    await services.renewals.choose_method(actor, renewal.draft.id, method)
    await stand_at(chat, services, mailbox, Step.YEARS, language=language)
    return chat


@pytest.mark.parametrize(
    ("language", "buttons"),
    [
        (
            "it",
            [
                "1 anno · 36,48 € → 23/12/2027",
                "2 anni · 72,96 € → 23/12/2028",
                "3 anni · 109,43 € → 23/12/2029",
                "4 anni · 145,91 € → 23/12/2030",
                "5 anni · 182,39 € → 23/12/2031",
            ],
        ),
        *long(
            (
                "en",
                [
                    "1 year: €36.48 → 23 Dec 2027",
                    "2 years: €72.96 → 23 Dec 2028",
                    "3 years: €109.43 → 23 Dec 2029",
                    "4 years: €145.91 → 23 Dec 2030",
                    "5 years: €182.39 → 23 Dec 2031",
                ],
            )
        ),
    ],
)
async def test_every_button_shows_the_total_and_the_new_expiry_and_none_is_preselected(
    seed: Seed, talk: Talk, services: Services, language: str, buttons: list[str]
) -> None:
    mailbox = await seed.mailbox("rossi", plan="pro")
    chat = await years_step(talk, services, mailbox, language=language)

    assert labels(chat)[:5] == buttons
    assert len(labels(chat)) == 5 + 2
    assert not [line for line in screen(chat).splitlines() if "36" in line], "the price is said once"
    assert (await draft_of(chat, services)).years is None


async def test_where_a_sum_leaves_no_room_on_its_button_the_text_says_the_expiries(
    seed: Seed, talk: Talk, services: Services
) -> None:
    mailbox = await seed.mailbox("rossi", plan="pro", extra=(60, 60))
    chat = await years_step(talk, services, mailbox)

    assert labels(chat)[4] == "5 anni · 2.561,39 €"
    assert "5 anni: nuova scadenza 23/12/2031" in screen(chat)


@pytest.mark.parametrize(
    ("language", "why"),
    [
        ("it", "Con la promozione Benvenuto si rinnova per 2 anni al massimo."),
        *long(("en", "With the Welcome promotion the renewal is for 2 years at most.")),
    ],
)
async def test_in_a_promotion_there_are_two_years_at_most_and_it_says_why(
    seed: Seed, talk: Talk, services: Services, language: str, why: str
) -> None:
    mailbox = await seed.mailbox("rossi", plan="pro", promo="welcome")
    chat = await years_step(talk, services, mailbox, language=language)

    assert why in screen(chat)
    assert len(labels(chat)) == 2 + 2
    await chat.press(tampered(chat, labels(chat)[1].split(" · ")[0], ":2", ":3"))
    assert chat.toast is not None
    assert {"it": "non è disponibile", "en": "not available"}[language] in chat.toast
    assert (await draft_of(chat, services)).years is None


async def test_a_plan_that_the_promotion_does_not_price_has_all_the_years(
    seed: Seed, talk: Talk, services: Services
) -> None:
    mailbox = await seed.mailbox("rossi", plan="premium", promo="welcome")
    chat = await years_step(talk, services, mailbox)

    assert "promozione" not in screen(chat)
    assert len(labels(chat)) == 5 + 2


async def test_one_mailbox_in_promotion_limits_the_whole_order(
    seed: Seed, talk: Talk, services: Services
) -> None:
    ordinary = await seed.mailbox("rossi", plan="pro")
    promoted = await seed.mailbox("rossi", plan="pro", promo="welcome")
    chat = await talk("rossi")
    await at_recap(chat, services, [ordinary, promoted], years=None)
    await chat.tap("Scegli la durata")

    assert len(labels(chat)) == 2 + 2
    assert "Con la promozione Benvenuto" in screen(chat)


async def test_a_day_that_later_years_do_not_have_becomes_28_february(
    seed: Seed, talk: Talk, services: Services, clock: FrozenClock
) -> None:
    clock.moment = datetime(2028, 2, 14, 10, tzinfo=UTC)
    mailbox = await seed.mailbox("rossi", expires_in=(date(2028, 2, 29) - seed.today).days)
    chat = await years_step(talk, services, mailbox)

    assert labels(chat)[0] == "1 anno · 12,08 € → 28/02/2029"
    assert labels(chat)[3] == "4 anni · 48,31 € → 29/02/2032"


async def test_several_mailboxes_show_from_which_to_which_date(
    seed: Seed, talk: Talk, services: Services
) -> None:
    mailboxes = [await seed.mailbox("rossi", expires_in=days) for days in (40, 5, 20)]
    chat = await talk("rossi")
    await at_recap(chat, services, mailboxes, years=None)
    await chat.tap("Scegli la durata")

    assert "2 anni: scadenze dal 28/11/2028 al 02/01/2029" in screen(chat)
    assert labels(chat)[1] == "2 anni · 72,48 €"


@pytest.mark.parametrize(
    ("renew_from", "expected"),
    [
        (RenewFrom.EXPIRY, "1 anno · 12,08 € → 13/11/2027"),
        *long(
            # a transfer made today is registered tomorrow
            (RenewFrom.PAYMENT, "1 anno · 12,08 € → 24/11/2027"),
        ),
    ],
)
async def test_the_operator_decides_from_when_an_expired_mailbox_runs(
    seed: Seed,
    talk: Talk,
    services: Services,
    surroundings: Surroundings,
    renew_from: RenewFrom,
    expected: str,
) -> None:
    surroundings.catalogue = with_rules(renew_expired_from=renew_from)
    mailbox = await seed.mailbox("rossi", expires_in=-10)
    chat = await years_step(talk, services, mailbox)

    assert expected in labels(chat)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("it", "la durata scelta vale anche per tutti i rinnovi automatici successivi"),
        *long(("en", "the period you choose is also that of every later automatic renewal")),
    ],
)
async def test_with_automatic_renewal_the_period_is_that_of_the_later_ones_too(
    seed: Seed, talk: Talk, services: Services, language: str, words: str
) -> None:
    mailbox = await seed.mailbox("rossi")
    chat = await years_step(talk, services, mailbox, method="card", language=language)
    assert words not in screen(chat)

    draft = await draft_of(chat, services)
    await services.renewals.set_auto_renew(Actor(chat.id, language), draft.id, on=True)
    await chat.send("?")
    assert words in screen(chat)


async def test_the_choice_leads_to_the_recap_with_what_is_missing(
    seed: Seed, talk: Talk, services: Services
) -> None:
    mailbox = await seed.mailbox("rossi")
    chat = await years_step(talk, services, mailbox)
    await chat.tap("3 anni")

    assert (await draft_of(chat, services)).years == 3
    assert "Riepilogo dell'ordine" in screen(chat)


@pytest.mark.soak
async def test_from_the_recap_the_chosen_years_are_in_the_total_and_can_be_changed(
    seed: Seed, talk: Talk, services: Services
) -> None:
    mailbox = await seed.mailbox("rossi", plan="pro")
    chat = await talk("rossi")
    await at_recap(chat, services, [mailbox], years=2)
    await chat.tap("Cambia")
    await chat.tap("Durata: 2 anni")
    assert labels(chat)[1] == "2 anni · 72,96 € → 23/12/2028"
    assert "Totale per 2 anni: 72,96 €" in screen(chat)
    await chat.tap("1 anno")

    assert "Riepilogo dell'ordine" in screen(chat)
    assert "Totale: 36,48 €" in screen(chat)


async def test_split_payment_shows_the_taxable_amount(
    seed: Seed, talk: Talk, services: Services, surroundings: Surroundings
) -> None:
    surroundings.catalogue = with_split_payment()
    office = seed.registrant(HolderKind.PUBLIC_ADMINISTRATION, split_payment=True)
    mailbox = await seed.mailbox("rossi", plan="pro", holder=office)
    chat = await years_step(talk, services, mailbox, method="pa_transfer")

    assert labels(chat)[0] == "1 anno · 29,90 € → 23/12/2027"
    assert "IVA esclusa (scissione dei pagamenti)" in screen(chat)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("it", "l'autorizzazione nota è finita il 30/06/2026. Si paga l'intero totale"),
        *long(("en", "the last authorisation known ended on 30 Jun 2026. The whole total is due")),
    ],
)
async def test_split_payment_that_has_ended_is_said_beside_the_whole_totals(
    seed: Seed, talk: Talk, services: Services, language: str, said: str
) -> None:
    office = seed.registrant(HolderKind.PUBLIC_ADMINISTRATION, split_payment=True)
    mailbox = await seed.mailbox("rossi", plan="pro", holder=office)
    chat = await talk("rossi", language=language)
    await stand_at(chat, services, mailbox, Step.YEARS, language=language)
    assert said in screen(chat)


async def test_the_kit_is_in_the_total_and_said_to_be_paid_once(
    seed: Seed, talk: Talk, services: Services
) -> None:
    mailbox = await seed.mailbox("rossi", plan="pro")
    chat = await years_step(talk, services, mailbox)
    draft = await draft_of(chat, services)
    await services.renewals.answer_kit(Actor(chat.id, "it"), draft.id, "remote")
    await chat.send("?")

    assert labels(chat)[1].startswith("2 anni · 120,54 €")  # 72.96 + 47.58
    assert "Il kit di firma è incluso negli importi e si paga una volta sola." in screen(chat)


@pytest.mark.parametrize("odd", ["0", *long("6", "-1", "x", "²")])
async def test_years_that_were_never_on_offer_are_refused(
    seed: Seed, talk: Talk, services: Services, odd: str
) -> None:
    mailbox = await seed.mailbox("rossi")
    chat = await years_step(talk, services, mailbox)
    await chat.press(tampered(chat, "1 anno", ":1", f":{odd}"))

    assert chat.toast is not None
    assert "non è disponibile" in chat.toast
