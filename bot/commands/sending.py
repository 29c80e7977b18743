"""`sending`: the emergency stop of what leaves by itself, for who sees a wrong file or a wrong price."""

from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.console import say
from bot.commands.office import Office, at_the_office
from bot.commands.tables import show_table

if TYPE_CHECKING:
    from bot.services.sending.outbox import Channel

sending = typer.Typer(
    help="Stop what leaves by itself, and let it go on: messages, e-mails, events.", no_args_is_help=True
)

Names = Annotated[
    list[str] | None,
    typer.Option("--channel", metavar="CHANNEL", help="telegram, mail or event; may be repeated; else all."),
]


@sending.command()
def pause(channel: Names = None) -> None:
    """Stop sending: what waits keeps its place; who writes is answered, codes are mailed. See `sending status`."""
    channels = _channels(channel)

    async def stop(at: Office) -> None:
        await at.pauses.pause(channels)
        await _show(at)

    at_the_office(stop)


@sending.command()
def resume(channel: Names = None) -> None:
    """Let sending go on: what waited leaves in its order, reminders as far as they are still true."""
    channels = _channels(channel)

    async def go_on(at: Office) -> None:
        resumed = await at.pauses.resume(channels)
        for each in sorted(resumed):
            say(f"{each.value} goes on.")
        if not resumed:
            say("Nothing of it was paused.")
        if await at.pauses.standing():
            await _show(at)

    at_the_office(go_on)


@sending.command()
def status() -> None:
    """Say what is paused since when, how much waits, and which notices owed by law are among it."""
    at_the_office(_show)


async def _show(at: Office) -> None:
    paused, depth = await at.pauses.standing(), await at.outbox.depth()
    rows = [
        [each.value, at.local(paused[each]) if each in paused else "", str(waits.waiting)]
        for each, waits in depth.items()
    ]
    show_table(("channel", "paused since", "waiting"), rows, right=("waiting",))
    owed = await at.pauses.owed_meanwhile()
    if owed:
        say(
            "Owed by law, and waiting because of the pause: tell these customers in another way, or resume in time."
        )
        show_table(
            ("customer", "mailbox", "channel", "last lawful day"),
            [[each.customer, each.mailbox, each.channel.value, each.due_by.isoformat()] for each in owed],
        )


def in_words(paused: "Mapping[Channel, datetime]", zone: tzinfo) -> str:
    """What is paused since which day, and how it goes on, for who was not looking for it."""
    *some, last = (channel.value for channel in paused)
    names = f"{', '.join(some)} and {last}" if some else last
    since = min(paused.values()).astimezone(zone).date()
    verb = "is" if len(paused) == 1 else "are"
    return f"{names} {verb} paused since {since}: what waits leaves after `python -m bot sending resume`"


def _channels(names: list[str] | None) -> "tuple[Channel, ...]":
    from bot.services.sending.outbox import Channel

    try:
        return tuple(Channel(name) for name in names) if names else tuple(Channel)
    except ValueError as error:
        known = ", ".join(channel.value for channel in Channel)
        raise typer.BadParameter(f"{error}: it should be one of {known}", param_hint="--channel") from error
