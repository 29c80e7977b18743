"""Recaps of many mailboxes, and the order that equals to the cent what they said (DOMAIN.md 3.8)."""

import random
import re

import pytest

from bot.playground.entities import utf16_length
from bot.services.actor import Actor
from bot.services.services import Services
from tests.support.budget import over_budget
from tests.support.long_runs import long, some
from tests.support.ordering import (
    NEXT_PAGE,
    at_recap,
    cents_in,
    give_kit,
    labels,
    order_of,
    screen,
    tick_required,
    total_line,
)
from tests.support.renewing import come_back
from tests.support.running_bot import Talk
from tests.support.seed import Seed


async def many(seed: Seed, count: int) -> list[int]:
    """Mailboxes of every plan, with long addresses, extra space and promotions."""
    made = []
    for number in range(count):
        plan = ("standard", "pro", "premium", "light")[number % 4]
        made.append(
            await seed.mailbox(
                "studio",
                address=f"ufficio.di.un.certo.luogo.{number:03}.{'x' * 60}@pec.example",
                plan=plan,
                expires_in=5 + number,
                extra=((1 if plan == "standard" else number % 3), number % 4)
                if plan in {"pro", "premium"}
                else (0, 0),
                promo="welcome" if number % 5 == 0 else None,
            )
        )
    return made


@pytest.mark.parametrize(
    ("count", "language"),
    [
        (4, "it"),
        *long(
            (4, "en"),
            (30, "it"),
            pytest.param(30, "en", marks=pytest.mark.soak),
            pytest.param(99, "it", marks=pytest.mark.soak),
            (99, "en"),
        ),
    ],
)
async def test_many_mailboxes_are_added_up_and_read_one_by_one_on_pages(
    seed: Seed, talk: Talk, services: Services, language: str, count: int
) -> None:
    mailboxes = await many(seed, count)
    chat = await talk("studio", language=language)
    renewal = await at_recap(chat, services, mailboxes, language=language, years=2)

    assert utf16_length(chat.screen_text) <= 4096
    assert {"it": f"{count} caselle PEC, 2 anni", "en": f"{count} PEC mailboxes, 2 years"}[
        language
    ] in screen(chat)
    assert cents_in(total_line(screen(chat), language)) == [renewal.quote.due]

    await chat.tap({"it": "Tutte le caselle", "en": "All mailboxes"}[language])
    pages = -(-count // 2)
    seen: list[str] = []
    for page in range(1, pages + 1):
        assert utf16_length(chat.screen_text) <= 4096
        if pages > 1:
            assert f"{page}/{pages}" in labels(chat)
        seen += re.findall(r"ufficio\.di\.un\.certo\.luogo\.(\d{3})", chat.screen_text)
        if page < pages:
            await chat.tap(NEXT_PAGE)
    assert seen == [f"{number:03}" for number in range(count)]

    await chat.tap({"it": "Indietro", "en": "Back"}[language])
    await tick_required(chat, language)
    await chat.tap({"it": "obbligo di pagare", "en": "obligation to pay"}[language])
    assert utf16_length(chat.screen_text) <= 4096
    assert (await order_of(services, chat)).quote.due == renewal.quote.due


async def test_three_mailboxes_are_written_one_by_one(seed: Seed, talk: Talk, services: Services) -> None:
    mailboxes = [await seed.mailbox("rossi", plan="pro") for _ in range(3)]
    chat = await talk("rossi")
    await at_recap(chat, services, mailboxes)

    assert screen(chat).count("Piano Pro, 1 anno: 29,90 € + IVA 6,58 € = 36,48 €") == 3
    assert not chat.has("Tutte le caselle")


async def test_three_mailboxes_with_endless_addresses_get_pages_too(
    seed: Seed, talk: Talk, services: Services
) -> None:
    mailboxes = [
        await seed.mailbox("rossi", plan="pro", extra=(2, 2), address=f"{n}{'x' * 240}@pec.example")
        for n in range(3)
    ]
    chat = await talk("rossi")
    await at_recap(chat, services, mailboxes)

    assert utf16_length(chat.screen_text) <= 4096
    await chat.tap("Tutte le caselle")
    assert utf16_length(chat.screen_text) <= 4096


@pytest.mark.parametrize("round_", some(range(8), 1))
async def test_the_order_equals_to_the_cent_what_the_screens_said(
    seed: Seed, talk: Talk, services: Services, round_: int
) -> None:
    dice = random.Random(round_)  # noqa: S311 - a different order each round, the same at each run
    language = ("it", "en")[round_ % 2]
    mailboxes = []
    for _ in range(dice.randint(1, 6)):
        plan = dice.choice(["standard", "pro", "premium"])
        extra = (dice.randint(0, 1), 0) if plan == "standard" else (dice.randint(0, 9), dice.randint(0, 9))
        promo = dice.choice([None, None, "welcome"])
        days = dice.randint(-20, 60)
        mailboxes.append(await seed.mailbox("rossi", plan=plan, extra=extra, promo=promo, expires_in=days))
    years = dice.randint(1, 2)
    method = dice.choice(["card", "bank_transfer", "slip_preprinted"])
    chat = await talk("rossi", language=language)
    renewal = await at_recap(chat, services, mailboxes, language=language, method=method, years=years)
    kit = dice.choice([None, "remote"])
    if kit is not None:
        await give_kit(services, chat, renewal.draft.id, kit)
        await chat.send("?")
    recap = screen(chat)
    await tick_required(chat, language)
    button = labels(chat)[0]
    await chat.tap(chat.buttons[0])

    order = await order_of(services, chat)
    said = cents_in(total_line(recap, language))
    assert said == cents_in(button) == [order.quote.due]
    assert cents_in(total_line(screen(chat), language)) == said
    assert cents_in(recap.splitlines()[-1]) == said
    assert order.quote.due == sum(line.net + line.vat for line in order.quote.lines)
    line_amounts = [
        amounts for text in recap.splitlines() if " = " in text and len(amounts := cents_in(text)) == 3
    ]
    assert sum(net for net, _, _ in line_amounts) == order.quote.net
    assert sum(vat for _, vat, _ in line_amounts) == order.quote.vat
    assert all(net + vat == total for net, vat, total in line_amounts)
    confirmed = [cents_in(text) for text in screen(chat).splitlines() if " = " in text]
    assert confirmed == line_amounts
    for item in order.items:
        assert item.new_expiry.year - item.old_expiry.year == years


@pytest.mark.parametrize("language", ["it", *long("en")])
@pytest.mark.parametrize("losing", [[0, 1], *long([0])])
async def test_archives_that_close_are_said_above_the_final_button_on_one_screen(
    seed: Seed, talk: Talk, services: Services, language: str, losing: list[int]
) -> None:
    mailboxes = [await seed.mailbox("rossi", plan="premium", used=("0.4", "3")) for _ in range(2)]
    chat = await talk("rossi", language=language)
    renewal = await at_recap(chat, services, mailboxes, language=language, years=2)
    for place in losing:
        await services.renewals.choose_plan(
            Actor(chat.id, language),
            renewal.draft.id,
            mailboxes[place],
            "standard",
            archive_loss_confirmed=True,
        )
    await come_back(chat)
    await tick_required(chat, language)
    closing = {
        "it": {
            1: "Una casella cambia piano e perde l'archivio PEC",
            2: "2 caselle cambiano piano e perdono",
        },
        "en": {
            1: "One mailbox changes plan and loses its PEC",
            2: "2 mailboxes change plan and lose their PEC",
        },
    }[language][len(losing)]
    assert closing in screen(chat)
    assert list(over_budget(chat.screen)) == []
    await chat.tap({"it": "Tutte le caselle", "en": "All mailboxes"}[language])
    assert {"it": "Cambio di piano: da Premium a Standard", "en": "Change of plan: from Premium to Standard"}[
        language
    ] in screen(chat)
