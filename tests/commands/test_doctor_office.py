"""What the doctor says of the office, all of it by one look: before anything has happened, and once much has."""

from datetime import date

import pytest

from bot.db.keys import KeyRing
from bot.services.evidence.signing import sign_heads
from bot.services.importing.seen import note_import
from tests.commands.shop import Shop
from tests.commands.untold import part_paid_and_not_told
from tests.support.bank import Bank, Credit
from tests.support.till import Till

SUBJECTS = ("who charges", "keys", "office", "statements", "mailbox file", "evidence", "sending")


@pytest.fixture(autouse=True)
def far_from_telegram(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody answers there."""
    monkeypatch.setenv("BOT_API_URL", "http://127.0.0.1:9")


def said(shop: Shop) -> dict[str, str]:
    """By its subject, each line about the office, as it begins with its mark."""
    lines = shop.types("doctor").stdout.splitlines()
    found = {line[2:].partition(":")[0]: line[:2] + line.partition(": ")[2] for line in lines if ":" in line}
    return {subject: found[subject] for subject in SUBJECTS}


async def sign(till: Till) -> None:
    surroundings = till.services.surroundings
    async with till.database.write() as session:
        await sign_heads(session, surroundings.today(), surroundings.now())


@pytest.mark.soak
def test_nothing_has_happened_yet(shop: Shop) -> None:
    lines = said(shop)
    assert lines["evidence"].startswith("! no day is signed yet")
    assert lines | {"evidence": ""} == {
        "who charges": "✓ OPERATOR_CHAT_ID is told of each switch of automatic renewal",
        "keys": "✓ one, which seals everything",
        "office": "✓ nothing waits for a person",
        "statements": "- never imported",
        "mailbox file": "- never imported",
        "evidence": "",
        "sending": "✓ nothing is paused",
    }


def test_each_line_says_what_waits_and_what_to_do(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    order = shop.bot(part_paid_and_not_told)
    shop.bot(lambda till: till.receive(till.paid("affitto", 12345, "bank-9")))
    bank = Bank(shop.folder, date.fromisoformat(shop.today))
    shop.does("payments", "import", str(bank.camt(Credit(f"{order.number} acconto", 500, reference="A1"))))
    shop.bot(lambda till: note_import(till.database, till.services.surroundings.now()))
    shop.bot(sign)
    shop.does("sending", "pause", "--channel", "mail")
    monkeypatch.setenv("DATA_KEYS", f"{KeyRing.new_key()},{shop.key}")
    lines = said(shop)
    assert lines["keys"].startswith("! still needed beside the first: key 2 for ")
    assert lines["office"].startswith(
        "! 3 cases wait (payment 1, undelivered 1, statement 1), the oldest since "
    )
    assert lines["statements"] == (
        f"! taken last on {shop.today}; 1 entry waits for somebody: see `python -m bot payments review`"
    )
    assert lines["mailbox file"] == f"✓ imported last on {shop.today}"
    assert lines["evidence"].startswith(f"! signed last for {shop.today}, but what is signed stays in the")
    assert lines["sending"].startswith(f"! mail is paused since {shop.today}: what waits leaves after ")
    assert shop.does("office", "list")[0].startswith(f"Sending by mail is paused since {shop.today}: ")
