"""`POST /callbacks/invoices` over real HTTP with real signatures: the customer is told of an invoice, once."""

from typing import Any

import httpx
from sqlalchemy import select

from bot.db.tables import CaseRow, InvoiceCallRow, InvoiceRow
from bot.messages import render_chat
from bot.texts import Locale, Texts
from bot.web.invoices import PATH
from tests.support.caller import JSON, Caller, payment_event, signed
from tests.support.catalogue import example_catalogue
from tests.support.till import Till

LINK = "https://fatture.example.com/d/8fJ2kQ?a=1&b=2"


def event(order: str, **data: Any) -> dict[str, Any]:
    said = {"order": order, "number": "2026/1042", "date": "2026-11-24", "url": LINK} | data
    return {
        "type": "invoice.issued",
        "timestamp": "2026-11-24T10:00:00Z",
        "data": {name: value for name, value in said.items() if value is not None},
    }


async def call(caller: Caller, said: Any, call_id: str | None = None) -> httpx.Response:
    return await caller.call(said, call_id, path=PATH)


def told(order: str) -> dict[str, str]:
    return {"outcome": "told", "order": order}


async def kept(till: Till) -> list[InvoiceRow]:
    async with till.database.read() as session:
        return list(await session.scalars(select(InvoiceRow).order_by(InvoiceRow.id)))


async def cases(till: Till) -> list[CaseRow]:
    async with till.database.read() as session:
        return list(await session.scalars(select(CaseRow).order_by(CaseRow.id)))


async def test_the_customer_is_told_in_every_chat_and_by_mail_once(
    caller: Caller, till: Till, texts: Texts
) -> None:
    order = await till.order(chats=(7, 8))
    await caller.call(payment_event(order=order.number))
    first = await call(caller, event(order.number), "call-1")
    assert (first.status_code, first.json()) == (200, told(order.number))
    assert (await call(caller, event(order.number, number="9"), "call-1")).content == first.content
    assert (await call(caller, event(order.number))).content == first.content
    messages = await till.told("invoice-issued")
    assert [(each.channel, each.chat_id) for each in messages] == [
        ("telegram", 7),
        ("telegram", 8),
        ("mail", None),
    ]
    for locale, words in (
        (Locale.IT, "Fattura <b>2026/1042</b> del <b>24/11/2026</b>"),
        (Locale.EN, "Invoice"),
    ):
        message = render_chat(messages[0].payload, texts.translator(locale), example_catalogue())
        assert words in message.html
        assert message.rows[0][0].url == LINK
    async with till.database.read() as session:
        assert len((await session.scalars(select(InvoiceCallRow))).all()) == 2
    assert [row.order_id for row in await kept(till)] == [1]


async def test_an_invoice_without_a_link_has_no_button_and_gets_it_later(
    caller: Caller, till: Till, texts: Texts
) -> None:
    order = await till.order()
    await call(caller, event(order.number, url=None))
    [message, _] = await till.told("invoice-issued")
    rows = render_chat(message.payload, texts.translator(Locale.IT), example_catalogue()).rows
    assert [button.url for row in rows for button in row] == [""]
    assert (await call(caller, event(order.number))).json() == told(order.number)
    assert [row.url for row in await kept(till)] == [LINK]
    assert len(await till.told("invoice-issued")) == 2, "nobody is told twice"


async def test_a_credit_note_is_a_second_document_of_the_order(
    caller: Caller, till: Till, texts: Texts
) -> None:
    order = await till.order()
    await call(caller, event(order.number))
    note = event(order.number, number="2026/1043", document="credit_note", date="2026-12-01")
    assert (await call(caller, note)).json() == told(order.number)
    assert [(row.number, row.document) for row in await kept(till)] == [
        ("2026/1042", "invoice"),
        ("2026/1043", "credit_note"),
    ]
    last = (await till.told("invoice-issued"))[-2]
    said = render_chat(last.payload, texts.translator(Locale.IT), example_catalogue())
    assert "nota di credito" in said.html
    assert "Fattura" not in said.html
    assert not await cases(till)


async def test_one_invoice_may_be_that_of_several_orders(caller: Caller, till: Till) -> None:
    first, second = await till.order("a", chats=(7,)), await till.order("b", chats=(8,))
    for order in (first, second):
        assert (await call(caller, event(order.number))).json() == told(order.number)
    assert len(await kept(till)) == 2


async def test_an_unknown_order_is_a_case_and_nothing_of_it_is_lost(caller: Caller, till: Till) -> None:
    for _ in range(2):
        answer = await call(caller, event("R7K2M-5"))
        assert (answer.status_code, answer.json()) == (200, {"outcome": "review", "order": "R7K2M-5"})
    [case] = await cases(till)
    assert (case.kind, case.subject, case.facts["why"], case.facts["url"]) == (
        *("invoice", "2026/1042", "no_order"),
        LINK,
    )
    assert not await till.told("invoice-issued")


async def test_the_same_number_with_another_date_is_left_to_a_person(caller: Caller, till: Till) -> None:
    order = await till.order()
    await call(caller, event(order.number))
    answer = await call(caller, event(order.number, date="2026-11-25"))
    assert answer.json() == {"outcome": "review", "order": order.number}
    assert [row.issued_on.isoformat() for row in await kept(till)] == ["2026-11-24"]
    [case] = await cases(till)
    assert (case.facts["why"], case.facts["date"], case.facts["before"]) == (
        *("contradicts", "2026-11-25"),
        "2026-11-24",
    )
    assert len(await till.told("invoice-issued")) == 2


async def test_what_is_wrong_is_named(caller: Caller, till: Till) -> None:
    order = await till.order()
    wrong: list[tuple[str, Any]] = [
        ("url", "http://fatture.example.com/1"),
        ("url", "https://fatture@evil.example/1"),
        ("url", "https://localhost/1"),
        ("url", 'https://fatture.example.com/"><b>'),
        ("url", "javascript:alert(1)"),
        ("date", "24/11/2026"),
        ("date", "20261124"),
        ("date", "0001-01-01"),
        ("date", 20261124),
        ("number", "a\nb"),
        ("number", "a" * 65),
        ("number", None),
        ("document", "receipt"),
    ]
    for field, value in wrong:
        answer = await call(caller, event(order.number, **{field: value}))
        assert answer.status_code == 400, (field, value, answer.text)
        assert f"data.{field}" in answer.json()["detail"], value
    assert not await kept(till)


async def test_an_unsigned_call_is_refused_before_it_is_read(caller: Caller) -> None:
    body = b"{}"
    headers = signed(body, call_id="call-1", secrets_in_use=("whsec_" + "A" * 44,)) | JSON
    assert (await caller.client.post(PATH, content=body, headers=headers)).status_code == 401


async def test_a_number_is_never_markup(caller: Caller, till: Till, texts: Texts) -> None:
    order = await till.order()
    await call(caller, event(order.number, number='<a href="x">1</a>'))
    [message, _] = await till.told("invoice-issued")
    said = render_chat(message.payload, texts.translator(Locale.IT), example_catalogue())
    assert "<a href" not in said.html
