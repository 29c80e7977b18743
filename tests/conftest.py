"""How the tests are run, and where their fixtures are."""

import gc
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import certifi
import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = ["pytester"]

OURS = (
    "tests.support.ground",
    "tests.support.leaks",
    "tests.support.long_runs",
    "tests.support.unexpected",
    "tests.support.births",
    "tests.support.browsing",
    "tests.support.running_bot",
    "tests.support.till",
    "tests.support.pushing",
    "tests.support.letterbox",
    "tests.support.reminding",
)
"""Where the fixtures are that all tests may ask for, and what looks at every test."""

KEEPER = "tests.support.nursery_keeper"
"""The plugin of ours for whoever begins a run."""

HANDING_OUT = ("tests.support.births", "tests.support.crew_keeper")
"""The plugins of ours for who only hands the tests out."""

pytest.register_assert_rewrite(*OURS, KEEPER, *HANDING_OUT)


def pytest_configure(config: pytest.Config) -> None:
    """Load our plugins, and with them the bot, where tests are run: who only hands them out would take seconds."""
    config.add_cleanup(_trust_one())
    worker, collecting = hasattr(config, "workerinput"), config.getoption("collectonly")
    if not worker and not collecting:
        config.pluginmanager.import_plugin(KEEPER)
    alone = worker or collecting or config.getoption("dist", "no") == "no"
    for name in OURS if alone else HANDING_OUT:
        config.pluginmanager.import_plugin(name)


# Nothing is thrown away while all is imported: to look for garbage meanwhile costs a quarter of the time.
gc.disable()

# Bytecode is kept where the machine asks for none too (as images of containers do). Otherwise each worker of the run,
# and each process that a test starts, compiles everything anew.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# How long something takes is no finding: the machine may be busy. Somebody waits for the quick ones; `.ci/run` and
# `make mutate` try as many as Hypothesis usually does, `make soak` more.
_ANY_TIME = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("quick", _ANY_TIME, max_examples=25)
settings.register_profile("usual", _ANY_TIME, max_examples=100)
settings.register_profile("thorough", _ANY_TIME, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


_END = "-----END CERTIFICATE-----\n"


def _trust_one() -> Callable[[], None]:
    """Have clients read one authority's certificate; what is returned takes its file away.

    Every client reads them when it is made: all the world's take it 20 ms, one takes nothing. Tests speak to servers on
    this machine, and to none whose certificate an authority has signed.
    """
    authority = tempfile.NamedTemporaryFile("w", suffix=".pem")  # noqa: SIM115 - it goes when the run ends
    authority.write(certifi.contents().partition(_END)[0] + _END)
    authority.flush()
    os.environ["SSL_CERT_FILE"] = authority.name
    certifi.where = lambda: authority.name  # what clients read that ask no environment
    return authority.close


WAITING = (
    "end_to_end/test_killed.py",
    "end_to_end/test_one_ceiling.py",
    "end_to_end/test_year_in_browser.py",
    "end_to_end/test_reminders_killed.py",
    "end_to_end/test_delivery_faults.py",
    "end_to_end/test_browser.py",
    "end_to_end/test_payment_in_browser.py",
    "end_to_end/test_walkthrough.py",
    "demo/test_time_machine.py",
    "commands/test_what_is_loaded.py",
    "commands/test_operator_commands.py",
    "end_to_end/test_delivery_killed.py",
    "end_to_end/test_two_webs.py",
    "end_to_end/test_one_poller.py",
    "end_to_end/test_database_away.py",
    "end_to_end/test_slow_chat.py",
    "end_to_end/upgrade/test_first_release.py",
    "playground/test_mail_in_browser.py",
    "playground/test_page_in_browser.py",
    "playground/test_payments_in_browser.py",
    "playground/test_travel_in_browser.py",
    "playground/test_real_clients.py",
    "end_to_end/test_budget_in_browser.py",
    "db/test_pooler.py",
    "db/test_migrations.py",
    "services/sending/test_sharing.py",
    "end_to_end/test_paid.py",
)
"""Where the tests are that take seconds, most of them waiting for processes, a browser, a server, or a clock."""

COMPUTING = (
    "simulation/test_simulation.py",
    "simulation/test_laws.py",
    "dialogs/test_every_window.py",
    "dialogs/test_wandering.py",
    "services/reminders/test_any_path.py",
    "services/importing/test_memory.py",
    "services/office/test_order_book.py",
    "services/payments/test_payment_sequences.py",
    "services/office/test_decisions.py",
    "web/test_openapi.py",
    "texts/test_parity.py",
    "domain/test_choices_machine.py",
    "load/test_taps.py",
    "load/test_renewals.py",
)
"""Where the tests are that take seconds of a core."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session: pytest.Session) -> None:
    """Spare a worker what another process has collected for it."""
    if hasattr(session.config, "workerinput"):
        from tests.support.heirs import inherit

        inherit(session)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with the long ones, so that no worker is left alone with one when the others have nothing to do.

    Each worker begins with its share of the list, and takes of another's when it is done. One goes through those that
    wait while the others compute: were those that wait dealt out, there would be times when all of them do.
    """
    folder = Path(__file__).parent
    kinds = {folder / name: kind for kind in (WAITING, COMPUTING) for name in kind}
    places = {folder / name: place for kind in (WAITING, COMPUTING) for place, name in enumerate(kind)}
    waiting, computing, short = (
        sorted(
            (item for item in items if kinds.get(item.path) is kind),
            key=lambda item: places.get(item.path, 0),
        )
        for kind in (WAITING, COMPUTING, None)
    )
    share = len(items) // getattr(config, "workerinput", {}).get("workercount", 1)
    filled = max(share - len(waiting), 0)
    items[:] = [*waiting, *short[:filled], *computing, *short[filled:]]


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop() -> None:
    """Keep the collector away from what was imported: it never becomes garbage, and looking at it costs a quarter.

    What tests make is looked at less often than a bot would: most of it is gone with its test.
    """
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)
    gc.enable()
