"""`doctor`: looks at everything the bot depends on, and says of each thing what is wrong and what to do."""

import sys
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from bot.commands import doctor_outside
from bot.commands.console import out
from bot.commands.doctor_keys import keys
from bot.commands.doctor_looking import looking
from bot.commands.doctor_outcomes import PATIENCE_SECONDS, Fault, Off, Waits

if TYPE_CHECKING:
    from bot.db.engine import Database
    from bot.services.surroundings import Surroundings
    from bot.settings import Settings


def doctor() -> None:
    """Check configuration, catalogue, texts, database and what is outside. Exits 1 when something is wrong."""
    import asyncio

    from bot.commands.doctor_loop import WaitingLoop
    from bot.settings import load

    settings = load()
    checks: tuple[tuple[str, Callable[[Settings], Awaitable[str]]], ...] = (
        ("settings", _settings),
        ("catalogue", _catalogue),
        ("split payment", _split_payment),
        ("texts", _texts),
        ("database", _database),
        ("keys", keys),
        ("office", _office),
        ("sending", _sending),
        ("mailbox file", _mailbox_file),
        ("statements", _statements),
        ("kits", _kits),
        ("evidence", _evidence),
        ("Redis", doctor_outside.redis),
        ("Telegram", doctor_outside.telegram),
        ("webhook", doctor_outside.webhook),
        ("PUBLIC_URL", doctor_outside.public_url),
        ("SMTP", doctor_outside.smtp),
        ("who charges", _who_charges),
    )
    faults = 0
    for name, check in checks:
        with asyncio.Runner(loop_factory=WaitingLoop) as runner:
            mark, style, words = runner.run(_outcome(check, settings))
        faults += mark == "✗"
        out.print(f"{mark} {name}: {words}", style=style, markup=False, soft_wrap=True)
    if faults:
        sys.exit(1)


async def _outcome(
    check: "Callable[[Settings], Awaitable[str]]", settings: "Settings"
) -> tuple[str, str, str]:
    from asyncio import timeout

    try:
        async with timeout(PATIENCE_SECONDS):
            return "✓", "green", await check(settings)
    except Waits as waits:
        return "!", "yellow", str(waits)
    except Off as off:
        return "-", "yellow", str(off)
    except Fault as fault:
        return "✗", "red", str(fault)
    except TimeoutError:
        return "✗", "red", f"no answer within {PATIENCE_SECONDS} seconds"


async def _settings(settings: "Settings") -> str:
    if settings.bot_token is None:
        raise Fault("BOT_TOKEN is missing: ask @BotFather for one, and put it in .env")
    if settings.data_keys is None:
        raise Fault(
            "DATA_KEYS is missing: make a key with "
            '`python -c "from bot.db.keys import KeyRing; print(KeyRing.new_key())"`, and keep a copy of it apart'
        )
    return "webhook" if settings.public_url else "polling"


async def _catalogue(settings: "Settings") -> str:
    from bot.services.catalogue.file import CatalogueError, load_catalogue
    from bot.services.catalogue.needs import missing_setting

    try:
        catalogue = load_catalogue(settings.catalogue)
    except CatalogueError as error:
        raise Fault(str(error)) from error
    if (missing := missing_setting(catalogue, mail=settings.smtp_url is not None)) is not None:
        raise Fault(missing)
    example = " (the example: prices and terms are not real)" if catalogue.operator.example else ""
    return f"{catalogue.operator.name}, {len(catalogue.plans)} plans, version {catalogue.version}{example}"


async def _split_payment(settings: "Settings") -> str:
    """Until when public bodies may pay without VAT; a catalogue that cannot be read is said by its own check."""
    from bot.clock import SystemClock, today
    from bot.domain.prices import split_payment_is_authorised
    from bot.services.catalogue.file import CatalogueError, load_catalogue

    try:
        catalogue = load_catalogue(settings.catalogue)
    except CatalogueError as error:
        raise Off("not known without a catalogue") from error
    until = catalogue.rules.split_payment_until
    if not split_payment_is_authorised(catalogue, today(SystemClock())):
        raise Waits(
            f"authorised until {until} as far as the catalogue knows: public bodies that declared it pay the "
            "whole total. Confirm that it has ended, or write the new end as rules.split_payment_until"
        )
    return f"authorised until {until}"


async def _texts(_: "Settings") -> str:
    from bot.texts import DEFAULT_FOLDER, LocaleFileError, Texts
    from bot.texts.check import check_locales

    try:
        texts = Texts.load()
    except LocaleFileError as error:
        raise Fault(str(error)) from error
    problems = check_locales(DEFAULT_FOLDER)
    if problems:
        raise Fault("; ".join(str(problem) for problem in problems))
    return ", ".join(locale.value for locale in texts.locales)


async def _database(settings: "Settings") -> str:
    from sqlalchemy.exc import SQLAlchemyError

    from bot.db.engine import Database, SchemaMissing
    from bot.db.keys import KeyRingError
    from bot.db.upgrade import needs_upgrade

    url = settings.database_url.get_secret_value()
    try:
        if await needs_upgrade(url):
            raise Fault("its tables are missing or old: run `python -m bot migrate`")
        if settings.data_keys is None:
            return "reached; not opened without DATA_KEYS"
        database = Database(url, settings.key_ring())
        try:
            await database.start()
            await _plans_exist(database, settings)
        finally:
            await database.dispose()
    except SchemaMissing as error:
        raise Fault(str(error)) from error
    except KeyRingError as error:
        raise Fault(f"DATA_KEYS does not open it: {error}") from error
    except (SQLAlchemyError, OSError) as error:
        raise Fault(f"it cannot be reached ({type(error).__name__}): check DATABASE_URL") from error
    return "up to date, and DATA_KEYS opens it"


async def _plans_exist(database: "Database", settings: "Settings") -> None:
    """A plan that mailboxes still have is withdrawn from sale, never taken out of the catalogue."""
    from sqlalchemy import select

    from bot.db.tables import MailboxRow
    from bot.services.catalogue.file import CatalogueError, load_catalogue

    try:
        known = load_catalogue(settings.catalogue).plans
    except CatalogueError:
        return  # said by its own check
    async with database.read() as session:
        stored = (await session.execute(select(MailboxRow.plan_id).distinct())).scalars()
        missing = sorted(set(stored) - set(known))
    if missing:
        raise Fault(
            f"mailboxes have plans that the catalogue does not: {', '.join(missing)}. "
            "Put them back with `on_sale = false`, or import the mailboxes with another plan"
        )


async def _office(settings: "Settings") -> str:
    """What waits for a person."""
    from bot.services.office.worklist import Worklist

    standing = await looking(settings, lambda *parts: Worklist(*parts).standing())
    waiting = {kind.value: each for kind, each in standing.items() if each.oldest is not None}
    if not waiting:
        return "nothing waits for a person"
    total = sum(each.open for each in waiting.values())
    oldest = min(each.oldest for each in waiting.values() if each.oldest is not None)
    counts = ", ".join(f"{kind} {each.open}" for kind, each in waiting.items())
    raise Waits(
        f"{total} case{' waits' if total == 1 else 's wait'} ({counts}), the oldest since "
        f"{oldest.astimezone(settings.timezone).date()}: see `python -m bot office list`"
    )


async def _sending(settings: "Settings") -> str:
    """Whether the operator has stopped what leaves by itself."""
    from bot.clock import SystemClock
    from bot.commands.sending import in_words
    from bot.services.sending.pausing import Pauses

    paused = await looking(settings, lambda database, _: Pauses(database, SystemClock()).standing())
    if paused:
        raise Waits(in_words(paused, settings.timezone))
    return "nothing is paused"


async def _mailbox_file(settings: "Settings") -> str:
    """How old the last import is, and whether what was paid was looked for since."""
    from bot.services.importing.seen import SeenRenewals

    found = await looking(settings, lambda *parts: SeenRenewals(*parts).standing())
    when = "never imported"
    if found.last_import is not None:
        when = f"imported last on {found.last_import.astimezone(settings.timezone).date()}"
    if found.unchecked:
        paid = "1 paid renewal" if found.unchecked == 1 else f"{found.unchecked} paid renewals"
        raise Waits(
            f"{when}: import a new one, to see {paid} that the provider should have carried out by now"
        )
    if found.last_import is None:
        raise Off(when)
    parts = [when]
    if found.waiting:
        parts.append(f"paid, and still to be seen in it: {found.waiting}")
    if found.gone:
        parts.append(f"marked gone, since a complete one did not name them: {found.gone}")
    return "; ".join(parts)


async def _kits(settings: "Settings") -> str:
    """Whether somebody registers when kits are delivered: until then their days of withdrawal do not end."""
    from bot.services.office.kit_deliveries import PATIENCE_DAYS, KitDeliveries

    late = await looking(settings, lambda *parts: KitDeliveries(*parts).unregistered())
    if late:
        raise Waits(
            f"{late} paid for more than {PATIENCE_DAYS} days {'has' if late == 1 else 'have'} no delivery on record: "
            "their consumers may withdraw from them until 14 days after it. Register it with "
            "`python -m bot orders delivered NUMBER --on DATE`"
        )
    return "every delivery that can be expected is on record"


async def _statements(settings: "Settings") -> str:
    """When the bank's last statement was taken, and what of all of them waits."""
    from bot.services.statements.standing import statement_standing

    found = await looking(settings, lambda database, _: statement_standing(database))
    when = "never imported"
    if found.last is not None:
        when = f"taken last on {found.last.astimezone(settings.timezone).date()}"
    if found.unreadable:
        files = "1 file cannot" if found.unreadable == 1 else f"{found.unreadable} files cannot"
        raise Waits(f"{when}; {files} be read: see `python -m bot office list --kind statement`")
    if found.waiting:
        entries = "1 entry waits" if found.waiting == 1 else f"{found.waiting} entries wait"
        raise Waits(f"{when}; {entries} for somebody: see `python -m bot payments review`")
    if found.last is None:
        raise Off(when)
    return when


async def _evidence(settings: "Settings") -> str:
    """Whether each day is signed, and what is signed leaves the database (DOMAIN.md 7)."""
    from datetime import timedelta

    from bot.services.office.heads import DailyHeads, Standing

    async def look(database: "Database", surroundings: "Surroundings") -> "tuple[Standing, bool, bool]":
        standing = await DailyHeads(database, surroundings, mail=False).standing()
        late = standing.day is not None and standing.day < surroundings.today() - timedelta(days=1)
        return standing, late, surroundings.catalogue.operator.evidence_email is not None

    standing, late, addressed = await looking(settings, look)
    signed = "no day is signed yet" if standing.day is None else f"signed last for {standing.day}"
    if late:
        raise Waits(f"{signed}: a worker signs each day after midnight; is one running?")
    if not addressed:
        raise Waits(
            f"{signed}, but what is signed stays in the database, where it proves little: "
            "set evidence_email in [operator], ideally a PEC"
        )
    if settings.smtp_url is None:
        raise Waits(f"{signed}, but no e-mail is sent without SMTP_URL: what is signed stays in the database")
    if standing.mail in {"failed", "unreachable", "unknown"}:
        raise Waits(f"{signed}, but its mail may not have arrived ({standing.mail}): check evidence_email")
    return f"{signed}, and mailed to evidence_email"


async def _who_charges(settings: "Settings") -> str:
    """Whoever charges automatic renewals has to learn that one was switched on or off (DOMAIN.md 3.6)."""
    from bot.services.catalogue.file import CatalogueError, load_catalogue

    try:
        methods = load_catalogue(settings.catalogue).methods.values()
    except CatalogueError as error:
        raise Off("not known without a catalogue") from error
    if settings.events_url is not None:
        return "told of each switch of automatic renewal by EVENTS_URL"
    if settings.operator_chat_id is not None:
        return "OPERATOR_CHAT_ID is told of each switch of automatic renewal"
    if not any(method.carries_auto_renew for method in methods):
        raise Off("no method of payment carries automatic renewal")
    raise Waits(
        "nobody is told that automatic renewal was switched on or off: set EVENTS_URL or OPERATOR_CHAT_ID; "
        "until then each switch is a case (`python -m bot office list --kind switched`)"
    )
