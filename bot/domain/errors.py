"""The root of everything that is refused on purpose; `bot.services.errors` draws the whole tree."""


class RinnovoError(Exception):
    """What was asked for cannot be done, and nothing was changed.

    Attributes:
        text: the key of the sentence that the chat answers with, where no screen has a better one.
    """

    text: str = "error-not-possible"
