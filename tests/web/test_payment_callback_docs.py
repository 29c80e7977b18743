"""`docs/payment-callback.md`: what it tells an engineer to run works as it stands there."""

import asyncio
import json
import os
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from standardwebhooks import Webhook

from bot.domain.payments import PaymentOutcome
from bot.settings.types import signing_secrets
from bot.web.invoice_contract import InvoiceData
from bot.web.invoices import PATH as INVOICES
from bot.web.payment_contract import PaymentData, PaymentEvent, read_event
from tests.support.caller import SECRET, Caller
from tests.support.till import Till

TEXT = (Path(__file__).parents[2] / "docs" / "payment-callback.md").read_text(encoding="utf-8")
TOOLS = ("bash", "curl", "openssl", "od", "tr")
MISSING = [tool for tool in TOOLS if shutil.which(tool) is None]


def block(language: str, containing: str) -> str:
    """The one code block of the page in this language that contains these words, without its indentation."""
    blocks = re.findall(rf"^( *)```{language}\n(.*?)^ *```$", TEXT, re.MULTILINE | re.DOTALL)
    (found,) = [(indent, code) for indent, code in blocks if containing in code]
    indent, code = found
    return "".join(line.removeprefix(indent) for line in code.splitlines(keepends=True))


async def bash(script: str, **variables: str) -> str:
    """What a script prints; it has no other variables than these."""
    process = await asyncio.create_subprocess_exec(
        "bash",
        "-c",
        script,
        env={"PATH": os.environ["PATH"], **variables},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    output, errors = await process.communicate()
    assert process.returncode == 0, errors.decode()
    assert not errors, errors.decode()
    return output.decode()


@pytest.mark.skipif(bool(MISSING), reason=f"the example needs {', '.join(MISSING)}")
async def test_the_example_of_the_page_completes_an_order(caller: Caller, till: Till) -> None:
    order = await till.order()
    example = block("bash", "curl")
    settings = {"SECRET": SECRET, "URL": str(caller.client.base_url).rstrip("/"), "ORDER": order.number}
    part = await bash(example, **settings, AMOUNT="20.00")
    assert json.loads(part) == {"outcome": "partial", "order": order.number, "due": "16.48"}
    rest = await bash(example, **settings, AMOUNT="16.48", PAYMENT="bank-7782")
    assert json.loads(rest) == {"outcome": "completed", "order": order.number, "due": "0.00"}
    refused = await bash(example, **settings | {"SECRET": "whsec_" + "A" * 44})
    assert json.loads(refused) == {"detail": "No matching signature found"}


@pytest.mark.skipif(bool(MISSING), reason=f"the example needs {', '.join(MISSING)}")
async def test_the_secret_of_the_page_is_a_secret() -> None:
    made = (await bash(block("bash", "rand -base64 32"))).strip()
    assert [each.get_secret_value() for each in signing_secrets(made)] == [made]


async def test_the_function_of_the_page_signs(caller: Caller) -> None:
    names: dict[str, Any] = {}
    exec(block("python", "def headers"), names)  # noqa: S102 - it is our own page
    body = block("json", "payment.registered")
    headers = names["headers"](SECRET, "call-1", body)
    Webhook(SECRET).verify(body, headers)
    answer = await caller.post(body.encode(), headers)
    assert answer.json() == {"outcome": "review", "order": "R7K2M-4", "due": "0.00"}


async def test_the_invoice_of_the_page_is_taken(caller: Caller) -> None:
    answer = await caller.call(block("json", "invoice.issued").encode(), path=INVOICES)
    assert answer.json() == {"outcome": "review", "order": "R7K2M-4"}
    named = set(re.findall(r"^\| `data\.([a-z_]+)`", TEXT, re.MULTILINE))
    assert set(InvoiceData.model_fields) <= named


def test_the_tables_name_what_there_is() -> None:
    event = read_event(block("json", "payment.registered").encode())
    assert event.data.order == "R7K2M-4"
    fields = {*PaymentEvent.model_fields, *(f"data.{name}" for name in PaymentData.model_fields)} - {"data"}
    assert fields <= set(re.findall(r"^\| `([a-z_.]+)`", TEXT, re.MULTILINE))
    assert {outcome.value for outcome in PaymentOutcome} <= set(re.findall(r"\| `([a-z_]+)` \|", TEXT))
