"""The search of the whole run's logs for secrets finds what it looks for."""

import pytest

from bot.db.keys import KeyRing
from tests.support.leaks import leaks


def test_each_kind_of_secret_is_found() -> None:
    assert leaks("POST https://api.telegram.org/bot123456789:AAEsample-token_abcdefghijklmnopqrs/getMe") == [
        "a bot token"
    ]
    assert leaks("secret=whsec_c2FtcGxlLXNlY3JldC1vZi10aGlydHktdHdv") == ["a signing secret"]
    assert leaks(f"DATA_KEYS={KeyRing.new_key()}") == ["a key of the data"]
    assert leaks("level='info' event='payment_reported' order='R7K2M-4'") == []


@pytest.mark.shows_secrets
def test_a_test_that_logs_a_secret_is_an_error(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import logging

        def test_leaks():
            logging.getLogger("bot").warning("calling bot%s", "123456789:AAEsample-token_abcdefghijklmnopqrs")

        def test_quiet():
            logging.getLogger("bot").warning("calling the bot")
        """
    )
    pytester.runpytest_inprocess(
        "-p", "tests.support.leaks", "-p", "no:cacheprovider", "-p", "no:asyncio"
    ).assert_outcomes(passed=2, errors=1)
