"""`/withdrawal/{token}`: who has no chat any more withdraws by the link in the order's e-mail (DOMAIN.md 7)."""

import html
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode, urlsplit

import httpx
import pytest
from sqlalchemy import select

from bot.db.tables import OrderRow, OutboxRow, WithdrawalRow
from bot.runtime import Running
from bot.services.actor import Actor
from bot.services.orders.rows import Order
from bot.web.server import create_web
from bot.web.withdrawal import BODY_LIMIT
from tests.support.clock import FrozenClock
from tests.support.long_runs import long, some
from tests.support.ordering import chosen, place
from tests.support.seed import Seed

FORM = {"content-type": "application/x-www-form-urlencoded"}
ACTOR = Actor(7, "it")
NEXT = {"it": "Continua", "en": "Continue"}
CONFIRM = {"it": "Conferma recesso", "en": "Confirm withdrawal"}


@dataclass
class Reader:
    """Who has the e-mail of an order, and no chat."""

    running: Running
    client: httpx.AsyncClient
    path: str
    order: Order

    async def look(self) -> httpx.Response:
        """Open the page."""
        return await self.client.get(self.path)

    async def send(self, **fields: str) -> httpx.Response:
        """Send a form."""
        return await self.client.post(self.path, content=urlencode(fields), headers=FORM)

    async def statements(self) -> list[WithdrawalRow]:
        """What was stated."""
        async with self.running.database.read() as session:
            return list((await session.execute(select(WithdrawalRow))).scalars())


@pytest.fixture(params=["it", *long("en")])
def language(request: pytest.FixtureRequest) -> str:
    """The customer's language."""
    return str(request.param)


@pytest.fixture
async def reader(running: Running, seed: Seed, language: str) -> AsyncIterator[Reader]:
    """A consumer with an order, who has let go of the chat."""
    services = running.conversation.services
    mailbox = await seed.mailbox("rossi", plan="pro", language=language)
    invitation = await services.linking.invite("rossi")
    await services.linking.redeem(ACTOR, invitation.token)
    order = await place(services, ACTOR, await chosen(services, ACTOR, [mailbox]))
    async with running.database.read() as session:
        rows = (await session.execute(select(OutboxRow).where(OutboxRow.channel == "mail"))).scalars()
        (url,) = [row.payload["withdraw_url"] for row in rows]
    await services.linking.unlink(ACTOR)
    transport = httpx.ASGITransport(create_web(running))
    async with httpx.AsyncClient(transport=transport, base_url="https://bot") as client:
        yield Reader(running, client, urlsplit(url).path, order)


def seen(page: httpx.Response) -> str:
    """What a person reads of a page."""
    body = re.sub(r"<style>.*?</style>", "", page.text, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).replace("\u00a0", " ").split())


async def test_two_steps_and_the_receipt_and_a_look_changes_nothing(reader: Reader, language: str) -> None:
    for _ in range(3):  # as scanners of mail do
        page = await reader.look()
        assert page.status_code == 200
    words = seen(page)
    for fact in ("Maria Esempio", reader.order.number, "rossi1@pec.example", NEXT[language]):
        assert fact in words
    assert 'value="rossi@example.com"' in page.text
    second = await reader.send(step="second", email="maria@example.com")
    assert CONFIRM[language] in seen(second)
    assert "maria@example.com" in second.text
    assert await reader.statements() == []
    done = await reader.send(step="confirm", email="maria@example.com")
    (row,) = await reader.statements()
    assert (row.chat_id, row.language, row.email) == (None, language, "maria@example.com")
    assert row.button_label == CONFIRM[language]
    assert row.words in seen(done)
    assert row.number in seen(done)
    # Tapped twice, or opened again: the same receipt.
    for again in (await reader.send(step="confirm", email="altro@example.com"), await reader.look()):
        assert seen(again) == seen(done)
    assert len(await reader.statements()) == 1


async def test_the_kit_alone_goes_back_by_the_same_link_after_the_days_of_the_order(
    reader: Reader, language: str, clock: FrozenClock
) -> None:
    async with reader.running.database.write() as session:
        found = await session.execute(select(OrderRow))
        order = found.scalar_one()
        order.kit_id, order.shipping = "smart_card", {"recipient": "Maria Esempio"}
        order.status, order.completed_at = "completed", order.placed_at
    clock.advance(timedelta(days=20))
    page = await reader.look()
    says = {
        "it": ("Kit di firma digitale: Smart card e lettore", "dal solo kit", "14 giorni dalla consegna"),
        "en": (
            "Digital signature kit: Smart card and reader",
            "from the kit alone",
            "14 days after its delivery",
        ),
    }
    for words in says[language]:
        assert words in seen(page)
    second = await reader.send(step="second", email="maria@example.com")
    assert {"it": "per il solo kit", "en": "the digital signature kit alone"}[language] in seen(second)
    done = await reader.send(step="confirm", email="maria@example.com")
    (row,) = await reader.statements()
    assert (row.became, row.number in seen(done)) == ("completed", True)
    assert {"it": "Il rinnovo resta com'è", "en": "The renewal stays as it is"}[language] in seen(done)


async def test_what_is_no_address_is_asked_again(reader: Reader) -> None:
    for step in ("second", "confirm"):
        page = await reader.send(step=step, email="<b>maria")
        assert 'role="alert"' in page.text
        assert 'value="&lt;b&gt;maria"' in page.text
    assert await reader.statements() == []


async def test_what_is_none_of_our_forms_withdraws_from_nothing(reader: Reader) -> None:
    too_large = await reader.send(step="confirm", email="a" * BODY_LIMIT)
    assert too_large.status_code == 413
    assert (await reader.send(email="maria@example.com")).status_code == 200
    broken = await reader.client.post(
        reader.path, content=b"\xff", headers={"content-type": "multipart/form-data"}
    )
    assert broken.status_code == 400
    assert await reader.statements() == []


@pytest.mark.parametrize("method", some(["get", "post"], 1))
async def test_an_unknown_link_says_where_the_right_one_is(reader: Reader, method: str) -> None:
    page = await reader.client.request(method, "/withdrawal/nonsense", headers={"accept-language": "en"})
    assert page.status_code == 404
    assert "The right one is in the e-mail that confirmed the order" in seen(page)
    assert "Esempio" not in seen(page).replace("Posta Esempio", "")


async def test_the_page_is_kept_nowhere_and_loads_nothing(reader: Reader) -> None:
    page = await reader.look()
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["referrer-policy"] == "no-referrer"
    assert "<script" not in page.text
