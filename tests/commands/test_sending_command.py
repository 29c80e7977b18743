"""`sending pause` as an operator types it: nothing leaves, everything keeps its place, and everybody sees it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.db.tables import MailboxRow, OwedNoticeRow
from bot.services.sending.outbox import Channel, Message, put_many
from tests.commands.shop import Shop
from tests.support.till import Till

HEAD = "channel\tpaused since\twaiting"


async def three(till: Till) -> None:
    """Something waits on each channel."""
    async with till.database.write() as session:
        waiting = [
            Message("a", Channel.TELEGRAM, {}, chat_id=1),
            Message("b", Channel.MAIL, {}),
            Message("c", Channel.EVENT, {}),
        ]
        await put_many(session, waiting, till.services.surroundings.now())


def test_all_is_paused_and_resumed_channel_by_channel(shop: Shop) -> None:
    shop.bot(three)
    assert shop.does("sending", "status") == [HEAD, "telegram\t\t1", "mail\t\t1", "event\t\t1"]
    paused = shop.does("sending", "pause")
    assert paused[0] == HEAD
    assert all(line.split("\t")[1].startswith(shop.today[:4]) for line in paused[1:])
    again = shop.does("sending", "pause", "--channel", "telegram")
    assert again == paused, "it is paused since the first time"
    resumed = shop.does("sending", "resume", "--channel", "mail", "--channel", "event")
    assert resumed[:2] == ["event goes on.", "mail goes on."]
    assert [line.split("\t")[1] != "" for line in resumed[3:]] == [True, False, False]
    assert shop.does("sending", "resume") == ["telegram goes on."]
    assert shop.does("sending", "resume") == ["Nothing of it was paused."]
    wrong = shop.types("sending", "pause", "--channel", "sms")
    assert wrong.exit_code == 2
    assert "telegram, mail, event" in wrong.output


@pytest.mark.soak
def test_the_doctor_and_the_office_say_it(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_API_URL", "http://127.0.0.1:9")

    def lines(*words: str) -> str:
        (line,) = [line for line in shop.types(*words).output.splitlines() if "sending" in line]
        return line

    assert lines("doctor") == "✓ sending: nothing is paused"
    assert shop.does("office", "list") == ["Nothing waits for a person."]
    shop.does("sending", "pause", "--channel", "mail")
    said = f"mail is paused since {shop.today}: what waits leaves after `python -m bot sending resume`"
    assert lines("doctor") == f"! sending: {said}"
    assert shop.does("office", "list")[0] == f"Sending by {said}."
    shop.does("sending", "pause")
    assert shop.does("office", "list")[0].startswith("Sending by telegram, mail and event are paused since ")


def test_a_notice_owed_by_law_is_named_while_it_waits(shop: Shop) -> None:
    async def owed(till: Till) -> None:
        await till.seed.mailbox("rossi", expires_in=40, auto_renew=True)
        now, today = till.services.surroundings.now(), till.services.surroundings.today()
        async with till.database.write() as session:
            mailbox = (await session.execute(select(MailboxRow))).scalar_one()
            for channel, outcome in (("telegram", None), ("mail", None), ("telegram", "sent")):
                session.add(
                    OwedNoticeRow(
                        mailbox_id=mailbox.id,
                        expires_on=mailbox.expires_on,
                        due_by=today + timedelta(days=10),
                        late=False,
                        key=f"notice:{channel}:{outcome}",
                        channel=channel,
                        written_at=now,
                        outcome=outcome,
                    )
                )

    shop.bot(owed)
    paused = shop.does("sending", "pause", "--channel", "telegram")
    assert "Owed by law" in paused[4]
    assert paused[5:] == [
        "customer\tmailbox\tchannel\tlast lawful day",
        f"rossi\trossi1@pec.example\ttelegram\t{shop.day(10)}",
    ]
    assert "Owed by law" not in "".join(shop.does("sending", "resume"))
