"""`reminders` as an operator types it: who gets which e-mails, and what the coming days bring."""

from datetime import date, timedelta

import pytest

from bot.domain.reminders import MuteLevel
from bot.services.actor import Actor
from bot.services.reminders.mail_codes import unsubscribe_code
from tests.commands.shop import Shop
from tests.support.long_runs import some
from tests.support.till import Till

HEAD = "day\tmailboxes\tcustomers"


def level(shop: Shop) -> MuteLevel | None:
    """What the first customer gets by e-mail."""

    async def read(till: Till) -> MuteLevel | None:
        code = unsubscribe_code(till.database.keys, 1)
        return (await till.services.mail_wishes.read(code)).level

    return shop.bot(read)


async def one_mailbox(till: Till) -> str:
    """A customer; the code in that customer's e-mails."""
    await till.seed.mailbox("rossi", expires_in=15)
    return unsubscribe_code(till.database.keys, 1)


def test_which_e_mails_a_customer_gets(shop: Shop) -> None:
    code = shop.bot(one_mailbox)
    assert shop.does("reminders", "mail", "rossi", "--none") == [
        "By e-mail, rossi gets no reminders from now on."
    ]
    assert level(shop) is MuteLevel.ALL
    assert "only the last reminders" in shop.does("reminders", "mail", code, "--last")[0]
    assert level(shop) is MuteLevel.MOST
    shop.does("reminders", "mail", f"unsubscribe {code}", "--none")  # the subject, as mail programs write it
    assert level(shop) is MuteLevel.ALL
    assert "all reminders" in shop.does("reminders", "mail", "rossi", "--all")[0]
    assert level(shop) is None


@pytest.mark.parametrize("customer", some(["verdi", "", "1-nobody", "unsubscribe 1-nobody", "1"], 2))
def test_a_customer_who_is_none(shop: Shop, customer: str) -> None:
    shop.bot(one_mailbox)
    line = shop.is_refused("reminders", "mail", customer, "--none")
    assert line == f"There is no customer {customer}, and no e-mail has this code."
    assert level(shop) is None


@pytest.mark.parametrize("options", some([[], ["--all", "--none"], ["--all", "--last", "--none"]], 2))
def test_one_choice_has_to_be_made(shop: Shop, options: list[str]) -> None:
    shop.bot(one_mailbox)
    assert "one of --all, --last and --none" in shop.is_refused("reminders", "mail", "rossi", *options)


def test_what_the_coming_days_bring(shop: Shop) -> None:
    assert shop.does("reminders", "due") == [HEAD]
    today = date.fromisoformat(shop.today)

    async def fill(till: Till) -> None:
        for customer, expires_in in (
            ("a", 15),
            ("a", 15),
            ("b", -3),
            ("c", 93),
            ("d", 93),
            ("d", 95),
            ("e", 300),
        ):
            await till.seed.mailbox(customer, expires_in=expires_in)

    shop.bot(fill)
    assert shop.does("reminders", "due") == [
        HEAD,
        f"{today}\t3\t2",
        f"{today + timedelta(days=3)}\t2\t2",
        f"{today + timedelta(days=5)}\t1\t1",
    ]
    assert shop.does("reminders", "due", "--days", "4")[1:] == [
        f"{today}\t3\t2",
        f"{today + timedelta(days=3)}\t2\t2",
    ]
    assert len(shop.does("reminders", "due", "--days", "400")) == 5
    assert shop.types("reminders", "due", "--days", "0").exit_code == 2


async def one_that_is_not_renewed(till: Till) -> None:
    """Two mailboxes, one of which its customer does not renew."""
    await till.seed.mailbox("rossi", address="resta@pec.example", expires_in=15)
    box = await till.seed.mailbox("rossi", address="lascia@pec.example", expires_in=10)
    actor = Actor(7, "it")
    await till.services.linking.redeem(actor, (await till.services.linking.invite("rossi")).token)
    await till.services.declining.decline(actor, box)


def test_what_is_not_renewed(shop: Shop) -> None:
    head = "customer\tmailbox\texpires\tlast day\tsince"
    assert shop.does("reminders", "stopped") == [head]
    shop.bot(one_that_is_not_renewed)
    (_, line) = shop.does("reminders", "stopped")
    customer, mailbox, expires, last_day, since = line.split("\t")
    assert (customer, mailbox) == ("rossi", "lascia@pec.example")
    assert date.fromisoformat(last_day) - date.fromisoformat(expires) == timedelta(days=90)
    assert since.startswith(f"{date.fromisoformat(expires) - timedelta(days=10)}T")
