"""Customers, who tap what there is to tap, now and then with a purpose."""

import re
from email.message import EmailMessage
from typing import TYPE_CHECKING, Final

from tests.simulation.people import Phone, calling, going_on, is_plain, shown, widget_of
from tests.simulation.registry import actor
from tests.support.shapes import TRICKY

if TYPE_CHECKING:
    from tests.simulation.actions import Lot
    from tests.simulation.life import Life
    from tests.simulation.process import Process

COMMANDS: Final = ("/start", "/renew", "/orders", "/mailboxes", "/settings", "/help", "/recesso", "/privacy")
WORDS: Final = (
    "Ho pagato",
    "Maria",
    "SMPMRA80A41H501N",
    "nuova.maria@example.com",
    "+39 320 1234567",
    "00100",
    "RM",
    "123456",
    "Ombra di sera",
    "grazie",
    TRICKY,
)
"""What is written where something is asked, and where nothing is."""
_STEPS: Final = 28
"""Taps of somebody who wants to renew: as many as a whole renewal takes, and some more."""
_LINK: Final = re.compile(r"https://t\.me/rinnovo_bot\?start=([A-Za-z0-9_-]{1,64})")
_CODE: Final = re.compile(r"^(?:Codice|Code): (\d{6}) ", re.MULTILINE)


def _phone(life: "Life", process: "Process", lot: "Lot") -> Phone:
    return Phone(life, process, lot.choice(life.people).chat_id)


@actor("tap", 16)
async def tap(life: "Life", process: "Process", lot: "Lot") -> str:
    """Tap some button of the live screen."""
    phone = _phone(life, process, lot)
    live = phone.live()
    if phone.blocked or live is None:
        return f"chat {phone.id} has nothing to tap"
    button = lot.choice(calling(live))
    await phone.press(button.callback_data or "", on=live)
    return f"{widget_of(button)} in {shown(phone)}"


@actor("tap twice", 3)
async def tap_twice(life: "Life", process: "Process", lot: "Lot") -> str:
    """Tap the same button twice, so quickly that the second comes before the answer to the first."""
    phone = _phone(life, process, lot)
    live = phone.live()
    if phone.blocked or live is None:
        return f"chat {phone.id} has nothing to tap"
    button = lot.choice(calling(live))
    for _ in range(2):
        phone.world.press(phone.id, live.message_id, button.callback_data or "")
    await phone.deliver()
    return f"{widget_of(button)} in {shown(phone)}"


@actor("tap an old message", 6)
async def tap_old(life: "Life", process: "Process", lot: "Lot") -> str:
    """Tap a button of any message, however old; or one that a phone still shows, which was edited away."""
    phone = _phone(life, process, lot)
    found = phone.messages_with_buttons()
    if phone.blocked or not found:
        return f"chat {phone.id} has nothing to tap"
    message, donor = lot.choice(found), lot.choice(found)
    button = lot.choice(calling(donor if lot.percent(20) else message))
    await phone.press(button.callback_data or "", on=message)
    return f"{widget_of(button)} of an old one in {shown(phone)}"


@actor("tap a notice", 8)
async def tap_notice(life: "Life", process: "Process", lot: "Lot") -> str:
    """Tap a button of a reminder or of another message around the dialogs, and mostly go on from there."""
    phone = _phone(life, process, lot)
    found = [each for each in phone.messages_with_buttons() if is_plain(calling(each)[0])]
    if phone.blocked or not found:
        return f"chat {phone.id} has no notice"
    message = lot.choice(found[-4:])
    button = lot.choice(calling(message))
    await phone.press(button.callback_data or "", on=message)
    if lot.percent(60):
        await _go_on(phone, lot)
    return f"{widget_of(button)} of a notice in {shown(phone)}"


@actor("write", 8)
async def write(life: "Life", process: "Process", lot: "Lot") -> str:
    """Write a command, an answer, or anything."""
    phone = _phone(life, process, lot)
    if phone.blocked:
        return f"chat {phone.id} is blocked"
    words = lot.choice(COMMANDS if lot.percent(50) else (*WORDS, *life.provider.emails()))
    await phone.send(words)
    return f"{words!r} in {shown(phone)}"


@actor("renew", 16)
async def renew(life: "Life", process: "Process", lot: "Lot") -> str:
    """Begin a renewal, or go on with one, as far as it goes."""
    phone = _phone(life, process, lot)
    if phone.blocked:
        return f"chat {phone.id} is blocked"
    await phone.send("/renew")
    steps = await _go_on(phone, lot)
    return f"{steps} steps in {shown(phone)}"


async def _go_on(phone: Phone, lot: "Lot") -> int:
    """Tap what leads on, until something is ordered or patience ends."""
    for step in range(lot.randint(8, _STEPS)):
        live = phone.live()
        if live is None:
            return step
        unticked = [
            button
            for button in calling(live)
            if widget_of(button) == "recap_accept" and ":+" in (button.callback_data or "")
        ]
        kits = [button for button in calling(live) if widget_of(button) == "kit_offer"]
        plainly = kits[-1:] if lot.percent(85) else kits  # the last one says no
        if not any("■" in button.text for button in calling(live)):  # nothing is chosen of what can be
            plainly += [button for button in calling(live) if "□" in button.text]
        ordering = [button for button in calling(live) if widget_of(button) == "recap_order"]
        button = lot.choice(ordering or unticked or plainly or going_on(calling(live)))
        await phone.press(button.callback_data or "", on=live)
        if ordering:
            return step + 1
    return _STEPS


@actor("follow a link", 4)
async def follow(life: "Life", process: "Process", lot: "Lot") -> str:
    """Follow a link out of a mail, of any age, used or not; or an invitation."""
    phone = _phone(life, process, lot)
    if phone.blocked:
        return f"chat {phone.id} is blocked"
    tokens = [token for letter in life.weather.letters[-6:] for token in _LINK.findall(_text(letter.message))]
    token = lot.one_of(tokens)
    if token is None or lot.percent(30):
        customer = lot.choice(life.provider.customers)
        token = (await process.do(process.services.linking.invite(customer))).token
    await phone.follow(token)
    if lot.percent(70):
        await phone.agree()
    return f"a link in {shown(phone)}"


@actor("get in by a code", 4)
async def code(life: "Life", process: "Process", lot: "Lot") -> str:
    """Ask for a code by e-mail, and type the one that came last; perhaps it is another's, or wrong."""
    phone = _phone(life, process, lot)
    if phone.blocked:
        return f"chat {phone.id} is blocked"
    await phone.send("/start")
    live = phone.live()
    if live is not None:
        button = lot.choice(going_on(calling(live)))
        await phone.press(button.callback_data or "", on=live)
    await phone.send(lot.choice(life.provider.emails()))
    await process.work(5, life.at_rest)
    codes = [found for letter in life.weather.letters[-4:] for found in _CODE.findall(_text(letter.message))]
    await phone.send(codes[-1] if codes else "123456")
    return f"a code in {shown(phone)}"


@actor("unlink", 1)
async def unlink(life: "Life", process: "Process", lot: "Lot") -> str:
    """Let go of a customer."""
    phone = _phone(life, process, lot)
    if phone.blocked:
        return f"chat {phone.id} is blocked"
    await phone.send("/unlink")
    live = phone.live()
    if live is not None:
        button = lot.choice(calling(live))
        await phone.press(button.callback_data or "", on=live)
    return f"/unlink in {shown(phone)}"


@actor("block", 2)
async def block(life: "Life", process: "Process", lot: "Lot") -> str:
    """Block the bot, or unblock it and say hello."""
    phone = _phone(life, process, lot)
    if phone.blocked:
        phone.world.unblock(phone.id)
        await phone.deliver()
        await phone.send("/start")
        return f"unblocked: {shown(phone)}"
    phone.world.block(phone.id)
    if lot.percent(50):
        await phone.deliver()
    else:
        phone.world.drain_updates()  # Telegram does not always tell
    return f"chat {phone.id} is blocked now"


def _text(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")
