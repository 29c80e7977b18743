"""Steps of the ladder of reminders, in words."""

from collections.abc import Iterable

from bot.texts import Translator


def step_words(translator: Translator, step: int) -> str:
    """One step: "30 giorni prima", "il giorno della scadenza", "85 giorni dopo la scadenza"."""
    return translator.plain("mute-step", after=step < 0, days=abs(step))


def step_list(translator: Translator, steps: Iterable[int]) -> str:
    """Several as an enumeration: "3 giorni prima, il giorno prima e il giorno della scadenza"."""
    return translator.plain("mute-steps", steps=tuple(step_words(translator, step) for step in steps))
