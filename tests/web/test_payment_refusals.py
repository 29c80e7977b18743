"""What the payment callback does not take: unsigned, malformed, too large; and that nothing of it is stored."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from pydantic import SecretStr
from structlog.testing import capture_logs

from bot.runtime import Running
from bot.web.payment_docs import BODY_LIMIT
from bot.web.payments import PATH
from tests.support.caller import JSON, OTHER_SECRET, SECRET, Caller, payment_event, served, signed
from tests.support.clock import FrozenClock
from tests.support.long_runs import long
from tests.support.till import Till

BODY = json.dumps(payment_event()).encode()
MISSING = object()


@pytest.fixture(autouse=True)
async def nothing_is_stored(till: Till) -> AsyncIterator[None]:
    """Whatever is refused leaves nothing behind."""
    yield
    assert not await till.ledger()
    assert not await till.calls()
    assert not await till.told()


# Who calls


async def test_a_header_is_missing(caller: Caller) -> None:
    headers = signed(BODY, call_id="call-1") | JSON
    for header in ("webhook-id", "webhook-timestamp", "webhook-signature"):
        for given in (
            {**headers, header: ""},
            {name: value for name, value in headers.items() if name != header},
        ):
            answer = await caller.post(BODY, given)
            assert (answer.status_code, answer.json()) == (401, {"detail": f"missing: {header}"})


async def test_a_signature_is_wrong(caller: Caller) -> None:
    for signature in (
        "v1,",
        "v1",
        ",",
        "v1,AAAA",
        "v1,not base64",
        "v1,è",
        "v2,DbKWxpQvMhRKuwib914BiATGpa7WBbceRvZXv2AJ55E=",
        "v1,DbKWxpQvMhRKuwib914BiATGpa7WBbceRvZXv2AJ55E=",
        "v1,a,b",
    ):
        headers = signed(BODY, call_id="call-1") | JSON | {"webhook-signature": signature}
        answer = await caller.client.post(
            PATH, content=BODY, headers=[(name.encode(), value.encode()) for name, value in headers.items()]
        )
        refused = (answer.status_code, answer.json())
        assert refused == (401, {"detail": "No matching signature found"}), signature


async def test_what_was_signed_is_not_what_came(caller: Caller) -> None:
    headers = signed(BODY, call_id="call-1") | JSON
    assert (await caller.post(BODY + b" ", headers)).status_code == 401
    assert (await caller.post(BODY, headers | {"webhook-id": "call-2"})).status_code == 401
    later = str(int(headers["webhook-timestamp"]) + 1)
    assert (await caller.post(BODY, headers | {"webhook-timestamp": later})).status_code == 401


async def test_a_call_is_not_of_now(caller: Caller) -> None:
    for age, reason in (
        (timedelta(seconds=310), "Message timestamp too old"),
        (timedelta(seconds=-310), "Message timestamp too new"),
    ):
        answer = await caller.post(BODY, signed(BODY, call_id="call-1", age=age) | JSON)
        assert (answer.status_code, answer.json()) == (401, {"detail": reason})


async def test_a_timestamp_is_no_timestamp(caller: Caller) -> None:
    for timestamp in ("now", "nan", "inf", "-1", "9" * 30, "2026-11-23T10:00:00Z"):
        headers = signed(BODY, call_id="call-1") | JSON | {"webhook-timestamp": timestamp}
        assert (await caller.post(BODY, headers)).status_code == 401, timestamp


async def test_an_id_is_too_long(caller: Caller) -> None:
    answer = await caller.post(BODY, signed(BODY, call_id="c" * 129) | JSON)
    assert (answer.status_code, answer.json()) == (
        401,
        {"detail": "webhook-id is longer than 128 characters"},
    )


async def test_the_signature_is_checked_before_anything_else_is_looked_at(caller: Caller) -> None:
    for body, kind in ((b"{", "application/json"), (b"\xff", "text/plain"), (b"", "")):
        answer = await caller.post(body, {"content-type": kind})
        assert answer.status_code == 401


async def test_no_secret_is_set_up(running: Running) -> None:
    bare = replace(running, settings=replace(running.settings, payment_callback_secrets=()))
    async with served(bare) as client:
        answer = await Caller(client).call(payment_event())
        assert answer.status_code == 401
        assert "no secret is set up" in answer.text


async def test_what_is_refused_is_logged_without_secrets(caller: Caller) -> None:
    headers = signed(BODY, call_id="call-1", secrets_in_use=[OTHER_SECRET]) | JSON
    with capture_logs() as lines:
        await caller.post(BODY, headers)
        await caller.call(payment_event(amount="free"))
    assert [line["event"] for line in lines] == ["callback_not_signed", "callback_malformed"]
    for secret in (SECRET, SECRET[6:], OTHER_SECRET[6:], headers["webhook-signature"]):
        assert secret not in str(lines)


async def test_whoever_calls_without_end_fills_no_log(caller: Caller, clock: FrozenClock) -> None:
    with capture_logs() as lines:
        for _ in range(50):
            assert (await caller.post(BODY, JSON)).status_code == 401
        assert len(lines) == 1
        clock.advance(timedelta(minutes=1))
        await caller.post(BODY, JSON)
    assert [line.get("left_out_before") for line in lines] == [None, 49]


# What is sent


INSTANTS = (
    1795428000,
    "1795428000",
    "",
    "now",
    "2026-11-23",
    "2026-11-23T10:00:00",
    "2026-11-23 10:00:00Z",
    "2026-11-31T10:00:00Z",
    "2026-11-23T25:00:00Z",
    "1999-12-31T23:59:59Z",
    "2201-01-01T00:00:00Z",
    "0001-01-01T00:00:00+23:59",
)
WORDS = (1, True, "", "\x00", "a\nb", "\x7f")


# Of each field, what it may not be; nor may it be missing, null, a list or an object.
WRONG: dict[str, tuple[Any, ...]] = {
    "type": (1, "", "payment", "payment.registered ", "Payment.Registered"),
    "timestamp": INSTANTS,
    "data": ("text", 1),
    "payment_id": (*WORDS, "a" * 129),
    "order": (1, 1.5),  # whatever text it is, it is recorded
    "amount": (
        36.48,
        36,
        "",
        "36",
        "36.4",
        "36.480",
        "36,48",
        "1.036,48",
        "-36.48",
        "+36.48",
        "036.48",
        " 36.48",
        "36.48\n",
        "٣٦.٤٨",
        "1e3",
        "NaN",
        "0.00",
        "1000000000.00",
    ),
    "currency": (978, "", "eur", "EU", "EURO", "€"),
    "method": (*WORDS, "a" * 65),
    "registered_at": INSTANTS,
}


@pytest.mark.parametrize("most", [2, *long(None)])
async def test_a_field_is_wrong(caller: Caller, most: int | None) -> None:
    for field, values in WRONG.items():
        for value in [MISSING, *values, None, [], {}][:most]:
            event = payment_event(**{field: value})
            if value is MISSING:
                event = json.loads(json.dumps(event, default=lambda _: "MISSING"))
                (event if field in event else event["data"]).pop(field)
            answer = await caller.call(event)
            assert answer.status_code == 400, (field, value, answer.text)
            assert set(answer.json()) == {"detail"}
            assert answer.json()["detail"].startswith(
                field if field in {"type", "timestamp", "data"} else f"data.{field}"
            ), (field, value, answer.text)


async def test_a_refusal_shows_how_it_should_be(caller: Caller) -> None:
    answer = await caller.call(payment_event(amount="36,48", registered_at="yesterday"))
    assert answer.json() == {
        "detail": "data.amount: String should match pattern '^(0|[1-9][0-9]{0,8})\\.[0-9]{2}$' (such as '36.48'); "
        "data.registered_at: an instant is expected, with date, time and offset (such as '2026-11-23T09:58:00Z')"
    }


def bodies() -> dict[str, str]:
    text = BODY.decode()
    return {
        "nothing": "",
        "text": "payment",
        "list": "[]",
        "null": "null",
        "half": text[:-5],
        "two": text * 2,
        "byte order mark": "\ufeff" + text,
        "lone surrogate": text.replace("bank-7781", "\\ud800"),
        "lone surrogate where nobody looks": text[:-1] + ', "x": "\\udfff"}',
        "a name twice": text[:-1] + ', "type": "payment.reversed"}',
        "a name twice in data": text.replace('"amount"', '"amount": "1.00", "amount"'),
        "a name twice where nobody looks": text[:-1] + ', "x": [{"y": 1, "\\u0079": 2}]}',
        "not a number": text[:-1] + ', "x": NaN}',
        "infinite": text[:-1] + ', "x": -Infinity}',
        "endless number": text[:-1] + ', "x": ' + "9" * 5000 + "}",
        "deep": text[:-1] + ', "x": ' + "[" * 20_000 + "]" * 20_000 + "}",
        "comment": text + "// done",
    }


async def test_a_body_is_malformed(caller: Caller) -> None:
    for name, body in bodies().items():
        answer = await caller.call(body.encode())
        assert answer.status_code == 400, (name, answer.text)
        assert answer.json()["detail"], name


async def test_a_body_is_not_text(caller: Caller) -> None:
    body = BODY.replace(b"bank", b"\xff")
    answer = await caller.post(body, signed(BODY, call_id="call-1") | JSON)
    assert answer.status_code == 401
    assert "not UTF-8" in answer.json()["detail"]


async def test_another_content_type(caller: Caller) -> None:
    wrong = ("", "text/plain", "application/x-www-form-urlencoded", "application/jsonp", "json", "text/json")
    for kind in wrong:
        answer = await caller.post(BODY, signed(BODY, call_id="call-1") | {"content-type": kind})
        refused = (answer.status_code, answer.json())
        assert refused == (400, {"detail": "the content type must be application/json"}), kind


async def in_pieces(body: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(body), 16_384):
        yield body[start : start + 16_384]


async def test_a_body_is_too_large(caller: Caller) -> None:
    for size in (BODY_LIMIT + 1, 20 * BODY_LIMIT):
        body = BODY + b" " * (size - len(BODY))
        headers = signed(body, call_id="call-1") | JSON
        for content in (body, in_pieces(body)):
            answer = await caller.post(content, headers)
            assert (answer.status_code, answer.json()) == (413, {"detail": "the body is larger than 64 KiB"})


async def test_a_caller_goes_away_in_the_middle(caller: Caller, running: Running) -> None:
    port = caller.client.base_url.port
    assert port is not None
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"POST {PATH} HTTP/1.1\r\nhost: bot\r\ncontent-length: 500\r\n\r\nhalf".encode())
    await writer.drain()
    writer.close()
    await writer.wait_closed()
    counted = running.conversation.services.vitals.registry
    async with asyncio.timeout(60):
        while not counted.get_sample_value("rinnovo_payment_callbacks_total", {"outcome": "broken_off"}):
            await asyncio.sleep(0.01)


# A secret is replaced


@pytest.fixture
def two_secrets(running: Running) -> Running:
    """A bot whose operator is replacing the secret."""
    both = (SecretStr(OTHER_SECRET), SecretStr(SECRET))
    return replace(running, settings=replace(running.settings, payment_callback_secrets=both))


async def test_while_a_secret_is_replaced_both_are_good(two_secrets: Running) -> None:
    body = json.dumps(payment_event(amount="free")).encode()  # a signature is good when more is looked at
    third = "whsec_dGhlLXRoaXJkLXNlY3JldC1vZi10aGUtdGVzdHMtMzI="
    async with served(two_secrets) as client:
        for secrets_in_use, status in (
            ([SECRET], 400),
            ([OTHER_SECRET], 400),
            ([third, SECRET], 400),
            ([third], 401),
        ):
            headers = signed(body, call_id="call-1", secrets_in_use=secrets_in_use) | JSON
            answer = await Caller(client).post(body, headers)
            assert answer.status_code == status, secrets_in_use
