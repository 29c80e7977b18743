"""What holds for every screen of the bot, whatever it shows (VOICE.md, and what Telegram accepts)."""

import re
from collections.abc import Iterator

from bot.playground.entities import utf16_length
from bot.playground.messages import Message
from bot.texts import Translator

_EMOJI = re.compile("[\U0001f1e6-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u231a-\u23ff]\ufe0f?")
_PLACEABLE = re.compile(r"[{}]|\$\w|\bNone\b|\bTrue\b|\bFalse\b|Decimal\(|datetime\.|&(?:amp|lt|gt|quot|#)")
_PROGRESS = re.compile(r"^[▰▱]+ \d+/\d+$")
_BLANK_LINES = re.compile(r"\n[ \u00a0]*\n[ \u00a0]*\n[ \u00a0]*\n")

EMPTY_CELL = "·"
"""A cell of a calendar that is no day to choose."""

LONGEST_LABEL = 64
"""Characters of a button that a phone still shows in full or nearly so."""


def faults(message: Message) -> Iterator[str]:
    """Say what is wrong with a screen."""
    labels = [button.text for button in message.buttons]
    everything = "\n".join([message.text, *labels])
    if found := _PLACEABLE.search(everything):
        yield f"{found.group()!r} is left in the text"
    if "!" in everything:
        yield "an exclamation mark"
    if len(emoji := _EMOJI.findall(everything)) > 1:
        yield f"more than one emoji: {emoji}"
    yield from _untidy(message.text)
    yield from _untidy_keyboard(labels)


def _untidy(text: str) -> Iterator[str]:
    if _BLANK_LINES.search(text):
        yield "two empty lines after each other"
    for line in text.splitlines():
        if line.strip() and line != line.rstrip():
            yield f"white space at the end of {line!r}"


def _untidy_keyboard(labels: list[str]) -> Iterator[str]:
    for label in labels:
        if len(label) > LONGEST_LABEL:
            yield f"a button of {len(label)} characters: {label!r}"
    labels = [label for label in labels if label != EMPTY_CELL]
    if len(set(labels)) != len(labels):
        yield f"buttons that say the same: {labels}"


def has_progress(message: Message) -> bool:
    """Whether the first line is the progress bar."""
    return bool(_PROGRESS.match(message.text.split("\n", 1)[0]))


def title(message: Message) -> str:
    """The first line of the screen after the progress bar."""
    lines = [line for line in message.text.splitlines() if line.strip() and not _PROGRESS.match(line)]
    return lines[0] if lines else ""


def title_is_bold(message: Message) -> bool:
    """Whether the title begins in bold."""
    start = utf16_length(message.text[: message.text.index(title(message))])
    # An emoji may stand before the words.
    return any(
        entity.type == "bold" and start <= entity.offset <= start + 3
        for entity in message.content.text.entities
    )


def has_total(message: Message, translator: Translator) -> bool:
    """Whether the running total is the last line; split payment and "none yet" are totals too."""
    last = message.text.rstrip().splitlines()[-1]
    return last.startswith(TOTAL[translator.locale.value])


TOTAL = {"it": ("Totale", "Nuovo totale"), "en": ("Total", "New total")}


def has_button(message: Message, translator: Translator, key: str) -> bool:
    """Whether a button says the text `key`."""
    label = translator.plain(key)
    return any(button.text == label for button in message.buttons)
