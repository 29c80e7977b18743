"""How to pay, and automatic renewal, in the chat (DOMAIN.md 3.6)."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.registrant import HolderKind
from bot.domain.steps import Step
from bot.services.actor import Actor
from bot.services.services import Services
from bot.services.surroundings import Surroundings
from tests.support.chat import Chat
from tests.support.clock import FrozenClock
from tests.support.long_runs import long, some
from tests.support.ordering import at_recap, labels, screen, tampered
from tests.support.renewing import draft_of, stand_at
from tests.support.running_bot import Talk
from tests.support.seed import Seed

METHODS = {
    "it": [
        "○ Carta · oggi",
        "○ PayPal · oggi",
        "○ Bonifico bancario · 24/11",
        "○ Bonifico istantaneo · oggi",
        "○ Bollettino compilato · oggi",
        "○ Bollettino in bianco · 02/12",
    ],
    "en": [
        "○ Card · today",
        "○ PayPal · today",
        "○ Bank transfer · 24 Nov",
        "○ Instant transfer · today",
        "○ Pre-printed slip · today",
        "○ Ordinary slip · 2 Dec",
    ],
}


async def payment_step(
    seed: Seed,
    talk: Talk,
    services: Services,
    *,
    expires_in: int = 30,
    kind: HolderKind = HolderKind.NATURAL_PERSON,
    language: str = "it",
) -> Chat:
    """A chat that stands before the methods, on Monday 23 November 2026."""
    mailbox = await seed.mailbox("rossi", plan="pro", expires_in=expires_in, kind=kind)
    chat = await talk("rossi", language=language)
    await stand_at(chat, services, mailbox, Step.PAYMENT, language=language)
    return chat


@pytest.mark.parametrize(
    ("language", "line"),
    [
        (
            "it",
            "Accanto: quando viene registrato un pagamento di oggi. Il prezzo è uguale.",
        ),
        *long(("en", "Beside each: when a payment made today is received. The price is the same.")),
    ],
)
async def test_each_button_says_when_a_payment_made_today_is_registered(
    seed: Seed, talk: Talk, services: Services, language: str, line: str
) -> None:
    chat = await payment_step(seed, talk, services, language=language)

    assert line in screen(chat)
    assert labels(chat)[:6] == METHODS[language]
    assert "Bonifico" not in screen(chat), "what a button says is not said again"


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        # banks settle nothing on Good Friday; the post works
        (datetime(2027, 3, 25, 10, tzinfo=UTC), "○ Bonifico bancario · 30/03"),
        # from 15:00 in Rome on, a transfer is tomorrow's
        (datetime(2026, 11, 23, 14, tzinfo=UTC), "○ Bonifico bancario · 25/11"),
        *long(
            (datetime(2026, 12, 4, 10, tzinfo=UTC), "○ Bonifico bancario · 07/12"),
            (datetime(2026, 12, 7, 10, tzinfo=UTC), "○ Bonifico bancario · 09/12"),
            (datetime(2026, 12, 24, 10, tzinfo=UTC), "○ Bonifico bancario · 28/12"),
            (datetime(2026, 12, 6, 10, tzinfo=UTC), "○ Bollettino compilato · 07/12"),
            (datetime(2027, 3, 26, 10, tzinfo=UTC), "○ Bollettino compilato · oggi"),
            # Sunday's transfer is Monday's; until 15:00 in Rome, a transfer is today's
            (datetime(2026, 11, 29, 10, tzinfo=UTC), "○ Bonifico bancario · 01/12"),
            (datetime(2026, 11, 23, 13, 59, tzinfo=UTC), "○ Bonifico bancario · 24/11"),
            # half past midnight in Rome is still the day before in UTC
            (datetime(2026, 12, 3, 23, 30, tzinfo=UTC), "○ Bonifico bancario · 07/12"),
        ),
    ],
)
async def test_weekends_and_holidays_count(
    seed: Seed, talk: Talk, services: Services, clock: FrozenClock, day: datetime, expected: str
) -> None:
    clock.moment = day
    chat = await payment_step(seed, talk, services)

    assert expected in labels(chat)


@pytest.mark.parametrize("zone", ["America/Los_Angeles", *long("Pacific/Auckland")])
@pytest.mark.parametrize(
    ("day", "expected"),
    [
        # the first minute of Rome's Tuesday
        (datetime(2026, 11, 23, 23, tzinfo=UTC), "○ Bonifico bancario · 25/11"),
        *long(
            # one minute before three in the afternoon in Rome, and three
            (datetime(2026, 11, 23, 13, 59, tzinfo=UTC), "○ Bonifico bancario · 24/11"),
            (datetime(2026, 11, 23, 14, tzinfo=UTC), "○ Bonifico bancario · 25/11"),
            # the last minute of Rome's Monday
            (datetime(2026, 11, 23, 22, 59, tzinfo=UTC), "○ Carta · oggi"),
        ),
    ],
)
async def test_days_and_cut_off_hours_are_romes_wherever_the_operator_reads_the_time(
    seed: Seed,
    talk: Talk,
    services: Services,
    surroundings: Surroundings,
    clock: FrozenClock,
    zone: str,
    day: datetime,
    expected: str,
) -> None:
    surroundings.zone = ZoneInfo(zone)
    clock.moment = day
    chat = await payment_step(seed, talk, services)

    assert expected in labels(chat)
    assert surroundings.today() == day.astimezone(ZoneInfo("Europe/Rome")).date()


@pytest.mark.parametrize(("language", "mark"), [("it", "tardi"), *long(("en", "late"))])
async def test_a_method_that_comes_after_the_expiry_is_marked_and_can_be_chosen(
    seed: Seed, talk: Talk, services: Services, language: str, mark: str
) -> None:
    chat = await payment_step(seed, talk, services, expires_in=4, language=language)

    late = f"{METHODS[language][5].rpartition(' · ')[0]} · {mark}"
    assert labels(chat)[:6] == [*METHODS[language][:5], late]
    assert {
        "it": "registrato tra il 30/11/2026 e il 02/12/2026, dopo la scadenza: fino ad allora la casella riceve",
        "en": "received between 30 Nov 2026 and 2 Dec 2026, after the expiry date: until then the mailbox receives",
    }[language] in screen(chat)

    await chat.tap(late)
    assert (await draft_of(chat, services)).method_id == "slip_ordinary"


async def test_the_latest_registration_decides_whether_it_is_in_time(
    seed: Seed, talk: Talk, services: Services
) -> None:
    # 2 December, the latest day of the ordinary slip, is the day of the expiry: still in time
    chat = await payment_step(seed, talk, services, expires_in=9)
    assert "tardi" not in " ".join(chat.buttons)


async def test_one_day_less_and_it_may_be_late(seed: Seed, talk: Talk, services: Services) -> None:
    chat = await payment_step(seed, talk, services, expires_in=8)
    assert labels(chat)[5] == "○ Bollettino in bianco · tardi"


@pytest.mark.parametrize("language", ["it", *long("en")])
async def test_a_method_that_comes_after_the_deletion_is_shown_with_the_reason_and_refused(
    seed: Seed, talk: Talk, services: Services, language: str
) -> None:
    # 90 days past the expiry: today is the last day
    chat = await payment_step(seed, talk, services, expires_in=-90, language=language)

    card, paypal, transfer, instant, preprinted, ordinary = METHODS[language]
    shown = labels(chat)
    assert [card, paypal, instant, preprinted] == shown[:4]
    gone = [each.removeprefix("○ ").partition(" · ")[0] for each in (transfer, ordinary)]
    assert not any(name in label for name in gone for label in shown)
    assert {
        "it": "Bonifico bancario: non disponibile, registrato il 24/11/2026, dopo la cancellazione della casella",
        "en": "Bank transfer: not available, received on 24 Nov 2026, after the deletion of the mailbox",
    }[language] in screen(chat)
    assert {
        "it": "L'ultimo giorno utile è il 23/11/2026: poi viene cancellata.",
        "en": "The last day to renew it is 23 Nov 2026: after that it is deleted.",
    }[language] in screen(chat)

    await chat.press(tampered(chat, card[2:], "card", "bank_transfer"))
    assert chat.toast is not None
    assert {"it": "dopo la cancellazione", "en": "after the mailbox is deleted"}[language] in chat.toast
    assert (await draft_of(chat, services)).method_id is None


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "it",
            (
                "Un bonifico ordinario arriverebbe dopo la scadenza, un bonifico istantaneo no: arriva in pochi "
                "secondi, a ogni ora di ogni giorno, e la banca non può farlo pagare di più."
            ),
        ),
        *long(
            (
                "en",
                (
                    "An ordinary transfer would arrive after the expiry date, an instant transfer would not: it "
                    "arrives within seconds, at any hour of any day, and the bank may not charge more for it."
                ),
            )
        ),
    ],
)
async def test_an_instant_transfer_is_named_where_it_saves_the_expiry(
    seed: Seed, talk: Talk, services: Services, language: str, said: str
) -> None:
    chat = await payment_step(seed, talk, services, expires_in=0, language=language)
    assert said in screen(chat)
    assert labels(chat)[2:4] == [
        f"{METHODS[language][2].rpartition(' · ')[0]} · {'tardi' if language == 'it' else 'late'}",
        METHODS[language][3],
    ]


@pytest.mark.parametrize(
    ("expires_in", "hour", "said"),
    [
        (1, 10, "Dalle 15:00 di oggi un bonifico ordinario arriverebbe dopo la scadenza"),
        (2, 14, None),
        *long(
            (1, 14, "Un bonifico ordinario arriverebbe dopo la scadenza"),
            (-90, 10, "Un bonifico ordinario arriverebbe dopo la cancellazione"),
            (-60, 10, None),
        ),
    ],
)
async def test_an_instant_transfer_is_named_only_where_it_makes_a_difference(
    seed: Seed,
    talk: Talk,
    services: Services,
    clock: FrozenClock,
    expires_in: int,
    hour: int,
    said: str | None,
) -> None:
    clock.moment = datetime(2026, 11, 23, hour, tzinfo=UTC)
    chat = await payment_step(seed, talk, services, expires_in=expires_in)
    if said is None:
        assert "Un bonifico ordinario" not in screen(chat)
        assert "un bonifico ordinario" not in screen(chat)
    else:
        assert said in screen(chat)


@pytest.mark.soak
async def test_a_public_administration_hears_of_no_instant_transfer(
    seed: Seed, talk: Talk, services: Services
) -> None:
    chat = await payment_step(seed, talk, services, expires_in=0, kind=HolderKind.PUBLIC_ADMINISTRATION)
    assert "istantaneo" not in screen(chat)


async def test_an_expired_mailbox_is_said_to_be_expired_and_nothing_is_marked_late(
    seed: Seed, talk: Talk, services: Services
) -> None:
    chat = await payment_step(seed, talk, services, expires_in=-10)

    assert (
        "La casella è scaduta il 13/11/2026 e non può inviare finché il pagamento non è registrato"
        in screen(chat)
    )
    assert labels(chat)[:6] == METHODS["it"]


async def test_a_public_administration_has_the_transfer_with_the_commitment_letter_alone(
    seed: Seed, talk: Talk, services: Services
) -> None:
    chat = await payment_step(seed, talk, services, kind=HolderKind.PUBLIC_ADMINISTRATION)

    assert labels(chat)[:-2] == ["○ Bonifico e lettera · 24/11"]
    assert "con lettera d'impegno, da inviare dopo l'ordine" in screen(chat)
    await chat.press(tampered(chat, "lettera", "pa_transfer", "card"))
    assert chat.toast is not None
    assert "non c'è per questo titolare" in chat.toast

    await chat.tap("lettera")
    assert (await draft_of(chat, services)).method_id == "pa_transfer"
    assert "Durata del rinnovo" in screen(chat)


async def test_other_holders_are_not_offered_the_commitment_letter(
    seed: Seed, talk: Talk, services: Services
) -> None:
    chat = await payment_step(seed, talk, services, kind=HolderKind.COMPANY)
    assert "lettera d'impegno" not in screen(chat)


@pytest.mark.parametrize("language", ["it", *long("en")])
async def test_when_no_method_would_arrive_the_operator_is_named(
    seed: Seed, talk: Talk, services: Services, language: str
) -> None:
    chat = await payment_step(
        seed, talk, services, expires_in=-90, kind=HolderKind.PUBLIC_ADMINISTRATION, language=language
    )

    assert labels(chat) == {"it": ["← Indietro", "Annulla"], "en": ["← Back", "Cancel"]}[language]
    assert {
        "it": "Nessuna modalità arriverebbe in tempo.",
        "en": "No method would arrive in time.",
    }[language] in screen(chat)
    assert "assistenza@posta.example, +390000000000" in screen(chat)


async def test_with_several_mailboxes_the_first_to_expire_decides(
    seed: Seed, talk: Talk, services: Services
) -> None:
    later = await seed.mailbox("rossi", expires_in=60)
    sooner = await seed.mailbox("rossi", expires_in=3)
    chat = await talk("rossi")
    await at_recap(chat, services, [later, sooner], method=None)
    await chat.tap("Scegli la modalità")

    assert "La prima casella scade il 26/11/2026." in screen(chat)
    assert labels(chat)[5] == "○ Bollettino in bianco · tardi"


async def test_choosing_a_method_that_carries_automatic_renewal_offers_it_and_never_switches_it_on(
    seed: Seed, talk: Talk, services: Services
) -> None:
    chat = await payment_step(seed, talk, services)
    await chat.tap("PayPal")

    assert "Rinnovo automatico" in screen(chat)
    assert labels(chat)[0] == "□ Attiva il rinnovo automatico"
    draft = await draft_of(chat, services)
    assert (draft.method_id, draft.auto_renew) == ("paypal", False)

    await chat.tap("Continua")
    assert "Durata del rinnovo" in screen(chat)
    assert (await draft_of(chat, services)).auto_renew is False


@pytest.mark.parametrize("method", ["Bonifico bancario", *long("Bollettino compilato")])
async def test_a_method_that_does_not_carry_it_goes_straight_on(
    seed: Seed, talk: Talk, services: Services, method: str
) -> None:
    chat = await payment_step(seed, talk, services)
    await chat.tap(method)

    assert "Durata del rinnovo" in screen(chat)


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "it",
            [
                "Facoltativo, e non attivo se non viene scelto.",
                "7 giorni prima di ogni scadenza l'importo viene addebitato con carta di credito o debito",
                "1 anno: 36,48 € il 16/12/2027",
                "3 anni: 109,43 € il 16/12/2029",
                "5 anni: 182,39 € il 16/12/2031",
            ],
        ),
        *long(
            (
                "en",
                [
                    "Optional, and off unless you choose it.",
                    "7 days before each expiry date the amount is charged by credit or debit card",
                    "1 year: €36.48 on 16 Dec 2027",
                    "3 years: €109.43 on 16 Dec 2029",
                    "5 years: €182.39 on 16 Dec 2031",
                ],
            )
        ),
    ],
)
async def test_automatic_renewal_states_day_years_and_amount(
    seed: Seed, talk: Talk, services: Services, language: str, lines: list[str]
) -> None:
    # the mailbox expires on 23 December 2026
    chat = await payment_step(seed, talk, services, language=language)
    await chat.tap(METHODS[language][0])

    for line in lines:
        assert line in screen(chat)


async def test_automatic_renewal_is_priced_without_the_promotion_that_ends(
    seed: Seed, talk: Talk, services: Services
) -> None:
    mailbox = await seed.mailbox("rossi", plan="pro", promo="welcome")
    chat = await talk("rossi")
    await stand_at(chat, services, mailbox, Step.PAYMENT)
    await chat.tap("Carta")

    assert "1 anno: 36,48 € il 16/12/2027" in screen(chat)
    assert "3 anni" not in screen(chat)


async def test_automatic_renewal_is_ticked_and_unticked_and_a_doubled_tap_does_not_undo_it(
    seed: Seed, talk: Talk, services: Services
) -> None:
    chat = await payment_step(seed, talk, services)
    await chat.tap("Carta")

    await chat.tap_together(["□ Attiva il rinnovo automatico"] * 3)
    assert labels(chat)[0] == "■ Rinnovo automatico attivo"
    assert (await draft_of(chat, services)).auto_renew is True

    await chat.tap("■ Rinnovo automatico attivo")
    assert labels(chat)[0] == "□ Attiva il rinnovo automatico"
    assert (await draft_of(chat, services)).auto_renew is False

    await chat.tap("Indietro")
    assert labels(chat)[0] == "● Carta · oggi"


async def test_another_method_ends_automatic_renewal_where_it_does_not_carry_it(
    seed: Seed, talk: Talk, services: Services
) -> None:
    chat = await payment_step(seed, talk, services)
    await chat.tap("Carta")
    await chat.tap("Attiva il rinnovo automatico")
    await chat.tap("Indietro")

    await chat.tap("PayPal")
    assert (await draft_of(chat, services)).auto_renew is True
    await chat.tap("Indietro")
    await chat.tap("Bonifico bancario")
    assert (await draft_of(chat, services)).auto_renew is False


@pytest.mark.soak
async def test_from_the_recap_the_choice_leads_back_without_asking_for_automatic_renewal(
    seed: Seed, talk: Talk, services: Services
) -> None:
    mailbox = await seed.mailbox("rossi")
    chat = await talk("rossi")
    await at_recap(chat, services, [mailbox], method="bank_transfer")
    await chat.tap("Cambia")
    await chat.tap("Pagamento: Bonifico bancario")
    assert labels(chat)[2] == "● Bonifico bancario · 24/11"
    await chat.tap("Carta")

    assert "Riepilogo dell'ordine" in screen(chat)
    assert "Rinnovo automatico: non attivo" in screen(chat)
    await chat.tap("Cambia")
    await chat.tap("Rinnovo automatico: no")
    assert "Primo addebito: 12,08 € il 16/12/2027, per 1 anno." in screen(chat)
    await chat.tap("Attiva")
    await chat.tap("Continua")
    assert "Rinnovo automatico: attivo. Primo addebito: 12,08 € il 16/12/2027, per 1 anno" in screen(chat)


@pytest.mark.soak
async def test_back_from_automatic_renewal_returns_to_where_it_was_opened(
    seed: Seed, talk: Talk, services: Services
) -> None:
    mailbox = await seed.mailbox("rossi")
    chat = await talk("rossi")
    await at_recap(chat, services, [mailbox], method="card")
    await chat.tap("Cambia")
    await chat.tap("Rinnovo automatico")
    await chat.tap("Indietro")

    assert "Che cosa cambiare?" in screen(chat)


async def test_automatic_renewal_left_open_on_another_screen_is_refused_for_a_transfer(
    seed: Seed, talk: Talk, services: Services
) -> None:
    chat = await payment_step(seed, talk, services)
    await chat.tap("Carta")
    draft = await draft_of(chat, services)
    await services.renewals.choose_method(Actor(chat.id, "it"), draft.id, "bank_transfer")

    await chat.tap("Attiva il rinnovo automatico")
    assert chat.toast is not None
    assert "solo con alcune modalità" in chat.toast
    assert (await draft_of(chat, services)).auto_renew is False


async def test_a_method_that_does_not_exist_is_refused(seed: Seed, talk: Talk, services: Services) -> None:
    chat = await payment_step(seed, talk, services)
    await chat.press(tampered(chat, "Carta", "card", "cash"))

    assert chat.toast is not None
    assert "non c'è per questo titolare" in chat.toast
    assert (await draft_of(chat, services)).method_id is None


@pytest.mark.parametrize("several", some([False, True], 1))
async def test_back_goes_to_the_registrant_data(
    seed: Seed, talk: Talk, services: Services, several: bool
) -> None:
    if several:
        await seed.mailbox("rossi", expires_in=50)
    chat = await payment_step(seed, talk, services)
    await chat.tap("Indietro")
    assert (await draft_of(chat, services)).step is Step.REGISTRANT
