"""The published OpenAPI: complete enough to implement from, and kept by the bot for whatever is sent."""

import asyncio
import base64
import hashlib
import hmac
import json
import re
import secrets
from collections import Counter
from datetime import UTC, date, datetime
from typing import Any, cast

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from requests.auth import AuthBase
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)

from bot.web.invoices import PATH as INVOICES
from bot.web.payment_docs import (
    SAMPLE_BODY,
    SAMPLE_ID,
    SAMPLE_SECRET,
    SAMPLE_SIGNATURE,
    SAMPLE_TIMESTAMP,
)
from bot.web.payments import PATH
from tests.support.caller import Caller, signed
from tests.support.long_runs import long
from tests.support.till import Till

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
# The years that the contract takes; a year 1 or 9999 would be all that most calls are refused for.
_instants = st.datetimes(datetime(2000, 1, 2), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
schemathesis.openapi.format("date-time", _instants.map(datetime.isoformat))
schemathesis.openapi.format("date", st.dates(date(2000, 1, 2), date(2200, 1, 1)).map(date.isoformat))
_settings = settings(deadline=None, suppress_health_check=list(HealthCheck), database=None)


_Case = schemathesis.Case[Any]


class Signed(AuthBase):
    """Signs what is really sent, whatever that is."""

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        body = request.body or b""
        raw = body if isinstance(body, bytes) else cast("str", body).encode()
        request.headers.update(signed(raw, call_id=secrets.token_hex(8)))
        return request


async def published(caller: Caller) -> dict[str, Any]:
    """The document as an engineer gets it."""
    answer = await caller.client.get("/openapi.json")
    assert answer.status_code == 200
    return cast("dict[str, Any]", answer.json())


a_few_or_many = pytest.mark.parametrize("many", [8, *long(100)])


@pytest.mark.soak
@a_few_or_many
async def test_whatever_is_sent_signed_is_answered_as_published(
    caller: Caller, till: Till, many: int
) -> None:
    order = await till.order()
    document = await published(caller)
    for part in ("parameters", "security"):  # the headers are the signature's, which is always good here
        del document["paths"][PATH]["post"][part]
    operation = schemathesis.openapi.from_dict(document)[PATH]["POST"]
    base_url, seen = str(caller.client.base_url), Counter[int]()

    @given(case=operation.as_strategy(generation_mode=GenerationMode.POSITIVE), ours=st.booleans())
    @settings(_settings, max_examples=many)
    def kept(case: _Case, ours: bool) -> None:
        if ours:
            cast("dict[str, Any]", case.body)["data"]["order"] = order.number
        response = case.call(base_url=base_url, auth=Signed())
        seen[response.status_code] += 1
        case.validate_response(response, checks=CHECKS)

    @given(case=operation.as_strategy(generation_mode=GenerationMode.NEGATIVE))
    @settings(_settings, max_examples=many)
    def refused(case: _Case) -> None:
        response = case.call(base_url=base_url, auth=Signed())
        seen[response.status_code] += 1
        case.validate_response(response, checks=[*CHECKS, negative_data_rejection])

    for check in (kept, refused):
        await asyncio.to_thread(check)
    assert min(seen[200], seen[400]) >= many // 2
    assert sum(row.amount for row in await till.ledger()) > 0


@a_few_or_many
async def test_whatever_invoice_is_sent_signed_is_answered_as_published(
    caller: Caller, till: Till, many: int
) -> None:
    order = await till.order()
    document = await published(caller)
    for part in ("parameters", "security"):
        del document["paths"][INVOICES]["post"][part]
    operation = schemathesis.openapi.from_dict(document)[INVOICES]["POST"]
    base_url = str(caller.client.base_url)

    @given(case=operation.as_strategy(generation_mode=GenerationMode.POSITIVE), ours=st.booleans())
    @settings(_settings, max_examples=many)
    def kept(case: _Case, ours: bool) -> None:
        if ours:
            cast("dict[str, Any]", case.body)["data"]["order"] = order.number
        response = case.call(base_url=base_url, auth=Signed())
        assert response.status_code == 200, response.text
        case.validate_response(response, checks=CHECKS)

    await asyncio.to_thread(kept)
    assert await till.told("invoice-issued")


@pytest.mark.soak
@a_few_or_many
async def test_whatever_is_sent_unsigned_is_answered_401(caller: Caller, till: Till, many: int) -> None:
    operation = schemathesis.openapi.from_dict(await published(caller))[PATH]["POST"]
    base_url = str(caller.client.base_url)

    @given(
        case=operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
        | operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)
    )
    @settings(_settings, max_examples=many)
    def refused(case: _Case) -> None:
        response = case.call(base_url=base_url)
        assert response.status_code == 401
        case.validate_response(response, checks=CHECKS)

    await asyncio.to_thread(refused)
    assert not await till.calls()


async def test_the_page_says_all_that_a_caller_has_to_know(caller: Caller) -> None:
    document = await published(caller)
    operation = document["paths"][PATH]["post"]
    scheme = document["components"]["securitySchemes"]["StandardWebhooks"]
    assert operation["security"] == [{"StandardWebhooks": []}]
    assert (scheme["in"], scheme["name"]) == ("header", "webhook-signature")
    for part in ("HMAC-SHA256", "base64-decoded", "raw bytes", "whsec_", SAMPLE_SECRET, SAMPLE_SIGNATURE):
        assert part in scheme["description"]
    assert [each["name"] for each in operation["parameters"] if each["required"]] == [
        "webhook-id",
        "webhook-timestamp",
    ]
    assert operation["requestBody"]["required"] is True
    assert set(operation["responses"]) == {"200", "400", "401", "413", "503"}
    outcomes = operation["responses"]["200"]["content"]["application/json"]["examples"]
    assert set(outcomes) == set(document["components"]["schemas"]["Outcome"]["properties"]["outcome"]["enum"])
    described = document["components"]["schemas"]
    for name in ("PaymentEvent", "PaymentData", "Outcome", "Problem"):
        assert described[name]["description"]
    for name, field in described["PaymentData"]["properties"].items():
        assert field["description"], name
        assert field["examples"], name


async def test_the_page_runs_no_script_of_somebody_else(caller: Caller) -> None:
    page = await caller.client.get("/docs")
    assert page.status_code == 200
    loaded = re.findall(r"""(?:src|href)="([^"]+)"|url: '([^']+)'""", page.text)
    addresses = [first or second for first, second in loaded]
    assert len(addresses) == 4
    assert "/openapi.json" in addresses
    for address in addresses:
        assert address.startswith("/")
        assert (await caller.client.get(address)).status_code == 200


async def test_the_published_examples_are_taken(caller: Caller) -> None:
    operation = (await published(caller))["paths"][PATH]["post"]
    examples = operation["requestBody"]["content"]["application/json"]["examples"]
    answered = [(await caller.call(each["value"])).json() for each in examples.values()]
    assert [each["outcome"] for each in answered] == ["review", "reversed"]
    assert (await caller.call(SAMPLE_BODY.encode())).status_code == 200


def test_the_published_signature_is_what_the_four_steps_make() -> None:
    key = base64.b64decode(SAMPLE_SECRET.removeprefix("whsec_"))
    text = f"{SAMPLE_ID}.{SAMPLE_TIMESTAMP}.{SAMPLE_BODY}".encode()
    digest = base64.b64encode(hmac.new(key, text, hashlib.sha256).digest()).decode()
    assert f"v1,{digest}" == SAMPLE_SIGNATURE
    assert json.loads(SAMPLE_BODY)["type"] == "payment.registered"
